using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Berthbook.Formats;

public class PageFormatTests
{
    static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    [Fact]
    public void Writes_the_first_page() =>
        Golden.Check(PageFormat.Write(Find(TableQuery.All), Fruit.Profile, new()), "fruit-page.xhtml");

    [Fact]
    public void Writes_the_whole_registry_as_a_file_of_its_own() =>
        Golden.Check(PageFormat.WriteWhole(Fruit.Registry, Fruit.Profile), "fruit-whole.xhtml");

    [Fact]
    public void Has_the_ids_and_classes_that_programs_know()
    {
        var page = Page(new("e", 1, [2]), count: 3);
        Assert.Equal("Ports of the Orchard", page.Descendants(Html + "title").Single().Value);
        Assert.Equal(
            "header",
            page.Descendants(Html + "header").Single().Element(Html + "div")!.Attribute("id")!.Value
        );
        Assert.Equal("The Orchard", WithId(page, "logo").Value);
        Assert.Equal(
            ["Trees", "Fruit"],
            WithClass(page, "div", "navigation").Single().Descendants(Html + "a").Select(a => a.Value)
        );
        Assert.Equal(
            ["Last Updated", "Expert(s)", "Reference", "Note", "Request an Assignment", "Available Formats"],
            page.Descendants(Html + "dt").Select(dt => dt.Value)
        );
        Assert.Equal(
            ["CSV", "XML", "HTML", "Plain text"],
            WithClass(page, "a", "altformat").Select(a => a.Value)
        );
        Assert.Equal(2, WithClass(page, "div", "pagination").Count());
        var table = WithId(page, "table-fruit");
        Assert.Equal("sortable_srv", table.Attribute("class")!.Value);
        Assert.Equal(RegistryRecord.Columns, table.Descendants(Html + "th").Select(th => th.Value));
        Assert.Equal("sortNumeric", table.Descendants(Html + "th").ElementAt(1).Attribute("class")!.Value);
        Assert.Equal("Contact Information", WithClass(page, "h1", "people").Single().Value);
        Assert.Equal("[Ada_Apple]", WithId(page, "Ada_Apple").Value);
        Assert.Equal("[1]", WithId(page, "note1").Value);
    }

    [Fact]
    public void Prints_the_twelve_cells_of_each_record()
    {
        var rows = Rows(Page(TableQuery.All));
        foreach (var (record, row) in Fruit.Registry.Records.Zip(rows))
            Assert.Equal(Enumerable.Range(1, 12).Select(column => Cells.Fold(record.Cell(column))), row);
        Assert.Equal(5, rows.Count);
    }

