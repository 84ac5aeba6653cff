using Berthbook.Journal;
using Berthbook.Requests;

namespace Berthbook.Storage;

/// <summary>
/// What decisions hold, in the tables <c>held_name</c> and <c>held_number</c>: they follow every revision in its own transaction,
/// and their unique indexes see to it that nothing is held twice, whatever the rules saw.
/// </summary>
sealed class Holdings(Commands commands)
{
    const string Imported = "imported";

    /// <summary>The last revision that the tables follow.</summary>
    public int Revision =>
        commands.Query("SELECT revision FROM held_state", row => row.GetInt32(0)) is [var known] ? known : 0;

    /// <summary>Follows an import, whose doubles are entered as the exceptions that they are.</summary>
    public void FollowImport(int revision, IEnumerable<Change> changes) =>
        Follow(revision, changes, Imported, null);

    /// <summary>Follows a decision.</summary>
    /// <returns>What it takes though another holds it, or null; then the transaction is not to be kept.</returns>
    public Taken? FollowDecision(int revision, IEnumerable<Change> changes, RequestDocument document)
    {
        var newName = document.Kind switch
        {
            RequestKind.Assign or RequestKind.SecondName or RequestKind.EarlyAllocation => document.Name,
            RequestKind.Reuse or RequestKind.Rename => document.NewName,
            _ => null,
        };
        return Follow(
            revision,
            changes,
            document.Kind == RequestKind.SecondName ? "second-name" : null,
            newName?.ToLowerInvariant() ?? ""
        );
    }

    /// <summary>Makes the tables anew of a whole registry.</summary>
    public void Rebuild(int revision, Registry? registry)
    {
        commands.Run("DELETE FROM held_name");
        commands.Run("DELETE FROM held_number");
        Follow(
            revision,
            (registry?.Records ?? []).Select(record => new RecordChange(null, record, 0)),
            Imported,
            null
        );
    }

    // Of a decision, newName is the name that it may give to nobody else; null for an import.
    Taken? Follow(int revision, IEnumerable<Change> changes, string? beside, string? newName)
    {
        var records = changes.OfType<RecordChange>().Where(HoldsOther).ToList();
        foreach (var change in records)
        {
            if (change.Before is { } before)
                Leave(before);
        }
        var own = records.Select(change => change.Id).ToHashSet();
        foreach (var change in records)
        {
            if (change.After is { } after && Take(after, beside, newName, own) is { } taken)
                return taken;
        }
        foreach (var change in records)
        {
            if (change.Before is { } before)
                Promote(before);
        }
        if (commands.Run("UPDATE held_state SET revision = @revision", ("@revision", revision)) == 0)
            commands.Run("INSERT INTO held_state (revision) VALUES (@revision)", ("@revision", revision));
        return null;
    }

    void Leave(RegistryRecord record)
    {
        if (NameOf(record) is { } name)
            commands.Run(
                "DELETE FROM held_name WHERE name = @name AND record = @record",
                ("@name", name),
                ("@record", record.Id)
            );
        foreach (var (transport, number) in NumbersOf(record))
            commands.Run(
                "DELETE FROM held_number WHERE transport = @transport AND number = @number AND record = @record",
                ("@transport", transport),
                ("@number", number),
                ("@record", record.Id)
            );
    }

    Taken? Take(RegistryRecord record, string? beside, string? newName, HashSet<int> own)
    {
        if (NameOf(record) is { } name && !TakeName(name, record.Id, null))
        {
            var holder = HolderOfName(name);
            if (name == newName && !own.Contains(holder))
                return new("N3", $"the name {record.Name}", holder);
            TakeName(name, record.Id, newName is null ? Imported : "same-service");
        }
        foreach (var (transport, number) in NumbersOf(record))
        {
            if (TakeNumber(transport, number, record.Id, null))
                continue;
            var holder = HolderOfNumber(transport, number);
            var exception =
                record.ServiceCode is not null && newName is not null && IsSameService(holder, record)
                    ? "service-code"
                    : beside;
            if (exception is null)
                return new("P2", $"{number}/{((TransportProtocol)transport).Name()}", holder);
            TakeNumber(transport, number, record.Id, exception);
        }
        return null;
    }

