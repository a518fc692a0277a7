using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Meetings;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Overview;

/// <summary>Reads the overview for a person: what is urgent, who is waited for, the year, the units, the money. Writes nothing.</summary>
internal sealed class ShowOverview(IDbContextFactory<TilskuddDb> databases, FlowLibrary library, Deadlines rules, TimeProvider clock)
{
    private const int MostUrgent = 8;
    private const int MostWaitedFor = 12;

    // Some of the steps that have waited longest may wait for a part nobody has.
    private const int MostWaiting = 20;

    /// <summary>So many programmes are chosen between by their names; more are searched.</summary>
    private const int MostNamed = 15;

    /// <param name="asked">Which programmes, and which page of them.</param>
    /// <returns>Null when the person does not see a programme of that name.</returns>
    public async Task<OverviewContent?> Of(SignedIn reader, OverviewAsked asked, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var seen = await Rights.Seen(db, reader.Id, Dates.On(now), ct);
        var programmes = await Programmes(db, seen, ct);
        var found = programmes.Where(asked.Fits).ToList();
        if (asked.Programme is not null && found.Count == 0)
        {
            return null;
        }

        var isAll = found.Count == programmes.Count && reader.Has(Role.Administrator);
        var shown = found.Select(programme => programme.Id).ToList();

        // Asked with a list for one value, SQLite would rather read all runs than look up those of some programmes.
        var runs = isAll ? db.Set<Run>() : db.Set<Run>().Where(run => EF.MultipleParameters(shown).Contains(run.ProgrammeId));
        var from = new GrantYear(Math.Max(GrantYear.Earliest, Dates.On(now).Year - 1));
        var (years, paging) = await UnitYears.Read(db, runs.IgnoreAutoIncludes(), from, asked.Page, ct);
        var choices = new ProgrammeChoice(programmes.Count, programmes.Count <= MostNamed ? Choices(programmes) : found.Count <= MostNamed ? Choices(found) : [], programmes.Count > MostNamed);
        var own = await Own(db, reader, now, ct);
        var content = new OverviewContent(await Lead(Leading(db, runs, own).IgnoreAutoIncludes(), now, ct), choices, paging, (await PersonTasks.Of(db, reader, seen, now, ct)).Count)
        {
            IsGrantors = reader.Has(Role.GrantorContact) && programmes.Count == 0,
            AtGrantor = own is null ? [] : [.. own.Runs.Select(run => OwnRow(own, run))],
        };
        return paging.Number == 1 ? await First(db, content, runs, years, from, reader, shown, now, ct) : await Further(db, content, runs, years, now, ct);
    }

    // Null for who is no grantor's contact.
    private async Task<RunBoard?> Own(TilskuddDb db, SignedIn reader, DateTimeOffset now, CancellationToken ct)
    {
        if (!reader.Has(Role.GrantorContact))
        {
            return null;
        }

        var ids = (await PersonTasks.AtGrantor(db, reader, Dates.On(now), ct)).ToList();
        var runs = await db.Set<Run>().AsNoTracking().Where(run => run.DueAt != null && ids.Contains(run.Id)).OrderBy(run => run.DueAt).ThenBy(run => run.Id).Take(MostUrgent).ToListAsync(ct);
        return await RunBoard.Of(db, library, runs, now, ct);
    }

    private static IQueryable<Run> Leading(TilskuddDb db, IQueryable<Run> seen, RunBoard? own)
    {
        if (own is null)
        {
            return seen;
        }

        var (ids, those) = (own.Runs.Select(run => run.Id).ToList(), seen.Select(run => run.Id));
        return db.Set<Run>().Where(run => those.Contains(run.Id) || ids.Contains(run.Id));
    }

