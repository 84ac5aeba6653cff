using System.Text;
using System.Text.Json;

namespace Berthbook.Requests;

/// <summary>What is said to an action: read strictly, by its schema and by its reader alike.</summary>
public class MoveFormatTests
{
    [Fact]
    public void What_an_expert_says_is_read_whole()
    {
        var move = Taken(
            RequestAction.Recommend,
            """{"reason":"It fits.","note":"quick","for":false,"criteria":["P10","A3"],"pool":"sctp"}"""
        ).Move!;
        Assert.Equal(
            ("It fits.", "quick", false, ExpertPool.Sctp),
            (move.Words, move.Note, move.IsFor, move.Pool)
        );
        Assert.Equal(["P10", "A3"], move.Criteria);
    }

    [Fact]
    public void What_the_registrar_chooses_is_read_whole()
    {
        var choices = Taken(
            RequestAction.Assign,
            """
            {"reason":"Done.","choices":{"references":["RFC9000"],"registered":"2026-09-01","registeredReason":"the mail's day",
             "follows":0,"port":4100,"notes":"Ripe.","assigneeId":"Growers","contactId":"Ada"}}
            """
        ).Choices!;
        Assert.Equal(["RFC9000"], choices.References);
        Assert.Equal(
            ("2026-09-01", "the mail's day", 0, "4100", "Ripe.", "Growers", "Ada"),
            (
                choices.Registered.ToString(),
                choices.RegisteredReason,
                choices.Follows,
                choices.Port.ToString(),
                choices.Notes,
                choices.AssigneeId,
                choices.ContactId
            )
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"reason":null,"choices":null}""")]
    [InlineData("""{"choices":{}}""")]
    [InlineData("""{"choices":{"references":null}}""")]
    public void Nothing_said_is_nothing_chosen(string json)
    {
        var read = Taken(RequestAction.Assign, json);
        Assert.Null(read.Choices);
        Assert.Equal(new RequestMove(RequestAction.Assign), read.Move);
    }

    [Theory]
    [InlineData(RequestAction.Reject, """{"for":true}""", "1:2 for")]
    [InlineData(RequestAction.Reject, """{"reason":1}""", "1:11 reason")]
    [InlineData(RequestAction.Reject, """{"reason":"x","reason":"y"}""", "1:15 reason")]
    [InlineData(RequestAction.Reject, """{"Reason":"x"}""", "1:2 Reason")]
    [InlineData(RequestAction.Submit, """{"reason":"x"}""", "1:2 reason")]
    [InlineData(RequestAction.StandIn, """{"account":0}""", "1:12 account")]
    [InlineData(RequestAction.StandIn, """{"account":1.5}""", "1:12 account")]
    [InlineData(RequestAction.StandIn, """{"pool":"tcp"}""", "1:9 pool")]
    [InlineData(RequestAction.Recommend, """{"for":"yes"}""", "1:8 for")]
    [InlineData(RequestAction.Recommend, """{"criteria":"P10"}""", "1:13 criteria")]
    [InlineData(RequestAction.Assign, """{"choices":{"colour":1}}""", "1:13 choices.colour")]
    [InlineData(RequestAction.Assign, """{"choices":{"follows":-1}}""", "1:23 choices.follows")]
    [InlineData(RequestAction.Assign, """{"choices":{"port":70000}}""", "1:20 choices.port")]
    [InlineData(
        RequestAction.Assign,
        """{"choices":{"registered":"yesterday"}}""",
        "1:26 choices.registered"
    )]
    [InlineData(RequestAction.Approve, "[]", "1:1 ")]
    [InlineData(RequestAction.Approve, "{} {}", "1:4 ")]
    public void What_an_action_does_not_take_is_a_fault_with_its_place(
        RequestAction action,
        string json,
        string place
    )
    {
        var read = MoveFormat.Read(action, Encoding.UTF8.GetBytes(json));
        Assert.Null(read.Move);
        var fault = read.Faults[0];
        Assert.Equal(place, $"{fault.Line}:{fault.Column} {fault.Field}");
    }

    [Fact]
    public void Every_member_of_a_schema_is_read_and_no_other()
    {
        foreach (var action in RequestActions.OfPeople)
        {
            using var schema = JsonDocument.Parse(MoveFormat.SchemaOf(action));
            var known = schema
                .RootElement.GetProperty("properties")
                .EnumerateObject()
                .Select(member => member.Name)
                .ToList();
            Assert.Equal(MoveFormat.MembersOf(action).Order(), known.Order());
            foreach (
                var name in (string[])["reason", "note", "for", "criteria", "pool", "account", "choices"]
            )
                Assert.Equal(
                    known.Contains(name),
                    MoveFormat.Read(action, Encoding.UTF8.GetBytes($$"""{"{{name}}":null}""")).Faults.IsEmpty
                );
        }
    }

    static MoveReadResult Taken(RequestAction action, string json)
    {
        var read = MoveFormat.Read(action, Encoding.UTF8.GetBytes(json));
        Assert.Empty(read.Faults);
        return read;
    }
}
