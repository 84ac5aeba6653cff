using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Storage;

namespace Berthbook.CrashControl;

/// <summary>
/// Submits names, one after the other, while the test lets the disk fail, and says of each what was answered:
/// <c>yes NAME</c>, <c>no NAME WORDS</c>; and after each whether reading goes on. A heedless one takes no notice of how a
/// commit ended: it must be seen to say yes to what is lost.
/// </summary>
static class DiskScenario
{
    public static async Task<int> RunAsync(string folder, int steps, bool isHeedless = false)
    {
        try
        {
            using var store = RegistryStore.Open(folder, TimeProvider.System);
            using var requests = new RequestStore(store, RuleSettings.Default, TimeProvider.System);
            requests.Stored = change =>
            {
                OwedMail.Add(
                    change.Connection,
                    change.Before,
                    change.After,
                    change.Hearing,
                    new("Registry", null)
                );
                ClockStore.Replace(change.Connection, change.After, change.Hearing.Settings);
            };
            Console.Out.WriteLine("open");
            for (var step = 1; step <= steps; step++)
                await StepAsync(store, requests, $"disk-{step}", isHeedless);
            Console.Out.WriteLine("end");
            return 0;
        }
        catch (Exception e)
            when (e
                    is StorageException
                        or IOException
                        or Microsoft.Data.Sqlite.SqliteException
                        or UnauthorizedAccessException
            )
        {
            Console.Out.WriteLine($"closed {e.GetType().Name} {e.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }

    static async Task StepAsync(RegistryStore store, RequestStore requests, string name, bool isHeedless)
    {
        try
        {
            var done = await requests.SubmitAsync(
                [Document(name)],
                false,
                new(Applicant) { Name = "request.submit" }
            );
            Console.Out.WriteLine(
                done.Refusal is { } refusal ? $"refused {name} {refusal.Rule} {refusal.Words}" : $"yes {name}"
            );
        }
        catch (Exception e)
            when (e is StorageException or IOException or Microsoft.Data.Sqlite.SqliteException)
        {
            Console.Out.WriteLine(
                isHeedless ? $"yes {name}" : $"no {name} {e.Message.ReplaceLineEndings(" ")}"
            );
        }
        // What is served comes from memory, whatever the disk does.
        Console.Out.WriteLine(store.History.Current is { Records.Length: > 0 } ? "reads" : "blind");
    }

    static Actor Applicant { get; } =
        new()
        {
            Account = 1,
            Name = "Dee",
            Email = "dee@example.com",
        };

    public static RequestDocument Document(string name) =>
        new()
        {
            Kind = RequestKind.Assign,
            Name = name,
            Transports = [TransportProtocol.Tcp],
            Assignee = new() { Name = "Dee", Email = "dee@example.com" },
            Contact = new() { Name = "Dee", Email = "dee@example.com" },
            Description = "Weighs samples",
            Reference = "Frames of JSON over TCP, one a reading; the length goes before each.",
            IsProprietary = false,
            UsesBroadcast = false,
            UsesMulticast = false,
            UsesAnycast = false,
        };
}
