using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Storage;

namespace Tilskudd.Notices.Inbound;

/// <summary>What came back on a notice, once for each mail that came in. Its text is personal: it is shown to those who lead the case, and stands in no trail and no log.</summary>
internal sealed class NoticeNews
{
    private NoticeNews() { }

    public NoticeNews(string key, NoticeId notice, NewsKind kind, string text, bool isFromReader, DateTimeOffset at) =>
        (Key, NoticeId, Kind, Text, IsFromReader, ArrivedAt) = (key, notice, kind, text, isFromReader, at);

    /// <summary>SHA-256 of the mail's message id, or of its bytes where it has none: the same mail is not told twice.</summary>
    public string Key { get; private set; } = "";

    public NoticeId NoticeId { get; private set; }

    public NewsKind Kind { get; private set; }

    public string Text { get; private set; } = "";

    /// <summary>The sender gives the address the notice went to; anyone can, so it proves nothing.</summary>
    public bool IsFromReader { get; private set; }

    public DateTimeOffset ArrivedAt { get; private set; }
}

internal sealed class NoticeNewsTable : IEntityTypeConfiguration<NoticeNews>
{
    public void Configure(EntityTypeBuilder<NoticeNews> builder)
    {
        builder.ToTable("NoticeNews");
        builder.HasKey(news => news.Key);
        builder.RefersTo<Notice>(nameof(NoticeNews.NoticeId));
    }
}
