using Berthbook.Journal;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages;

/// <summary>The first page: one field, and what the registry holds.</summary>
sealed class IndexModel(CurrentRegistry current) : RegistryPage(current)
{
    const int Recent = 5;

    /// <summary>The ranges that are assigned from.</summary>
    public static IReadOnlyList<PortClass> Ranges { get; } = [PortClass.System, PortClass.User];

    /// <summary>The states that port numbers of these ranges have.</summary>
    public static IReadOnlyList<PortState> States { get; } =
    [PortState.Assigned, PortState.Reserved, PortState.Unassigned];

    public override string Title => Registry.Header.Title;

    public override string Address => "/";

    public override string Twin => $"{Addresses.Api}/registry";

    /// <summary>The latest revisions, newest first.</summary>
    public IEnumerable<Revision> Revisions => Snapshot.History.Revisions.Reverse().Take(Recent);

    public IActionResult OnGet(string? q) => string.IsNullOrWhiteSpace(q) ? Page() : Redirect(Find(q.Trim()));

    // A number or an exact name goes to its page, anything else to the table.
    string Find(string text)
    {
        if (PortNumber.TryParse(text, out var port))
            return Addresses.Port(port);
        if (Index.Find(text) is [{ Name: { } name }, ..])
            return Addresses.Service(name);
        return
            text.Split('/') is [var number, var transport]
            && PortNumber.TryParse(number, out port)
            && TransportProtocols.TryParse(transport.ToLowerInvariant(), out var known)
            ? Addresses.Port(port, known)
            : Addresses.Search(text);
    }
}
