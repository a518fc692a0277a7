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
        builder.PrimitiveCollection(round => round.Drafters).ElementType(drafter => drafter.HasConversion(typeof(IdConversion<PersonId>)));
        builder.RefersTo<Body>(nameof(Round.BodyId));
        builder.HasParts(round => round.Seats, "RoundId");
        builder.HasParts(round => round.Answers, "RoundId");
        builder.HasIndex(round => new { round.DocumentKind, round.DocumentId });
        builder.HasIndex(round => round.ClosedAt);
    }
}

internal sealed class RoundSeatTable : IEntityTypeConfiguration<RoundSeat>
{
    public void Configure(EntityTypeBuilder<RoundSeat> builder)
    {
        builder.ToTable("RoundSeats");
        builder.Property<RoundId>("RoundId");
        builder.HasKey("RoundId", nameof(RoundSeat.SeatId));
        builder.HasIndex(seat => seat.PersonId);
    }
}

/// <summary>A form posted twice is one answer, whatever arrives at once.</summary>
internal sealed class RoundAnswerTable : IEntityTypeConfiguration<RoundAnswer>
{
    public void Configure(EntityTypeBuilder<RoundAnswer> builder)
    {
        builder.ToTable("RoundAnswers");
        builder.Property<RoundId>("RoundId");
        builder.HasKey(answer => answer.Id);
        builder.RefersTo<Person>(nameof(RoundAnswer.PersonId));
        builder.HasIndex("RoundId", nameof(RoundAnswer.Number)).IsUnique();
        builder.HasIndex(answer => new { answer.PersonId, answer.FormKey }).IsUnique();
    }
}
