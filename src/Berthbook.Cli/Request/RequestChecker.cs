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

    // A place of the document as a place of the file.
    static Problem In(StreamedDocument document, Problem fault) =>
        fault with
        {
            Line = fault.Line + document.Line - 1,
            Column = fault.Line == 1 ? fault.Column + document.Column - 1 : fault.Column,
        };

    /// <summary>The rules held against the local copy, or against what there is without one.</summary>
    public sealed class Local : RequestChecker
    {
        readonly AskedRegistry asked;
        readonly RuleBasis basis;
        readonly DateOnly today;
        readonly string? applyAddress;

        public Local(string folder, Action<string> complain, TimeProvider clock)
        {
            asked = AskedRegistry.Open(folder, complain);
            basis = new(asked.Index, null, asked.IsWhole ? LocalCopy.Read(folder) : null);
            today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            applyAddress = ExportForms.ProfileOf(asked.Lookup.Header, null, "its publisher").ApplyAddress;
        }

        public override string Source => asked.SourceOf([]);

        public override string? Remark => asked.Remark;

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
