using System.Globalization;

namespace Berthbook.Requests;

/// <summary>What a request wants of a port number: one, one out of a range, a block, or none (procedures P9).</summary>
public enum PortWishKind : byte
{
    /// <summary>No port number: the name alone.</summary>
    None,

    /// <summary>This number.</summary>
    Number,

    /// <summary>A number of the User Ports that the registry picks.</summary>
    AnyUser,

    /// <summary>A number of the System Ports that the registry picks.</summary>
    AnySystem,

    /// <summary>Several numbers in a row, which is refused (procedures P10).</summary>
    Block,
}

/// <summary>The port number that a request asks for. <c>default</c> asks for none.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Numbers">The number, or the block; meaningless for other kinds.</param>
public readonly record struct PortWish(PortWishKind Kind, PortRange Numbers)
{
    /// <summary>This number.</summary>
    public PortWish(PortNumber port)
        : this(PortWishKind.Number, new(port)) { }

    /// <summary>The number asked for, or null where it is not one.</summary>
    public PortNumber? Number => Kind == PortWishKind.Number ? Numbers.First : null;

    /// <summary>Parses <c>443</c>, <c>user</c>, <c>system</c>, <c>none</c> or <c>8000-8010</c>.</summary>
    public static bool TryParse(string text, out PortWish wish)
    {
        wish = default;
        switch (text)
        {
            case "none":
                return true;
            case "user":
                wish = new(PortWishKind.AnyUser, default);
                return true;
            case "system":
                wish = new(PortWishKind.AnySystem, default);
                return true;
            default:
                if (!PortRange.TryParse(text, out var range))
                    return false;
                wish = range.IsWrittenAsRange ? new(PortWishKind.Block, range) : new(range.First);
                return true;
        }
    }

    /// <summary>The wish as it is parsed.</summary>
    public override string ToString() =>
        Kind switch
        {
            PortWishKind.AnyUser => "user",
            PortWishKind.AnySystem => "system",
            PortWishKind.None => "none",
            _ => Numbers.ToString(),
        };

    /// <summary>The numbers in words, for messages.</summary>
    internal string Words =>
        Kind switch
        {
            PortWishKind.Number => string.Create(CultureInfo.InvariantCulture, $"port {Numbers.First}"),
            PortWishKind.AnyUser => "a User Port",
            PortWishKind.AnySystem => "a System Port",
            PortWishKind.Block => $"the ports {Numbers}",
            _ => "no port",
        };
}
