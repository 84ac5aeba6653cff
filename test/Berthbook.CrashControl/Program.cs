using Berthbook.Formats;
using Berthbook.Journal;
using Berthbook.Storage;

// The control of the crash journey: an import with the protection taken away. It acknowledges the revision before
// the commit, so a kill in between must lose what was acknowledged; if the journey does not see that, it is void.
using var store = RegistryStore.Open(args[1], TimeProvider.System);
using var file = File.OpenRead(args[0]);
var read = RegistryFile.Read(file, store.History.Current, new ReadLimits(), out var facts);
var source = new RevisionSource(args[0], facts.Size, facts.Sha256, read.Registry!.Header.Updated);
var outcome = (ImportOutcome.Ready)
    store.PrepareImport(read.Registry, source, "control", "control", allowOlder: false);
store.BeforeCommit = () => Console.Out.WriteLine($"{args[0]}: revision {store.History.Revisions.Length + 1}");
store.Append(outcome.Draft);
