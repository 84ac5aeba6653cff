using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Rules;
using Berthbook.Server;
using Berthbook.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Berthbook.CrashControl;

/// <summary>The server, but it answers a request that is submitted before the commit: a kill must lose what was acknowledged.</summary>
static class EarlyServer
{
    static readonly ConcurrentDictionary<string, TaskCompletionSource<int>> Awaited = new();

    public static async Task<int> RunAsync(string folder, string url)
    {
        using var store = RegistryStore.Open(folder, TimeProvider.System);
        // What was answered waits for the commit as on the slowest of disks, so that whoever kills at the answer comes before it.
        var isAnswered = false;
        using var never = new ManualResetEventSlim();
        store.BeforeCommit = () =>
        {
            if (isAnswered)
                never.Wait(TimeSpan.FromSeconds(10));
            isAnswered = false;
        };
        var rules = RuleSettings.Default with { ManyRequests = 10_000 };
        var settings = new Settings
        {
            Data = folder,
            Urls = [url],
            LogLevel = LogLevel.None,
            Rules = rules,
        };
        var current = new CurrentRegistry(Snapshot.Of(store.History, rules));
        await using var app = Berthbook.Server.Program.Build(
            settings,
            store,
            current,
            TimeProvider.System,
            AnswerEarly
        );
        app.Services.GetRequiredService<RequestStore>().Stored += change =>
        {
            if (!Awaited.TryRemove(change.After.Document.Name ?? "", out var awaited))
                return;
            awaited.TrySetResult(change.After.Number);
            isAnswered = true;
        };
        await app.RunAsync();
        return 0;
    }

    static void AnswerEarly(EndpointBuilder endpoint)
    {
        if (
            endpoint is RouteEndpointBuilder { RoutePattern.RawText: "/api/v1/requests" }
            && endpoint
                .Metadata.OfType<HttpMethodMetadata>()
                .Any(methods => methods.HttpMethods.Contains("POST"))
            && endpoint.RequestDelegate is { } late
        )
            endpoint.RequestDelegate = context => AnswerAsync(context, late);
    }

    static async Task AnswerAsync(HttpContext context, RequestDelegate late)
    {
        context.Request.EnableBuffering();
        using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
        var name = (string)JsonNode.Parse(await reader.ReadToEndAsync())!["name"]!;
        context.Request.Body.Position = 0;
        var stored = Awaited.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        // On a thread of its own: the store commits on its caller's, and the answer is not to wait for that.
        var work = Task.Run(() => late(context));
        if (await Task.WhenAny(stored.Task, work) == work)
            return;
        var number = await stored.Task;
        var answer = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{{ \"number\": {number} }}")
        );
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
        await context.Response.Body.FlushAsync();
        try
        {
            await work;
        }
        catch (InvalidOperationException)
        {
            // It is answered already.
        }
    }
}
