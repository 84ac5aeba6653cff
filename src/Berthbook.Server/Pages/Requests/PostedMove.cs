using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Berthbook.Decisions;
using Berthbook.Requests;
using Berthbook.Server.Pages.RequestForm;
using Berthbook.Storage;

namespace Berthbook.Server.Pages.Requests;

/// <summary>What a form on a request's page wants to do.</summary>
/// <param name="Move">What.</param>
/// <param name="Choices">What the registrar chooses; null where the action leaves nothing to choose.</param>
/// <param name="Version">The version of the request that was seen.</param>
/// <param name="Key">The key of the page that was seen, so that a double click does it once.</param>
/// <param name="IsDryRun">Whether it only shows what would come of it.</param>
sealed record PostedMove(
    RequestMove Move,
    DecisionChoices? Choices,
    int Version,
    IdempotencyKey Key,
    bool IsDryRun
)
{
    /// <summary>The name of the field with the version.</summary>
    public const string VersionName = "version";

    /// <summary>The name of the field with the key.</summary>
    public const string KeyName = "call";

    /// <summary>The name of the button that shows what would come of it.</summary>
    public const string DryRunName = "dry";

    /// <summary>A key for a form that is rendered now.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Reads a form, or says which field is wrong and why.</summary>
    public static (PostedMove? Move, string? Field, string? Fault) Read(
        RequestAction action,
        IFormCollection form
    )
    {
        if (
            !int.TryParse(form[VersionName], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || form[KeyName].ToString() is not { Length: > 0 and <= 128 } key
            || key.Any(c => !char.IsAsciiLetterOrDigit(c))
        )
            return (null, null, "The form is not one that this page made. Open the page again.");
        DecisionChoices? choices = null;
        if (action == RequestAction.Assign)
        {
            (choices, var field, var fault) = PostedChoices.Read(form);
            if (fault is not null)
                return (null, field, fault);
        }
        int? account = null;
        if (PostedChoices.Text(form, "account") is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return (null, "account", "An account has a number.");
            account = number;
        }
        var move = new RequestMove(action)
        {
            Words = PostedChoices.Text(form, "reason"),
            Note = PostedChoices.Text(form, "note"),
            IsFor = form["for"].ToString() switch
            {
                "true" => true,
                "false" => false,
                _ => null,
            },
            Criteria = [.. form["criteria"].OfType<string>()],
            Pool = ExpertPools.TryParse(form["pool"].ToString(), out var pool) ? pool : null,
            Account = account,
        };
        var isDry = form[DryRunName].Count > 0;
        return (new(move, choices, version, new(key, FingerprintOf(action, form)), isDry), null, null);
    }

    // Over all that the form says but its token, which is another with each page.
    static byte[] FingerprintOf(RequestAction action, IFormCollection form)
    {
        var text = new StringBuilder(action.Word());
        foreach (var (name, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            if (name == PostedForm.TokenName)
                continue;
            foreach (var value in values)
                text.Append('\0').Append(name).Append('\0').Append(value);
        }
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
