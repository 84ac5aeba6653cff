using Berthbook.Formats;

namespace Berthbook.Server.Publishing;

/// <summary>A form in which the whole registry can be downloaded.</summary>
/// <param name="Extension">The ending of its file name.</param>
/// <param name="MediaType">What it is served as.</param>
/// <param name="Write">Writes it.</param>
sealed record PublishedForm(string Extension, string MediaType, Func<Registry, Settings, byte[]> Write)
{
    /// <summary>The forms that IANA publishes.</summary>
    public static IReadOnlyList<PublishedForm> All { get; } =
    [new("xml", "application/xml; charset=utf-8", (registry, _) => XmlFormat.Write(registry))];
}

/// <summary>The downloads of one revision. Each is made when it is first asked for, or in the background before.</summary>
sealed class Publication(Snapshot snapshot, Settings settings)
{
    readonly Lazy<PublishedFile>[] files =
    [
        .. PublishedForm.All.Select(form => new Lazy<PublishedFile>(() =>
            new(form.Write(snapshot.Registry, settings), form.MediaType, snapshot.Time)
        )),
    ];

    public Snapshot Snapshot => snapshot;

    public PublishedFile this[int form] => files[form].Value;

    /// <summary>All of them, in the order of <see cref="PublishedForm.All"/>; makes what is not made yet.</summary>
    public IEnumerable<PublishedFile> Files => files.Select(file => file.Value);
}

/// <summary>Holds the downloads of the revision that is served now.</summary>
sealed class Publications(CurrentRegistry current, Settings settings)
{
    readonly Lock gate = new();
    volatile Publication? publication;

    /// <summary>The downloads of the current revision.</summary>
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
