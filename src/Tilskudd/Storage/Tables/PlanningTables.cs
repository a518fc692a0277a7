using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Planning;

namespace Tilskudd.Storage.Tables;

internal sealed class HandlingsplanTable : IEntityTypeConfiguration<Handlingsplan>
{
    public void Configure(EntityTypeBuilder<Handlingsplan> builder)
    {
        builder.ToTable("Handlingsplaner");
        builder.CountsWrites();
        builder.Property(plan => plan.Revision).IsConcurrencyToken();
        builder.Property(plan => plan.Attachments).IsListInColumn();
        builder.PrimitiveCollection(plan => plan.Writers).ElementType().HasConversion<IdConversion<PersonId>>();
        builder.Ignore(plan => plan.LatestVersion);
        builder.RefersTo<PlanUnit>(nameof(Handlingsplan.PlanUnitId));
        builder.HasParts(plan => plan.Tiltak, "HandlingsplanId");
        builder.HasParts(plan => plan.Versions, "HandlingsplanId");
        builder.HasIndex(plan => new { plan.PlanUnitId, plan.Year }).IsUnique();
    }
}

/// <summary>A tiltak keeps its id from year to year, so a row is a tiltak in a plan.</summary>
internal sealed class TiltakTable : IEntityTypeConfiguration<Tiltak>
{
    public void Configure(EntityTypeBuilder<Tiltak> builder)
    {
        builder.ToTable("Tiltak");
        builder.Property<HandlingsplanId>("HandlingsplanId");
        builder.HasKey("HandlingsplanId", nameof(Tiltak.TiltakId));
        builder.Ignore(tiltak => tiltak.Total);
        builder.HasParts(tiltak => tiltak.Budget, "HandlingsplanId", "TiltakId");
        builder.HasIndex(tiltak => tiltak.TiltakId);
    }
}

internal sealed class BudgetLineTable : IEntityTypeConfiguration<BudgetLine>
{
    public void Configure(EntityTypeBuilder<BudgetLine> builder)
    {
        builder.ToTable("BudgetLines");
        builder.Property<HandlingsplanId>("HandlingsplanId");
        builder.Property<TiltakId>("TiltakId");
        builder.HasKey("HandlingsplanId", "TiltakId", nameof(BudgetLine.SourceId));
        builder.RefersTo<FundingSource>(nameof(BudgetLine.SourceId));
    }
}

internal sealed class HandlingsplanVersionTable : IEntityTypeConfiguration<HandlingsplanVersion>
{
    public void Configure(EntityTypeBuilder<HandlingsplanVersion> builder)
    {
        builder.ToTable("HandlingsplanVersions");
        builder.Property<HandlingsplanId>("HandlingsplanId");
        builder.HasIndex("HandlingsplanId", nameof(HandlingsplanVersion.Number)).IsUnique();
    }
}

internal sealed class StoredFileTable : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.ToTable("StoredFiles");
        builder.HasKey(file => new { file.Sha256, file.PlanId });
    }
}
