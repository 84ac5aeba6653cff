using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Berthbook.Formats;

namespace Berthbook.Journal;

/// <summary>The first byte of a change in the journal's bytes (docs/journal-format.md section 4).</summary>
enum ChangeCode : byte
{
    Header = 1,
    ContactAdded = 2,
    ContactReplaced = 3,
    ContactMoved = 4,
    ContactReplacedAndMoved = 5,
    ContactRemoved = 6,
    RecordAdded = 7,
    RecordReplaced = 8,
    RecordMoved = 9,
    RecordReplacedAndMoved = 10,
    RecordRemoved = 11,
}

/// <summary>
/// Reads revisions' canonical bytes and applies them to a document, which supplies what each change found before.
/// Texts that repeat are made once.
/// </summary>
sealed class RevisionReading(Parties parties, Document document)
{
    public static ReadOnlySpan<byte> Magic => "BBJ1"u8;

    public static ReadOnlySpan<byte> MagicWithAudit => "BBJ2"u8;

    readonly ValueCache<string> texts = new(text => text, text => text, 14);
    readonly ValueCache<RichText> richTexts = new(text => text.Words, text => new(text), 14);
    readonly Dictionary<RecordLayout, RecordLayout> layouts = new(new LayoutComparer());
    JournalInput input = new(default);

