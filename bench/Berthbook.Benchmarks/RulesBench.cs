using System.Globalization;
using System.Text.Json;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Benchmarks;

/// <summary>
/// Full checks of requests, with findings, procedure, effect and next steps, on the whole registry: the requests that the
/// rules are tested with (<c>test/Berthbook.Tests/Rules/Cases</c>), one by one and a thousand in a batch.
/// </summary>
static class RulesBench
{
    const int Repeats = 1_000;
    const int Batch = 1_000;
    const string Cases = "test/Berthbook.Tests/Rules/Cases";
    static readonly DateOnly Today = new(2026, 8, 18);

    public static void Run(Measured measured)
    {
        var basis = new RuleBasis(new(measured.Registry));
        var requests = Directory
            .EnumerateFiles(Cases, "*.json")
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileNameWithoutExtension(path), Read(path)))
            .ToList();
        Each(measured, basis, requests);
        Together(measured, basis, [.. requests.Select(request => request.Item2)]);
    }

    static void Each(
        Measured measured,
        RuleBasis basis,
        List<(string Name, RequestDocument Document)> requests
    )
    {
        var times = Rounds.Of(
            Math.Min(measured.Rounds, 7),
            [
                .. requests.Select(request => new Case(
                    request.Name,
                    () => Repeat(() => RuleBook.Standard.Check(basis, request.Document, Today))
                )),
            ]
        );
        Console.WriteLine(
            $"### One full check, {basis.Registry.Records.Length:N0} records, us\n\n| request | median | fastest | KB allocated | findings | changes |\n|---|---|---|---|---|---|"
        );
        foreach (var (name, document) in requests)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var verdict = RuleBook.Standard.Check(basis, document, Today);
            var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0;
            var (median, fastest) = times[name];
            Console.WriteLine(
                Row(
                    $"| {name} | {median * 1000 / Repeats:f1} | {fastest * 1000 / Repeats:f1} | {allocated:f0} | {verdict.Findings.Length} | {verdict.Effect?.Changes.Length ?? 0} |"
                )
            );
        }
        Console.WriteLine();
    }

    // A thousand in a row, from their bytes; each knows a hundred that wait.
    static void Together(Measured measured, RuleBasis basis, RequestDocument[] documents)
    {
        var bytes = documents.Select(RequestFormat.Write).ToArray();
        var pending = Enumerable
            .Range(1, 100)
            .Select(i => new PendingRequest(
                i,
                new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero),
                documents[i % documents.Length]
            ))
            .ToArray();
        var times = Rounds.Of(
            Math.Min(measured.Rounds, 7),
            new(
                "check",
                () =>
                    Times(Batch, i => RuleBook.Standard.Check(basis, documents[i % documents.Length], Today))
            ),
            new(
                "check, 100 requests pending",
                () =>
                    Times(
                        Batch,
                        i =>
                            RuleBook.Standard.Check(
                                basis,
                                documents[i % documents.Length],
                                Today,
                                [.. pending]
                            )
                    )
            ),
            new(
                "read and check",
                () =>
                    Times(
                        Batch,
                        i =>
                            RuleBook.Standard.Check(
                                basis,
                                RequestFormat.Read(bytes[i % bytes.Length]).Document!,
                                Today
                            )
                    )
            )
        );
        Rounds.Print($"{Batch:N0} requests in one batch, findings and effect", times, "check");
    }

    static RequestDocument Read(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var json = JsonSerializer.SerializeToUtf8Bytes(file.RootElement.GetProperty("request"));
        return RequestFormat.Read(json).Document
            ?? throw new InvalidOperationException($"{path} is no request document");
    }

    static void Repeat(Func<Verdict> check) => Times(Repeats, _ => check());

    static void Times(int count, Func<int, Verdict> check)
    {
        var findings = 0;
        for (var i = 0; i < count; i++)
            findings += check(i).Findings.Length;
        GC.KeepAlive(findings);
    }

    static string Row(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
