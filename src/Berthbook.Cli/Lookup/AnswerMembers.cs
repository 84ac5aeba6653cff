using System.Text.Json;

namespace Berthbook.Cli.Lookup;

/// <summary>The members of an answer of the API.</summary>
static class AnswerMembers
{
    /// <summary>Writes them into an object that is begun.</summary>
    public static void Write(Utf8JsonWriter json, JsonElement answer)
    {
        foreach (var member in answer.EnumerateObject())
            member.WriteTo(json);
    }
}
