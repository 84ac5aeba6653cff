using System.Security.Cryptography;

namespace Berthbook.Storage;

public sealed class SchemaTests
{
    // A database keeps the names of the scripts it ran: an edited one would never reach it, and its schema would
    // no longer be the one that verify expects.
    [Fact]
    public void Scripts_that_databases_have_run_keep_their_bytes_and_a_change_is_a_new_script()
    {
        var assembly = typeof(RegistryStore).Assembly;
        var scripts = assembly
            .GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{string.Join('.', name.Split('.')[^2..])} {Digest(name)}");

        Assert.Equal(
            [
                "0001_registry.sql 3f81884289d8e77a8b7d2c344c414a1064799db92e3df5a52b31eb349fc676ad",
                "0002_requests.sql ff111c6df03df5db9c5759bab7397b4ac128b57b37f5e253f4a61e076e5b8e09",
                "0003_accounts.sql 799a78dc07603077244c8998e804d6589acfce8573695950251a77155e73f325",
            ],
            scripts
        );

        string Digest(string name)
        {
            using var bytes = assembly.GetManifestResourceStream(name)!;
            return Convert.ToHexStringLower(SHA256.HashData(bytes));
        }
    }
}
