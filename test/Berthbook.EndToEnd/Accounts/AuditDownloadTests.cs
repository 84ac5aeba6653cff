using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Berthbook.Security;
using Berthbook.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Server.Accounts;

/// <summary>What the auditor downloads is checked by a program that shares no code with the server (docs/journal-format.md section 9).</summary>
public sealed class AuditDownloadTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("berthbook-audit-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public async Task Is_the_whole_chain_and_a_change_of_any_member_is_found()
    {
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        var ivy = await own.PersonAsync("ivy", ada, "auditor");
        var rita = await own.PersonAsync("rita", ada, "registrar");
        // A sentence that is erased, one that stays, one refusal.
        var dee = await own.PersonAsync("dee");
        await own.CallAsync("POST", "claims", new { contact = "a/b" }, dee.Token, 201);
        await own.CallAsync(
            "POST",
            "claims/1/confirm",
            new { evidence = "A letter of \"1 September\", Åsa" },
            rita.Token
        );
        await own.CallAsync("POST", "claims/9/confirm", new { }, rita.Token, 404);
        await own.CallAsync("DELETE", "account", token: dee.Token, expect: 204);
        var session = await Sweep.SessionAsync(own.Server, ivy.Id);
        var whole = await DownloadAsync(own, session, "");

        // The same as the store writes, but for what was entered since.
        var stored = own.Server.Services.GetRequiredService<RequestStore>().ExportAudit(new());
        Assert.Equal(string.Concat(stored.Select(part => Encoding.UTF8.GetString(part.Span))), whole);

        var (status, words) = await VerifyAsync(whole);
        Assert.True(status == 0, words);
        var lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains($"{lines.Length} audit entries", words, StringComparison.Ordinal);
        Assert.Contains("not checked", words, StringComparison.Ordinal);
        var database = Path.Combine(own.Server.Services.GetRequiredService<Settings>().Data, "registry.db");
        (status, words) = await VerifyAsync(whole, database);
        Assert.True(status == 0, words);
        Assert.Contains("revisions as in the journal", words, StringComparison.Ordinal);

        var told = lines
            .Select((line, at) => (At: at, Line: JsonNode.Parse(line)!.AsObject()))
            .Last(entry => entry.Line["salt"] is not null);
        foreach (var name in told.Line.Select(member => member.Key).ToList())
        {
            var changed = JsonNode.Parse(lines[told.At])!.AsObject();
            changed[name] = changed[name] switch
            {
                null => 1,
                { } value when value.GetValueKind() == JsonValueKind.Number => (int)value + 1,
                { } value when value.GetValueKind() == JsonValueKind.String && name is "details" => "another",
                { } value when value.GetValueKind() == JsonValueKind.String && name is "time" =>
                    "2026-01-01T00:00:00.001+00:00",
                { } value
                    when value.GetValueKind() == JsonValueKind.String
                        && name is "action" or "subject" or "rule" => (string)value! + "x",
                { } value when value.GetValueKind() == JsonValueKind.String => Flip((string)value!),
                { } value => !(bool)value,
            };
            string[] damaged = [.. lines];
            damaged[told.At] = changed.ToJsonString();
            (status, words) = await VerifyAsync(string.Join('\n', damaged));
            Assert.True(status == 1, $"{name}: {words}");
            Assert.StartsWith("not whole", words, StringComparison.Ordinal);
        }
        foreach (
            var damaged in new[]
            {
                lines[1..],
                [.. lines[..3], .. lines[4..]],
                [lines[1], lines[0], .. lines[2..]],
            }
        )
            Assert.Equal(1, (await VerifyAsync(string.Join('\n', damaged))).Status);
        // A part of it is no chain.
        Assert.Equal(1, (await VerifyAsync(await DownloadAsync(own, session, "&action=claim.ask"))).Status);
    }

    static string Flip(string hex) => (hex[0] == '0' ? '1' : '0') + hex[1..];

    static async Task<string> DownloadAsync(OwnServer own, string session, string more)
    {
        using var call = new HttpRequestMessage(HttpMethod.Get, "/admin/audit?export=true" + more);
        call.Headers.Add("Cookie", session);
        using var answer = await own.Server.Client.SendAsync(call, OwnServer.Cancellation);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsStringAsync(OwnServer.Cancellation);
    }

    async Task<(int Status, string Words)> VerifyAsync(string export, params string[] beside)
    {
        var file = Path.Combine(folder, "audit.ndjson");
        await File.WriteAllTextAsync(file, export, OwnServer.Cancellation);
        var (status, output, errors) = await RepositoryScript.RunAsync(
            "verify-journal.py",
            [file, .. beside]
        );
        return (status, output + errors);
    }
}
