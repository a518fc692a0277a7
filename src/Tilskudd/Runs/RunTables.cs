using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

internal sealed class RunTable : IEntityTypeConfiguration<Run>
{
    public void Configure(EntityTypeBuilder<Run> builder)
    {
        builder.ToTable("Runs");
        builder.CountsWrites();
        builder.Ignore(run => run.Waiting);
        builder.Ignore(run => run.Subject);
        builder.RefersTo<Programme>(nameof(Run.ProgrammeId));
        builder.RefersTo<PlanUnit>(nameof(Run.PlanUnitId));
        builder.HasParts(run => run.Visits, "RunId");
        builder.HasIndex(run => new { run.DocumentId, run.Flow });
        builder.HasIndex(run => new { run.ProgrammeId, run.Year });
        builder.HasIndex(run => new { run.PlanUnitId, run.Year });
        builder.HasIndex(run => new { run.ClosedAt, run.DueAt });
        builder.HasIndex(run => new { run.ClosedAt, run.WaitsFor });
        builder.HasIndex(run => run.Year);
    }
}

internal sealed class VisitTable : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> builder)
    {
        builder.ToTable("Visits");
        builder.Property<RunId>("RunId");
        builder.HasKey("RunId", nameof(Visit.Number));
        builder.HasIndex(visit => visit.RoundId);
        builder.HasIndex(visit => new { visit.Actor, visit.LeftAt });
        builder.HasIndex(visit => visit.DeadlineId);
    }
}

internal sealed class PublishedDefinitionTable : IEntityTypeConfiguration<PublishedDefinition>
{
    public void Configure(EntityTypeBuilder<PublishedDefinition> builder)
    {
        builder.ToTable("Definitions");
        builder.HasKey(definition => new { definition.Flow, definition.Version });
    }
}

internal sealed class StepOverrideTable : IEntityTypeConfiguration<StepOverride>
{
    public void Configure(EntityTypeBuilder<StepOverride> builder)
    {
        builder.ToTable("StepOverrides");
        builder.HasKey(own => new { own.ProgrammeId, own.Key });
        builder.Ignore(own => own.IsEmpty);
        builder.RefersTo<Programme>(nameof(StepOverride.ProgrammeId));
    }
}

internal sealed class LimitsOverrideTable : IEntityTypeConfiguration<LimitsOverride>
{
    public void Configure(EntityTypeBuilder<LimitsOverride> builder)
    {
        builder.ToTable("LimitsOverrides");
        builder.CountsWrites();
        builder.HasKey(own => own.ProgrammeId);
        builder.RefersTo<Programme>(nameof(LimitsOverride.ProgrammeId));
    }
}

internal sealed class DeadlineOverrideTable : IEntityTypeConfiguration<DeadlineOverride>
{
    public void Configure(EntityTypeBuilder<DeadlineOverride> builder)
    {
        builder.ToTable("DeadlineOverrides");
        builder.HasKey(date => new { date.ProgrammeId, date.Year, date.Key });
        builder.RefersTo<Programme>(nameof(DeadlineOverride.ProgrammeId));
    }
}
