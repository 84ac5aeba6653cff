using System.Collections.Immutable;

namespace Berthbook;

/// <summary>
/// Records of an index file. One that says the same as a record shortly before it but for the transport protocol is
/// that record's twin and says only that, since most assignments stand once for TCP and once for UDP.
/// </summary>
static class IndexRecords
{
    const int FarthestTwin = 3;

    const int IsTwin = 1;
    const int TransportBits = 1;
    const int KindBits = 4;
    const int IsFirstOfName = 1 << 8;
    const int HasName = 1 << 9;
    const int HasNumber = 1 << 10;
    const int HasAssignee = 1 << 11;
    const int IsAssigneeContacts = 1 << 12;
    const int HasRegistered = 1 << 13;
    const int HasContacts = 1 << 14;
    const int HasReferences = 1 << 15;
    const int HasModified = 1 << 16;
    const int HasServiceCode = 1 << 17;
    const int HasUnauthorized = 1 << 18;
    const int HasNote = 1 << 19;
    const int AllFlags = (1 << 20) - 1;

    /// <summary>The name where a record is the first to write it; null elsewhere.</summary>
    public static string? FirstName(IndexContent content, int number)
    {
        var input = Open(content, number, out var flags);
        if ((flags & IsFirstOfName) == 0)
            return null;
        input.Signed();
        return input.Text();
    }

    /// <summary>A record, made with its twin where <paramref name="known"/> has that already.</summary>
    public static RegistryRecord Read(IndexContent content, int number, Func<int, RegistryRecord?> known)
    {
        var input = Open(content, number, out var flags);
        var transport = (flags >> TransportBits) & 7;
        var kind = (RecordKind)((flags >> KindBits) & 15);
        if (transport > 4 || kind > RecordKind.UnassignedUseNoted)
            throw CheckedBlocks.Malformed("a record is of an unknown kind");
        var offset = input.Signed();
        var id = offset is < int.MinValue or > int.MaxValue ? long.MaxValue : offset + number + 1;
        if (id is < int.MinValue or > int.MaxValue)
            throw CheckedBlocks.Malformed("a record has an impossible id");
        var twin = (flags & IsTwin) == 0 ? -1 : number - 1 - input.Number(FarthestTwin - 1, "a twin");
        var parts = twin < 0 ? ReadParts(ref input, flags) : known(twin) ?? ReadAlone(content, twin);
        var record = parts with
        {
            Id = (int)id,
            Transport = transport == 0 ? null : (TransportProtocol)(transport - 1),
        };
        record.KnownKind = kind;
        return record;
    }

    public static void Write(
        ImmutableArray<RegistryRecord> records,
        int number,
        bool isFirstOfName,
        ReadOnlySpan<bool> areTwins,
        IndexOutput output,
        out bool isTwin
    )
    {
        var record = records[number];
        var distance = TwinOf(records, number, areTwins);
        isTwin = distance > 0;
        var flags =
            (isTwin ? IsTwin : FlagsOf(record))
            | (record.Transport is { } transport ? ((int)transport + 1) << TransportBits : 0)
            | ((int)record.Kind() << KindBits)
            | (isFirstOfName ? IsFirstOfName : 0);
        output.Number(flags);
        output.Signed((long)record.Id - number - 1);
        if (isTwin)
            output.Number(distance - 1);
        else
            WriteParts(record, flags, output);
    }

    static IndexInput Open(IndexContent content, int number, out int flags)
    {
        if ((uint)number >= (uint)content.RecordCount)
            throw CheckedBlocks.Malformed($"there is no record {number}");
        var input = content.OpenOne(IndexSection.RecordGroups, IndexSection.Records, number);
        flags = input.Number(AllFlags, "the parts of a record");
        return input;
    }

    // A twin's record, which is no twin: so no file makes us look further.
    static RegistryRecord ReadAlone(IndexContent content, int number)
    {
        var input = Open(content, number, out var flags);
        if ((flags & IsTwin) != 0)
            throw CheckedBlocks.Malformed("a record is the twin of a twin");
        input.Signed();
        return ReadParts(ref input, flags);
    }

