using Berthbook.Suggestions.Facts;

namespace Berthbook.Suggestions;

/// <summary>The shape of the tables of facts; what they say is their sources'.</summary>
public class FactsTests
{
    [Fact]
    public void Ephemeral_ranges_have_a_code_a_system_and_a_source()
    {
        Assert.All(EphemeralRanges.All, range => Assert.NotEmpty(range.System));
        Assert.All(EphemeralRanges.All, range => Assert.NotEmpty(range.Source));
        Assert.Equal(
            EphemeralRanges.All.Length,
            EphemeralRanges.All.Select(range => range.Code).Distinct().Count()
        );
        Assert.All(EphemeralRanges.All, range => Assert.True(range.Range.Count > 1));
    }

    [Fact]
    public void Ports_that_browsers_refuse_are_83_and_ascend()
    {
        var ports = BrowserRefusedPorts.All;
        Assert.Equal(ports.Order(), ports);
        Assert.Equal(ports.Length, ports.Distinct().Count());
        Assert.Equal(83, ports.Length);
        Assert.True(BrowserRefusedPorts.Contains(new(6667)));
        Assert.False(BrowserRefusedPorts.Contains(new(443)));
    }

    [Fact]
    public void Node_ports_are_the_base_and_size_of_their_source() =>
        Assert.Equal((30000, 2768), (NodePorts.Range.First.Value, NodePorts.Range.Count));

    [Fact]
    public void Known_uses_are_by_number_each_with_its_source()
    {
        Assert.Equal(KnownUses.All.OrderBy(known => known.Port), KnownUses.All);
        Assert.Equal(KnownUses.All.Length, KnownUses.All.Select(known => known.Port).Distinct().Count());
        Assert.All(KnownUses.All, known => Assert.InRange(known.Port, 1, PortNumber.Count - 1));
        Assert.All(KnownUses.All, known => Assert.False(string.IsNullOrWhiteSpace(known.Source)));
        Assert.All(KnownUses.All, known => Assert.False(known.Use.EndsWith('.')));
    }

    [Fact]
    public void Known_uses_are_of_numbers_that_nobody_holds() =>
        Assert.All(
            KnownUses.All,
            known =>
                Assert.All(
                    TransportProtocols.All,
                    transport =>
                        Assert.NotEqual(
                            PortState.Assigned,
                            IanaPorts.Index.Listed(new((ushort)known.Port), transport)
                        )
                )
        );
}
