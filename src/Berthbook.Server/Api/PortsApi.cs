using System.Collections.Immutable;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Api;

/// <summary>One port number on one transport protocol.</summary>
/// <param name="Port">The port number.</param>
/// <param name="Transport">The transport protocol, in lower case.</param>
/// <param name="Range"><c>System</c>, <c>User</c> or <c>Dynamic</c>.</param>
/// <param name="State">The effective state.</param>
/// <param name="ListedState">What the records say.</param>
/// <param name="Why">Why the effective state is what it is.</param>
/// <param name="Records">The records that speak for it.</param>
sealed record TransportReply(
    int Port,
    TransportProtocol Transport,
    PortClass Range,
    PortState State,
    PortState ListedState,
    string Why,
    ImmutableArray<RegistryRecord> Records
)
{
    public static TransportReply Of(PortStatus status) =>
        new(
            status.Port.Value,
            status.Transport,
            status.Port.Class,
            status.Effective,
            status.Listed,
            status.Why,
            status.Records
        );
}

/// <summary>One port number on every transport protocol.</summary>
sealed record PortReply(int Port, PortClass Range, TransportsReply Transports)
{
    public static PortReply Of(RegistryIndex index, PortNumber port)
    {
        return new(
            port.Value,
            port.Class,
            new(
                On(TransportProtocol.Tcp),
                On(TransportProtocol.Udp),
                On(TransportProtocol.Sctp),
                On(TransportProtocol.Dccp)
            )
        );

        TransportReply On(TransportProtocol transport) => TransportReply.Of(index.Status(port, transport));
    }
}

/// <summary>A port number on each transport protocol.</summary>
sealed record TransportsReply(
    TransportReply Tcp,
    TransportReply Udp,
    TransportReply Sctp,
    TransportReply Dccp
);

/// <summary>Answers what a port number is.</summary>
static class PortsApi
{
    static readonly Parameter Number = new("port", "The port number, 0 to 65535.", ParameterType.Port);

    static readonly Parameter Transport = new(
        "transport",
        "The transport protocol, in lower case.",
        ParameterType.Transport
    );

    public static readonly ApiOperation FindPort = new(
        "getPort",
        "/ports/{port}",
        "What a port number is on every transport protocol",
        typeof(PortReply),
        call => Find(call, null)
    )
    {
        Segments = [Number],
    };

    public static readonly ApiOperation FindTransport = new(
        "getPortOnTransport",
        "/ports/{port}/{transport}",
        "What a port number is on a transport protocol, and why",
        typeof(TransportReply),
        FindOne
    )
    {
        Description =
            "Where records and rules differ, listedState is what the records say and state is what counts: "
            + "443/dccp has no record, so it is listed Unassigned, and is Reserved for the assignee of 443/tcp.",
        Segments = [Number, Transport],
    };

    static Answer FindOne(Call call)
    {
        var text = call.Segment(Transport.Name);
        return TransportProtocols.TryParse(text, out var transport)
            ? Find(call, transport)
            : Answer.Malformed(Transport.Name, ApiQuery.NotTransport(text));
    }

    static Answer Find(Call call, TransportProtocol? transport)
    {
        var text = call.Segment(Number.Name);
        return PortNumber.TryParse(text, out var port)
            ? new(StatusCodes.Status200OK, Answer.Json, call.Ready.Ports.Of(port, transport))
            : Answer.Malformed(Number.Name, ApiQuery.NotPort(text));
    }

    /// <summary>
    /// Answers the plain form of both addresses before routing, since this is what programs ask most: no query, a
    /// method that reads. Anything else goes the usual way.
    /// </summary>
    public static void UsePortLookups(this IApplicationBuilder app)
    {
        var answers = app.ApplicationServices.GetRequiredService<CurrentAnswers>();
        app.Use(next =>
            context =>
                TryParse(context.Request, out var port, out var transport)
                    ? new Answer(
                        StatusCodes.Status200OK,
                        Answer.Json,
                        answers.Now.Ports.Of(port, transport)
                    ).SendAsync(context, answers.Now.Tag)
                    : next(context)
        );
    }

    static bool TryParse(HttpRequest request, out PortNumber port, out TransportProtocol? transport)
    {
        (port, transport) = (default, null);
        const string folder = $"{Addresses.Api}/ports/";
        if (
            request.Path.Value is not { } path
            || !path.StartsWith(folder, StringComparison.Ordinal)
            || request.QueryString.HasValue
            || !HttpMethods.IsGet(request.Method)
        )
            return false;
        var rest = path.AsSpan(folder.Length);
        var slash = rest.IndexOf('/');
        if (slash < 0)
            return PortNumber.TryParse(rest, out port);
        if (!TransportProtocols.TryParse(rest[(slash + 1)..], out var known))
            return false;
        transport = known;
        return PortNumber.TryParse(rest[..slash], out port);
    }
}
