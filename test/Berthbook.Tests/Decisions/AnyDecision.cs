using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>Makes up decisions that the rules would allow, of every kind, on whatever registry there is.</summary>
sealed class AnyDecision(Random random)
{
    int made;

    /// <summary>The numbers that were given a second name.</summary>
    public HashSet<int> Shared { get; } = [];

    /// <summary>An act on a registry, or null where this one has nothing for it.</summary>
    public Act? On(RuleBasis basis)
    {
        made++;
        return random.Next(20) switch
        {
            < 4 => Numbered(new Assign { Name = Name(), Description = Text() }, basis),
            4 => NameOnly(),
            5 => Add(basis),
            6 => Second(basis),
            7 => Reuse(basis),
            8 or 9 => new Deassign
            {
                Records = SomeOf(basis, record => record.Number is not null),
                ReleasesName = random.Next(3) == 0,
                Name = new() { IsWithoutTransport = random.Next(2) == 0 },
            },
            10 => new Revoke { Records = SomeOf(basis, record => record.Number is not null) },
            11 => new Transfer
            {
                Records = SomeOf(basis, _ => true),
                Assignee = Someone(basis),
                Contacts = [Someone(basis), Someone(basis)],
            },
            12 => new Maintain
            {
                Records = SomeOf(basis, _ => true),
                Description = Text(),
                Contacts = [Someone(basis)],
                Note = random.Next(2) == 0 ? Text() : RichText.Empty,
            },
            13 => new Rename { Records = SomeOf(basis, record => record.Name is not null), Name = Name() },
            14 => Free(basis, [TransportProtocol.Tcp, TransportProtocol.Udp]) is { } port
                ? new Rename { Records = SomeOf(basis, record => record.Number is not null), Port = port }
                : null,
            15 => new AssigneeName { Records = SomeOf(basis, _ => true), Assignee = Someone(basis) },
            16 => Housekeeping(basis),
            17 => new ChangeHeader { Experts = Text() },
            18 => Early(basis),
            _ => random.Next(2) == 0 ? Report(basis) : Correction(basis),
        };
    }

    Act Early(RuleBasis basis)
    {
        var temporary = basis.Registry.Records.FirstOrDefault(record =>
            TemporaryMark.IsOn(record.Description)
        );
        return temporary is null
            ? Numbered(new EarlyAllocation { Name = Name(), Description = Text() }, basis)
            : new EndEarlyAllocation
            {
                Records = [temporary.Id],
                End = (EarlyAllocationEnd)random.Next(4),
                Assignee = Someone(basis),
            };
    }

    T Numbered<T>(T act, RuleBasis basis)
        where T : NewNameAct
    {
        var transports = Transports();
        return act with
        {
            Transports = transports,
            Port = Free(basis, transports),
            Assignee = random.Next(4) == 0 ? null : Someone(basis),
            Contacts = [Someone(basis)],
            ServiceCodes = transports.Contains(TransportProtocol.Dccp)
                ? [(uint)made, (uint)made + 1_000_000]
                : [],
            AreTwinsLast = random.Next(3) == 0,
            References = random.Next(2) == 0 ? [] : [new(ReferenceType.Draft, $"draft-ietf-any-{made % 7}")],
        };
    }

    Assign NameOnly() =>
        new()
        {
            Name = Name(),
            Description = Text(),
            Transports = random.Next(3) == 0 ? [] : Transports(),
            Contacts = [Party.New($"Person {random.Next(40)}", null, $"mailto:p{made}&example.org")],
        };

    AddTo? Add(RuleBasis basis)
    {
        if (One(basis, record => record.Name is not null) is not { } record)
            return null;
        var transports = Transports();
        return new()
        {
            Record = record.Id,
            Transports = transports,
            Port = random.Next(3) == 0 ? null : Free(basis, transports),
        };
    }

