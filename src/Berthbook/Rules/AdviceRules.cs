using System.Collections.Immutable;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>The rules V: advice, shown to applicant and expert, never refusing.</summary>
static class AdviceRules
{
    static readonly ImmutableArray<Requests.RequestKind> New = AssignmentRules.New;
    static readonly ImmutableArray<Requests.RequestKind> Naming = [.. New, Rename];

    public static ImmutableArray<Rule> All { get; } =
    [
        new()
        {
            Id = "V1",
            Title = "Words that say something",
            Text =
                "A name has no words that say nothing here (port, service, protocol); a description has no abbreviations that "
                + "few know.",
            Source = "RFC 6335 sections 5 and 8.1.1",
            Severity = Advise,
            AppliesTo = Naming,
            Example = "scale-service: `service` says nothing, since every name here is one of a service.",
            Find = NameAdvice.FindEmptyWords,
        },
        new()
        {
            Id = "V2",
            Title = "No version numbers",
            Text =
                "Neither name nor description has a version number; versions are told apart in band, on one number.",
            Source = "RFC 7605 section 7.5",
            Severity = Advise,
            AppliesTo = Naming,
            Example =
                "lab-scales-v2: the next version would need another name and number; ask for lab-scales.",
            Find = NameAdvice.FindVersions,
        },
        new()
        {
            Id = "V3",
            Title = "Discovery services end in -disc",
            Text = "The name of a service that finds others ends in `-disc`.",
            Source = "RFC 6335 section 5; RFC 7605 section 7.6",
            Severity = Advise,
            AppliesTo = Naming,
            Example = "scale-finder, which discovers laboratory scales, is better called scale-disc.",
            Find = NameAdvice.FindDiscovery,
        },
        new()
        {
            Id = "V4",
            Title = "One name, one service",
            Text =
                "Several transport protocols share a name and a description only where it is the same service on each.",
            Source = "RFC 7605 section 7.6",
            Severity = Advise,
            AppliesTo = New,
            Example =
                "Readings over TCP and a search for scales over UDP are two services: the second has a name of its own.",
            Find = NameAdvice.FindSharedName,
        },
        new()
        {
            Id = "V5",
            Title = "Security built in",
            Text =
                "A service has security built in; a separate insecure variant, or a copy of an existing service, is likely "
                + "refused.",
            Source = "RFC 6335 sections 7.2 and 9; RFC 7605 sections 7.1 and 7.4",
            Severity = Advise,
            AppliesTo = New,
            Example = "redis-tls beside redis: one number serves both, since TLS can be negotiated on it.",
            Find = UseAdvice.FindInsecure,
        },
        new()
        {
            Id = "V6",
            Title = "Could it do without",
            Text =
                "Could it do without a number: with a Dynamic Port agreed out of band, with DNS-SD, on the port of an existing "
                + "service, inside one host; an experiment uses exp1 or exp2.",
            Source = "RFC 7605 section 7.1",
            Severity = Advise,
            AppliesTo = New,
            Example =
                "A service over HTTP can share the port of HTTP, under a path of its own; a page that asks its own host needs "
                + "no number on others.",
            Find = UseAdvice.FindAlternatives,
        },
        new()
        {
            Id = "V7",
            Title = "UDP with care",
            Text =
                "A service over UDP controls congestion, uses multicast rather than broadcast over IPv4, and is not on UDP "
                + "only to dodge TCP.",
            Source = "RFC 7605 section 7.6",
            Severity = Advise,
            AppliesTo = New,
            Example =
                "scale-finder sends broadcasts: multicast reaches the scales and spares all other hosts.",
            Find = UseAdvice.FindUdp,
        },
        new()
        {
            Id = "V8",
            Title = "Not before it is assigned",
            Text =
                "Programs are not shipped with a name or number before it is assigned; a number shown as free may be pending.",
            Source = "RFC 6335 section 8.1.1; RFC 7605 section 7.7; the registry's note",
            Severity = Advise,
            AppliesTo = New,
            Example =
                "45060 is asked for: no program with it is shipped before the registry has assigned it.",
            Find = UseAdvice.FindHaste,
        },
        new()
        {
            Id = "V9",
            Title = "Would another number do",
            Text = "Would any number do? Would a User Port do? System Ports are discouraged.",
            Source = "RFC 7605 section 7.3",
            Severity = Advise,
            AppliesTo = New,
            Example =
                "917 is asked for: a User Port is decided faster, and the privilege of a System Port is little worth.",
            Find = UseAdvice.FindOtherNumbers,
        },
        new()
        {
            Id = "V10",
            Title = "The request explains itself",
            Text = "The request explains itself; a bare link to a draft or site is not enough.",
            Source = "RFC 7605 section 7.7",
            Severity = Advise,
            AppliesTo = New,
            Example =
                "The statement is https://example.com/scales: say in a few sentences what is found there.",
            Find = UseAdvice.FindBareLink,
        },
        new()
        {
            Id = "V11",
            Title = "Only the transports used today",
            Text = "A request names only the transport protocols that the service uses today.",
            Source = "RFC 6335 section 7.2",
            Severity = Advise,
            AppliesTo = New,
            Example =
                "A request for tcp, udp and sctp: leave out what is not in use, the number is held for the assignee there.",
            Find = UseAdvice.FindManyTransports,
        },
        new()
        {
            Id = "V12",
            Title = "To the expert: grant unless there is a ground",
            Text = "An expert without a documented ground to refuse should grant.",
            Source = "RFC 8126 section 5.3",
            Severity = Advise,
            AppliesTo = [.. New, Revoke],
            Example =
                "An expert who would not ask for 45060 this way, and finds no rule against it, recommends it.",
            Find = UseAdvice.FindExpert,
        },
    ];
}
