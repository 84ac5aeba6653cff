using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Berthbook;

/// <summary>What is asked of the published table: words to look for, an order, a page.</summary>
/// <param name="Search">The text that records must contain, white space folded; empty for all.</param>
/// <param name="Page">The page, from 1; one that does not exist is answered by <see cref="TableView.Find"/>.</param>
/// <param name="SortKeys">Columns 1 to 12, strongest first, each at most once; negative for descending.</param>
public sealed record TableQuery(string Search, int Page, ImmutableArray<int> SortKeys)
{
    /// <summary>The longest text to look for, in characters; it comes back in every link of the page.</summary>
    public const int MaxSearchLength = 200;

    /// <summary>The first page of all records in the order of the registry.</summary>
    public static TableQuery All { get; } = new("", 1, []);

    /// <summary>
    /// The query without its page as an address, beginning with <c>?</c>: what a link to another page adds
    /// <c>&amp;page=N</c> to.
    /// </summary>
    public string Address
    {
        get
        {
            var address = new StringBuilder("?");
            if (Search.Length > 0)
                address.Append("search=").Append(Uri.EscapeDataString(Search));
            foreach (var key in SortKeys)
                address
                    .Append(address.Length > 1 ? "&" : "")
                    .Append(CultureInfo.InvariantCulture, $"skey={(key > 0 ? "%2B" : "")}{key}");
            return address.ToString();
        }
    }

    /// <summary>
    /// Parses the parameters <c>search</c>, <c>page</c> and <c>skey</c>, unescaped, each null or empty where it
    /// is absent. A fault says what is wrong with which.
    /// </summary>
    public static bool TryParse(
        string? search,
        string? page,
        IEnumerable<string?> sortKeys,
        [NotNullWhen(true)] out TableQuery? query,
        [NotNullWhen(false)] out SyntaxFault? fault
    )
    {
        query = null;
        search = Cells.Fold(search ?? "");
        fault =
            search.Length > MaxSearchLength
                ? new($"search takes at most {MaxSearchLength} characters; these are {search.Length}")
                : null;
        var number = 1;
        if (fault is null && !string.IsNullOrEmpty(page) && !TryParsePage(page, out number))
            fault = new($"page is a number such as 2, not '{page}'");
        var keys = ImmutableArray.CreateBuilder<int>();
        foreach (var text in sortKeys)
        {
            if (fault is not null || string.IsNullOrEmpty(text))
                continue;
            if (!TryParseSortKey(text, out var key))
                fault = new($"skey is a column, 1 to 12, perhaps with a sign, such as 2 or -2, not '{text}'");
            else if (!keys.Contains(key) && !keys.Contains(-key))
                keys.Add(key);
        }
        if (fault is null)
            query = new(search, number, keys.DrainToImmutable());
        return fault is null;
    }

    /// <summary>
    /// What a click on a column's heading asks for: none, then ascending, then descending, then none again. A
    /// column that joins becomes the strongest key, and the page is the first.
    /// </summary>
    public TableQuery Clicked(int column) =>
        this with
        {
            Page = 1,
            SortKeys =
                SortKeys.Contains(column) ? SortKeys.Replace(column, -column)
                : SortKeys.Contains(-column) ? SortKeys.Remove(-column)
                : SortKeys.Insert(0, column),
        };

    /// <summary>Equal in text, page and keys.</summary>
    public bool Equals(TableQuery? other) =>
        other is not null
        && Search == other.Search
        && Page == other.Page
        && SortKeys.AsSpan().SequenceEqual(other.SortKeys.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Search, Page, SortKeys.Length);

    // Any whole number is a page, though perhaps none that exists; one too large is just the largest.
    static bool TryParsePage(string text, out int page)
    {
        page = 0;
        var isNegative = text[0] == '-';
        var digits = text.AsSpan(isNegative ? 1 : 0);
        if (digits.IsEmpty || (digits[0] == '0' && digits.Length > 1))
            return false;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            page = page < int.MaxValue / 10 ? page * 10 + (c - '0') : int.MaxValue;
        }
        page = isNegative ? -page : page;
        return true;
    }

    // A plus sign in an address reads as a blank.
    static bool TryParseSortKey(string text, out int key)
    {
        var digits = text.AsSpan(text[0] is '+' or ' ' or '-' ? 1 : 0);
        key = digits switch
        {
            [>= '1' and <= '9'] => digits[0] - '0',
            ['1', >= '0' and <= '2'] => 10 + (digits[1] - '0'),
            _ => 0,
        };
        if (text[0] == '-')
            key = -key;
        return key != 0;
    }
}