    private static OwnDeadline OwnRow(RunBoard board, Run run)
    {
        var due = board.DeadlineOf(run)!;
        var isLate = board.IsLate(run);
        var isNear = Period.DaysBetween(board.Today, due.EffectiveOn) <= ShowDeadlines.UpcomingDays;
        return new OwnDeadline(
            $"{board.Title(run)}: {board.StepName(run, run.StepId)}", isLate ? StepState.Late : StepState.Now, isLate ? Tone.Danger : isNear ? Tone.Warning : Tone.Neutral,
            Dates.Capital(Dates.Away(due.EffectiveOn, board.Today)), Words("Urgent.Due", DeadlineText.Long(due, board.Today)));
    }

    private static async Task<List<KnownProgramme>> Programmes(TilskuddDb db, IReadOnlySet<ProgrammeId> seen, CancellationToken ct)
    {
        var ids = seen.ToList();
        return await db.Programmes.Where(programme => ids.Contains(programme.Id))
            .Join(db.Municipalities, programme => programme.MunicipalityId, municipality => municipality.Id, (programme, municipality) => new { programme, municipality })
            .OrderBy(both => both.programme.Name).ThenBy(both => both.programme.Slug)
            .Select(both => new KnownProgramme(both.programme.Id, both.programme.Slug, both.programme.Name, both.municipality.Name)).ToListAsync(ct);
    }

    private static IReadOnlyList<Choice> Choices(IEnumerable<KnownProgramme> programmes) => [.. programmes.Select(programme => new Choice(programme.Slug, programme.Name))];

    /// <summary>The first page: beside the first rows all that the overview tells of the programmes together.</summary>
    private async Task<OverviewContent> First(
        TilskuddDb db, OverviewContent content, IQueryable<Run> runs, IReadOnlyList<YearOfUnit> years, GrantYear from, SignedIn reader, List<ProgrammeId> shown, DateTimeOffset now, CancellationToken ct)
    {
        var (urgent, waiting) = (await UrgentRuns(db, runs, now, ct), await WaitingRuns(runs, now, ct));

        // What has ended lately has its place in the wheel. Of more than there is room for on a page, only what the rows of the page are about.
        var isWhole = content.Paging.Last == 1;
        var board = await Board(db, runs, years, isWhole ? from : null, [.. urgent.Concat(waiting).Distinct()], now, ct);
        var known = board.Runs.ToDictionary(run => run.Id);
        var expected = await Expected(db, board, ct);
        var table = new UnitTable(board, library, expected);
        var (wheel, dots) = new Wheel(board, isWhole ? board.Runs : OfRows(board, years), library, expected).Draw();
        return content with
        {
            Urgent = await Urgent(db, board, [.. urgent.Select(id => known[id])], reader, ct),
            WaitsFor = WaitsFor(board, waiting.Select(id => known[id])),
            Wheel = wheel,
            Dots = dots,
            Phases = table.Headings,
            Units = table.Rows(years),
            Money = await new MoneyOf(db).Read(ProgrammeShown(board), board, ct),
            Missing = await MoneyNotCome.Read(db, shown, board.Today, ct),
            Meetings = await ComingMeetings.Of(db, reader, shown, now, ct),
        };
    }

    /// <summary>A page after the first: more rows, and nothing told twice.</summary>
    private async Task<OverviewContent> Further(TilskuddDb db, OverviewContent content, IQueryable<Run> runs, IReadOnlyList<YearOfUnit> years, DateTimeOffset now, CancellationToken ct)
    {
        var board = await Board(db, runs, years, null, [], now, ct);
        var expected = await Expected(db, board, ct);
        var table = new UnitTable(board, library, expected);
        return content with { Phases = table.Headings, Units = table.Rows(years) };
    }

    private static List<Run> OfRows(RunBoard board, IReadOnlyList<YearOfUnit> years)
    {
        var rows = years.Select(year => (year.Unit, year.Year)).ToHashSet();
        return [.. board.Runs.Where(run => rows.Contains((run.PlanUnitId, run.Year)))];
    }

