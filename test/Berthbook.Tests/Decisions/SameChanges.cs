using Berthbook.Journal;

namespace Berthbook.Decisions;

/// <summary>Holds an effect to what a comparison of the registry before and after tells.</summary>
static class SameChanges
{
    public static Registry Check(Effect effect, Registry before)
    {
        var after = effect.On(before);
        Assert.Equal(Differ.Compare(before, after).Select(Say), effect.Changes.Select(Say));
        return after;
    }

    static string Say(Change change) =>
        change switch
        {
            RecordChange record =>
                $"{record.Id} {record.Kind} after {record.Follows}: {record.Before} -> {record.After}",
            ContactChange contact => $"{contact.Id} {contact.Kind} after {contact.Follows}",
            _ => $"header {change.Kind}",
        };
}
