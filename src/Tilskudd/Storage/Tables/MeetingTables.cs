using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;

namespace Tilskudd.Storage.Tables;

internal sealed class MeetingTable : IEntityTypeConfiguration<Meeting>
{
    public void Configure(EntityTypeBuilder<Meeting> builder)
    {
        builder.ToTable("Meetings");
        builder.CountsWrites();
        builder.Ignore(meeting => meeting.Frame);
        builder.Ignore(meeting => meeting.Agenda);
        builder.Ignore(meeting => meeting.Chair);
        builder.RefersTo<Body>(nameof(Meeting.BodyId));
        builder.RefersTo<Person>(nameof(Meeting.PlannedBy));
        builder.HasParts(meeting => meeting.Seats, "MeetingId");
        builder.HasParts(meeting => meeting.Items, "MeetingId");
        builder.HasParts(meeting => meeting.Calls, "MeetingId");
        builder.HasParts(meeting => meeting.Proposals, "MeetingId");
        builder.HasParts(meeting => meeting.Votes, "MeetingId");
        builder.HasIndex(meeting => new { meeting.BodyId, meeting.StartsAt });
    }
}

/// <summary>A seat as it is on the day: a copy, so that later changes of the body touch no meeting that is held.</summary>
internal sealed class MeetingSeatTable : IEntityTypeConfiguration<MeetingSeat>
{
    public void Configure(EntityTypeBuilder<MeetingSeat> builder)
    {
        builder.ToTable("MeetingSeats");
        builder.Property<MeetingId>("MeetingId");
        builder.HasKey("MeetingId", nameof(MeetingSeat.SeatId));
        builder.Ignore(seat => seat.IsOfBody);
        builder.RefersTo<Person>(nameof(MeetingSeat.PersonId));
    }
}

internal sealed class AgendaItemTable : IEntityTypeConfiguration<AgendaItem>
{
    public void Configure(EntityTypeBuilder<AgendaItem> builder)
    {
        builder.ToTable("AgendaItems");
        builder.Property<MeetingId>("MeetingId");
        builder.Ignore(item => item.IsDecided);
        builder.Ignore(item => item.IsClosed);
        builder.PrimitiveCollection(item => item.Inhabil).ElementType().HasConversion<IdConversion<PersonId>>();
        builder.RefersTo<Round>(nameof(AgendaItem.RoundId));
        builder.RefersTo<Decision>(nameof(AgendaItem.DecisionId));
    }
}

internal sealed class MeetingCallTable : IEntityTypeConfiguration<MeetingCall>
{
    public void Configure(EntityTypeBuilder<MeetingCall> builder)
    {
        builder.ToTable("MeetingCalls");
        builder.Property<MeetingId>("MeetingId");
        builder.HasKey("MeetingId", nameof(MeetingCall.Number));
        builder.PrimitiveCollection(call => call.People).ElementType().HasConversion<IdConversion<PersonId>>();
    }
}

internal sealed class MeetingProposalTable : IEntityTypeConfiguration<MeetingProposal>
{
    public void Configure(EntityTypeBuilder<MeetingProposal> builder)
    {
        builder.ToTable("MeetingProposals");
        builder.Property<MeetingId>("MeetingId");
        builder.HasKey("MeetingId", nameof(MeetingProposal.ItemId), nameof(MeetingProposal.Number));
    }
}

internal sealed class MeetingVoteTable : IEntityTypeConfiguration<MeetingVote>
{
    public void Configure(EntityTypeBuilder<MeetingVote> builder)
    {
        builder.ToTable("MeetingVotes");
        builder.Property<MeetingId>("MeetingId");
        builder.HasKey("MeetingId", nameof(MeetingVote.ItemId), nameof(MeetingVote.SeatId));
    }
}