    [Fact]
    public void Links_lead_to_the_web_to_mail_or_to_a_place_on_the_page()
    {
        var links = Page(TableQuery.All)
            .Descendants(Html + "article")
            .Descendants(Html + "a")
            .Select(a => a.Attribute("href")?.Value)
            .OfType<string>()
            .Where(href => !href.StartsWith("?skey", StringComparison.Ordinal) && !href.StartsWith('/'))
            .Distinct();
        Assert.Equal(
            [
                "https://www.iana.org/go/rfc6335",
                "https://orchard.example/apply",
                "https://www.iana.org/go/rfc2",
            ],
            links.Except([
                "#Orchard_Ltd",
                "#Ada_Apple",
                "https://www.iana.org/go/rfc9999",
                "https://www.iana.org/go/draft-ietf-apple-pie-12#section-4.3",
                "#Ben_Birne",
                "#note1",
                "http://pear.example/?a=1&b=2",
                "#Zo%C3%AB",
                "mailto:ada&orchard.example",
                "https://orchard.example/",
            ])
        );
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onfocus='alert(1)")]
    [InlineData("&#0;&amp;%22]]>")]
    [InlineData("\0\u0001\u001b\uFFFE\uFFFF\uD800")]
    public void Any_search_text_comes_back_as_text(string search)
    {
        var page = Page(new(search, 1, [-1]), count: 2);
        var shown = new string([
            .. search.Select(c => c < ' ' || c is '\uFFFE' or '\uFFFF' or '\uD800' ? '\uFFFD' : c),
        ]);
        Assert.Equal(shown, page.Descendants(Html + "input").First().Attribute("value")!.Value);
        Assert.Equal($"No record contains \u201c{shown}\u201d", WithClass(page, "p", "count").Single().Value);
        Assert.Empty(page.Descendants(Html + "script"));
        Assert.Empty(page.Descendants(Html + "img"));
        var link = WithClass(page, "div", "pagination").First().Descendants(Html + "a").First();
        Assert.Equal($"?search={Uri.EscapeDataString(search)}&skey=-1&page=2", link.Attribute("href")!.Value);
    }

    [Theory]
    [InlineData(1, 2, "1 2")]
    [InlineData(1, 137, "1 2 3 4 5 6 ... 137")]
    [InlineData(5, 137, "1 2 3 4 5 6 7 8 9 10 ... 137")]
    [InlineData(6, 137, "1 ... 1 2 3 4 5 6 7 8 9 10 11 ... 137")] // as IANA's, the 1 twice
    [InlineData(70, 137, "1 ... 65 66 67 68 69 70 71 72 73 74 75 ... 137")]
    [InlineData(132, 137, "1 ... 127 128 129 130 131 132 133 134 135 136 137")]
    [InlineData(137, 137, "1 ... 132 133 134 135 136 137")]
    public void Shows_the_page_bar_that_IANA_shows(int current, int count, string wanted)
    {
        foreach (var bar in WithClass(Page(new("", current, []), count), "div", "pagination"))
        {
            Assert.Equal(wanted, bar.Value.Trim());
            Assert.Equal($"{current}", bar.Element(Html + "strong")!.Value);
            Assert.All(
                bar.Elements(Html + "a"),
                link => Assert.Equal($"?&page={link.Value}", link.Attribute("href")!.Value)
            );
        }
    }

    [Fact]
    public void One_page_that_was_not_searched_has_neither_form_nor_bar()
    {
        var page = Page(TableQuery.All);
        Assert.Empty(page.Descendants(Html + "form"));
        Assert.Empty(WithClass(page, "div", "pagination"));
        Assert.Single(Page(new("e", 1, [])).Descendants(Html + "form"));
    }

    [Fact]
    public void A_heading_is_a_link_to_the_next_order_and_says_the_present_one()
    {
        var headings = Page(new("e", 1, [-2, 3])).Descendants(Html + "th").Take(3).ToList();
        Assert.Equal(
            ["?search=e&skey=%2B1&skey=-2&skey=%2B3", "?search=e&skey=%2B3", "?search=e&skey=-2&skey=-3"],
            headings.Select(th => th.Element(Html + "a")!.Attribute("href")!.Value)
        );
        Assert.Equal(
            [null, "descending", "ascending"],
            headings.Select(th => th.Attribute("aria-sort")?.Value)
        );
    }

    [Fact]
    public void Has_the_organization_column_only_where_a_listed_contact_has_one()
    {
        string[] without = ["ID", "Name", "Contact URI", "Last Updated"];
        Assert.Equal(without, ContactHeadings(Page(new("dozen", 1, []))));
        Assert.Contains("Organization", ContactHeadings(Page(new("colour", 1, []))));
        Assert.Empty(ContactHeadings(Page(new("Cherry", 1, []))));

        static IEnumerable<string> ContactHeadings(XDocument page) =>
            WithClass(page, "table", "sortable").Descendants(Html + "th").Select(th => th.Value);
    }

    [Fact]
    public void An_erased_contact_says_so()
    {
        var erased = new Contact { Id = "erased-1", IsErased = true };
        var page = Find(new("dozen", 1, [])) with { Contacts = [erased] };
        var row = WithId(Parse(PageFormat.Write(page, Fruit.Profile, new())), "erased-1").Parent!.Parent!;
        Assert.Equal(["[erased-1]", "Erased on request", "", ""], row.Elements().Select(cell => cell.Value));
    }

    [Fact]
    public void Says_whose_data_it_is_and_shows_warnings_first()
    {
        var options = new PageOptions
        {
            Warnings = ["The upstream's file <1> is held back."],
            Styles = ["/a.css", "/b.css"],
        };
        var page = Parse(PageFormat.Write(Find(TableQuery.All), RegistryProfile.Iana, options));
        Assert.Equal("The upstream's file <1> is held back.", WithClass(page, "p", "notice").Single().Value);
        Assert.EndsWith(
            "IANA does not endorse it.",
            WithClass(page, "p", "statement").Single().Value,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["/a.css", "/b.css"],
            page.Descendants(Html + "link").Select(link => link.Attribute("href")!.Value)
        );
        Assert.Equal("Licensing Terms", page.Descendants(Html + "footer").Single().Value.Trim());
    }

    [Fact]
    public void Shows_the_rows_and_contacts_of_the_seed_page()
    {
        TestData.Require();
        var view = new TableView(XmlFormat.Read(TestData.Unzip("iana/2025-09-29.xml.gz")).Registry!);
        var pages = new[] { 40, 41 }
            .Select(page =>
                Parse(PageFormat.Write(view.Find(new("8", page, []))!, RegistryProfile.Iana, new()))
            )
            .ToList();
        var rows = pages.SelectMany(Rows).Select(Joined).TakeLast(28);
        var contacts = WithClass(pages[1], "table", "sortable").Single().Descendants(Html + "tr").Skip(1);

        var seed = File.ReadAllLines(Path.Combine(TestData.Folder!, "seed-page.txt"))
            .Select(Cells.Fold)
            .ToList();
        var first = seed.FindIndex(line => line.StartsWith("dns-push-tls", StringComparison.Ordinal));
        Assert.Equal(seed.Skip(first).TakeWhile(line => line.Length > 0), rows);
        Assert.Equal(
            seed.Skip(first).Where(line => line.StartsWith('[')),
            contacts.Select(row => Joined(row.Elements().Select(CellText)))
        );

        static string Joined(IEnumerable<string> cells) =>
            string.Join(' ', cells.Where(cell => cell.Length > 0));
    }

    [Fact]
    public void Every_page_is_well_formed_without_script_and_under_a_hundred_kilobytes()
    {
        TestData.Require();
        var view = new TableView(
            XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!
        );
        var rows = 0;
        for (var number = 1; view.Find(new("", number, [])) is { } found; number++)
        {
            var bytes = PageFormat.Write(found, RegistryProfile.Iana, new());
            Assert.InRange(bytes.Length, 20_000, 100_000);
            var page = Parse(bytes);
            rows += Rows(page).Count;
            Assert.DoesNotContain(
                page.Descendants(),
                element => element.Name.LocalName is "script" or "style"
            );
            Assert.DoesNotContain(
                page.Descendants().Attributes(),
                attribute =>
                    attribute.Name == "style"
                    || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)
            );
            var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
            Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        }
        Assert.Equal(view.Registry.Records.Length, rows);
    }

