using System.Text;
using System.Text.Json.Nodes;

namespace Berthbook.Requests;

/// <summary>
/// Request documents as nobody should send them, and as somebody may: random ones about names and numbers that the
/// registry has, with wrong values, hostile texts, or bytes that are no JSON. The same number gives the same bytes.
/// </summary>
sealed class RandomRequests(Registry registry, int seed)
{
    static readonly string[] Hostile =
    [
        "",
        " \t\n ",
        "<script>alert(1)</script>",
        "'; DROP TABLE record; --",
        "\u202Eevil\u2066",
        "a\u0000b",
        "\u0085",
        "\uFFFE",
        "🍑",
        "é" + "\u0301",
        "..%2F..%2Fetc/passwd",
        "{{7*7}}${7*7}@(7*7)",
        "x\r\ny: z",
        "-->]]>&lt;&#0;",
        "none",
        "RFC6335",
        "SC:DISC",
        "a@b.c",
        "0",
        "-1",
        "1e9",
        "99999999999999999999",
    ];

    readonly string[] names =
    [
        .. registry.Records.Select(record => record.Name?.Text).OfType<string>().Distinct(),
    ];

    readonly string[] contacts = [.. registry.Contacts.Select(contact => contact.Id), "Nobody"];

    /// <summary>The document of a number: no separator in it, no blank before it, never empty.</summary>
    public byte[] Document(int number)
    {
        var random = new Random(unchecked(seed * 1_000_003 + number));
        var bytes = random.Next(20) switch
        {
            0 => Garbage(random),
            1 or 2 or 3 => Damage(
                random,
                Encoding.UTF8.GetBytes(Request(random, isOdd: true).ToJsonString())
            ),
            < 12 => Encoding.UTF8.GetBytes(Request(random, isOdd: true).ToJsonString()),
            _ => Encoding.UTF8.GetBytes(Request(random, isOdd: false).ToJsonString()),
        };
        bytes.AsSpan().Replace((byte)0x1E, (byte)'?');
        var text = bytes.AsSpan().TrimStart(" \t\r\n"u8);
        return text.IsEmpty ? "?"u8.ToArray() : text.ToArray();
    }

    JsonObject Request(Random random, bool isOdd)
    {
        var kind = Pick(random, RequestKinds.All);
        var request = new JsonObject { ["kind"] = isOdd && Happens(random, 20) ? "Assign" : kind.Word() };
        foreach (var member in RequestMembers.All)
        {
            var isUsed = member.Kinds.Contains(kind);
            if (isUsed ? Happens(random, 3) : !isOdd || !Happens(random, 60))
                continue;
            request[member.Name] = isOdd && Happens(random, 12) ? Odd(random, 0) : Value(random, member.Name);
        }
        if (isOdd && Happens(random, 15))
            request[Pick(random, Hostile)] = Odd(random, 0);
        return request;
    }

    JsonNode? Value(Random random, string member) =>
        member switch
        {
            "name" or "newName" => Name(random),
            "transports" => Some(random, ["tcp", "udp", "sctp", "dccp"]),
            "port" or "newPort" => Port(random, member),
            "serviceCodes" => Some(
                random,
                ["SC:PLUM", "SC=x44495343", "1145656131", "0", "SC:toolong", "SC=4294967296"]
            ),
            "otherNames" => new JsonArray(Name(random), Name(random)),
            "waives" => Some(random, ["P4", "N1", "A1", "A4", "X9"]),
            "role" => Pick(random, ["applicant", "assignee", "contact", "registrar", "approver", "chair"]),
            "requester" or "assignee" or "contact" => Party(random),
            "approval" => new JsonObject
            {
                ["policy"] = Pick(random, ["ietf-review", "iesg-approval", "standards-action"]),
                ["document"] = Pick(random, ["RFC9999", "minutes of 2026-01-01", ""]),
                ["reason"] = Words(random),
            },
            "revises" => random.Next(1, 9),
            "replacements" => new JsonArray(
                new JsonObject { ["from"] = Pick(random, contacts), ["to"] = Pick(random, contacts) }
            ),
            "header" => new JsonObject
            {
                ["note"] = Words(random),
                ["references"] = new JsonArray("RFC6335"),
            },
            "proprietary" or "broadcast" or "multicast" or "anycast" => Happens(random, 2),
            "ietfStream" or "releaseName" or "useUnclear" or "agreed" => Happens(random, 4),
            _ => Words(random),
        };

