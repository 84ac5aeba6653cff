using System.Collections.Immutable;

namespace Berthbook.Authorization;

/// <summary>
/// The expected answer of every endpoint to every subject: a file of its own that the server never reads. A line has the
/// endpoint (method and route), an address of it, and a status for each subject. In an address, <c>{KIND/STATE}</c> is the
/// number of a standing request.
/// </summary>
sealed record ExpectedRoutes(ImmutableArray<ExpectedRoutes.Line> Lines)
{
    /// <summary>One line of the file.</summary>
    public sealed record Line(string Endpoint, string Address, ImmutableArray<string> Answers);

    public static ExpectedRoutes Read()
    {
        var lines = ImmutableArray.CreateBuilder<Line>();
        foreach (
            var text in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Authorization", "routes.tsv"))
        )
        {
            if (text.StartsWith('#') || text.Length == 0)
                continue;
            var cells = text.Split('\t');
            if (cells[0] == "endpoint")
            {
                Assert.Equal(Subjects.Names, cells[2..]);
                continue;
            }
            lines.Add(new(cells[0], cells[1], [.. cells[2..]]));
        }
        return new(lines.ToImmutable());
    }
}
