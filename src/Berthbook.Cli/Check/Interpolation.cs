using System.Text;

namespace Berthbook.Cli.Check;

/// <summary>
/// Fills in the variables of a compose file with their defaults, <c>${PORT:-8080}</c>, and never from the environment: a
/// file is checked alike wherever that is done.
/// </summary>
static class Interpolation
{
    /// <summary>What stands where a variable has no default.</summary>
    public const char Unknown = '\0';

    const int MaxDepth = 16;

    /// <summary>The text with every default filled in, <see cref="Unknown"/> for each variable without one.</summary>
    public static string Fill(string text) =>
        text.Contains('$', StringComparison.Ordinal) ? Fill(text, 0) : text;

    static string Fill(string text, int depth)
    {
        var filled = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
                filled.Append(text[i]);
            else if (text[i + 1] == '$')
                filled.Append(text[++i]);
            else if (text[i + 1] == '{' && EndOfBraces(text, i + 1) is > 0 and var end)
            {
                filled.Append(depth < MaxDepth ? Value(text[(i + 2)..end], depth) : $"{Unknown}");
                i = end;
            }
            else if (IsOfName(text[i + 1]))
            {
                filled.Append(Unknown);
                while (i + 1 < text.Length && IsOfName(text[i + 1]))
                    i++;
            }
            else
                filled.Append(text[i]);
        }
        return filled.ToString();
    }

    // NAME, NAME:-default, NAME-default, NAME:?error, NAME?error, NAME:+other, NAME+other.
    static string Value(string variable, int depth)
    {
        var end = 0;
        while (end < variable.Length && IsOfName(variable[end]))
            end++;
        var rest = variable.AsSpan(end).TrimStart(':');
        return rest switch
        {
            ['-', ..] => Fill(rest[1..].ToString(), depth + 1),
            ['+', ..] => "",
            _ => $"{Unknown}",
        };
    }

    static int EndOfBraces(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '{')
                depth++;
            else if (text[i] == '}' && --depth == 0)
                return i;
        }
        return -1;
    }

    static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
