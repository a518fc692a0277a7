using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Layout;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Runs;

/// <summary>Reads the page of a run, for someone who sees its programme. Writes nothing.</summary>
internal sealed class ShowProcess(IDbContextFactory<TilskuddDb> databases, FlowLibrary library, Deadlines deadlines, TimeProvider clock)
{
    private const int MostLines = 60;
    private const int FingerprintLetters = 16;

    /// <returns>The page's content; null when there is no such run, or not for this person.</returns>
    public async Task<(ProcessRow Row, Run Run)?> Of(RunId id, SignedIn reader, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        if (await db.Set<Run>().SingleOrDefaultAsync(run => run.Id == id, ct) is not { } run
            || !(await Rights.Seen(db, reader.Id, Dates.On(now), ct)).Contains(run.ProgrammeId))
        {
            return null;
        }

        var board = await RunBoard.Of(db, library, [run], now, ct);
        var own = await db.Set<DeadlineOverride>().Where(date => date.ProgrammeId == run.ProgrammeId && date.Year == run.Year).ToDictionaryAsync(date => date.Key, ct);
        var actors = run.Visits.Select(visit => Actor.PersonIn(visit.Actor)).OfType<PersonId>().Distinct().ToList();
        var people = await db.People.Where(person => actors.Contains(person.Id)).ToDictionaryAsync(person => person.Id, ct);
        var steps = new ProcessSteps(board, run, (await deadlines.CalendarsOf(db, [run.ProgrammeId], board.Today, ct)).Of(run.ProgrammeId), own, people, await Questions.Known(db, run.Subject));
        var trail = await TrailOf(db, run, ct);
        return (Row(board, run, reader, steps, trail.Lines, trail.Fingerprint, MoveRun.MayMove(reader) && run.IsOpen && library.NewerThan(run) is not null), run);
    }

    /// <summary>Every run the person sees, those that wait first.</summary>
    public async Task<(IReadOnlyList<RunRow> Rows, Paging Paging)> All(SignedIn reader, int page, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var found = await InOrder(await Rights.RunsSeen(db, reader, Dates.On(now), ct), page).ToListAsync(ct);
        var shown = found.Take(Paging.Rows).ToList();
        var known = await db.Set<Run>().Where(run => shown.Contains(run.Id)).ToDictionaryAsync(run => run.Id, ct);
        var runs = shown.Select(id => known[id]).ToList();
        var board = await RunBoard.Of(db, library, runs, now, ct);
        return ([.. runs.Select(run => new RunRow(
            run.Id.Value, board.Title(run),
            run.IsOpen ? board.StepName(run, run.StepId) : board.Words(run).States.GetValueOrDefault(run.ClosedAs, run.ClosedAs),
            !run.IsOpen ? StepState.Done : board.IsLate(run) ? StepState.Late : StepState.Now,
            board.DeadlineOf(run) is { } due ? DeadlineText.Short(due, board.Today) : null, board.Waits(run)))], new Paging(page, found.Count > Paging.Rows));
    }

    // Put in order by their ids alone: whole rows of every year would be carried through the sorting. What is open, and what has ended, each come from an index
    // no further than the page reaches.
    private static IQueryable<RunId> InOrder(IQueryable<Run> runs, int page)
    {
        var reach = page * Paging.Rows + 1;
        var bare = runs.IgnoreAutoIncludes();
        var open = bare.Where(run => run.ClosedAt == null).OrderBy(run => run.DueAt == null).ThenBy(run => run.DueAt).ThenBy(run => run.Id).Take(reach);
        var ended = bare.Where(run => run.ClosedAt != null).OrderByDescending(run => run.ClosedAt).ThenBy(run => run.Id).Take(reach);
        return open.Select(run => new { run.Id, run.ClosedAt, run.DueAt }).Concat(ended.Select(run => new { run.Id, run.ClosedAt, run.DueAt }))
            .OrderBy(run => run.ClosedAt != null).ThenBy(run => run.DueAt == null).ThenBy(run => run.DueAt).ThenByDescending(run => run.ClosedAt).ThenBy(run => run.Id)
            .Select(run => run.Id).OnPage(page);
    }

