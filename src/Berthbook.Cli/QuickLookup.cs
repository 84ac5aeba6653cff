using System.Text;
using Berthbook.Cli.Local;
using Berthbook.Cli.Lookup;
using Berthbook.Cli.Output;
using Berthbook.Programs;

namespace Berthbook.Cli;

/// <summary>
/// Answers the plain form of <c>lookup</c> from the compact index, before the command line, the network or the
/// journal is touched (docs/decisions/0006). What it does not understand goes the long way.
/// </summary>
static class QuickLookup
{
    /// <summary>Answers where it can; false, with nothing printed, where the long way must be gone.</summary>
    public static bool TryAnswer(string[] args, out int status)
    {
        status = ExitStatus.Done;
        if (!TryParse(args, out var questions, out var isJson))
            return false;
        using var index = new LocalIndex(LocalFolder.Default()).TryOpen(out _);
        if (index is null)
            return false;
        var told = new StringBuilder();
        try
        {
            status = new LookupRun(
                new LocalAnswers(AskedRegistry.Of(index)),
                Printer.OfProcess(isJson),
                line => told.Append(line).Append('\n'),
                () => Stream.Null
            ).Answer([.. questions]);
        }
        catch (IndexFileException)
        {
            return false;
        }
        catch (IOException failure)
        {
            told.Append("berth: ").Append(failure.Message).Append('\n');
            status = ExitStatus.Failure;
        }
        if (told.Length > 0)
            Native.Write(Native.Error, Encoding.UTF8.GetBytes(told.ToString()));
        return true;
    }

    // Questions and --json, nothing else.
    static bool TryParse(string[] args, out List<string> questions, out bool isJson)
    {
        questions = [];
        isJson = false;
        if (args is not ["lookup", _, ..])
            return false;
        for (var i = 1; i < args.Length; i++)
        {
            if (args[i] == "--json")
                isJson = true;
            else if (args[i].StartsWith('-'))
                return false;
            else
                questions.Add(args[i]);
        }
        return questions.Count > 0;
    }
}