    /// <summary>The runs of the rows, with those that are shown beside them.</summary>
    /// <param name="from">Every year of the same units from this one on; null for the rows' own years alone.</param>
    private async Task<RunBoard> Board(TilskuddDb db, IQueryable<Run> runs, IReadOnlyList<YearOfUnit> years, GrantYear? from, List<RunId> beside, DateTimeOffset now, CancellationToken ct)
    {
        var (programmes, units, numbers) = (years.Select(year => year.Programme).Distinct().ToList(), years.Select(year => year.Unit).Distinct().ToList(), years.Select(year => year.Year).Distinct().ToList());
        var found = await runs.AsNoTracking().Where(run => beside.Contains(run.Id)
            || (EF.MultipleParameters(programmes).Contains(run.ProgrammeId) && units.Contains(run.PlanUnitId) && (numbers.Contains(run.Year) || (from != null && run.Year >= from)))).OrderBy(run => run.Id).ToListAsync(ct);
        return await RunBoard.WithPast(db, library, found, now, ct);
    }

    private async Task<ExpectedDates> Expected(TilskuddDb db, RunBoard board, CancellationToken ct)
    {
        var programmes = board.Programmes.Keys.ToList();
        var own = await db.Set<DeadlineOverride>().AsNoTracking().Where(date => programmes.Contains(date.ProgrammeId)).ToListAsync(ct);
        return new ExpectedDates(library, own, await rules.CalendarsOf(db, programmes, board.Today, ct));
    }

    // The instant that ends the last day that is near.
    private static DateTimeOffset NearUntil(DateTimeOffset now) => OsloTime.StartOf(Dates.On(now).PlusDays(ShowDeadlines.UpcomingDays + 1));

    private static Task<List<RunId>> UrgentRuns(TilskuddDb db, IQueryable<Run> runs, DateTimeOffset now, CancellationToken ct)
    {
        var near = NearUntil(now);
        var urgent = runs.IgnoreAutoIncludes().Where(run => run.ClosedAt == null && (run.Incident != "" || run.DueAt <= near));
        return (from run in urgent
                join unit in db.PlanUnits on run.PlanUnitId equals unit.Id
                join programme in db.Programmes on run.ProgrammeId equals programme.Id
                orderby run.DueAt == null, run.DueAt, unit.Kind == PlanUnitKind.Programme ? programme.Name : unit.Name, run.Id
                select run.Id).Take(MostUrgent).ToListAsync(ct);
    }

    private static Task<List<RunId>> WaitingRuns(IQueryable<Run> runs, DateTimeOffset now, CancellationToken ct) => runs.IgnoreAutoIncludes()
        .Where(run => run.ClosedAt == null && run.StepKind != nameof(WaitUntil) && run.WaitsFor != "")
        .OrderBy(run => run.DueAt != null && run.DueAt <= now ? 0 : 1).ThenBy(run => run.EnteredAt).ThenBy(run => run.Id).Take(MostWaiting).Select(run => run.Id).ToListAsync(ct);

    private static string Words(string key, params object[] arguments) => Texts.Of<OverviewWords>(key, arguments);

    private static async Task<string> Lead(IQueryable<Run> runs, DateTimeOffset now, CancellationToken ct)
    {
        var (near, today) = (NearUntil(now), Dates.On(now));
        var due = await runs.Where(run => run.ClosedAt == null && run.DueAt <= near).GroupBy(run => run.DueAt <= now).Select(some => new { IsLate = some.Key, Count = some.Count() }).ToListAsync(ct);
        var (late, soon) = (due.Where(some => some.IsLate).Sum(some => some.Count), due.Where(some => !some.IsLate).Sum(some => some.Count));
        var day = Words("Lead.Day", Dates.Capital(Dates.WithWeekday(today)), today.Year.ToString(CultureInfo.InvariantCulture));
        return $"{day} {Words(late switch { 0 => "Lead.Late.None", 1 => "Lead.Late.One", _ => "Lead.Late.Many" }, late)} {Words(soon switch { 0 => "Lead.Near.None", 1 => "Lead.Near.One", _ => "Lead.Near.Many" }, soon)}";
    }

