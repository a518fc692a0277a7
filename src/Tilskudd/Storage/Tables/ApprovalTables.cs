using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Storage.Tables;

internal sealed class RoundTable : IEntityTypeConfiguration<Round>
{
    public void Configure(EntityTypeBuilder<Round> builder)
    {
        builder.ToTable("Rounds");
        builder.CountsWrites();
        builder.Ignore(round => round.Mandate);
        builder.Ignore(round => round.Standing);
        builder.Ignore(round => round.Entitled);
        builder.Ignore(round => round.Lead);
        builder.Ignore(round => round.Observers);
        builder.Ignore(round => round.Missing);
        builder.Ignore(round => round.Chair);
        builder.Ignore(round => round.Turnout);
        builder.Ignore(round => round.Undecided);
        builder.Ignore(round => round.WaitsForMeeting);
        builder.Ignore(round => round.VotersOnDoubt);
        builder.Ignore(round => round.InDoubt);
        builder.Ignore(round => round.QuorumOnDoubt);
        builder.Ignore(round => round.DeciderInLine);
        builder.PrimitiveCollection(round => round.Drafters).ElementType().HasConversion<IdConversion<PersonId>>();
        builder.RefersTo<Body>(nameof(Round.BodyId));
        builder.HasParts(round => round.Seats, "RoundId");
        builder.HasParts(round => round.Answers, "RoundId");
        builder.HasParts(round => round.Doubts, "RoundId");
        builder.HasIndex(round => new { round.DocumentKind, round.DocumentId, round.Version });
        builder.HasIndex(round => round.ClosedAt);
        builder.HasIndex(round => round.FirstId);
    }
}

/// <summary>A seat as it was when the round opened: a copy, so that later changes of the body touch no round but the one that is open, and there only seats nobody has answered for.</summary>
internal sealed class RoundSeatTable : IEntityTypeConfiguration<RoundSeat>
{
    public void Configure(EntityTypeBuilder<RoundSeat> builder)
    {
        builder.ToTable("RoundSeats");
        builder.Property<RoundId>("RoundId");
        builder.HasKey("RoundId", nameof(RoundSeat.SeatId));
        builder.RefersTo<Person>(nameof(RoundSeat.PersonId));
    }
}

/// <summary>The same form posted twice is one answer.</summary>
internal sealed class RoundAnswerTable : IEntityTypeConfiguration<RoundAnswer>
{
    public void Configure(EntityTypeBuilder<RoundAnswer> builder)
    {
        builder.ToTable("RoundAnswers");
        builder.Property<RoundId>("RoundId");
        builder.RefersTo<Person>(nameof(RoundAnswer.PersonId));
        builder.HasIndex("RoundId", nameof(RoundAnswer.Number)).IsUnique();
        builder.HasIndex("RoundId", nameof(RoundAnswer.PersonId), nameof(RoundAnswer.FormKey)).IsUnique();
    }
}

internal sealed class DoubtTable : IEntityTypeConfiguration<Doubt>
{
    public void Configure(EntityTypeBuilder<Doubt> builder)
    {
        builder.ToTable("Doubts");
        builder.Property<RoundId>("RoundId");
        builder.HasKey("RoundId", nameof(Doubt.Number));
        builder.PrimitiveCollection(doubt => doubt.VotesFor).ElementType().HasConversion<IdConversion<SeatId>>();
        builder.PrimitiveCollection(doubt => doubt.VotesAgainst).ElementType().HasConversion<IdConversion<SeatId>>();
        builder.RefersTo<Person>(nameof(Doubt.PersonId));
        builder.RefersTo<Person>(nameof(Doubt.RegisteredBy));
        builder.RefersTo<Person>(nameof(Doubt.TakenUpBy));
    }
}

internal sealed class DecisionTable : IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<Decision> builder)
    {
        builder.ToTable("Decisions");
        builder.RefersTo<Body>(nameof(Decision.BodyId));
        builder.RefersTo<Person>(nameof(Decision.RegisteredBy));
        builder.HasIndex(decision => new { decision.DocumentKind, decision.DocumentId });
    }
}
