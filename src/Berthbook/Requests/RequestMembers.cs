using System.Collections.Immutable;

namespace Berthbook.Requests;

/// <summary>One member of a request document: its name, what it is for, and the kinds of request that use it.</summary>
/// <param name="Name">The name in JSON, and in findings: <c>whyNotDynamic</c>.</param>
/// <param name="Label">The label of its field in a form: <c>Why a Dynamic Port does not serve</c>.</param>
/// <param name="Help">What to write, in a sentence or two.</param>
/// <param name="Kinds">The kinds of request that use it.</param>
public sealed record RequestMember(string Name, string Label, string Help, ImmutableArray<RequestKind> Kinds);

/// <summary>
/// The members of request documents, in the order in which documents, templates and forms write them. A document that
/// gives a member its kind does not use is malformed.
/// </summary>
public static partial class RequestMembers
{
    /// <summary>All members but <c>kind</c>.</summary>
    public static ImmutableArray<RequestMember> All { get; } = List();

    /// <summary>The member of a name, or null.</summary>
    public static RequestMember? Find(string name) => All.FirstOrDefault(member => member.Name == name);

    /// <summary>The members that a kind uses, in order.</summary>
    public static IEnumerable<RequestMember> Of(RequestKind kind) =>
        All.Where(member => member.Kinds.Contains(kind));
}
