namespace Berthbook.Checks;

/// <summary>How much a finding weighs.</summary>
public enum FindingLevel : byte
{
    /// <summary>Worth knowing; no reason to fail.</summary>
    Note,

    /// <summary>Likely to go wrong for somebody, here or elsewhere.</summary>
    Warning,

    /// <summary>Says something else than the registry.</summary>
    Error,
}

/// <summary>What a check looks for.</summary>
/// <param name="Id">Its name for programs, stable.</param>
/// <param name="Level">How much its findings weigh as a rule; a finding may weigh less or more.</param>
/// <param name="Summary">What it looks for, in a sentence.</param>
/// <param name="Help">Why that matters and what to do about it.</param>
/// <param name="Source">Where it is written.</param>
/// <param name="Address">The address of the source.</param>
public sealed record CheckRule(
    string Id,
    FindingLevel Level,
    string Summary,
    string Help,
    string Source,
    string Address
)
{
    /// <summary>The id.</summary>
    public override string ToString() => Id;
}

/// <summary>Something that a check found.</summary>
/// <param name="Rule">By which rule.</param>
/// <param name="Level">How much it weighs here.</param>
/// <param name="Message">What it is, in words that stand alone.</param>
public sealed record Finding(CheckRule Rule, FindingLevel Level, string Message)
{
    /// <summary>A finding that weighs what its rule says.</summary>
    public Finding(CheckRule rule, string message)
        : this(rule, rule.Level, message) { }
}
