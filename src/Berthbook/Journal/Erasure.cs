using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Berthbook.Journal;

/// <summary>
/// That a contact's personal texts were erased (procedures K4): which party, when, who, why. It carries no personal
/// data, only a salted seal of the id, so that an import that brings the id again is recognised.
/// </summary>
/// <param name="Number">The number, from 1 without gaps.</param>
/// <param name="Party">The number of the party.</param>
/// <param name="Time">When, to the millisecond, UTC.</param>
/// <param name="Who">Who erased it.</param>
/// <param name="Why">Why, in words.</param>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Seal">HMAC-SHA-256 of the id with the salt as key.</param>
/// <param name="Hash">SHA-256 over the erasure's canonical bytes, lower-case hexadecimal.</param>
public sealed record Erasure(
    int Number,
    int Party,
    DateTimeOffset Time,
    string Who,
    string Why,
    byte[] Salt,
    byte[] Seal,
    string Hash
)
{
    static ReadOnlySpan<byte> Magic => "BBE1"u8;

    /// <summary>The canonical bytes of the next erasure (docs/journal-format.md section 6).</summary>
    public static byte[] Write(
        int number,
        string previous,
        int party,
        string contactId,
        string who,
        string why,
        DateTimeOffset now,
        byte[] salt
    )
    {
        var output = new JournalOutput();
        output.Bytes(Magic);
        output.Number(number);
        output.Bytes(Convert.FromHexString(previous));
        output.Number(party);
        output.Number(now.ToUnixTimeMilliseconds());
        output.Text(who);
        output.Text(why);
        output.Bytes(salt);
        output.Bytes(SealOf(salt, contactId));
        return output.ToArray();
    }

    /// <summary>Reads an erasure's canonical bytes.</summary>
    /// <exception cref="JournalException">The bytes are damaged or not the next erasure's.</exception>
    public static Erasure Read(ReadOnlyMemory<byte> bytes, int number, string previous)
    {
        try
        {
            var input = new JournalInput(bytes);
            if (!input.Bytes(Magic.Length).SequenceEqual(Magic) || input.Int() != number)
                throw new InvalidDataException("it is not the next erasure");
            if (Convert.ToHexStringLower(input.Bytes(32)) != previous)
                throw new InvalidDataException("the hash of the erasure before does not match");
            var erasure = new Erasure(
                number,
                input.Int(),
                DateTimeOffset.FromUnixTimeMilliseconds(input.Number()),
                input.Text(),
                input.Text(),
                input.Bytes(16).ToArray(),
                input.Bytes(32).ToArray(),
                Convert.ToHexStringLower(SHA256.HashData(bytes.Span))
            );
            return input.IsAtEnd ? erasure : throw new InvalidDataException("something follows the erasure");
        }
        catch (Exception damage) when (damage is InvalidDataException or ArgumentException)
        {
            throw new JournalException(0, $"erasure {number}: {damage.Message}");
        }
    }

    /// <summary>Whether a contact id is the erased one.</summary>
    public bool IsOf(string contactId) => SealOf(Salt, contactId).AsSpan().SequenceEqual(Seal);

    /// <summary>
    /// A registry that was read from a file, with every erased contact that it brings again turned into what stands
    /// for it. Unchanged where it brings none. Cost: one HMAC for each erasure and id.
    /// </summary>
    public static Registry Mask(Registry registry, ImmutableArray<Erasure> erasures)
    {
        if (erasures.IsEmpty)
            return registry;
        var masks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in IdsIn(registry).Distinct(StringComparer.Ordinal))
        {
            if (erasures.FirstOrDefault(erasure => erasure.IsOf(id)) is { } erased)
                masks.Add(id, Ledger.ErasedId(erased.Party));
        }
        return masks.Count == 0 ? registry : new ContactMask(masks).Apply(registry);
    }

    static IEnumerable<string> IdsIn(Registry registry) =>
        registry
            .Contacts.Select(contact => contact.Id)
            .Concat(registry.Records.SelectMany(ContactMask.PersonsIn).Select(person => person.Data));

    static byte[] SealOf(byte[] salt, string contactId) =>
        HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(contactId));
}
