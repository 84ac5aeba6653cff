using System.Net;
using System.Text;
using System.Text.Json;
using Berthbook.Checks;
using Berthbook.Cli.Output;

namespace Berthbook.Cli.Check;

public class CheckRunTests
{
    const string Compose = "services:\n  web:\n    ports: ['1500:80', '2000-2001:80', '${P}:1']\n";
    const string Services = "alpha 1500/tcp\nbetta 1600/tcp\n";

    static readonly RegistryIndex Index = new(
        Small.Of(
            Small.Record("alpha", "tcp", "1500"),
            Small.Record("beta", "tcp", "1600"),
            Small.Nameless("Unassigned", null, "2000-2999")
        )
    );

    readonly List<string> complaints = [];
    readonly StringBuilder output = new();

    [Fact]
    public void A_pipe_gets_a_line_an_item()
    {
        Assert.Equal(1, Run(Form.Tabs, File("compose.yaml", Compose)));
        Assert.Equal(
            [
                "compose.yaml|3:13|1500/tcp|Assigned|alpha|web|||note|port-assigned|assigned to alpha",
                "compose.yaml|3:24|2000-2001/tcp|Unassigned||web|||warning|port-unassigned|Unassigned: in the range 2000-2999, which the registry lists as Unassigned",
                "compose.yaml|3:40||||web|||note|port-not-checked|'${P}:1' has a variable without a default",
            ],
            Lines().Select(line => line.Replace('\t', '|'))
        );
        Assert.Empty(complaints);
    }

    [Fact]
    public void A_socket_shows_the_registered_name_beside_the_process_and_claims_nothing()
    {
        Assert.Equal(0, Run(Form.Tabs, Host(Socket(1500, new(77, "nginx")))));
        Assert.Equal("host|::1|1500/tcp|Assigned|alpha|nginx|77|4||", Lines()[0].Replace('\t', '|')[..^1]);
    }

