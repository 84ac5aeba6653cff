using System.Text;

namespace Berthbook.Formats;

public class TextFormatTests
{
    [Theory]
    [InlineData("2025-09-22", TextFrame.Frame1)]
    [InlineData("2026-08-17", TextFrame.Frame3)]
    public void Is_the_published_file_to_the_byte(string day, TextFrame frame)
    {
        var registry = XmlFormat.Read(TestData.Unzip($"pairs/{day}/registry.xml.gz")).Registry!;
        var text = TextFormat.Write(registry, RegistryProfile.Iana with { TextFrame = frame });
        Assert.True(TestData.Unzip($"pairs/{day}/registry.txt.gz").AsSpan().SequenceEqual(text));
    }

    [Theory]
    [InlineData(TextFrame.Frame1)]
    [InlineData(TextFrame.Frame2)]
    [InlineData(TextFrame.Frame3)]
    public void Writes_a_registry_of_ones_own_in_each_frame(TextFrame frame) =>
        Golden.Check(
            TextFormat.Write(Fruit.Registry, Fruit.Profile with { TextFrame = frame }),
            $"fruit-frame-{(int)frame}.txt"
        );

    [Fact]
    public void Leaves_out_what_the_registry_does_not_have()
    {
        var bare = new Registry(new() { Id = "bare" }, [], []);
        var text = Encoding.UTF8.GetString(TextFormat.Write(bare, Fruit.Profile with { Links = [] }));
        Assert.StartsWith("The Orchard\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Contact Information", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Footnote", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Last Updated", text, StringComparison.Ordinal);
    }
}
