using System.Text.Json;
using Berthbook.Answers;
using Berthbook.Suggestions;

namespace Berthbook.Cli.Suggest;

/// <summary>Asks a server for suggestions. It knows nothing of this host's sockets.</summary>
static class ServerSuggestions
{
    /// <summary>What the server suggests.</summary>
    /// <exception cref="HttpRequestException">The server is not reached, or is no Berthbook that suggests.</exception>
    public static SuggestionsReply Ask(ServerCalls calls, SuggestionQuery query)
    {
        try
        {
            return calls.Get(AddressOf(query))?.Deserialize(AnswerJson.Default.SuggestionsReply)
                ?? throw new HttpRequestException($"{calls.Authority} suggests no port numbers");
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"{calls.Authority} answers something else: {e.Message}");
        }
    }

    static string AddressOf(SuggestionQuery query)
    {
        var transports = string.Join(',', query.Transports.Select(transport => transport.Name()));
        var near = query.Near is { } number ? $"&near={number}" : "";
        return $"suggestions?transport={transports}&range={query.Range.First}-{query.Range.Last}"
            + $"&count={query.Count}&block={query.Block}{near}";
    }
}
