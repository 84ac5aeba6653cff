using System.Collections.Immutable;
using Berthbook.Answers;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Api;

/// <summary>A service name in the list of them.</summary>
/// <param name="Name">The name as the registry writes it.</param>
/// <param name="Primary">The name that counts where this one stands aside, or null.</param>
/// <param name="Historic">Whether it is kept for history only.</param>
/// <param name="Transports">The transport protocols of its records, in lower case.</param>
/// <param name="Numbers">The port numbers and ranges of its records, as the registry writes them.</param>
/// <param name="Description">The description of its first record, or null.</param>
sealed record ServiceSummary(
    string Name,
    string? Primary,
    bool Historic,
    ImmutableArray<string> Transports,
    ImmutableArray<string> Numbers,
    string? Description
)
{
    public static ServiceSummary Of(ServiceFacts facts) =>
        new(
            facts.Name,
            facts.Primary,
            facts.IsHistoric,
            [.. facts.Records.Select(record => record.Transport?.Name()).OfType<string>().Distinct()],
            [
                .. facts
                    .Records.Select(record => record.Number?.ToString())
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal),
            ],
            facts.Records[0].Description.OneLine is { Length: > 0 } words ? words : null
        );
}

/// <summary>Answers what a service name is.</summary>
static class ServicesApi
{
    static readonly Parameter Name = new(
        "name",
        "The service name, any spelling that the registry has, without case.",
        ParameterType.Text
    );

    public static readonly ApiOperation FindService = new(
        "getService",
        "/services/{name}",
        "What a service name is: its records, other names, SRV labels, DNS-SD types and TXT keys",
        typeof(ServiceReply),
        Find
    )
    {
        Description =
            "srv and dnssd are empty for an old spelling, a name that is not primary, a name that is no service type, "
            + "and where no record has a transport protocol; why says which.",
        Segments = [Name],
        MayBeMissing = true,
    };

    public static readonly ApiOperation ListServices = new(
        "listServices",
        "/services",
        "All service names in alphabetical order",
        typeof(ListReply<ServiceSummary>),
        List
    )
    {
        Query = [Parameter.Page, Parameter.PageSize],
    };

    static Answer Find(Call call)
    {
        var name = call.NameAfter("/services/");
        if (ServiceFacts.Find(call.Index, name) is not { } facts)
            return Answer.NotFound($"The registry has no service name '{name}'.");
        return Answer.Ok(ServiceReply.Of(facts), ApiJson.Default.ServiceReply);
    }

    static Answer List(Call call)
    {
        var paging = call.Query.Paging();
        if (call.Refusal is { } refusal)
            return refusal;
        return Answer.Ok(
            ListReply.Of(
                Listings.Of(call.Snapshot.Registry).Names,
                paging,
                record => ServiceSummary.Of(ServiceFacts.Find(call.Index, record.Name!.Value.Text)!)
            ),
            ApiJson.Default.ListReplyServiceSummary
        );
    }
}
