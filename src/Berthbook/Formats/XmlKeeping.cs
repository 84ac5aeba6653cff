namespace Berthbook.Formats;

/// <summary>
/// What is kept of the elements read so far: the values, and the line of each for warnings. A file that grows too
/// large while it is checked is only checked from there on, so that a refusal never costs memory
/// (reliability.md P10).
/// </summary>
sealed class XmlKeeping(XmlScanner scanner, bool keepsAll)
{
    int line = 1;
    int marked;

    /// <summary>Whether the file was too large to keep while it was checked.</summary>
    public bool IsOnlyChecked { get; private set; }

    public List<RegistryRecord> Records { get; } = new(16 << 10);

    public List<int> RecordLines { get; } = new(16 << 10);

    public List<Contact> Contacts { get; } = new(8 << 10);

    public List<int> ContactLines { get; } = new(8 << 10);

    /// <summary>Call before each element at the top: makes room in the window, and stops keeping where it is too much.</summary>
    public void BeginElement()
    {
        scanner.BeginElement();
        if (keepsAll || IsOnlyChecked || scanner.BytesRead <= ReadLimits.KeptBytes)
            return;
        IsOnlyChecked = true;
        Records.Clear();
        RecordLines.Clear();
        Contacts.Clear();
        ContactLines.Clear();
    }

    public void Keep(RegistryRecord record, int start)
    {
        if (IsOnlyChecked)
            return;
        Records.Add(record);
        RecordLines.Add(LineOf(start));
    }

    public void Keep(Contact contact, int start)
    {
        if (IsOnlyChecked)
            return;
        Contacts.Add(contact);
        ContactLines.Add(LineOf(start));
    }

    // Counted on from the element before, unless the window moved.
    int LineOf(int start)
    {
        line = marked > start ? scanner.PlaceOf(start).Line : scanner.LineAt(start, marked, line);
        marked = start;
        return line;
    }
}
