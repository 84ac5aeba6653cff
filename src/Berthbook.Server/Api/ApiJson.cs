using System.Text.Json;
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
[JsonSerializable(typeof(SuggestionsReply))]
[JsonSerializable(typeof(HeaderReply))]
[JsonSerializable(typeof(ProblemReply))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
sealed partial class ApiJson : JsonSerializerContext
{
    static ApiJson()
    {
        var options = AnswerJson.NewOptions();
        options.Converters.Add(new TimeConverter());
        Default = new(options);
    }
}

/// <summary>Times in UTC to the millisecond: <c>2026-08-17T09:30:00.000Z</c>.</summary>
sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(
            value
                .ToUniversalTime()
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture)
        );
}
