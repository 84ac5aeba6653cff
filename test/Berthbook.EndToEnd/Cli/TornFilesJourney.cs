using System.Text;

namespace Berthbook.Cli;

/// <summary>
/// Files of the local copy that are torn, foreign or of another time: a journal is refused and left alone, an index is
/// made anew, no answer is wrong.
/// </summary>
public sealed class TornFilesJourney : IDisposable
{
    static readonly byte[] First = Small.Xml(Small.Record("one", "tcp", "1"));
    static readonly byte[] Many = TroubleJourney.Many;

    readonly BerthProgram berth = new();

    public void Dispose() => berth.Dispose();

    string Journal => Path.Combine(berth.Data, "journal");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("one bit")]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("foreign")]
    public async Task A_damaged_journal_is_refused_and_left_alone(string damage)
    {
        await berth.RunAsync("import", berth.File("a.xml", First));
        var whole = await File.ReadAllBytesAsync(Journal, Cancellation);
        var torn = Damage(whole, damage);
        await File.WriteAllBytesAsync(Journal, torn, Cancellation);
        string[][] commands =
        [
            ["export", "xml"],
            ["log"],
            ["import", "a.xml"],
            ["diff", "1", "1"],
        ];
        foreach (var command in commands)
        {
            var run = await berth.RunAsync(command);
            Assert.Equal((4, ""), (run.Status, run.Output));
            Assert.Contains(Journal, run.Error, StringComparison.Ordinal);
            Assert.Contains("is damaged: ", run.Error, StringComparison.Ordinal);
            Assert.Contains("berth import FILE", run.Error, StringComparison.Ordinal);
        }
        var verified = await berth.RunAsync("verify");
        Assert.Equal((1, ""), (verified.Status, verified.Output));
        Assert.StartsWith("berth: ", verified.Error, StringComparison.Ordinal);
        Assert.Equal(torn, await File.ReadAllBytesAsync(Journal, Cancellation));

        // Moved away as it says, the copy begins anew.
        File.Delete(Journal);
        Assert.Equal(0, (await berth.RunAsync("import", "a.xml")).Status);
    }

    [Theory]
    [InlineData("one bit", true)]
    [InlineData("cut", true)]
    [InlineData("empty", true)]
    [InlineData("foreign", true)]
    [InlineData("missing", false)]
    [InlineData("of another time", false)]
    public async Task A_torn_index_is_made_anew_from_the_journal(string damage, bool isTold)
    {
        await berth.RunAsync("import", berth.File("many.xml", Many));
        var index = Path.Combine(berth.Data, "index");
        var whole = await File.ReadAllBytesAsync(index, Cancellation);
        if (damage == "missing")
            File.Delete(index);
        else if (damage == "of another time")
        {
            await berth.RunAsync("import", berth.File("a.xml", First), "--allow-older");
            await File.WriteAllBytesAsync(index, whole, Cancellation);
            await berth.RunAsync("import", "many.xml", "--allow-older");
            await File.WriteAllBytesAsync(index, whole, Cancellation);
        }
        else
            await File.WriteAllBytesAsync(index, Damage(whole, damage), Cancellation);

        Assert.Equal(isTold ? 1 : 0, (await berth.RunAsync("verify")).Status);
        // The whole range touches every block that holds a record.
        var run = await berth.RunAsync("lookup", "1-2000/tcp", "name1000");
        Assert.Equal(0, run.Status);
        Assert.Contains("name1000", run.Output, StringComparison.Ordinal);
        Assert.Equal(isTold ? 1 : 0, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        if (isTold)
            Assert.Contains("it is made anew from the journal", run.Error, StringComparison.Ordinal);
        Assert.Equal("", (await berth.RunAsync("verify")).Error);
        Assert.Equal("", (await berth.RunAsync("lookup", "name1000")).Error);
    }

    [Fact]
    public async Task A_newer_journal_is_refused()
    {
        await berth.RunAsync("import", berth.File("a.xml", First));
        var newer = await File.ReadAllBytesAsync(Journal, Cancellation);
        newer[3]++;
        await File.WriteAllBytesAsync(Journal, newer, Cancellation);
        foreach (var command in new[] { "export xml", "verify", "import a.xml" })
        {
            var run = await berth.ShellAsync($"berth {command}");
            Assert.Equal(4, run.Status);
            Assert.Contains("a newer Berthbook wrote it (version 2;", run.Error, StringComparison.Ordinal);
        }
        Assert.Equal(newer, await File.ReadAllBytesAsync(Journal, Cancellation));
    }

    static byte[] Damage(byte[] whole, string damage)
    {
        var torn = whole.ToArray();
        torn[torn.Length / 2] ^= 1;
        return damage switch
        {
            "one bit" => torn,
            "cut" => whole[..(whole.Length / 2)],
            "empty" => [],
            _ => Encoding.UTF8.GetBytes("<?xml version='1.0'?>"),
        };
    }
}
