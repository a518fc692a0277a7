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
        var open = (await Rights.RunsSeen(db, reader, Dates.On(now), ct)).Where(run => run.ClosedAt == null);
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

    // Of every year that has an open run, however many pages those fill. Only what is entered of the steps that have a date is read.
    private async Task<IReadOnlyList<ComingDate>> Coming(TilskuddDb db, IQueryable<Run> open, NodaTime.LocalDate today, CancellationToken ct)
    {
        var bare = open.IgnoreAutoIncludes();
        var years = await bare.Join(db.Programmes, run => run.ProgrammeId, programme => programme.Id, (run, programme) => new ComingYear(programme.Id, programme.Slug, programme.Name, run.Year)).Distinct().ToListAsync(ct);
        var ids = years.Select(year => year.Programme).Distinct().ToList();
        var own = (await db.Set<DeadlineOverride>().Where(date => ids.Contains(date.ProgrammeId)).ToListAsync(ct)).ToDictionary(date => (date.ProgrammeId, date.Year, date.Key));
        var dated = Dated(own.Keys.Select(date => date.Key).ToHashSet());
        var steps = dated.Select(one => one.Step.Id).Distinct().ToList();
        var entered = (await bare.SelectMany(run => run.Visits, (run, visit) => new { run.ProgrammeId, run.Year, visit.StepId }).Where(visit => steps.Contains(visit.StepId)).Distinct().ToListAsync(ct))
            .Select(visit => (visit.ProgrammeId, visit.Year, visit.StepId)).ToHashSet();
        var days = await rules.CalendarsOf(db, ids, today, ct);
        return [.. years
            .SelectMany(year => dated, (year, step) => (Year: year, Step: step))
            .Where(one => !entered.Contains((one.Year.Programme, one.Year.Year, one.Step.Step.Id)))
            .Select(one => Expected(one.Year, one.Step, own.GetValueOrDefault((one.Year.Programme, one.Year.Year, one.Step.Waiting.Deadline)), days))
            .OfType<ComingDate>().Where(date => date.On >= today)
            .OrderBy(date => date.On).ThenBy(date => date.Year.Name, StringComparer.Ordinal).ThenBy(date => date.Year.Year.Number)];
    }

    /// <summary>The waiting steps that have a date of the year, by the flow or by some programme.</summary>
    private List<DatedStep> Dated(HashSet<string> own) =>
    [
        .. from flow in library.Current
           from step in flow.Steps
           let waiting = step.Step as WaitingStep
           where waiting is not null && (waiting.DueRule() is DueRule.OnDate || own.Contains(waiting.Deadline))
           select new DatedStep(flow, step, waiting),
    ];

    private static ComingDate? Expected(ComingYear year, DatedStep step, DeadlineOverride? own, OfficeCalendars days) =>
        Deadlines.Expected(step.Waiting.DueRule(), year.Year, own, days.Of(year.Programme)) is { } on
            ? new ComingDate(on, own is not null ? own.Time : (step.Waiting.DueRule() as DueRule.OnDate)?.At, year, step, own is not null)
            : null;

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

    private ComingRow Row(ComingDate date, SignedIn reader) => new(
        $"{date.Year.Name} {date.Year.Year}", library.Words(date.Step.Flow.Id, Languages.Current.Code()).Steps[date.Step.Step.Id].Name, Dates.WithYear(date.On) + (date.Time is { } at ? Time(at) : ""), date.IsOwn,
        Staff.Leads(reader, date.Year.Programme) ? $"/frister/kommende/{date.Year.Slug}/{date.Year.Year}/{date.Step.Waiting.Deadline}" : null);

    private static string Time(NodaTime.LocalTime at) => Texts.Of<RunPageWords>("Deadline.At", NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH.mm").Format(at));

    /// <summary>A programme's year that has an open run.</summary>
    private sealed record ComingYear(ProgrammeId Programme, string Slug, string Name, GrantYear Year);

    private sealed record DatedStep(Definition Flow, StepDefinition Step, WaitingStep Waiting);

    private sealed record ComingDate(NodaTime.LocalDate On, NodaTime.LocalTime? Time, ComingYear Year, DatedStep Step, bool IsOwn);
}
