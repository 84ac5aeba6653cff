namespace Berthbook.Cli.Request;

/// <summary>The token that says to a server who asks: of BERTHBOOK_TOKEN, or of a file that its owner alone reads.</summary>
static class AccessToken
{
    const string Variable = "BERTHBOOK_TOKEN";

    const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The file: <c>berthbook/token</c> in the user's XDG folder of settings.</summary>
    public static string FilePath => Path.Join(SettingsFolder(), "berthbook", "token");

    /// <summary>The token, or null where there is none.</summary>
    /// <exception cref="IOException">Others may read the file, or it cannot be read.</exception>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return Checked(given.Trim(), Variable);
        if (!File.Exists(FilePath))
            return null;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(FilePath) & Others) != 0)
            throw new IOException($"others may read the token in {FilePath}: chmod 600 {FilePath}");
        return Checked(File.ReadAllText(FilePath).Trim(), FilePath);
    }

    /// <summary>What to do where a server wants to know who asks and there is no token.</summary>
    public static string Missing =>
        $"set {Variable}, or put a token into {FilePath} (mode 600); the server's page /account makes one";

    // What goes into a header is one word.
    static string Checked(string token, string place) =>
        token.Length > 0 && token.All(c => c is > ' ' and <= '~')
            ? token
            : throw new IOException($"what is in {place} is no token: it is one word that begins with bbt_");

    static string SettingsFolder()
    {
        var folder = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        // The XDG specification ignores a path that is not absolute.
        if (!string.IsNullOrEmpty(folder) && Path.IsPathRooted(folder))
            return folder;
        var home = Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } set
            ? set
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.Join(home, ".config");
    }
}
