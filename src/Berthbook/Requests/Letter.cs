namespace Berthbook.Requests;

/// <summary>A mail that the registry owes somebody: one for each event and recipient.</summary>
/// <param name="Kind"><c>receipt</c>, <c>address</c>, <c>question</c>, <c>answer</c>, <c>confirmation</c>, <c>review</c>, <c>approval</c>, <c>decision</c>, <c>reminder</c>, <c>account</c>.</param>
/// <param name="To">The e-mail address. Personal data.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text; links begin with the public address of the settings.</param>
/// <param name="Request">The number of the request that it is about, or null.</param>
/// <param name="Account">The number of the account that it goes to; 0 where it is none's.</param>
public sealed record Letter(string Kind, string To, string Subject, string Body, int? Request, int Account);
