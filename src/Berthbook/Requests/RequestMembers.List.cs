using System.Collections.Immutable;

namespace Berthbook.Requests;

public static partial class RequestMembers
{
    static ImmutableArray<RequestMember> List() => [];
}
