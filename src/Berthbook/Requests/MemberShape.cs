using System.Collections.Frozen;

namespace Berthbook.Requests;

/// <summary>What a member of a request document holds in JSON.</summary>
enum MemberShape : byte
{
    Text,
    Texts,
    Flag,
    Role,
    Transports,
    Port,
    PortNumber,
    ServiceCodes,
    Party,
    Approval,
    RequestNumber,
    Replacements,
    Header,
}

/// <summary>The shapes of the members.</summary>
static class MemberShapes
{
    static readonly FrozenDictionary<string, MemberShape> Others = new Dictionary<string, MemberShape>
    {
        ["transports"] = MemberShape.Transports,
        ["port"] = MemberShape.Port,
        ["newPort"] = MemberShape.PortNumber,
        ["serviceCodes"] = MemberShape.ServiceCodes,
        ["otherNames"] = MemberShape.Texts,
        ["role"] = MemberShape.Role,
        ["requester"] = MemberShape.Party,
        ["assignee"] = MemberShape.Party,
        ["contact"] = MemberShape.Party,
        ["proprietary"] = MemberShape.Flag,
        ["broadcast"] = MemberShape.Flag,
        ["multicast"] = MemberShape.Flag,
        ["anycast"] = MemberShape.Flag,
        ["ietfStream"] = MemberShape.Flag,
        ["releaseName"] = MemberShape.Flag,
        ["useUnclear"] = MemberShape.Flag,
        ["agreed"] = MemberShape.Flag,
        ["approval"] = MemberShape.Approval,
        ["revises"] = MemberShape.RequestNumber,
        ["waives"] = MemberShape.Texts,
        ["replacements"] = MemberShape.Replacements,
        ["header"] = MemberShape.Header,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The shape of a member: a text where it is no other.</summary>
    public static MemberShape Of(string member) => Others.GetValueOrDefault(member, MemberShape.Text);
}
