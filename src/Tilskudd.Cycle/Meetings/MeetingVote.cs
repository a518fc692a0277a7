using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Meetings;

/// <summary>A proposal put forward in the meeting, beside the one the case came with.</summary>
public sealed class MeetingProposal
{
    private MeetingProposal() { }

    internal MeetingProposal(AgendaItemId item, int number, SeatId by, string text) => (ItemId, Number, By, Text) = (item, number, by, text);

    public AgendaItemId ItemId { get; private set; }

    /// <summary>From 1 within its item.</summary>
    public int Number { get; private set; }

    public SeatId By { get; private set; }

    public string Text { get; private set; } = "";
}

/// <summary>A seat's vote in a meeting, as it was registered.</summary>
public sealed class MeetingVote
{
    private MeetingVote() { }

    internal MeetingVote(AgendaItemId item, SeatId seat) => (ItemId, SeatId) = (item, seat);

    public AgendaItemId ItemId { get; private set; }

    public SeatId SeatId { get; private set; }

    /// <summary>For, against or abstaining from the proposal the case came with.</summary>
    public AnswerKind Kind { get; private set; }

    /// <summary>The number of the proposal voted for in its place; null where there was none.</summary>
    public int? Proposal { get; private set; }

    internal void Set(AnswerKind kind, int? proposal) => (Kind, Proposal) = (kind, proposal);
}

/// <summary>What is registered of a seat in an item.</summary>
/// <param name="Kind">Null where no vote is registered.</param>
/// <param name="Proposal">Another proposal than the case's, voted for in its place; a vote against the case's.</param>
/// <param name="IsInhabil">The body has found the person inhabil.</param>
/// <param name="Field">The form field it comes from.</param>
public sealed record SeatVote(SeatId Seat, AnswerKind? Kind, int? Proposal, bool IsInhabil, string Field);
