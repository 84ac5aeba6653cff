using System.Collections.Immutable;

namespace Berthbook.Requests;

/// <summary>The groups that members stand in, in documents and forms.</summary>
public enum RequestGroup : byte
{
    /// <summary>Names, numbers and transport protocols.</summary>
    What,

    /// <summary>Who asks, holds and answers.</summary>
    Parties,

    /// <summary>What the service is.</summary>
    Service,

    /// <summary>Why it is asked for.</summary>
    Reasons,

    /// <summary>What the decision needs besides.</summary>
    Decision,
}

/// <summary>One member of a request document: its name, what it is for, and the kinds of request that use it.</summary>
/// <param name="Name">The name in JSON, and in findings: <c>whyNotDynamic</c>.</param>
/// <param name="Group">The group that it stands in.</param>
/// <param name="Label">The label of its field in a form: <c>Why a Dynamic Port does not serve</c>.</param>
/// <param name="Help">What to write, in a sentence or two.</param>
/// <param name="Kinds">The kinds of request that use it.</param>
public sealed record RequestMember(
    string Name,
    RequestGroup Group,
    string Label,
    string Help,
    ImmutableArray<RequestKind> Kinds
);
