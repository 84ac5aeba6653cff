using Berthbook.Formats;
using static Berthbook.SmallRegistry;

namespace Berthbook;

public class TxtKeysTests
{
    // The shapes of the registry's notes, retold. Expected: "key" or "key: description", a line each.
    public static TheoryData<string, string> Shapes =>
        new()
        {
            { "Defined TXT keys: None", "" },
            { "Defined TXT Keys: NONE", "" },
            { "Defined TXT keys: None at present", "" },
            { "Defined TXT keys: None. Boat Level Reader Protocol", "" },
            { "Defined TXT keys: Proprietary", "" },
            { "Defined TXT keys: TBD", "" },
            { "Defined TXT keys: ", "" },
            { "Defined TXT keys: 0", "" },
            { "Defined TXT keys: See BoatPrinting.pdf.", "" },
            { "Defined TXT keys: see: http://boats.example/keys", "" },
            { "Defined TXT keys: https://boats.example/type (dn dt md)", "" },
            { "Defined TXT keys: Defined in URL specification", "" },
            { "Defined TXT keys: Application will rely upon Boat version 3.1", "" },
            { "Defined TXT keys: Boat 1.1 Specification, Section 8.4.1. https://boats.example/", "" },
            { "Defined TXT keys: Text keys are the kinds of any boat, i.e. tug, dory, punt.", "" },
            { "Defined TXT keys: there is no TXT keys defined for this protocol", "" },
            { "Defined TXT keys: _boat._tcp.local, _boat._udp.local", "" },
            { "Defined TXT keys: _boat.tcp. Boat Protocol", "" },
            { "Defined TXT keys: <serial number of boat>", "" },
            { "u=<username> p=<password>", "" },
            { "Defined TXT keys: txtvers", "txtvers" },
            { "Defined TXT keys: waMA;", "waMA" },
            { "Defined TXT keys: id, key", "id\nkey" },
            { "Defined TXT keys: txtvers,mk,md", "txtvers\nmk\nmd" },
            { "Defined TXT keys: txtvers, Boat Version, Machine ID", "txtvers\nBoat Version\nMachine ID" },
            {
                "Defined TXT keys: txtvers=1, sesna,\n    cotype, *IDN?=<a; b, c>",
                "txtvers: 1\nsesna\ncotype\n*IDN?: a; b, c"
            },
            {
                "Defined TXT keys: u=<username> p=<password> path=<path to document>",
                "u: username\np: password\npath: path to document"
            },
            { "Defined TXT keys: u=username; k=keypattern; r=root", "u: username\nk: keypattern\nr: root" },
            { "Defined TXT keys: MAC=, GW-MAC", "MAC\nGW-MAC" },
            {
                "Defined TXT keys: RMC Client Version=<version>, MAC Address=<address>",
                "RMC Client Version: version\nMAC Address: address"
            },
            { "Defined TXT keys: role == The role of the boat", "role: The role of the boat" },
            {
                "Defined TXT keys: prefix=<country code> (numeric, additionally '+')",
                "prefix: <country code> (numeric, additionally '+')"
            },
            { "Defined TXT keys: topics=<open topic>, eg topic=/info", "topics: open topic" },
            { "Defined TXT keys: txtvers uuid devicename", "txtvers\nuuid\ndevicename" },
            { "Defined TXT keys: txtvers and proprietary keys", "txtvers" },
            { "Defined TXT keys: txtvers + Proprietary", "txtvers" },
            { "Defined TXT keys: txtvers, name, (others not publicly documented)", "txtvers\nname" },
            {
                "Defined TXT keys: txtvers, c0, c1, ..., where the number of c_n attributes varies",
                "txtvers\nc0\nc1"
            },
            { "Defined TXT keys: node,uid,user - http://boats.example/net.html", "node\nuid\nuser" },
            {
                "Defined TXT keys: SN (serial number), PVER (protocol version))",
                "SN: serial number\nPVER: protocol version"
            },
            {
                "Defined TXT keys:\n\n  txtvers\n  server=<main server>\n  id=<agent>",
                "txtvers\nserver: main server\nid: agent"
            },
            {
                "Defined TXT keys: - txtvers\n      - protovers\n      - serialnum",
                "txtvers\nprotovers\nserialnum"
            },
            { "Defined TXT keys: a. ssid=<SSID>\nb. bssid=<BSSID>\n    ", "ssid: SSID\nbssid: BSSID" },
            {
                "Defined TXT keys: \nenabled=<true|false> API is enabled\nsn=<sn> Serial",
                "enabled: <true|false> API is enabled\nsn: <sn> Serial"
            },
            {
                "Defined TXT keys: txtvers=1\nport= the port for\n   (secondary port)\n   mode= the mode,\n   one of \"a\" or \"b\"",
                "txtvers: 1\nport: the port for (secondary port)\nmode: the mode, one of \"a\" or \"b\""
            },
            {
                "Defined TXT keys: hash=<40hex>\n   salt=<40hex>\n   Example:\n   hash=5e75\n   pepper=1",
                "hash: 40hex\nsalt: 40hex"
            },
            { "Defined TXT keys: None\n  path=<path of the boat>", "path: path of the boat" },
            {
                "Defined TXT keys:   Currently valid values:\n  Boats (BOAT): 2.7, 3.0\n   txtvers=1\n   boat=BOAT\n   boat supported=BOAT[,BOAT]",
                "txtvers: 1\nboat: BOAT\nboat supported: BOAT[,BOAT]"
            },
            {
                "Defined TXT keys:\n  auth          plain | md5\n  user          alphanumeric, additionally '_'\nAll of these are optional.",
                "auth: plain | md5\nuser: alphanumeric, additionally '_'"
            },
            {
                "Defined TXT keys: \"url\": if present, a url \n  (i.e. wss://boats.example); \"namespace\": identifies",
                "url: if present, a url (i.e. wss://boats.example)\nnamespace: identifies"
            },
            {
                "Defined TXT keys: <type>:kind of boat; \n    <vers>:version",
                "type: kind of boat\nvers: version"
            },
            {
                "Defined TXT keys: There are two keys: 1st key: \n \"txt-vers\" of 'int'. 2nd key: \"stat\" of 'int'.",
                "txt-vers: of 'int'.\nstat: of 'int'."
            },
            {
                "\n   ¶Defined TXT keys:¶\n   ¶td: Path of the\n   Boat.¶\n   ¶type: Type, i.e. \"Tug\".¶\n  ",
                "td: Path of the Boat.\ntype: Type, i.e. \"Tug\"."
            },
            {
                "This is an extension of the boats service.  Defined\n      TXT keys: path=<path> (as in 6).",
                "path: <path> (as in 6)"
            },
        };

