using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Berthbook.Server.Accounts;

/// <summary>Codes of authenticators: six digits that change every half minute (RFC 6238), keys in base 32 (RFC 4648).</summary>
static class Totp
{
    /// <summary>A new key, 160 bits.</summary>
    public static string NewKey() => Base32(RandomNumberGenerator.GetBytes(20));

    /// <summary>The number of the half minute that a time is in.</summary>
    public static long StepOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 30;

    /// <summary>The code of a step.</summary>
    public static string CodeOf(string key, long step)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        // RFC 6238 and every authenticator: HMAC with SHA-1.
#pragma warning disable CA5350
        var hash = HMACSHA1.HashData(FromBase32(key), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step, after the last that was used, whose code is given; null for none. A clock may be half a minute off.</summary>
    public static long? Match(string key, string code, DateTimeOffset now, long lastUsed)
    {
        var given = Encoding.ASCII.GetBytes(code);
        for (var step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
        {
            if (
                step > lastUsed
                && CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(CodeOf(key, step)))
            )
                return step;
        }
        return null;
    }

    /// <summary>Bytes as letters and digits that people can type.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        var letters = new char[bytes.Length * 8 / 5];
        for (var i = letters.Length - 1; i >= 0; i--, number >>= 5)
            letters[i] = Letters[(int)(number & 31)];
        return new(letters);
    }

    const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    static byte[] FromBase32(string text)
    {
        var number = BigInteger.Zero;
        foreach (var letter in text)
            number = (number << 5) | Letters.IndexOf(letter, StringComparison.Ordinal);
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        var whole = new byte[text.Length * 5 / 8];
        bytes.CopyTo(whole, whole.Length - bytes.Length);
        return whole;
    }
}
