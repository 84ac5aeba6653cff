using System.Text;
using Berthbook.Requests;
using Berthbook.Server.Hosting;
using Berthbook.Server.Pages.Requests;
using Microsoft.Net.Http.Headers;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>A form as it was posted: the fields of a request, or a document.</summary>
/// <param name="Fields">The fields in their order, those of buttons and of submitting taken out.</param>
/// <param name="Document">The document that was pasted, or null.</param>
sealed record PostedForm(IReadOnlyList<(string Name, string Text)> Fields, byte[]? Document)
{
    /// <summary>The field that says that the request came by mail.</summary>
    public const string ByMailName = "bymail";

    /// <summary>The field of the token against forgery.</summary>
    public const string TokenName = "form";

    /// <summary>The key that submits it once; empty where none was posted.</summary>
    public string Key { get; private init; } = "";

    /// <summary>The token against forgery; empty where none was posted.</summary>
    public string Token { get; private init; } = "";

    /// <summary>Whether a registrar enters it for one who wrote by mail.</summary>
    public bool IsByMail { get; private init; }

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
        var form = new PostedForm([.. texts.Where(field => !IsOfSubmitting(field.Name))], null)
        {
            Key = Own(PostedMove.KeyName),
            Token = Own(TokenName),
            IsByMail = Own(ByMailName).Length > 0,
        };
        return (form, null);

        string Own(string name) => texts.Find(field => field.Name == name).Text ?? "";
    }

    static bool IsOfSubmitting(string name) => name is PostedMove.KeyName or TokenName or ByMailName;

    static bool IsForm(string? type) =>
        MediaTypeHeaderValue.TryParse(type, out var parsed)
        && parsed.MediaType == "application/x-www-form-urlencoded";
}

/// <summary>Why a post was not read.</summary>
/// <param name="Status">The status to answer.</param>
/// <param name="Words">Why, in words.</param>
sealed record Refused(int Status, string Words);
