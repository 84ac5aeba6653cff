using System.Text;
using Berthbook.Server.Api;

namespace Berthbook.Api;

public class PortAnswersTests
{
    [Fact]
    public void Numbers_that_share_a_place_never_get_each_other_s_answer()
    {
        var answers = new PortAnswers(new(Small.Of(Small.Record("quay", "tcp", "80"))));
        for (var round = 0; round < 2; round++)
        {
            for (var number = 0; number < PortNumber.Count; number += 13)
            {
                var port = new PortNumber((ushort)number);
                foreach (var transport in TransportProtocols.All)
                    Assert.StartsWith(
                        $"{{\"port\":{port},\"transport\":\"{transport.Name()}\",",
                        Encoding.UTF8.GetString(answers.Of(port, transport)),
                        StringComparison.Ordinal
                    );
                Assert.StartsWith(
                    $"{{\"port\":{port},\"range\":",
                    Encoding.UTF8.GetString(answers.Of(port, null)),
                    StringComparison.Ordinal
                );
            }
        }
    }

    [Fact]
    public void An_answer_is_made_once_and_looking_it_up_allocates_nothing()
    {
        var answers = new PortAnswers(new(Small.Of(Small.Record("quay", "tcp", "80"))));
        var first = answers.Of(new(80), TransportProtocol.Tcp);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var again = answers.Of(new(80), TransportProtocol.Tcp);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Same(first, again);
    }
}
