namespace Berthbook.Formats;

/// <summary>The table of records on the page, with the form and the links that search, sort and page it.</summary>
sealed class PageTable(PageText text, TablePage page)
{
    // How many pages the bar shows on each side of the current one.
    const int Around = 5;

    readonly Utf8Output output = text.Output;
    readonly string address = page.Query.Address;

    public void Write()
    {
        if (page.PageCount > 1 || page.Query.Search.Length > 0)
            WriteForm();
        WriteCount();
        WriteBar("Pages, above the table"u8);
        output.Add(
            "<div id=\"main\" class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Records\">\n"u8
        );
        output.Add("<table id=\"table-"u8);
        text.Add(page.Registry.Header.Id);
        output.Add(page.PageCount > 0 ? "\" class=\"sortable_srv\">\n"u8 : "\" class=\"sortable\">\n"u8);
        WriteHeadings();
        output.Add("<tbody>\n"u8);
        foreach (var record in page.Rows)
            WriteRow(record);
        output.Add("</tbody>\n</table>\n</div>\n"u8);
        WriteBar("Pages, below the table"u8);
    }

    void WriteForm()
    {
        output.Add("<form method=\"get\" action=\"?\">\n<div>\n"u8);
        output.Add("<input name=\"search\" size=\"18\" type=\"text\" aria-label=\"Search\" value=\""u8);
        text.Add(page.Query.Search);
        output.Add("\" />\n"u8);
        foreach (var key in page.Query.SortKeys)
        {
            output.Add("<input name=\"skey\" type=\"hidden\" value=\""u8);
            text.Add($"{key}");
            output.Add("\" />\n"u8);
        }
        output.Add("<input type=\"submit\" value=\"Search\" />\n</div>\n</form>\n"u8);
    }

    void WriteCount()
    {
        output.Add("<p class=\"count\">"u8);
        if (page.Total == 0)
            output.Add("No record"u8);
        else
            text.AddNumber(page.Total);
        output.Add(
            page.Total switch
            {
                0 => ""u8,
                1 => " record"u8,
                _ => " records"u8,
            }
        );
        if (page.Query.Search.Length > 0)
        {
            output.Add(page.Total > 1 ? " contain \u201c"u8 : " contains \u201c"u8);
            text.Add(page.Query.Search);
            output.Add("\u201d"u8);
        }
        output.Add("</p>\n"u8);
    }

    // As IANA's: the first page, five before, this one, five after, the last page (formats.md 5).
    void WriteBar(ReadOnlySpan<byte> label)
    {
        var (current, last) = (page.Query.Page, page.PageCount);
        if (last <= 1)
            return;
        output.Add("<div class=\"pagination\" role=\"navigation\" aria-label=\""u8);
        output.Add(label);
        output.Add("\">"u8);
        if (current > 1)
            AddPage(1);
        if (current - Around > 0)
            output.Add(" ..."u8);
        for (
            var number = Math.Max(current - Around > 0 ? 1 : 2, current - Around);
            number < current;
            number++
        )
            AddPage(number);
        output.Add(" <strong aria-current=\"page\">"u8);
        output.Add((uint)current);
        output.Add("</strong>"u8);
        for (var number = current + 1; number <= Math.Min(current + Around, last - 1); number++)
            AddPage(number);
        if (current + Around < last)
            output.Add(" ..."u8);
        if (current < last)
            AddPage(last);
        output.Add("</div>\n"u8);
    }

    void AddPage(int number)
    {
        output.Add(" <a href=\""u8);
        text.Add(address);
        output.Add("&amp;page="u8);
        output.Add((uint)number);
        output.Add("\">"u8);
        output.Add((uint)number);
        output.Add("</a>"u8);
    }

    void WriteHeadings()
    {
        output.Add("<thead>\n<tr>"u8);
        for (var column = 1; column <= RegistryRecord.Columns.Length; column++)
        {
            output.Add(column == 2 ? "<th scope=\"col\" class=\"sortNumeric\""u8 : "<th scope=\"col\""u8);
            if (page.Query.SortKeys.Contains(column))
                output.Add(" aria-sort=\"ascending\""u8);
            else if (page.Query.SortKeys.Contains(-column))
                output.Add(" aria-sort=\"descending\""u8);
            output.Add((byte)'>');
            if (page.PageCount == 0)
            {
                text.Add(RegistryRecord.Columns[column - 1]);
            }
            else
            {
                output.Add("<a href=\""u8);
                text.Add(page.Query.Clicked(column).Address);
                output.Add("\">"u8);
                text.Add(RegistryRecord.Columns[column - 1]);
                output.Add("</a>"u8);
            }
            output.Add("</th>"u8);
        }
        output.Add("</tr>\n</thead>\n"u8);
    }

    void WriteRow(RegistryRecord record)
    {
        output.Add("<tr><td>"u8);
        if (record.Name is { } name)
            text.Add(name.Text);
        output.Add("</td><td align=\"center\">"u8);
        if (record.Number is { } number)
            output.Add(number);
        output.Add("</td><td align=\"center\">"u8);
        if (record.Transport is { } transport)
            output.Add(transport);
        output.Add("</td><td>"u8);
        text.Add(record.Description);
        output.Add("</td><td>"u8);
        text.Add(record.Holders);
        output.Add("</td><td>"u8);
        text.Add(record.Contacts);
        output.Add("</td><td>"u8);
        if (record.Registered is { } registered)
            output.Add(registered);
        output.Add("</td><td>"u8);
        if (record.Modified is { } modified)
            output.Add(modified);
        output.Add("</td><td>"u8);
        text.Add(record.References);
        output.Add("</td><td align=\"center\">"u8);
        if (record.ServiceCode is { } code)
            output.Add(code);
        output.Add("</td><td>"u8);
        text.Add(record.Unauthorized);
        output.Add("</td><td>"u8);
        if (record.Note is { } note)
            text.Add(note);
        output.Add("</td></tr>\n"u8);
    }
}
