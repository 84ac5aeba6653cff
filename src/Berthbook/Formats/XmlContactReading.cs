using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Berthbook.Formats;

/// <summary>Reads the people element with its contacts.</summary>
sealed class XmlContactReading(XmlScanner scanner, XmlPieces pieces, XmlKeeping keeping)
{
    // A long id as its hash, so that a million of them fit while a large file is checked.
    readonly HashSet<string> ids = new(StringComparer.Ordinal);
    readonly List<string?> gaps = [];

    /// <summary>Reads the element whose start tag's name was read; gives the white space before its end.</summary>
    public string? Read()
    {
        if (pieces.NoAttributes("people"u8))
            return null;
        while (!scanner.HasFailed)
        {
            keeping.BeginElement();
            var gap = scanner.Gap(scanner.IsEndTagAfterGap(1) ? 1 : 2);
            if (scanner.HasFailed)
                break;
            if (scanner.IsAtEndTag)
            {
                scanner.EndTag("people"u8);
                return gap;
            }
            var start = scanner.Mark;
            if (scanner.StartTag().SequenceEqual("person"u8))
            {
                ReadContact(gap, start);
            }
            else if (!scanner.HasFailed)
            {
                scanner.Fault(start, "people", "people holds <person> elements only");
                pieces.SkipElement();
            }
        }
        return null;
    }

    void ReadContact(string? before, int start)
    {
        var id = ReadId(out var isEmpty);
        string? name = null;
        string? organization = null;
        RegistryDate? updated = null;
        var uris = ImmutableArray<string>.Empty;
        gaps.Clear();
        var hasGaps = false;
        var last = 0;
        while (!isEmpty && !scanner.HasFailed)
        {
            var gap = scanner.Gap(scanner.IsEndTagAfterGap(2) ? 2 : 3);
            gaps.Add(gap);
            hasGaps |= gap is not null;
            if (scanner.HasFailed || scanner.IsAtEndTag)
                break;
            var childStart = scanner.Mark;
            var child = scanner.StartTag();
            if (scanner.HasFailed)
                break;
            var place =
                child.SequenceEqual("name"u8) ? 1
                : child.SequenceEqual("org"u8) ? 2
                : child.SequenceEqual("uri"u8) ? 3
                : child.SequenceEqual("updated"u8) ? 4
                : 0;
            if (place == 0)
            {
                scanner.Fault(
                    childStart,
                    "person",
                    $"the element <{Encoding.UTF8.GetString(child)}> is not known in a person"
                );
                pieces.SkipElement();
                continue;
            }
            if (place < last || (place == last && place != 3))
                scanner.Fault(
                    childStart,
                    "person",
                    "a person has name, org, uri and updated in this order, only uri more than once"
                );
            last = place;
            var isChildEmpty = pieces.NoAttributes(child);
            var offset = scanner.Mark;
            var text = pieces.ReadText(child, isChildEmpty);
            if (place == 1)
                name = text;
            else if (place == 2)
                organization = text;
            else if (place == 3)
                uris = uris.Add(text);
            else if (RegistryDate.TryParse(text, out var date))
                updated = date;
            else if (!scanner.HasFailed)
                scanner.Fault(
                    offset,
                    "updated",
                    $"'{Shown.Of(text)}' is not a date; write yyyy-mm-dd or yyyy-mm"
                );
        }
        if (!isEmpty)
            scanner.EndTag("person"u8);
        if (scanner.HasFailed)
            return;
        Require(id, start);
        if (id.Length == 0)
            return;
        keeping.Keep(
            new Contact
            {
                Id = id,
                Name = name,
                Organization = organization,
                Uris = uris,
                Updated = updated,
                Gaps = before is null && !hasGaps ? null : new(before, hasGaps ? [.. gaps] : []),
            },
            start
        );
    }

    string ReadId(out bool isEmpty)
    {
        var id = "";
        while (scanner.Attribute(out var attribute, out var value, out isEmpty))
        {
            if (attribute.SequenceEqual("id"u8))
                id = scanner.Decode(value, scanner.ValueOffset);
            else
                pieces.UnknownAttribute(attribute, "person");
        }
        return id;
    }

    void Require(string id, int start)
    {
        if (id.Length == 0)
            scanner.Fault(start, "person", "a person has an id");
        else if (
            !ids.Add(id.Length <= 64 ? id : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id))))
        )
            scanner.Fault(start, "person", $"a second person has the id '{Shown.Of(id)}'");
        if (ids.Count > ReadLimits.MaxElements)
            scanner.Fail(start, $"the registry has more than {ReadLimits.MaxElements:N0} contacts");
    }
}
