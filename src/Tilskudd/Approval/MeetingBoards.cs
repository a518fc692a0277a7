using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
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

        var asked = run.Visits.Where(visit => visit.RoundId is not null).MaxBy(visit => visit.Number)?.RoundId is { } lead ? await StepRounds.Of(db, lead, ct) : [];
        var decided = asked.Where(round => round.Outcome == CountOutcome.Approved).Select(round => round.BodyId);
        var (document, since) = ((await RegisterBodyDecision.Latest(db, run)).Document, run.EnteredAt);
        var registered = await db.Set<Decision>().Where(decision => decision.DocumentId == document && decision.RegisteredAt >= since && decision.BodyId != null)
            .Select(decision => decision.BodyId!.Value).ToListAsync(ct);
        return [.. bodies.ExceptBy(decided.Concat(registered), body => body.Id)];
    }
}
