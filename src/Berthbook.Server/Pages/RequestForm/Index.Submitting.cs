using System.Security.Cryptography;
using System.Text;
using Berthbook.Requests;
using Berthbook.Server.Accounts;
using Berthbook.Server.Layout;
using Berthbook.Server.Pages.Requests;
using Berthbook.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Berthbook.Server.Pages.RequestForm;

// Where requests are taken: submitting, keeping a draft, and going away to sign in.
sealed partial class RequestModel
{
    Submission? SubmissionOf(bool isByMail)
    {
        if (settings.Mode == RegistryMode.Mirror)
            return null;
        var actor = HttpContext.FindActor();
        return new(actor is not null, isByMail && actor?.IsAny(Offices.Registrar) == true);
    }

    IActionResult ShowKept(string id)
    {
        if (forms.Find(id) is not (var kept, var isByMail))
            return Refuse(
                404,
                "This form is not kept any more. Go back in your browser, or fill it in anew",
                Kinds
            );
        Response.Headers.CacheControl = Caching.Nobody;
        Form = CheckedForm.Of(kept, isBeingFilled: false, Grounds) with
        {
            Submission = SubmissionOf(isByMail),
        };
        return Page();
    }

    RedirectResult KeepAndSignIn(bool isByMail)
    {
        var to = forms.Keep(Form!.Values, isByMail) is { } id
            ? $"{Place}?kept={id}"
            : Addresses.Request(Form.Kind);
        return Redirect($"/account/sign-in?to={Uri.EscapeDataString(to)}");
    }

    async Task<IActionResult> SubmitAsync(PostedForm posted, CheckedForm form, bool isDraft)
    {
        if (form.Submission is not { } submission)
            return Refuse(409, "This registry is a copy and takes no requests", Kinds);
        if (HttpContext.FindActor() is not { } actor)
            return KeepAndSignIn(posted.IsByMail);
        if (!await IsOursAsync(posted))
            return Refuse(
                400,
                "The form was not sent from this site, or the page is too old. Open it again",
                Kinds
            );
        if (form.Request is not { } document)
            return Page();
        var outcome = await HttpContext
            .RequestServices.GetRequiredService<RequestStore>()
            .SubmitAsync(
                [document],
                isDraft,
                new(actor)
                {
                    Key = KeyOf(posted, form, isDraft),
                    IsByMail = submission.IsByMail,
                    Name = isDraft ? "request.draft" : "request.submit",
                }
            );
        if (outcome.Revision is { } revision)
            await Current.ServedAsync(revision);
        if (outcome.Requests is [var request, ..])
            return Redirect(RequestWords.AddressOf(request.Number));
        (Response.StatusCode, var refusal) = outcome.Refusal is { } refused
            ? FormRefusal.Of(refused)
            : (
                StatusCodes.Status409Conflict,
                new("This form was submitted already with something else in it. Look at your requests first.")
            );
        Form = form with { Submission = submission with { Refusal = refusal } };
        return Page();
    }

    // The body is read by a reader of our own, so the token is handed over.
    async Task<bool> IsOursAsync(PostedForm posted)
    {
        Request.Form = new FormCollection(
            new Dictionary<string, StringValues> { [PostedForm.TokenName] = posted.Token }
        );
        return await antiforgery.IsRequestValidAsync(HttpContext);
    }

    static IdempotencyKey? KeyOf(PostedForm posted, CheckedForm form, bool isDraft) =>
        posted.Key is { Length: > 0 and <= 128 } key && key.All(char.IsAsciiLetterOrDigit)
            ? new(
                key,
                SHA256.HashData(Encoding.UTF8.GetBytes($"{isDraft}\0{posted.IsByMail}\0{form.Document}"))
            )
            : null;
}
