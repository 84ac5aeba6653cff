using System.Text;
using System.Text.Json.Nodes;

namespace Berthbook.Requests;

/// <summary>Documents that give every member that their kind uses.</summary>
static class FullRequest
{
    public static RequestDocument Of(RequestKind kind) =>
        RequestFormat.Read(Encoding.UTF8.GetBytes(JsonOf(kind).ToJsonString())).Document!;

    public static JsonObject JsonOf(RequestKind kind)
    {
        var json = new JsonObject { ["kind"] = kind.Word() };
        foreach (var member in RequestMembers.Of(kind))
            json[member.Name] = ValueOf(member.Name);
        return json;
    }

    static JsonNode ValueOf(string member) =>
        member switch
        {
            "transports" => new JsonArray("tcp", "dccp"),
            "port" => 8013,
            "newPort" => 8014,
            "serviceCodes" => new JsonArray("SC:PLUM"),
            "otherNames" or "waives" => new JsonArray("plum"),
            "role" => "registrar",
            "requester" or "assignee" or "contact" => new JsonObject
            {
                ["name"] = "Plum Stone",
                ["email"] = "plum@example.org",
                ["organization"] = "Plums",
                ["contact"] = "Plum_Stone",
            },
            "proprietary" or "broadcast" or "multicast" or "anycast" => false,
            "ietfStream" or "releaseName" or "useUnclear" or "agreed" => true,
            "approval" => new JsonObject
            {
                ["policy"] = "iesg-approval",
                ["document"] = "minutes",
                ["reason"] = "ripe",
            },
            "revises" => 3,
            "replacements" => new JsonArray(new JsonObject { ["from"] = "RFC-x", ["to"] = "RFC9999" }),
            "header" => new JsonObject
            {
                ["experts"] = "Plum",
                ["note"] = "Note",
                ["title"] = "Title",
                ["references"] = new JsonArray("RFC6335"),
            },
            _ => "words",
        };
}
