using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Berthbook.Cli.Output;

/// <summary>Where a command's answer goes, in the form that suits who reads it.</summary>
/// <param name="Form">The form.</param>
/// <param name="HasColours">Whether a table has colours.</param>
/// <param name="Width">The columns of the terminal.</param>
/// <param name="Write">Takes the bytes; false where nobody reads them any more.</param>
sealed record Printer(Form Form, bool HasColours, int Width, Func<ReadOnlyMemory<byte>, bool> Write)
{
    /// <summary>Prints to the process's standard output: a table where that is a terminal.</summary>
    public static Printer OfProcess(bool isJson)
    {
        var isTerminal = !isJson && Native.IsTerminal(Native.Output);
        return new(
            isJson ? Form.Json
                : isTerminal ? Form.Table
                : Form.Tabs,
            // https://no-color.org
            isTerminal
                && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb",
            isTerminal ? Native.Columns() : int.MaxValue,
            bytes => Native.Write(Native.Output, bytes.Span)
        );
    }

    /// <summary>Prints a sheet as a table or by tabs.</summary>
    public void Print(Sheet sheet)
    {
        var text = new StringBuilder();
        if (Form == Form.Table)
            SheetText.AppendTable(text, sheet, Width, HasColours);
        else
            SheetText.AppendTabs(text, sheet);
        Print(text);
    }

    /// <summary>Prints words below a table, at the width of the terminal.</summary>
    public void PrintNote(string words)
    {
        var text = new StringBuilder();
        SheetText.AppendNote(text, words, Width, HasColours);
        Print(text);
    }

    /// <summary>Prints a text as it is.</summary>
    public void Print(StringBuilder text) => Write(Encoding.UTF8.GetBytes(text.ToString()));

    /// <summary>Prints one JSON value, with a line feed after it.</summary>
    public void PrintJson(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, JsonOptions))
            write(json);
        bytes.Write("\n"u8);
        Write(bytes.WrittenMemory);
    }

    /// <summary>Prints a JSON array, each item when it comes; false where nobody reads it any more.</summary>
    public bool PrintJsonArray<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        const int FewBytes = 64 << 10;
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, JsonOptions);
        json.WriteStartArray();
        var isRead = true;
        foreach (var item in items)
        {
            write(json, item);
            if (json.BytesPending + bytes.WrittenCount < FewBytes)
                continue;
            Flush();
            if (!isRead)
                return false;
        }
        json.WriteEndArray();
        json.Flush();
        bytes.Write("\n"u8);
        Flush();
        return isRead;

        void Flush()
        {
            json.Flush();
            isRead = Write(bytes.WrittenMemory);
            bytes.ResetWrittenCount();
        }
    }

    static JsonWriterOptions JsonOptions =>
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = HasIndents };

    // A person reads JSON on a terminal, a program everywhere else.
    static bool HasIndents => Native.IsTerminal(Native.Output);
}
