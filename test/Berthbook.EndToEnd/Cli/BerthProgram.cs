using System.Diagnostics;

namespace Berthbook.Cli;

/// <summary>What a run of the program came to.</summary>
sealed record Ran(int Status, byte[] Bytes, string Error)
{
    /// <summary>The output as text.</summary>
    public string Output => System.Text.Encoding.UTF8.GetString(Bytes);

    /// <summary>The lines of the output.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>
/// The real program <c>berth</c>, with a home of its own: the file that BERTHBOOK_BERTH names, which <c>./check</c> has
/// published, else the build that runs on the installed .NET.
/// </summary>
sealed class BerthProgram : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("berthbook-");

    /// <summary>The published program, or null where there is none.</summary>
    public static string? Published =>
        Environment.GetEnvironmentVariable("BERTHBOOK_BERTH") is { Length: > 0 } path ? path : null;

    /// <summary>The program that runs.</summary>
    public static string Path => Published ?? System.IO.Path.Combine(Built, "berth");

    /// <summary>A folder that goes with this.</summary>
    public string Folder => folder.FullName;

    /// <summary>The folder of the local copy, where nothing else is said.</summary>
    public string Data => In("home/.local/share/berthbook/local");

    /// <summary>Environment variables beside the usual ones.</summary>
    public Dictionary<string, string> Environments { get; } = [];

    /// <summary>A path in the folder.</summary>
    public string In(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>A file in the folder.</summary>
    public string File(string name, byte[] content)
    {
        var path = In(name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Runs it with arguments and nothing on the standard input.</summary>
    public Task<Ran> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>Runs it with bytes on the standard input.</summary>
    public async Task<Ran> RunAsync(byte[] input, params string[] arguments)
    {
        using var process = Start(Path, arguments);
        return await EndAsync(process, input);
    }

    /// <summary>Runs a line of bash, in which <c>berth</c> is the program.</summary>
    public async Task<Ran> ShellAsync(string line)
    {
        using var process = Start("bash", ["-c", line]);
        return await EndAsync(process, []);
    }

    /// <summary>Starts a program in the folder.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var home = In("home");
        Directory.CreateDirectory(home);
        start.Environment["HOME"] = home;
        start.Environment["PATH"] = $"{System.IO.Path.GetDirectoryName(Path)}:{start.Environment["PATH"]}";
        start.Environment.Remove("XDG_DATA_HOME");
        // A runtime that compiles while it runs maps a large file, which a limit of file sizes would end.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        foreach (var (name, value) in Environments)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of a program.</summary>
    public static async Task<Ran> EndAsync(Process process, byte[] input)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output, cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all.
        }
        await process.WaitForExitAsync(cancellation);
        await reading;
        return new(process.ExitCode, output.ToArray(), await error);
    }

    public void Dispose() => folder.Delete(recursive: true);

    // artifacts/bin/Berthbook.EndToEnd/debug: the same pivot of the program.
    static string Built
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
            return System.IO.Path.Combine(own.Parent!.Parent!.FullName, "Berthbook.Cli", own.Name);
        }
    }
}
