using System.Collections.Immutable;
using System.Text;

namespace Berthbook.Journal;

/// <summary>
/// Writes one revision's canonical bytes (docs/journal-format.md section 3). Parties that the journal does not know
/// yet get the next numbers, and every personal text a commitment.
/// </summary>
sealed class RevisionWriting(Parties parties, Func<byte[]> newSalt)
{
    readonly JournalOutput output = new();
    readonly Dictionary<string, int> newParties = new(StringComparer.Ordinal);
    readonly ImmutableArray<PersonalText>.Builder personalTexts =
        ImmutableArray.CreateBuilder<PersonalText>();

    public RevisionRecord Write(int number, string previous, RevisionDraft draft)
    {
        output.Bytes(draft.LastAudit is null ? RevisionReading.Magic : RevisionReading.MagicWithAudit);
        output.Number(number);
        output.Bytes(Convert.FromHexString(previous));
        output.Number(draft.Time.ToUnixTimeMilliseconds());
        output.Text(draft.Who);
        output.Text(draft.Why);
        output.Number(draft.Request ?? 0);
        if (draft.LastAudit is { } audit)
        {
            output.Flag(true);
            output.Number(audit.Number);
            output.Bytes(Convert.FromHexString(audit.Hash));
        }
        output.Flag(draft.Source is not null);
        if (draft.Source is { } source)
        {
            output.Text(source.Name);
            output.Number(source.Size);
            output.Bytes(Convert.FromHexString(source.Sha256));
            output.Optional(source.Updated);
        }
        IntroduceParties(draft.Changes);
        output.Number(draft.Changes.Length);
        foreach (var change in draft.Changes)
            Write(change);
        return new(output.ToArray(), personalTexts.ToImmutable());
    }

    // All parties that the changes name for the first time, in the order in which they are named.
    void IntroduceParties(ImmutableArray<Change> changes)
    {
        var ids = new List<string>();
        foreach (var change in changes)
        {
            switch (change)
            {
                case HeaderChange header:
                    ids.AddRange(PersonsIn(header.After.Parts.Select(part => part.Text)));
                    ids.AddRange(header.After.Parts.Where(IsPerson).Select(part => part.Reference!.Data));
                    ids.AddRange(PersonsIn(header.After.Footnotes.Select(footnote => footnote.Text)));
                    break;
                case ContactChange contact:
                    ids.Add(contact.Id);
                    break;
                case RecordChange { After: { } record }:
                    if (!record.Assignee.IsDefault)
                        ids.AddRange(Persons(record.Assignee));
                    ids.AddRange(Persons(record.Contacts));
                    ids.AddRange(PersonsIn([record.Description]));
                    if (record.Note is { } note)
                        ids.AddRange(PersonsIn([note]));
                    break;
                default:
                    break;
            }
        }
        var introduced = new List<byte[]>();
        foreach (var id in ids)
        {
            if (parties.NumberOf(id) is not null || newParties.ContainsKey(id))
                continue;
            var party = parties.Count + newParties.Count + 1;
            newParties.Add(id, party);
            introduced.Add(Commit(party, Encoding.UTF8.GetBytes(id)));
        }
        output.Number(introduced.Count);
        foreach (var commitment in introduced)
            output.Bytes(commitment);
    }

    static bool IsPerson(HeaderPart part) => part.Reference is { Type: ReferenceType.Person };

    static IEnumerable<string> Persons(IEnumerable<Reference> references) =>
        references.Where(reference => reference.Type == ReferenceType.Person).Select(person => person.Data);

    static IEnumerable<string> PersonsIn(IEnumerable<RichText> texts) =>
        texts.SelectMany(text => Persons(text.References));

    void Write(Change change)
    {
        switch (change)
        {
            case HeaderChange header:
                output.Byte((byte)ChangeCode.Header);
                Write(header.After);
                break;
            case ContactChange contact:
                WriteCode(
                    contact.Before,
                    contact.After,
                    contact.Follows is not null,
                    ChangeCode.ContactAdded
                );
                output.Number(PartyOf(contact.Id));
                if (contact.Follows is { } previous)
                    output.Number(previous.Length == 0 ? 0 : PartyOf(previous));
                if (contact.After is { } after && !IsMoveOnly(contact.Before, after))
                    output.Bytes(Commit(PartyOf(contact.Id), FieldsOf(after)));
                break;
            case RecordChange record:
                WriteCode(record.Before, record.After, record.Follows is not null, ChangeCode.RecordAdded);
                output.Number(record.Id);
                if (record.Follows is { } follows)
                    output.Number(follows);
                if (record.After is { } now && !IsMoveOnly(record.Before, now))
                    Write(now);
                break;
            default:
                throw new ArgumentException(
                    $"{change.GetType().Name} has no canonical bytes",
                    nameof(change)
                );
        }
    }