    bool TakeName(string name, int record, string? exception) =>
        commands.Run(
            "INSERT OR IGNORE INTO held_name (name, record, exception) VALUES (@name, @record, @exception)",
            ("@name", name),
            ("@record", record),
            ("@exception", exception)
        ) > 0;

    bool TakeNumber(int transport, int number, int record, string? exception) =>
        commands.Run(
            """
            INSERT OR IGNORE INTO held_number (transport, number, record, exception)
            VALUES (@transport, @number, @record, @exception)
            """,
            ("@transport", transport),
            ("@number", number),
            ("@record", record),
            ("@exception", exception)
        ) > 0;

    int HolderOfName(string name) =>
        commands.Query(
            "SELECT record FROM held_name WHERE name = @name AND exception IS NULL",
            row => row.GetInt32(0),
            ("@name", name)
        )[0];

    int HolderOfNumber(int transport, int number) =>
        commands.Query(
            "SELECT record FROM held_number WHERE transport = @transport AND number = @number AND exception IS NULL",
            row => row.GetInt32(0),
            ("@transport", transport),
            ("@number", number)
        )[0];

    bool IsSameService(int holder, RegistryRecord record) =>
        NameOf(record) is { } name
        && commands
            .Query(
                "SELECT record FROM held_name WHERE name = @name AND record = @record",
                row => row.GetInt32(0),
                ("@name", name),
                ("@record", holder)
            )
            .Count > 0;

    // Where the holder left and others stay beside, the first of them holds from now on.
    void Promote(RegistryRecord before)
    {
        if (NameOf(before) is { } name)
            commands.Run(
                """
                UPDATE held_name SET exception = NULL
                WHERE name = @name
                  AND record = (SELECT min(record) FROM held_name WHERE name = @name)
                  AND NOT EXISTS (SELECT 1 FROM held_name WHERE name = @name AND exception IS NULL)
                """,
                ("@name", name)
            );
        foreach (var (transport, number) in NumbersOf(before))
            commands.Run(
                """
                UPDATE held_number SET exception = NULL
                WHERE transport = @transport AND number = @number
                  AND record = (SELECT min(record) FROM held_number WHERE transport = @transport AND number = @number)
                  AND NOT EXISTS (
                    SELECT 1 FROM held_number WHERE transport = @transport AND number = @number AND exception IS NULL
                  )
                """,
                ("@transport", transport),
                ("@number", number)
            );
    }

    static bool HoldsOther(RecordChange change) =>
        change is not { Before: { } before, After: { } after }
        || NameOf(before) != NameOf(after)
        || !NumbersOf(before).SequenceEqual(NumbersOf(after));

    // A name is held in any state (procedures N3), but by a number that was given back with its name on it.
    static string? NameOf(RegistryRecord record) =>
        record.Name is { } name && (record.Number is null || record.Kind().State() != PortState.Reserved)
            ? name.Text.ToLowerInvariant()
            : null;

    static IEnumerable<(int Transport, int Number)> NumbersOf(RegistryRecord record)
    {
        if (record.Number is not { } range || record.Kind().State() != PortState.Assigned)
            yield break;
        foreach (var transport in TransportProtocols.All)
        {
            if (!record.SpeaksFor(transport))
                continue;
            for (int number = range.First.Value; number <= range.Last.Value; number++)
                yield return ((int)transport, number);
        }
    }
}

/// <summary>What a decision takes though another record holds it.</summary>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="What">What is held, in words.</param>
/// <param name="Record">The record that holds it.</param>
sealed record Taken(string Rule, string What, int Record);
