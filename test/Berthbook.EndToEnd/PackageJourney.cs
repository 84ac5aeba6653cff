using System.Diagnostics;

namespace Berthbook;

/// <summary>The library as others get it: packed, and used by a program that knows the package alone.</summary>
public sealed class PackageJourney : IDisposable
{
    const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Berthbook" Version="*" />
          </ItemGroup>
        </Project>
        """;

    // No other source: what the package needs beside the framework would not be found.
    const string Sources = """
        <configuration>
          <packageSources>
            <clear />
            <add key="packed" value="packed" />
          </packageSources>
        </configuration>
        """;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("berthbook-package-");

    public void Dispose() => folder.Delete(true);

    [Fact]
    public async Task A_program_with_nothing_but_the_package_runs_the_examples_of_its_readme()
    {
        var root = RootOf(AppContext.BaseDirectory);
        var library = Path.Combine(root, "src", "Berthbook");
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        await Run("pack", library, "--no-build", "--nologo", "-c", configuration, "-o", In("packed"));
        Assert.Single(folder.GetFiles("packed/Berthbook.*.snupkg"));

        var readme = await File.ReadAllTextAsync(
            Path.Combine(library, "README.md"),
            TestContext.Current.CancellationToken
        );
        Write("program.csproj", Project);
        Write("nuget.config", Sources);
        Write(
            "Program.cs",
            string.Concat(readme.Split("```csharp").Skip(1).Select(rest => rest.Split("```")[0]))
        );
        await File.WriteAllBytesAsync(
            In("service-names-port-numbers.xml"),
            Small.Xml(Small.Record("https", "tcp", "443"), Small.Record("https", "udp", "443")),
            TestContext.Current.CancellationToken
        );
        var printed = await Run("run", "--project", In("program.csproj"));
        Assert.Equal(
            [
                "https 443/tcp",
                "2",
                "",
                "443/dccp: no record; held for the assignee of 443/tcp (RFC 6335 section 7.2)",
                "443",
            ],
            printed.TrimEnd().Split('\n')
        );
    }

    string In(string name) => Path.Combine(folder.FullName, name);

    void Write(string name, string content) => File.WriteAllText(In(name), content);

    // With its own folder for what it restores, and no build server that outlives it.
    async Task<string> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            Environment =
            {
                ["NUGET_PACKAGES"] = In("restored"),
                ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
                ["MSBUILDDISABLENODEREUSE"] = "1",
            },
        };
        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, printed);
        return printed;
    }

    static string RootOf(string? folder) =>
        folder is null ? throw new InvalidOperationException("the tests run outside the repository")
        : File.Exists(Path.Combine(folder, "Berthbook.slnx")) ? folder
        : RootOf(Path.GetDirectoryName(folder));
}
