using Berthbook.Answers;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Api;

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
