using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>Whose decision waits to be registered in a run's step.</summary>
internal static class MeetingBoards
{
    /// <summary>
    /// The bodies of a key whose decision is missing. Of several boards that were asked, those that left the case to a meeting; the others
    /// have decided. None where the programme has not registered the body.
    /// </summary>
    public static async Task<IReadOnlyList<Body>> Of(TilskuddDb db, Run run, string key, CancellationToken ct)
    {
        var bodies = await Who.BodiesOf(db, key, run.Subject, ct);
        if (bodies.Count < 2)
        {
            return bodies;
        }

        var decided = (await Asked(db, run, ct)).Where(round => round.Result().Outcome == CountOutcome.Approved).Select(round => round.BodyId);
        var (document, since) = ((await RegisterBodyDecision.Latest(db, run)).Document, run.EnteredAt);
        var registered = await db.Set<Decision>().Where(decision => decision.DocumentId == document && decision.RegisteredAt >= since && decision.BodyId != null)
            .Select(decision => decision.BodyId!.Value).ToListAsync(ct);
        return [.. bodies.ExceptBy(decided.Concat(registered), body => body.Id)];
    }

    /// <summary>The rounds of the boards that were asked last; none where no body has been.</summary>
    public static async Task<IReadOnlyList<Round>> Asked(TilskuddDb db, Run run, CancellationToken ct) =>
        run.Visits.Where(visit => visit.RoundId is not null).MaxBy(visit => visit.Number)?.RoundId is { } lead ? await StepRounds.Of(db, lead, ct) : [];

    /// <summary>Whether a run waits for what a body decides on a round it has left to a meeting: there the decision is registered, or others are asked beside it.</summary>
    public static bool WaitsFor(Run run, RoundId lead) => run.IsOpen && (run.WaitsFor == RoleKeys.Secretary || run.Waiting.RoundId == lead);

    /// <summary>The meetings planned here that are to decide a run's case and have not, of the bodies that left it to a meeting.</summary>
    public static async Task<IReadOnlyList<PlannedMeeting>> Planned(TilskuddDb db, Run run, CancellationToken ct) =>
        run.Visits.Where(visit => visit.RoundId is not null).MaxBy(visit => visit.Number)?.RoundId is not { } lead ? []
        : [.. (await OfRounds(db, Left(db, lead)).ToListAsync(ct)).Where(meeting => meeting.Decides)];

    // What was decided by link, or has been withdrawn, is no longer a meeting's to decide, though it stands on an agenda.
    private static IQueryable<RoundId> Left(TilskuddDb db, RoundId lead) => db.Rounds.IgnoreAutoIncludes()
        .Where(round => (round.Id == lead || round.FirstId == lead) && (round.ClosedAt == null || round.Outcome == CountOutcome.ToMeeting || round.Outcome == CountOutcome.NotQuorate)).Select(round => round.Id);

    /// <summary>The meetings with some rounds on their agenda, those that are cancelled left out.</summary>
    public static IQueryable<PlannedMeeting> OfRounds(TilskuddDb db, IQueryable<RoundId> rounds) => db.Meetings.IgnoreAutoIncludes().Where(meeting => meeting.CancelledAt == null).SelectMany(
        meeting => meeting.Items.Where(item => item.RoundId != null && rounds.Contains(item.RoundId.Value)),
        (meeting, item) => new PlannedMeeting(meeting.Id.Value, meeting.BodyId, item.RoundId!.Value, meeting.StartsAt, meeting.SignedAt == null && item.Outcome == null));

    /// <summary>Whether what a body decides on a run's case is registered in a meeting planned here.</summary>
    /// <param name="board">The id of the body; empty where there is but one.</param>
    public static async Task<bool> Meets(TilskuddDb db, Run run, string board, CancellationToken ct) =>
        (await Planned(db, run, ct)).Any(meeting => board.Length == 0 || meeting.Body.ToString() == board);
}

/// <summary>A meeting with a case on its agenda.</summary>
/// <param name="Decides">It is to decide the case, and has not.</param>
public sealed record PlannedMeeting(Guid Id, BodyId Body, RoundId Round, DateTimeOffset StartsAt, bool Decides)
{
    public string Path => $"/mote/{Id}";

    /// <summary>Where a meeting on a case is planned.</summary>
    public static string PathToPlan(BodyId body, RoundId round) => $"/mote/ny?organ={body}&runde={round}";
}
