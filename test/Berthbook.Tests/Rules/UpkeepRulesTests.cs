using Berthbook.Journal;
using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>The rules C6 to C14, by what comes of a request.</summary>
public class UpkeepRulesTests
{
    static readonly Registry Lamp = Registry(
        Held("lamp", "5000", "tcp", assignee: "Bo_Example"),
        Held("wick", "5001", "tcp")
    );

    static RequestDocument Ask(RequestKind kind, string? name = "lamp") =>
        new()
        {
            Kind = kind,
            Name = name,
            Role = RequesterRole.Registrar,
            Reason = "It is so.",
            Evidence = "Extract of the commercial register",
        };

    static readonly RequestDocument Stranger = Ask(Maintenance) with
    {
        Role = RequesterRole.Applicant,
        Requester = new() { Name = "Eve", Email = "eve@example.com" },
    };

    [Fact, Cites("C6")]
    public void Who_holds_it_brings_it_up_to_date()
    {
        var change = Ask(Maintenance) with { Description = "Weighing" };
        Assert.Equal(Procedure.Registrar, Check(Lamp, change).Procedure);
        Assert.True(Check(Lamp, change).IsComplete);
        Assert.False(Check(Lamp, Ask(Maintenance)).IsComplete);
        Assert.True(Check(Lamp, Stranger with { Description = "Weighing" }).IsRefused);
    }

    [Fact, Cites("C6")]
    public void A_recorded_assignee_does_not_change_by_maintenance()
    {
        var party = new RequestParty { Name = "Dee Instruments", Email = "dee@example.com" };
        Assert.True(Check(Lamp, Ask(Maintenance) with { Assignee = party }).IsRefused);
        Assert.False(Check(Lamp, Ask(Maintenance, "wick") with { Assignee = party }).IsRefused);
    }

    [Fact, Cites("C6")]
    public void An_assignee_is_recorded_on_evidence()
    {
        var asks = Ask(Maintenance, "wick") with { Assignee = new() { Contact = "Ada_Example" } };
        Assert.True(Check(Lamp, asks).IsComplete);
        Assert.Equal(["evidence"], Check(Lamp, asks with { Evidence = null }).ToMend());
    }

    [Fact, Cites("C7")]
    public void Anybody_reports_an_unauthorized_use_and_the_assignee_is_told()
    {
        var report = Stranger with { Kind = UnauthorizedUse, UnauthorizedUse = "Two makers ship with it." };
        var verdict = Check(Lamp, report);
        Assert.Equal(Procedure.Registrar, verdict.Procedure);
        Assert.Contains("Bo Example is told", verdict.Words());
        Assert.False(Check(Lamp, report with { UnauthorizedUse = null }).IsComplete);
        Assert.True(Check(Lamp, report with { UnauthorizedUse = null, OtherNames = ["torch"] }).IsComplete);
    }

    [Fact, Cites("C8")]
    public void A_rename_needs_an_assignee_that_accepts_it()
    {
        var asks = Ask(Rename) with { NewName = "torch", IsAgreed = true };
        Assert.Equal(Procedure.Registrar, Check(Lamp, asks).Procedure);
        Assert.True(Check(Lamp, asks).IsComplete);
        Assert.Equal(["agreed"], Check(Lamp, asks with { IsAgreed = false }).ToMend());
        Assert.Equal(["newName"], Check(Lamp, asks with { NewName = null }).ToMend());
        Assert.True(Check(Lamp, asks with { Name = "candle" }).IsRefused);
    }

    [Fact, Cites("C8")]
    public void A_former_name_goes_to_the_expert_for_anybody_else()
    {
        var asks = For(Assign, "lamp", "none", "tcp");
        var basis = Renamed("lamp", "torch");
        Assert.Equal(Procedure.ExpertReview, InForce.Book.Check(basis, asks, Today).Procedure);
        var own = asks with { Assignee = new() { Contact = "Bo_Example" } };
        Assert.Equal(Procedure.FirstComeFirstServed, InForce.Book.Check(basis, own, Today).Procedure);
    }

