namespace Berthbook.Server.Publishing;

// RFC 9110 section 12.5.3
public class PublishedFileTests
{
    [Theory]
    [InlineData(null, "Identity")]
    [InlineData("", "Identity")]
    [InlineData("gzip", "Gzip")]
    [InlineData("x-gzip", "Gzip")]
    [InlineData("br", "Brotli")]
    [InlineData("GZIP, BR", "Brotli")]
    [InlineData("gzip, deflate, br, zstd", "Brotli")]
    [InlineData("gzip;q=1.0, br;q=0.5", "Gzip")]
    [InlineData("gzip;q=0.5, br;q=0.5", "Brotli")]
    [InlineData("br;q=0", "Identity")]
    [InlineData("br ; q=0 , gzip", "Gzip")]
    [InlineData("*", "Brotli")]
    [InlineData("*;q=0.5, br;q=0", "Gzip")]
    [InlineData("identity", "Identity")]
    [InlineData("identity, gzip;q=0.5", "Identity")]
    [InlineData("identity;q=0.5, gzip", "Gzip")]
    [InlineData("zstd", "Identity")]
    [InlineData("gzip;q=nonsense", "Identity")]
    [InlineData("gzip;q=2", "Identity")]
    [InlineData(",,;q=1,gzip", "Gzip")]
    public void Chooses_a_coding(string? acceptEncoding, string coding) =>
        Assert.Equal(coding, Packed().Choose(acceptEncoding).Coding.ToString());

    [Fact]
    public void Gives_the_bytes_as_they_are_until_they_are_packed() =>
        Assert.Equal(ContentCoding.Identity, Plain().Choose("br, gzip").Coding);

    [Fact]
    public void Has_another_entity_tag_for_each_coding()
    {
        var file = Packed();
        string[] tags =
        [
            .. new[] { "br", "gzip", "identity" }.Select(coding => file.Choose(coding).ETag.ToString()),
        ];
        Assert.Equal(3, tags.Distinct().Count());
        Assert.All(tags, tag => Assert.StartsWith("\"", tag, StringComparison.Ordinal));
    }

    static PublishedFile Plain() => new("text"u8.ToArray(), "text/plain", DateTimeOffset.UnixEpoch);

    static PublishedFile Packed()
    {
        var file = Plain();
        file.Add(new("gz"u8.ToArray(), ContentCoding.Gzip));
        file.Add(new("br"u8.ToArray(), ContentCoding.Brotli));
        return file;
    }
}
