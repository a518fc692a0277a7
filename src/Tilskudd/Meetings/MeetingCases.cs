using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Meetings;

/// <summary>A case before a body that a meeting can decide.</summary>
internal sealed record MeetingCase(RoundId Round, string Title);

/// <summary>Finds the cases a body's meeting can decide: rounds it is asked in and does not answer in writing, and those left to a meeting.</summary>
internal static class MeetingCases
{
    /// <param name="on">The meeting's day: what came to the body later cannot have been before it.</param>
    public static async Task<IReadOnlyList<MeetingCase>> Of(TilskuddDb db, BodyId body, LocalDate on, Language language, CancellationToken ct)
    {
        var dayAfter = OsloTime.At(on.PlusDays(1), LocalTime.Midnight);
        var rounds = await db.Rounds.IgnoreAutoIncludes()
            .Where(round => round.BodyId == body && (round.ClosedAt ?? round.OpenedAt) < dayAfter && ((round.ClosedAt == null && round.Mode != Mode.Written) || round.Outcome == CountOutcome.ToMeeting || round.Outcome == CountOutcome.NotQuorate))
            .OrderBy(round => round.OpenedAt).ThenBy(round => round.Id)
            .Select(round => new { round.Id, Lead = round.FirstId ?? round.Id, round.ClosedAt, round.DocumentKind, round.DocumentId }).ToListAsync(ct);
        var (leads, documents) = (rounds.Select(round => (RoundId?)round.Lead).ToList(), rounds.Select(round => round.DocumentId).ToList());
        var runs = await db.Set<Run>().Where(run => run.ClosedAt == null && run.Visits.Any(visit => leads.Contains(visit.RoundId))).ToListAsync(ct);
        var units = runs.Select(run => run.PlanUnitId).ToList();
        var names = await db.PlanUnits.Where(unit => units.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Name, ct);
        var reports = rounds.Where(round => round.DocumentKind == DocumentKind.Rapport).Select(round => new RapportId(round.DocumentId)).ToList();
        var sources = await db.Rapporter.IgnoreAutoIncludes().Where(rapport => reports.Contains(rapport.Id)).Join(db.Grants.IgnoreAutoIncludes(), rapport => rapport.GrantId, grant => grant.Id, (rapport, grant) => new { rapport.Id, grant.SourceId })
            .Join(db.FundingSources.IgnoreAutoIncludes(), both => both.SourceId, source => source.Id, (both, source) => new { both.Id, source.Code }).ToDictionaryAsync(rapport => rapport.Id.Value, rapport => rapport.Code, ct);
        var decided = await db.Set<Decision>().Where(decision => decision.BodyId == body && documents.Contains(decision.DocumentId))
            .Select(decision => new { decision.DocumentId, decision.RegisteredAt }).ToListAsync(ct);
        return
        [
            .. from round in rounds
               let run = runs.FirstOrDefault(run => run.Visits.Where(visit => visit.RoundId is not null).MaxBy(visit => visit.Number)?.RoundId == round.Lead)
               where run is not null && (round.ClosedAt is null || (MeetingBoards.WaitsFor(run, round.Lead) && !decided.Any(decision => decision.DocumentId == round.DocumentId && decision.RegisteredAt >= round.ClosedAt)))
               select new MeetingCase(round.Id, Texts.Of<MailWords>(language, $"Document.{round.DocumentKind}", run.Year, names[run.PlanUnitId], sources.GetValueOrDefault(round.DocumentId, ""))),
        ];
    }
}
