namespace Berthbook.Server.Mail;

/// <summary>What came of handing a letter to the relay.</summary>
enum Delivery : byte
{
    /// <summary>The relay took it.</summary>
    Taken,

    /// <summary>The relay does not take this letter now; it is tried again.</summary>
    NotNow,

    /// <summary>The relay never takes this letter.</summary>
    Never,

    /// <summary>The relay cannot be reached or takes nothing from us; no letter of ours goes.</summary>
    NoRelay,
}
