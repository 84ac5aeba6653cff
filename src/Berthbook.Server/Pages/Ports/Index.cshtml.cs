using System.Collections.Immutable;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Ports;

/// <summary>The port numbers in order, neighbours of one kind together, from any number upwards.</summary>
sealed class IndexModel(CurrentRegistry current) : RegistryPage(current)
{
    const int Size = 100;

    public PortNumber From { get; private set; }

    public ImmutableArray<PortRun> Runs { get; private set; }

    /// <summary>Where the page before begins, or null on the first.</summary>
    public PortNumber? Before { get; private set; }

    /// <summary>Where the next page begins, or null on the last.</summary>
    public PortNumber? Next { get; private set; }

    public override string Title => $"Ports {Words.Span(From, Runs[^1].Last)}";

    public override string Address => From.Value == 0 ? "/ports" : Addresses.Ports(From);

    public override string Twin => Addresses.Twin(Address);

    public IActionResult OnGet(string? from)
    {
        var first = default(PortNumber);
        if (!string.IsNullOrEmpty(from) && !PortNumber.TryParse(from, out first))
            return Refuse(400, PortRange.FaultOf(from) ?? "The list begins at one number, 0 to 65535");
        From = first;
        Runs = [.. PortRun.From(Index, From).Take(Size)];
        Before = From.Value == 0 ? null : PortRun.StartOfBefore(Index, From, Size);
        Next = Runs[^1].Last.Value + 1 is var next and < PortNumber.Count ? new((ushort)next) : null;
        return Page();
    }
}
