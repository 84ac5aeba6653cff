using System.Collections.Immutable;
using Berthbook.Answers;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Server.Pages.Requests;

/// <summary>A step of a request's history as a viewer may read it.</summary>
/// <param name="Time">When.</param>
/// <param name="What">What was done.</param>
/// <param name="By">As what, by the registry's labels.</param>
/// <param name="State">Where the request stood after it; null where that did not change.</param>
/// <param name="Words">The reason, question or answer; null where there is none, or it is not the viewer's to read.</param>
/// <param name="Note">The note for those who decide, likewise.</param>
/// <param name="Rules">The rules applied or cited.</param>
/// <param name="Revision">The revision that it made, or null.</param>
sealed record ToldStep(
    DateTimeOffset Time,
    string What,
    string By,
    RequestState? State,
    string? Words,
    string? Note,
    ImmutableArray<string> Rules,
    int? Revision
)
{
    /// <summary>The history, the oldest step first.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">The labels.</param>
    /// <param name="masked">What hides the private parts; null where the viewer may see all of it.</param>
    /// <param name="hasNotes">Whether the viewer may see the notes.</param>
    public static ImmutableArray<ToldStep> Of(
        Request request,
        RuleSettings settings,
        PublicDocument? masked,
        bool hasNotes
    )
    {
        var isOpen = masked is null;
        var told = ImmutableArray.CreateBuilder<ToldStep>();
        RequestState? before = null;
        foreach (var step in request.Steps)
        {
            var pool = step.Pool is { } known ? $" for {known.Title()}" : "";
            var stays = before == step.State;
            before = step.State;
            // Attempts to reach somebody are not even told of.
            if (!isOpen && step.Action == RequestAction.Attempt)
                continue;
            told.Add(
                new(
                    step.Time,
                    step.What(),
                    settings.Label(step.Office) + pool,
                    stays ? null : step.State,
                    isOpen ? step.Words
                        : step is { IsPublic: true, Words: { } words } ? masked!.Words(words)
                        : null,
                    hasNotes ? step.Note : null,
                    step.Rules,
                    step.Revision
                )
            );
        }
        return told.ToImmutable();
    }
}
