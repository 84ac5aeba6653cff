namespace Berthbook.Server.Layout;

public class WordDiffTests
{
    [Theory]
    [InlineData("", "new", "", "[new]")]
    [InlineData("old", "", "[old]", "")]
    [InlineData("the same", "the same", "the same", "the same")]
    [InlineData("a port for mail", "a number for mail", "a [port] for mail", "a [number] for mail")]
    [InlineData("one two three four", "one three four five", "one [two ]three four", "one three four[ five]")]
    [InlineData("[RFC6335][RFC4727]", "[RFC6335][RFC9999]", "[RFC6335][[RFC4727]]", "[RFC6335][[RFC9999]]")]
    [InlineData(
        "nothing in common here",
        "quite other words",
        "[nothing in common here]",
        "[quite other words]"
    )]
    public void Marks_the_words_that_the_other_text_lacks(string before, string after, string old, string now)
    {
        var (left, right) = WordDiff.Compare(before, after);

        Assert.Equal((old, now), (Show(left), Show(right)));
    }

    [Fact]
    public void Cuts_texts_that_nobody_compares_by_eye()
    {
        var (left, right) = WordDiff.Compare(
            new string('a', 100_000),
            string.Join(' ', Enumerable.Range(0, 50_000))
        );

        Assert.InRange(left.Sum(piece => piece.Text.Length), 1, 5_000);
        Assert.InRange(right.Sum(piece => piece.Text.Length), 1, 5_000);
    }

    static string Show(IEnumerable<DiffPiece> pieces) =>
        string.Concat(pieces.Select(piece => piece.IsOwn ? $"[{piece.Text}]" : piece.Text));
}
