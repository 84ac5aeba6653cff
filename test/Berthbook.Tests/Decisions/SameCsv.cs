using System.Text;
using Berthbook.Formats;

namespace Berthbook.Decisions;

/// <summary>Compares the CSV files of two registries byte for byte, and says where they part.</summary>
static class SameCsv
{
    public static void Check(Registry wanted, Registry got)
    {
        var (one, other) = (CsvFormat.Write(wanted), CsvFormat.Write(got));
        if (one.AsSpan().SequenceEqual(other))
            return;
        var wantedLines = Encoding.UTF8.GetString(one).Split("\r\n");
        var gotLines = Encoding.UTF8.GetString(other).Split("\r\n");
        var at = wantedLines.Zip(gotLines).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.Fail(
            $"line {at + 1} of {wantedLines.Length}, wanted:\n{string.Join('\n', wantedLines.Skip(at).Take(6))}\ngot:\n{string.Join('\n', gotLines.Skip(at).Take(6))}"
        );
    }
}
