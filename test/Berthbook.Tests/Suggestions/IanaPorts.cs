using Berthbook.Formats;

namespace Berthbook.Suggestions;

/// <summary>IANA's registry of 2026-02-13, full size, read once.</summary>
static class IanaPorts
{
    static readonly Lazy<RegistryIndex> Read = new(() =>
        new(XmlFormat.Read(TestData.Unzip("pairs/2026-02-13/registry.xml.gz")).Registry!)
    );

    static readonly Lazy<PortAdvisor> Advising = new(() => new(Index));

    /// <summary>The index. Skips the test where there is no data.</summary>
    public static RegistryIndex Index
    {
        get
        {
            TestData.Require();
            return Read.Value;
        }
    }

    public static PortAdvisor Advisor => Advising.Value;
}
