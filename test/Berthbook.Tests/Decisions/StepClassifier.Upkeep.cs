using Berthbook.Journal;

namespace Berthbook.Decisions;

// What changes of assignments that stay, and of the registry itself.
sealed partial class StepClassifier
{
    void Header()
    {
        if (changes.OfType<HeaderChange>().SingleOrDefault() is not { Before: { } was, After: var now })
            return;
        var act = new ChangeHeader
        {
            Title = Text(was, now, HeaderPartKind.Title),
            Experts = Text(was, now, HeaderPartKind.Expert),
            Note = Text(was, now, HeaderPartKind.Note),
            References = was.References.SequenceEqual(now.References) ? default : [.. now.References],
            Footnotes = was.Footnotes.SequenceEqual(now.Footnotes) ? default : now.Footnotes,
        };
        if (act != new ChangeHeader())
            acts.Add(act);
    }

    static RichText? Text(RegistryHeader was, RegistryHeader now, HeaderPartKind kind)
    {
        var (before, text) = (Of(was), Of(now));
        return Equals(before, text) ? null : text;

        RichText? Of(RegistryHeader header) =>
            header.Parts.FirstOrDefault(part => part.Kind == kind && part.Title is null)?.Text;
    }

    // Nothing but references and contacts became others, and no date moved.
    static bool IsHousekeeping(RegistryRecord was, RegistryRecord now) =>
        was.Modified == now.Modified
        && Replaced(was, now) is { } pairs
        && pairs
            .Aggregate(was, (record, pair) => new ReferenceMapping(pair.From, pair.To, false).On(record))
            .SaysTheSame(now);

    static List<(Reference From, Reference To)>? Replaced(RegistryRecord was, RegistryRecord now)
    {
        var before = EditTables.ReferencesOf(was).Distinct().ToList();
        var after = EditTables.ReferencesOf(now).Distinct().ToList();
        return before.Count == after.Count ? [.. before.Except(after).Zip(after.Except(before))] : null;
    }

    void Housekeeping(IEnumerable<(RegistryRecord Was, RegistryRecord Now)> pairs)
    {
        var replaced = pairs.SelectMany(pair => Replaced(pair.Was, pair.Now)!).Distinct().ToList();
        if (replaced.Count == 0)
            return;
        acts.Add(
            new Housekeeping
            {
                References =
                [
                    .. replaced
                        .Where(pair => pair.From.Type != ReferenceType.Person)
                        .Select(pair => new ReferenceReplacement(pair.From, pair.To)),
                ],
                Contacts =
                [
                    .. replaced
                        .Where(pair => pair.From.Type == ReferenceType.Person)
                        .Select(pair => new ContactReplacement(pair.From.Data, PartyOf(pair.To))),
                ],
            }
        );
    }

    void Renames(IEnumerable<(RegistryRecord Was, RegistryRecord Now)> pairs)
    {
        var renamed = pairs.Where(pair =>
            pair.Was.Name?.Text != pair.Now.Name?.Text || pair.Was.Number != pair.Now.Number
        );
        foreach (var group in renamed.GroupBy(pair => (pair.Was.Name, pair.Now.Name, pair.Now.Number)))
        {
            var (was, now) = group.First();
            acts.Add(
                new Rename
                {
                    Records = [.. group.Select(pair => pair.Was.Id)],
                    Name = was.Name?.Text == now.Name?.Text ? null : now.Name,
                    Port = was.Number == now.Number ? null : now.Number?.First,
                    Modified = Choice(now.Modified),
                }
            );
        }
    }

    void Upkeep(RegistryRecord was, RegistryRecord now)
    {
        var isNewHolder = !Same(was.Assignee, now.Assignee);
        if (isNewHolder && !was.Assignee.IsDefault)
            acts.Add(
                new AssigneeName
                {
                    Records = [was.Id],
                    Assignee = PartyOf(now.Assignee[0]),
                    Modified = Choice(now.Modified),
                }
            );
        var upkeep = new Maintain
        {
            Records = [was.Id],
            Description = Equals(was.Description, now.Description) ? null : now.Description,
            Contacts = Same(was.Contacts, now.Contacts) ? default : [.. now.Contacts.Select(PartyOf)],
            References = Same(was.References, now.References) ? default : now.References,
            Note = Equals(was.Note, now.Note) ? null : now.Note ?? RichText.Empty,
            Assignee = isNewHolder && was.Assignee.IsDefault ? PartyOf(now.Assignee[0]) : null,
            Modified = Choice(now.Modified),
        };
        acts.Add(upkeep);
    }
}
