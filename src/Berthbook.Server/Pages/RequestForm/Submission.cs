using Berthbook.Server.Pages.Requests;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>How a form can be submitted, where requests are taken.</summary>
/// <param name="IsSignedIn">Whether somebody signed in, who can submit it; others are asked to.</param>
/// <param name="IsByMail">Whether a registrar enters it for one who wrote by mail.</param>
sealed record Submission(bool IsSignedIn, bool IsByMail)
{
    /// <summary>The key that submits it once, however often the button is pressed.</summary>
    public string Key { get; } = PostedMove.NewKey();

    /// <summary>Why it was refused; null where it was not.</summary>
    public FormRefusal? Refusal { get; init; }
}