    string Name(Random random) =>
        random.Next(6) switch
        {
            0 => Pick(random, Hostile),
            1 => $"plum-{random.Next(100)}",
            2 => new string('a', random.Next(1, 30)),
            3 => Pick(random, names).ToUpperInvariant(),
            _ => Pick(random, names),
        };

    JsonNode? Port(Random random, string member) =>
        random.Next(12) switch
        {
            0 when member == "port" => "user",
            1 when member == "port" => "system",
            2 when member == "port" => "8000-8010",
            3 when member == "port" => "none",
            4 => random.Next(49152, 65536),
            5 => random.Next(1024),
            6 => "443",
            7 or 8 => Pick(random, registry.Records).Number?.First.Value ?? 80,
            _ => random.Next(1024, 49152),
        };

    JsonObject Party(Random random) =>
        Happens(random, 3)
            ? new() { ["contact"] = Pick(random, contacts) }
            : new()
            {
                ["name"] = Pick(random, ["Plum GmbH", "IESG", "IETF Chair", "Jon Postel", .. Hostile]),
                ["email"] = Pick(random, ["plum@example.org", "iesg@ietf.org", "no-address", .. Hostile]),
                ["organization"] = Happens(random, 2) ? null : "Plums",
            };

    static string Words(Random random) =>
        random.Next(5) switch
        {
            0 => Pick(random, Hostile),
            1 => new string('w', random.Next(1, 21_000)),
            2 => "Peers send lists over TLS 1.3, version 2 of the protocol; see https://example.org/plum",
            _ => "Field stations cannot be told another number, since their firewalls are set once by hand.",
        };

    static JsonNode? Odd(Random random, int depth) =>
        random.Next(depth > 20 ? 5 : 8) switch
        {
            0 => null,
            1 => random.Next(-5, 100_000),
            2 => random.NextDouble() * 1e6,
            3 => Happens(random, 2),
            4 => Pick(random, Hostile),
            5 => new JsonArray(Odd(random, depth + 1), Odd(random, depth + 4)),
            6 => new JsonObject { [Pick(random, Hostile)] = Odd(random, depth + 1) },
            _ => new JsonArray(Odd(random, depth + 1)),
        };

    static byte[] Damage(Random random, byte[] bytes)
    {
        var damaged = bytes.ToList();
        for (var times = random.Next(1, 4); times > 0 && damaged.Count > 0; times--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.RemoveAt(at);
                    break;
                case 2:
                    damaged.InsertRange(at, Encoding.UTF8.GetBytes(Pick(random, Pieces)));
                    break;
                case 3:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
                default:
                    damaged.AddRange(bytes.AsSpan(Math.Min(at, bytes.Length)));
                    break;
            }
        }
        return [.. damaged];
    }

    static readonly string[] Pieces =
    [
        "\"",
        "\\",
        "\\ud800",
        "{",
        "]",
        ",",
        "//",
        "/*",
        "\n{\"kind\":\"assign\"}\n",
        "\"kind\":\"header\",",
        "\uFEFF",
        "080",
    ];

    static byte[] Garbage(Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                var noise = new byte[random.Next(1, 200)];
                random.NextBytes(noise);
                return noise;
            case 1:
                return Encoding.UTF8.GetBytes(new string('[', random.Next(1, 5000)));
            case 2 when Happens(random, 10):
                return Encoding.UTF8.GetBytes(
                    $$"""{"kind":"assign","name":"{{new string('n', 300_000)}}"}"""
                );
            case 3:
                return Encoding.UTF8.GetBytes(
                    $$"""{"kind":"assign","kind":"{{Pick(random, RequestKinds.All).Word()}}"}"""
                );
            case 4:
                return Encoding.UTF8.GetBytes(RequestTemplate.Write(Pick(random, RequestKinds.All)));
            default:
                return Encoding.UTF8.GetBytes(
                    Pick(random, ["null", "7", "\"kind\"", "// nothing", "{}{}", "NaN", "kind=assign"])
                );
        }
    }

    static JsonArray Some(Random random, string[] words) =>
        [.. words.Where(_ => Happens(random, 2)).Select(word => (JsonNode)word)];

    static bool Happens(Random random, int oneIn) => random.Next(oneIn) == 0;

    static T Pick<T>(Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