    static RegistryRecord ReadParts(ref IndexInput input, int flags)
    {
        var name = input.OptionalText((flags & HasName) != 0);
        PortRange? number = (flags & HasNumber) != 0 ? ReadRange(ref input) : null;
        var description = input.RichText();
        var contacts = (flags & HasContacts) != 0 ? input.References() : [];
        return new()
        {
            Name = name is null ? null : ServiceName.Historic(name),
            Number = number,
            Description = description,
            Contacts = contacts,
            Assignee =
                (flags & IsAssigneeContacts) != 0 ? contacts
                : (flags & HasAssignee) != 0 ? input.References()
                : default,
            References = (flags & HasReferences) != 0 ? input.References() : [],
            Registered = input.OptionalDate((flags & HasRegistered) != 0),
            Modified = input.OptionalDate((flags & HasModified) != 0),
            ServiceCode = (flags & HasServiceCode) != 0 ? input.UInt32() : null,
            Unauthorized = input.OptionalText((flags & HasUnauthorized) != 0),
            Note = (flags & HasNote) != 0 ? input.RichText() : null,
        };
    }

    static void WriteParts(RegistryRecord record, int flags, IndexOutput output)
    {
        output.OptionalText(record.Name?.Text);
        if (record.Number is { } range)
            WriteRange(range, output);
        output.RichText(record.Description);
        if ((flags & HasContacts) != 0)
            output.References(record.Contacts);
        if ((flags & HasAssignee) != 0)
            output.References(record.Assignee);
        if ((flags & HasReferences) != 0)
            output.References(record.References);
        output.Date(record.Registered);
        output.Date(record.Modified);
        if (record.ServiceCode is { } code)
            output.UInt32(code);
        output.OptionalText(record.Unauthorized);
        if (record.Note is { } note)
            output.RichText(note);
    }

    static int FlagsOf(RegistryRecord record) =>
        Flag(HasName, record.Name is not null)
        | Flag(HasNumber, record.Number is not null)
        | Flag(HasContacts, !record.Contacts.IsDefaultOrEmpty)
        | (
            record.Assignee.IsDefault ? 0
            : record.Assignee.AsSpan().SequenceEqual(record.Contacts.AsSpan()) ? IsAssigneeContacts
            : HasAssignee
        )
        | Flag(HasReferences, !record.References.IsDefaultOrEmpty)
        | Flag(HasRegistered, record.Registered is not null)
        | Flag(HasModified, record.Modified is not null)
        | Flag(HasServiceCode, record.ServiceCode is not null)
        | Flag(HasUnauthorized, record.Unauthorized is not null)
        | Flag(HasNote, record.Note is not null);

    static int Flag(int flag, bool isSet) => isSet ? flag : 0;

    // How far before a record stands one that is no twin itself and differs in id, transport and kind at most; 0 is none.
    static int TwinOf(ImmutableArray<RegistryRecord> records, int number, ReadOnlySpan<bool> areTwins)
    {
        for (var distance = 1; distance <= FarthestTwin && distance <= number; distance++)
        {
            if (!areTwins[number - distance] && IsAlike(records[number - distance], records[number]))
                return distance;
        }
        return 0;
    }

    static bool IsAlike(RegistryRecord one, RegistryRecord other) =>
        one.Name?.Text == other.Name?.Text
        && one.Number == other.Number
        && one.Registered == other.Registered
        && one.Modified == other.Modified
        && one.ServiceCode == other.ServiceCode
        && one.Unauthorized == other.Unauthorized
        && one.Description.Equals(other.Description)
        && Equals(one.Note, other.Note)
        && one.Assignee.IsDefault == other.Assignee.IsDefault
        && one.Assignee.AsSpan().SequenceEqual(other.Assignee.AsSpan())
        && one.Contacts.AsSpan().SequenceEqual(other.Contacts.AsSpan())
        && one.References.AsSpan().SequenceEqual(other.References.AsSpan());

    // The lowest bit says that it is written as a range, the next that another last number follows.
    static PortRange ReadRange(ref IndexInput input)
    {
        var head = input.Number(4 * PortNumber.Count - 1, "a port number");
        var first = head >> 2;
        var last = (head & 2) == 0 ? first : first + input.Number(PortNumber.Count - 1 - first, "a range");
        return new(new((ushort)first), new((ushort)last), (head & 1) != 0);
    }

    static void WriteRange(PortRange range, IndexOutput output)
    {
        output.Number((range.First.Value << 2) | (range.IsSingle ? 0 : 2) | (range.IsWrittenAsRange ? 1 : 0));
        if (!range.IsSingle)
            output.Number(range.Last.Value - range.First.Value);
    }
}
