using System.Text;

namespace Berthbook.Requests;

/// <summary>One document or a list of them, each read as it would be by itself, with faults that say where in the list.</summary>
public class RequestBatchTests
{
    const string One = """{"kind":"assign","name":"plum"}""";

    [Theory]
    [InlineData(One)]
    [InlineData("\uFEFF" + One)]
    [InlineData("// by hand\n" + One)]
    public void One_document_is_no_list(string json)
    {
        var batch = Read(json);
        Assert.Equal((false, "plum"), (batch.IsList, Assert.Single(batch.Documents).Name));
        Assert.Empty(batch.Faults);
    }

    [Theory]
    [InlineData($"[{One}]", "plum")]
    [InlineData($$"""[{{One}}, {"kind":"assign","name":"pear"}]""", "plum pear")]
    [InlineData($"\uFEFF[\n{One},\n/* the same */ {One},\n]", "plum plum")]
    public void A_list_keeps_its_order(string json, string names)
    {
        var batch = Read(json);
        Assert.True(batch.IsList);
        Assert.Equal(names, string.Join(' ', batch.Documents.Select(document => document.Name)));
    }

    [Theory]
    [InlineData("[]", false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_list_has_1_to_100_documents(object count, bool isTaken)
    {
        var json = count is int many ? $"[{string.Join(",", Enumerable.Repeat(One, many))}]" : "[]";
        var batch = Read(json);
        Assert.Equal(isTaken, batch.Faults.IsEmpty);
        Assert.Equal(isTaken ? (int)count : 0, batch.Documents.Length);
    }

    [Fact]
    public void Faults_say_in_which_document_and_where_in_the_file()
    {
        var batch = Read(
            "[{\"kind\":\"assign\"},\n  {\"kind\":\"assign\",\"colour\":1}, {\"kind\":\"assign\",\n\"nam\":2}]"
        );
        Assert.Empty(batch.Documents);
        Assert.Equal(
            ["2:20 [1].colour", "3:1 [2].nam"],
            batch.Faults.Select(fault => $"{fault.Line}:{fault.Column} {fault.Field}")
        );
    }

    [Fact]
    public void Columns_count_characters_and_not_bytes()
    {
        var batch = Read(
            "[{\"kind\":\"assign\",\"name\":\"\u00e9\u00e9\U0001F6A2\"},{\"kind\":\"assign\",\"nam\":2}]"
        );
        var fault = Assert.Single(batch.Faults);
        Assert.Equal("[1].nam", fault.Field);
        Assert.Equal(
            "[{\"kind\":\"assign\",\"name\":\"xxx\"},{\"kind\":\"assign\",".Length + 1,
            fault.Column
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[{\"kind\":\"assign\"}")]
    [InlineData("[{\"kind\":\"assign\"}] x")]
    [InlineData("[1]")]
    [InlineData("[[{\"kind\":\"assign\"}]]")]
    [InlineData("[null]")]
    public void What_is_no_list_of_documents_has_a_fault_and_no_document(string json)
    {
        var batch = Read(json);
        Assert.Empty(batch.Documents);
        Assert.NotEmpty(batch.Faults);
    }

    static RequestBatch Read(string json) => RequestBatch.Read(Encoding.UTF8.GetBytes(json));
}
