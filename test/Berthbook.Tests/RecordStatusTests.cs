using static Berthbook.SmallRegistry;

namespace Berthbook;

/// <summary>What a record is, told from its words, where IANA's files have no example.</summary>
public class RecordStatusTests
{
    [Fact]
    public void A_name_that_was_given_back_is_Reserved()
    {
        var name = Record("lamp", "", "", "Reserved", "De-assigned on 2026-03-10.");
        Assert.Equal(RecordKind.ReservedDeassigned, name.Kind());
        Assert.Equal(RecordKind.Assigned, Record("lamp", "5000", "tcp", "Reserved").Kind());
        Assert.Equal(RecordKind.NameOnly, Record("lamp", "", "", "Reserved for lamps").Kind());
    }
}
