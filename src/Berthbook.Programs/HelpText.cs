using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Berthbook.Programs;

/// <summary>Shapes the help of a command line: 80 columns, and examples below each command that has some.</summary>
static class HelpText
{
    const int Width = 80;

    /// <summary>Shapes the help of a whole command line.</summary>
    /// <param name="root">The command line.</param>
    /// <param name="examples">The examples of a command, or null where it has none.</param>
    public static void Shape(RootCommand root, Func<Command, string?> examples)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is not HelpAction help)
                continue;
            help.MaxWidth = Width;
            option.Action = new HelpWithExamples(help, examples);
        }
    }

    sealed class HelpWithExamples(HelpAction help, Func<Command, string?> examples)
        : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var status = help.Invoke(parseResult);
            if (examples(parseResult.CommandResult.Command) is { } text)
                parseResult.InvocationConfiguration.Output.WriteLine(text);
            return status;
        }
    }
}
