namespace Berthbook.Requests;

/// <summary>What a request asks the registry to do; each kind is decided and published in a way of its own.</summary>
public enum RequestKind : byte
{
    /// <summary>A service name, with a port number or without (RFC 6335 section 8.1).</summary>
    Assign,

    /// <summary>A further transport protocol or port number of a name that is assigned (RFC 6335 section 8.1.1, procedures A6, P10).</summary>
    Add,

    /// <summary>A further name on a port number that is assigned (procedures N5, A7).</summary>
    SecondName,

    /// <summary>Another service on the number by the same assignee (RFC 6335 section 8.3, procedures C3).</summary>
    Reuse,

    /// <summary>An assignment given back (RFC 6335 section 8.2, procedures C1, C2).</summary>
    Deassign,

    /// <summary>An assignment taken back (RFC 6335 section 8.4, procedures C4).</summary>
    Revoke,

    /// <summary>An assignment passed to another party, as a release and a request that take effect together (RFC 6335 section 8.5, procedures C5).</summary>
    Transfer,

    /// <summary>Description, contact or reference brought up to date (RFC 6335 section 8.6, procedures C6).</summary>
    Maintenance,

    /// <summary>Another name or number for the same service (procedures C8).</summary>
    Rename,

    /// <summary>The assignee's own new name, or its successor by law (procedures C9).</summary>
    AssigneeName,

    /// <summary>Many records at once: a draft that became an RFC, two contacts found to be one (procedures C10).</summary>
    Housekeeping,

    /// <summary>Experts, notes, references, links or footnotes of the registry itself (procedures C12).</summary>
    Header,

    /// <summary>An assignment for a document in the making (RFC 7120, procedures A9).</summary>
    EarlyAllocation,

    /// <summary>A use without assignment, or several names of one service, reported by anybody (procedures C7).</summary>
    UnauthorizedUse,

    /// <summary>A mistake put right by the registrar (procedures C14).</summary>
    Correction,
}

/// <summary>The words for the kinds of request, as documents, commands and pages write them.</summary>
public static class RequestKinds
{
    static readonly string[] Words =
    [
        "assign",
        "add",
        "second-name",
        "reuse",
        "de-assign",
        "revoke",
        "transfer",
        "maintenance",
        "rename",
        "assignee-name",
        "housekeeping",
        "header",
        "early-allocation",
        "unauthorized-use",
        "correction",
    ];

    static readonly string[] Titles =
    [
        "Assign a service name, with a port number or without",
        "Add a transport protocol or a port number to an assigned name",
        "Add a second name to an assigned port number",
        "Reuse a port number for another service of the same assignee",
        "De-assign a port number or a name",
        "Revoke an assignment",
        "Pass an assignment on, by a coordinated release and request",
        "Bring description, contact or reference up to date",
        "Rename or renumber an assignment",
        "Record the assignee's own new name",
        "Housekeeping of many records at once",
        "Change the registry's own header",
        "Allocate early, for a document in the making",
        "Report an unauthorized use, or several names of one service",
        "Correct a mistake of the registry",
    ];

    /// <summary>All kinds, in the order in which they are listed.</summary>
    public static IReadOnlyList<RequestKind> All { get; } = Enum.GetValues<RequestKind>();

    /// <summary>The word: <c>early-allocation</c>.</summary>
    public static string Word(this RequestKind kind) => Words[(int)kind];

    /// <summary>What it does, in one line.</summary>
    public static string Title(this RequestKind kind) => Titles[(int)kind];

    /// <summary>Finds a kind by its exact word.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RequestKind kind)
    {
        kind = default;
        for (var i = 0; i < Words.Length; i++)
        {
            if (!text.SequenceEqual(Words[i]))
                continue;
            kind = (RequestKind)i;
            return true;
        }
        return false;
    }
}
