using System.Collections.Immutable;

namespace Berthbook.Requests;

/// <summary>Whom a letter is owed, as the request knows it; whoever stores the letter finds the addresses.</summary>
public abstract record Addressee
{
    /// <summary>An account.</summary>
    /// <param name="Number">Its number, from 1.</param>
    public sealed record Account(int Number) : Addressee;

    /// <summary>An address that the request names.</summary>
    /// <param name="Address">The e-mail address. Personal data.</param>
    public sealed record Mailbox(string Address) : Addressee;

    /// <summary>Every account that holds one of some offices, but the applicant's.</summary>
    /// <param name="Any">The offices.</param>
    public sealed record Office(Offices Any) : Addressee;

    /// <summary>
    /// Every account that was confirmed to be, or to act for, one of some contacts, but the applicant's. The addresses that an
    /// imported contact brought get nothing: domains lapse (procedures K3).
    /// </summary>
    /// <param name="Contacts">The ids of the contacts.</param>
    public sealed record Holders(ImmutableArray<string> Contacts) : Addressee;
}

/// <summary>A letter that a change of a request owes somebody.</summary>
/// <param name="To">Whom.</param>
/// <param name="Kind">As <see cref="Letter.Kind"/>.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text.</param>
public sealed record OwedLetter(Addressee To, string Kind, string Subject, string Body)
{
    /// <summary>The secret code of the link in it, which confirms the address that it goes to; null where there is none.</summary>
    public string? Code { get; init; }
}

/// <summary>What every letter of a registry has in common.</summary>
/// <param name="Registry">The title of the registry.</param>
/// <param name="PublicUrl">The address that links begin with; without one a letter names the path alone.</param>
public sealed record LetterHead(string Registry, Uri? PublicUrl)
{
    /// <summary>The address of a page: whole where people can follow it, else its path.</summary>
    /// <param name="path">The path, from <c>/</c>.</param>
    public string Link(string path) =>
        PublicUrl is null ? $"{path} (on the pages of the registry)" : new Uri(PublicUrl, path).AbsoluteUri;
}
