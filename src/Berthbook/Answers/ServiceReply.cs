using System.Collections.Immutable;

namespace Berthbook.Answers;

/// <summary>What a service name is, as programs are answered.</summary>
/// <param name="Name">The name as the registry writes it.</param>
/// <param name="Primary">The name that counts where this one stands aside, or null.</param>
/// <param name="Historic">Whether it is kept for history only.</param>
/// <param name="Aliases">The names that stand aside for it.</param>
/// <param name="Records">Its records.</param>
/// <param name="Srv">The labels of its SRV records (RFC 2782).</param>
/// <param name="Dnssd">Its DNS-SD service types (RFC 6763 section 7).</param>
/// <param name="TxtKeys">The TXT keys that its notes define (RFC 6763 section 6).</param>
/// <param name="Why">Why it has these labels, or none.</param>
public sealed record ServiceReply(
    string Name,
    string? Primary,
    bool Historic,
    ImmutableArray<string> Aliases,
    ImmutableArray<RegistryRecord> Records,
    ImmutableArray<string> Srv,
    ImmutableArray<string> Dnssd,
    ImmutableArray<TxtKey> TxtKeys,
    string Why
)
{
    /// <summary>The answer of a service's facts.</summary>
    public static ServiceReply Of(ServiceFacts facts) =>
        new(
            facts.Name,
            facts.Primary,
            facts.IsHistoric,
            facts.Aliases,
            facts.Records,
            facts.Srv,
            facts.Dnssd,
            facts.TxtKeys,
            facts.Why
        );
}
