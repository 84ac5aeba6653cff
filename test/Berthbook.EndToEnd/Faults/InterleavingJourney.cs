using System.Text.RegularExpressions;
using Berthbook.Storage;
using Microsoft.Data.Sqlite;

namespace Berthbook.Faults;

/// <summary>
/// Every write is held after each of its statements while another one runs (reliability P7): what comes of both is what comes
/// of one after the other, or one of them is refused cleanly.
/// </summary>
public sealed partial class InterleavingJourney : IAsyncLifetime
{
    const int Seed = 6335;

    // How long the second may run while the first is held: it ends, or waits for the first, long before.
    static readonly TimeSpan While = TimeSpan.FromMilliseconds(15);

    readonly string template = Directory.CreateTempSubdirectory("berthbook-interleaved-").FullName;
    readonly Dictionary<(InterleavedOperation, InterleavedOperation?), Came> serial = [];

    /// <summary>What both answered, and what is stored then.</summary>
    sealed record Came(string First, string Second, string State);

    static IReadOnlyList<InterleavedOperation> Operations => InterleavedOperations.All;

    public async ValueTask InitializeAsync() => await InterleavedOperations.PrepareAsync(template);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(template, true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Whatever_comes_between_two_writes_one_comes_after_the_other()
    {
        var promise = new Promise(
            "interleavings",
            "every pair of writes, one held after each of its statements while the other runs: as one after the other, or one is refused",
            Seed
        );
        var pairs = (
            from first in Operations
            from second in Operations
            select (First: first, Second: second)
        ).ToArray();
        var random = new Random(Seed);
        random.Shuffle(pairs);
        var faults = new List<string>();
        foreach (var (first, second) in pairs.Take(Counts.Of(6, pairs.Length)))
        {
            var boundaries = (await BoundariesAsync(first)).ToArray();
            random.Shuffle(boundaries);
            foreach (var after in boundaries.Take(Counts.Of(4, boundaries.Length)).Order())
            {
                promise.Tried++;
                if (await JudgeAsync(first, second, after) is not { } fault)
                    continue;
                promise.Failed++;
                faults.Add(fault);
                TestContext.Current.TestOutputHelper!.WriteLine(fault);
            }
        }
        promise.Control = ("a transaction that ends where it is held", await ControlAsync());
        promise.Record();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{promise.Tried} schedules of {Operations.Count} operations, seed {Seed}; the control found {promise.Control.Failed}"
        );
        Assert.Empty(faults);
        Assert.True(promise.Tried >= Counts.Of(20, 600), $"void: {promise.Tried} schedules");
        Assert.True(promise.Control.Failed > 0, "void: the control found nothing");
    }

    // Two administrators take each other's office: with the check and the change in one transaction one of them stays.
    async Task<int> ControlAsync()
    {
        var first = Operations.Single(one => one.Name == "take an administrator's office");
        var second = Operations.Single(one => one.Name == "take the other's office");
        var found = 0;
        foreach (var after in await BoundariesAsync(first))
            found += await JudgeAsync(first, second, after, isSplitting: true) is null ? 0 : 1;
        return found;
    }

    // After how many statements the operation can be held.
    async Task<List<int>> BoundariesAsync(InterleavedOperation operation)
    {
        await using var world = new InterleavedWorld(template);
        world.Gate.Arm(0);
        var answer = await RunAsync(operation, world);
        Assert.False(
            answer.StartsWith("broke", StringComparison.Ordinal),
            $"{operation.Name} alone: {answer}"
        );
        return world.Gate.Boundaries();
    }

    // What is wrong with what came of it, or null.
    async Task<string?> JudgeAsync(
        InterleavedOperation first,
        InterleavedOperation second,
        int after,
        bool isSplitting = false
    )
    {
        var came = await InterleaveAsync(first, second, after, isSplitting);
        var inOrder = await SerialAsync(first, second);
        var other = await SerialAsync(second, first);
        var turned = new Came(other.Second, other.First, other.State);
        if (came == inOrder || came == turned)
            return null;
        // A clean refusal: it may be tried again, and left nothing but that it was refused.
        if (IsRefusal(came.First) && await IsAsAloneAsync(second, came.Second, came.State))
            return null;
        if (IsRefusal(came.Second) && await IsAsAloneAsync(first, came.First, came.State))
            return null;
        return $"{first.Name} held after {after} statements for {second.Name}: {came.First}, {came.Second}, not as in order ({inOrder.First}, {inOrder.Second}): {Difference(came.State, inOrder.State)}; nor turned ({turned.First}, {turned.Second}): {Difference(came.State, turned.State)}";
    }

    async Task<Came> InterleaveAsync(
        InterleavedOperation first,
        InterleavedOperation second,
        int after,
        bool isSplitting
    )
    {
        await using var world = new InterleavedWorld(template, isSplitting: isSplitting);
        world.Gate.Arm(after);
        var one = Task.Run(() => RunAsync(first, world));
        await Task.WhenAny(world.Gate.Held, one);
        var other = Task.Run(() => RunAsync(second, world));
        // Without the protection nothing keeps it from its end.
        await Task.WhenAny(
            other,
            Task.Delay(isSplitting ? While * 100 : While, TestContext.Current.CancellationToken)
        );
        world.Gate.Release();
        return new(await one, await other, world.Read());
    }

    async Task<Came> SerialAsync(InterleavedOperation first, InterleavedOperation? second)
    {
        if (serial.TryGetValue((first, second), out var known))
            return known;
        await using var world = new InterleavedWorld(template);
        var one = await RunAsync(first, world);
        await world.SettledAsync();
        var other = second is null ? "" : await RunAsync(second, world);
        return serial[(first, second)] = new(one, other, world.Read());
    }

    async Task<bool> IsAsAloneAsync(InterleavedOperation operation, string answer, string state) =>
        await SerialAsync(operation, null) is var alone
        && alone.First == answer
        && WithoutRefusals(alone.State) == WithoutRefusals(state);

    static bool IsRefusal(string answer) =>
        answer.StartsWith("refused Conflict", StringComparison.Ordinal) || answer == "not now";

    // The entries that follow a refusal have another number.
    static string WithoutRefusals(string state) => Entries.Replace(Refused.Replace(state, ""), "audited");

    static async Task<string> RunAsync(InterleavedOperation operation, InterleavedWorld world)
    {
        try
        {
            return await operation.RunAsync(world);
        }
        catch (Exception e)
            when (e is StorageException
                || e is SqliteException { SqliteErrorCode: 5 }
                || e.InnerException is SqliteException { SqliteErrorCode: 5 }
            )
        {
            return "not now";
        }
        catch (Exception e)
        {
            return $"broke: {e.GetType().Name} {e.Message} at {e.StackTrace?.Split('\n')[0]}";
        }
    }

    static string Difference(string state, string other)
    {
        var lines = state.Split('\n');
        var others = other.Split('\n');
        return string.Join(
            " ",
            lines
                .Except(others)
                .Take(3)
                .Select(line => $"[+ {line}]")
                .Concat(others.Except(lines).Take(3).Select(line => $"[- {line}]"))
        );
    }

    [GeneratedRegex(@"^audited [0-9]+", RegexOptions.Multiline)]
    static partial Regex Entries { get; }

    [GeneratedRegex(@"^audited .* False .*\n|^audit: .*\n", RegexOptions.Multiline)]
    static partial Regex Refused { get; }
}
