using System.Collections.Immutable;
using Berthbook.Journal;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>
/// Tells by what acts one published revision becomes the next: each difference is one of the kinds of decision, what is only
/// their consequence (split ranges, Reserved twins, orphans) is left for the effect to show.
/// </summary>
sealed partial class StepClassifier
{
    readonly RuleBasis basis;
    readonly Registry after;
    readonly RegistryDate day;
    readonly ImmutableArray<Change> changes;
    readonly List<Act> acts = [];
    readonly HashSet<int> kept = [];

    StepClassifier(RuleBasis basis, Registry published)
    {
        this.basis = basis;
        after = Differ.Identify(basis.Registry, published, basis.Tables.NextRecordId);
        day = after.Header.Updated!.Value;
        changes = Differ.Compare(basis.Registry, after);
    }

    /// <summary>The acts that make the published revision out of the one before.</summary>
    public static Decision Classify(RuleBasis before, Registry published)
    {
        var classifier = new StepClassifier(before, published);
        classifier.Run();
        return new(classifier.day.FirstDay, [.. classifier.acts]);
    }

    void Run()
    {
        var pairs = changes
            .OfType<RecordChange>()
            .Where(change => change is { Before: not null, After: not null, Kind: ChangeKind.Changed })
            .Select(change => (Was: change.Before!, Now: change.After!))
            .ToList();
        Header();
        Contacts();
        Housekeeping(pairs.Where(pair => IsHousekeeping(pair.Was, pair.Now)));
        var others = pairs.Where(pair => !IsHousekeeping(pair.Was, pair.Now)).ToList();
        Deassignments(others.Where(pair => IsAssigned(pair.Was) && !IsAssigned(pair.Now)));
        Renames(others.Where(pair => IsAssigned(pair.Was) && IsAssigned(pair.Now)));
        foreach (var (was, now) in others.Where(pair => IsAssigned(pair.Was) && IsAssigned(pair.Now)))
            Upkeep(was, now);
        Assignments([
            .. others.Where(pair => !IsAssigned(pair.Was) && IsAssigned(pair.Now)).Select(pair => pair.Now),
            .. changes
                .OfType<RecordChange>()
                .Where(change => change.Before is null)
                .Select(change => change.After!)
                .Where(record => IsAssigned(record) && !kept.Contains(record.Id)),
        ]);
        foreach (var (was, now) in others.Where(pair => !IsAssigned(pair.Was) && !IsAssigned(pair.Now)))
            acts.Add(new Correct { Records = [new(was.Id, now)] });
    }

    void Contacts()
    {
        var updates = changes
            .OfType<ContactChange>()
            .Where(change => change is { Before: not null, After: not null, Kind: ChangeKind.Changed })
            .Select(change => new ContactUpdate(change.Id)
            {
                Name = change.After!.Name,
                Organization = change.After.Organization,
                Uris = change.After.Uris,
                Updated = Choice(change.After.Updated),
            })
            .ToImmutableArray();
        if (!updates.IsEmpty)
            acts.Add(new Maintain { Updates = updates });
    }

    void Deassignments(IEnumerable<(RegistryRecord Was, RegistryRecord Now)> pairs)
    {
        var groups = pairs
            .GroupBy(pair => pair.Was.Name)
            .Select(group => (Pairs: group.ToList(), Name: KeptAs(group.Key)))
            .ToList();
        kept.UnionWith(groups.Select(group => group.Name?.Id).OfType<int>());
        // The last of the alphabet first: names that follow the same record stand in the order of the file then.
        foreach (var (group, name) in groups.OrderByDescending(group => group.Pairs[0].Was.Name))
        {
            var (was, now) = group[0];
            acts.Add(
                new Deassign
                {
                    Records = [.. group.Select(pair => pair.Was.Id)],
                    Note = now.Note,
                    Modified = Choice(now.Modified),
                    ReleasesName = name is null,
                    Name = name is null
                        ? new()
                        : new()
                        {
                            IsWithoutTransport = name.Transport is null,
                            Modified = Choice(name.Modified),
                            AddedReferences = [.. name.References.Except(was.References)],
                            Follows = BehindIn(after, name),
                        },
                }
            );
        }
    }

