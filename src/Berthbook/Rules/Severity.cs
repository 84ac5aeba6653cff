namespace Berthbook.Rules;

/// <summary>How much a finding weighs.</summary>
public enum Severity : byte
{
    /// <summary>Told to applicant and expert; nothing depends on it.</summary>
    Advise,

    /// <summary>Something has to be given or done before the request can be granted.</summary>
    Need,

    /// <summary>The request is refused as it is.</summary>
    Refuse,
}
