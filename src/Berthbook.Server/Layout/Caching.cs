namespace Berthbook.Server.Layout;

/// <summary>How long browsers and those between may keep an answer.</summary>
static class Caching
{
    /// <summary>
    /// Nobody keeps it. Both words, since a form's token against forgery wants both: where one is missing the framework
    /// replaces what stands there and warns about it in the log.
    /// </summary>
    public const string Nobody = "no-cache, no-store";
}
