using System.Globalization;

namespace Berthbook.Server.Layout;

/// <summary>Turns of phrase that pages share.</summary>
static class Words
{
    /// <summary><c>a, b and c</c>.</summary>
    public static string List(IEnumerable<string> words) =>
        words.ToList() switch
        {
            [] => "",
            [var only] => only,
            [.. var most, var last] => $"{string.Join(", ", most)} and {last}",
        };

    /// <summary>A number with its thousands apart: <c>14,533</c>.</summary>
    public static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 record</c>, <c>14,533 records</c>.</summary>
    public static string Count(int number, string one) => $"{Count(number)} {one}{(number == 1 ? "" : "s")}";

    /// <summary>What somebody wrote, cut where it is too long to repeat.</summary>
    public static string Cut(string text) => text.Length <= 60 ? text : $"{text[..60]}\u2026";

    /// <summary>A remark as a sentence: a capital in front, a stop behind.</summary>
    public static string Sentence(string words) =>
        words.Length == 0 ? "" : $"{char.ToUpperInvariant(words[0])}{words[1..].TrimEnd('.')}.";

    /// <summary>
    /// The names that a port number is assigned to, and why it has its state: without the place, which stands
    /// beside it, and without what the names say already.
    /// </summary>
    public static (IReadOnlyList<ServiceName> Names, string Reason) Assigned(PortStatus status)
    {
        var reason = Without($"{status.Port}/{status.Transport.Name()}: ", status.Why);
        if (status.Effective != PortState.Assigned)
            return ([], reason);
        var names = Names(status.Records.Where(record => record.Kind().State() == PortState.Assigned));
        return names.ToList() is [var first, ..] all
            ? (all, Without($"assigned to {first}", reason).TrimStart(',', ';', ' '))
            : ([], reason);
    }

    /// <summary>The names of records, each once.</summary>
    public static IEnumerable<ServiceName> Names(IEnumerable<RegistryRecord> records) =>
        records.Where(record => record.Name is not null).Select(record => record.Name!.Value).Distinct();

    /// <summary>Records in a few words: their names, old spellings aside, else what they are.</summary>
    public static string Brief(IReadOnlyCollection<RegistryRecord> records)
    {
        var names = Names(records.Where(record => record.Kind() != RecordKind.HistoricAlias));
        return string.Join(", ", names) is { Length: > 0 } words ? words
            : records.First().Description.OneLine is { Length: > 0 } description ? description
            : records.First().Kind().State().ToString();
    }

    /// <summary>The range's numbers: <c>0–1023</c>.</summary>
    public static string Span(PortNumber first, PortNumber last) =>
        first == last ? first.ToString() : $"{first}\u2013{last}";

    /// <summary>The first number of a range.</summary>
    public static PortNumber First(this PortClass range) =>
        new(
            range switch
            {
                PortClass.System => 0,
                PortClass.User => PortNumber.FirstUser,
                _ => PortNumber.FirstDynamic,
            }
        );

    /// <summary>The last number of a range.</summary>
    public static PortNumber Last(this PortClass range) =>
        new(
            range switch
            {
                PortClass.System => PortNumber.FirstUser - 1,
                PortClass.User => PortNumber.FirstDynamic - 1,
                _ => PortNumber.Count - 1,
            }
        );

    static string Without(string beginning, string words) =>
        words.StartsWith(beginning, StringComparison.Ordinal) ? words[beginning.Length..] : words;
}
