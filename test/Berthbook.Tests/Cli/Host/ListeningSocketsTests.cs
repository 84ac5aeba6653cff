namespace Berthbook.Cli.Host;

public sealed class ListeningSocketsTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("berth-proc-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Each_namespace_is_read_once_the_own_first_with_the_process_that_holds_a_socket()
    {
        Process("self", "", 1);
        Process("10", "sshd", 1, 100);
        Process("11", "sshd", 1, 100);
        Process("20", "flagd", 2, 200, 201);
        Process("21", "helper", 2);
        Table("self", "tcp", Tcp("00000000:0016", 100), Tcp("00000000:0801", 0));
        Table("20", "tcp", Tcp("00000000:1F4D", 200));
        Table("20", "udp", Udp("00000000:1F4E", 201));
        Table("21", "tcp", Tcp("00000000:1F4D", 200));
        var host = ListeningSockets.Read(new(folder.FullName));
        Assert.Equal(
            [
                "0.0.0.0:22/tcp 10 sshd 1 False",
                "0.0.0.0:2049/tcp   1 False",
                "0.0.0.0:8013/tcp 20 flagd 2 True",
                "0.0.0.0:8014/udp 20 flagd 2 True",
            ],
            host.Sockets.Select(socket =>
                $"{socket} {socket.Process?.Id} {socket.Process?.Name} {socket.Namespace.Id} {socket.Namespace.IsForeign}"
            )
        );
        Assert.False(host.AreProcessesHidden);
    }

    [Fact]
    public void A_folder_without_anything_has_no_sockets() =>
        Assert.Empty(ListeningSockets.Read(new(Path.Join(folder.FullName, "none"))).Sockets);

    [Theory]
    [InlineData("32768\t60999", "9050", "32768-60999", "9050")]
    [InlineData("1024 65535", "8080,9000-9100,", "1024-65535", "8080 9000-9100")]
    public void The_ephemeral_range_is_read_less_what_is_kept_out(
        string range,
        string kept,
        string read,
        string keptOut
    )
    {
        var settings = folder.CreateSubdirectory("sys/net/ipv4").FullName;
        File.WriteAllText(Path.Join(settings, "ip_local_port_range"), range + "\n");
        File.WriteAllText(Path.Join(settings, "ip_local_reserved_ports"), kept + "\n");
        var ephemeral = EphemeralRange.Read(new(folder.FullName))!;
        Assert.Equal(read, ephemeral.ToString());
        Assert.Equal(keptOut, string.Join(' ', ephemeral.KeptOut));
        Assert.True(ephemeral.Contains(new(40000)));
        Assert.False(ephemeral.Contains(new(9050)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("60999 32768")]
    [InlineData("1 2 3")]
    public void A_range_that_is_none_is_not_known(string range) =>
        Assert.Null(EphemeralRange.Parse(range, ""));

    static string Tcp(string local, long inode) =>
        $"   0: {local} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 {inode} 1";

    static string Udp(string local, long inode) =>
        $"   0: {local} 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 {inode} 2";

    void Process(string id, string name, long space, params long[] sockets)
    {
        var process = folder.CreateSubdirectory(id);
        File.WriteAllText(Path.Join(process.FullName, "comm"), name + "\n");
        process.CreateSubdirectory("net");
        File.CreateSymbolicLink(
            Path.Join(process.CreateSubdirectory("ns").FullName, "net"),
            $"net:[{space}]"
        );
        var open = process.CreateSubdirectory("fd").FullName;
        File.CreateSymbolicLink(Path.Join(open, "0"), "/dev/null");
        foreach (var inode in sockets)
            File.CreateSymbolicLink(Path.Join(open, $"{inode}"), $"socket:[{inode}]");
        Table(id, "tcp");
    }

    void Table(string id, string name, params string[] lines) =>
        File.WriteAllLines(
            Path.Join(folder.FullName, id, "net", name),
            ["  sl  local_address rem_address   st", .. lines]
        );
}
