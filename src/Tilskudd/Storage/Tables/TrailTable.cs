using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Trail;

namespace Tilskudd.Storage.Tables;

internal sealed class TrailTable : IEntityTypeConfiguration<TrailEntry>
{
    public void Configure(EntityTypeBuilder<TrailEntry> builder)
    {
        builder.ToTable("Trail");
        builder.HasKey(entry => entry.Seq);
        builder.HasIndex(entry => entry.Object);
        builder.HasIndex(entry => entry.At);
    }
}
