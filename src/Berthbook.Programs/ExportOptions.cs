using System.CommandLine;

namespace Berthbook.Programs;

/// <summary>What <c>export</c> takes in both programs: <c>FORMAT [-o FILE] [--revision N]</c>.</summary>
sealed class ExportOptions
{
    readonly Argument<string> form = new("FORMAT")
    {
        // Else the values stand in its place, which widens the list of commands.
        HelpName = "FORMAT",
        Description = string.Join(", ", ExportForms.All.Keys),
    };

    readonly Option<string> output = new("-o", "--output")
    {
        HelpName = "FILE",
        Description = "The file to write; - or none: standard output",
    };

    readonly Option<int?> revision = new("--revision")
    {
        HelpName = "N",
        Description = "The revision to write instead of the last",
    };

    ExportOptions() => form.AcceptOnlyFromAmong([.. ExportForms.All.Keys]);

    /// <summary>Makes the command <c>export</c>.</summary>
    public static (Command Command, ExportOptions Options) Create(string description)
    {
        var options = new ExportOptions();
        return (new("export", description) { options.form, options.output, options.revision }, options);
    }

    /// <summary>What was given.</summary>
    public (string Form, string? Path, int? Revision) Read(ParseResult parsed) =>
        (parsed.GetValue(form)!, parsed.GetValue(output), parsed.GetValue(revision));
}
