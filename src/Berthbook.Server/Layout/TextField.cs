using Berthbook.Server.Accounts;

namespace Berthbook.Server.Layout;

/// <summary>A field of one line in a form, with its label, its help and what is wrong with it.</summary>
sealed record TextField(string Name, string Label)
{
    /// <summary>The kind of input: <c>text</c>, <c>email</c>, <c>password</c>.</summary>
    public string Type { get; init; } = "text";

    public string? Value { get; init; }

    public string? Help { get; init; }

    /// <summary>What browsers may fill in by themselves: <c>current-password</c>.</summary>
    public string? Autocomplete { get; init; }

    public bool IsRequired { get; init; } = true;

    /// <summary>Why the form was refused; shown where it is about this field.</summary>
    public Refused? Said { get; init; }

    /// <summary>Whether what was refused is this field.</summary>
    public bool IsWrong => Said?.Field == Name;

    public static TextField Email(string? value, Refused? said) =>
        new("email", "E-mail address")
        {
            Type = "email",
            Value = value,
            Autocomplete = "username",
            Said = said,
        };

    public static TextField NewPassword(Refused? said) =>
        new("password", "New password")
        {
            Type = "password",
            Autocomplete = "new-password",
            Help = $"{PasswordRules.Shortest} characters or more, any of them; several words do well.",
            Said = said,
        };
}
