using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Berthbook.Formats;

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
[JsonSerializable(typeof(HeaderReply))]
[JsonSerializable(typeof(ProblemReply))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
sealed partial class ApiJson : JsonSerializerContext
{
    static ApiJson() =>
        Default = new(
            new()
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                // The answer is JSON by its media type and never sniffed, so names need no escapes for HTML.
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                Converters =
                {
                    new RecordConverter(),
                    new TransportConverter(),
                    new JsonStringEnumConverter<PortClass>(),
                    new JsonStringEnumConverter<PortState>(),
                    new TimeConverter(),
                },
            }
        );
}

/// <summary>Transport protocols in lower case.</summary>
sealed class TransportConverter : JsonConverter<TransportProtocol>
{
    public override TransportProtocol Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        TransportProtocols.TryParse(reader.GetString(), out var transport)
            ? transport
            : throw new JsonException();

    public override void Write(
        Utf8JsonWriter writer,
        TransportProtocol value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.Name());
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

/// <summary>A record as all answers have it.</summary>
sealed class RecordConverter : JsonConverter<RegistryRecord>
{
    public override RegistryRecord Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => throw new NotSupportedException("The API takes no records");

    public override void Write(Utf8JsonWriter writer, RegistryRecord value, JsonSerializerOptions options) =>
        JsonFormat.WriteRecord(writer, value);
}