    SecondName? Second(RuleBasis basis)
    {
        if (One(basis, record => record is { Number.IsSingle: true, Transport: not null }) is not { } record)
            return null;
        Shared.Add(record.Number!.Value.First.Value);
        return new()
        {
            Name = Name(),
            Description = Text(),
            Port = record.Number.Value.First,
            Transports = [record.Transport!.Value],
            Contacts = [Someone(basis)],
        };
    }

    Reuse? Reuse(RuleBasis basis) =>
        One(basis, record => record is { Number.IsSingle: true, Transport: not null, Name: not null })
            is { } record
            ? new()
            {
                Records = [record.Id],
                Name = Name(),
                Description = Text(),
                Port = record.Number!.Value.First,
                Transports = [record.Transport!.Value],
                Contacts = [Someone(basis)],
            }
            : null;

    Housekeeping? Housekeeping(RuleBasis basis)
    {
        if (One(basis, record => !record.References.IsEmpty) is { } record && random.Next(2) == 0)
            return new()
            {
                References = [new(record.References[0], new(ReferenceType.Rfc, $"rfc{10000 + made}"))],
            };
        var contacts = basis.Registry.Contacts;
        if (contacts.Length < 2)
            return null;
        var from = contacts[random.Next(contacts.Length)].Id;
        var to = contacts[random.Next(contacts.Length)].Id;
        return from == to ? null : new() { Contacts = [new(from, Party.Known(to))] };
    }

    AcceptedReport Report(RuleBasis basis) =>
        new()
        {
            Records = [basis.Registry.Records[random.Next(basis.Registry.Records.Length)].Id],
            Unauthorized = $"Known Unauthorized Use on port {random.Next(1, 49151)}",
        };

    Correct? Correction(RuleBasis basis)
    {
        if (One(basis, _ => true) is not { } record)
            return null;
        var after = record with { Description = Text() };
        return new() { Records = [new(record.Id, after with { Layout = record.Layout?.After(after) })] };
    }

    // All records of the assignment that a random one belongs to, or that one alone.
    ImmutableArray<int> SomeOf(RuleBasis basis, Func<RegistryRecord, bool> condition)
    {
        if (One(basis, condition) is not { } one)
            return [];
        return random.Next(2) == 0 || one.Name is null
            ? [one.Id]
            :
            [
                .. basis
                    .Index.Find(one.Name.Value.Text)
                    .Where(record =>
                        record.Number == one.Number && record.Kind().State() == PortState.Assigned
                    )
                    .Select(record => record.Id),
            ];
    }

    RegistryRecord? One(RuleBasis basis, Func<RegistryRecord, bool> condition)
    {
        var records = basis.Registry.Records;
        for (var i = 0; i < 60; i++)
        {
            var record = records[random.Next(records.Length)];
            if (record.Kind().State() == PortState.Assigned && condition(record))
                return record;
        }
        return null;
    }

    PortNumber? Free(RuleBasis basis, ImmutableArray<TransportProtocol> transports)
    {
        for (var i = 0; i < 100; i++)
        {
            var port = new PortNumber((ushort)random.Next(1, 49151));
            if (transports.All(one => basis.Index.Effective(port, one) == PortState.Unassigned))
                return port;
        }
        return null;
    }

    Party Someone(RuleBasis basis)
    {
        var contacts = basis.Registry.Contacts;
        if (contacts.Length > 0 && random.Next(2) == 0)
            return Party.Known(contacts[random.Next(contacts.Length)].Id);
        var number = random.Next(40).ToString(CultureInfo.InvariantCulture);
        return Party.New($"Person {number}", null, $"mailto:p{made}&example.org");
    }

    ServiceName Name() => ServiceName.Historic($"{(char)('a' + random.Next(26))}-new-{made}");

    RichText Text() => new($"What number {made} says, \"quoted\" & <marked>");

    ImmutableArray<TransportProtocol> Transports() =>
        [
            .. TransportProtocols
                .All.Where(one => random.Next((int)one + 2) == 0)
                .DefaultIfEmpty(TransportProtocol.Tcp),
        ];
}
