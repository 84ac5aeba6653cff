using System.Collections.Immutable;
using System.Text.Json;
using Berthbook.Formats;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>
/// What a registry decides for itself, as JSON written by hand: comments and a comma after the last member are taken,
/// anything unknown is a fault. A member that is absent or null stays at its default.
/// </summary>
public static class RuleSettingsFormat
{
    /// <summary>Reads the settings.</summary>
    /// <param name="json">The bytes, UTF-8, perhaps with a byte order mark.</param>
    public static RuleSettingsReadResult Read(ReadOnlyMemory<byte> json) =>
        new RuleSettingsReading(json).Read();
}

/// <summary>What came of reading settings: the settings, or every fault.</summary>
/// <param name="Settings">The settings, or null where there is a fault.</param>
/// <param name="Faults">The faults in the order of the file.</param>
public sealed record RuleSettingsReadResult(RuleSettings? Settings, ImmutableArray<Problem> Faults);

/// <summary>Reads one file of settings.</summary>
sealed class RuleSettingsReading(ReadOnlyMemory<byte> json)
{
    const int MaxFigure = 10_000;

    static readonly Dictionary<string, Func<RuleSettings, int, RuleSettings>> Figures = new(
        StringComparer.Ordinal
    )
    {
        ["manyRequests"] = (settings, figure) => settings with { ManyRequests = figure },
        ["manyRequestsDays"] = (settings, figure) => settings with { ManyRequestsDays = figure },
        ["remindExpertDays"] = (settings, figure) => settings with { RemindExpertDays = figure },
        ["tellRegistrarDays"] = (settings, figure) => settings with { TellRegistrarDays = figure },
        ["tellApproverDays"] = (settings, figure) => settings with { TellApproverDays = figure },
        ["reachDays"] = (settings, figure) => settings with { ReachDays = figure },
        ["reminders"] = (settings, figure) => settings with { Reminders = figure },
        ["appealMonths"] = (settings, figure) => settings with { AppealMonths = figure },
        ["communityCallWeeks"] = (settings, figure) => settings with { CommunityCallWeeks = figure },
    };

    readonly DocumentFaults faults = new(json);
    RuleSettings settings = RuleSettings.Default;

    public RuleSettingsReadResult Read()
    {
        if (faults.OfBytes())
            return new(null, faults.Listed());
        var start = json.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(json.Span[start..], RequestFormat.ReaderOptions);
        try
        {
            var values = new RequestValues(faults, start);
            reader.Read();
            if (values.Is(ref reader, JsonTokenType.StartObject, "", "one object, in braces,"))
                ReadMembers(ref reader, values, "", ReadMember);
            // What stands behind the object is no JSON.
            reader.Read();
        }
        catch (JsonException exception)
        {
            faults.AddSyntax(exception, start);
        }
        return faults.IsEmpty ? new(settings, []) : new(null, faults.Listed());
    }

    delegate bool MemberReading(ref Utf8JsonReader reader, RequestValues values, string name, string field);

    // Reads each member with a function that is false where it does not know it.
    void ReadMembers(ref Utf8JsonReader reader, RequestValues values, string field, MemberReading read)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = values.PlaceOf(ref reader);
            var name = values.Name(ref reader, field) ?? "";
            var path = field.Length == 0 ? name : $"{field}.{name}";
            reader.Read();
            if (!seen.Add(name))
            {
                faults.Add(at, Shown.Of(path), "the member comes twice");
                reader.Skip();
            }
            else if (!read(ref reader, values, name, path))
            {
                faults.Add(at, Shown.Of(path), "this setting is not known");
                reader.Skip();
            }
        }
    }

    bool ReadMember(ref Utf8JsonReader reader, RequestValues values, string name, string field)
    {
        var isNull = reader.TokenType == JsonTokenType.Null;
        if (Figures.TryGetValue(name, out var set))
        {
            if (!isNull && Figure(ref reader, values, field) is { } figure)
                settings = set(settings, figure);
            return true;
        }
        switch (name)
        {
            case "transports":
                if (!isNull && values.Transports(ref reader, field) is ImmutableArray<TransportProtocol> kept)
                    SetTransports(kept, field);
                return true;
            case "releasedNumbers":
                if (!isNull)
                    settings = settings with { ReleasedNumbers = values.Text(ref reader, field) };
                return true;
            case "assignsAtOnce":
                if (!isNull && values.Flag(ref reader, field) is bool atOnce)
                    settings = settings with { AssignsAtOnce = atOnce };
                return true;
            case "roles":
                if (
                    !isNull
                    && values.Is(ref reader, JsonTokenType.StartObject, field, "an object, in braces,")
                )
                    ReadMembers(ref reader, values, field, ReadRole);
                return true;
            case "procedures":
                if (
                    !isNull
                    && values.Is(ref reader, JsonTokenType.StartObject, field, "an object, in braces,")
                )
                    ReadMembers(ref reader, values, field, ReadProcedure);
                return true;
            default:
                return false;
        }
    }

    bool ReadRole(ref Utf8JsonReader reader, RequestValues values, string name, string field)
    {
        if (!TryParse<Role>(name, out var role))
            return false;
        if (reader.TokenType != JsonTokenType.Null && values.Text(ref reader, field) is { } label)
            settings = settings with { RoleLabels = settings.RoleLabels.SetItem(role, label) };
        return true;
    }

    bool ReadProcedure(ref Utf8JsonReader reader, RequestValues values, string name, string field)
    {
        if (!TryParse<Procedure>(name, out var procedure))
            return false;
        if (reader.TokenType != JsonTokenType.Null && values.Text(ref reader, field) is { } label)
            settings = settings with { ProcedureLabels = settings.ProcedureLabels.SetItem(procedure, label) };
        return true;
    }

    void SetTransports(ImmutableArray<TransportProtocol> kept, string field)
    {
        if (kept.IsEmpty && faults.IsEmpty)
            faults.Add(0, field, "a registry keeps at least one transport protocol");
        settings = settings with { Transports = kept };
    }

    static int? Figure(ref Utf8JsonReader reader, RequestValues values, string field)
    {
        if (
            reader.TokenType == JsonTokenType.Number
            && reader.TryGetInt32(out var figure)
            && figure is > 0 and <= MaxFigure
        )
            return figure;
        values.Fault(ref reader, field, $"a whole number from 1 to {MaxFigure} is expected here");
        reader.Skip();
        return null;
    }

    static bool TryParse<T>(string name, out T value)
        where T : struct, Enum
    {
        foreach (var known in Enum.GetValues<T>())
        {
            value = known;
            if (JsonNamingPolicy.CamelCase.ConvertName(known.ToString()) == name)
                return true;
        }
        value = default;
        return false;
    }
}
