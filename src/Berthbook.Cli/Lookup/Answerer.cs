using System.Collections.Immutable;

namespace Berthbook.Cli.Lookup;

/// <summary>
/// Who answers questions: the local copy, or a server. A class, since the first call of an interface costs a lookup more
/// than the lookup does.
/// </summary>
abstract class Answerer
{
    /// <summary>What to tell who asks, on the standard error, or null.</summary>
    public virtual string? Remark => null;

    /// <summary>Whose registry it is and as of when, or null.</summary>
    public abstract string? Statement { get; }

    /// <summary>What a question comes to.</summary>
    public abstract LookupAnswer Answer(LookupQuestion question);

    /// <summary>The names that may have been meant by one that is unknown.</summary>
    public abstract ImmutableArray<string> NamesNear(string name);
}
