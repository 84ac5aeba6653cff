using System.Text;

namespace Berthbook.Search;

/// <summary>Makes the items of an answer: title, address, the record that answers best, and why it is there.</summary>
sealed class SearchAnswer(SearchQuery query, SearchSubjects subjects, SearchPorts ports)
{
    const string Table = "/assignments/service-names-port-numbers/service-names-port-numbers.xhtml";

    public SearchItem ItemOf(Ranked ranked, SearchHit hit)
    {
        if (ranked.Reason == SearchReason.Ports)
            return PortItem(query.Ports!.Value, ranked.Score);
        var subject = ranked.Subject;
        var why = WhyOf(ranked, hit);
        var score = Math.Round(ranked.Score, 4);
        if (subjects.KindOf(subject) == SearchKind.Contact)
        {
            var contact = subjects.ContactOf(subject);
            var address = $"/contacts/{Uri.EscapeDataString(contact.Id)}";
            return new(SearchKind.Contact, contact.DisplayName, address, score, null, why, [])
            {
                Contact = contact,
            };
        }
        var records = subjects.RecordsOf(subject);
        var record = records.MinBy(Strangeness)!;
        var (title, page) = subjects.KindOf(subject) switch
        {
            SearchKind.Service => (
                subjects.PrimaryOf(subject),
                $"/services/{Uri.EscapeDataString(subjects.PrimaryOf(subject))}"
            ),
            SearchKind.Port => (record.Number!.Value.ToString(), AddressOf(record.Number.Value)),
            _ => TableOf(record),
        };
        return new(subjects.KindOf(subject), title, page, score, record, why, records);
    }

    SearchItem PortItem(PortRange asked, float score)
    {
        var speaking = ports.Holding(asked).Where(Speaks).ToList();
        var title = asked.ToString();
        var address = AddressOf(asked);
        if (query.Transport is { } transport && asked.IsSingle)
            (title, address) = ($"{title}/{transport.Name()}", $"{address}/{transport.Name()}");
        return new(
            SearchKind.Port,
            title,
            address,
            Math.Round(score, 4),
            speaking.MinBy(Strangeness),
            asked.IsSingle ? "the port number" : "the port numbers",
            [.. speaking]
        );
    }

    // How far a record is from what was asked: least for an assignment of that number on that transport protocol.
    int Strangeness(RegistryRecord record) =>
        (
            query.Words.All(word => word.Ports is not { } asked || record.Number?.Contains(asked) == true)
                ? 0
                : 8
        )
        + (Speaks(record) ? 0 : 4)
        + (SearchScore.IsPrimary(record) ? 0 : 2)
        + (record.Number is null ? 1 : 0);

    bool Speaks(RegistryRecord record) => query.Transport is not { } transport || record.SpeaksFor(transport);

    string WhyOf(Ranked ranked, SearchHit hit) =>
        ranked.Reason switch
        {
            SearchReason.NearlyWritten => "written much like it",
            SearchReason.SomeWords => $"has some of the words: {PlaceOf(ranked.Subject, hit)}",
            _ => PlaceOf(ranked.Subject, hit),
        };

    string PlaceOf(int subject, SearchHit hit) =>
        hit.Part switch
        {
            SearchPart.Name when OtherNameOf(subject, hit) is { } other =>
                $"{subjects.PrimaryOf(subject)} is the primary name of {other}",
            SearchPart.Name => $"the name {Fits(hit)}",
            SearchPart.CommonName when KnownAs(subject) is { } known =>
                $"known as {known.Text} ({known.Source})",
            SearchPart.Description => $"the description {Fits(hit)}",
            SearchPart.Party when subjects.KindOf(subject) == SearchKind.Contact =>
                $"the contact {Fits(hit)}",
            SearchPart.Party => $"an assignee or contact {Fits(hit)}",
            SearchPart.Note => $"the notes {Fits(hit)}".Replace(
                "notes is",
                "notes are",
                StringComparison.Ordinal
            ),
            SearchPart.Reference => $"a reference {Fits(hit)}",
            SearchPart.Number => "has the port number",
            _ => "known by a common name",
        };

    static string Fits(SearchHit hit) =>
        hit.Fit switch
        {
            SearchFit.Whole => "is just that",
            SearchFit.CellBegins or SearchFit.CellBeginsWithWord => "begins with it",
            SearchFit.Word => "has the word",
            SearchFit.WordBegins => "has a word that begins with it",
            _ => "contains it",
        };

    // The old spelling or duplicate that was found, where the primary name does not have it.
    string? OtherNameOf(int subject, SearchHit hit)
    {
        if (Holds(subjects.PrimaryOf(subject)))
            return null;
        return subjects.AliasesOf(subject).FirstOrDefault(Holds);

        bool Holds(string name)
        {
            var text = FoldedText.Of(name);
            return query
                .Words.Select(word => word.Needle)
                .Concat(query.Phrases)
                .Any(needle =>
                    hit.Fit == SearchFit.Whole
                        ? text.AsSpan().SequenceEqual(needle)
                        : text.AsSpan().IndexOf(needle) >= 0
                );
        }
    }

    CommonName? KnownAs(int subject)
    {
        var asked = query.Words.Select(word => Encoding.UTF8.GetString(word.Needle)).ToList();
        return CommonName
            .All.Where(known =>
                known.Service.Equals(subjects.PrimaryOf(subject), StringComparison.OrdinalIgnoreCase)
            )
            .OrderByDescending(known => known.Text.Equals(query.Text, StringComparison.OrdinalIgnoreCase))
            .ThenByDescending(known =>
                asked.Count(word => known.Text.Contains(word, StringComparison.OrdinalIgnoreCase))
            )
            .FirstOrDefault();
    }

    static string AddressOf(PortRange range) =>
        range.IsSingle ? $"/ports/{range.First}" : $"/ports?from={range.First}";

    static (string Title, string Address) TableOf(RegistryRecord record)
    {
        var words = record.Description.OneLine;
        var some = words.Length > RegistrySearch.MaxLength ? words[..RegistrySearch.MaxLength] : words;
        return (some, $"{Table}?search={Uri.EscapeDataString(some)}");
    }
}
