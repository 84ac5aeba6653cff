using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Berthbook.Formats;

namespace Berthbook.Requests;

/// <summary>Reads the values of a request document. Each takes a whole value; null where it says nothing or is at fault.</summary>
/// <param name="faults">Where faults are noted.</param>
/// <param name="start">The byte at which the reader began.</param>
sealed class RequestValues(DocumentFaults faults, int start)
{
    // Line feeds and tabs are the only control characters of a text; U+FFFE and U+FFFF have no place in XML.
    static readonly SearchValues<char> Forbidden = SearchValues.Create([
        .. Enumerable
            .Range(0, 0xA0)
            .Select(c => (char)c)
            .Where(c => char.IsControl(c) && c is not ('\t' or '\n')),
        '\uFFFE',
        '\uFFFF',
    ]);

    static readonly ImmutableArray<string> Roles =
    [
        .. Enum.GetNames<RequesterRole>().Select(role => role.ToLowerInvariant()),
    ];

    static readonly ImmutableArray<string> TransportNames =
    [
        .. TransportProtocols.All.Select(one => one.Name()),
    ];

    public int PlaceOf(ref Utf8JsonReader reader) => start + (int)reader.TokenStartIndex;

    public void Fault(ref Utf8JsonReader reader, string field, string message) =>
        faults.Add(PlaceOf(ref reader), field, message);

    /// <summary>The name of a member, or null with a fault.</summary>
    public string? Name(ref Utf8JsonReader reader, string field) => Unicode(ref reader, field);

    /// <summary>A text; one of white space only says nothing.</summary>
    public string? Text(ref Utf8JsonReader reader, string field)
    {
        if (!Is(ref reader, JsonTokenType.String, field, "a text, in double quotes,"))
            return null;
        var at = PlaceOf(ref reader);
        if (Unicode(ref reader, field) is not { } text)
            return null;
        if (text.AsSpan().IndexOfAny(Forbidden) is >= 0 and var place)
            faults.Add(at, field, $"the character U+{(int)text[place]:X4} has no place in a text");
        else if (text.Length > RequestFormat.MaxText && text.EnumerateRunes().Count() > RequestFormat.MaxText)
            faults.Add(at, field, $"a text has at most {RequestFormat.MaxText:N0} characters");
        else if (!string.IsNullOrWhiteSpace(text))
            return text;
        return null;
    }

    string? Unicode(ref Utf8JsonReader reader, string field)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Fault(ref reader, field, "half of a surrogate pair is no character");
            return null;
        }
    }

    public string? ItemText(ref Utf8JsonReader reader, string field)
    {
        var at = PlaceOf(ref reader);
        var count = faults.Count;
        var text = Text(ref reader, field);
        if (text is null && faults.Count == count)
            faults.Add(at, field, "the text is empty");
        return text;
    }

    public object? Flag(ref Utf8JsonReader reader, string field)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            return reader.GetBoolean();
        Is(ref reader, JsonTokenType.True, field, "true or false");
        return null;
    }

    public object? Role(ref Utf8JsonReader reader, string field)
    {
        return Word(ref reader, field, Roles) is { } role ? (RequesterRole)Roles.IndexOf(role) : null;
    }

    public string? Word(ref Utf8JsonReader reader, string field, ImmutableArray<string> words)
    {
        if (!Is(ref reader, JsonTokenType.String, field, $"one of {string.Join(", ", words)}"))
            return null;
        if (Unicode(ref reader, field) is not { } text)
            return null;
        foreach (var word in words)
        {
            if (text == word)
                return word;
        }
        Fault(ref reader, field, $"one of these is expected here: {string.Join(", ", words)}");
        return null;
    }

    public object? Transports(ref Utf8JsonReader reader, string field)
    {
        var found = ImmutableArray.CreateBuilder<TransportProtocol>();
        return ReadItems(
            ref reader,
            field,
            (ref Utf8JsonReader reader, string item) =>
            {
                var at = PlaceOf(ref reader);
                if (!TransportProtocols.TryParse(Word(ref reader, item, TransportNames), out var transport))
                    return;
                if (found.Contains(transport))
                    faults.Add(at, item, $"{transport.Name()} comes twice");
                else
                    found.Add(transport);
            }
        )
            ? found.DrainToImmutable()
            : null;
    }

    public object? Port(ref Utf8JsonReader reader, string field)
    {
        if (PortText(ref reader, field) is not { } text)
            return null;
        if (PortWish.TryParse(text, out var wish))
            return wish;
        Fault(ref reader, field, $"{PortRange.FaultOf(text)}; or write \"user\", \"system\" or \"none\"");
        return null;
    }

    public object? OnePort(ref Utf8JsonReader reader, string field)
    {
        if (PortText(ref reader, field) is not { } text)
            return null;
        if (PortNumber.TryParse(text, out var port))
            return port;
        Fault(ref reader, field, PortRange.FaultOf(text) ?? "one number is expected here, not a range");
        return null;
    }

    // Numbers as they are written, so that 8e1 and 80.0 are none.
    string? PortText(ref Utf8JsonReader reader, string field)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return Encoding.UTF8.GetString(reader.ValueSpan);
        return
            Is(ref reader, JsonTokenType.String, field, "a port number")
            && Unicode(ref reader, field) is { } text
            ? Shown.Of(text)
            : null;
    }

    public string? ServiceCode(ref Utf8JsonReader reader, string field)
    {
        if (reader.TokenType != JsonTokenType.Number)
            return ItemText(ref reader, field);
        if (reader.TryGetInt64(out var code) && code >= 0)
            return Encoding.UTF8.GetString(reader.ValueSpan);
        Fault(ref reader, field, "a service code is a whole number, or a text such as \"SC:DISC\"");
        return null;
    }

    public object? RequestNumber(ref Utf8JsonReader reader, string field)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number > 0)
            return number;
        if (Is(ref reader, JsonTokenType.Number, field, "the number of a request"))
            Fault(ref reader, field, "requests are numbered from 1, in whole numbers");
        return null;
    }

    /// <summary>The items of a list; null with a fault where it is none, or one of them is at fault.</summary>
    public object? Items<T>(ref Utf8JsonReader reader, string field, ItemReading<T> read)
        where T : class
    {
        var items = ImmutableArray.CreateBuilder<T>();
        return ReadItems(
            ref reader,
            field,
            (ref Utf8JsonReader reader, string item) =>
            {
                if (read(ref reader, item) is { } value)
                    items.Add(value);
            }
        )
            ? items.DrainToImmutable()
            : null;
    }

    /// <summary>Whether the value is of the type wanted; passes over it with a fault where not.</summary>
    public bool Is(ref Utf8JsonReader reader, JsonTokenType type, string field, string expected)
    {
        if (reader.TokenType == type)
            return true;
        Fault(ref reader, field, $"{expected} is expected here");
        reader.Skip();
        return false;
    }

    bool ReadItems(ref Utf8JsonReader reader, string field, ItemStep step)
    {
        if (!Is(ref reader, JsonTokenType.StartArray, field, "a list, in square brackets,"))
            return false;
        var at = PlaceOf(ref reader);
        var count = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count < RequestFormat.MaxItems)
                step(ref reader, $"{field}[{count}]");
            else
                reader.Skip();
        }
        if (count > RequestFormat.MaxItems)
            faults.Add(at, field, $"a list has at most {RequestFormat.MaxItems} items");
        return true;
    }

    delegate void ItemStep(ref Utf8JsonReader reader, string field);
}

/// <summary>Reads one item of a list, or one member.</summary>
delegate T? ItemReading<T>(ref Utf8JsonReader reader, string field)
    where T : class;
