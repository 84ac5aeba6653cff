using Berthbook.Server.Layout;

namespace Berthbook.Server.Api;

/// <summary>The JSON API: reads of the registry under <c>/api/v1</c>, described by <c>/openapi/v1.json</c>.</summary>
static class ApiEndpoints
{
    static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

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
    ];

    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<CurrentAnswers>();
        services.AddApiDescription();
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var answers = app.ServiceProvider.GetRequiredService<CurrentAnswers>();
        foreach (var operation in All)
        {
            RequestDelegate answer = context => new Call(context, operation, answers.Now).AnswerAsync();
            // The description of the API has only what says which method answers it.
            app.MapMethods(Addresses.Api + operation.Path, Reading, answer)
                .WithMetadata([answer.Method, operation, .. RepliesOf(operation)]);
            // Less exact than the address with its methods, so it gets what those do not take.
            app.Map(Addresses.Api + operation.Path, RefuseMethod).ExcludeFromDescription();
        }
        app.Map("/api/{**rest}", RefuseAddress).ExcludeFromDescription();
        app.MapApiDescription();
        app.MapProblems();
    }

    static object[] RepliesOf(ApiOperation operation) =>
        [
            new ProducesResponseTypeMetadata(StatusCodes.Status200OK, operation.Reply, ["application/json"]),
            new ProducesResponseTypeMetadata(
                StatusCodes.Status400BadRequest,
                typeof(ProblemReply),
                [ProblemReply.MediaType]
            ),
            .. operation.MayBeMissing
                ? (object[])
                    [
                        new ProducesResponseTypeMetadata(
                            StatusCodes.Status404NotFound,
                            typeof(ProblemReply),
                            [ProblemReply.MediaType]
                        ),
                    ]
                : [],
        ];

    static Task RefuseMethod(HttpContext context)
    {
        context.Response.Headers.Allow = string.Join(", ", Reading);
        return Answer
            .Problem(
                ProblemKind.MethodNotAllowed,
                $"{context.Request.Path} takes {string.Join(" and ", Reading)}."
            )
            .SendAsync(context, default);
    }

    static Task RefuseAddress(HttpContext context) =>
        Answer.NotFound($"The API has no address {context.Request.Path}.").SendAsync(context, default);
}
