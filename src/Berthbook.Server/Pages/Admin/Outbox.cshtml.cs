using System.Globalization;
using Berthbook.Server.Accounts;
using Berthbook.Server.Layout;
using Berthbook.Server.Mail;
using Berthbook.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Admin;

/// <summary>The mail that is owed or sent, for the administrator: to read where no relay sends it, to try again what failed.</summary>
sealed class OutboxModel(
    CurrentRegistry current,
    Settings settings,
    AccountsDatabase database,
    RegistryWriter writer,
    MailState state,
    TimeProvider clock
) : RegistryPage(current)
{
    const int Size = 50;

    public Pager Pager { get; private set; } = null!;

    /// <summary>The letters on this page.</summary>
    public IReadOnlyList<OutboxLetter> Letters { get; private set; } = [];

    /// <summary>How many there are on all pages.</summary>
    public int Total { get; private set; }

    /// <summary>Whether anything is sent.</summary>
    public bool HasRelay => settings.Smtp is not null;

    /// <summary>What is not as it should be.</summary>
    public IEnumerable<string> Reasons => state.Reasons;

    public override string Title => Pager.Titled("Outbox");

    public override IReadOnlyList<Link> Trail => [new("/admin", "Accounts")];

    public IActionResult OnGet([FromQuery] string? page)
    {
        Total = database.Read(connection => Outbox.List(connection, 0, 0).Total);
        if (Pager.Find(page, Total, Size, "/admin/outbox") is not { } pager)
            return Refuse(404, "The outbox has no such page", new Link("/admin/outbox", "Its first page"));
        Pager = pager;
        Letters = database.Read(connection => Outbox.List(connection, pager.Skip, Size).Letters);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] int number, [FromQuery] string? page)
    {
        var isThere = await writer.RunAsync(connection =>
            Outbox.TryAgain(connection, number, clock.GetUtcNow())
        );
        return isThere
            ? Redirect(Back(page, number))
            : Refuse(
                409,
                "This letter is not given up: it is sent, or still tried",
                new Link("/admin/outbox", "The outbox")
            );
    }

    // The page may be gone by now; the address then says so.
    static string Back(string? page, int number)
    {
        var query = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? string.Create(CultureInfo.InvariantCulture, $"?page={asked}")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"/admin/outbox{query}#letter-{number}");
    }

    /// <summary>How it stands with a letter, in words.</summary>
    public string StateOf(OutboxLetter letter) =>
        letter switch
        {
            { Sent: { } sent } => $"sent {sent:yyyy-MM-dd HH:mm} UTC; its text is gone",
            { NextAttempt: null, Attempts: 0 } => "cannot be sent",
            { NextAttempt: null } => $"given up after {Words.Count(letter.Attempts, "attempt")}",
            { Attempts: 0 } => HasRelay ? "waits to be sent" : "kept here",
            { NextAttempt: { } now } when now <= clock.GetUtcNow() =>
                $"tried {Words.Count(letter.Attempts, "time")}, waits for the relay",
            { NextAttempt: { } next } =>
                $"tried {Words.Count(letter.Attempts, "time")}, again at {next:yyyy-MM-dd HH:mm} UTC",
        };
}
