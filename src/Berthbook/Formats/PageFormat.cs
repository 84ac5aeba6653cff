using System.Collections.Immutable;

namespace Berthbook.Formats;

/// <summary>Where the page stands and what it must warn of: what neither the registry nor its profile knows.</summary>
public sealed record PageOptions
{
    /// <summary>The addresses of the style sheets.</summary>
    public IReadOnlyList<string> Styles { get; init; } = ["/css/site.css"];

    /// <summary>The address of the folder with the downloads, ending in a slash; empty where they lie beside the page.</summary>
    public string Folder { get; init; } = "/assignments/service-names-port-numbers/";

    /// <summary>Where the publisher's name leads, or null where it leads nowhere.</summary>
    public string? Home { get; init; } = "/";

    /// <summary>Warnings to show first: a held-back file, the built-in registry.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A page that is a file of its own, beside its downloads.</summary>
    public static PageOptions File { get; } =
        new()
        {
            Styles = [],
            Folder = "",
            Home = null,
        };
}

/// <summary>
/// The page of the registry as IANA serves it: XHTML with the ids, classes and twelve columns that programs
/// know (formats.md 5). Complete without script, and without any.
/// </summary>
/// <remarks>
/// A pure function. The time grows with the rows on the page, not with the registry. What it prints, a search text
/// above all, is escaped; characters that XML forbids become U+FFFD; addresses become links only where they are
/// http, https or mailto.
/// </remarks>
public static class PageFormat
{
    const string FileName = "service-names-port-numbers";

    /// <summary>One page of the table.</summary>
    public static byte[] Write(TablePage page, RegistryProfile profile, PageOptions options)
    {
        var output = new Utf8Output(64 << 10);
        var text = new PageText(output, page, profile.RfcLabel);
        WriteHead(text, page.Registry.Header.Title, options);
        output.Add("<body class=\"published\">\n<a class=\"skip\" href=\"#main\">Skip to the table</a>\n"u8);
        WriteTop(text, profile, options);
        output.Add("<main>\n<article>\n<h1>"u8);
        text.Add(page.Registry.Header.Title);
        output.Add("</h1>\n<p class=\"statement\">"u8);
        text.Add(profile.Statement(page.Registry));
        output.Add("</p>\n"u8);
        WriteHeader(text, page.Registry.Header, options);
        new PageTable(text, page).Write();
        WriteContacts(text, page.Contacts);
        WriteFootnotes(text, page.Footnotes);
        output.Add("</article>\n</main>\n"u8);
        if (profile.LicensingAddress is { } address)
        {
            output.Add("<footer>\n<div>"u8);
            text.AddLink(address, "Licensing Terms");
            output.Add("</div>\n</footer>\n"u8);
        }
        output.Add("</body>\n</html>\n"u8);
        return output.Take();
    }

    /// <summary>The whole registry on one page, as a file of its own.</summary>
    public static byte[] WriteWhole(Registry registry, RegistryProfile profile) =>
        Write(TablePage.Whole(registry), profile, PageOptions.File);

    static void WriteHead(PageText text, string title, PageOptions options)
    {
        text.Output.Add(
            """
            <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">
            <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />

            """u8
        );
        foreach (var style in options.Styles)
        {
            text.Output.Add("<link rel=\"stylesheet\" type=\"text/css\" href=\""u8);
            text.Add(style);
            text.Output.Add("\" />\n"u8);
        }
        text.Output.Add("<title>"u8);
        text.Add(title);
        text.Output.Add("</title>\n</head>\n"u8);
    }

    static void WriteTop(PageText text, RegistryProfile profile, PageOptions options)
    {
        text.Output.Add("<header>\n<div id=\"header\">\n<div id=\"logo\">"u8);
        if (options.Home is { } home)
            text.AddLink(home, profile.Publisher);
        else
            text.Add(profile.Publisher);
        text.Output.Add("</div>\n"u8);
        if (!profile.Links.IsEmpty)
        {
            text.Output.Add(
                "<div class=\"navigation\" role=\"navigation\" aria-label=\"Publisher\">\n<ul>\n"u8
            );
            foreach (var link in profile.Links)
            {
                text.Output.Add("<li>"u8);
                text.AddLink(link.Address, link.Words);
                text.Output.Add("</li>\n"u8);
            }
            text.Output.Add("</ul>\n</div>\n"u8);
        }
        text.Output.Add("</div>\n"u8);
        foreach (var warning in options.Warnings)
        {
            text.Output.Add("<p class=\"notice\">"u8);
            text.Add(warning);
            text.Output.Add("</p>\n"u8);
        }
        text.Output.Add("</header>\n"u8);
    }

