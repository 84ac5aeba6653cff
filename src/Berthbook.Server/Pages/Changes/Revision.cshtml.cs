using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Journal;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Changes;

/// <summary>What a revision changed, field by field, and where it came from.</summary>
sealed class RevisionModel(CurrentRegistry current) : RegistryPage(current)
{
    const int Size = 50;

    public Revision Revision { get; private set; } = null!;

    public Pager Pager { get; private set; } = null!;

    /// <summary>The changes on this page, by section.</summary>
    public ImmutableArray<IGrouping<string, ToldChange>> Sections { get; private set; }

    /// <summary>How many records, contacts and parts of the header say the same in other white space.</summary>
    public int LaidOut => Revision.Changes.Count(change => change.Kind == ChangeKind.Layout);

    public override string Title => Pager.Titled($"Revision {Revision.Number}");

    public override string Address => Pager.At(Pager.Page);

    public override string Twin => Addresses.Twin(Addresses.Revision(Revision.Number));

    public override IReadOnlyList<Link> Trail => [new("/changes", "Changes")];

    public IActionResult OnGet(string number, [FromQuery] string? page)
    {
        var revisions = Snapshot.History.Revisions;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var asked))
            return Refuse(
                400,
                "Revisions have numbers, from 1 upwards",
                new Link("/changes", "All revisions")
            );
        if (asked < 1 || asked > revisions.Length)
            return Refuse(404, $"There is no revision {asked}", new Link("/changes", "All revisions"));
        Revision = revisions[asked - 1];
        var story = RevisionStory.Of(Revision);
        if (Pager.Find(page, story.Length, Size, Addresses.Revision(asked)) is not { } pager)
            return Refuse(
                404,
                "The list has no such page",
                new Link(Addresses.Revision(asked), "Its first page")
            );
        Pager = pager;
        Sections =
        [
            .. story.Skip(pager.Skip).Take(Size).Select(part => part.Tell()).GroupBy(told => told.Section),
        ];
        return Page();
    }

    /// <summary>The page of what a change happened to, or null where it has none now.</summary>
    public string? Place(ToldChange told) =>
        told switch
        {
            { ContactId: { } id } when Registry.FindContact(id) is not null => Addresses.Contact(id),
            { Record: { } record } => Place(record),
            _ => null,
        };

    /// <summary>The page of a record's name, else of its number, or null where it has none now.</summary>
    public string? Place(RegistryRecord record) =>
        record.Name is { } name && !Index.Find(name.Text).IsEmpty ? Addresses.Service(name)
        : record.Number is { } range ? Addresses.Port(range.First)
        : null;
}
