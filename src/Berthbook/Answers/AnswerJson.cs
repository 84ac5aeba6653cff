using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Berthbook.Formats;

namespace Berthbook.Answers;

/// <summary>How answers become JSON: every member always, in camelCase, text as it is.</summary>
[JsonSerializable(typeof(ChangeReply))]
[JsonSerializable(typeof(ContactSummary))]
[JsonSerializable(typeof(HeaderReply))]
[JsonSerializable(typeof(PortReply))]
[JsonSerializable(typeof(RegistryRecord))]
[JsonSerializable(typeof(RevisionSummary))]
[JsonSerializable(typeof(TransportReply))]
[JsonSerializable(typeof(PortRunReply))]
[JsonSerializable(typeof(ServiceReply))]
[JsonSerializable(typeof(SearchReply))]
[JsonSerializable(typeof(SuggestionsReply))]
[JsonSerializable(typeof(ExplanationReply))]
[JsonSerializable(typeof(VerdictReply))]
[JsonSerializable(typeof(RequestSummary))]
[JsonSerializable(typeof(RequestReply))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
public sealed partial class AnswerJson : JsonSerializerContext
{
    static AnswerJson() => Default = new(NewOptions());

    /// <summary>Fresh options that write answers so; for a context of one's own around them.</summary>
    public static JsonSerializerOptions NewOptions() =>
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            // The answer is JSON by its media type and never sniffed, so names need no escapes for HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters =
            {
                new RecordConverter(),
                new TransportConverter(),
                new TimeConverter(),
                new JsonStringEnumConverter<PortClass>(),
                new JsonStringEnumConverter<PortState>(),
            },
        };

    // Transport protocols in lower case.
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

    // A record as all answers have it; they are written, never read.
    sealed class RecordConverter : JsonConverter<RegistryRecord>
    {
        public override RegistryRecord Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => throw new NotSupportedException("Answers are written, not read");

        public override void Write(
            Utf8JsonWriter writer,
            RegistryRecord value,
            JsonSerializerOptions options
        ) => JsonFormat.WriteRecord(writer, value);
    }

    // Times in UTC to the millisecond: 2026-08-17T09:30:00.000Z.
    sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => reader.GetDateTimeOffset();

        public override void Write(
            Utf8JsonWriter writer,
            DateTimeOffset value,
            JsonSerializerOptions options
        ) =>
            writer.WriteStringValue(
                value
                    .ToUniversalTime()
                    .ToString(
                        "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                        System.Globalization.CultureInfo.InvariantCulture
                    )
            );
    }
}