    private static ProcessRow Row(RunBoard board, Run run, SignedIn reader, ProcessSteps steps, IReadOnlyList<TrailLine> trail, string fingerprint, bool mayMove)
    {
        var waits = board.Waits(run);
        var title = board.Document(run);
        return new ProcessRow(
            run.Id.Value, run.VisitNumber, title, board.Place(run), Lead(board, run), steps.Draw(Texts.Of<RunPageWords>("Drawing.Title", Dates.Within(title))), steps.List(),
            Document(board, run), board.Staff.HasTurn(run, reader.Id) ? board.TaskPage(run) : null,
            run.IsOpen ? board.Words(run).Steps[run.StepId].Task : "",
            run.Incident, run.Incident.Length > 0 && Staff.Leads(reader, run.ProgrammeId, run.PlanUnitId),
            waits, waits.Any(person => person.Person is not null) && run.Incident.Length == 0 && Staff.MayRemind(reader, run.ProgrammeId, run.PlanUnitId), trail, fingerprint, mayMove ? $"/prosess/{run.Id}/flytt" : null)
        {
            GiveRolePath = run.WaitsFor != RoleKeys.Grantor && Staff.Leads(reader, run.ProgrammeId) ? $"/admin/roller/ny?i={run.ProgrammeId}" : null,
            MayNameSubstitute = Staff.Leads(reader, run.ProgrammeId, run.PlanUnitId),
            MayCorrectAddress = reader.Has(Role.Administrator),
        };
    }

    private static string Lead(RunBoard board, Run run)
    {
        if (!run.IsOpen)
        {
            return Texts.Of<RunPageWords>("Lead.Closed", board.Words(run).States.GetValueOrDefault(run.ClosedAs, run.ClosedAs), Dates.WithYear(Dates.On(run.ClosedAt!.Value)));
        }

        var step = board.StepName(run, run.StepId);
        return board.DeadlineOf(run) is { } due
            ? Texts.Of<RunPageWords>(board.IsLate(run) ? "Lead.Late" : "Lead.Due", step, DeadlineText.Long(due, board.Today))
            : Texts.Of<RunPageWords>("Lead", step);
    }

    private static string Document(RunBoard board, Run run) => run.DocumentKind switch
    {
        DocumentKind.Handlingsplan => $"/plan/{run.DocumentId}",
        DocumentKind.Tilskuddsbrev => board.Staff.Grant(run)!.Plan is { } plan ? $"/plan/{plan}" : $"/tilskudd/{run.DocumentId}",
        DocumentKind.Rapport => $"/rapport/{run.DocumentId}",
        DocumentKind.Change => $"/endring/{run.DocumentId}",
        DocumentKind.Evaluation => $"/evaluering/{run.DocumentId}",
    };

    // By the things the run owns, which the trail is indexed by.
    private async Task<(IReadOnlyList<TrailLine> Lines, string Fingerprint)> TrailOf(TilskuddDb db, Run run, CancellationToken ct)
    {
        var objects = RunObjects.Of(run, await StepRounds.IdsOf(db, run, ct));
        var entries = await db.Trail.Where(entry => objects.Contains(entry.Object)).OrderByDescending(entry => entry.Seq).Take(MostLines).ToListAsync(ct);
        var lines = await TrailReading.TellOfRun(db, library, entries, ct);
        return (lines, entries.Count == 0 ? "" : entries[0].Hash[..FingerprintLetters]);
    }
}

/// <summary>The things in the trail that belong to a run: itself, its document, its rounds and its deadlines.</summary>
internal static class RunObjects
{
    public static List<string> Of(Run run, IEnumerable<RoundId> rounds) =>
    [
        $"run/{run.Id}",
        .. Document(run).Select(kind => $"{kind}/{run.DocumentId}"),
        .. rounds.Select(round => $"round/{round}"),
        .. run.Visits.Where(visit => visit.DeadlineId is not null).Select(visit => $"deadline/{visit.DeadlineId}"),
    ];

    private static string[] Document(Run run) => run.DocumentKind switch
    {
        DocumentKind.Handlingsplan => ["handlingsplan"],
        DocumentKind.Tilskuddsbrev => ["grant", "tilskuddsbrev"],
        DocumentKind.Rapport => ["rapport"],
        DocumentKind.Change => ["change"],
        DocumentKind.Evaluation => ["evaluation"],
    };
}
