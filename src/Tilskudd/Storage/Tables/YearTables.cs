using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Storage.Tables;

internal sealed class MunicipalityTable : IEntityTypeConfiguration<Municipality>
{
    public void Configure(EntityTypeBuilder<Municipality> builder)
    {
        builder.ToTable("Municipalities");
        builder.CountsWrites();
        builder.HasIndex(municipality => municipality.Name).IsUnique();
    }
}

internal sealed class OfficeClosedDayTable : IEntityTypeConfiguration<OfficeClosedDay>
{
    public void Configure(EntityTypeBuilder<OfficeClosedDay> builder)
    {
        builder.ToTable("OfficeClosedDays");
        builder.CountsWrites();
        builder.Ignore(day => day.Closed);
        builder.RefersTo<Municipality>(nameof(OfficeClosedDay.MunicipalityId));
    }
}

internal sealed class ProgrammeTable : IEntityTypeConfiguration<Programme>
{
    public void Configure(EntityTypeBuilder<Programme> builder)
    {
        builder.ToTable("Programmes");
        builder.CountsWrites();
        builder.RefersTo<Municipality>(nameof(Programme.MunicipalityId));
        builder.HasIndex(programme => programme.Slug).IsUnique();
    }
}

internal sealed class PlanUnitTable : IEntityTypeConfiguration<PlanUnit>
{
    public void Configure(EntityTypeBuilder<PlanUnit> builder)
    {
        builder.ToTable("PlanUnits");
        builder.CountsWrites();
        builder.RefersTo<Programme>(nameof(PlanUnit.ProgrammeId));
        builder.RefersTo<PlanUnit>(nameof(PlanUnit.ParentId));
        builder.HasIndex(unit => new { unit.ProgrammeId, unit.Slug }).IsUnique();
    }
}

internal sealed class CriterionTable : IEntityTypeConfiguration<Criterion>
{
    public void Configure(EntityTypeBuilder<Criterion> builder)
    {
        builder.ToTable("Criteria");
        builder.CountsWrites();
        builder.RefersTo<Programme>(nameof(Criterion.ProgrammeId));
        builder.HasIndex(criterion => new { criterion.ProgrammeId, criterion.Number });
    }
}

internal sealed class GrantorTable : IEntityTypeConfiguration<Grantor>
{
    public void Configure(EntityTypeBuilder<Grantor> builder)
    {
        builder.ToTable("Grantors");
        builder.CountsWrites();
        builder.HasIndex(grantor => grantor.Code).IsUnique();
    }
}

internal sealed class FundingSourceTable : IEntityTypeConfiguration<FundingSource>
{
    public void Configure(EntityTypeBuilder<FundingSource> builder)
    {
        builder.ToTable("FundingSources");
        builder.CountsWrites();
        builder.RefersTo<Programme>(nameof(FundingSource.ProgrammeId));
        builder.RefersTo<Grantor>(nameof(FundingSource.GrantorId));
        builder.HasParts(source => source.Amounts, "FundingSourceId");
        builder.HasIndex(source => new { source.ProgrammeId, source.Year, source.Number }).IsUnique();
    }
}

internal sealed class FundingAmountTable : IEntityTypeConfiguration<FundingAmount>
{
    public void Configure(EntityTypeBuilder<FundingAmount> builder)
    {
        builder.ToTable("FundingAmounts");
        builder.Property<FundingSourceId>("FundingSourceId");
        builder.HasKey("FundingSourceId", nameof(FundingAmount.Number));
        builder.RefersTo<PlanUnit>(nameof(FundingAmount.PlanUnitId));
    }
}
