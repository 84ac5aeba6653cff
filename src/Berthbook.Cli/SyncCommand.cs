using System.CommandLine;
using Berthbook.Cli.Local;
using Berthbook.Cli.Output;
using Berthbook.Formats;
using Berthbook.Programs;
using Berthbook.Programs.Upstream;

namespace Berthbook.Cli;

/// <summary><c>sync [URL]</c>: brings the local copy to where the upstream is.</summary>
static class SyncCommand
{
    const int UsualSeconds = 600;

    const string Examples = """
        Examples:
          berth sync                        IANA's registry
          berth sync https://ports.example/assignments/service-names-port-numbers/
                service-names-port-numbers.xml   another Berthbook's (one word)
          berth sync --accept               take the file that was held back

        Asks only for what changed since the last time. A file that drops or
        changes more than 5 % of the records is held back (exit status 1). Where
        anything is wrong, the local copy stays as it is.
        """;

    public static Command Create(CommandLine line)
    {
        var url = new Argument<string?>("URL")
        {
            Description = "Where the file is: XML, CSV or JSON (IANA's XML)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var accept = new Option<bool>("--accept")
        {
            Description = "Take the file that was held back, without asking the upstream again",
        };
        var timeout = new Option<int>("--timeout")
        {
            HelpName = "SECONDS",
            Description = $"How long the download may take in all ({UsualSeconds})",
            DefaultValueFactory = _ => UsualSeconds,
        };
        var command = new Command("sync", "Fetch the registry, or what is new in it")
        {
            url,
            accept,
            timeout,
        };
        line.OnRun(
            command,
            Examples,
            (call, cancellation) =>
                RunAsync(
                    call,
                    call.Parsed.GetValue(url),
                    call.Parsed.GetValue(accept),
                    call.Parsed.GetValue(timeout),
                    cancellation
                )
        );
        return command;
    }

    static async Task<int> RunAsync(
        CommandCall call,
        string? url,
        bool accept,
        int seconds,
        CancellationToken cancellation
    )
    {
        var upstream = UpstreamDownload.Iana;
        if (url is not null && !TryAddress(url, out upstream))
        {
            call.Terminal.Complain(
                $"sync takes an address that begins with http:// or https://, not '{url}'"
            );
            return ExitStatus.Usage;
        }
        if (seconds is < 1 or > 86_400)
        {
            call.Terminal.Complain("--timeout takes 1 to 86400 seconds");
            return ExitStatus.Usage;
        }
        using var copy = await LocalCopy.OpenAsync(call.Folder, TimeProvider.System);
        // Who types an address means it, wherever it leads.
        var limits = new DownloadLimits(
            new ReadLimits().MaxBytes,
            TimeSpan.FromSeconds(seconds),
            AllowsPrivate: url is not null,
            "berth"
        );
        var synchronizing = new Synchronizing(copy, upstream, limits, TimeProvider.System);
        var answer = accept ? synchronizing.Accept() : await synchronizing.AskAsync(cancellation);
        var status = answer.Tell(call);
        if (call.Printer.Form == Form.Json)
            call.Printer.PrintJson(json => ImportAnswer.Write(json, [answer]));
        return status;
    }

    static bool TryAddress(string url, out Uri address)
    {
        var isAddress = Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
        address = isAddress ? uri! : UpstreamDownload.Iana;
        return isAddress;
    }
}