    static bool IsMoveOnly<T>(T? before, T after)
        where T : class => before is not null && before.Equals(after);

    // The five codes of records and of contacts follow each other in the same order.
    void WriteCode<T>(T? before, T? after, bool isPlaced, ChangeCode added)
        where T : class
    {
        var step =
            before is null ? 0
            : after is null ? 4
            : !isPlaced ? 1
            : IsMoveOnly(before, after) ? 2
            : 3;
        output.Byte((byte)((int)added + step));
    }

    void Write(RegistryHeader header)
    {
        output.Text(header.Prolog);
        output.Text(header.Id);
        output.List(
            header.Parts,
            part =>
            {
                output.Byte((byte)part.Kind);
                output.Optional(part.Title);
                output.Optional(part.Gap);
                if (part.Kind == HeaderPartKind.Reference)
                    Write(part.Reference!);
                else
                    Write(part.Text);
            }
        );
        output.List(
            header.Footnotes,
            footnote =>
            {
                output.Text(footnote.Anchor);
                output.Optional(footnote.Gap);
                Write(footnote.Text);
            }
        );
        output.Optional(header.GapBeforePeople);
        output.Optional(header.GapBeforePeopleEnd);
        output.Optional(header.GapBeforeEnd);
        output.Text(header.Trailer);
    }

    void Write(RegistryRecord record)
    {
        output.Optional(record.Name?.Text);
        output.Optional(record.Number?.ToString());
        output.Optional(record.Transport?.Name());
        Write(record.Description);
        output.Flag(!record.Assignee.IsDefault);
        if (!record.Assignee.IsDefault)
            output.List(record.Assignee, Write);
        output.List(record.Contacts, Write);
        output.List(record.References, Write);
        output.Optional(record.Registered);
        output.Optional(record.Modified);
        output.Flag(record.ServiceCode is not null);
        if (record.ServiceCode is { } code)
            output.Number(code);
        output.Optional(record.Unauthorized);
        output.Flag(record.Note is not null);
        if (record.Note is { } note)
            Write(note);
        var layout = record.Layout ?? RecordLayout.For(record);
        output.List(layout.Parts, part => output.Byte((byte)part));
        output.Gaps(layout.Gaps);
        output.Gaps(layout.AssigneeGaps);
    }

    void Write(RichText text) =>
        output.List(
            text.Pieces,
            inline =>
            {
                output.Byte((byte)inline.Kind);
                if (inline.Kind == InlineKind.Text)
                    output.Text(inline.Text!);
                else if (inline.Kind == InlineKind.Reference)
                    Write(inline.Reference!);
                else if (inline.Kind == InlineKind.Paragraph)
                    Write(inline.Paragraph!);
            }
        );

    void Write(Reference reference)
    {
        output.Byte((byte)reference.Type);
        if (reference.Type == ReferenceType.Person)
        {
            var party = PartyOf(reference.Data);
            output.Number(party);
            output.Flag(reference.Text is not null);
            if (reference.Text is { } words)
                output.Bytes(Commit(party, Encoding.UTF8.GetBytes(words)));
        }
        else
        {
            output.Text(reference.Data);
            output.Optional(reference.Text);
        }
        output.Byte((byte)reference.Part);
        if (reference.Part != ReferencePart.Whole)
            output.Text(reference.PartName);
        output.Optional(reference.LastUpdated);
    }

    static byte[] FieldsOf(Contact contact)
    {
        var fields = new JournalOutput();
        fields.Optional(contact.Name);
        fields.Optional(contact.Organization);
        fields.List(contact.Uris, fields.Text);
        fields.Optional(contact.Updated);
        fields.Gaps(contact.Gaps);
        return fields.ToArray();
    }

    byte[] Commit(int party, byte[] content)
    {
        var text = Parties.Commit(party, newSalt(), content);
        personalTexts.Add(text);
        return text.Commitment;
    }

    int PartyOf(string id) => parties.NumberOf(id) ?? newParties[id];
}
