namespace Berthbook.Pages;

/// <summary>Every kind of page about ports.</summary>
public class EveryPortPage(FullSizeServer full, Chromium chromium) : PageTests(full, chromium)
{
    [Theory]
    [InlineData("/ports", 200)]
    [InlineData("/ports?from=6000", 200)]
    [InlineData("/ports/80", 200)]
    [InlineData("/ports/1021", 200)]
    [InlineData("/ports/0/sctp", 200)]
    [InlineData("/ports/351/udp", 200)]
    [InlineData("/ports/6003/tcp", 200)]
    [InlineData("/ports/49152/udp", 200)]
    [InlineData("/ports/70000", 400)]
    public Task Looks_right_everywhere(string address, int status) => LooksRightAsync(address, status);
}

/// <summary>Every kind of page about services.</summary>
public class EveryServicePage(FullSizeServer full, Chromium chromium) : PageTests(full, chromium)
{
    [Theory]
    [InlineData("/services", 200)]
    [InlineData("/services?letter=%23", 200)]
    [InlineData("/services/http", 200)]
    [InlineData("/services/whois%2B%2B", 200)]
    [InlineData("/services/914c%2Fg", 200)]
    [InlineData("/services/lontalk", 200)]
    [InlineData("/services/rdp", 200)]
    [InlineData("/services/exp1", 200)]
    [InlineData("/services/htps", 404)]
    public Task Looks_right_everywhere(string address, int status) => LooksRightAsync(address, status);
}

/// <summary>The form of requests and IANA's own page.</summary>
public class EveryFormAndTablePage(FullSizeServer full, Chromium chromium) : PageTests(full, chromium)
{
    [Theory]
    [InlineData("/request", 200)]
    [InlineData("/request?kind=assign", 200)]
    [InlineData("/request?kind=assign&name=https&port=443&transport=tcp", 200)]
    [InlineData("/request?kind=de-assign&name=https", 200)]
    [InlineData("/request?kind=header", 200)]
    [InlineData("/request?kind=nothing", 400)]
    [InlineData(Table, 200)]
    [InlineData(Table + "?search=8&page=41&skey=-1", 200)]
    [InlineData(Table + "?search=nothing+like+it", 200)]
    [InlineData(Table + "?page=9999", 404)]
    public Task Looks_right_everywhere(string address, int status) => LooksRightAsync(address, status);
}

/// <summary>The search, contacts, changes, and faults.</summary>
public class EveryOtherPage(FullSizeServer full, Chromium chromium) : PageTests(full, chromium)
{
    [Theory]
    [InlineData("/", 200)]
    [InlineData("/?q=remote+desktop", 200)]
    [InlineData("/?q=mail+server", 200)]
    [InlineData("/?q=ietf", 200)]
    [InlineData("/?q=htpss", 200)]
    [InlineData("/?q=nothing+like+it+anywhere", 200)]
    [InlineData("/contacts", 200)]
    [InlineData("/contacts/IESG", 200)]
    [InlineData("/contacts/Jon_Postel", 200)]
    [InlineData("/changes", 200)]
    [InlineData("/changes/1", 200)]
    [InlineData("/changes/1?page=200", 200)]
    [InlineData("/changes/5", 200)]
    [InlineData("/changes/20", 200)]
    [InlineData("/error/500", 500)]
    public Task Looks_right_everywhere(string address, int status) => LooksRightAsync(address, status);
}
