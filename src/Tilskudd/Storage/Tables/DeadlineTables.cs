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
        builder.HasParts(deadline => deadline.Rungs, "DeadlineId");
        builder.HasIndex(deadline => deadline.DueAt);
    }
}

/// <summary>What the reminder sweep looks through: the rungs that are due and not yet handled.</summary>
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
