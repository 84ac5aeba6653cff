using System.Text;

namespace Berthbook.Requests;

/// <summary>
/// An empty request document to fill in: JSON with a comment for each member that the kind uses. As it is it asks for
/// nothing, so that a check of it names what is to be filled in.
/// </summary>
public static class RequestTemplate
{
    const int Width = 80;

    /// <summary>The template of a kind, lines ended by line feeds.</summary>
    public static string Write(RequestKind kind)
    {
        var text = new StringBuilder();
        Comment(text, "", $"{kind.Title()}.");
        Comment(
            text,
            "",
            "What stays empty or null is not given; members may go, comments may stay. 'berth request check FILE' says what "
                + "is missing or wrong."
        );
        text.Append("{\n  \"kind\": \"").Append(kind.Word()).Append('"');
        foreach (var member in RequestMembers.Of(kind))
        {
            text.Append(",\n\n");
            Comment(text, "  ", $"{member.Label}: {member.Help}");
            text.Append("  \"").Append(member.Name).Append("\": ").Append(EmptyOf(member.Name));
        }
        return text.Append("\n}\n").ToString();
    }

    // A claim that nobody makes is false; a question that nobody answered is null.
    static string EmptyOf(string member) =>
        MemberShapes.Of(member) switch
        {
            MemberShape.Text => "\"\"",
            MemberShape.Flag when member is "proprietary" or "broadcast" or "multicast" or "anycast" =>
                "null",
            MemberShape.Flag => "false",
            MemberShape.Role => "\"applicant\"",
            MemberShape.Party => """{ "name": "", "email": "", "organization": "", "contact": "" }""",
            MemberShape.Approval => """{ "policy": null, "document": "", "reason": "" }""",
            MemberShape.Header => """{ "experts": "", "note": "", "title": "", "references": null }""",
            MemberShape.Port or MemberShape.PortNumber or MemberShape.RequestNumber => "null",
            _ => "[]",
        };

    static void Comment(StringBuilder text, string indent, string words)
    {
        var column = 0;
        foreach (var word in words.Split(' '))
        {
            if (column == 0 || column + 1 + word.Length > Width)
            {
                text.Append(column == 0 ? "" : "\n").Append(indent).Append("//");
                column = indent.Length + 2;
            }
            text.Append(' ').Append(word);
            column += 1 + word.Length;
        }
        text.Append('\n');
    }
}
