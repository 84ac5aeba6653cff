using Berthbook.Requests;
using Berthbook.Server.Clocks;
using Berthbook.Storage;

namespace Berthbook.Server.Mail;

/// <summary>What sends mail and does what falls due, where requests are decided here.</summary>
static class MailSetup
{
    /// <summary>Whatever is stored of a request takes its letters and clocks along, in the same transaction.</summary>
    public static void UseMail(this IServiceProvider services)
    {
        var settings = services.GetRequiredService<Settings>();
        var current = services.GetRequiredService<CurrentRegistry>();
        services.GetRequiredService<RequestStore>().Stored = change =>
        {
            var head = new LetterHead(current.Snapshot.Registry.Header.Title, settings.PublicUrl);
            OwedMail.Add(change.Connection, change.Before, change.After, change.Hearing, head);
            ClockStore.Replace(change.Connection, change.After, change.Hearing.Settings);
        };
    }

    /// <summary>Adds clocks, and the sender where a relay is named; without one letters stay in the outbox.</summary>
    public static void AddMail(this IServiceCollection services, Settings settings)
    {
        services.AddHostedService<ClockRunner>();
        if (settings.Smtp is not { } smtp)
            return;
        services.AddSingleton(provider => new SmtpRelay(
            smtp,
            settings.Publisher
                ?? provider.GetRequiredService<CurrentRegistry>().Snapshot.Registry.Header.Title,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddHostedService<MailSender>();
    }
}
