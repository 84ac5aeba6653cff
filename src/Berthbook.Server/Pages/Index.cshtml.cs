using Berthbook.Journal;
using Berthbook.Search;
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

    /// <summary>What was found, or null where nothing was asked.</summary>
    public FoundPage? Found { get; private set; }

    public override string Title =>
        Found is null ? Registry.Header.Title : $"{Words.Cut(Found.Result.Query)}: search";

    public override string Address => Found is null ? "/" : $"/?q={Uri.EscapeDataString(Found.Result.Query)}";

    public override string Twin =>
        Found is null
            ? $"{Addresses.Api}/registry"
            : $"{Addresses.Api}/search?q={Uri.EscapeDataString(Found.Result.Query)}&limit={FoundPage.Most}";

    /// <summary>The latest revisions, newest first.</summary>
    public IEnumerable<Revision> Revisions => Snapshot.History.Revisions.Reverse().Take(Recent);

    public IActionResult OnGet(string? q)
    {
        if (string.IsNullOrWhiteSpace(q))
            return Page();
        if (RegistrySearch.FaultOf(q) is { } fault)
            return Refuse(400, Words.Sentence(fault));
        if (Exact(q.Trim()) is { } address)
            return Redirect(address);
        Found = new(Snapshot.Search.Find(q, FoundPage.Most));
        return Page();
    }

    // A number or an exact name goes to its page.
    string? Exact(string text)
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
            : null;
    }
}
