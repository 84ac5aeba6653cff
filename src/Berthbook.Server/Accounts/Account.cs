using Berthbook.Requests;
using Microsoft.AspNetCore.Identity;

namespace Berthbook.Server.Accounts;

/// <summary>Whether an account may be used.</summary>
enum AccountState
{
    Active,

    /// <summary>An administrator stopped it, and may let it go on.</summary>
    Deactivated,

    /// <summary>Its owner closed it: the personal data is erased, the number stays with what it decided.</summary>
    Closed,
}

/// <summary>Somebody who may ask, and perhaps decide. Personal data, but for number, offices and state.</summary>
sealed class Account : IdentityUser<int>
{
    /// <summary>The name that people see.</summary>
    public required string Name { get; set; }

    public string? Organization { get; set; }

    /// <summary>The offices held, whether or not they are in force.</summary>
    public Offices Offices { get; set; }

    public AccountState State { get; set; }

    public DateTimeOffset Created { get; set; }
}
