using System.Collections.Immutable;
using Berthbook.Journal;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Changes;

/// <summary>The revisions of the registry, newest first.</summary>
sealed class IndexModel(CurrentRegistry current) : RegistryPage(current)
{
    const int Size = 50;

    public Pager Pager { get; private set; } = null!;

    /// <summary>The revisions on this page.</summary>
    public ImmutableArray<Revision> Revisions { get; private set; }

    public override string Title => Pager.Titled("Changes");

    public override string Address => Pager.At(Pager.Page);

    public override string Twin => Addresses.Twin("/changes");

    public IActionResult OnGet([FromQuery] string? page)
    {
        var all = Snapshot.History.Revisions;
        if (Pager.Find(page, all.Length, Size, "/changes") is not { } pager)
            return Refuse(404, "The list has no such page", new Link("/changes", "Its first page"));
        Pager = pager;
        Revisions = [.. all.Reverse().Skip(pager.Skip).Take(Size)];
        return Page();
    }
}
