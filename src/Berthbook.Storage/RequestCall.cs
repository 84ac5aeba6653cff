using System.Collections.Immutable;
using Berthbook.Journal;
using Berthbook.Requests;

namespace Berthbook.Storage;

/// <summary>How somebody calls for a change: as whom, with which key, on which version.</summary>
/// <param name="By">Who.</param>
public sealed record RequestCall(Actor By)
{
    /// <summary>The key that makes it happen once, or null.</summary>
    public IdempotencyKey? Key { get; init; }

    /// <summary>The version that was seen; null where any will do.</summary>
    public int? Version { get; init; }

    /// <summary>Whether everything is done but the commit.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether a registrar enters documents for somebody who wrote by mail and has no account.</summary>
    public bool IsByMail { get; init; }

    /// <summary>What the audit calls it: <c>request.approve</c>.</summary>
    public required string Name { get; init; }
}

/// <summary>A key that a client gave, and what it called for with it.</summary>
/// <param name="Text">1 to 128 visible ASCII characters.</param>
/// <param name="Fingerprint">SHA-256 over method, address and body.</param>
public sealed record IdempotencyKey(string Text, byte[] Fingerprint);

/// <summary>What came of a call.</summary>
public sealed record CallOutcome
{
    /// <summary>The requests after it, in the order asked for; empty where it was refused.</summary>
    public IReadOnlyList<Request> Requests { get; init; } = [];

    /// <summary>Why it was refused; null where it was not.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Of several documents the place of the one that was refused, from 0.</summary>
    public int RefusedAt { get; init; }

    /// <summary>The last revision that it made, or null.</summary>
    public int? Revision { get; init; }

    /// <summary>Of a dry run the changes of the revisions that it would make, by the number of the request.</summary>
    public IReadOnlyDictionary<int, ImmutableArray<Change>> Effects { get; init; } =
        ImmutableDictionary<int, ImmutableArray<Change>>.Empty;

    /// <summary>Whether there is no such request.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>The version that is there, where the call named another.</summary>
    public int? OtherVersion { get; init; }

    /// <summary>Whether the key was used before for something else.</summary>
    public bool IsKeyOfAnother { get; init; }

    /// <summary>Whether the key was used before for the same: nothing was done again, the requests are as they are now.</summary>
    public bool IsRepeated { get; init; }
}

/// <summary>Which requests to list.</summary>
public sealed record RequestQuery
{
    /// <summary>Only those in these states; all where it is empty.</summary>
    public IReadOnlyList<RequestState> States { get; init; } = [];

    /// <summary>Only those to which a rule was applied, or null.</summary>
    public string? Rule { get; init; }

    /// <summary>Only those whose name, number or description contains a text, or null.</summary>
    public string? Text { get; init; }

    /// <summary>Only those of an applicant, or null.</summary>
    public int? Applicant { get; init; }

    /// <summary>Whether only those that everybody may see.</summary>
    public bool IsPublic { get; init; } = true;

    /// <summary>In which order.</summary>
    public RequestOrder Order { get; init; } = RequestOrder.Latest;

    /// <summary>How many to leave out.</summary>
    public int Skip { get; init; }

    /// <summary>How many to give, 1 to 1000.</summary>
    public int Count { get; init; } = 100;
}
