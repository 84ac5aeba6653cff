using Berthbook.Formats;

namespace Berthbook.Server.Publishing;

/// <summary>A file that goes with the registry at IANA's addresses.</summary>
/// <param name="Extension">The ending of its name.</param>
/// <param name="MediaType">What it is served as.</param>
/// <param name="Write">Writes it.</param>
/// <param name="IsConstant">Whether it is the same at every revision.</param>
sealed record PublishedForm(
    string Extension,
    string MediaType,
    Func<Registry, Settings, ReadOnlyMemory<byte>> Write,
    bool IsConstant = false
)
{
    const string Text = "text/plain; charset=utf-8";
    const string Xml = "application/xml; charset=utf-8";

    /// <summary>All of them but the page, which is written for each question.</summary>
    public static IReadOnlyList<PublishedForm> All { get; } =
    [
        new(
            "csv",
            "text/csv; charset=utf-8",
            (registry, settings) => CsvFormat.Write(registry, settings.RfcLabel)
        ),
        new("xml", Xml, (registry, _) => XmlFormat.Write(registry)),
        new("txt", Text, (registry, settings) => TextFormat.Write(registry, settings.ProfileOf(registry))),
        new("rng", Xml, (_, _) => PublishedFiles.Schema, IsConstant: true),
        new("xsl", Xml, (_, _) => PublishedFiles.Style, IsConstant: true),
    ];
}

/// <summary>What is published of one revision. Each part is made when it is first asked for, or in the background before.</summary>
sealed class Publication(Snapshot snapshot, Settings settings)
{
    // The files that are part of the program are as old as it.
    public static readonly DateTimeOffset ProgramTime = File.GetLastWriteTimeUtc(
        Path.Combine(AppContext.BaseDirectory, "Berthbook.dll")
    );

    readonly Lazy<PublishedFile>[] files =
    [
        .. PublishedForm.All.Select(form => new Lazy<PublishedFile>(() =>
            new(
                form.Write(snapshot.Registry, settings),
                form.MediaType,
                form.IsConstant ? ProgramTime : snapshot.Time
            )
        )),
    ];

    public Snapshot Snapshot => snapshot;

    /// <summary>How the registry is published.</summary>
    public RegistryProfile Profile { get; } = settings.ProfileOf(snapshot.Registry);

    /// <summary>The table that the page shows.</summary>
    public TableView Table { get; } = new(snapshot.Registry, settings.RfcLabel);

    /// <summary>The file of a form, by its place in <see cref="PublishedForm.All"/>.</summary>
    public PublishedFile this[int form] => files[form].Value;

    /// <summary>All files; makes what is not made yet.</summary>
    public IEnumerable<PublishedFile> Files => files.Select(file => file.Value);
}

/// <summary>Holds what is published of the revision that is served now.</summary>
sealed class Publications(CurrentRegistry current, Settings settings)
{
    readonly Lock gate = new();
    volatile Publication? publication;

    /// <summary>What is published of the current revision.</summary>
    public Publication Current
    {
        get
        {
            var snapshot = current.Snapshot;
            if (publication is { } known && ReferenceEquals(known.Snapshot, snapshot))
                return known;
            lock (gate)
            {
                if (publication is not { } made || !ReferenceEquals(made.Snapshot, snapshot))
                    publication = made = new(snapshot, settings);
                return made;
            }
        }
    }
}
