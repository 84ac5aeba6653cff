using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Berthbook.Faults;

/// <summary>The real server as a process on a folder, to be killed; every program is started here, so only those are ended.</summary>
sealed class ServerProcess : IDisposable
{
    readonly Process process;
    readonly List<string> output = [];

    ServerProcess(Process process, string url)
    {
        this.process = process;
        Url = url;
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new(url),
            Timeout = TimeSpan.FromSeconds(30),
        };
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Url { get; }

    public HttpClient Client { get; }

    /// <summary>How long it took to be ready.</summary>
    public TimeSpan Ready { get; private set; }

    public string Output
    {
        get
        {
            lock (output)
                return string.Join('\n', output);
        }
    }

    /// <summary>Starts a program of this folder, with words in which <c>{url}</c> stands for its address; waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(
        string program,
        IEnumerable<string> arguments,
        params IEnumerable<(string Name, string Value)> environment
    )
    {
        var start = Stopwatch.GetTimestamp();
        var url = $"http://127.0.0.1:{FreePort()}";
        var info = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, program),
            arguments.Select(word => word.Replace("{url}", url, StringComparison.Ordinal))
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        var server = new ServerProcess(Process.Start(info)!, url);
        while (!await server.IsReadyAsync())
        {
            if (server.process.HasExited || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(60))
                Assert.Fail($"{program} is not ready: {server.Output}");
            await Task.Delay(20);
        }
        server.Ready = Stopwatch.GetElapsedTime(start);
        return server;
    }

    /// <summary>What <c>/readyz</c> says.</summary>
    public async Task<JsonNode> ReadinessAsync() =>
        JsonNode.Parse(await Client.GetStringAsync("/readyz", TestContext.Current.CancellationToken))!;

    /// <summary>Ends it at once, as the kernel does: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        Client.Dispose();
        process.Dispose();
    }

    async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Client.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    void Note(string? line)
    {
        lock (output)
        {
            if (line is not null)
                output.Add(line);
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
