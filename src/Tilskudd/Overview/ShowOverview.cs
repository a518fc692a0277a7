using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Approval;
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
    /// <summary>What one page has room for; who sees more programmes than that chooses one.</summary>
    internal const int MostRuns = 300;

    private const int MostUrgent = 8;

    /// <param name="slug">One programme, or null for all the person sees.</param>
    /// <returns>Null when the person does not see a programme of that name.</returns>
    public async Task<OverviewContent?> Of(SignedIn reader, string? slug, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var seen = (await Rights.Seen(db, reader.Id, Dates.On(now), ct)).ToList();
        var programmes = await db.Programmes.Where(programme => seen.Contains(programme.Id)).OrderBy(programme => programme.Name).ToListAsync(ct);
        if (slug is not null && programmes.All(programme => programme.Slug != slug))
        {
            return null;
        }

        var shown = programmes.Where(programme => slug is null || programme.Slug == slug).Select(programme => programme.Id).ToList();
        var (runs, count) = await Runs(db, shown, Dates.On(now).Year, ct);
        var board = await RunBoard.Of(db, library, runs, now, ct);
        var own = await db.Set<DeadlineOverride>().Where(date => shown.Contains(date.ProgrammeId)).ToListAsync(ct);
        var days = await rules.CalendarsOf(db, shown, board.Today, ct);
        var table = new UnitTable(board, library, days, own);
        var (wheel, dots) = new Wheel(board, library, days, own).Draw();
        var urgent = await Urgent(db, board, reader, ct);
        return new OverviewContent(
            Lead(board), urgent, WaitsFor(board), wheel, dots, table.Headings(), table.Rows(), await new MoneyOf(db).Read(ProgrammeShown(board, shown), board, ct),
            await MoneyNotCome.Read(db, board, ct),
            [.. programmes.Select(programme => new Choice(programme.Slug, programme.Name))],
            board.Runs.Count(run => board.Staff.WaitedFor(run).Any(person => person.Id == reader.Id)), count - runs.Count)
        {
            Meetings = await ComingMeetings.Of(db, reader, shown, now, ct),
        };
    }

    // Those under way, and what has ended of the year and the one before.
    private static async Task<(List<Run> Runs, int Count)> Runs(TilskuddDb db, List<ProgrammeId> shown, int year, CancellationToken ct)
    {
        var from = new GrantYear(Math.Max(GrantYear.Earliest, year - 1));

        // Asked with a list for one value, SQLite would rather read all runs than look up those of some programmes.
        var all = db.Set<Run>().Where(run => EF.MultipleParameters(shown).Contains(run.ProgrammeId) && (run.ClosedAt == null || run.Year >= from));
        var runs = await all.OrderBy(run => run.ClosedAt != null).ThenBy(run => run.DueAt == null).ThenBy(run => run.DueAt).ThenBy(run => run.Id).Take(MostRuns).ToListAsync(ct);
        return (runs, runs.Count < MostRuns ? runs.Count : await all.CountAsync(ct));
    }

    private static string Words(string key, params object[] arguments) => Texts.Of<OverviewWords>(key, arguments);

    private static string Lead(RunBoard board)
    {
        var late = board.Runs.Count(board.IsLate);
        var near = board.Runs.Count(run => !board.IsLate(run) && IsNear(board, run));
        var day = Words("Lead.Day", Dates.Capital(Dates.WithWeekday(board.Today)), board.Today.Year.ToString(CultureInfo.InvariantCulture));
        return $"{day} {Words(late switch { 0 => "Lead.Late.None", 1 => "Lead.Late.One", _ => "Lead.Late.Many" }, late)} {Words(near switch { 0 => "Lead.Near.None", 1 => "Lead.Near.One", _ => "Lead.Near.Many" }, near)}";
    }

    private static bool IsNear(RunBoard board, Run run) =>
        board.DeadlineOf(run) is { } due && Period.DaysBetween(board.Today, due.EffectiveOn) <= ShowDeadlines.UpcomingDays;

    private static async Task<IReadOnlyList<UrgentRow>> Urgent(TilskuddDb db, RunBoard board, SignedIn reader, CancellationToken ct)
    {
        var urgent = board.Runs.Where(run => run.IsOpen && (run.Incident.Length > 0 || board.IsLate(run) || IsNear(board, run)))
            .OrderByDescending(board.IsLate).ThenBy(run => run.DueAt ?? DateTimeOffset.MaxValue).Take(MostUrgent).ToList();
        var ids = urgent.Select(run => (Guid?)run.Id.Value).ToList();
        var rounds = urgent.SelectMany(board.Staff.Rounds).Select(round => round.Id).ToList();
        var sent = await db.Set<Notice>()
            .Where(notice => notice.State != NoticeState.Cancelled
                && ((notice.Kind == NoticeKind.DeadlineReminder && ids.Contains(notice.RunId)) || (notice.Kind == NoticeKind.ApprovalReminder && notice.RoundId != null && rounds.Contains(notice.RoundId.Value))))
            .Select(notice => new { notice.RunId, notice.Visit, notice.RoundId, notice.Occasion }).ToListAsync(ct);
        return [.. urgent.Select(run => Row(board, run, reader, sent
            .Where(notice => run.Waiting.RoundId is not null ? board.Staff.Rounds(run).Any(round => round.Id == notice.RoundId) : notice.RunId == run.Id.Value && notice.Visit == run.VisitNumber)
            .DistinctBy(notice => notice.Occasion).Count()))];
    }

    private static UrgentRow Row(RunBoard board, Run run, SignedIn reader, int reminded)
    {
        var due = board.DeadlineOf(run);
        var isLate = board.IsLate(run);
        var waits = board.Waits(run);
        return new UrgentRow(
            run.Id.Value, $"{board.Title(run)}: {board.StepName(run, run.StepId)}", $"/prosess/{run.Id}", isLate || run.Incident.Length > 0 ? StepState.Late : StepState.Now,
            isLate ? Tone.Danger : Tone.Warning,
            due is null ? Words("Urgent.NoDate") : Dates.Capital(Dates.Away(due.EffectiveOn, board.Today)), due is null ? "" : Words("Urgent.Due", DeadlineText.Long(due)),
            waits, Answered(board, run), Reminded(due, reminded), run.Incident.Length > 0 ? run.Incident : null, waits.Count > 0 && Staff.MayRemind(reader, run.ProgrammeId));
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

    private static string? Reminded(Deadline? due, int reminded)
    {
        var told = reminded switch
        {
            0 => null,
            1 => Words("Urgent.Reminded.Once"),
            _ => Words("Urgent.Reminded.Often", reminded),
        };
        var next = due?.Rungs.Where(rung => rung.Kind == RungKind.Reminder && rung.HandledAt is null).MinBy(rung => rung.At);
        var coming = next is null ? null : Words("Urgent.Next", Dates.Long(Dates.On(next.At)));
        return (told, coming) switch
        {
            (null, _) => coming,
            (_, null) => told,
            _ => $"{told} {coming}",
        };
    }

    private static IReadOnlyList<WaitedForPerson> WaitsFor(RunBoard board)
    {
        const int most = 12;
        return [.. board.Runs.Where(run => run.IsOpen).OrderByDescending(board.IsLate).ThenBy(run => run.EnteredAt)
            .SelectMany(run => board.Waits(run), (run, person) => new WaitedForPerson(
                person, $"{board.StepName(run, run.StepId)}, {board.Place(run)}", Words("Waits.Since", Dates.Long(Dates.On(run.EnteredAt))), $"/prosess/{run.Id}"))
            .Take(most)];
    }

    // The money of the programme whose turn is next.
    private static ProgrammeId? ProgrammeShown(RunBoard board, List<ProgrammeId> shown) =>
        board.Runs.Where(run => run.IsOpen && run.DueAt is not null).MinBy(run => run.DueAt)?.ProgrammeId ?? (shown.Count > 0 ? shown[0] : null);
}
