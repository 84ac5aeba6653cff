using System.Globalization;
using Berthbook.Formats;
using Berthbook.Journal;
using Berthbook.Requests;

namespace Berthbook.Storage;

/// <summary>The fast way to decide, on a registry that is some decisions behind, held to the plain way.</summary>
public sealed class DecidingBasisTests
{
    [Fact]
    public async Task Any_requests_decided_on_a_registry_that_is_behind_make_the_registry_that_they_make_on_a_fresh_one()
    {
        for (var seed = 0; seed < Counts.Of(6, 200); seed++)
        {
            using var fast = new OwnRegistry();
            using var plain = new OwnRegistry(isAlwaysFresh: true);
            await SameAsync(fast, plain, new(seed), 60);
        }
    }

    [Fact]
    public async Task The_same_holds_on_the_whole_registry()
    {
        TestData.Require();
        var whole = XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!;
        using var fast = new OwnRegistry(whole);
        using var plain = new OwnRegistry(whole, isAlwaysFresh: true);
        await SameAsync(fast, plain, new(6335), Counts.Of(120, 3000));
    }

    static async Task SameAsync(OwnRegistry fast, OwnRegistry plain, Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (random.Next(25) == 0)
            {
                fast.Clock.Advance(TimeSpan.FromDays(1));
                plain.Clock.Advance(TimeSpan.FromDays(1));
            }
            var document = Any(random);
            var one = await fast.SubmitAsync(By, document);
            var other = await plain.SubmitAsync(By, document);
            Assert.Equal(other.Refusal?.Rule, one.Refusal?.Rule);
            Assert.Equal(other.Requests.Select(Said), one.Requests.Select(Said));
        }
        var (left, right) = (fast.Registry.History, plain.Registry.History);
        Assert.Equal(right.Revisions.Length, left.Revisions.Length);
        Assert.True(left.Revisions.Length > count / 3, "hardly anything was decided");
        for (var i = 0; i < left.Revisions.Length; i++)
            Assert.Equal(right.Revisions[i].Changes.Select(Told), left.Revisions[i].Changes.Select(Told));
        Assert.Equal(XmlFormat.Write(right.Current!), XmlFormat.Write(left.Current!));
        Assert.Empty(fast.Faults);
    }

    static string Said(Request request) =>
        $"{request.Number} {request.State} {request.Revision} {string.Join(' ', request.Steps.SelectMany(step => step.Rules))}";

    static string Told(Change change) =>
        change switch
        {
            RecordChange record => $"{record.Id} {record.Before} -> {record.After} after {record.Follows}",
            ContactChange contact => $"{contact.Id} {contact.Kind} after {contact.Follows}",
            _ => change.Kind.ToString(),
        };

    static readonly Actor By = OwnRegistry.Ada with { Email = "p@example.com" };

    // Few letters, so that names and parties meet and stand side by side.
    static RequestDocument Any(Random random)
    {
        var party = new RequestParty
        {
            Name = random.Next(3) == 0 ? $"{Word(random, 1)} {random.Next(3)}" : Word(random, 3),
            Email = "p@example.com",
        };
        return OwnRegistry.Asking(By, Word(random, random.Next(2, 6))) with
        {
            Transports = [.. TransportProtocols.All.Where(one => (int)one < 3 && random.Next(2) == 0)],
            Assignee = party,
            Contact = random.Next(2) == 0 ? party : party with { Name = Word(random, 2) },
        };
    }

    static string Word(Random random, int length) =>
        string.Concat(
            Enumerable
                .Range(0, length)
                .Select(_ => (char)((random.Next(6) == 0 ? 'A' : 'a') + random.Next(12)))
        ) + random.Next(30).ToString(CultureInfo.InvariantCulture);
}
