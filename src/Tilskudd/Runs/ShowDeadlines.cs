using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>Reads the deadlines of the programmes a person sees: those that hold, by date, and those to come. Writes nothing.</summary>
internal sealed class ShowDeadlines(IDbContextFactory<TilskuddDb> databases, FlowLibrary library, Deadlines rules, TimeProvider clock)
{
    /// <summary>Within so many days a deadline is near.</summary>
    internal const int UpcomingDays = 14;

    /// <param name="page">The page of those that hold, from 1.</param>
    /// <param name="coming">The page of those to come, which stand on the first of the others.</param>
    public async Task<DeadlinesContent> Of(SignedIn reader, int page, int coming, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var seen = (await Rights.Seen(db, reader.Id, Dates.On(now), ct)).ToList();
        var open = db.Set<Run>().Where(run => run.ClosedAt == null && seen.Contains(run.ProgrammeId));
        var found = await open.Where(run => run.DueAt != null).OrderBy(run => run.DueAt).ThenBy(run => run.Id).OnPage(page).ToListAsync(ct);
        var runs = found.Take(Paging.Rows).ToList();
        var board = await RunBoard.Of(db, library, runs, now, ct);
        var earlier = await Earlier(db, [.. runs.Select(run => run.Id)], ct);
        var dates = page == 1 ? await Coming(db, open, board.Today, ct) : [];
        var paging = new CountedPaging(coming, dates.Count, Paging.Rows);
        return new DeadlinesContent(
            [.. runs.Where(run => board.DeadlineOf(run) is not null).Select(run => Row(board, run, reader, earlier[run.Id]))], new Paging(page, found.Count > Paging.Rows),
            [.. dates.Skip(paging.Skip).Take(paging.PerPage).Select(date => Row(date, reader))], paging);
    }

    // Of every year that has an open run, however many pages those fill.
    private async Task<IReadOnlyList<ComingDate>> Coming(TilskuddDb db, IQueryable<Run> open, NodaTime.LocalDate today, CancellationToken ct)
    {
        var visits = await open.SelectMany(run => run.Visits, (run, visit) => new { run.ProgrammeId, run.Year, visit.StepId }).Distinct().ToListAsync(ct);
        var ids = visits.Select(visit => visit.ProgrammeId).Distinct().ToList();
        var programmes = await db.Programmes.Where(programme => ids.Contains(programme.Id)).ToDictionaryAsync(programme => programme.Id, ct);
        var own = await db.Set<DeadlineOverride>().Where(date => ids.Contains(date.ProgrammeId)).ToListAsync(ct);
        var days = await rules.CalendarsOf(db, ids, today, ct);
        return [.. visits.GroupBy(visit => (visit.ProgrammeId, visit.Year), visit => visit.StepId)
            .SelectMany(entered => Coming(programmes[entered.Key.ProgrammeId], entered.Key.Year, entered.ToHashSet(), own, days.Of(entered.Key.ProgrammeId), today))
            .OrderBy(date => date.On).ThenBy(date => date.Programme.Name, StringComparer.Ordinal).ThenBy(date => date.Year.Number)];
    }

    /// <summary>The revisions that no longer hold, by the run they belong to; the trail tells which they were.</summary>
    private static async Task<ILookup<RunId, Deadline>> Earlier(TilskuddDb db, List<RunId> runs, CancellationToken ct)
    {
        var objects = runs.Select(run => $"run/{run}").ToList();
        var moves = await db.Trail.Where(entry => objects.Contains(entry.Object) && entry.Event == MoveDeadline.Event).Select(entry => new { entry.Object, entry.Data }).ToListAsync(ct);
        var from = moves.Select(move => (Run: RunId.From(Guid.Parse(move.Object["run/".Length..])), Deadline: MoveDeadline.From(move.Data))).ToList();
        var ids = from.Select(move => move.Deadline).ToList();
        var deadlines = await db.Deadlines.Where(deadline => ids.Contains(deadline.Id)).ToDictionaryAsync(deadline => deadline.Id, ct);
        return from.ToLookup(move => move.Run, move => deadlines[move.Deadline]);
    }

