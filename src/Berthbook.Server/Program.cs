using Berthbook.Programs;
using Berthbook.Server.Accounts;
using Berthbook.Server.Api;
using Berthbook.Server.Hosting;
using Berthbook.Server.Layout;
using Berthbook.Server.Mail;
using Berthbook.Server.Pages.RequestForm;
using Berthbook.Server.Publishing;
using Berthbook.Server.Upstream;
using Berthbook.Storage;
using Microsoft.AspNetCore.Connections;

namespace Berthbook.Server;

/// <summary>The program <c>berth-server</c>: serves the registry, or runs one command on its data and exits.</summary>
public sealed class Program
{
    static Task<int> Main(string[] args) => CommandLine.RunAsync(args, Terminal.OfProcess("berth-server"));

    /// <summary>The server, ready to be started: what it is made of, then what it answers.</summary>
    /// <param name="settings">What the operator chose.</param>
    /// <param name="store">The journal.</param>
    /// <param name="current">What is served.</param>
    /// <param name="clock">The time.</param>
    /// <param name="shape">Changes every endpoint at last: for tests that take a requirement away.</param>
    internal static WebApplication Build(
        Settings settings,
        RegistryStore store,
        CurrentRegistry current,
        TimeProvider clock,
        Action<EndpointBuilder>? shape = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions
            {
                // Named, since the entry assembly is another one where tests start the server.
                ApplicationName = typeof(Program).Assembly.GetName().Name,
                ContentRootPath = AppContext.BaseDirectory,
            }
        );
        builder.Logging.AddLogs(settings.LogLevel);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls([.. settings.Urls]);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.LimitClients(settings);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, BlockPool>();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton(store.Writer);
        builder.Services.AddSingleton(_ => new RequestStore(store, settings.Rules, clock));
        builder.Services.AddSingleton(current);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<UpstreamStatus>();
        builder.Services.AddSingleton<Notices>();
        builder.Services.AddSingleton<KeptForms>();
        builder.Services.AddSingleton<MailState>();
        builder.Services.AddSingleton<Publications>();
        builder.Services.AddSingleton(new PackedFiles(settings.Data));
        builder.Services.AddHostedService<Packing>();
        if (settings.Mode == RegistryMode.Mirror)
            builder.Services.AddHostedService<UpstreamMirror>();
        else
            builder.Services.AddMail(settings);
        builder.Services.AddApi();
        builder.Services.AddMeasuring();
        builder.Services.AddRazorPages();
        builder.Services.AddAccounts(settings);

        var app = builder.Build();
        if (settings.Mode == RegistryMode.Own)
        {
            var requests = app.Services.GetRequiredService<RequestStore>();
            current.Follow(store, settings.Rules, next => requests.Offer(next.Basis, next.Revision));
            app.Services.UseMail();
        }
        app.UseMiddleware<Guard>();
        app.UsePortLookups();
        app.UseMirrorMode(settings);
        app.UseJsonTwins();
        app.UseErrorBodies();
        app.UseMiddleware<Faults>();
        app.UseRouting();
        app.UseMiddleware<Entrance>();
        var all = app.MapGroup("");
        if (shape is not null)
            ((IEndpointConventionBuilder)all).Finally(shape);
        all.MapApi();
        all.MapPages();
        var open = all.MapGroup("").WithMetadata(ForEverybody.Alone);
        open.MapPublications();
        // Named, since the entry assembly is another one where tests start the server.
        open.MapStaticAssets("berth-server.staticwebassets.endpoints.json");
        open.MapAccounts(settings);
        open.MapProbes();
        open.MapMeasures();
        return app;
    }
}
