using Berthbook.Formats;

namespace Berthbook;

/// <summary>A small registry with one of each oddity that the published forms must get right: Samples/fruit.xml.</summary>
static class Fruit
{
    public static Registry Registry { get; } =
        XmlFormat.Read(File.ReadAllBytes(PathOf("Samples/fruit.xml"))).Registry!;

    public static RegistryProfile Profile { get; } =
        new()
        {
            Publisher = "The Orchard",
            Links = [new("Trees", "https://orchard.example/trees"), new("Fruit", "/fruit")],
            LicensingAddress = null,
        };

    /// <summary>A file that lies beside the test program: a sample, a golden.</summary>
    public static string PathOf(string relative) => Path.Combine(AppContext.BaseDirectory, relative);
}
