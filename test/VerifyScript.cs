using System.Diagnostics;

namespace Berthbook;

/// <summary>Runs <c>scripts/verify-journal.py</c>, a stranger's check of journal and audit.</summary>
static class VerifyScript
{
    /// <summary>Its exit status and all that it says; the test is skipped outside the repository.</summary>
    public static async Task<(int Status, string Words)> RunAsync(params string[] files)
    {
        var script = Find();
        Assert.SkipWhen(script is null, "the tests run outside the repository");
        using var process = Process.Start(
            new ProcessStartInfo("python3", [script!, .. files])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var words = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        words += await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, words);
    }

    static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var script = Path.Combine(at.FullName, "scripts", "verify-journal.py");
            if (File.Exists(script))
                return script;
        }
        return null;
    }
}
