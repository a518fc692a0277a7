using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle.People;
using Tilskudd.Storage;

namespace Tilskudd.Notices;

internal sealed class NoticeTable : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("Notices");
        builder.CountsWrites();
        builder.RefersTo<Person>(nameof(Notice.PersonId));
        builder.HasIndex(notice => new { notice.PersonId, notice.Occasion }).IsUnique();
        builder.HasIndex(notice => new { notice.State, notice.NextAttemptAt });
        builder.HasIndex(notice => new { notice.RoundId, notice.State });
        builder.HasIndex(notice => notice.RunId);
    }
}

internal sealed class LinkTable : IEntityTypeConfiguration<Link>
{
    public void Configure(EntityTypeBuilder<Link> builder)
    {
        builder.ToTable("Links");
        builder.CountsWrites();
        builder.RefersTo<Person>(nameof(Link.PersonId));
        builder.HasIndex(link => new { link.PersonId, link.RoundId, link.GrantId, link.RapportId });
        builder.HasIndex(link => link.RoundId);
    }
}

internal sealed class LinkTokenTable : IEntityTypeConfiguration<LinkToken>
{
    public void Configure(EntityTypeBuilder<LinkToken> builder)
    {
        builder.ToTable("LinkTokens");
        builder.HasKey(token => token.Hash);
        builder.RefersTo<Link>(nameof(LinkToken.LinkId));
    }
}

internal sealed class FreshCodeTable : IEntityTypeConfiguration<FreshCode>
{
    public void Configure(EntityTypeBuilder<FreshCode> builder)
    {
        builder.ToTable("FreshCodes");
        builder.HasKey(code => code.NoticeId);
        builder.RefersTo<Link>(nameof(FreshCode.LinkId));
    }
}
