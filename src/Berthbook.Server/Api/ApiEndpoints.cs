using Berthbook.Server.Accounts;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Api;

/// <summary>The JSON API: reads of the registry, and requests with their decisions, under <c>/api/v1</c>, described by <c>/openapi/v1.json</c>.</summary>
static class ApiEndpoints
{
    /// <summary>Every address of the API.</summary>
    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        RegistryReply.Operation,
        RecordsApi.Operation,
        SearchApi.Operation,
        PortListApi.Operation,
        PortsApi.FindPort,
        PortsApi.FindTransport,
        ServicesApi.ListServices,
        ServicesApi.FindService,
        ContactsApi.ListContacts,
        ContactsApi.FindContact,
        SuggestionsApi.Operation,
        RevisionsApi.List,
        RevisionsApi.Find,
        RevisionsApi.Diff,
        RequestsApi.Check,
        RequestsApi.Submit,
        RequestsApi.List,
        RequestsApi.Find,
        .. RequestActionsApi.All,
        .. AccountsApi.All,
        .. TokensApi.All,
        .. ClaimsApi.All,
        OutboxApi.List,
    ];

    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<CurrentAnswers>();
        services.AddApiDescription();
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var answers = app.ServiceProvider.GetRequiredService<CurrentAnswers>();
        var isOwn = app.ServiceProvider.GetRequiredService<Settings>().Mode == RegistryMode.Own;
        var here = All.Where(operation => isOwn || !operation.IsOfOwn).ToList();
        foreach (var operation in here)
        {
            RequestDelegate answer = context => new Call(context, operation, answers.Now).AnswerAsync();
            // The description of the API has only what says which method answers it.
            app.MapMethods(Addresses.Api + operation.Path, operation.Methods, answer)
                .WithMetadata([answer.Method, operation, .. RepliesOf(operation), .. operation.Requirements]);
        }
        var open = app.MapGroup("").WithMetadata(ForEverybody.Alone);
        foreach (var address in here.GroupBy(operation => operation.Path))
        {
            string[] methods = [.. address.SelectMany(operation => operation.Methods).Distinct()];
            // Less exact than the address with its methods, so it gets what those do not take.
            open.Map(Addresses.Api + address.Key, context => RefuseMethod(context, methods))
                .ExcludeFromDescription();
        }
        open.Map("/api/{**rest}", RefuseAddress).ExcludeFromDescription();
        open.MapApiDescription();
        open.MapProblems();
    }

    static object[] RepliesOf(ApiOperation operation) =>
        [
            operation.Reply == typeof(void)
                ? new ProducesResponseTypeMetadata(operation.Status)
                : new ProducesResponseTypeMetadata(operation.Status, operation.Reply, ["application/json"]),
            // A dry run makes nothing.
            .. operation.Status == StatusCodes.Status201Created
            && operation.Query.Contains(RequestAnswers.DryRun)
                ?
                [
                    new ProducesResponseTypeMetadata(
                        StatusCodes.Status200OK,
                        operation.Reply,
                        ["application/json"]
                    ),
                ]
                : Array.Empty<object>(),
            .. operation
                .Problems.Select(kind => kind.Status)
                .Append(StatusCodes.Status400BadRequest)
                .Concat(operation.MayBeMissing ? [StatusCodes.Status404NotFound] : [])
                .Concat(
                    operation.Body is not null
                        ? [StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType]
                        : []
                )
                .Distinct()
                .SelectMany(status => Problems(status)),
        ];

    static IEnumerable<object> Problems(params IEnumerable<int> statuses) =>
        statuses.Select(status => new ProducesResponseTypeMetadata(
            status,
            typeof(ProblemReply),
            [ProblemReply.MediaType]
        ));

    static Task RefuseMethod(HttpContext context, string[] methods)
    {
        context.Response.Headers.Allow = string.Join(", ", methods);
        return Answer
            .Problem(
                ProblemKind.MethodNotAllowed,
                $"{context.Request.Path} takes {string.Join(" and ", methods)}."
            )
            .SendAsync(context, default);
    }

    static Task RefuseAddress(HttpContext context) =>
        Answer.NotFound($"The API has no address {context.Request.Path}.").SendAsync(context, default);
}
