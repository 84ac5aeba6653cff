using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Berthbook.Formats;

/// <summary>The schema and the style, tried with the programs that people use: xmllint, jing, xsltproc.</summary>
public sealed class PublishedFilesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("berthbook-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    public static TheoryData<string> Validators => ["xmllint", "jing"];

    [Theory, MemberData(nameof(Validators))]
    public void The_schema_takes_every_file_that_IANA_published(string validator)
    {
        TestData.Require();
        var files = TestData.Xml.Select((path, i) => Write($"{i}.xml", TestData.Unzip(path))).ToArray();
        Assert.Equal(34, files.Length);
        var (status, words) = Validate(validator, files);
        Assert.True(status == 0, words);
    }

    [Theory, MemberData(nameof(Validators))]
    public void The_schema_takes_what_we_write(string validator)
    {
        var (status, words) = Validate(validator, Write("fruit.xml", XmlFormat.Write(Fruit.Registry)));
        Assert.True(status == 0, words);
    }

    [Theory, MemberData(nameof(Validators))]
    public void The_schema_refuses_what_the_reader_refuses(string validator)
    {
        var text = Encoding.UTF8.GetString(XmlFormat.Write(Fruit.Registry));
        var files = new List<string>();
        foreach (var (right, wrong) in Wrong)
        {
            Assert.Contains(right, text, StringComparison.Ordinal);
            var file = Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal));
            Assert.Null(XmlFormat.Read(file).Registry);
            files.Add(Write($"wrong-{files.Count:00}.xml", file));
        }
        var (_, words) = Validate(validator, files);
        Assert.All(files, file => Assert.Contains(file, Faulted(words)));
    }

    [Fact]
    public void The_style_shows_records_and_links_where_they_are_safe()
    {
        var style = Write("style.xsl", PublishedFiles.Style.ToArray());
        var (status, html) = Run(
            "xsltproc",
            "--nonet",
            style,
            Write("fruit.xml", XmlFormat.Write(Fruit.Registry))
        );
        Assert.Equal(0, status);
        foreach (var record in Fruit.Registry.Records)
        {
            if (record.Name is { } name)
                Assert.Contains($"<td>{name}</td>", html, StringComparison.Ordinal);
        }
        Assert.Contains("<a href=\"#Ada_Apple\">Ada_Apple</a>", html, StringComparison.Ordinal);
        Assert.Contains(
            "go/draft-ietf-apple-pie-12#section-4.3\">RFC-ietf-apple-pie-12, Section 4.3</a>",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("<td>[a pear]", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.Ordinal);
    }

    static readonly (string Right, string Wrong)[] Wrong =
    [
        ("<number>0</number>", "<number>70000</number>"),
        ("<number>0</number>", "<number>080</number>"),
        ("<number>0</number>", "<number> 0</number>"),
        ("<number>600-608</number>", "<number>600-</number>"),
        ("<protocol>tcp</protocol>", "<protocol>TCP</protocol>"),
        ("<protocol>tcp</protocol>", "<protocol> tcp</protocol>"),
        ("date=\"2003-07\"", "date=\"2003-13\""),
        ("date=\"2003-07\"", "date=\"2003\""),
        ("date=\"2003-07\"", "date=\"2003-02-30\""),
        ("<updated>2026-03-01</updated>", "<updated>2026-03-01Z</updated>"),
        ("<updated>2026-03-01</updated>", ""),
        ("type=\"draft\"", "type=\"drift\""),
        ("section=\"4.3\"", "section=\"4.3\" page=\"1\""),
        ("<sc>1145656131</sc>", "<sc>4294967296</sc>"),
        ("<description>Reserved</description>", ""),
        ("<name>Cherry</name>", "<name>Cherry</name><name>Cherry</name>"),
        ("<name>Cherry</name>", "<name>Cherry</name><colour/>"),
        ("<person id=\"Ada_Apple\">", "<person>"),
    ];

    // jing writes a line for each fault, xmllint one that says the file fails; both begin with the file.
    static string Faulted(string words) =>
        string.Join(
            '\n',
            words.Split('\n').Where(line => !line.EndsWith(" validates", StringComparison.Ordinal))
        );

    (int Status, string Words) Validate(string validator, params IEnumerable<string> files)
    {
        var schema = Write("schema.rng", PublishedFiles.Schema.ToArray());
        return validator == "jing"
            ? Run("jing", [schema, .. files])
            : Run("xmllint", ["--nonet", "--noout", "--relaxng", schema, .. files]);
    }

    string Write(string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    static (int Status, string Words) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var words = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, words + errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed");
            throw;
        }
    }
}
