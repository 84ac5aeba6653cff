namespace Berthbook;

public class LookupQuestionTests
{
    [Theory]
    [InlineData("443", "443", null, null)]
    [InlineData("443/tcp", "443", null, TransportProtocol.Tcp)]
    [InlineData("443/UDP", "443", null, TransportProtocol.Udp)]
    [InlineData("6000-6063/tcp", "6000-6063", null, TransportProtocol.Tcp)]
    [InlineData("https", null, "https", null)]
    [InlineData("https/dccp", null, "https", TransportProtocol.Dccp)]
    [InlineData("914c/g", null, "914c/g", null)]
    [InlineData("914c/g/tcp", null, "914c/g", TransportProtocol.Tcp)]
    [InlineData("EtherNet/IP-1", null, "EtherNet/IP-1", null)]
    [InlineData("whois++", null, "whois++", null)]
    [InlineData("_jmap._tcp", null, "jmap", TransportProtocol.Tcp)]
    [InlineData("_Jmap._TCP.", null, "Jmap", TransportProtocol.Tcp)]
    [InlineData("_jmap._quic", null, "_jmap._quic", null)]
    [InlineData("3com-tsmux", null, "3com-tsmux", null)]
    [InlineData("/tcp", null, "/tcp", null)]
    public void Tells_numbers_names_and_labels_apart(
        string text,
        string? ports,
        string? name,
        TransportProtocol? transport
    )
    {
        Assert.True(LookupQuestion.TryParse(text, out var question, out _));
        Assert.Equal(ports, question.Ports?.ToString());
        Assert.Equal(name, question.Name);
        Assert.Equal(transport, question.Transport);
        Assert.Equal(text, question.Text);
    }

    [Theory]
    [InlineData("70000", "70000 is no port number: they end at 65535")]
    [InlineData("080", "'080' is not a port number or range")]
    [InlineData("+80", "'+80' is not a port number or range")]
    [InlineData("-1", "'-1' is not a port number or range")]
    [InlineData("90-80", "the range 90-80 runs backwards")]
    [InlineData("1-2-3/tcp", "'1-2-3' is not a port number or range")]
    [InlineData("a b", "'a b' has a blank")]
    [InlineData("a\u0007", "has a control character")]
    [InlineData("", "an empty question")]
    public void Says_what_is_wrong_with_a_question(string text, string words)
    {
        Assert.False(LookupQuestion.TryParse(text, out _, out var fault));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_no_question_longer_than_any_name() =>
        Assert.False(LookupQuestion.TryParse(new('a', LookupQuestion.MaxLength + 1), out _, out _));
}
