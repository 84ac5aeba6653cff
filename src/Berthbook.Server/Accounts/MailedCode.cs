using System.Buffers.Text;
using System.Text;

namespace Berthbook.Server.Accounts;

/// <summary>Identity's codes in letters that mean nothing in an address.</summary>
static class MailedCode
{
    public static string Write(string code) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(code));

    /// <summary>The code as Identity wrote it; empty, which is never right, where it is none.</summary>
    public static string Read(string text)
    {
        text = text.Trim();
        return Base64Url.IsValid(text) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)) : "";
    }
}
