using System.Collections.Concurrent;
using Berthbook.Pages;
using Berthbook.Requests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Berthbook.Security;

/// <summary>Pages of people are kept by nobody, and saying so leaves nothing in the log.</summary>
public sealed class CachingTests
{
    [Fact]
    public async Task Pages_with_forms_are_kept_by_nobody_and_leave_no_warning()
    {
        await using var office = await OfficesServer.StartAsync(choose: settings =>
            settings with
            {
                LogLevel = LogLevel.Warning,
            }
        );
        using var heard = new Heard();
        office.Server.Services.GetRequiredService<ILoggerFactory>().AddProvider(heard);
        var administrator = await office.AddAsync("Adele", Offices.Administrator | Offices.Registrar);
        using var browser = await office.OpenAsync(administrator);
        foreach (
            var address in (string[])
                [
                    "/account",
                    "/account/new",
                    "/account/factor",
                    "/admin/accounts/1",
                    "/request?kind=assign",
                    "/desk",
                ]
        )
        {
            await browser.GetAsync(address);
            Assert.Contains("no-store", browser.CacheControl, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(
            heard.Words,
            words => words.Contains("Cache-Control", StringComparison.Ordinal)
        );
    }

    sealed class Heard : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Words { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Words.Add(formatter(state, exception));

        public void Dispose() { }
    }
}
