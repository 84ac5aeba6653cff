using System.Globalization;
using System.Text;
using Berthbook.Checks;
using Berthbook.Cli.Output;

namespace Berthbook.Cli.Check;

/// <summary>The answer of a check as rows: all in one sheet for a pipe, in words for a person.</summary>
static class CheckSheets
{
    /// <summary>An item a row: what was asked, the place, the registry's word, the process or service, what was found.</summary>
    public static Sheet ForPipe(IEnumerable<CheckAnswer> answers)
    {
        var sheet = new Sheet(
            "checked",
            "place",
            "port",
            "state",
            "names",
            "holder",
            "process",
            "namespace",
            "level",
            "rules",
            "message"
        );
        foreach (var answer in answers)
        {
            foreach (var item in answer.Items)
                sheet.Add(
                    answer.Query,
                    item.Socket?.Address.ToString() ?? PlaceOf(item),
                    item.Place,
                    item.State?.Name(),
                    string.Join(' ', item.Names),
                    item.Socket is { } socket ? socket.Process?.Name : item.Subject,
                    item.Socket?.Process?.Id.ToString(CultureInfo.InvariantCulture),
                    item.Socket?.Namespace.Id.ToString(CultureInfo.InvariantCulture),
                    item.Level?.Name(),
                    string.Join(' ', item.Findings.Select(finding => finding.Rule.Id)),
                    string.Join("; ", item.Findings.Select(finding => finding.Message))
                );
        }
        return sheet;
    }

    /// <summary>Prints one answer for a person, and what it comes to.</summary>
    public static void Print(Printer printer, CheckAnswer answer)
    {
        foreach (var group in answer.Items.GroupBy(item => item.Socket?.Namespace ?? default))
        {
            if (group.Key.IsForeign)
                Say(printer, $"\nNetwork namespace {group.Key.Id}:");
            if (answer.Kind == CheckKind.Host)
                printer.Print(Sockets(group));
            var found = Findings(answer.Kind, group);
            if (found.Rows.Count == 0)
                continue;
            if (answer.Kind == CheckKind.Host)
                Say(printer, "");
            printer.Print(found);
        }
        Say(printer, $"{answer.Shown}: {Total(answer)}");
    }

    static Sheet Sockets(IEnumerable<CheckItem> items)
    {
        var sheet = new Sheet("port", "address", "process", "registry");
        foreach (var item in items)
            sheet.Add(
                item.Place,
                $"{item.Socket!.Address}",
                item.Socket.Process is { } process ? $"{process.Name} ({process.Id})" : "",
                item.Names.IsEmpty
                    ? new(item.State?.Name() ?? "", ToneOf(item.Level))
                    : new(string.Join(", ", item.Names), Tone.Good)
            );
        return sheet;
    }

    // A row a finding, so that a terminal of 80 columns has room for its words. Sockets of one number say it once.
    static Sheet Findings(CheckKind kind, IEnumerable<CheckItem> items)
    {
        var sheet = kind switch
        {
            CheckKind.Host => new Sheet("-place", "port", "-service", "level", "finding"),
            CheckKind.Compose => new Sheet("line", "port", "service", "level", "finding"),
            _ => new Sheet("line", "port", "-name", "level", "finding"),
        };
        var told = new HashSet<(string, Finding)>();
        foreach (var item in items)
        {
            foreach (var finding in item.Findings)
            {
                if (kind != CheckKind.Host || told.Add((item.Place, finding)))
                    sheet.Add(
                        PlaceOf(item),
                        item.Place,
                        item.Subject,
                        new(finding.Level.Name(), ToneOf(finding.Level)),
                        finding.Message
                    );
            }
        }
        return sheet;
    }

    static string Total(CheckAnswer answer)
    {
        if (!answer.Faults.IsEmpty || answer.Failure is not null)
            return "not checked";
        var findings = answer.Items.Count(item => item.Level > FindingLevel.Note);
        var notes = answer.Items.Count(item => item.Level == FindingLevel.Note);
        var what = answer.Kind switch
        {
            CheckKind.Host => $"{Count(answer.Items.Length, "listening socket")}, ",
            CheckKind.Compose => $"{Count(answer.Items.Length, "published port")}, ",
            _ => "",
        };
        return $"{what}{Count(findings, "finding")}, {Count(notes, "note")}";
    }

    static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    static string PlaceOf(CheckItem item) =>
        item.Line == 0 ? ""
        : item.Column == 0 ? $"{item.Line}"
        : $"{item.Line}:{item.Column}";

    static Tone ToneOf(FindingLevel? level) =>
        level switch
        {
            FindingLevel.Error => Tone.Bad,
            FindingLevel.Warning => Tone.Warning,
            _ => Tone.Quiet,
        };

    static void Say(Printer printer, string line) => printer.Print(new StringBuilder(line).Append('\n'));
}
