using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Berthbook.Answers;

namespace Berthbook.Server.Api;

/// <summary>How the API's replies become JSON: every member always, in camelCase, text as it is.</summary>
[JsonSerializable(typeof(RegistryReply))]
[JsonSerializable(typeof(ListReply<RegistryRecord>))]
[JsonSerializable(typeof(ListReply<PortRunReply>))]
[JsonSerializable(typeof(PortReply))]
[JsonSerializable(typeof(TransportReply))]
[JsonSerializable(typeof(ServiceReply))]
[JsonSerializable(typeof(ListReply<ServiceSummary>))]
[JsonSerializable(typeof(ContactReply))]
[JsonSerializable(typeof(ListReply<ContactSummary>))]
[JsonSerializable(typeof(ListReply<RevisionSummary>))]
[JsonSerializable(typeof(RevisionReply))]
[JsonSerializable(typeof(DiffReply))]
[JsonSerializable(typeof(SearchReply))]
[JsonSerializable(typeof(SuggestionsReply))]
[JsonSerializable(typeof(VerdictReply))]
[JsonSerializable(typeof(RequestReply))]
[JsonSerializable(typeof(ImmutableArray<RequestReply>))]
[JsonSerializable(typeof(ListReply<RequestSummary>))]
[JsonSerializable(typeof(HeaderReply))]
[JsonSerializable(typeof(ProblemReply))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
sealed partial class ApiJson : JsonSerializerContext
{
    static ApiJson() => Default = new(AnswerJson.NewOptions());
}
