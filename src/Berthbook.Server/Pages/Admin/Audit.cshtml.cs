using System.Globalization;
using Berthbook.Server.Accounts;
using Berthbook.Server.Layout;
using Berthbook.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Admin;

/// <summary>What was attempted, allowed or refused; for the auditor, on a page and as lines of JSON.</summary>
sealed class AuditModel(CurrentRegistry current, RequestStore store, AuditTrail trail) : RegistryPage(current)
{
    const int PageSize = 100;

    public override string Title => "Audit";

    public override string? Twin => null;

    public IReadOnlyList<AuditRow> Entries { get; private set; } = [];

    /// <summary>Which entries are shown.</summary>
    public AuditQuery Query { get; private set; } = new();

    /// <summary>Where the next page begins, or null.</summary>
    public int? Next => Entries.Count == PageSize ? Entries[^1].Entry.Number : null;

    public async Task<IActionResult> OnGetAsync(
        int? account,
        int? request,
        string? action,
        int? before,
        bool export
    )
    {
        if (!ModelState.IsValid)
            return Refuse(StatusCodes.Status400BadRequest, "Numbers are digits.");
        // The route has a value of this name as well.
        action = HttpContext.Request.Query["action"];
        Query = new()
        {
            Account = account,
            Request = request,
            Action = string.IsNullOrWhiteSpace(action) ? null : action.Trim(),
        };
        if (export)
            return await ExportAsync();
        Entries = store.Audit(Query with { Before = before ?? int.MaxValue, Count = PageSize });
        return Page();
    }

    /// <summary>The address of another page of this list.</summary>
    public string AddressOf(string name, string value)
    {
        (string Name, string? Value)[] members =
        [
            ("account", Query.Account?.ToString(CultureInfo.InvariantCulture)),
            ("request", Query.Request?.ToString(CultureInfo.InvariantCulture)),
            ("action", Query.Action),
            (name, value),
        ];
        return "/admin/audit?"
            + string.Join(
                '&',
                members
                    .Where(member => member.Value is not null)
                    .Select(member => $"{member.Name}={Uri.EscapeDataString(member.Value!)}")
            );
    }

    async Task<EmptyResult> ExportAsync()
    {
        trail.Note(new(HttpContext.Actor.Account, "audit.export", "", true));
        Response.ContentType = "application/x-ndjson; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=\"audit.ndjson\"";
        foreach (var lines in store.ExportAudit(Query))
            await Response.Body.WriteAsync(lines, HttpContext.RequestAborted);
        return new();
    }
}
