namespace Berthbook.Decisions;

/// <summary>A further name on a port number that is assigned; the first stays (procedures N5, A7).</summary>
public sealed record SecondName : NewNameAct
{
    internal override string? Rule => "N5";

    internal override string? Do(RegistryEdit edit) =>
        Prepare(edit, out var assignment) ?? (assignment! with { IsBeside = true }).Do(edit);
}