    static void WriteHeader(PageText text, RegistryHeader header, PageOptions options)
    {
        text.Output.Add("<dl>\n"u8);
        foreach (var section in HeaderSection.Of(header))
        {
            text.Output.Add("<dt>"u8);
            text.Add(section.Title);
            text.Output.Add(section.IsRunningText ? "</dt>\n<dd><pre>"u8 : "</dt>\n<dd>"u8);
            text.Add(section.Text);
            text.Output.Add(section.IsRunningText ? "</pre></dd>\n"u8 : "</dd>\n"u8);
        }
        text.Output.Add("<dt>Available Formats</dt>\n<dd>\n"u8);
        var folder = options.Folder.TrimEnd('/');
        AddFormat($"{options.Folder}{FileName}.csv", "CSV");
        AddFormat($"{options.Folder}{FileName}.xml", "XML");
        AddFormat(folder.Length == 0 ? $"{FileName}.xhtml" : folder, "HTML");
        AddFormat($"{options.Folder}{FileName}.txt", "Plain text");
        text.Output.Add("</dd>\n</dl>\n"u8);

        void AddFormat(string address, string words)
        {
            text.Output.Add("<a class=\"altformat\" href=\""u8);
            text.Add(address);
            text.Output.Add("\">"u8);
            text.Add(words);
            text.Output.Add("</a>\n"u8);
        }
    }

    static void WriteContacts(PageText text, ImmutableArray<Contact> contacts)
    {
        if (contacts.IsEmpty)
            return;
        var hasOrganizations = contacts.Any(contact => contact.Organization is not null);
        text.Output.Add(
            """
            <h1 class="people">Contact Information</h1>
            <div class="table" tabindex="0" role="region" aria-label="Contact Information">
            <table class="sortable">
            <thead>
            <tr><th scope="col">ID</th><th scope="col">Name</th>
            """u8
        );
        if (hasOrganizations)
            text.Output.Add("<th scope=\"col\">Organization</th>"u8);
        text.Output.Add(
            "<th scope=\"col\">Contact URI</th><th scope=\"col\">Last Updated</th></tr>\n</thead>\n<tbody>\n"u8
        );
        foreach (var contact in contacts)
            WriteContact(text, contact, hasOrganizations);
        text.Output.Add("</tbody>\n</table>\n</div>\n"u8);
    }

    static void WriteContact(PageText text, Contact contact, bool hasOrganizations)
    {
        text.Output.Add("<tr><td><a name=\""u8);
        text.Add(contact.Id);
        text.Output.Add("\" id=\""u8);
        text.Add(contact.Id);
        text.Output.Add("\">["u8);
        text.Add(contact.Id);
        text.Output.Add("]</a></td><td>"u8);
        text.Add(contact.IsErased ? "Erased on request" : contact.Name ?? "");
        if (hasOrganizations)
        {
            text.Output.Add("</td><td>"u8);
            text.Add(contact.Organization ?? "");
        }
        text.Output.Add("</td><td>"u8);
        for (var i = 0; i < contact.Uris.Length; i++)
        {
            text.Output.Add(i > 0 ? "<br />"u8 : []);
            text.AddLink(contact.Uris[i], contact.Uris[i]);
        }
        text.Output.Add("</td><td>"u8);
        if (contact.Updated is { } updated)
            text.Output.Add(updated);
        text.Output.Add("</td></tr>\n"u8);
    }

    static void WriteFootnotes(PageText text, ImmutableArray<Footnote> footnotes)
    {
        if (footnotes.IsEmpty)
            return;
        text.Output.Add(footnotes.Length == 1 ? "<h1>Footnote</h1>\n"u8 : "<h1>Footnotes</h1>\n"u8);
        text.Output.Add("<table class=\"fn\">\n"u8);
        foreach (var footnote in footnotes)
        {
            text.Output.Add("<tr><td class=\"fn\"><a name=\"note"u8);
            text.Add(footnote.Anchor);
            text.Output.Add("\" id=\"note"u8);
            text.Add(footnote.Anchor);
            text.Output.Add("\">["u8);
            text.Add(footnote.Anchor);
            text.Output.Add("]</a></td><td class=\"fn\"><pre>"u8);
            text.Add(HeaderSection.Preformatted(footnote.Text));
            text.Output.Add("</pre></td></tr>\n"u8);
        }
        text.Output.Add("</table>\n"u8);
    }
}
