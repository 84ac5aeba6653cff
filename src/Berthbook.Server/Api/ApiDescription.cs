using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Berthbook.Answers;
using Berthbook.Search;
using Berthbook.Server.Accounts;
using Berthbook.Suggestions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Berthbook.Server.Api;

/// <summary>
/// The description of the API as OpenAPI 3.1, made once from the operations and the types of their replies, and
/// served at <c>/openapi/v1.json</c>.
/// </summary>
static class ApiDescription
{
    const string Name = "v1";
    const string Header = "Header";
    const string Bearer = "bearer";

    public static void AddApiDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, AccountsJson.Default);
            json.SerializerOptions.PropertyNamingPolicy = ApiJson.Default.Options.PropertyNamingPolicy;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            foreach (var converter in ApiJson.Default.Options.Converters)
                json.SerializerOptions.Converters.Add(converter);
        });
        services.AddOpenApi(
            Name,
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.CreateSchemaReferenceId = type =>
                    OpenApiOptions
                        .CreateDefaultSchemaReferenceId(type)
                        ?.Replace("Reply", "", StringComparison.Ordinal)
                        .Replace(nameof(RegistryRecord), RecordSchema.Name, StringComparison.Ordinal);
                options.ShouldInclude = endpoint =>
                    endpoint.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Any()
                    && endpoint.HttpMethod != HttpMethods.Head;
                options.AddSchemaTransformer(Describe);
                options.AddOperationTransformer(Describe);
                options.AddDocumentTransformer(Describe);
            }
        );
    }

    public static void MapApiDescription(this IEndpointRouteBuilder app)
    {
        var provider = app.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = new Lazy<Task<Answer>>(async () =>
        {
            var described = await provider.GetOpenApiDocumentAsync();
            var text = await described.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
            return new(StatusCodes.Status200OK, Answer.Json, System.Text.Encoding.UTF8.GetBytes(text));
        });
        app.MapMethods(
                "/openapi/v1.json",
                [HttpMethods.Get, HttpMethods.Head],
                async (HttpContext context) =>
                {
                    var answer = await document.Value;
                    await answer.SendAsync(context, SnapshotAnswers.TagOf(answer.Body.Span));
                }
            )
            .ExcludeFromDescription();
    }

    static async Task Describe(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellation
    )
    {
        document.Info = new()
        {
            Title = "Berthbook",
            Version = Name,
            Description =
                "The registry for service names and port numbers: reads, requests and their decisions. Every member is always there, null or [] "
                + "when empty. Every address that takes GET takes HEAD, answers with an entity tag, and with 304 to "
                + "an If-None-Match that has it. Unknown parameters are refused.",
        };
        // The address is the one the reader came by; none is built from the request's host.
        document.Servers = [new() { Url = "/" }];
        document.Tags = null;
        document.AddComponent<IOpenApiSecurityScheme>(
            Bearer,
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description =
                    "A token of an account, bbt_…; its scope is read or act. POST /api/v1/tokens makes one.",
            }
        );
        // Where a reply has a record as a member, the types made an empty one.
        document.Components?.Schemas?.Remove(RecordSchema.Name);
        document.AddComponent(RecordSchema.Name, RecordSchema.Create());
        document.AddComponent(
            Header,
            await context.GetOrCreateSchemaAsync(typeof(HeaderReply), cancellationToken: cancellation)
        );
        foreach (var schema in document.Components!.Schemas!.Values)
            FillIn((OpenApiSchema)schema, document);
        foreach (
            var body in ApiEndpoints
                .All.Select(operation => operation.Body)
                .OfType<ApiBody>()
                .DistinctBy(body => body.Name)
        )
            document.AddComponent(body.Name, BodySchema.Create(body.Schema));
    }

    // What the types do not say: records are written by a converter, and the kind of a change tells what it is about.
    static void FillIn(OpenApiSchema schema, OpenApiDocument document)
    {
        foreach (
            var member in (schema.Properties ?? ImmutableDictionary<string, IOpenApiSchema>.Empty).Values
        )
        {
            if (member is OpenApiSchema { Type: JsonSchemaType.Array, Items: null } records)
                records.Items = new OpenApiSchemaReference(RecordSchema.Name, document);
            if (member is OpenApiSchema { Type: null, OneOf: null } subject)
                subject.OneOf =
                [
                    new OpenApiSchema { Type = JsonSchemaType.Null },
                    .. ((string[])[RecordSchema.Name, nameof(ContactSummary), Header]).Select(
                        name => new OpenApiSchemaReference(name, document)
                    ),
                ];
        }
    }

    static Task Describe(
        OpenApiOperation described,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        var operation = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Single();
        described.OperationId = operation.Id;
        described.Tags = null;
        described.Summary = operation.Summary;
        described.Description = operation.Description.Length == 0 ? null : operation.Description;
        described.Parameters =
        [
            .. operation.Segments.Select(segment => Describe(segment, ParameterLocation.Path)),
            .. operation.Query.Select(query => Describe(query, ParameterLocation.Query)),
            .. operation.Headers.Select(header => Describe(header, ParameterLocation.Header)),
        ];
        if (operation.Body is { } body)
            described.RequestBody = new OpenApiRequestBody
            {
                Required = !body.IsOptional,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new()
                    {
                        Schema = OneOrMany(
                            operation,
                            new OpenApiSchemaReference(body.Name, context.Document)
                        ),
                    },
                },
            };
        if (operation.Requirements.OfType<NeedsAccount>().Any())
            described.Security =
            [
                new() { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] },
            ];
        foreach (var (status, response) in described.Responses ?? [])
        {
            if (status.StartsWith('2') && response.Content is { } content)
            {
                foreach (var media in content.Values)
                    ((OpenApiMediaType)media).Schema = OneOrMany(
                        operation,
                        ((OpenApiMediaType)media).Schema!
                    );
            }
            response.Description = status.StartsWith('2')
                ? operation.Summary
                : ProblemKind.Of(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)).Title;
        }
        return Task.CompletedTask;
    }

    static IOpenApiSchema OneOrMany(ApiOperation operation, IOpenApiSchema schema) =>
        operation.IsOneOrMany
            ? new OpenApiSchema
            {
                AnyOf =
                [
                    schema,
                    new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array,
                        Items = schema,
                        MinItems = 1,
                        MaxItems = Requests.RequestBatch.MaxDocuments,
                    },
                ],
            }
            : schema;

    static OpenApiParameter Describe(Parameter parameter, ParameterLocation place) =>
        new()
        {
            Name = parameter.Name,
            In = place,
            Required = parameter.IsRequired || place == ParameterLocation.Path,
            Description = parameter.Description,
            // A list is one value, parted by commas.
            Style = place == ParameterLocation.Query ? ParameterStyle.Form : null,
            Explode = parameter.Type is not (ParameterType.Transports or ParameterType.RequestStates),
            Schema = parameter.Type switch
            {
                ParameterType.Transports => new()
                {
                    Type = JsonSchemaType.Array,
                    Items = Words(TransportProtocols.All.Select(known => known.Name())),
                },
                ParameterType.SuggestionCount => Number(
                    1,
                    SuggestionQuery.MaxCount,
                    new SuggestionQuery().Count
                ),
                ParameterType.SuggestionBlock => Number(
                    1,
                    SuggestionQuery.MaxBlock,
                    new SuggestionQuery().Block
                ),
                ParameterType.Flag => new() { Type = JsonSchemaType.Boolean },
                ParameterType.RequestStates => new()
                {
                    Type = JsonSchemaType.Array,
                    Items = Words(
                        Requests.RequestStates.All.Select(known => Requests.RequestStates.Word(known))
                    ),
                },
                ParameterType.SearchLimit => Number(1, RegistrySearch.MaxLimit, RegistrySearch.DefaultLimit),
                ParameterType.Port => Number(0, PortNumber.Count - 1),
                ParameterType.Transport => Words(TransportProtocols.All.Select(known => known.Name())),
                ParameterType.State => Words(Enum.GetNames<PortState>()),
                ParameterType.Revision => Number(1, null),
                ParameterType.Page => Number(1, null, 1),
                ParameterType.PageSize => Number(1, ApiQuery.MaxPageSize, ApiQuery.DefaultPageSize),
                ParameterType.ChangesPageSize => Number(1, ApiQuery.MaxPageSize, ApiQuery.MaxPageSize),
                _ => new() { Type = JsonSchemaType.String },
            },
        };

    static Task Describe(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellation
    )
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(TransportProtocol))
            (schema.Type, schema.Enum) = (
                JsonSchemaType.String,
                Words(TransportProtocols.All.Select(known => known.Name())).Enum
            );
        else if (type == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        else if (type.IsEnum)
            schema.Type = JsonSchemaType.String;
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && schema.Properties is { } properties)
        {
            schema.Required = properties.Keys.ToHashSet();
            schema.AdditionalPropertiesAllowed = false;
        }
        return Task.CompletedTask;
    }

    static OpenApiSchema Number(int least, int? most, int? usual = null) =>
        new()
        {
            Type = JsonSchemaType.Integer,
            Minimum = least.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Maximum = most?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Default = usual is { } known ? JsonValue.Create(known) : null,
        };

    static OpenApiSchema Words(IEnumerable<string> words) =>
        new() { Type = JsonSchemaType.String, Enum = [.. words.Select(word => JsonValue.Create(word))] };
}
