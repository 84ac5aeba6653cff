using System.Collections.Frozen;
using System.Collections.Immutable;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>
/// The numbered rules as one engine: whoever asks (form, API, command line, reviewer, deciding transaction) asks it.
/// Immutable, for any number of threads.
/// </summary>
public sealed class RuleBook
{
    readonly FrozenSet<string> ids;

    RuleBook(ImmutableArray<Rule> rules)
    {
        Rules = rules;
        ids = rules.Select(rule => rule.Id).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>All rules.</summary>
    public static RuleBook Standard { get; } =
        new([
            .. NameRules.All,
            .. PortRules.All,
            .. AssignmentRules.All,
            .. ServiceCodeRules.All,
            .. ChangeRules.All,
            .. PartyRules.All,
            .. AdviceRules.All,
        ]);

    /// <summary>The rules: names, port numbers, assignment requests, service codes, changes, parties, advice.</summary>
    public ImmutableArray<Rule> Rules { get; }

    /// <summary>The rule of an id, or null.</summary>
    public Rule? Find(string id) => Rules.FirstOrDefault(rule => rule.Id == id);

    /// <summary>
    /// What the rules say of a request. Pure. Cost: a few lookups; it grows with the records that the request names and
    /// with the pending requests, not with the registry.
    /// </summary>
    /// <param name="basis">The registry and what is derived from it.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="today">The day of the check, UTC.</param>
    /// <param name="pending">The requests that wait and were submitted earlier, the oldest first.</param>
    public Verdict Check(
        RuleBasis basis,
        RequestDocument request,
        DateOnly today,
        ImmutableArray<PendingRequest> pending = default
    ) => Checking.Check(new(this, basis, request, today, pending.IsDefault ? [] : pending));

    /// <summary>
    /// The ids of the contacts that hold the assignments that a request concerns (procedures K1), each once; none where
    /// nobody does.
    /// </summary>
    public ImmutableArray<string> HoldersOf(RuleBasis basis, RequestDocument request, DateOnly today)
    {
        var question = new Question(this, basis, request, today, []);
        return
        [
            .. question
                .Held.SelectMany(record => question.HolderOf(record).Parties)
                .Select(party => party.Id)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether a rule is in force.</summary>
    internal bool Has(string id) => ids.Contains(id);

    /// <summary>The same rules but one. For the tests that show that each is needed.</summary>
    internal RuleBook Without(string id) => new(Rules.RemoveAll(rule => rule.Id == id));
}
