using System.Diagnostics;

namespace Berthbook;

/// <summary>Runs a script of the folder <c>scripts</c> as a user would.</summary>
static class RepositoryScript
{
    /// <summary>Its exit status, and what it printed; the test is skipped outside the repository.</summary>
    public static async Task<(int Status, string Output, string Errors)> RunAsync(
        string name,
        params string[] arguments
    )
    {
        var script = Find(name);
        Assert.SkipWhen(script is null, "the tests run outside the repository");
        using var process = Process.Start(
            new ProcessStartInfo("python3", [script!, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    static string? Find(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var script = Path.Combine(at.FullName, "scripts", name);
            if (File.Exists(script))
                return script;
        }
        return null;
    }
}
