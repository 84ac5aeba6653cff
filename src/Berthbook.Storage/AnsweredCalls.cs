using System.Globalization;

namespace Berthbook.Storage;

/// <summary>What calls that came with a key did: the same key again does nothing again (procedures of the API, reliability P6).</summary>
static class AnsweredCalls
{
    /// <summary>What came of the same call before; null where it is new or has no key.</summary>
    public static CallOutcome? Find(Commands commands, RequestCall call)
    {
        if (call.Key is not { } key)
            return null;
        var found = commands.Query(
            "SELECT fingerprint, requests, revision FROM answered WHERE account = @account AND key = @key",
            row =>
                (
                    row.GetFieldValue<byte[]>(0),
                    row.GetString(1),
                    row.IsDBNull(2) ? (int?)null : row.GetInt32(2)
                ),
            ("@account", call.By.Account),
            ("@key", key.Text)
        );
        if (found is not [var (fingerprint, requests, revision)])
            return null;
        if (!fingerprint.AsSpan().SequenceEqual(key.Fingerprint))
            return new() { IsKeyOfAnother = true };
        return new()
        {
            IsRepeated = true,
            Revision = revision,
            Requests =
            [
                .. requests
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(number =>
                        RequestRows.Find(commands, int.Parse(number, CultureInfo.InvariantCulture))!
                    ),
            ],
        };
    }

    /// <summary>Notes what a call did.</summary>
    public static void Store(Commands commands, RequestCall call, CallOutcome outcome, DateTimeOffset now)
    {
        if (call.Key is not { } key)
            return;
        commands.Run(
            """
            INSERT INTO answered (account, key, fingerprint, requests, revision, time)
            VALUES (@account, @key, @fingerprint, @requests, @revision, @time)
            """,
            ("@account", call.By.Account),
            ("@key", key.Text),
            ("@fingerprint", key.Fingerprint),
            (
                "@requests",
                string.Join(
                    ' ',
                    outcome.Requests.Select(request => request.Number.ToString(CultureInfo.InvariantCulture))
                )
            ),
            ("@revision", outcome.Revision),
            ("@time", now.ToUnixTimeMilliseconds())
        );
    }
}
