using System.Diagnostics.CodeAnalysis;

namespace Berthbook;

/// <summary>
/// A service name of the registry. Compared without case, kept as written (RFC 6335 sections 5.1 and 8.1.1).
/// </summary>
/// <remarks>
/// There are two doors: <see cref="TryParse(string?, out ServiceName, out SyntaxFault)"/> holds new names to
/// today's syntax, <see cref="Historic"/> carries what a file already has. <c>default</c> means "none yet".
/// </remarks>
public readonly record struct ServiceName : IComparable<ServiceName>
{
    /// <summary>The longest well-formed name, in characters (RFC 6335 section 5.1).</summary>
    public const int MaxLength = 15;

    readonly string? text;

    ServiceName(string text) => this.text = text;

    /// <summary>The name as it is written in the registry.</summary>
    public string Text => text ?? "";

    /// <summary>Whether the name breaks the syntax of RFC 6335 section 5.1 and so is kept for history only.</summary>
    public bool IsHistoric => FaultOf(Text) is not null;

    /// <summary>A name that a file already has, of any length and any characters.</summary>
    public static ServiceName Historic(string text) => new(text);

    /// <summary>Parses a name for a new request; a fault says which rule of RFC 6335 section 5.1 it breaks.</summary>
    public static bool TryParse(
        string? text,
        out ServiceName name,
        [NotNullWhen(false)] out SyntaxFault? fault
    )
    {
        fault = FaultOf(text ?? "");
        name = fault is null ? new(text!) : default;
        return fault is null;
    }

    /// <summary>Ordinal without case, the order the registry uses for names.</summary>
    public int CompareTo(ServiceName other) =>
        string.Compare(Text, other.Text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Equal without case.</summary>
    public bool Equals(ServiceName other) => Text.Equals(other.Text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The hash of the name without case.</summary>
    public override int GetHashCode() => string.GetHashCode(Text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name as written.</summary>
    public override string ToString() => Text;

    // RFC 6335 section 5.1, in the order a requester would want to hear of them.
    static SyntaxFault? FaultOf(string text)
    {
        if (text.Length == 0)
            return new("A service name has at least one character");
        if (text.Length > MaxLength)
            return new($"A service name has at most {MaxLength} characters; this one has {text.Length}");
        var letters = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetter(c))
                letters++;
            else if (c == '-' && (i == 0 || i == text.Length - 1))
                return new("A service name neither begins nor ends with a hyphen");
            else if (c == '-' && text[i - 1] == '-')
                return new("A service name has no two hyphens in a row");
            else if (c != '-' && !char.IsAsciiDigit(c))
                return new($"A service name has ASCII letters, digits and hyphens only, not '{c}'");
        }
        return letters == 0 ? new("A service name has at least one letter") : null;
    }
}

/// <summary>Why a text is not a value, in words a requester can act on.</summary>
public sealed record SyntaxFault(string Message);
