using System.Globalization;
using System.Text.Json;
using Berthbook.Cli.Output;
using Berthbook.Programs;
using Berthbook.Requests;

namespace Berthbook.Cli.Request;

/// <summary>Submits, shows, lists and moves the requests of a server, and says with which status the program ends.</summary>
/// <param name="calls">The server.</param>
/// <param name="printer">Where answers go.</param>
/// <param name="tell">Takes a line about what is wrong.</param>
/// <param name="openInput">Opens the standard input.</param>
sealed class RequestActing(RequestCalls calls, Printer printer, Action<string> tell, Func<Stream> openInput)
{
    const int PageSize = 1000;

    readonly RequestPrinting printing = new(printer, calls.Authority);

    /// <summary>Submits the documents of files, all or none.</summary>
    public async Task<int> SubmitAsync(string[] files, string query, CancellationToken cancellation)
    {
        var documents = new List<(string Place, RequestDocument Document)>();
        var status = ExitStatus.Done;
        foreach (var file in files)
            status = Math.Max(status, Read(file, documents));
        if (status != ExitStatus.Done)
            return status;
        if (documents.Count > RequestBatch.MaxDocuments)
        {
            tell(
                $"berth: {documents.Count} documents; {RequestBatch.MaxDocuments} are submitted at once at most"
            );
            return ExitStatus.Usage;
        }
        var answer = await calls.PostAsync($"requests{query}", Body(documents), null, cancellation);
        string[] places = [.. documents.Select(one => one.Place)];
        if (!answer.IsDone)
            return Refuse(answer, places);
        printing.Print(
            places.Zip(
                answer.Json.ValueKind == JsonValueKind.Array
                    ? answer.Json.EnumerateArray()
                    : (IEnumerable<JsonElement>)[answer.Json]
            )
        );
        return ExitStatus.Done;
    }

    /// <summary>Shows a request.</summary>
    public async Task<int> ShowAsync(int number, CancellationToken cancellation)
    {
        var answer = await calls.GetAsync(Address(number), cancellation);
        if (!answer.IsDone)
            return Refuse(answer, [Text(number)]);
        printing.Show(Text(number), answer.Json);
        return ExitStatus.Done;
    }

    /// <summary>Lists requests, all pages of them; 1 where there is none.</summary>
    public async Task<int> ListAsync(string text, string query, CancellationToken cancellation)
    {
        var items = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var answer = await calls.GetAsync(
                $"requests?page={Text(page)}&pageSize={Text(PageSize)}{query}",
                cancellation
            );
            if (!answer.IsDone)
                return Refuse(answer, [text]);
            items.AddRange(answer.Json.GetProperty("items").EnumerateArray());
            if (page * (long)PageSize >= answer.Json.GetProperty("total").GetInt32())
                break;
        }
        printing.List(text, items);
        if (items.Count > 0)
            return ExitStatus.Done;
        tell("berth: no such request");
        return ExitStatus.Finding;
    }

    /// <summary>Does something to a request, on the version that is there or the one that was seen.</summary>
    public async Task<int> ActAsync(
        int number,
        RequestAction action,
        ReadOnlyMemory<byte> body,
        int? version,
        string query,
        CancellationToken cancellation
    )
    {
        var asked = $"{Text(number)} {action.Word()}";
        string? tag;
        if (version is { } seen)
            tag = $"\"{Text(number)}-{Text(seen)}\"";
        else
        {
            var found = await calls.GetAsync(Address(number), cancellation);
            if (!found.IsDone)
                return Refuse(found, [asked]);
            tag = found.Tag;
        }
        var answer = await calls.PostAsync(
            $"{Address(number)}/{action.Word()}{query}",
            body,
            tag,
            cancellation
        );
        if (!answer.IsDone)
            return Refuse(answer, [asked]);
        printing.Print([(asked, answer.Json)]);
        return ExitStatus.Done;
    }

    // The documents of a file, and whether all of them are well-formed.
    int Read(string path, List<(string Place, RequestDocument Document)> documents)
    {
        try
        {
            using var file = path == "-" ? openInput() : File.OpenRead(path);
            var stream = new DocumentStream(file);
            var status = ExitStatus.Done;
            while (stream.Read() is { } document)
            {
                var read = RequestFormat.Read(document.Bytes);
                if (read.Document is { } whole)
                    documents.Add((document.Line == 1 ? path : $"{path}:{Text(document.Line)}", whole));
                foreach (var fault in read.Faults)
                    tell($"{path}:{RequestChecker.In(document, fault)}");
                if (!read.Faults.IsEmpty)
                    status = ExitStatus.Invalid;
            }
            return status;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tell($"berth: {e.Message}");
            return ExitStatus.Failure;
        }
    }

    static byte[] Body(List<(string Place, RequestDocument Document)> documents)
    {
        if (documents is [var one])
            return RequestFormat.Write(one.Document);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var (_, document) in documents)
                json.WriteRawValue(RequestFormat.Write(document));
            json.WriteEndArray();
        }
        return bytes.ToArray();
    }

    // Says why not; a rule's no is an answer, and goes where answers go.
    int Refuse(RequestAnswer answer, string[] asked)
    {
        var problem = answer.Json;
        if (problem.ValueKind != JsonValueKind.Object || !problem.TryGetProperty("detail", out var detail))
            throw new NotBerthbookException(
                $"{calls.Authority} does not help: it answers {(int)answer.Status}; is it a Berthbook server?"
            );
        printing.Refuse(asked, problem);
        var words = detail.GetString();
        var status = (int)answer.Status;
        tell(
            status == 401 && !calls.HasToken
                ? $"berth: {words} Here: {AccessToken.Missing}"
                : $"berth: {string.Join(", ", asked.Take(1))}: {words}"
        );
        return status switch
        {
            404 or 409 or 412 => ExitStatus.Finding,
            400 => ExitStatus.Usage,
            _ => ExitStatus.Failure,
        };
    }

    static string Address(int number) => $"requests/{Text(number)}";

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
