using System.Text;

namespace Berthbook.Formats;

public class RegistryFileTests
{
    static readonly string Heading = string.Join(',', RegistryRecord.Columns);

    [Theory]
    [InlineData("# Network services\necho 7/tcp\n")]
    [InlineData("\n\n  # Network services\necho 7/tcp\n")]
    [InlineData("echo\t\t7/tcp\n")]
    [InlineData("echo 7/udp\r\ndiscard 9/tcp\r\n")]
    public void A_services_file_is_known_by_its_first_line(string text)
    {
        var result = Read(text);
        Assert.Empty(result.Faults);
        Assert.Equal("Services file mine", result.Registry!.Header.Title);
    }

    [Theory]
    [InlineData("Service Name,Port,Transport\r\na,1,tcp\r\n", "the heading has 3 cells; 12 are expected")]
    [InlineData("name,and 7/tcp", "the heading has 2 cells; 12 are expected")]
    [InlineData("echo\n7/tcp\n", "the heading has 1 cell; 12 are expected")]
    [InlineData("just words\n", "the heading has 1 cell; 12 are expected")]
    [InlineData("port 7 /tcp\n", "the heading has 1 cell; 12 are expected")]
    [InlineData("\"echo\" 7/tcp\n", "text after the closing quote")]
    public void A_table_with_a_wrong_heading_is_no_services_file(string text, string words)
    {
        var result = Read(text);
        Assert.Null(result.Registry);
        Assert.Contains(words, result.Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_tables_are_refused_as_tables()
    {
        Assert.Contains(
            "3 cells",
            Read($"{Heading}\r\na,1,tcp\r\n").Faults[0].Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "quote",
            Read($"{Heading}\r\na,1,tcp,\"open{new string('x', 2_000_000)}").Faults[0].Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "more than 1,000 cells",
            Read($"{Heading}{new string(',', 100_000)}\r\n").Faults[0].Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("\0\0\0\0")]
    [InlineData("\u0089PNG")]
    public void What_is_none_of_the_forms_is_refused(string text) =>
        Assert.Equal(
            "the file is neither XML, CSV or JSON of a registry nor a services file",
            Read(text).Faults[0].Message
        );

    [Fact]
    public void The_services_file_of_this_host_reads_without_fault()
    {
        Assert.SkipUnless(File.Exists("/etc/services"), "no /etc/services here");
        using var file = File.OpenRead("/etc/services");
        var result = RegistryFile.Read(file, null, new(), out var facts, "/etc/services");
        Assert.Empty(result.Faults);
        Assert.Equal(new FileInfo("/etc/services").Length, facts.Size);
        Assert.Contains(result.Registry!.Records, record => record.ToString() == "https 443/tcp");
    }

    static ReadResult Read(string text) =>
        RegistryFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), null, new(), out _, "mine");
}