    static TablePage Find(TableQuery query) => new TableView(Fruit.Registry).Find(query)!;

    static XDocument Page(TableQuery query, int count = 1) =>
        Parse(
            PageFormat.Write(
                Find(query with { Page = 1 }) with
                {
                    Query = query,
                    PageCount = count,
                },
                Fruit.Profile,
                new()
            )
        );

    static XDocument Parse(byte[] page)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(page)), settings);
        return XDocument.Load(reader);
    }

    static XElement WithId(XDocument page, string id) =>
        page.Descendants().Single(element => element.Attribute("id")?.Value == id);

    static IEnumerable<XElement> WithClass(XDocument page, string name, string value) =>
        page.Descendants(Html + name).Where(element => element.Attribute("class")?.Value == value);

    static List<List<string>> Rows(XDocument page) =>
        [
            .. page.Descendants(Html + "tbody")
                .First()
                .Elements()
                .Select(row => row.Elements().Select(CellText).ToList()),
        ];

    static string CellText(XElement cell) =>
        Cells.Fold(
            string.Concat(
                cell.DescendantNodes()
                    .Select(node =>
                        node switch
                        {
                            XText text => text.Value,
                            XElement { Name.LocalName: "br" or "p" } => " ",
                            _ => "",
                        }
                    )
            )
        );
}
