using System.Text;
using Berthbook.Requests;

namespace Berthbook.Cli.Request;

public class DocumentStreamTests
{
    [Theory]
    // On lines, over lines, on one line, behind separators.
    [InlineData("{\"a\":1}\n{\"b\":2}\n", "1:1 {\"a\":1}", "2:1 {\"b\":2}")]
    [InlineData("// one\n{\n\"a\":1,\n}\n\n{\"b\":2}", "1:1 // one\n{\n\"a\":1,\n}", "6:1 {\"b\":2}")]
    [InlineData("{\"é\":1} {\"b\":2}", "1:1 {\"é\":1}", "1:9 {\"b\":2}")]
    [InlineData("\u001E{\"a\":1}\n\u001E{\"b\":2}\n", "1:2 {\"a\":1}", "2:2 {\"b\":2}")]
    [InlineData("\u001E{\"a\":1} {}\n{}\u001E\u001E\n7", "1:2 {\"a\":1} {}\n{}", "3:1 7")]
    [InlineData("\uFEFF{\"a\":1}\r\n{\"b\":2}\r\n", "1:1 {\"a\":1}", "2:1 {\"b\":2}")]
    // What is no object is a document all the same.
    [InlineData("[1]\n7\n\"a\"\n", "1:1 [1]", "2:1 7", "3:1 \"a\"")]
    // One that is no JSON does not take the next with it.
    [InlineData("nonsense\n[1]\n", "1:1 nonsense\n", "2:1 [1]")]
    [InlineData("{\"a\":080}\n{\"b\":2}\n", "1:1 {\"a\":080}\n", "2:1 {\"b\":2}")]
    [InlineData("{\"a\":\"x\n{\"b\":2}\n", "1:1 {\"a\":\"x\n", "2:1 {\"b\":2}")]
    [InlineData("{\"a\":1\n{\"b\":2}\n", "1:1 {\"a\":1\n", "2:1 {\"b\":2}")]
    [InlineData("{\n  \"a\": x\n  {\n}\n{\"b\":2}\n", "1:1 {\n  \"a\": x\n  {\n}\n", "5:1 {\"b\":2}")]
    [InlineData("\u001E{\"a\":\n\u001E{\"b\":2}", "1:2 {\"a\":", "2:2 {\"b\":2}")]
    [InlineData("{\"a\":1} x\n{\"b\":2}", "1:1 {\"a\":1}", "1:9 x\n", "2:1 {\"b\":2}")]
    [InlineData("{\"a\":", "1:1 {\"a\":")]
    // Comments behind the last belong to nothing; nothing at all is one empty document.
    [InlineData("{\"a\":1}\n// bye\n/* and */ // bye", "1:1 {\"a\":1}")]
    [InlineData("", "1:1 ")]
    [InlineData(" \n ", "2:2 ")]
    [InlineData("// a", "1:1 // a")]
    public void Finds_each_document_and_where_it_begins(string text, params string[] expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(expected, Read(new MemoryStream(bytes)));
        Assert.Equal(expected, Read(new Trickle(bytes)));
    }

    [Fact]
    public void Cuts_what_is_too_large_and_goes_on_behind_it()
    {
        var large = $"{{\"a\":\"{new string('x', 3 * RequestFormat.MaxBytes)}\"}}\n{{\"b\":2}}\n";

        var stream = new DocumentStream(new MemoryStream(Encoding.UTF8.GetBytes(large)));

        Assert.InRange(
            stream.Read()!.Value.Bytes.Length,
            RequestFormat.MaxBytes + 1,
            4 * RequestFormat.MaxBytes
        );
        Assert.Equal("{\"b\":2}", Encoding.UTF8.GetString(stream.Read()!.Value.Bytes.Span));
        Assert.Null(stream.Read());
    }

    [Fact]
    public void Gives_a_document_before_the_next_one_comes()
    {
        var source = new Trickle("{\"a\":1}\n{\"b\":2}\n"u8.ToArray());
        var stream = new DocumentStream(source);

        stream.Read();

        Assert.InRange(source.Position, 7, 8);
    }

    static List<string> Read(Stream source)
    {
        var stream = new DocumentStream(source);
        var found = new List<string>();
        while (stream.Read() is { } document)
            found.Add($"{document.Line}:{document.Column} {Encoding.UTF8.GetString(document.Bytes.Span)}");
        return found;
    }

    // A pipe whose writer is slow: a byte at a time.
    sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, 1));
    }
}
