namespace Berthbook.Cli.Output;

/// <summary>The forms in which a command answers.</summary>
enum Form
{
    /// <summary>A table with headings, for people at a terminal.</summary>
    Table,

    /// <summary>A line a row, cells parted by tabs, no headings: for a pipe.</summary>
    Tabs,

    /// <summary>JSON, where it is asked for.</summary>
    Json,
}