    public Revision Read(ReadOnlyMemory<byte> bytes, int number, string previous)
    {
        input = new(bytes);
        var magic = input.Bytes(Magic.Length);
        var namesAudit = magic.SequenceEqual(MagicWithAudit);
        if (!namesAudit && !magic.SequenceEqual(Magic))
            throw new InvalidDataException("these are no canonical bytes of version 1 or 2");
        Require(input.Int() == number, "the number is not the next one");
        Require(
            Convert.ToHexStringLower(input.Bytes(32)) == previous,
            "the hash of the revision before does not match"
        );
        var time = DateTimeOffset.FromUnixTimeMilliseconds(input.Number());
        var who = input.Text();
        var why = input.Text();
        var request = input.Int();
        var lastAudit =
            namesAudit && input.Flag()
                ? new ChainLink(input.Int(), Convert.ToHexStringLower(input.Bytes(32)))
                : null;
        var source = input.Flag() ? ReadSource() : null;
        var introduced = input.Count();
        for (var i = 0; i < introduced; i++)
            parties.Introduce(parties.Count + 1, input.Bytes(32));
        var count = input.Count();
        var changes = ImmutableArray.CreateBuilder<Change>(count);
        for (var i = 0; i < count; i++)
        {
            var change = ReadChange();
            Require(document.Apply(change), "a change does not fit what is there");
            changes.Add(change);
        }
        Require(input.IsAtEnd, "something follows the last change");
        Require(document.Header is not null, "the first revision has no header");
        var all = changes.MoveToImmutable();
        var (records, contacts) = Differ.Count(all);
        return new()
        {
            Number = number,
            Updated = document.Header!.Updated,
            Time = time,
            Who = who,
            Why = why,
            Request = request == 0 ? null : request,
            LastAudit = lastAudit,
            Source = source,
            Changes = all,
            Records = records,
            Contacts = contacts,
            Hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span)),
            Previous = previous,
        };
    }

    static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidDataException(otherwise);
    }

    RevisionSource ReadSource() =>
        new(input.Text(), input.Number(), Convert.ToHexStringLower(input.Bytes(32)), input.OptionalDate());

    Change ReadChange()
    {
        var code = (ChangeCode)input.Byte();
        if (code == ChangeCode.Header)
            return new HeaderChange(document.Header, ReadHeader());
        if (code is < ChangeCode.ContactAdded or > ChangeCode.RecordRemoved)
            throw new InvalidDataException($"{(byte)code} is no kind of change");
        var isContact = code <= ChangeCode.ContactRemoved;
        var step = code - (isContact ? ChangeCode.ContactAdded : ChangeCode.RecordAdded);
        var (isPlaced, hasContent) = (step is 0 or 2 or 3, step is 0 or 1 or 3);
        return isContact
            ? ReadContactChange(step, isPlaced, hasContent)
            : ReadRecordChange(step, isPlaced, hasContent);
    }

    ContactChange ReadContactChange(int step, bool isPlaced, bool hasContent)
    {
        var party = input.Int();
        var id = parties.IdOf(party);
        var before = step == 0 ? null : document.FindContact(id);
        Require(step == 0 || before is not null, "a contact is changed that is not there");
        string? follows = null;
        if (isPlaced)
            follows = input.Int() is var previous && previous == 0 ? "" : parties.IdOf(previous);
        var after =
            hasContent ? ReadContact(party, id)
            : step == 4 ? null
            : before;
        return new(before, after, follows);
    }

    RecordChange ReadRecordChange(int step, bool isPlaced, bool hasContent)
    {
        var id = input.Int();
        var before = step == 0 ? null : document.FindRecord(id);
        Require(id > 0 && (step == 0 || before is not null), "a record is changed that is not there");
        int? follows = isPlaced ? input.Int() : null;
        var after =
            hasContent ? ReadRecord(id)
            : step == 4 ? null
            : before;
        return new(before, after, follows);
    }

    Contact ReadContact(int party, string id)
    {
        var content = parties.Open(party, input.Bytes(32));
        if (content is null || parties.IsErased(party))
            return new() { Id = id, IsErased = true };
        var fields = new JournalInput(content);
        return new()
        {
            Id = id,
            Name = fields.OptionalText(),
            Organization = fields.OptionalText(),
            Uris = fields.List(fields.Text),
            Updated = fields.OptionalDate(),
            Gaps = fields.Gaps(),
        };
    }

    RegistryHeader ReadHeader() =>
        new()
        {
            Prolog = input.Text(),
            Id = input.Text(),
            Parts = input.List(ReadHeaderPart),
            Footnotes = input.List(ReadFootnote),
            GapBeforePeople = input.OptionalText(),
            GapBeforePeopleEnd = input.OptionalText(),
            GapBeforeEnd = input.OptionalText(),
            Trailer = input.Text(),
        };

    HeaderPart ReadHeaderPart()
    {
        var kind = input.Enum<HeaderPartKind>(9);
        var title = input.OptionalText();
        var gap = input.OptionalText();
        return kind == HeaderPartKind.Reference
            ? new(kind, RichText.Empty, ReadReference(), title, gap)
            : new(kind, ReadRich(), null, title, gap);
    }

    Footnote ReadFootnote()
    {
        var anchor = input.Text();
        var gap = input.OptionalText();
        return new(anchor, ReadRich(), gap);
    }

    RegistryRecord ReadRecord(int id) =>
        new()
        {
            Id = id,
            Name = input.Flag() ? ServiceName.Historic(texts.Of(input.TextBytes())) : null,
            Number = input.OptionalText() is { } number ? ReadRange(number) : null,
            Transport = input.Flag() ? ReadTransport(texts.Of(input.TextBytes())) : null,
            Description = ReadRich(),
            Assignee = input.Flag() ? input.List(ReadReference) : default,
            Contacts = input.List(ReadReference),
            References = input.List(ReadReference),
            Registered = input.OptionalDate(),
            Modified = input.OptionalDate(),
            ServiceCode = input.Flag() ? checked((uint)input.Number()) : null,
            Unauthorized = input.OptionalText(),
            Note = input.Flag() ? ReadRich() : null,
            Layout = ReadLayout(),
        };

    static PortRange ReadRange(string text) =>
        PortRange.TryParse(text, out var range)
            ? range
            : throw new InvalidDataException($"'{text}' is no range");

    static TransportProtocol ReadTransport(string text) =>
        TransportProtocols.TryParse(text, out var transport)
            ? transport
            : throw new InvalidDataException($"'{text}' is no transport protocol");

    RecordLayout ReadLayout()
    {
        var layout = new RecordLayout(
            input.List(() => input.Enum<RecordPart>(10)),
            input.Gaps(),
            input.Gaps()
        );
        if (layout.Gaps is not null || layout.AssigneeGaps is not null)
            return layout;
        if (layouts.TryGetValue(layout, out var known))
            return known;
        layouts.Add(layout, layout);
        return layout;
    }

    RichText ReadRich()
    {
        var count = input.Count();
        if (count == 0)
            return RichText.Empty;
        var inlines = ImmutableArray.CreateBuilder<Inline>(count);
        for (var i = 0; i < count; i++)
        {
            var kind = input.Enum<InlineKind>(4);
            if (kind == InlineKind.Text && count == 1)
                return richTexts.Of(input.TextBytes());
            inlines.Add(
                kind switch
                {
                    InlineKind.Text => new(kind, input.Text()),
                    InlineKind.Reference => new(kind, Reference: ReadReference()),
                    InlineKind.Paragraph => new(kind, Paragraph: ReadRich()),
                    _ => new(kind),
                }
            );
        }
        return RichText.Of(inlines.MoveToImmutable());
    }

    Reference ReadReference()
    {
        var type = input.Enum<ReferenceType>(9);
        Reference? person = null;
        string data;
        string? words;
        if (type == ReferenceType.Person)
        {
            var party = input.Int();
            person = parties.ReferenceTo(party);
            data = person.Data;
            words =
                input.Flag() && parties.Open(party, input.Bytes(32)) is { } content
                    ? Encoding.UTF8.GetString(content)
                    : null;
        }
        else
        {
            data = texts.Of(input.TextBytes());
            words = input.OptionalText();
        }
        var part = input.Enum<ReferencePart>(7);
        var partName = part == ReferencePart.Whole ? "" : input.Text();
        var lastUpdated = input.OptionalText();
        return person is not null && words is null && part == ReferencePart.Whole && lastUpdated is null
            ? person
            : new(type, data, words, part, partName, lastUpdated);
    }

    sealed class LayoutComparer : IEqualityComparer<RecordLayout>
    {
        public bool Equals(RecordLayout? x, RecordLayout? y) => x!.Equals(y);

        public int GetHashCode(RecordLayout layout)
        {
            var hash = new HashCode();
            hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(layout.Parts.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
