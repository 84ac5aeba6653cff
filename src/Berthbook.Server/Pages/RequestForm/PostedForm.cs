using System.Text;
using Berthbook.Requests;
using Berthbook.Server.Hosting;
using Microsoft.Net.Http.Headers;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>A form as it was posted: the fields of a request, or a document.</summary>
/// <param name="Fields">The fields in their order, those of buttons taken out.</param>
/// <param name="Document">The document that was pasted, or null.</param>
sealed record PostedForm(IReadOnlyList<(string Name, string Text)> Fields, byte[]? Document)
{
    // A document as long as one may be: of a byte the encoding of forms makes up to three.
    const int MaxBody = 3 * RequestFormat.MaxBytes + 1024;

    const string DocumentName = "document";
    const string TakeName = "take";

    /// <summary>Reads what was posted, or says why not.</summary>
    public static async Task<(PostedForm? Form, Refused? Refusal)> ReadAsync(HttpContext context)
    {
        if (!IsForm(context.Request.ContentType))
            return (
                null,
                new(415, "This page reads forms, application/x-www-form-urlencoded. Programs post to the API")
            );
        if (await PostedBody.ReadAsync(context, MaxBody) is not { } body)
            return (null, new(413, $"A form has at most {MaxBody >> 10} KiB"));
        return FormBody.Read(body.Span) is { } fields
            ? Of(fields)
            : (null, new(400, $"The form has more than {FormBody.MaxFields} fields"));
    }

    static (PostedForm?, Refused?) Of(List<(string Name, byte[] Value)> fields)
    {
        if (fields.Exists(field => field.Name == DocumentName))
            return fields is [var (_, document)]
                ? (new([], document), null)
                : (null, new(400, "A document comes alone, without other fields"));
        var texts = fields.ConvertAll(field => (field.Name, Text: Encoding.UTF8.GetString(field.Value)));
        // The button of a free number names the field that takes it: port=8443.
        if (texts.FindIndex(field => field.Name == TakeName) is var taken and >= 0)
        {
            if (texts[taken].Text.Split('=') is not [("port" or "newPort") and var field, var number])
                return (null, new(400, "The number to take is none that was offered"));
            texts.RemoveAt(taken);
            texts.RemoveAll(other => other.Name == field);
            texts.Add((field, number));
        }
        return (new(texts, null), null);
    }

    static bool IsForm(string? type) =>
        MediaTypeHeaderValue.TryParse(type, out var parsed)
        && parsed.MediaType == "application/x-www-form-urlencoded";
}

/// <summary>Why a post was not read.</summary>
/// <param name="Status">The status to answer.</param>
/// <param name="Words">Why, in words.</param>
sealed record Refused(int Status, string Words);
