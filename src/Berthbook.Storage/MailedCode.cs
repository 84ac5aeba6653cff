using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>The secret codes of mailed links; only their SHA-256 is kept. Each method runs within the caller's transaction.</summary>
public static class MailedCode
{
    const int Bytes = 32;

    /// <summary>A new code.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Keeps that a code confirms an address of a request.</summary>
    public static void Add(
        SqliteConnection connection,
        string code,
        int request,
        string address,
        DateTimeOffset expires
    ) =>
        Commands
            .Of(connection)
            .Run(
                """
                INSERT INTO mailed_code (hash, request, address, expires)
                VALUES (@hash, @request, @address, @expires)
                """,
                ("@hash", HashOf(code)),
                ("@request", request),
                ("@address", address),
                ("@expires", expires.ToUnixTimeMilliseconds())
            );

    /// <summary>The address that a code confirms in a request; null where it confirms none, or its time is over.</summary>
    public static string? AddressOf(
        SqliteConnection connection,
        int request,
        string code,
        DateTimeOffset now
    ) =>
        Commands
            .Of(connection)
            .Query(
                """
                SELECT address
                FROM mailed_code
                WHERE hash = @hash AND request = @request AND expires > @now
                """,
                row => row.GetString(0),
                ("@hash", HashOf(code)),
                ("@request", request),
                ("@now", now.ToUnixTimeMilliseconds())
            )
            .SingleOrDefault();

    static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
