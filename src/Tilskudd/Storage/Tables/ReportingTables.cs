using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Storage.Tables;

internal sealed class RapportTable : IEntityTypeConfiguration<Rapport>
{
    public void Configure(EntityTypeBuilder<Rapport> builder)
    {
        builder.ToTable("Rapporter");
        builder.CountsWrites();
        builder.Property(rapport => rapport.Revision).IsConcurrencyToken();
        builder.PrimitiveCollection(rapport => rapport.Writers).ElementType().HasConversion<IdConversion<PersonId>>();
        builder.Ignore(rapport => rapport.LatestVersion);
        builder.Ignore(rapport => rapport.Available);
        builder.Ignore(rapport => rapport.Spent);
        builder.Ignore(rapport => rapport.Unspent);
        builder.Ignore(rapport => rapport.Outstanding);
        builder.RefersTo<Grant>(nameof(Rapport.GrantId));
        builder.RefersTo<PlanUnit>(nameof(Rapport.PlanUnitId));
        builder.HasParts(rapport => rapport.Results, "RapportId");
        builder.HasParts(rapport => rapport.Versions, "RapportId");
        builder.HasIndex(rapport => rapport.GrantId).IsUnique();
    }
}

internal sealed class EvaluationTable : IEntityTypeConfiguration<Evaluation>
{
    public void Configure(EntityTypeBuilder<Evaluation> builder)
    {
        builder.ToTable("Evaluations");
        builder.CountsWrites();
        builder.RefersTo<Programme>(nameof(Evaluation.ProgrammeId));
        builder.RefersTo<PlanUnit>(nameof(Evaluation.PlanUnitId));
        builder.RefersTo<Person>(nameof(Evaluation.RegisteredBy));
        builder.HasIndex(evaluation => new { evaluation.ProgrammeId, evaluation.Year }).IsUnique();
    }
}

internal sealed class TiltakResultTable : IEntityTypeConfiguration<TiltakResult>
{
    public void Configure(EntityTypeBuilder<TiltakResult> builder)
    {
        builder.ToTable("TiltakResults");
        builder.Property<RapportId>("RapportId");
        builder.HasKey("RapportId", nameof(TiltakResult.TiltakId));
    }
}

internal sealed class RapportVersionTable : IEntityTypeConfiguration<RapportVersion>
{
    public void Configure(EntityTypeBuilder<RapportVersion> builder)
    {
        builder.ToTable("RapportVersions");
        builder.Property<RapportId>("RapportId");
        builder.HasIndex("RapportId", nameof(RapportVersion.Number)).IsUnique();
    }
}
