using System.Text.Json.Serialization;
using Berthbook.Answers;

namespace Berthbook.Server.Api;

/// <summary>How replies about accounts become JSON.</summary>
[JsonSerializable(typeof(AccountReply))]
[JsonSerializable(typeof(ListReply<AccountReply>))]
[JsonSerializable(typeof(AskedReply))]
[JsonSerializable(typeof(SecondFactorReply))]
[JsonSerializable(typeof(TokenReply))]
[JsonSerializable(typeof(NewTokenReply))]
[JsonSerializable(typeof(ListReply<TokenReply>))]
[JsonSerializable(typeof(ClaimReply))]
[JsonSerializable(typeof(ListReply<ClaimReply>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
sealed partial class AccountsJson : JsonSerializerContext
{
    static AccountsJson() => Default = new(AnswerJson.NewOptions());
}
