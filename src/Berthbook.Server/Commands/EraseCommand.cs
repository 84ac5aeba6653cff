using System.CommandLine;
using Berthbook.Programs;
using Berthbook.Storage;

namespace Berthbook.Server.Commands;

/// <summary><c>erase CONTACT-ID --why TEXT</c>: a contact's personal fields, at every revision (procedures K4).</summary>
static class EraseCommand
{
    public static Command Create(CommandLine line)
    {
        var contact = new Argument<string>("CONTACT-ID")
        {
            Description = "The contact's id, to the character",
        };
        var why = new Option<string>("--why")
        {
            HelpName = "TEXT",
            Description = "Why, for the journal; without personal data",
            Required = true,
        };
        var command = new Command(
            "erase",
            "Erase a contact's personal data at every revision; cannot be undone, but by a backup"
        )
        {
            contact,
            why,
        };
        line.OnRun(
            command,
            (settings, parsed) =>
                Run(settings, parsed.GetValue(contact)!, parsed.GetValue(why)!, line.Console)
        );
        return command;
    }

    static int Run(Settings settings, string contact, string why, Terminal terminal)
    {
        if (string.IsNullOrWhiteSpace(why))
        {
            terminal.Complain("--why: an erasure says why");
            return ExitStatus.Usage;
        }
        using var store = RegistryStore.Open(settings.Data, TimeProvider.System);
        if (store.Erase(contact, Environment.UserName, why) is null)
        {
            terminal.Complain($"no revision names the contact '{contact}'");
            return ExitStatus.Finding;
        }
        terminal.Output.WriteLine(
            "The contact is erased from every revision; backups made before still hold it."
        );
        return ExitStatus.Done;
    }
}
