using System.Globalization;
using System.Text.Json;
using Berthbook.Checks;
using Berthbook.Formats;

namespace Berthbook.Cli.Check;

/// <summary>Answers of checks as one run of SARIF 2.1.0, which code hosts and editors show.</summary>
sealed class CheckSarif(Utf8JsonWriter json, AskedRegistry asked, string version)
{
    const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <summary>Writes the whole log.</summary>
    public void Write(IReadOnlyList<CheckAnswer> answers, int status)
    {
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool();
        WriteInvocation(answers, status);
        // Our columns count UTF-16 code units.
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var answer in answers)
        {
            foreach (var item in answer.Items)
            {
                foreach (var finding in item.Findings)
                    WriteResult(answer, item, finding);
            }
        }
        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteString("registry", asked.Lookup.Header.Title);
        json.WriteString("registrySource", asked.SourceOf([]));
        json.WriteString("registryUpdated", asked.Lookup.Header.Updated?.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void WriteTool()
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "berth");
        json.WriteString("semanticVersion", version);
        json.WriteStartArray("rules");
        foreach (var rule in CheckRules.All)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            WriteMessage("shortDescription", rule.Summary);
            WriteMessage("fullDescription", $"{rule.Summary} {rule.Help}");
            WriteMessage("help", $"{rule.Help} Source: {rule.Source}.");
            json.WriteString("helpUri", rule.Address);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", rule.Level.Name());
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void WriteInvocation(IReadOnlyList<CheckAnswer> answers, int status)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean(
            "executionSuccessful",
            answers.All(answer => answer.Failure is null && answer.Faults.IsEmpty)
        );
        json.WriteNumber("exitCode", status);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var answer in answers)
        {
            foreach (var fault in answer.Faults)
                WriteNotification("error", fault.Message, answer, fault);
            if (answer.Failure is { } failure)
                WriteNotification("error", failure, answer, null);
            foreach (var remark in answer.Remarks)
                WriteNotification("note", remark, answer, null);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    void WriteNotification(string level, string words, CheckAnswer answer, Problem? place)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        WriteMessage("message", words);
        if (answer.Kind != CheckKind.Host)
        {
            json.WriteStartArray("locations");
            json.WriteStartObject();
            WritePlace(answer, place?.Line ?? 0, place?.Column ?? 0);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    void WriteResult(CheckAnswer answer, CheckItem item, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", CheckRules.All.IndexOf(finding.Rule));
        json.WriteString("level", finding.Level.Name());
        WriteMessage("message", Words(item, finding));
        json.WriteStartArray("locations");
        json.WriteStartObject();
        if (item.Socket is { } socket)
            WriteSocket(socket);
        else
            WritePlace(answer, item.Line, item.Column);
        json.WriteEndObject();
        json.WriteEndArray();
        // The same finding next time, though lines were added above it.
        json.WriteStartObject("partialFingerprints");
        json.WriteString(
            "berthFinding/v1",
            $"{finding.Rule} {item.Place} {item.Subject ?? item.Socket?.Address.ToString()}"
        );
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // A result stands alone, where a table has the number and the process in columns beside it.
    static string Words(CheckItem item, Finding finding)
    {
        var words = item.Place.Length == 0 ? finding.Message : $"{item.Place}: {finding.Message}";
        return item.Socket?.Process is { } process
            ? $"{words} (socket of {process.Name}, process {process.Id})"
            : words;
    }

    void WriteSocket(ListeningSocket socket)
    {
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", socket.ToString());
        json.WriteString(
            "fullyQualifiedName",
            string.Create(CultureInfo.InvariantCulture, $"net:[{socket.Namespace.Id}]/{socket}")
        );
        json.WriteString("kind", "socket");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    void WritePlace(CheckAnswer answer, int line, int column)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(answer));
        json.WriteEndObject();
        if (line > 0)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", line);
            if (column > 0)
                json.WriteNumber("startColumn", column);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static string UriOf(CheckAnswer answer) =>
        answer.Query == "-" ? "stdin"
        : Path.IsPathFullyQualified(answer.Query) ? new Uri(answer.Query).AbsoluteUri
        : string.Join('/', answer.Query.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));

    void WriteMessage(string name, string words)
    {
        json.WriteStartObject(name);
        json.WriteString("text", words);
        json.WriteEndObject();
    }
}
