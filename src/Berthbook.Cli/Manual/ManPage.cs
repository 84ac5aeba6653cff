using System.CommandLine;
using System.Text;

namespace Berthbook.Cli.Manual;

/// <summary>The manual page berth(1), in roff, told from the commands themselves.</summary>
/// <param name="root">The command line.</param>
/// <param name="examplesOf">What the help of a command ends with, or null.</param>
sealed class ManPage(RootCommand root, Func<Command, string?> examplesOf)
{
    readonly StringBuilder page = new();

    public string Write(string version)
    {
        page.Append($".\\\" Printed by berth man.\n.TH BERTH 1 \"\" \"berth {version}\" \"User Commands\"\n");
        Section("NAME");
        page.Append("berth \\- look up, search, choose and check service names and port numbers\n");
        Section("SYNOPSIS");
        page.Append(".B berth\n[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]\n");
        Section("DESCRIPTION");
        Text(
            "berth answers from a local copy of the registry of service names and port numbers, offline: IANA's, or "
                + "another. It also works without a copy, from a small built-in registry and the services file of the host, "
                + "and says so. Output is a table on a terminal, lines with tabs in a pipe, JSON with --json."
        );
        Section("OPTIONS");
        foreach (var option in root.Options.Where(option => !option.Hidden))
            Tagged(option);
        Section("COMMANDS");
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
            Write(command, command.Name);
        Section("EXIT STATUS");
        Tagged("0", "Every question is answered, or the work is done.");
        Tagged("1", "A name is unknown, a finding, a difference, a file that is held back or older.");
        Tagged("2", "Wrong usage.");
        Tagged("3", "A file or standard input is not valid; its faults are told with line and column.");
        Tagged("4", "The network or the storage failed, or the local copy is held or damaged.");
        Text("The worst of many counts.");
        Section("FILES");
        Tagged("$XDG_DATA_HOME/berthbook/local", "The local copy (~/.local/share/berthbook/local).");
        Tagged("/etc/services", "What is known without a local copy, beside the built-in registry.");
        Section("ENVIRONMENT");
        Tagged("XDG_DATA_HOME, HOME", "Where the local copy lies.");
        Tagged("NO_COLOR", "Where it is set, a table has no colours.");
        Section("SEE ALSO");
        page.Append(".BR services (5),\n.BR ss (8)\n");
        return page.ToString();
    }

    void Write(Command command, string name)
    {
        if (command.Subcommands.Count > 0)
        {
            foreach (var part in command.Subcommands)
                Write(part, $"{name} {part.Name}");
            return;
        }
        page.Append(".SS ").Append(Escape(UsageOf(command, name))).Append('\n');
        Text($"{command.Description}.");
        foreach (var argument in command.Arguments.Where(argument => !argument.Hidden))
            Tagged(argument.Name, argument.Description ?? "");
        foreach (var option in command.Options.Where(option => !option.Hidden && !option.Recursive))
            Tagged(option);
        if (examplesOf(command) is { Length: > 0 } examples)
            Verbatim(examples);
    }

    static string UsageOf(Command command, string name)
    {
        var usage = new StringBuilder(name);
        foreach (var argument in command.Arguments.Where(argument => !argument.Hidden))
        {
            var value = argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}..." : argument.Name;
            usage.Append(' ').Append(argument.Arity.MinimumNumberOfValues == 0 ? $"[{value}]" : value);
        }
        return usage.Append(command.Options.Any(option => !option.Hidden) ? " [OPTIONS]" : "").ToString();
    }

    void Section(string title) => page.Append(".SH ").Append(title).Append('\n');

    void Tagged(Option option)
    {
        // What begins with a slash is for another system.
        var names = string.Join(
            ", ",
            option.Aliases.Prepend(option.Name).Distinct().Where(name => name.StartsWith('-'))
        );
        Tagged(option.HelpName is { } value ? $"{names} {value}" : names, option.Description ?? "");
    }

    void Tagged(string tag, string text) =>
        page.Append(".TP\n.B ").Append(Escape(tag)).Append('\n').Append(Escape(text)).Append('\n');

    void Text(string text) => page.Append(".PP\n").Append(Escape(text)).Append('\n');

    void Verbatim(string text)
    {
        page.Append(".PP\n.nf\n");
        foreach (var line in text.TrimEnd().Split('\n'))
            page.Append(Escape(line)).Append('\n');
        page.Append(".fi\n");
    }

    // Hyphens that can be copied; no line is taken for a request.
    static string Escape(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal)
            .Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("~", "\\(ti", StringComparison.Ordinal)
            .Replace("^", "\\(ha", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? $"\\&{escaped}" : escaped;
    }
}
