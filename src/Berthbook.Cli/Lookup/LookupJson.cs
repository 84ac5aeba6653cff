using System.Text.Json;
using Berthbook.Answers;

namespace Berthbook.Cli.Lookup;

/// <summary>Answers as JSON: the API's shapes, with the question, whether it was found, and the source.</summary>
sealed class LookupJson(AskedRegistry asked)
{
    /// <summary>Writes one object.</summary>
    public void Write(Utf8JsonWriter json, LookupQuestion question, LookupAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("query", question.Text);
        json.WriteBoolean("found", answer.IsFound);
        json.WriteString("source", answer.Rows[0].Source);
        if (answer.IsFound)
            WriteFound(json, question);
        else
        {
            json.WriteString("why", answer.Rows[0].Description);
            json.WriteStartArray("near");
            foreach (var name in answer.Near)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>Writes the object of a question that is none.</summary>
    public static void WriteFault(Utf8JsonWriter json, string text, string why)
    {
        json.WriteStartObject();
        json.WriteString("query", text);
        json.WriteBoolean("found", false);
        json.WriteNull("source");
        json.WriteString("why", why);
        json.WriteStartArray("near");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void WriteFound(Utf8JsonWriter json, LookupQuestion question)
    {
        if (question.Ports is { IsSingle: false } ports)
        {
            WriteRange(json, ports);
            return;
        }
        var reply = (question.Ports, question.Transport) switch
        {
            ({ } port, { } transport) => JsonSerializer.SerializeToElement(
                TransportReply.Of(asked.Index.Status(port.First, transport)),
                AnswerJson.Default.TransportReply
            ),
            ({ } port, null) => JsonSerializer.SerializeToElement(
                PortReply.Of(asked.Index, port.First),
                AnswerJson.Default.PortReply
            ),
            _ => JsonSerializer.SerializeToElement(OfName(question), AnswerJson.Default.ServiceReply),
        };
        foreach (var member in reply.EnumerateObject())
            member.WriteTo(json);
    }

    ServiceReply OfName(LookupQuestion question)
    {
        var reply = ServiceReply.Of(ServiceFacts.Find(asked.Index, question.Name!)!);
        return question.Transport is { } transport
            ? reply with
            {
                Records = [.. reply.Records.Where(record => record.Transport == transport)],
            }
            : reply;
    }

    void WriteRange(Utf8JsonWriter json, PortRange ports)
    {
        json.WriteNumber("from", ports.First.Value);
        json.WriteNumber("to", ports.Last.Value);
        json.WriteStartArray("items");
        foreach (var run in PortRun.From(asked.Index, ports.First))
        {
            if (run.First.Value > ports.Last.Value)
                break;
            var cut = run.Last.Value > ports.Last.Value ? new PortRun(run.First, ports.Last) : run;
            JsonSerializer.Serialize(
                json,
                PortRunReply.Of(asked.Index, cut),
                AnswerJson.Default.PortRunReply
            );
        }
        json.WriteEndArray();
    }
}
