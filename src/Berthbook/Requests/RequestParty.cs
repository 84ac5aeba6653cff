namespace Berthbook.Requests;

/// <summary>A party of a request: who asks, who is to hold the assignment, who is to answer for it.</summary>
public sealed record RequestParty
{
    /// <summary>The name of the person or organisation, or null where it is not given.</summary>
    public string? Name { get; init; }

    /// <summary>The e-mail address, <c>user@host</c>, or null. It counts once it is confirmed (procedures A1).</summary>
    public string? Email { get; init; }

    /// <summary>The organisation that a person belongs to, or null.</summary>
    public string? Organization { get; init; }

    /// <summary>The id of a contact that the registry has, where the party is that one; or null.</summary>
    public string? Contact { get; init; }

    /// <summary>Whether nothing is said of the party.</summary>
    public bool IsEmpty => Name is null && Email is null && Organization is null && Contact is null;
}

/// <summary>As what somebody asks. A claim until it is confirmed (procedures K3).</summary>
public enum RequesterRole : byte
{
    /// <summary>Anybody.</summary>
    Applicant,

    /// <summary>The assignee of the assignment concerned.</summary>
    Assignee,

    /// <summary>The contact of the assignment concerned.</summary>
    Contact,

    /// <summary>The registrar.</summary>
    Registrar,

    /// <summary>The approver: records what the IESG or the IETF decided; in a company the architecture board.</summary>
    Approver,

    /// <summary>The chair of the working group whose document the request is about (RFC 7120 section 3.1).</summary>
    Chair,
}
