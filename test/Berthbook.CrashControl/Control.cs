namespace Berthbook.CrashControl;

/// <summary>Programs for tests of crashes and faults: the registry with its protection taken away, and a scenario to disturb.</summary>
static class Control
{
    static async Task<int> Main(string[] args) =>
        args switch
        {
            ["import", var file, var folder] => EarlyImport.Run(file, folder),
            ["serve", var folder, var url] => await EarlyServer.RunAsync(folder, url),
            ["mail", var folder, var port] => EarlyMail.Run(folder, int.Parse(port, null)),
            ["disk", var folder, var steps] => await DiskScenario.RunAsync(folder, int.Parse(steps, null)),
            ["heedless-disk", var folder, var steps] => await DiskScenario.RunAsync(
                folder,
                int.Parse(steps, null),
                isHeedless: true
            ),
            _ => 2,
        };
}
