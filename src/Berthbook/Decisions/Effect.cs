using System.Collections.Immutable;
using Berthbook.Journal;

namespace Berthbook.Decisions;

/// <summary>What a decision changes: the changes of one revision, and which of them the registrar chose.</summary>
/// <param name="Changes">The changes in the order in which they apply, as <see cref="Differ.Compare"/> would tell them.</param>
/// <param name="Choices">What the rules leave to the registrar and the decision sets otherwise than by default, in words.</param>
public sealed record Effect(ImmutableArray<Change> Changes, ImmutableArray<string> Choices)
{
    /// <summary>The registry after the decision. Cost grows with the registry.</summary>
    /// <param name="registry">The registry that the effect was told of (<see cref="Rules.RuleBasis.Registry"/>).</param>
    /// <exception cref="InvalidOperationException">It is another registry: a change does not fit it.</exception>
    public Registry On(Registry registry)
    {
        var document = Document.Of(registry);
        foreach (var change in Changes)
        {
            if (!document.Apply(change))
                throw new InvalidOperationException("The effect is of another registry");
        }
        return document.ToRegistry();
    }
}
