namespace Berthbook.Server.Api;

/// <summary>Answers with the records that meet filters, sorted and in pages.</summary>
static class RecordsApi
{
    static readonly Parameter Search = new(
        "search",
        "Text that a cell of the published table other than the two dates contains: white space folded, without case.",
        ParameterType.Text
    );

    static readonly Parameter Transport = new(
        "transport",
        "The record's transport protocol.",
        ParameterType.Transport
    );

    static readonly Parameter Port = new(
        "port",
        "A port number that is the record's or lies in its range.",
        ParameterType.Port
    );

    static readonly Parameter From = new(
        "from",
        "The least port number: the record's number or range reaches it.",
        ParameterType.Port
    );

    static readonly Parameter To = new(
        "to",
        "The greatest port number: the record's number or range begins at or before it.",
        ParameterType.Port
    );

    static readonly Parameter State = new("state", "The record's state.", ParameterType.State);

    static readonly Parameter Assignee = new(
        "assignee",
        "The id of a contact that the record names as assignee.",
        ParameterType.Text
    );

    static readonly Parameter Contact = new(
        "contact",
        "The id of a contact that the record names as contact.",
        ParameterType.Text
    );

    static readonly Parameter Sort = new(
        "sort",
        "Members of a record to sort by, separated by commas, the first strongest, a hyphen before one that "
            + $"descends: {string.Join(", ", RecordOrder.Members)}. Absent members come last; equal records keep the "
            + "order of the registry.",
        ParameterType.Text
    );

    public static readonly ApiOperation Operation = new(
        "listRecords",
        "/records",
        "The records that meet every filter",
        typeof(ListReply<RegistryRecord>),
        List
    )
    {
        Description = "Without a sort they come in the order of the registry.",
        Query =
        [
            Search,
            Transport,
            Port,
            From,
            To,
            State,
            Assignee,
            Contact,
            Sort,
            Parameter.Page,
            Parameter.PageSize,
        ],
    };

    static Answer List(Call call)
    {
        var query = call.Query;
        var transport = query.Transport(Transport.Name);
        var port = query.Port(Port.Name);
        var from = query.Port(From.Name);
        var to = query.Port(To.Name);
        var state = query.State(State.Name);
        var assignee = query.Text(Assignee.Name);
        var contact = query.Text(Contact.Name);
        var paging = query.Paging();
        if (from?.Value > to?.Value)
            query.Fail(To.Name, $"the range {from}-{to} runs backwards");
        var order = RecordOrder.Parse(query.Text(Sort.Name));
        if (order.Fault is { } fault)
            query.Fail(Sort.Name, fault);
        if (call.Refusal is { } refusal)
            return refusal;

        var found = Searched(call, query.Text(Search.Name))
            .Where(record =>
                (transport is null || record.Transport == transport)
                && (port is not { } number || record.Number?.Contains(number) == true)
                && (from is not { } least || record.Number?.Last.Value >= least.Value)
                && (to is not { } most || record.Number?.First.Value <= most.Value)
                && (state is not { } wanted || record.Kind().State() == wanted)
                && (assignee is null || ContactsApi.IsAmong(record.Assignee, assignee))
                && (contact is null || ContactsApi.IsAmong(record.Contacts, contact))
            );
        return Answer.Ok(
            ListReply.Of(order.Sort(found), paging, record => record),
            ApiJson.Default.ListReplyRegistryRecord
        );
    }

    static IEnumerable<RegistryRecord> Searched(Call call, string? text)
    {
        var records = call.Snapshot.Registry.Records;
        if (string.IsNullOrWhiteSpace(text))
            return records;
        return call.Ready.Table.Search(text).ToArray().Select(row => records[row]);
    }
}
