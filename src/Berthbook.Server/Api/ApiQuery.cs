using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Requests;

namespace Berthbook.Server.Api;

/// <summary>A parameter of an address or its query, for people and for the API's description.</summary>
/// <param name="Name">The name, as it is written in the query.</param>
/// <param name="Description">What it means and what it takes.</param>
/// <param name="Type">What kind of value it takes.</param>
/// <param name="IsRequired">Whether the call makes no sense without it.</param>
sealed record Parameter(string Name, string Description, ParameterType Type, bool IsRequired = false)
{
    public static Parameter Page { get; } =
        new("page", "The page of the list, from 1. A page after the last is empty.", ParameterType.Page);

    public static Parameter PageSize { get; } =
        new("pageSize", $"How many are on a page, 1 to {ApiQuery.MaxPageSize}.", ParameterType.PageSize);
}

/// <summary>The kinds of value that parameters take.</summary>
enum ParameterType
{
    Text,
    Port,
    Transport,
    State,
    Revision,
    Page,
    PageSize,
    ChangesPageSize,
    Transports,
    SuggestionCount,
    SuggestionBlock,
    SearchLimit,
    Flag,
    RequestStates,
}

/// <summary>Which part of a list is asked for.</summary>
readonly record struct Paging(int Page, int PageSize)
{
    /// <summary>The part of a list.</summary>
    public ReadOnlySpan<T> Of<T>(ReadOnlySpan<T> all)
    {
        var first = Math.Min((Page - 1L) * PageSize, all.Length);
        return all.Slice((int)first, Math.Min(PageSize, all.Length - (int)first));
    }
}

/// <summary>The query of a call, read strictly: what is not understood is a fault, never ignored.</summary>
sealed class ApiQuery
{
    /// <summary>The most records of one answer.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>How many are on a page unless asked otherwise.</summary>
    public const int DefaultPageSize = 100;

    readonly IQueryCollection values;
    readonly List<Fault> faults = [];

    public ApiQuery(IQueryCollection values, IReadOnlyList<Parameter> parameters)
    {
        this.values = values;
        foreach (var (name, given) in values)
        {
            if (!parameters.Any(parameter => parameter.Name == name))
                Fail(name, $"there is no parameter '{name}' here");
            else if (given.Count > 1)
                Fail(name, $"'{name}' is given {given.Count} times");
        }
        foreach (var parameter in parameters)
        {
            if (parameter.IsRequired && !values.ContainsKey(parameter.Name))
                Fail(parameter.Name, $"'{parameter.Name}' is missing");
        }
    }

    /// <summary>All that is wrong so far.</summary>
    public IReadOnlyList<Fault> Faults => faults;

    public string? Text(string name) => values.TryGetValue(name, out var given) ? given[0] : null;

    public PortNumber? Port(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (PortNumber.TryParse(text, out var port))
            return port;
        Fail(name, NotPort(text));
        return null;
    }

    public TransportProtocol? Transport(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (TransportProtocols.TryParse(text, out var transport))
            return transport;
        Fail(name, NotTransport(text));
        return null;
    }

    /// <summary>Transport protocols separated by commas, each once, or null where none is given.</summary>
    public ImmutableArray<TransportProtocol>? Transports(string name)
    {
        if (Text(name) is not { } text)
            return null;
        var found = ImmutableArray.CreateBuilder<TransportProtocol>();
        foreach (var part in text.Split(','))
        {
            if (!TransportProtocols.TryParse(part, out var transport))
                Fail(name, NotTransport(part));
            else if (!found.Contains(transport))
                found.Add(transport);
        }
        return found.ToImmutable();
    }

    public PortState? State(string name)
    {
        if (Text(name) is not { } text)
            return null;
        foreach (var state in Enum.GetValues<PortState>())
        {
            if (state.ToString() == text)
                return state;
        }
        Fail(name, $"'{text}' is no state: Assigned, Reserved, Unassigned or Dynamic");
        return null;
    }

    /// <summary>true or false; false where it is not given.</summary>
    public bool Flag(string name)
    {
        if (Text(name) is not { } text)
            return false;
        if (text is not ("true" or "false"))
            Fail(name, $"'{text}' is neither true nor false");
        return text == "true";
    }

    /// <summary>States of requests separated by commas; none where none is given.</summary>
    public ImmutableArray<RequestState> RequestStates(string name)
    {
        if (Text(name) is not { } text)
            return [];
        var found = ImmutableArray.CreateBuilder<RequestState>();
        foreach (var part in text.Split(','))
        {
            if (Requests.RequestStates.TryParse(part, out var state))
                found.Add(state);
            else
                Fail(
                    name,
                    $"'{part}' is no state of a request: {string.Join(", ", Requests.RequestStates.All.Select(known => known.Word()))}"
                );
        }
        return found.ToImmutable();
    }

    /// <summary>A number in bounds, or null where it is not given.</summary>
    public int? Number(string name, int least, int most)
    {
        if (Text(name) is not { } text)
            return null;
        if (TryParseNumber(text, out var number) && number >= least && number <= most)
            return number;
        Fail(name, $"'{text}' is not a number from {least} to {most}");
        return null;
    }

    public Paging Paging(int pageSize = DefaultPageSize) =>
        new(Number("page", 1, int.MaxValue) ?? 1, Number("pageSize", 1, MaxPageSize) ?? pageSize);

    public void Fail(string name, string message) => faults.Add(new(null, null, name, message));

    public static string NotPort(string text) =>
        $"'{text}' is not a port number: 0 to 65535, digits only, no leading zero";

    public static string NotTransport(string text) =>
        $"'{text}' is not a transport protocol: tcp, udp, sctp or dccp";

    /// <summary>A number in ASCII digits without sign, blank or leading zero.</summary>
    public static bool TryParseNumber(string text, out int number)
    {
        number = 0;
        return text.Length is > 0 and <= 10
            && (text[0] != '0' || text.Length == 1)
            && text.All(char.IsAsciiDigit)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
