using System.Collections.Immutable;
using Berthbook.Server.Accounts;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Pages.Admin;

/// <summary>All accounts with their offices.</summary>
sealed class IndexModel(CurrentRegistry current, Administration administration) : RegistryPage(current)
{
    public override string Title => "Accounts";

    public override string? Twin => null;

    public ImmutableArray<ListedAccount> Accounts { get; private set; } = [];

    public void OnGet() => Accounts = administration.All();
}
