using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Storage.Tables;

internal sealed class DeadlineTable : IEntityTypeConfiguration<Deadline>
{
    public void Configure(EntityTypeBuilder<Deadline> builder)
    {
        builder.ToTable("Deadlines");
        builder.CountsWrites();
        builder.Ignore(deadline => deadline.IsOpen);
        builder.HasParts(deadline => deadline.Rungs, "DeadlineId");
        builder.HasIndex(deadline => new { deadline.MetAt, deadline.SupersededAt, deadline.DueAt });
    }
}

internal sealed class DeadlineRungTable : IEntityTypeConfiguration<DeadlineRung>
{
    public void Configure(EntityTypeBuilder<DeadlineRung> builder)
    {
        builder.ToTable("DeadlineRungs");
        builder.Property<DeadlineId>("DeadlineId");
        builder.HasKey("DeadlineId", nameof(DeadlineRung.Number));
        builder.HasIndex(rung => new { rung.HandledAt, rung.At });
    }
}
