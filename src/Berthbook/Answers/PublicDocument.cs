using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Berthbook.Decisions;
using Berthbook.Journal;
using Berthbook.Requests;

namespace Berthbook.Answers;

/// <summary>
/// What everybody may see of a request: what is asked, for which organisation, and why; no e-mail address, no person's name,
/// no requester, evidence or attempts. Contacts that the registry has are public already, by their ids.
/// </summary>
public sealed partial class PublicDocument
{
    const string Hidden = "…";

    readonly RequestDocument document;
    readonly Registry registry;
    readonly string[] secrets;

    /// <param name="document">The document as it was written.</param>
    /// <param name="registry">The registry, whose contacts are known to everybody.</param>
    public PublicDocument(RequestDocument document, Registry registry)
    {
        (this.document, this.registry) = (document, registry);
        secrets =
        [
            .. new[] { document.Requester, document.Assignee, document.Contact }
                .OfType<RequestParty>()
                .SelectMany(SecretsOf)
                .Append(document.Evidence)
                .Append(document.Attempts)
                .OfType<string>()
                .Select(secret => secret.Trim())
                // Shorter ones are in any word.
                .Where(secret => secret.Length > 2)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(secret => secret.Length),
        ];
    }

    /// <summary>The public part of the document.</summary>
    public RequestDocument Part =>
        new()
        {
            Kind = document.Kind,
            Role = document.Role,
            Name = document.Name,
            NewName = document.NewName,
            Transports = document.Transports,
            Port = document.Port,
            NewPort = document.NewPort,
            ServiceCodes = document.ServiceCodes,
            Assignee = PartOf(document.Assignee, isAssignee: true),
            Contact = PartOf(document.Contact, isAssignee: false),
            Description = WithoutMail(document.Description),
            Reference = WithoutMail(document.Reference),
            IsProprietary = document.IsProprietary,
            UsesBroadcast = document.UsesBroadcast,
            UsesMulticast = document.UsesMulticast,
            UsesAnycast = document.UsesAnycast,
            Specification = WithoutMail(document.Specification),
            IsIetfStream = document.IsIetfStream,
            WhyNotDynamic = WithoutMail(document.WhyNotDynamic),
            WhyNotUser = WithoutMail(document.WhyNotUser),
            WhyAnother = WithoutMail(document.WhyAnother),
            InBand = WithoutMail(document.InBand),
            Reason = WithoutMail(document.Reason),
            OutOfUse = WithoutMail(document.OutOfUse),
            ReleasesName = document.ReleasesName,
            IsUseUnclear = document.IsUseUnclear,
            IsAgreed = document.IsAgreed,
            Approval = document.Approval is { } approval
                ? approval with
                {
                    Document = WithoutMail(approval.Document),
                    Reason = WithoutMail(approval.Reason),
                }
                : null,
            UnauthorizedUse = WithoutMail(document.UnauthorizedUse),
            OtherNames = document.OtherNames,
            Notes = WithoutMail(document.Notes),
            Revises = document.Revises,
            Waives = document.Waives,
            Replacements = document.Replacements,
            Header = document.Header,
        };

    /// <summary>Words of the registry about the request, without whom it names and how they are reached.</summary>
    public string Words(string words)
    {
        foreach (var secret in secrets)
            words = words.Replace(secret, Hidden, StringComparison.OrdinalIgnoreCase);
        return WithoutMail(words)!;
    }

    /// <summary>Whether what is said of a member is for everybody.</summary>
    public static bool IsPublic(string? field) =>
        field?.Split('.')[0] is not ("requester" or "assignee" or "contact" or "evidence" or "attempts");

    /// <summary>The changes of the effect, without the contacts that are new or change, which nobody published yet.</summary>
    public IEnumerable<Change> Effect(ImmutableArray<Change> changes)
    {
        foreach (var change in changes)
        {
            if (change is RecordChange record)
                yield return new RecordChange(record.Before, WithoutNew(record.After), record.Follows);
            else if (change is HeaderChange)
                yield return change;
        }
    }

    RegistryRecord? WithoutNew(RegistryRecord? record) =>
        record is null
            ? null
            : record with
            {
                Assignee = record.Assignee.IsDefault ? default : Known(record.Assignee),
                Contacts = Known(record.Contacts),
            };

    ImmutableArray<Reference> Known(ImmutableArray<Reference> references) =>
        references.RemoveAll(reference =>
            reference.Type == ReferenceType.Person && registry.FindContact(reference.Data) is null
        );

    // An organisation that is to hold the assignment is named; a person is not.
    RequestParty? PartOf(RequestParty? party, bool isAssignee)
    {
        if (party is null)
            return null;
        var part = new RequestParty
        {
            Name = isAssignee && IsOrganization(party) ? WithoutMail(party.Name) : null,
            Organization = WithoutMail(party.Organization),
            Contact = party.Contact is { } id && registry.FindContact(id) is not null ? id : null,
        };
        return part.IsEmpty ? null : part;
    }

    // Nobody says whether an assignee is a person: one that belongs to an organisation is, and one that is the requester or
    // the contact, or for whom nobody else answers, may be.
    bool IsOrganization(RequestParty assignee) =>
        assignee is { Name: { } name, Organization: null }
        && document.Contact?.Name is { } contact
        && !IsSame(name, contact)
        && !IsSame(name, document.Requester?.Name);

    IEnumerable<string?> SecretsOf(RequestParty party)
    {
        yield return party.Email;
        if (party.Contact is { } id && registry.FindContact(id) is null)
            yield return id;
        if (
            party.Name is not { } name
            || (ReferenceEquals(party, document.Assignee) && IsOrganization(party))
        )
            yield break;
        yield return name;
        yield return ContactIds.Of(name);
    }

    static bool IsSame(string one, string? other) =>
        string.Equals(one.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);

    static string? WithoutMail(string? text) => text is null ? null : Mail.Replace(text, Hidden);

    [GeneratedRegex(@"[^\s<>()\[\],;:""']+@[^\s<>()\[\],;:""']+", RegexOptions.CultureInvariant)]
    static partial Regex Mail { get; }
}
