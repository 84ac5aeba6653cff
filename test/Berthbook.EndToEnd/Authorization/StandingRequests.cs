using System.Collections.Immutable;
using System.Text;
using Berthbook.Requests;
using Berthbook.Storage;
using static Berthbook.Requests.RequestAction;

namespace Berthbook.Authorization;

/// <summary>A request of every kind in every state that it can be in, each about a name and a number of its own.</summary>
sealed class StandingRequests(RequestStore store, Subjects subjects)
{
    /// <summary>The kinds of request by the way that they take; more than one of the kind <c>assign</c>.</summary>
    public static readonly ImmutableArray<string> Kinds =
    [
        "name",
        "user-port",
        "system-port",
        "sctp-port",
        "add",
        "second-name",
        "maintenance",
        "rename",
        "assignee-name",
        "unauthorized-use",
        "housekeeping",
        "header",
        "correction",
    ];

    const int Lamps = 150;

    int next;

    /// <summary>The requests, by kind and state; a state that a kind cannot be in is not there.</summary>
    public SortedDictionary<(string Kind, RequestState State), int> Numbers { get; } =
        new(Comparer<(string, RequestState)>.Default);

    /// <summary>A registry with an assigned name and number for each request that is about one.</summary>
    public static byte[] File()
    {
        var records = new StringBuilder();
        for (var i = 0; i < Lamps; i++)
            records.Append(
                $"""

                  <record>
                    <name>lamp-{i}</name>
                    <protocol>tcp</protocol>
                    <xref type="person" data="Ada_Holder"/>
                    <xref type="rfc" data="rfc{1000 + i}"/>
                    <description>Lamp {i}</description>
                    <number>{30000 + i}</number>
                  </record>
                """
            );
        return Encoding.UTF8.GetBytes(
            $"""
            <?xml version='1.0' encoding='UTF-8'?>
            <registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">
              <title>Harbour</title>
              <updated>2026-01-02</updated>{records}
              <people>
                <person id="Ada_Holder">
                  <name>Ada Holder</name>
                  <uri>mailto:holder&amp;example.net</uri>
                  <updated>2026-01</updated>
                </person>
              </people>
            </registry>

            """
        );
    }

    /// <summary>Who asks for a kind: only a registrar asks for some.</summary>
    public static string OwnerOf(string kind) =>
        kind is "housekeeping" or "header" or "correction" ? Subjects.Clerk : "owner";

    /// <summary>Makes them all.</summary>
    public async Task MakeAsync()
    {
        foreach (var kind in Kinds)
        {
            foreach (var state in RequestStates.All)
                await MakeAsync(kind, state);
        }
    }

    /// <summary>Makes one; it is not there where the kind cannot come to the state.</summary>
    public async Task<int?> MakeAsync(string kind, RequestState state)
    {
        var place = next++;
        var owner = subjects.ActorOf(OwnerOf(kind));
        var document = Document(kind, place, state == RequestState.Submitted);
        var submitted = await store.SubmitAsync(
            [document],
            state == RequestState.Draft,
            new(owner) { Name = "request.submit" }
        );
        Assert.True(submitted.Refusal is null, $"{kind} {state}: {submitted.Refusal?.Words}");
        var request = submitted.Requests[0];
        for (var steps = 0; request.State != state; steps++)
        {
            if (steps == 8 || await NextAsync(request, state) is not { } moved)
            {
                // What cannot come there leaves the way of others.
                await TakeAsync(request, Withdraw, owner);
                return null;
            }
            request = moved;
        }
        Numbers[(kind, state)] = request.Number;
        return request.Number;
    }

    // One step nearer to a state; null where there is none.
    async Task<Request?> NextAsync(Request request, RequestState wanted)
    {
        var owner = subjects.ActorOf(
            request.Applicant == subjects.AccountOf(Subjects.Clerk) ? Subjects.Clerk : "owner"
        );
        if (wanted == RequestState.Withdrawn)
            return await TakeAsync(request, Withdraw, owner);
        if (wanted == RequestState.InformationNeeded)
            return await TakeAsync(request, Ask, subjects.ActorOf("registrar"));
        if (wanted == RequestState.Expired)
            return request.State == RequestState.InformationNeeded
                ? await LapseAsync(request)
                : await TakeAsync(request, Ask, subjects.ActorOf("registrar"));
        if (request.State == RequestState.ConfirmationPending)
            return await FirstAsync(request, Confirm, "holder", "approver", "registrar");
        if (request.State is RequestState.InReview or RequestState.AwaitingApproval)
        {
            var decision = wanted == RequestState.Rejected ? Reject : Approve;
            if (await FirstAsync(request, decision, "registrar", "approver") is { } decided)
                return decided;
            foreach (var (pool, expert) in new[] { (ExpertPool.TcpUdp, "expert"), (ExpertPool.Sctp, "sctp") })
            {
                if (request.Pools.Contains(pool) && request.Recommendations.All(step => step.Pool != pool))
                    return await TakeAsync(request, Recommend, subjects.ActorOf(expert));
            }
            return null;
        }
        return request.State == RequestState.Approved && wanted == RequestState.Assigned
            ? await TakeAsync(request, Assign, subjects.ActorOf("registrar"))
            : null;
    }

