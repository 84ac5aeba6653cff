namespace Berthbook.Requests;

/// <summary>A request that waits for its decision. It holds nothing; the one submitted first is decided first (procedures A14).</summary>
/// <param name="Number">Its number, from 1 in the order of submission.</param>
/// <param name="Submitted">When it was submitted, UTC.</param>
/// <param name="Document">What it asks for.</param>
public sealed record PendingRequest(int Number, DateTimeOffset Submitted, RequestDocument Document);