    private static async Task<IReadOnlyList<UrgentRow>> Urgent(TilskuddDb db, RunBoard board, IReadOnlyList<Run> urgent, SignedIn reader, CancellationToken ct)
    {
        var ids = urgent.Select(run => (Guid?)run.Id.Value).ToList();
        var rounds = urgent.SelectMany(board.Staff.Rounds).Select(round => round.Id).ToList();
        var sent = await db.Set<Notice>()
            .Where(notice => notice.State != NoticeState.Cancelled
                && (((notice.Kind == NoticeKind.DeadlineReminder || notice.Kind == NoticeKind.SubmissionSent) && ids.Contains(notice.RunId)) || (notice.Kind == NoticeKind.ApprovalReminder && notice.RoundId != null && rounds.Contains(notice.RoundId.Value))))
            .Select(notice => new { notice.RunId, notice.Visit, notice.RoundId, notice.Occasion }).ToListAsync(ct);
        return [.. urgent.Select(run => Row(board, run, reader, sent
            .Where(notice => run.Waiting.RoundId is not null ? board.Staff.Rounds(run).Any(round => round.Id == notice.RoundId) : notice.RunId == run.Id.Value && notice.Visit == run.VisitNumber)
            .Select(notice => ReminderOccasion.Whole(notice.Occasion)).OfType<string>().Distinct().Count()))];
    }

    private static UrgentRow Row(RunBoard board, Run run, SignedIn reader, int reminded)
    {
        var due = board.DeadlineOf(run);
        var isLate = board.IsLate(run);
        var waits = board.Waits(run);
        return new UrgentRow(
            run.Id.Value, $"{board.Title(run)}: {board.StepName(run, run.StepId)}", $"/prosess/{run.Id}", isLate || run.Incident.Length > 0 ? StepState.Late : StepState.Now,
            isLate ? Tone.Danger : Tone.Warning,
            due is null ? Words("Urgent.NoDate") : Dates.Capital(Dates.Away(due.EffectiveOn, board.Today)), due is null ? "" : Words("Urgent.Due", DeadlineText.Long(due, board.Today)),
            waits, Answered(board, run), Reminded(due, reminded, board.Today), run.Incident.Length > 0 ? run.Incident : null, waits.Any(person => person.Person is not null) && Staff.MayRemind(reader, run.ProgrammeId, run.PlanUnitId));
    }

    private static string? Answered(RunBoard board, Run run)
    {
        var rounds = board.Staff.Rounds(run);
        return rounds.Count switch
        {
            0 => null,
            1 => Words("Urgent.Answered", rounds[0].Turnout.Answered, rounds[0].Turnout.Of),
            _ => string.Join(' ', rounds.Select(round => BoardRow.From(round, board.Staff.BoardOf(round)).Line)),
        };
    }

    private static string? Reminded(Deadline? due, int reminded, LocalDate today)
    {
        var told = reminded switch
        {
            0 => null,
            1 => Words("Urgent.Reminded.Once"),
            _ => Words("Urgent.Reminded.Often", reminded),
        };
        var next = due?.Rungs.Where(rung => rung.Kind == RungKind.Reminder && rung.HandledAt is null).MinBy(rung => rung.At);
        var coming = next is null ? null : Words("Urgent.Next", Dates.Long(Dates.On(next.At), today));
        return (told, coming) switch
        {
            (null, _) => coming,
            (_, null) => told,
            _ => $"{told} {coming}",
        };
    }

    private static IReadOnlyList<WaitedForPerson> WaitsFor(RunBoard board, IEnumerable<Run> waiting) =>
    [
        .. waiting.SelectMany(run => board.Waits(run), (run, person) => new WaitedForPerson(
                person, $"{board.StepName(run, run.StepId)}, {board.Place(run)}", Words("Waits.Since", Dates.Long(Dates.On(run.EnteredAt), board.Today)), $"/prosess/{run.Id}"))
            .Take(MostWaitedFor),
    ];

    // The money of the programme whose turn is next.
    private static ProgrammeId? ProgrammeShown(RunBoard board) => (board.Runs.Where(run => run.IsOpen && run.DueAt is not null).MinBy(run => run.DueAt) ?? (board.Runs.Count > 0 ? board.Runs[0] : null))?.ProgrammeId;
}