    async Task<Request?> FirstAsync(Request request, RequestAction action, params string[] names)
    {
        foreach (var name in names)
        {
            if (await TakeAsync(request, action, subjects.ActorOf(name)) is { } done)
                return done;
        }
        return null;
    }

    async Task<Request?> TakeAsync(Request request, RequestAction action, Actor by)
    {
        var move = new RequestMove(action)
        {
            Words = "because",
            IsFor = true,
            Criteria = ["A3"],
        };
        var outcome = await store.ChangeAsync(
            request.Number,
            (found, hearing) => found.Take(move, by, hearing),
            null,
            new(by) { Name = $"request.{action.Word()}" }
        );
        return outcome.Refusal is null ? outcome.Requests[0] : null;
    }

    async Task<Request?> LapseAsync(Request request)
    {
        var outcome = await store.ChangeAsync(
            request.Number,
            (found, hearing) => found.Lapse(hearing),
            null,
            new(Actor.Registry) { Name = "request.expire" }
        );
        return outcome.Requests is [var lapsed] ? lapsed : null;
    }

    static RequestDocument Document(string kind, int place, bool hasOtherAddress)
    {
        var party = new RequestParty
        {
            Name = "Dee Instruments",
            Email = hasOtherAddress ? "office@example.net" : "owner@example.net",
        };
        var asked = new RequestDocument
        {
            Kind = RequestKind.Assign,
            Name = $"svc-{place}",
            Transports = [TransportProtocol.Tcp],
            Assignee = party,
            Contact = party,
            Description = "Weighing in laboratories",
            Reference = "Readings in JSON over a stream, one a line; the sources are public.",
            IsProprietary = false,
            UsesBroadcast = false,
            UsesMulticast = false,
            UsesAnycast = false,
            Specification = "RFC 9999",
            WhyNotDynamic = "Firewalls of laboratories open one number, chosen once.",
            WhyNotUser = "It has to run before users are known.",
        };
        var lamp = new RequestDocument
        {
            Kind = RequestKind.Maintenance,
            Name = $"lamp-{place}",
            Description = "Another light",
            Reason = "because",
            Requester = hasOtherAddress ? new() { Name = "Dee", Email = "office@example.net" } : null,
        };
        return kind switch
        {
            "name" => asked,
            "user-port" => asked with { Port = Port(20000 + place) },
            "system-port" => asked with { Port = Port(200 + place) },
            "sctp-port" => asked with { Port = Port(20000 + place), Transports = [TransportProtocol.Sctp] },
            "add" => asked with
            {
                Kind = RequestKind.Add,
                Name = lamp.Name,
                Port = Port(30000 + place),
                Transports = [TransportProtocol.Udp],
            },
            "second-name" => asked with
            {
                Kind = RequestKind.SecondName,
                Port = Port(30000 + place),
                InBand = "The first byte tells the two apart.",
            },
            "maintenance" => lamp with { Role = RequesterRole.Contact },
            "rename" => lamp with
            {
                Kind = RequestKind.Rename,
                NewName = $"lantern-{place}",
                IsAgreed = true,
            },
            "assignee-name" => lamp with
            {
                Kind = RequestKind.AssigneeName,
                Description = null,
                Assignee = new() { Name = "Holder and Daughters", Email = party.Email },
                Evidence = "The register of companies.",
            },
            "unauthorized-use" => lamp with
            {
                Kind = RequestKind.UnauthorizedUse,
                Description = null,
                UnauthorizedUse = "Toys use it as well.",
            },
            "housekeeping" => new()
            {
                Kind = RequestKind.Housekeeping,
                Role = RequesterRole.Registrar,
                Replacements = [new($"RFC{1000 + place}", $"RFC{3000 + place}")],
                Requester = lamp.Requester,
                Reason = "because",
            },
            "header" => new()
            {
                Kind = RequestKind.Header,
                Role = RequesterRole.Registrar,
                Header = new() { Title = $"Harbour {place}" },
                Requester = lamp.Requester,
                Reason = "because",
            },
            _ => lamp with { Kind = RequestKind.Correction, Role = RequesterRole.Registrar },
        };
    }

    static PortWish Port(int number) =>
        PortWish.TryParse(number.ToString(System.Globalization.CultureInfo.InvariantCulture), out var wish)
            ? wish
            : throw new ArgumentOutOfRangeException(nameof(number));
}
