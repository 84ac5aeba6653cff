using Berthbook.Formats;

namespace Berthbook;

public class EmptyRegistryTests
{
    static readonly Registry Empty = EmptyRegistry.Create("Ports of Example", new(2026, 3, 1));

    // procedures P3
    [Fact]
    public void Reserves_the_edges_of_the_ranges_and_leaves_the_rest_Unassigned() =>
        Assert.Equal(
            [
                "Reserved 0",
                "Unassigned 1-1022",
                "Reserved 1023",
                "Reserved 1024",
                "Unassigned 1025-49150",
                "Reserved 49151",
            ],
            Empty.Records.Select(record => record.ToString())
        );

    [Fact]
    public void Says_what_it_is_and_since_when() =>
        Assert.Equal(
            ("Ports of Example", "2026-03-01"),
            (Empty.Header.Title, Empty.Header.Updated.ToString())
        );

    [Fact]
    public void Can_be_written_and_read_back()
    {
        var read = XmlFormat.Read(XmlFormat.Write(Empty));
        Assert.Empty(read.Faults);
        Assert.Equal(Empty.Records, read.Registry!.Records);
    }
}
