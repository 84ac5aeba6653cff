using System.Globalization;

namespace Berthbook.Server.Layout;

/// <summary>One page of a long list: which, of how many, and where the others are.</summary>
/// <param name="Page">The page shown, from 1.</param>
/// <param name="Count">How many pages there are, at least 1.</param>
/// <param name="Size">How many are on a page.</param>
/// <param name="Address">The address of the list, perhaps with a query.</param>
sealed record Pager(int Page, int Count, int Size, string Address)
{
    /// <summary>How many on the pages before.</summary>
    public int Skip => (Page - 1) * Size;

    /// <summary>The pages to link: the first, the last, and those near this one; 0 stands for a gap.</summary>
    public IEnumerable<int> Numbers
    {
        get
        {
            var last = 0;
            for (var number = 1; number <= Count; number++)
            {
                if (number != 1 && number != Count && Math.Abs(number - Page) > 2)
                    continue;
                if (number > last + 1)
                    yield return 0;
                yield return last = number;
            }
        }
    }

    /// <summary>The page that a query asks for, the first where it asks for none; null where there is no such page.</summary>
    public static Pager? Find(string? query, int total, int size, string address)
    {
        var count = Math.Max(1, (total + size - 1) / size);
        if (string.IsNullOrEmpty(query))
            return new(1, count, size, address);
        return
            int.TryParse(query, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            && page >= 1
            && page <= count
            ? new(page, count, size, address)
            : null;
    }

    /// <summary>A title that tells the pages of a list apart.</summary>
    public string Titled(string title) => Page == 1 ? title : $"{title}, page {Page}";

    /// <summary>The address of a page; the first has none of its own.</summary>
    public string At(int page) =>
        page == 1 ? Address : $"{Address}{(Address.Contains('?') ? '&' : '?')}page={page}";
}
