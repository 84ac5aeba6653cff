using System.Security.Cryptography;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>
/// Forms of people who go away to sign in, kept in memory until they come back: not in an address, since forms hold
/// personal data. What is not fetched in time is gone, and the oldest goes where there are too many.
/// </summary>
sealed class KeptForms(TimeProvider clock)
{
    const int Most = 200;
    const int MaxLength = 64 << 10;
    static readonly TimeSpan Time = TimeSpan.FromHours(1);

    readonly Lock gate = new();
    readonly Queue<string> order = [];
    readonly Dictionary<string, (FormValues Values, bool IsByMail, DateTimeOffset Until)> kept = [];

    /// <summary>Keeps a form; null where it is too long to be kept.</summary>
    public string? Keep(FormValues values, bool isByMail)
    {
        if (values.Texts.Sum(text => text.Value.Length) > MaxLength)
            return null;
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        lock (gate)
        {
            if (order.Count == Most)
                kept.Remove(order.Dequeue());
            order.Enqueue(id);
            kept[id] = (values, isByMail, clock.GetUtcNow() + Time);
        }
        return id;
    }

    /// <summary>A form that was kept, or null.</summary>
    public (FormValues Values, bool IsByMail)? Find(string id)
    {
        lock (gate)
            return kept.TryGetValue(id, out var form) && form.Until > clock.GetUtcNow()
                ? (form.Values, form.IsByMail)
                : null;
    }
}
