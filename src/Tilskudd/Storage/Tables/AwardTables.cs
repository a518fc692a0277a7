using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Storage.Tables;

internal sealed class GrantTable : IEntityTypeConfiguration<Grant>
{
    public void Configure(EntityTypeBuilder<Grant> builder)
    {
        builder.ToTable("Grants");
        builder.CountsWrites();
        builder.Ignore(grant => grant.LatestSubmission);
        builder.Ignore(grant => grant.Granted);
        builder.Ignore(grant => grant.Plans);
        builder.Ignore(grant => grant.OnlyPlan);
        builder.Ignore(grant => grant.Part);
        builder.PrimitiveCollection(grant => grant.OtherPlans).ElementType().HasConversion<IdConversion<HandlingsplanId>>();
        builder.RefersTo<PlanUnit>(nameof(Grant.PlanUnitId));
        builder.RefersTo<FundingSource>(nameof(Grant.SourceId));
        builder.RefersTo<Handlingsplan>(nameof(Grant.PlanId));
        builder.HasParts(grant => grant.Submissions, "GrantId");
        builder.HasOne(grant => grant.Letter).WithOne().HasForeignKey<Tilskuddsbrev>("GrantId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        builder.Navigation(grant => grant.Letter).AutoInclude();
        builder.HasIndex(grant => new { grant.PlanUnitId, grant.Year, grant.SourceId }).IsUnique();
    }
}

internal sealed class SubmissionTable : IEntityTypeConfiguration<Submission>
{
    public void Configure(EntityTypeBuilder<Submission> builder)
    {
        builder.ToTable("Submissions");
        builder.Property<GrantId>("GrantId");
        builder.RefersTo<Handlingsplan>(nameof(Submission.PlanId));
        builder.Ignore(sent => sent.Plans);
        builder.Property(sent => sent.Others).IsListInColumn();
        builder.HasIndex("GrantId", nameof(Submission.Number)).IsUnique();
    }
}

internal sealed class TilskuddsbrevTable : IEntityTypeConfiguration<Tilskuddsbrev>
{
    public void Configure(EntityTypeBuilder<Tilskuddsbrev> builder)
    {
        builder.ToTable("Tilskuddsbrev");
        builder.Property<GrantId>("GrantId");
        builder.HasParts(letter => letter.Payments, "TilskuddsbrevId");
        builder.HasParts(letter => letter.Lines, "TilskuddsbrevId");
    }
}

internal sealed class PlanChangeTable : IEntityTypeConfiguration<PlanChange>
{
    public void Configure(EntityTypeBuilder<PlanChange> builder)
    {
        builder.ToTable("PlanChanges");
        builder.CountsWrites();
        builder.Ignore(change => change.Grants);
        builder.Ignore(change => change.Consents);
        builder.PrimitiveCollection(change => change.OtherGrants).ElementType().HasConversion<IdConversion<GrantId>>();
        builder.Property(change => change.OtherConsents).IsListInColumn();
        builder.RefersTo<Grant>(nameof(PlanChange.GrantId));
        builder.RefersTo<Handlingsplan>(nameof(PlanChange.PlanId));
        builder.RefersTo<PlanUnit>(nameof(PlanChange.PlanUnitId));
        builder.RefersTo<Person>(nameof(PlanChange.OpenedBy));
        builder.HasIndex(change => new { change.PlanUnitId, change.Year });
    }
}

internal sealed class PaymentArrivalTable : IEntityTypeConfiguration<PaymentArrival>
{
    public void Configure(EntityTypeBuilder<PaymentArrival> builder)
    {
        builder.ToTable("PaymentArrivals");
        builder.HasKey(arrival => new { arrival.GrantId, arrival.Number });
        builder.RefersTo<Grant>(nameof(PaymentArrival.GrantId));
        builder.RefersTo<Person>(nameof(PaymentArrival.RegisteredBy));
    }
}

internal sealed class LetterPaymentTable : IEntityTypeConfiguration<LetterPayment>
{
    public void Configure(EntityTypeBuilder<LetterPayment> builder)
    {
        builder.ToTable("LetterPayments");
        builder.Property<TilskuddsbrevId>("TilskuddsbrevId");
        builder.HasKey("TilskuddsbrevId", nameof(LetterPayment.Number));
    }
}

internal sealed class LetterLineTable : IEntityTypeConfiguration<LetterLine>
{
    public void Configure(EntityTypeBuilder<LetterLine> builder)
    {
        builder.ToTable("LetterLines");
        builder.Property<TilskuddsbrevId>("TilskuddsbrevId");
        builder.HasKey("TilskuddsbrevId", nameof(LetterLine.TiltakId));
    }
}
