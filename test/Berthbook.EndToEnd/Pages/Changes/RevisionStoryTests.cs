using System.Text;
using Berthbook.Formats;
using Berthbook.Journal;

namespace Berthbook.Server.Pages.Changes;

public class RevisionStoryTests
{
    const string Wide = "<record><description>Unassigned</description><number>10-20</number></record>";

    // Procedures P5, P6: an assignment splits the range it is taken from.
    [Fact]
    public void What_is_carved_out_of_an_unassigned_range_is_told_as_one()
    {
        var story = Story(
            Wide,
            """
            <record><description>Unassigned</description><number>10-14</number></record>
            <record><name>boat</name><protocol>tcp</protocol><description>Boats</description><number>15</number></record>
            <record><protocol>udp</protocol><description>Reserved</description><number>15</number></record>
            <record><description>Unassigned</description><number>16-20</number></record>
            """
        );

        var told = Assert.Single(story);
        Assert.Equal(
            ("Assigned", "boat 15/tcp", "carved from 10-20 Unassigned"),
            (told.What, told.Title, told.Description)
        );
        Assert.Equal(
            ["Unassigned 10-14", "boat 15/tcp", "Reserved 15/udp", "Unassigned 16-20"],
            told.Into.Select(record => record.ToString())
        );
    }

    [Fact]
    public void A_range_that_is_gone_without_heirs_is_removed()
    {
        var told = Assert.Single(Story(Wide, ""));

        Assert.Equal(("Removed", "Unassigned 10-20"), (told.What, told.Title));
    }

    // Procedures C1, C8.
    [Theory]
    [InlineData(
        "<name>old</name><protocol>tcp</protocol><description>Boats</description><number>7</number>",
        "<name>new</name><protocol>tcp</protocol><description>Boats</description><number>7</number>",
        "Renamed new 7/tcp"
    )]
    [InlineData(
        "<name>old</name><protocol>tcp</protocol><description>Boats</description><number>7</number>",
        "<protocol>tcp</protocol><description>Reserved</description><number>7</number>",
        "De-assigned old 7/tcp"
    )]
    [InlineData(
        "<protocol>tcp</protocol><description>Reserved</description><number>7</number>",
        "<name>new</name><protocol>tcp</protocol><description>Boats</description><number>7</number>",
        "Assigned new 7/tcp"
    )]
    [InlineData(
        "<name>old</name><protocol>tcp</protocol><description>Boats</description><number>7</number>",
        "<name>old</name><protocol>tcp</protocol><description>Boats</description><number>8</number>",
        "Renumbered old 8/tcp"
    )]
    [InlineData(
        "<name>old</name><protocol>tcp</protocol><description>Boats</description><number>7</number>",
        "<name>old</name><protocol>tcp</protocol><description>Ships</description><number>7</number>",
        "Changed old 7/tcp"
    )]
    public void Says_what_became_of_a_record(string before, string after, string words)
    {
        var told = Assert.Single(Story($"<record>{before}</record>", $"<record>{after}</record>"));

        Assert.Equal(words, $"{told.What} {told.Title}");
    }

    [Fact]
    public void What_happens_alike_on_several_transports_is_told_once()
    {
        const string Before = """
            <record><name>boat</name><protocol>tcp</protocol><description>Boats</description><number>7</number></record>
            <record><name>boat</name><protocol>udp</protocol><description>Boats</description><number>7</number></record>
            <record><name>boat</name><protocol>sctp</protocol><description>Barges</description><number>7</number></record>
            """;

        var story = Story(Before, Before.Replace("oats<", "oats and ships<").Replace("Barges", "Ships"));

        Assert.Equal(["boat 7/tcp, 7/udp", "boat 7/sctp"], story.Select(told => told.Title));
        var field = Assert.Single(story[0].Fields);
        Assert.Equal("Description", field.Name);
        Assert.Equal("Boats and ships", string.Concat(field.After.Select(piece => piece.Text)));
    }

    // A reference that got another target under the same words still shows what changed.
    [Fact]
    public void A_field_that_reads_the_same_shows_what_lies_behind_it()
    {
        const string Before =
            "<record><name>boat</name><description/><xref type=\"uri\" data=\"https://old.example/\">Boats</xref></record>";

        var told = Assert.Single(Story(Before, Before.Replace("old.example", "new.example")));

        var field = Assert.Single(told.Fields);
        Assert.Contains(
            "old.example",
            string.Concat(field.Before.Select(piece => piece.Text)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "new.example",
            string.Concat(field.After.Select(piece => piece.Text)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void White_space_alone_is_no_story()
    {
        const string Record = "<record><name>boat</name><description/></record>";

        Assert.Empty(Story(Record, Record.Replace("<description/>", "\n\n<description/>")));
    }

    static List<ToldChange> Story(string before, string after)
    {
        var old = Differ.Identify(null, Read(before), 1);
        var now = Differ.Identify(old, Read(after), 100);
        var changes = Differ.Compare(old, now);
        var (records, contacts) = Differ.Count(changes);
        return
        [
            .. RevisionStory
                .Of(
                    new()
                    {
                        Number = 2,
                        Time = default,
                        Who = "operator",
                        Why = "test",
                        Changes = changes,
                        Records = records,
                        Contacts = contacts,
                        Hash = "",
                        Previous = "",
                    }
                )
                .Select(part => part.Tell()),
        ];
    }

    static Registry Read(string records)
    {
        var result = XmlFormat.Read(
            Encoding.UTF8.GetBytes(
                $"""
                <?xml version='1.0' encoding='UTF-8'?>
                <registry xmlns="http://www.iana.org/assignments" id="small">
                <title>Small</title>
                <updated>2026-01-01</updated>
                {records}
                <people/>
                </registry>
                """
            )
        );
        Assert.Empty(result.Faults);
        return result.Registry!;
    }
}
