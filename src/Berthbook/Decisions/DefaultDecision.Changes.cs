using System.Collections.Immutable;
using Berthbook.Formats;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Decisions;

// Changes of what is assigned, and of the registry itself.
static partial class DefaultDecision
{
    static Act? ChangeOf(Question question, RequestedParties parties)
    {
        var request = question.Request;
        var records = Ids(question.Concerned.Where(record => record.Kind().State() == PortState.Assigned));
        return question.Kind switch
        {
            RequestKind.Deassign or RequestKind.Revoke => Release(question),
            RequestKind.Transfer when parties.Assignee is { } assignee => IfAny(
                records,
                ids => Transfer(question, assignee, parties.Contact ?? assignee, ids)
            ),
            RequestKind.Maintenance => IfAny(records, ids => Maintain(question, parties, ids)),
            RequestKind.Rename => IfAny(records, ids => Rename(question, ids)),
            RequestKind.AssigneeName when parties.Assignee is { } assignee => IfAny(
                records,
                ids => new AssigneeName { Records = ids, Assignee = assignee }
            ),
            RequestKind.Housekeeping => Housekeeping(question),
            RequestKind.Header => request.Header is { } header ? ChangeHeader(header) : null,
            RequestKind.UnauthorizedUse => IfAny(Ids(Reported(question)), ids => Report(request, ids)),
            RequestKind.Correction => Correct(question),
            _ => null,
        };
    }

    // Of a name that stays, only the numbers are given back or taken back.
    static Act? Release(Question question)
    {
        var request = question.Request;
        var releasesName = question.Kind == RequestKind.Deassign && request.ReleasesName;
        var records = Ids(
            question.Concerned.Where(record =>
                record.Kind().State() == PortState.Assigned && (releasesName || record.Number is not null)
            )
        );
        return IfAny(
            records,
            ids =>
                question.Kind == RequestKind.Revoke
                    ? new Revoke { Records = ids }
                    : new Deassign
                    {
                        Records = ids,
                        Note = Words.Of(request.Notes),
                        ReleasesName = releasesName,
                    }
        );
    }

    static Transfer Transfer(Question question, Party assignee, Party contact, ImmutableArray<int> ids) =>
        new()
        {
            Records = ids,
            Assignee = assignee,
            Contacts = [contact],
            Description = Description(question),
        };

    // An assignee with a new name may come with a new contact.
    static IEnumerable<Act> MoreOf(Question question, RequestedParties parties) =>
        question.Kind == RequestKind.AssigneeName && parties.Contact is { } contact
            ? [new Maintain { Records = Ids(question.Concerned), Contacts = [contact] }]
            : [];

    static Act? IfAny(ImmutableArray<int> ids, Func<ImmutableArray<int>, Act?> act) =>
        ids.IsEmpty ? null : act(ids);

    static Maintain Maintain(Question question, RequestedParties parties, ImmutableArray<int> ids)
    {
        var request = question.Request;
        return new()
        {
            Records = ids,
            Description = Description(question),
            Contacts = parties.Contact is { } contact && !IsNamed(contact, question) ? [contact] : default,
            References = Words.Of(request.Specification) is { } document
                ? [ReferenceTo(document.Words)]
                : default,
            Note = Words.Of(request.Notes),
            Assignee = parties.Assignee,
            Updates = parties.Updates,
        };
    }

    // A contact whose own fields change stays beside the others.
    static bool IsNamed(Party contact, Question question) =>
        contact.IsKnown
        && question.Concerned.All(record => record.Contacts.Any(known => known.Data == contact.Id));

    static Rename? Rename(Question question, ImmutableArray<int> ids)
    {
        var request = question.Request;
        if (request is { NewName: null, NewPort: null })
            return null;
        ServiceName? name = null;
        if (request.NewName is not null)
        {
            if (!ServiceName.TryParse(request.NewName, out var known, out _))
                return null;
            name = known;
        }
        return new()
        {
            Records = ids,
            Name = name,
            Port = request.NewPort,
            Description = Description(question),
        };
    }

    static Housekeeping? Housekeeping(Question question)
    {
        var registry = question.Basis.Registry;
        var references = ImmutableArray.CreateBuilder<ReferenceReplacement>();
        var contacts = ImmutableArray.CreateBuilder<ContactReplacement>();
        foreach (var (from, to) in question.Request.Replacements)
        {
            if (registry.FindContact(from) is { } old)
                contacts.Add(new(from, registry.FindContact(to) is null ? Copy(old, to) : Party.Known(to)));
            else
                references.Add(new(ReferenceTo(from), ReferenceTo(to)));
        }
        return references.Count + contacts.Count == 0
            ? null
            : new() { References = references.ToImmutable(), Contacts = contacts.ToImmutable() };
    }

    // The same contact under another id.
    static Party Copy(Contact contact, string id) =>
        Party.New(contact.Name, contact.Organization, contact.Uris.AsSpan()) with
        {
            Id = id,
            Updated = new(contact.Updated, "nothing changed but the id"),
        };

    static ChangeHeader ChangeHeader(HeaderWish header) =>
        new()
        {
            Title = Words.Of(header.Title),
            Experts = Words.Of(header.Experts),
            Note = Words.Of(header.Note),
            References = header.References.IsDefault ? default : [.. header.References.Select(ReferenceTo)],
        };

    // A number that nobody holds has records as well.
    static IEnumerable<RegistryRecord> Reported(Question question) =>
        question is { Request.Name: null, Port: { } port }
            ? (question.Transports.IsEmpty ? TransportProtocols.All : question.Transports)
                .SelectMany(transport => question.Basis.Index.Find(port, transport))
                .Distinct()
            : question.Concerned;

    static AcceptedReport? Report(RequestDocument request, ImmutableArray<int> ids)
    {
        var others = request.OtherNames.Where(name => !string.IsNullOrWhiteSpace(name)).ToList();
        var use = Words.Of(request.UnauthorizedUse);
        return use is null && others.Count == 0
            ? null
            : new()
            {
                Records = ids,
                Unauthorized = use?.Words,
                Note =
                    others.Count == 0
                        ? null
                        : new($"Other names of this service: {string.Join(", ", others)}."),
            };
    }

    static Correct? Correct(Question question)
    {
        var (description, note) = (Description(question), Words.Of(question.Request.Notes));
        if (question.Concerned.IsEmpty || (description ?? note) is null)
            return null;
        RegistryDate? day = question.Rules.Has("C11") ? new(question.Today) : null;
        return new()
        {
            Records =
            [
                .. question.Concerned.Select(record =>
                {
                    var after = record with
                    {
                        Description = description ?? record.Description,
                        Note = note ?? record.Note,
                        Modified = day ?? record.Modified,
                    };
                    return new RecordCorrection(
                        record.Id,
                        after with
                        {
                            Layout = record.Layout?.After(after),
                        }
                    );
                }),
            ],
        };
    }

    /// <summary>The document that a label means.</summary>
    public static Reference ReferenceTo(string label) => CsvLabels.ReferenceOf(label.Trim(), []);
}
