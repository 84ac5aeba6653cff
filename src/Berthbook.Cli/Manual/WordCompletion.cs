using System.CommandLine;
using System.CommandLine.Completions;

namespace Berthbook.Cli.Manual;

/// <summary>A word that may come next, and what it does.</summary>
readonly record struct Completion(string Word, string Description);

/// <summary>What may come next on the command line, told from the commands themselves.</summary>
/// <param name="root">The command line.</param>
/// <param name="namesOf">The service names that begin with a text.</param>
sealed class WordCompletion(RootCommand root, Func<string, IEnumerable<string>> namesOf)
{
    /// <summary>The words that can stand for the last one, which may be empty; none where a file is meant.</summary>
    public IEnumerable<Completion> Of(IReadOnlyList<string> words)
    {
        var last = words.Count == 0 ? "" : words[^1];
        Command command = root;
        Option? open = null;
        var arguments = 0;
        foreach (var word in words.SkipLast(1))
        {
            if (open is not null)
                open = null;
            else if (word.StartsWith('-') && word.Length > 1)
                open = OptionsOf(command)
                    .FirstOrDefault(option => IsNamed(option, word) && TakesValue(option));
            else if (command.Subcommands.FirstOrDefault(sub => sub.Name == word) is { } sub)
                command = sub;
            else
                arguments++;
        }
        return Candidates(command, open, arguments, last)
            .Where(one => one.Word.StartsWith(last, StringComparison.OrdinalIgnoreCase));
    }

    IEnumerable<Completion> Candidates(Command command, Option? open, int arguments, string last)
    {
        if (open is not null)
            return Words(open.GetCompletions(CompletionContext.Empty));
        if (last.StartsWith('-'))
            return OptionsOf(command)
                .Where(option => !option.Hidden)
                .SelectMany(option =>
                    option.Aliases.Prepend(option.Name).Select(name => new Completion(name, Brief(option)))
                )
                .Where(one => one.Word.StartsWith("--", StringComparison.Ordinal) || last.Length < 2);
        if (command.Subcommands.Count > 0)
            return command
                .Subcommands.Where(sub => !sub.Hidden)
                .Select(sub => new Completion(sub.Name, Brief(sub)));
        var argument = command.Arguments.ElementAtOrDefault(Math.Min(arguments, command.Arguments.Count - 1));
        return argument is null || (arguments > 0 && argument.Arity.MaximumNumberOfValues <= arguments) ? []
            : TakesNames(argument) ? namesOf(last).Select(name => new Completion(name, ""))
            : Words(argument.GetCompletions(CompletionContext.Empty));
    }

    IEnumerable<Option> OptionsOf(Command command) =>
        command == root
            ? root.Options
            : command.Options.Concat(root.Options.Where(option => option.Recursive));

    static bool IsNamed(Option option, string word) => option.Name == word || option.Aliases.Contains(word);

    static bool TakesValue(Option option) =>
        option is not (Option<bool> or System.CommandLine.Help.HelpOption or VersionOption);

    // What lookup and log ask about.
    static bool TakesNames(Argument argument) => argument.Name is "QUESTION" or "NAME or PORT";

    static IEnumerable<Completion> Words(IEnumerable<CompletionItem> items) =>
        items.Select(item => new Completion(item.InsertText ?? item.Label, ""));

    static string Brief(Symbol symbol) => symbol.Description ?? "";
}
