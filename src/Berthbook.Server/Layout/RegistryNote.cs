namespace Berthbook.Server.Layout;

/// <summary>The registry's own note, which stands wherever a port number or a service is explained.</summary>
static class RegistryNote
{
    const string Beginning = "PLEASE NOTE";

    /// <summary>
    /// The words of the note: where it has a box of asterisks that begins PLEASE NOTE, as IANA's has, the words in
    /// the box; else all of it. Null where the registry has no note.
    /// </summary>
    public static string? Of(Registry registry)
    {
        var note = registry.Header.Notes.FirstOrDefault(part => part.Title is null);
        if (note is null)
            return null;
        var text = note.Text.OneLine;
        var start = text.IndexOf(Beginning, StringComparison.Ordinal);
        return start < 0 ? text : new RichText(text[start..].Replace('*', ' ')).OneLine;
    }
}
