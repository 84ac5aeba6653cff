using System.Text;
using System.Text.Json;
using Berthbook.Cli.Lookup;
using Berthbook.Cli.Output;
using Berthbook.Formats;
using Berthbook.Programs;

namespace Berthbook.Cli.Request;

/// <summary>One run of <c>request check</c>: documents in, verdicts out, the worst exit status.</summary>
/// <param name="checker">Who answers.</param>
/// <param name="printer">Where answers go.</param>
/// <param name="tell">Takes a line about what is wrong.</param>
/// <param name="openInput">Opens the standard input.</param>
sealed class RequestRun(RequestChecker checker, Printer printer, Action<string> tell, Func<Stream> openInput)
{
    const string Input = "-";

    int status;
    int faults;

    /// <summary>Checks the documents of files; <c>-</c> stands for those of the standard input.</summary>
    public int Check(string[] files)
    {
        var documents = files.SelectMany(Documents);
        if (printer.Form == Form.Json)
            printer.PrintJsonArray(documents, Write);
        else
        {
            var isFirst = true;
            foreach (var document in documents)
            {
                if (!Print(document, isFirst))
                    break;
                isFirst = false;
            }
        }
        if (faults > ReadResult.MaxProblems)
            tell($"berth: {faults:N0} faults in all, the first {ReadResult.MaxProblems} are told");
        if (checker.Remark is { } remark)
            tell($"berth: {remark}");
        return status;
    }

    IEnumerable<CheckedDocument> Documents(string path)
    {
        Stream file;
        try
        {
            file = path == Input ? openInput() : File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tell($"berth: {e.Message}");
            Worsen(ExitStatus.Failure);
            yield break;
        }
        using (file)
        {
            var stream = new DocumentStream(file);
            while (stream.Read() is { } document)
                yield return Judge(checker.Check(path, document));
        }
    }

    CheckedDocument Judge(CheckedDocument document)
    {
        foreach (var fault in document.Faults)
        {
            if (++faults <= ReadResult.MaxProblems)
                tell($"{document.File}:{fault}");
        }
        Worsen(
            document.Verdict is null ? ExitStatus.Invalid
            : document.ToMend > 0 ? ExitStatus.Finding
            : ExitStatus.Done
        );
        return document;
    }

    bool Print(CheckedDocument document, bool isFirst)
    {
        var text = new StringBuilder();
        if (printer.Form == Form.Tabs)
            SheetText.AppendTabs(text, RequestSheets.ForPipe(document));
        else
            RequestSheets.Append(text, document, printer, isFirst);
        return text.Length == 0 || printer.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    void Write(Utf8JsonWriter json, CheckedDocument document)
    {
        json.WriteStartObject();
        json.WriteString("query", document.File);
        json.WriteNumber("line", document.Line);
        json.WriteBoolean("found", document.Verdict is not null);
        json.WriteString("source", checker.Source);
        if (document.Verdict is { } verdict)
            AnswerMembers.Write(json, verdict);
        else
        {
            json.WriteNull("procedure");
            foreach (var list in (string[])["findings", "effect", "next"])
            {
                json.WriteStartArray(list);
                json.WriteEndArray();
            }
        }
        json.WriteStartArray("faults");
        foreach (var fault in document.Faults)
        {
            json.WriteStartObject();
            json.WriteNumber("line", fault.Line);
            json.WriteNumber("column", fault.Column);
            json.WriteString("field", fault.Field);
            json.WriteString("message", fault.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void Worsen(int other) => status = Math.Max(status, other);
}