    [Fact]
    public void A_terminal_of_80_columns_shows_it_all()
    {
        var foreign = Socket(2000, new(5, "a-long-name-of15")) with { Namespace = new(4026532177, true) };
        var unseen = Socket(60000, null) with { Address = IPAddress.Parse("fe80::1ff:fe23:4567:890a") };
        Run(Form.Table, Host(Socket(1500, new(77, "nginx")), unseen, foreign), File("mine", Services));
        Assert.Equal(
            """
            PORT       ADDRESS                   PROCESS     REGISTRY
            1500/tcp   ::1                       nginx (77)  alpha
            60000/tcp  fe80::1ff:fe23:4567:890a              Dynamic

            PORT       LEVEL  FINDING
            60000/tcp  note   Dynamic ports, 49152 to 65535, are never assigned (RFC 6335
                              section 6)

            Network namespace 4026532177:
            PORT      ADDRESS  PROCESS               REGISTRY
            2000/tcp  ::1      a-long-name-of15 (5)  Unassigned

            PORT      LEVEL    FINDING
            2000/tcp  warning  Unassigned: in the range 2000-2999, which the registry lists
                               as Unassigned
            this host: 3 listening sockets, 1 finding, 1 note
            LINE  PORT      LEVEL  FINDING
            2:1   1600/tcp  error  1600/tcp is beta in the registry, not betta
            mine: 1 finding, 0 notes

            """,
            Text()
        );
        Assert.All(Lines(), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void JSON_has_an_object_a_question_with_every_member()
    {
        Assert.Equal(1, Run(Form.Json, Host(Socket(1500, null)), File("mine", Services)));
        using var json = JsonDocument.Parse(Text());
        var (host, file) = (json.RootElement[0], json.RootElement[1]);
        Assert.Equal(
            ["query", "kind", "found", "source", "failure", "faults", "remarks", "items"],
            host.EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal(("host", "host", false), Head(host));
        Assert.Equal(("mine", "services", true), Head(file));
        Assert.Equal(
            """{"line":null,"column":null,"subject":null,"address":"::1","from":1500,"to":1500,"transport":"tcp","process":null,"pid":null,"namespace":4,"state":"Assigned","names":["alpha"],"findings":[]}""",
            host.GetProperty("items")[0].GetRawText()
        );
        Assert.Equal(
            """{"line":2,"column":1,"subject":"betta","address":null,"from":1600,"to":1600,"transport":"tcp","process":null,"pid":null,"namespace":null,"state":"Assigned","names":["beta"],"findings":[{"rule":"services-name","level":"error","message":"1600/tcp is beta in the registry, not betta","source":"RFC 6335 section 5"}]}""",
            file.GetProperty("items")[0].GetRawText()
        );
    }

    [Theory]
    [InlineData(
        "compose.yaml",
        "services:\n  a:\n    ports: ['70000:1']\n",
        3,
        "compose.yaml:3:13: 70000 is no port number: they end at 65535"
    )]
    [InlineData("mine", "a 1/tcp\nb\n", 3, "mine:2:2: 'b' stands alone; write 'name port/transport'")]
    public void A_file_with_a_fault_is_not_checked_and_the_fault_is_told(
        string name,
        string text,
        int status,
        string told
    )
    {
        Assert.Equal(status, Run(Form.Tabs, File(name, text)));
        Assert.Equal("", Text());
        Assert.Equal([told], complaints);
    }

    [Fact]
    public void A_file_that_is_not_there_fails_and_the_others_are_checked()
    {
        var missing = Path.Join(Path.GetTempPath(), "berth-none", "compose.yaml");
        Assert.Equal(
            4,
            Run(Form.Tabs, new FileChecking(Whole, null, Empty).Check(missing), File("mine", Services))
        );
        Assert.Single(Lines());
        Assert.StartsWith($"berth: {missing} is not checked: ", complaints[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_is_a_file()
    {
        var checking = new FileChecking(Whole, null, () => new MemoryStream(Encoding.UTF8.GetBytes(Compose)));
        Assert.Equal(1, Run(Form.Tabs, checking.Check("-")));
        Assert.StartsWith("-\t3:13\t1500/tcp", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_silence_of_a_registry_that_is_not_whole_is_a_note()
    {
        var part = new AskedRegistry(Index, _ => "part") { Remark = "this is not all" };
        var checking = new FileChecking(part, null, () => new MemoryStream(Encoding.UTF8.GetBytes(Compose)));
        Assert.Equal(
            0,
            new CheckRun(part, Printer(Form.Tabs), complaints.Add).Print([checking.Check("-")], false)
        );
        Assert.Contains(
            "\tnote\tport-unassigned\tnothing is known of it here",
            Text(),
            StringComparison.Ordinal
        );
        Assert.Equal(["berth: this is not all"], complaints);
    }

    [Theory]
    [InlineData("compose.yaml", "", CheckKind.Compose)]
    [InlineData("docker-compose.prod.yml", "", CheckKind.Compose)]
    [InlineData("-", "# shop\nservices:\n  web: {}\n", CheckKind.Compose)]
    [InlineData("-", "name: shop\nservices: {}\n", CheckKind.Compose)]
    [InlineData("/etc/services", "# Network services\necho 7/tcp\n", CheckKind.Services)]
    [InlineData("-", "echo 7/tcp # services: many\n", CheckKind.Services)]
    [InlineData("-", "", CheckKind.Services)]
    public void A_file_is_told_by_its_name_or_its_content(string name, string text, object kind) =>
        Assert.Equal(kind, FileChecking.KindOf(name, Encoding.UTF8.GetBytes(text)));

    static AskedRegistry Whole => new(Index, _ => "local copy");

    static Stream Empty() => Stream.Null;

    int Run(Form form, params CheckAnswer[] answers) =>
        new CheckRun(Whole, Printer(form), complaints.Add).Print(answers, isSarif: false);

    Printer Printer(Form form) =>
        new(
            form,
            HasColours: false,
            80,
            bytes =>
            {
                output.Append(Encoding.UTF8.GetString(bytes.Span));
                return true;
            }
        );

    // A file as it is checked, under a name that need not be on the disk.
    static CheckAnswer File(string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var kind = FileChecking.KindOf(name, bytes);
        return new FileChecking(Whole, kind, () => new MemoryStream(bytes)).Check("-") with { Query = name };
    }

    static CheckAnswer Host(params ListeningSocket[] sockets) =>
        new("host", CheckKind.Host) { Items = HostCheck.Of(Index, sockets, null) };

    static ListeningSocket Socket(int port, SocketProcess? process) =>
        new()
        {
            Address = IPAddress.IPv6Loopback,
            Port = new((ushort)port),
            Transport = TransportProtocol.Tcp,
            Process = process,
            Namespace = new(4, false),
        };

    static (string?, string?, bool) Head(JsonElement answer) =>
        (
            answer.GetProperty("query").GetString(),
            answer.GetProperty("kind").GetString(),
            answer.GetProperty("found").GetBoolean()
        );

    string Text() => output.ToString();

    string[] Lines() => Text().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