    RegistryRecord? KeptAs(ServiceName? name) =>
        after.Records.FirstOrDefault(record =>
            record.Name == name && record.Number is null && basis.PlaceOf(record.Id) < 0
        );

    void Assignments(ImmutableArray<RegistryRecord> records)
    {
        foreach (var group in records.GroupBy(record => (record.Name, record.Number)))
        {
            var first = group.First();
            var transports = group.Select(record => record.Transport).OfType<TransportProtocol>();
            var isKnown = !basis.Index.Find(first.Name?.Text ?? "").IsEmpty;
            var isBeside =
                first.Number is { } number
                && transports.Any(transport =>
                    basis.Index.Listed(number.First, transport) == PortState.Assigned
                );
            AssigningAct act =
                isKnown
                    ? new AddTo
                    {
                        Record = basis.Index.Find(first.Name!.Value.Text)[0].Id,
                        Description = first.Description,
                        Assignee = first.Assignee.IsDefault ? null : PartyOf(first.Assignee[0]),
                        Contact = first.Contacts.IsEmpty ? null : PartyOf(first.Contacts[0]),
                    }
                : isBeside
                    ? Fill(
                        new SecondName { Name = first.Name!.Value, Description = first.Description },
                        first
                    )
                : Fill(new Assign { Name = first.Name!.Value, Description = first.Description }, first);
            acts.Add(
                act with
                {
                    Transports = [.. transports.Distinct()],
                    Port = first.Number?.First,
                    References = first.References,
                    Note = first.Note,
                    Unauthorized = first.Unauthorized,
                    ServiceCodes = [.. group.Select(record => record.ServiceCode).OfType<uint>()],
                    Registered = Choice(first.Registered),
                    Follows = BehindIn(after, first),
                    AreTwinsLast = AreTwinsLast(group.Last()),
                }
            );
        }
    }

    T Fill<T>(T act, RegistryRecord record)
        where T : NewNameAct =>
        act with
        {
            Assignee = record.Assignee.IsDefault ? null : PartyOf(record.Assignee[0]),
            Contacts = [.. record.Contacts.Select(PartyOf)],
        };

    bool AreTwinsLast(RegistryRecord last)
    {
        var next = after.Records.IndexOf(last) + 1;
        return next < after.Records.Length
            && after.Records[next] is { Name: null, Transport: { } twin } record
            && record.Number == last.Number
            && twin < last.Transport;
    }

    // What a record follows, where that was there before and stays.
    int? BehindIn(Registry registry, RegistryRecord record)
    {
        var place = registry.Records.IndexOf(record) - 1;
        while (place >= 0 && kept.Contains(registry.Records[place].Id))
            place--;
        return place >= 0 && basis.PlaceOf(registry.Records[place].Id) >= 0
            ? registry.Records[place].Id
            : null;
    }

    Party PartyOf(Reference reference)
    {
        if (basis.Registry.FindContact(reference.Data) is not null)
            return Party.Known(reference.Data);
        var contact = after.FindContact(reference.Data)!;
        return Party.New(contact.Name, contact.Organization, contact.Uris.AsSpan()) with
        {
            Id = contact.Id,
            Updated = Choice(contact.Updated),
        };
    }

    DateChoice? Choice(RegistryDate? date) => date == day ? null : new(date, "as published");

    static bool IsAssigned(RegistryRecord record) => record.Kind().State() == PortState.Assigned;

    static bool Same(ImmutableArray<Reference> one, ImmutableArray<Reference> other) =>
        one.IsDefault == other.IsDefault && one.AsSpan().SequenceEqual(other.AsSpan());
}