    private static DeadlineRow Row(RunBoard board, Run run, SignedIn reader, IEnumerable<Deadline> earlier)
    {
        var deadline = board.DeadlineOf(run)!;
        var isLate = board.IsLate(run);
        var days = NodaTime.Period.DaysBetween(board.Today, deadline.EffectiveOn);
        return new DeadlineRow(
            deadline.Id.Value, board.Title(run), board.StepName(run, run.StepId), $"/prosess/{run.Id}",
            DeadlineText.Long(deadline), Dates.Capital(Dates.Away(deadline.EffectiveOn, board.Today)),
            isLate ? StepState.Late : StepState.Now, isLate ? Tone.Danger : days <= UpcomingDays ? Tone.Warning : Tone.Neutral, board.Waits(run),
            [.. deadline.Rungs.OrderBy(rung => rung.At).Select(rung => new RungRow(rung.Kind, Dates.Short(Dates.On(rung.At)), rung.HandledAt is not null))],
            History(deadline, earlier), Staff.Leads(reader, run.ProgrammeId) ? $"/frister/{deadline.Id}/flytt" : null);
    }

    private static List<string> History(Deadline holds, IEnumerable<Deadline> earlier)
    {
        var revisions = earlier.Append(holds).Where(revision => revision.Key == holds.Key).OrderBy(revision => revision.SetAt).ThenBy(revision => revision.Revision).ToList();
        return [.. revisions.Zip(revisions.Skip(1))
            .Where(pair => pair.Second.Revision > pair.First.Revision)
            .Select(pair => Texts.Of<RunPageWords>("Deadline.Moved", Dates.Stamp(pair.Second.SetAt), Dates.ShortDeadline(pair.First.EffectiveOn, pair.First.Time), Dates.ShortDeadline(pair.Second.EffectiveOn, pair.Second.Time), pair.Second.Reason))
            .Reverse()];
    }

    // The steps on the year's way that have a date of the year, and are not yet entered.
    private IEnumerable<ComingDate> Coming(
        Programme programme, GrantYear year, HashSet<string> entered, IReadOnlyList<DeadlineOverride> own, WorkingCalendar calendar, NodaTime.LocalDate today)
    {
        foreach (var (flow, step, waiting) in Waiting().Where(found => !entered.Contains(found.Step.Id)))
        {
            var set = own.FirstOrDefault(date => date.ProgrammeId == programme.Id && date.Year == year && date.Key == waiting.Deadline);
            if (Deadlines.Expected(waiting.DueRule(), year, set, calendar) is { } on && on >= today)
            {
                yield return new ComingDate(on, set is not null ? set.Time : (waiting.DueRule() as DueRule.OnDate)?.At, programme, year, flow, step, waiting.Deadline, set is not null);
            }
        }
    }

    private ComingRow Row(ComingDate date, SignedIn reader) => new(
        $"{date.Programme.Name} {date.Year}", library.Words(date.Flow.Id, Languages.Current.Code()).Steps[date.Step.Id].Name, Dates.WithYear(date.On) + (date.Time is { } at ? Time(at) : ""), date.IsOwn,
        Staff.Leads(reader, date.Programme.Id) ? $"/frister/kommende/{date.Programme.Slug}/{date.Year}/{date.Key}" : null);

    private static string Time(NodaTime.LocalTime at) => Texts.Of<RunPageWords>("Deadline.At", NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH.mm").Format(at));

    private IEnumerable<(Definition Flow, StepDefinition Step, WaitingStep Waiting)> Waiting() =>
        library.Current.SelectMany(flow => flow.Steps, (flow, step) => (flow, step, step.Step as WaitingStep)).Where(found => found.Item3 is not null).Select(found => (found.flow, found.step, found.Item3!));

    private sealed record ComingDate(NodaTime.LocalDate On, NodaTime.LocalTime? Time, Programme Programme, GrantYear Year, Definition Flow, StepDefinition Step, string Key, bool IsOwn);
}
