using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Berthbook.Mail;

/// <summary>How a sink treats the next letter.</summary>
enum Treatment
{
    /// <summary>Takes it and says so.</summary>
    Take,

    /// <summary>Refuses the recipient for now (451).</summary>
    RefuseNow,

    /// <summary>Refuses the recipient for good (550).</summary>
    RefuseForGood,

    /// <summary>Refuses the sender (530).</summary>
    RefuseSender,

    /// <summary>Takes the text, refuses it for good (554).</summary>
    RefuseText,

    /// <summary>Drops the connection before the final dot.</summary>
    DropBeforeDot,

    /// <summary>Has the whole letter, but drops the connection instead of saying so.</summary>
    DropAfterDot,
}

/// <summary>A relay on a real socket of this machine: records the letters that it has whole, and treats them as told.</summary>
sealed class SmtpSink : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource ending = new();
    readonly ConcurrentQueue<Treatment> treatments = new();
    readonly ConcurrentBag<Task> conversations = [];
    readonly Lock changing = new();
    readonly List<Received> received = [];
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int connections;
    Task listening = Task.CompletedTask;

    /// <summary>A letter that the sink has whole.</summary>
    /// <param name="From">Of the envelope.</param>
    /// <param name="To">Of the envelope, each once.</param>
    /// <param name="Text">The bytes between DATA and the final dot.</param>
    /// <param name="IsAcknowledged">Whether the sender was told that it is taken.</param>
    public sealed record Received(string From, IReadOnlyList<string> To, byte[] Text, bool IsAcknowledged)
    {
        public MimeMessage Message => MimeMessage.Load(new MemoryStream(Text));
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Address => $"smtp://127.0.0.1:{Port}";

    /// <summary>How often somebody connected.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Runs on each letter before it is acknowledged.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    public IReadOnlyList<Received> All
    {
        get
        {
            lock (changing)
                return [.. received];
        }
    }

    public static SmtpSink Start(params IEnumerable<Treatment> treatments)
    {
        var sink = new SmtpSink();
        foreach (var treatment in treatments)
            sink.Next(treatment);
        sink.listener.Start();
        sink.listening = sink.ListenAsync();
        return sink;
    }

    /// <summary>How the next letter that nothing was told about is treated; else it is taken.</summary>
    public void Next(Treatment treatment) => treatments.Enqueue(treatment);

    /// <summary>Waits until there are so many letters, or something else holds of what there is.</summary>
    public async Task<IReadOnlyList<Received>> WaitAsync(Func<SmtpSink, bool> isReached)
    {
        while (true)
        {
            Task next;
            lock (changing)
                next = changed.Task;
            if (isReached(this))
                return All;
            await next.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
    }

    public Task<IReadOnlyList<Received>> WaitAsync(int count) => WaitAsync(sink => sink.All.Count >= count);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await listening;
        await Task.WhenAll(conversations);
        ending.Dispose();
    }

    async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(ending.Token);
                Interlocked.Increment(ref connections);
                conversations.Add(SpeakAsync(client));
            }
        }
        catch (Exception e)
            when (e is OperationCanceledException or SocketException or ObjectDisposedException) { }
    }

    async Task SpeakAsync(TcpClient client)
    {
        using var open = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, Encoding.Latin1)
            {
                NewLine = "\r\n",
                AutoFlush = true,
            };
            await ConverseAsync(reader, writer);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException) { }
    }

    async Task ConverseAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("220 sink ESMTP");
        var from = "";
        List<string> to = [];
        Treatment? treatment = null;
        while (await reader.ReadLineAsync(ending.Token) is { } line)
        {
            var verb = line.Split([' ', ':'])[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-sink\r\n250-8BITMIME\r\n250 SIZE 1000000");
                    break;
                case "MAIL":
                    (from, to) = (Between(line), []);
                    treatment = treatments.TryDequeue(out var told) ? told : Treatment.Take;
                    await writer.WriteLineAsync(
                        treatment == Treatment.RefuseSender ? "530 5.7.0 not from you" : "250 ok"
                    );
                    Tell();
                    break;
                case "RCPT":
                    to.Add(Between(line));
                    await writer.WriteLineAsync(
                        treatment == Treatment.RefuseNow ? "451 4.2.1 not now"
                        : treatment == Treatment.RefuseForGood ? "550 5.1.1 nobody is called so"
                        : "250 ok"
                    );
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    if (treatment == Treatment.DropBeforeDot)
                    {
                        await reader.ReadLineAsync(ending.Token);
                        Tell();
                        return;
                    }
                    var text = await ReadTextAsync(reader);
                    if (text is null)
                        return;
                    if (treatment == Treatment.RefuseText)
                    {
                        await writer.WriteLineAsync("554 5.6.0 not such a text");
                        break;
                    }
                    Add(new(from, to, text, treatment != Treatment.DropAfterDot));
                    if (BeforeAnswer is { } before)
                        await before();
                    if (treatment == Treatment.DropAfterDot)
                        return;
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                case "RSET" or "NOOP":
                    await writer.WriteLineAsync("250 ok");
                    break;
                default:
                    await writer.WriteLineAsync("502 no");
                    break;
            }
        }
    }

    async Task<byte[]?> ReadTextAsync(StreamReader reader)
    {
        var text = new MemoryStream();
        while (await reader.ReadLineAsync(ending.Token) is { } line)
        {
            if (line == ".")
                return text.ToArray();
            text.Write(Encoding.Latin1.GetBytes(line.StartsWith('.') ? line[1..] : line));
            text.Write("\r\n"u8);
        }
        return null;
    }

    static string Between(string line) => line[(line.IndexOf('<') + 1)..line.IndexOf('>')];

    void Add(Received letter)
    {
        lock (changing)
            received.Add(letter);
        Tell();
    }

    void Tell()
    {
        lock (changing)
        {
            var was = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            was.SetResult();
        }
    }
}
