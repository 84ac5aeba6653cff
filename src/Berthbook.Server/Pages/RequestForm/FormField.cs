using System.Collections.Immutable;
using Berthbook.Requests;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>How a field of the form is filled in.</summary>
enum FieldKind
{
    /// <summary>One line.</summary>
    Line,

    /// <summary>One line, an e-mail address.</summary>
    Email,

    /// <summary>Several lines of text.</summary>
    Text,

    /// <summary>Several values, one a line.</summary>
    List,

    /// <summary>Replacements, one a line: <c>old -> new</c>.</summary>
    Pairs,

    /// <summary>A number, or a word.</summary>
    Number,

    /// <summary>Given or not.</summary>
    Check,

    /// <summary>Yes, no, or not said.</summary>
    YesNo,

    /// <summary>One word of several, or none.</summary>
    Choice,

    /// <summary>The transport protocols.</summary>
    Transports,
}

/// <summary>A field of the form: a member of a request document, or a part of one.</summary>
/// <param name="Name">The path of the member, which findings name too: <c>assignee.email</c>.</param>
/// <param name="Kind">How it is filled in.</param>
/// <param name="Member">The member that it is, or is a part of.</param>
/// <param name="Label">Its label.</param>
/// <param name="Help">What to write; empty for a part that its label explains.</param>
sealed record FormField(string Name, FieldKind Kind, RequestMember Member, string Label, string Help)
{
    /// <summary>The field that has several values, a control each.</summary>
    public const string Transports = "transports";

    const string OfChange = " Of a change: ";

    const string AboutContact =
        "The id of a contact that the registry has, as its page shows it, in place of name and address.";

    /// <summary>The words of a choice.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Whether it is asked for on some paths only, so that it comes into sight when a rule wants it.</summary>
    public bool IsForSomePaths =>
        Name is "whyNotDynamic" or "whyNotUser" or "whyAnother" or "serviceCodes" or "specification";

    /// <summary>Whether it is a part of its member.</summary>
    public bool IsPart => Name.Length > Member.Name.Length;

    /// <summary>What to write, as far as it concerns a kind of request.</summary>
    public string HelpFor(RequestKind kind) =>
        Help.Split(OfChange) is not [var ofNew, var ofChange] ? Help
        : FormGroups.IsNew(kind) ? ofNew
        : char.ToUpperInvariant(ofChange[0]) + ofChange[1..];

    /// <summary>Its label with that of its member, for a list apart from the form.</summary>
    public string FullLabel => IsPart ? $"{Member.Label}: {Label}" : Label;

    /// <summary>Whether the browser may look for slips in it.</summary>
    public bool IsProse => Kind == FieldKind.Text;

    /// <summary>The id of its control.</summary>
    public string Id => $"f-{Name.Replace('.', '-')}";

    /// <summary>The id of its help.</summary>
    public string HelpId => $"h-{Name.Replace('.', '-')}";

    /// <summary>The id of what is said of it.</summary>
    public string NotesId => $"n-{Name.Replace('.', '-')}";

    /// <summary>All fields, in the order of the members.</summary>
    public static ImmutableArray<FormField> All { get; } = [.. RequestMembers.All.SelectMany(Of)];

    /// <summary>The fields that a kind of request uses.</summary>
    public static ImmutableArray<FormField> Of(RequestKind kind) =>
        [.. All.Where(field => field.Member.Kinds.Contains(kind))];

    /// <summary>The field of a name, else the first part of the member of that name, or null.</summary>
    public static FormField? Find(string name)
    {
        var path = name.Split('[')[0];
        return All.FirstOrDefault(field => field.Name == path)
            ?? All.FirstOrDefault(field => field.Member.Name == path.Split('.')[0]);
    }

    static IEnumerable<FormField> Of(RequestMember member) =>
        member.Name switch
        {
            "requester" or "assignee" or "contact" =>
            [
                Part(member, "name", FieldKind.Line, "Name"),
                Part(member, "email", FieldKind.Email, "E-mail"),
                Part(member, "organization", FieldKind.Line, "Organization, of a person"),
                Part(member, "contact", FieldKind.Line, "Or its id as a contact", AboutContact),
            ],
            "approval" =>
            [
                Part(member, "policy", FieldKind.Choice, "Policy") with
                {
                    Words = ["ietf-review", "iesg-approval", "standards-action"],
                },
                Part(member, "document", FieldKind.Line, "Document or minute"),
                Part(member, "reason", FieldKind.Text, "Written reason"),
            ],
            "header" =>
            [
                Part(member, "experts", FieldKind.Text, "Experts"),
                Part(member, "note", FieldKind.Text, "Note"),
                Part(member, "title", FieldKind.Line, "Title"),
                Part(member, "references", FieldKind.List, "References", "All of them, one a line."),
            ],
            _ => [Whole(member)],
        };

    static FormField Whole(RequestMember member)
    {
        var kind = KindOf(member.Name);
        var more = kind switch
        {
            FieldKind.List => " One a line.",
            FieldKind.Pairs => " One a line: old -> new.",
            _ => "",
        };
        return new(member.Name, kind, member, member.Label, member.Help + more)
        {
            Words =
                member.Name == "role"
                    ? ["applicant", "assignee", "contact", "registrar", "approver", "chair"]
                    : [],
        };
    }

    static FormField Part(
        RequestMember member,
        string name,
        FieldKind kind,
        string label,
        string help = ""
    ) => new($"{member.Name}.{name}", kind, member, label, help);

    static FieldKind KindOf(string name) =>
        name switch
        {
            Transports => FieldKind.Transports,
            "port" or "newPort" or "revises" => FieldKind.Number,
            "serviceCodes" or "otherNames" or "waives" => FieldKind.List,
            "replacements" => FieldKind.Pairs,
            "role" => FieldKind.Choice,
            "proprietary" or "broadcast" or "multicast" or "anycast" => FieldKind.YesNo,
            "ietfStream" or "releaseName" or "useUnclear" or "agreed" => FieldKind.Check,
            "name" or "newName" or "description" or "specification" => FieldKind.Line,
            _ => FieldKind.Text,
        };
}
