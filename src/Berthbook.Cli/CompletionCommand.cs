using System.CommandLine;
using System.Text;
using Berthbook.Cli.Manual;
using Berthbook.Programs;

namespace Berthbook.Cli;

/// <summary><c>completion SHELL</c>: the script that lets a shell complete the command line; and what it asks.</summary>
static class CompletionCommand
{
    const int MaxNames = 200;

    const string Examples = """
        Examples:
          eval "$(berth completion bash)"      in ~/.bashrc
          eval "$(berth completion zsh)"       in ~/.zshrc, after compinit
          berth completion fish >~/.config/fish/completions/berth.fish
        """;

    public static Command Create(CommandLine line)
    {
        var shell = new Argument<string>("SHELL")
        {
            HelpName = "SHELL",
            Description = string.Join(", ", CompletionScripts.All.Keys),
        };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.All.Keys]);
        var command = new Command("completion", "Print what completes the command line in a shell") { shell };
        line.OnRun(
            command,
            Examples,
            call =>
            {
                call.Printer.Print(new StringBuilder(CompletionScripts.All[call.Parsed.GetValue(shell)!]));
                return ExitStatus.Done;
            }
        );
        return command;
    }

    /// <summary><c>complete -- WORD…</c>, which the scripts ask: a word that may come next a line, a tab, what it does.</summary>
    public static Command CreateAsked(CommandLine line)
    {
        var words = new Argument<string[]>("WORD") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("complete", "Tell the completion scripts what may come next") { words };
        command.Hidden = true;
        line.OnRun(
            command,
            "",
            call =>
            {
                var given = call.Parsed.GetValue(words) ?? [];
                var folder =
                    given.SkipWhile(word => word != "--data").Skip(1).FirstOrDefault() ?? call.Folder;
                var completion = new WordCompletion(line.Root, text => NamesFrom(folder, text));
                var output = new StringBuilder();
                foreach (var (word, description) in completion.Of(given))
                    output.Append(word).Append('\t').Append(description).Append('\n');
                call.Printer.Print(output);
                return ExitStatus.Done;
            }
        );
        return command;
    }

    // Two letters are few enough names to be of use.
    static IEnumerable<string> NamesFrom(string folder, string text)
    {
        if (text.Length < 2 || char.IsAsciiDigit(text[0]))
            return [];
        return AskedRegistry
            .Open(folder, _ => { })
            .Lookup.Names.Where(name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            .Take(MaxNames);
    }
}
