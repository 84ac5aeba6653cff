using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Berthbook.Answers;
using Berthbook.Cli.Local;
using Berthbook.Formats;
using Berthbook.Programs;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Cli.Request;

/// <summary>Who says what the rules say of a request: the local copy, or a server.</summary>
abstract class RequestChecker
{
    /// <summary>Where the answers come from.</summary>
    public abstract string Source { get; }

    /// <summary>What to tell who asks, on the standard error; or null.</summary>
    public virtual string? Remark => null;

    /// <summary>What came of a document of a file.</summary>
    public CheckedDocument Check(string file, StreamedDocument document)
    {
        var read = RequestFormat.Read(document.Bytes);
        var faults = read.Faults;
        var verdict = read.Document is { } request
            ? Ask(request, document.Bytes, out faults)
            : (JsonElement?)null;
        return new(file, document.Line, verdict, [.. faults.Select(fault => In(document, fault))]);
    }

    /// <summary>The verdict, as the API has it; null with faults where the document is not valid there.</summary>
    protected abstract JsonElement? Ask(
        RequestDocument request,
        ReadOnlyMemory<byte> bytes,
        out ImmutableArray<Problem> faults
    );

    /// <summary>A place of the document as a place of the file.</summary>
    public static Problem In(StreamedDocument document, Problem fault) =>
        fault with
        {
            Line = fault.Line + document.Line - 1,
            Column = fault.Line == 1 ? fault.Column + document.Column - 1 : fault.Column,
        };

    /// <summary>The rules held against the local copy, or against what there is without one.</summary>
    public sealed class Local : RequestChecker
    {
        readonly RuleBasis basis;
        readonly DateOnly today;
        readonly string? applyAddress;

        public Local(string folder, TimeProvider clock)
        {
            // The journal, since the index leaves out what only effects ask for.
            var history = LocalCopy.Read(folder);
            if (history is { Current: { } registry, Revisions: [.., var last] })
                (basis, Source) = (new(new(registry), null, history), LocalIndex.WordsOf(last));
            else
            {
                var asked = WithoutCopy.Open();
                (basis, Source, Remark) = (new(asked.Index), asked.SourceOf([]), asked.Remark);
            }
            today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            applyAddress = ExportForms.ProfileOf(basis.Registry.Header, null, "its publisher").ApplyAddress;
        }

        public override string Source { get; }

        public override string? Remark { get; }

        protected override JsonElement? Ask(
            RequestDocument request,
            ReadOnlyMemory<byte> bytes,
            out ImmutableArray<Problem> faults
        )
        {
            faults = [];
            var verdict = RuleBook.Standard.Check(basis, request, today);
            return JsonSerializer.SerializeToElement(
                VerdictReply.Of(verdict, basis.Settings, applyAddress),
                AnswerJson.Default.VerdictReply
            );
        }
    }

    /// <summary>The rules as a server applies them.</summary>
    public sealed class Remote(ServerCalls calls) : RequestChecker
    {
        public override string Source => calls.Authority;

        protected override JsonElement? Ask(
            RequestDocument request,
            ReadOnlyMemory<byte> bytes,
            out ImmutableArray<Problem> faults
        )
        {
            var (status, answer) = calls.Post("requests/check", bytes);
            faults =
                status == HttpStatusCode.OK
                    ? []
                    :
                    [
                        .. answer
                            .GetProperty("faults")
                            .EnumerateArray()
                            .Select(fault => new Problem(
                                fault.GetProperty("line").GetInt32(),
                                fault.GetProperty("column").GetInt32(),
                                fault.GetProperty("field").GetString() ?? "",
                                fault.GetProperty("message").GetString()!
                            )),
                    ];
            return status == HttpStatusCode.OK ? answer : null;
        }
    }
}
