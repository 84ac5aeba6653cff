using System.Text;

namespace Berthbook.Requests;

public class RequestTemplateTests
{
    public static TheoryData<RequestKind> Kinds => [.. RequestKinds.All];

    [Theory, MemberData(nameof(Kinds))]
    public void Gives_each_member_of_the_kind_and_says_nothing_yet(RequestKind kind)
    {
        var template = RequestTemplate.Write(kind);

        var read = RequestFormat.Read(Encoding.UTF8.GetBytes(template));
        Assert.Empty(read.Faults);
        Assert.Equivalent(new RequestDocument { Kind = kind }, read.Document);
        Assert.All(
            RequestMembers.All,
            member =>
                Assert.Equal(
                    member.Kinds.Contains(kind),
                    template.Contains($"\n  \"{member.Name}\": ", StringComparison.Ordinal)
                )
        );
        Assert.All(template.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Reads_as_published() =>
        Golden.Check(
            Encoding.UTF8.GetBytes(RequestTemplate.Write(RequestKind.Assign)),
            "request-assign.jsonc"
        );
}
