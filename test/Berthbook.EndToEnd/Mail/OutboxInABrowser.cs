using Berthbook.Pages;
using Berthbook.Requests;
using Berthbook.Server.Mail;
using Berthbook.Storage;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Berthbook.Mail;

/// <summary>The outbox as the administrator sees it: empty, kept without a relay, waiting, given up and tried again.</summary>
public sealed class OutboxInABrowser(Chromium chromium)
{
    const string LongAddress =
        "the-harbour-master-of-the-northern-approaches.on-duty.all-year@berths-and-moorings-of-the-northern-approaches.harbour.example";

    [Fact]
    public async Task Shows_letters_that_are_kept_where_no_relay_is_named()
    {
        await using var office = await OfficesServer.StartAsync();
        await using var context = await SignInAsync(office);
        var page = await OpenAsync(context);
        await Looks.TakeAsync(page, "admin-outbox-empty");
        Assert.Contains(
            "Nothing was written yet",
            await page.InnerTextAsync("main"),
            StringComparison.Ordinal
        );
        await AddAsync(office, LongAddress, "Confirm your address");
        await page.ReloadAsync();
        var letter = page.Locator("article");
        await Assertions.Expect(letter).ToContainTextAsync("kept here");
        await Assertions.Expect(letter.Locator("pre")).ToBeVisibleAsync();
        await Assertions.Expect(letter.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Looks.TakeAsync(page, "admin-outbox-kept");
    }

    [Fact]
    public async Task A_letter_that_was_given_up_is_tried_again_and_no_other()
    {
        // Nobody listens there.
        await using var office = await OfficesServer.StartAsync(choose: settings =>
            settings with
            {
                Smtp = new SmtpSettings("127.0.0.1", 9, SecureSocketOptions.None, "registry@harbour.example"),
            }
        );
        await using var context = await SignInAsync(office);
        // One transaction, so that the sender finds none of them due.
        await office
            .Server.Services.GetRequiredService<RegistryWriter>()
            .RunAsync(connection =>
            {
                var now = office.Server.Clock.GetUtcNow();
                Outbox.Add(connection, Written(LongAddress, "Confirm your address"), now);
                Outbox.Add(connection, Written("ada@harbour.example", "Request 1: a question"), now);
                Outbox.Add(connection, Written("tom@harbour.example", "Request 2: assigned"), now);
                using var command = connection.CreateCommand();
                command.CommandText = """
                    UPDATE outbox SET next_attempt = NULL, attempts = 7, fault = '550 no such mailbox' WHERE number = 1;
                    UPDATE outbox SET next_attempt = next_attempt + 3600000, attempts = 2, fault = 'no answer' WHERE number = 2;
                    UPDATE outbox SET next_attempt = NULL, sent = created, attempts = 1, fault = NULL, body = '' WHERE number = 3;
                    """;
                return command.ExecuteNonQuery();
            });
        var before = await OpenAsync(context);
        var page = await OpenAsync(context);
        var letters = page.Locator("article");
        await Assertions.Expect(letters.Nth(0)).ToContainTextAsync("its text is gone");
        await Assertions.Expect(letters.Nth(1)).ToContainTextAsync("again at 2026-09-01 13:00 UTC");
        await Assertions.Expect(letters.Nth(2)).ToContainTextAsync("given up after 7 attempts");
        await Assertions.Expect(letters.Nth(2)).ToContainTextAsync("550 no such mailbox");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Try again" }))
            .ToHaveCountAsync(1);
        await letters.Nth(1).Locator("summary").ClickAsync();
        await Looks.TakeAsync(page, "admin-outbox");

        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync("/admin/outbox#letter-1");
        await Assertions.Expect(letters.Nth(2)).Not.ToContainTextAsync("given up");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Try again" }))
            .ToHaveCountAsync(0);

        // Once more from a page that was open before: refused, with the way back.
        await before.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(before.Locator("h1")).ToHaveTextAsync("Conflict");
        await Assertions
            .Expect(before.GetByRole(AriaRole.Link, new() { Name = "The outbox" }))
            .ToHaveCountAsync(1);
        await Looks.TakeAsync(before, "admin-outbox-conflict");
    }

    async Task<IBrowserContext> SignInAsync(OfficesServer office)
    {
        var administrator = await office.AddAsync("Adele Administrator", Offices.Administrator);
        var context = await chromium.OpenAsync(
            new()
            {
                BaseURL = office.Address.ToString(),
                ViewportSize = new() { Width = Looks.Desk, Height = 800 },
            }
        );
        var door = await context.NewPageAsync();
        await door.GotoAsync(OfficesServer.SessionOf(administrator));
        await door.CloseAsync();
        return context;
    }

    static async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/admin/outbox");
        return page;
    }

    static Task<int> AddAsync(OfficesServer office, string to, string subject) =>
        office
            .Server.Services.GetRequiredService<RegistryWriter>()
            .RunAsync(connection =>
            {
                Outbox.Add(connection, Written(to, subject), office.Server.Clock.GetUtcNow());
                return 0;
            });

    static Letter Written(string to, string subject) =>
        new(
            "account",
            to,
            subject,
            $"Open this link within a day:\n\nhttps://ports.example/account/confirm?code={new string('f', 90)}\n",
            null,
            0
        );
}
