namespace Berthbook;

/// <summary>The first half hour of an operator as a script over the API, which docs/operating.md and docs/using.md name.</summary>
public class FirstHalfHourScriptTests
{
    [Fact]
    public async Task Goes_from_an_empty_folder_to_the_first_own_assignments_and_leaves_nothing_behind()
    {
        var server = Path.Combine(AppContext.BaseDirectory, "berth-server");
        // By way of a program that, like dotnet run, passes no signal on to the one that it starts.
        var (status, output, errors) = await RepositoryScript.RunAsync(
            "first-half-hour.py",
            "sh",
            "-c",
            "trap '' INT; \"$0\" \"$@\"; exit $?",
            server
        );
        Assert.True(status == 0, output + errors);
        Assert.Contains("assigned at once, and in every format", output, StringComparison.Ordinal);
        Assert.Contains("approved, assigned, published", output, StringComparison.Ordinal);
        Assert.Equal("", errors);
    }
}
