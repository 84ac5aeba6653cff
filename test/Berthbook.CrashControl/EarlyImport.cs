using Berthbook.Formats;
using Berthbook.Journal;
using Berthbook.Storage;

namespace Berthbook.CrashControl;

/// <summary>
/// An import that acknowledges the revision before the commit, so a kill in between must lose what was acknowledged; if the
/// journey does not see that, it is void.
/// </summary>
static class EarlyImport
{
    public static int Run(string path, string folder)
    {
        using var store = RegistryStore.Open(folder, TimeProvider.System);
        using var file = File.OpenRead(path);
        var read = RegistryFile.Read(file, store.History.Current, new ReadLimits(), out var facts);
        var source = new RevisionSource(path, facts.Size, facts.Sha256, read.Registry!.Header.Updated);
        var outcome = (ImportOutcome.Ready)
            store.PrepareImport(read.Registry, source, "control", "control", allowOlder: false);
        using var never = new ManualResetEventSlim();
        store.BeforeCommit = () =>
        {
            Console.Out.WriteLine($"{path}: revision {store.History.Revisions.Length + 1}");
            // Whoever kills at this line comes before the commit, on a busy machine too.
            never.Wait(TimeSpan.FromMilliseconds(100));
        };
        store.Append(outcome.Draft);
        return 0;
    }
}
