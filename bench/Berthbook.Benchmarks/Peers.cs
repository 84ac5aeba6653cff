using System.Text;
using System.Xml;

namespace Berthbook.Benchmarks;

/// <summary>What a .NET program does with the framework alone.</summary>
static class Peers
{
    sealed class PlainRecord
    {
        public string? Name,
            Number,
            Protocol,
            Description,
            Note,
            Unauthorized,
            Code,
            Date,
            Updated;
        public List<(string Type, string Data, string Text)> References = [];
        public List<(string Type, string Data, string Text)> Assignee = [];
    }

    sealed class PlainPerson
    {
        public string? Id,
            Name,
            Organization,
            Updated;
        public List<string> Uris = [];
    }

    /// <summary>A bare XmlReader loop that makes record objects.</summary>
    public static int ReadWithXmlReader(byte[] xml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var reader = XmlReader.Create(new MemoryStream(xml), settings);
        var records = new List<PlainRecord>();
        var people = new List<PlainPerson>();
        PlainRecord? record = null;
        PlainPerson? person = null;
        var text = new StringBuilder();
        var isAssignee = false;
        (string Type, string Data) reference = ("", "");
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    switch (reader.LocalName)
                    {
                        case "record":
                            records.Add(
                                record = new()
                                {
                                    Date = reader.GetAttribute("date"),
                                    Updated = reader.GetAttribute("updated"),
                                }
                            );
                            break;
                        case "person":
                            people.Add(person = new() { Id = reader.GetAttribute("id") });
                            break;
                        case "assignee":
                            isAssignee = true;
                            break;
                        case "xref":
                            reference = (
                                reader.GetAttribute("type") ?? "",
                                reader.GetAttribute("data") ?? ""
                            );
                            if (reader.IsEmptyElement && record is not null)
                                (isAssignee ? record.Assignee : record.References).Add(
                                    (reference.Type, reference.Data, "")
                                );
                            continue;
                        default:
                            break;
                    }
                    text.Clear();
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace:
                    text.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    var value = text.ToString();
                    switch (reader.LocalName)
                    {
                        case "assignee":
                            isAssignee = false;
                            break;
                        case "name" when person is not null:
                            person.Name = value;
                            break;
                        case "name" when record is not null:
                            record.Name = value;
                            break;
                        case "number" when record is not null:
                            record.Number = value;
                            break;
                        case "protocol" when record is not null:
                            record.Protocol = value;
                            break;
                        case "description" when record is not null:
                            record.Description = value;
                            break;
                        case "note" when record is not null:
                            record.Note = value;
                            break;
                        case "unauthorized" when record is not null:
                            record.Unauthorized = value;
                            break;
                        case "sc" when record is not null:
                            record.Code = value;
                            break;
                        case "org" when person is not null:
                            person.Organization = value;
                            break;
                        case "uri" when person is not null:
                            person.Uris.Add(value);
                            break;
                        case "updated" when person is not null:
                            person.Updated = value;
                            break;
                        case "xref" when record is not null:
                            (isAssignee ? record.Assignee : record.References).Add(
                                (reference.Type, reference.Data, value)
                            );
                            break;
                        default:
                            break;
                    }
                    break;
                default:
                    break;
            }
        }
        return records.Count + people.Count;
    }

    /// <summary>The cells of the table, written with a StreamWriter.</summary>
    public static long WriteWithStreamWriter(string[][] rows, MemoryStream stream)
    {
        stream.SetLength(0);
        using (var writer = new StreamWriter(stream, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    if (i > 0)
                        writer.Write(',');
                    var cell = row[i];
                    if (cell.AsSpan().IndexOfAny(",\"\n\r") < 0)
                        writer.Write(cell);
                    else
                    {
                        writer.Write('"');
                        writer.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
                        writer.Write('"');
                    }
                }
                writer.Write("\r\n");
            }
        }
        return stream.Length;
    }

    /// <summary>The registry's XML with an indenting XmlWriter.</summary>
    public static long WriteWithXmlWriter(Registry registry, MemoryStream stream)
    {
        const string space = "http://www.iana.org/assignments";
        stream.SetLength(0);
        var settings = new XmlWriterSettings
        {
            Indent = true,
            Encoding = new UTF8Encoding(false),
            NewLineChars = "\n",
        };
        using (var writer = XmlWriter.Create(stream, settings))
        {
            writer.WriteStartElement("registry", space);
            writer.WriteAttributeString("id", registry.Header.Id);
            foreach (var record in registry.Records)
            {
                writer.WriteStartElement("record", space);
                if (record.Registered is { } registered)
                    writer.WriteAttributeString("date", registered.ToString());
                if (record.Modified is { } modified)
                    writer.WriteAttributeString("updated", modified.ToString());
                if (record.Name is { } name)
                    writer.WriteElementString("name", space, name.Text);
                if (record.Transport is { } transport)
                    writer.WriteElementString("protocol", space, transport.Name());
                if (!record.Assignee.IsDefault)
                {
                    writer.WriteStartElement("assignee", space);
                    foreach (var reference in record.Assignee)
                        Write(writer, reference);
                    writer.WriteEndElement();
                }
                foreach (var reference in record.Contacts)
                    Write(writer, reference);
                writer.WriteElementString("description", space, record.Description.Flat);
                if (record.Number is { } number)
                    writer.WriteElementString("number", space, number.ToString());
                foreach (var reference in record.References)
                    Write(writer, reference);
                if (record.Unauthorized is { } unauthorized)
                    writer.WriteElementString("unauthorized", space, unauthorized);
                if (record.Note is { } note)
                    writer.WriteElementString("note", space, note.Flat);
                writer.WriteEndElement();
            }
            writer.WriteStartElement("people", space);
            foreach (var contact in registry.Contacts)
            {
                writer.WriteStartElement("person", space);
                writer.WriteAttributeString("id", contact.Id);
                if (contact.Name is { } name)
                    writer.WriteElementString("name", space, name);
                if (contact.Organization is { } organization)
                    writer.WriteElementString("org", space, organization);
                foreach (var uri in contact.Uris)
                    writer.WriteElementString("uri", space, uri);
                if (contact.Updated is { } updated)
                    writer.WriteElementString("updated", space, updated.ToString());
                writer.WriteEndElement();
            }
            writer.WriteEndElement();
            writer.WriteEndElement();
        }
        return stream.Length;

        static void Write(XmlWriter writer, Reference reference)
        {
            writer.WriteStartElement("xref", space);
            writer.WriteAttributeString("type", reference.TypeName);
            writer.WriteAttributeString("data", reference.Data);
            if (reference.Text is { } text)
                writer.WriteString(text);
            writer.WriteEndElement();
        }
    }
}
