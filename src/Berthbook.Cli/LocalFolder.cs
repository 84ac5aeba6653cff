namespace Berthbook.Cli;

/// <summary>Where the local copy lies: the user's XDG data folder, <c>berthbook/local</c>.</summary>
static class LocalFolder
{
    /// <summary>The folder where none is named; it need not exist.</summary>
    public static string Default()
    {
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        // The XDG specification ignores a path that is not absolute.
        if (string.IsNullOrEmpty(data) || !Path.IsPathRooted(data))
            data = Path.Join(Home(), ".local", "share");
        return Path.Join(data, "berthbook", "local");
    }

    static string Home() =>
        Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home
            ? home
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
