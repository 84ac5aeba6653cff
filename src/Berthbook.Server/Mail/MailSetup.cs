using Berthbook.Server.Clocks;

namespace Berthbook.Server.Mail;

/// <summary>What sends mail and does what falls due, where requests are decided here.</summary>
static class MailSetup
{
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
