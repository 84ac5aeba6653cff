namespace Berthbook.Server.Mail;

/// <summary>How it stands with the mail, as an operator should know it; holds no personal data.</summary>
sealed class MailState
{
    sealed record Failing(DateTimeOffset Since);

    volatile Failing? failing;
    volatile int givenUp;

    /// <summary>How many letters are not tried any more.</summary>
    public int GivenUp
    {
        get => givenUp;
        set => givenUp = value;
    }

    /// <summary>The relay took a letter, or refused one for itself.</summary>
    public void Reached() => failing = null;

    /// <summary>The relay takes nothing.</summary>
    public void Missed(DateTimeOffset now) => failing ??= new(now);

    /// <summary>What is not as it should be, plain text, the gravest first; most often nothing.</summary>
    public IEnumerable<string> Reasons
    {
        get
        {
            if (failing is { } since)
                yield return $"Mail cannot be sent since {since.Since:yyyy-MM-dd HH:mm} UTC; letters wait in the outbox, "
                    + "and the log says why.";
            if (GivenUp is > 0 and var count)
                yield return count == 1
                    ? "A letter could not be delivered; the administrator finds it at /admin/outbox."
                    : $"{count} letters could not be delivered; the administrator finds them at /admin/outbox.";
        }
    }
}