    [Fact, Cites("C9")]
    public void An_assignee_s_own_new_name_is_recorded_on_evidence()
    {
        var asks = Ask(AssigneeName) with { Assignee = new() { Name = "Bo Lamps" } };
        Assert.Equal(Procedure.Registrar, Check(Lamp, asks).Procedure);
        Assert.Equal(["evidence"], Check(Lamp, asks with { Evidence = null }).ToMend());
        Assert.Equal(["assignee.name"], Check(Lamp, asks with { Assignee = null }).ToMend());
    }

    [Fact, Cites("C10")]
    public void Housekeeping_is_the_registrar_s()
    {
        var asks = Ask(Housekeeping, null) with { Replacements = [new("RFC-ietf-x-01", "RFC9999")] };
        Assert.Equal(Procedure.Registrar, Check(Lamp, asks).Procedure);
        Assert.True(Check(Lamp, asks with { Role = RequesterRole.Contact }).IsRefused);
        Assert.Equal(["replacements"], Check(Lamp, asks with { Replacements = [] }).ToMend());
    }

    [Fact, Cites("C12")]
    public void The_approver_says_who_the_experts_are()
    {
        var asks = Ask(RequestKind.Header, null) with { Header = new() { Experts = "TCP/UDP: Eve Expert" } };
        Assert.Equal(Procedure.Approver, Check(Lamp, asks).Procedure);
        var note = asks with { Header = new() { Note = "Read this first." } };
        Assert.Equal(Procedure.Registrar, Check(Lamp, note).Procedure);
        Assert.True(Check(Lamp, asks with { Role = RequesterRole.Applicant }).IsRefused);
        Assert.Equal(["header"], Check(Lamp, asks with { Header = null }).ToMend());
    }

    [Fact, Cites("C14")]
    public void A_mistake_is_put_right_by_the_registrar_with_a_reason()
    {
        var asks = Ask(Correction) with { Description = "Weighing (formerly scales)" };
        Assert.Equal(Procedure.Registrar, Check(Lamp, asks).Procedure);
        Assert.True(Check(Lamp, asks with { Role = RequesterRole.Assignee }).IsRefused);
        Assert.Equal(["reason"], Check(Lamp, asks with { Reason = null }).ToMend());
    }

    [Fact, Cites("C14")]
    public void A_record_that_assigns_nothing_is_corrected_too()
    {
        var registry = Registry(Nameless("Reserved", "5002", "tcp"));
        var asks = Ask(Correction, null) with { Port = new(new PortNumber(5002)), Notes = "Kept for lamps." };
        Assert.Equal(Procedure.Registrar, Check(registry, asks).Procedure);
        Assert.NotNull(Check(registry, asks).Effect);
    }

    [Theory]
    [InlineData(Deassign)]
    [InlineData(Maintenance)]
    [InlineData(Rename)]
    public void What_was_given_back_is_not_changed(RequestKind kind)
    {
        var former = SmallRegistry.Record("lamp", "5000", "tcp", "De-registered (2001)");
        Assert.True(Check(Registry(former), Ask(kind) with { NewName = "torch" }).IsRefused);
    }

    // A registry in whose second revision Bo's assignment got another name.
    static RuleBasis Renamed(string from, string to)
    {
        var before = Registry(Held(from, "5000", "tcp", assignee: "Bo_Example"));
        var after = Registry(Held(to, "5000", "tcp", assignee: "Bo_Example"));
        var revision = new Revision
        {
            Number = 2,
            Updated = new(new DateOnly(2026, 2, 1)),
            Time = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero),
            Who = "registrar",
            Why = "The product got a new name.",
            Changes = [new RecordChange(before.Records[0], after.Records[0], null)],
            Records = new(0, 0, 1),
            Contacts = default,
            Hash = Ledger.NoHash,
            Previous = Ledger.NoHash,
        };
        return new(new(after), null, new History([revision], after, 2));
    }
}
