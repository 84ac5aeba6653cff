using Berthbook.Requests;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Berthbook.Server.Pages.Request;

/// <summary>A form as it was posted: the fields of a request, or a document.</summary>
/// <param name="Fields">The fields, those of buttons taken out.</param>
/// <param name="Document">The document that was pasted, or null.</param>
sealed record PostedForm(Dictionary<string, StringValues> Fields, string? Document)
{
    // A document as long as one may be, in the encoding of forms, where a character takes up to three bytes a byte.
    const int MaxBody = 3 * RequestFormat.MaxBytes + 1024;

    const string DocumentName = "document";
    const string TakeName = "take";

    static readonly FormOptions Limits = new()
    {
        KeyLengthLimit = 64,
        ValueCountLimit = 128,
        ValueLengthLimit = MaxBody,
    };

    /// <summary>Reads what was posted, or says why not.</summary>
    public static async Task<(PostedForm? Form, Refused? Refusal)> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBody;
        if (!IsForm(context.Request.ContentType))
            return (
                null,
                new(415, "This page reads forms, application/x-www-form-urlencoded. Programs post to the API")
            );
        try
        {
            var form = await context.Request.ReadFormAsync(Limits, context.RequestAborted);
            return Of(form.ToDictionary(StringComparer.Ordinal));
        }
        catch (InvalidDataException)
        {
            return (
                null,
                new(400, "The form has a null character, or more fields or longer ones than the page")
            );
        }
    }

    static (PostedForm?, Refused?) Of(Dictionary<string, StringValues> fields)
    {
        if (fields.Remove(DocumentName, out var documents))
            return fields.Count == 0 && documents is [{ } document]
                ? (new(fields, document), null)
                : (null, new(400, "A document comes alone, without other fields"));
        // The button of a free number names the field that takes it: port=8443.
        if (!fields.Remove(TakeName, out var taken))
            return (new(fields, null), null);
        if (
            taken is not [{ } choice]
            || choice.Split('=') is not [("port" or "newPort") and var field, var number]
        )
            return (null, new(400, "The number to take is none that was offered"));
        fields[field] = number;
        return (new(fields, null), null);
    }

    static bool IsForm(string? type) =>
        MediaTypeHeaderValue.TryParse(type, out var parsed)
        && parsed.MediaType == "application/x-www-form-urlencoded";
}

/// <summary>Why a post was not read.</summary>
/// <param name="Status">The status to answer.</param>
/// <param name="Words">Why, in words.</param>
sealed record Refused(int Status, string Words);
