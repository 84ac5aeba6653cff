namespace Berthbook.Server.Hosting;

/// <summary>Where the log goes: a line of JSON an event, or plain lines on a terminal.</summary>
static class Logs
{
    public static void AddLogs(this ILoggingBuilder logging, LogLevel least)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(least);
        var ofOthers = least < LogLevel.Warning ? LogLevel.Warning : least;
        logging.AddFilter("Microsoft", ofOthers);
        logging.AddFilter("System", ofOthers);
        // It logs no request at this level, yet would make an activity and a scope for each.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter("Microsoft.Hosting.Lifetime", least);
        // Warns that keys lie in files that are not encrypted; their folder is the owner's alone.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // That the server cannot start is said once, in words, by whoever started it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (Console.IsOutputRedirected)
            logging.AddJsonConsole(console =>
            {
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                console.UseUtcTimestamp = true;
            });
        else
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
    }
}
