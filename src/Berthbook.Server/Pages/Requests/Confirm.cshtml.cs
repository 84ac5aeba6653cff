using System.Globalization;
using Berthbook.Requests;
using Berthbook.Server.Layout;
using Berthbook.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Requests;

/// <summary>
/// Confirms an e-mail address by the link that was sent to it (procedures A1). Opening the link changes nothing, since
/// mail scanners open links; its button does. Whoever has the code has the address, so nobody signs in for it.
/// </summary>
[IgnoreAntiforgeryToken]
[RequestSizeLimit(4 << 10)]
sealed class ConfirmModel(
    CurrentRegistry current,
    RegistryStore journal,
    Settings settings,
    TimeProvider clock
) : RequestsPage(current, settings)
{
    const int MaxCode = 128;

    /// <summary>The number of the request.</summary>
    public int Number { get; private set; }

    /// <summary>The code of the link.</summary>
    public string Code { get; private set; } = "";

    /// <summary>What came of the button; null where it was not pressed.</summary>
    public string? Done { get; private set; }

    /// <summary>Whether the public may see the request.</summary>
    public bool IsPublic { get; private set; }

    public override string Title => $"Confirm an e-mail address for request {Number}";

    public override IReadOnlyList<Link> Trail => [new("/requests", "Requests")];

    public IActionResult OnGet(string number, [FromQuery] string? code) =>
        Load(number, code) is { } refused ? refused : Page();

    public async Task<IActionResult> OnPostAsync(string number, [FromQuery] string? code)
    {
        if (Load(number, code) is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        var address = await journal.Writer.RunAsync(connection =>
            MailedCode.AddressOf(connection, Number, Code, now)
        );
        if (address is null)
            return Unknown();
        var outcome = await Store.ChangeAsync(
            Number,
            (request, hearing) => request.ConfirmAddress(address, hearing),
            null,
            new(Actor.Registry) { Name = "request.confirm-address" }
        );
        if (outcome.IsUnknown)
            return Unknown();
        if (outcome.Refusal is { } refusal)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            Done = refusal.Words;
            return Page();
        }
        if (outcome.Revision is { } revision)
            await Current.ServedAsync(revision);
        IsPublic = outcome.Requests[0].IsPublic;
        Done =
            outcome.Requests[0].State == RequestState.Submitted
                ? "Thank you: the address is confirmed. The request counts once the others are, too."
                : "Thank you: the address is confirmed, and the request counts.";
        return Page();
    }

    StatusCodeResult? Load(string number, string? code)
    {
        Response.Headers.CacheControl = Caching.Nobody;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var asked))
            return Refuse(400, "Requests have numbers, from 1 upwards", All);
        (Number, Code) = (asked, code ?? "");
        return Code.Length is 0 or > MaxCode ? Unknown() : null;
    }

    StatusCodeResult Unknown() =>
        Refuse(
            404,
            "This link confirms nothing: it is not whole, or its time is over. The last letter about the request has the link that counts",
            All
        );
}
