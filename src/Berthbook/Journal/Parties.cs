using System.Security.Cryptography;
using System.Text;

namespace Berthbook.Journal;

/// <summary>
/// The numbers that stand for contacts in the journal's bytes, with the personal texts that lie beside it
/// (procedures K4). A party is known by its number for ever; its id may be erased.
/// </summary>
sealed class Parties
{
    readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    readonly Dictionary<int, Party> parties = [];
    readonly Dictionary<Commitment, PersonalText> texts = [];

    public int Count => parties.Count;

    public bool IsErased(int party) => parties.TryGetValue(party, out var known) && known.IsErased;

    public int? NumberOf(string id) => numbers.TryGetValue(id, out var number) ? number : null;

    /// <summary>The reference to a party; one object a party.</summary>
    public Reference ReferenceTo(int party) =>
        parties.TryGetValue(party, out var known)
            ? known.Reference
            : throw new InvalidDataException($"party {party} was never introduced");

    public string IdOf(int party) => ReferenceTo(party).Data;

    /// <summary>Takes a personal text that lies beside the journal, to be found by its commitment.</summary>
    public void Learn(PersonalText text) => texts[new(text.Commitment)] = text;

    /// <summary>Forgets the texts, once all revisions are read.</summary>
    public void ForgetTexts() => texts.Clear();

    /// <summary>Called with the party and the commitment for each commitment that is read.</summary>
    public Action<int, byte[]>? Opened { get; set; }

    /// <summary>The text of a party that a commitment stands for, or null where it was erased.</summary>
    public byte[]? Open(int party, ReadOnlySpan<byte> commitment)
    {
        Opened?.Invoke(party, commitment.ToArray());
        return texts.TryGetValue(new(commitment), out var text) ? text.Content : null;
    }

    /// <summary>Introduces a party by the commitment to its id.</summary>
    public void Introduce(int number, ReadOnlySpan<byte> commitment)
    {
        if (number != parties.Count + 1)
            throw new InvalidDataException($"party {number} comes out of turn");
        var content = Open(number, commitment);
        var id = content is null ? ErasedId(number) : Encoding.UTF8.GetString(content);
        parties.Add(number, new(new(ReferenceType.Person, id), content is null));
        numbers.TryAdd(id, number);
    }

    /// <summary>Forgets the parties that were introduced after the first so many.</summary>
    public void TakeBackTo(int count)
    {
        for (var number = parties.Count; number > count; number--)
        {
            var id = parties[number].Reference.Data;
            if (numbers.GetValueOrDefault(id) == number)
                numbers.Remove(id);
            parties.Remove(number);
        }
    }

    /// <summary>The id that stands for an erased one.</summary>
    public static string ErasedId(int party) => $"erased-{party}";

    /// <summary>A personal text with its commitment: SHA-256 over salt and content.</summary>
    public static PersonalText Commit(int party, byte[] salt, byte[] content) =>
        new(CommitmentOf(salt, content), party, salt, content);

    public static byte[] CommitmentOf(byte[] salt, byte[] content)
    {
        var both = new byte[salt.Length + content.Length];
        salt.CopyTo(both, 0);
        content.CopyTo(both, salt.Length);
        return SHA256.HashData(both);
    }

    readonly record struct Party(Reference Reference, bool IsErased);

    // Compared by its bytes; a hash of random bytes is its own hash code.
    readonly struct Commitment : IEquatable<Commitment>
    {
        readonly UInt128 low;
        readonly UInt128 high;

        public Commitment(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length != 32)
                throw new InvalidDataException("a commitment has 32 bytes");
            low = System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(bytes);
            high = System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(bytes[16..]);
        }

        public bool Equals(Commitment other) => low == other.low && high == other.high;

        public override bool Equals(object? obj) => obj is Commitment other && Equals(other);

        public override int GetHashCode() => unchecked((int)(uint)low);
    }
}