    [Theory, MemberData(nameof(Shapes))]
    public void Reads_the_keys_of_a_note(string note, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                '\n',
                TxtKeys
                    .Parse(Text(note))
                    .Select(key => key.Description is null ? key.Key : $"{key.Key}: {key.Description}")
            )
        );

    [Fact]
    public void No_note_defines_no_keys() => Assert.Empty(TxtKeys.Parse(null));

    [Fact]
    public void Brackets_that_never_close_and_endless_notes_end_soon()
    {
        Assert.Equal(
            "u",
            TxtKeys.Parse(Text("Defined TXT keys: u=<<<(([[{{\"" + new string('\n', 9000)))[0].Key
        );
        Assert.Empty(TxtKeys.Parse(Text("Defined TXT keys:" + new string(' ', 1 << 20) + "a=1")));
    }

    /// <summary>Of the registry's 1,021 notes (1,023 with the two that break the line within these words).</summary>
    [Fact]
    public void Makes_sense_of_nearly_all_notes_of_the_registry()
    {
        var registry = XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!;
        var notes = registry
            .Records.Select(record => record.Note)
            .OfType<RichText>()
            .Where(note => note.OneLine.Contains("Defined TXT keys:", StringComparison.OrdinalIgnoreCase))
            .ToList();
        var withKeys = notes.Count(note => TxtKeys.Parse(note).Length > 0);
        var without = notes.Where(note => TxtKeys.Parse(note).IsEmpty && !TxtKeys.SaysNone(note)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{notes.Count} notes: {withKeys} define keys, {notes.Count - withKeys - without.Count} say that they define none or where to look, {without.Count} are prose:"
        );
        without.ForEach(note => TestContext.Current.TestOutputHelper?.WriteLine(note.OneLine));
        Assert.Equal(1023, notes.Count);
        Assert.Equal(343, withKeys);
        Assert.Equal(13, without.Count);
    }
}
