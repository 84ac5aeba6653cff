using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Berthbook.Server.Layout;

/// <summary>What every page has: the snapshot it reads, taken once, and what the frame around it needs to know.</summary>
abstract class RegistryPage(CurrentRegistry current) : PageModel
{
    /// <summary>The state of the registry that the whole page shows.</summary>
    public Snapshot Snapshot { get; } = current.Snapshot;

    /// <summary>What is served now, which may be another state already.</summary>
    protected CurrentRegistry Current { get; } = current;

    public Registry Registry => Snapshot.Registry;

    public RegistryIndex Index => Snapshot.Index;

    /// <summary>The page's title, unlike every other page's.</summary>
    public abstract string Title { get; }

    /// <summary>The page's permanent address, or null where it has none.</summary>
    public virtual string? Address => null;

    /// <summary>The address of the same as JSON, or null where there is none.</summary>
    public virtual string? Twin => Address is { } address ? Addresses.Twin(address) : null;

    /// <summary>Where the page stands: the pages above it, from the top.</summary>
    public virtual IReadOnlyList<Link> Trail => [];

    /// <summary>Ends in an error page that says why, and where else to look.</summary>
    protected StatusCodeResult Refuse(int status, string words, params IReadOnlyList<Link> near)
    {
        HttpContext.Features.Set(new PageFault(words, near));
        return StatusCode(status);
    }
}

/// <summary>A link: where it leads and what it says.</summary>
sealed record Link(string Address, string Words);

/// <summary>Why a page was refused, for the error page.</summary>
sealed record PageFault(string Words, IReadOnlyList<Link> Near);
