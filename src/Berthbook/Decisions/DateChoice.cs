namespace Berthbook.Decisions;

/// <summary>
/// A date that the registrar gives in place of the day of the decision, with the reason (procedures C11).
/// </summary>
/// <param name="Date">The date; null for none.</param>
/// <param name="Reason">Why it is not the day of the decision.</param>
public sealed record DateChoice(RegistryDate? Date, string Reason);
