using System.Security.Cryptography;

namespace Berthbook.Journal;

/// <summary>
/// One entry of the audit: something that was attempted, allowed or refused. Entries are a chain of their own, knotted into
/// the journal's: each names the entry before and the last revision (docs/journal-format.md section 9).
/// </summary>
public sealed record AuditEntry
{
    static ReadOnlySpan<byte> Magic => "BBA1"u8;

    /// <summary>The number, from 1 without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>The hash of the entry before, 64 zeros for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>The last revision of the journal then, the one that was made by what is entered included.</summary>
    public required ChainLink LastRevision { get; init; }

    /// <summary>When, to the millisecond, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The number of the account that attempted it; 0 for nobody, or for the registry itself.</summary>
    public required int Account { get; init; }

    /// <summary>What: <c>request.approve</c>.</summary>
    public required string Action { get; init; }

    /// <summary>On what: <c>request 17</c>; perhaps empty.</summary>
    public required string Subject { get; init; }

    /// <summary>Whether it was done.</summary>
    public required bool IsAllowed { get; init; }

    /// <summary>The rule or requirement that refused it, or null.</summary>
    public string? Rule { get; init; }

    /// <summary>The request that it was about, or null.</summary>
    public int? Request { get; init; }

    /// <summary>The version of the request after it, or null.</summary>
    public int? Version { get; init; }

    /// <summary>The commitment to more words, which can be erased, in lower-case hexadecimal; null where there are none.</summary>
    public string? Details { get; init; }

    /// <summary>SHA-256 over the entry's canonical bytes, lower-case hexadecimal; empty before they are written.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The entry's canonical bytes.</summary>
    public byte[] Write()
    {
        var output = new JournalOutput();
        output.Bytes(Magic);
        output.Number(Number);
        output.Bytes(Convert.FromHexString(Previous));
        output.Number(LastRevision.Number);
        output.Bytes(Convert.FromHexString(LastRevision.Hash));
        output.Number(Time.ToUnixTimeMilliseconds());
        output.Number(Account);
        output.Text(Action);
        output.Text(Subject);
        output.Flag(IsAllowed);
        output.Optional(Rule);
        output.Number(Request ?? 0);
        output.Number(Version ?? 0);
        output.Flag(Details is not null);
        if (Details is not null)
            output.Bytes(Convert.FromHexString(Details));
        return output.ToArray();
    }

    /// <summary>Reads an entry's canonical bytes, whichever it is.</summary>
    /// <exception cref="JournalException">The bytes are damaged.</exception>
    public static AuditEntry Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Read(new JournalInput(bytes)) with
            {
                Hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span)),
            };
        }
        catch (Exception damage)
            when (damage is InvalidDataException or ArgumentException or FormatException or OverflowException)
        {
            throw new JournalException(0, $"an audit entry is damaged: {damage.Message}");
        }
    }

    /// <summary>Reads the canonical bytes of the next entry.</summary>
    /// <exception cref="JournalException">The bytes are damaged or not the next entry's.</exception>
    public static AuditEntry Read(ReadOnlyMemory<byte> bytes, int number, string previous)
    {
        try
        {
            var entry = Read(new JournalInput(bytes));
            if (entry.Number != number)
                throw new InvalidDataException("it is not the next entry");
            if (entry.Previous != previous)
                throw new InvalidDataException("the hash of the entry before does not match");
            return entry with { Hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) };
        }
        catch (Exception damage)
            when (damage is InvalidDataException or ArgumentException or FormatException or OverflowException)
        {
            throw new JournalException(0, $"audit entry {number}: {damage.Message}");
        }
    }

    static AuditEntry Read(JournalInput input)
    {
        if (!input.Bytes(Magic.Length).SequenceEqual(Magic))
            throw new InvalidDataException("these are no canonical bytes of version 1");
        var entry = new AuditEntry
        {
            Number = input.Int(),
            Previous = Hex(input),
            LastRevision = new(input.Int(), Hex(input)),
            Time = DateTimeOffset.FromUnixTimeMilliseconds(input.Number()),
            Account = input.Int(),
            Action = input.Text(),
            Subject = input.Text(),
            IsAllowed = input.Flag(),
            Rule = input.OptionalText(),
            Request = NullOfZero(input.Int()),
            Version = NullOfZero(input.Int()),
            Details = input.Flag() ? Hex(input) : null,
        };
        return input.IsAtEnd ? entry : throw new InvalidDataException("something follows the entry");
    }

    static string Hex(JournalInput input) => Convert.ToHexStringLower(input.Bytes(32));

    static int? NullOfZero(int value) => value == 0 ? null : value;
}
