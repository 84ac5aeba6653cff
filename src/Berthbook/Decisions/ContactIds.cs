using System.Globalization;
using System.Text;

namespace Berthbook.Decisions;

/// <summary>Ids of contacts, made from their names (procedures K2): an XML id, as IANA's schema wants.</summary>
static class ContactIds
{
    const int MaxLength = 60;

    /// <summary>The id of a name: blanks become <c>_</c>, what an XML id cannot hold is left out, a digit gets a <c>_</c> before it.</summary>
    public static string Of(string name)
    {
        var id = new StringBuilder(name.Length);
        foreach (var c in Cells.Fold(name))
        {
            if (id.Length == MaxLength)
                break;
            if (c == ' ')
                id.Append('_');
            else if (IsInside(c))
                id.Append(c);
        }
        if (id.Length == 0)
            return "contact";
        if (!IsFirst(id[0]))
            id.Insert(0, '_');
        return id.ToString();
    }

    /// <summary>Whether a text can be an id.</summary>
    public static bool IsWellFormed(string id) => id.Length > 0 && IsFirst(id[0]) && id.All(IsInside);

    /// <summary>The first of <c>id</c>, <c>id_2</c>, <c>id_3</c> … that is not taken.</summary>
    public static string Free(string id, Func<string, bool> isTaken)
    {
        if (!isTaken(id))
            return id;
        for (var i = 2; ; i++)
        {
            var next = string.Create(CultureInfo.InvariantCulture, $"{id}_{i}");
            if (!isTaken(next))
                return next;
        }
    }

    static bool IsFirst(char c) => char.IsLetter(c) || c == '_';

    static bool IsInside(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.';
}
