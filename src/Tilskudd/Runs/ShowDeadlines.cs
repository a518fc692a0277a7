using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>Reads the deadlines of the programmes a person sees: those that hold, by date, and those to come. A grantor's contact reads those that wait for the grantor. Writes nothing.</summary>
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
        var own = (await PersonTasks.AtGrantor(db, reader, Dates.On(now), ct)).ToList();
        var seen = open.Select(run => run.Id);
        var found = await db.Set<Run>().Where(run => run.DueAt != null && (seen.Contains(run.Id) || own.Contains(run.Id))).OrderBy(run => run.DueAt).ThenBy(run => run.Id).OnPage(page).ToListAsync(ct);
        var runs = found.Take(Paging.Rows).ToList();
        var hidden = own.Count == 0 ? [] : own.Except(await open.Where(run => own.Contains(run.Id)).Select(run => run.Id).ToListAsync(ct)).ToHashSet();
        var board = await RunBoard.Of(db, library, runs, now, ct);
        var earlier = await Earlier(db, [.. runs.Select(run => run.Id)], ct);
        var dates = page == 1 ? await Coming(db, open, board.Today, ct) : [];
        var paging = new CountedPaging(coming, dates.Count, Paging.Rows);
        return new DeadlinesContent(
            [.. runs.Where(run => board.DeadlineOf(run) is not null).Select(run => hidden.Contains(run.Id) ? OwnRow(board, run, reader) : Row(board, run, reader, earlier[run.Id]))], new Paging(page, found.Count > Paging.Rows),
            [.. dates.Skip(paging.Skip).Take(paging.PerPage).Select(date => Row(date, reader))], paging);
    }

    // Of every plan unit's year that has an open run, however many pages those fill; the same for several units of a programme is told once. What a year's closed
    // runs have been through is behind it too. Only what is entered of the steps that have a date is read.
    private async Task<IReadOnlyList<ComingDate>> Coming(TilskuddDb db, IQueryable<Run> open, NodaTime.LocalDate today, CancellationToken ct)
    {
        var going = open.IgnoreAutoIncludes().Select(run => new { run.ProgrammeId, run.PlanUnitId, run.Year }).Distinct();
        var years = await going
            .Join(db.Programmes, run => run.ProgrammeId, programme => programme.Id, (run, programme) => new { run.PlanUnitId, Programme = new ComingYear(programme.Id, programme.Slug, programme.Name, run.Year) }).ToListAsync(ct);
        var ids = years.Select(year => year.Programme.Programme).Distinct().ToList();
        var expected = new ExpectedDates(library, await db.Set<DeadlineOverride>().Where(date => ids.Contains(date.ProgrammeId)).ToListAsync(ct), await rules.CalendarsOf(db, ids, today, ct));
        var steps = expected.Steps;
        var entered = (await going.Join(db.Set<Run>().IgnoreAutoIncludes(), year => new { year.PlanUnitId, year.Year }, run => new { run.PlanUnitId, run.Year }, (year, run) => run)
                .SelectMany(run => run.Visits, (run, visit) => new { run.PlanUnitId, run.Year, visit.StepId }).Where(visit => steps.Contains(visit.StepId)).Distinct().ToListAsync(ct))
            .Select(visit => (visit.PlanUnitId, visit.Year, visit.StepId)).ToHashSet();
        var letters = await Letters(
            db, going.Join(db.Grants.IgnoreAutoIncludes(), year => new { year.PlanUnitId, year.Year }, grant => new { grant.PlanUnitId, grant.Year }, (_, grant) => grant), steps, ct);
        return [.. years
            .SelectMany(
                year => expected.Coming(
                    year.Programme.Programme, year.Programme.Year, step => entered.Contains((year.PlanUnitId, year.Programme.Year, step)), [.. letters[(year.PlanUnitId, year.Programme.Year)]], today),
                (year, step) => new ComingDate(year.Programme, step))
            .DistinctBy(date => (date.Year, date.Step.Step.Id, date.Step.Letter?.Source, date.Step.On))
            .OrderBy(date => date.Step.On).ThenBy(date => date.Year.Name, StringComparer.Ordinal).ThenBy(date => date.Year.Year.Number)];
    }

    // The letters of some grants, with what their reports have begun of some steps.
    private static async Task<ILookup<(PlanUnitId, GrantYear), LetterDay>> Letters(TilskuddDb db, IQueryable<Grant> answered, IReadOnlyList<string> steps, CancellationToken ct)
    {
        var grants = await answered.Where(grant => grant.Letter != null)
            .Join(db.FundingSources.IgnoreAutoIncludes(), grant => grant.SourceId, source => source.Id, (grant, source) => new { grant.Id, grant.PlanUnitId, grant.Year, source.Code, On = grant.Letter!.ReportDueOn })
            .ToListAsync(ct);
        var ids = grants.Select(grant => grant.Id).ToList();
        var rapporter = await db.Rapporter.IgnoreAutoIncludes().Where(rapport => ids.Contains(rapport.GrantId)).Select(rapport => new { rapport.Id, rapport.GrantId }).ToListAsync(ct);
        var documents = rapporter.Select(rapport => rapport.Id.Value).ToList();
        var entered = (await db.Set<Run>().IgnoreAutoIncludes().Where(run => run.DocumentKind == DocumentKind.Rapport && documents.Contains(run.DocumentId))
                .SelectMany(run => run.Visits, (run, visit) => new { run.DocumentId, visit.StepId }).Where(visit => steps.Contains(visit.StepId)).Distinct().ToListAsync(ct))
            .ToLookup(visit => visit.DocumentId, visit => visit.StepId);
        var of = rapporter.ToLookup(rapport => rapport.GrantId, rapport => entered[rapport.Id.Value]);
        return grants.ToLookup(
            grant => (grant.PlanUnitId, grant.Year),
            grant => new LetterDay(grant.PlanUnitId, grant.Year, grant.Code, grant.On, of[grant.Id].SelectMany(visited => visited).ToHashSet()));
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
            DeadlineText.Long(deadline, board.Today), Dates.Capital(Dates.Away(deadline.EffectiveOn, board.Today)),
            isLate ? StepState.Late : StepState.Now, isLate ? Tone.Danger : days <= UpcomingDays ? Tone.Warning : Tone.Neutral, board.Waits(run),
            [.. deadline.Rungs.OrderBy(rung => rung.At).Select(rung => new RungRow(rung.Kind, Dates.Short(Dates.On(rung.At), board.Today), rung.HandledAt is not null))],
            SourceOf(deadline), History(deadline, earlier), Staff.Leads(reader, run.ProgrammeId, run.PlanUnitId) ? $"/frister/{deadline.Id}/flytt" : null);
    }

    // The personal link is in the grantor's mail, and what the municipality has thought of the date is its own.
    private static DeadlineRow OwnRow(RunBoard board, Run run, SignedIn reader) => Row(board, run, reader, []) with { ProcessPath = "/innboks", Source = "" };

    // A date that has been moved has its reason beside it.
    private static string SourceOf(Deadline deadline) => deadline.Source == DateSource.Letter && DueRule.TryParse(deadline.Rule, out var rule, out _) && rule is DueRule.FromLetter { Before: > 0 } letter
        ? $"{Dates.Capital(DeadlineText.ByLetter(letter))}."
        : deadline.Source is DateSource.Own or DateSource.Call or DateSource.Grantor or DateSource.Letter or DateSource.Grace
        ? Texts.Of<RunPageWords>($"Deadline.Source.{deadline.Source}", Deadlines.Grace)
        : "";

    private static List<string> History(Deadline holds, IEnumerable<Deadline> earlier)
    {
        var revisions = earlier.Append(holds).Where(revision => revision.Key == holds.Key).OrderBy(revision => revision.SetAt).ThenBy(revision => revision.Revision).ToList();
        return [.. revisions.Zip(revisions.Skip(1))
            .Where(pair => pair.Second.Revision > pair.First.Revision)
            .Select(pair => Texts.Of<RunPageWords>("Deadline.Moved", Dates.Stamp(pair.Second.SetAt), Dates.ShortDeadline(pair.First.EffectiveOn, pair.First.Time), Dates.ShortDeadline(pair.Second.EffectiveOn, pair.Second.Time), pair.Second.Reason))
            .Reverse()];
    }

    private ComingRow Row(ComingDate date, SignedIn reader) => new(
        date.Step.Letter is { } letter ? $"{date.Year.Name}: {Texts.Of<RunPageWords>($"Document.{DocumentKind.Rapport}", date.Year.Year, letter.Source)}" : $"{date.Year.Name} {date.Year.Year}",
        library.StepName(date.Step.Flow.Id, date.Step.Step.Id, Languages.Current), Dates.WithYear(date.Step.On) + (date.Time is { } at ? Time(at) : ""), date.Step switch
        {
            { Own: { } own } => Texts.Of<RunPageWords>($"Deadline.Own.{own.Source}"),
            { Letter: not null, Waiting: var waiting } when waiting.DueRule() is DueRule.FromLetter { Before: 0 } => Texts.Of<RunPageWords>($"Deadline.Own.{DateSource.Letter}"),
            _ => "",
        },
        Staff.Leads(reader, date.Year.Programme) ? $"/frister/kommende/{date.Year.Slug}/{date.Year.Year}/{date.Step.Waiting.Deadline}" : null);

    private static string Time(NodaTime.LocalTime at) => Dates.OnOneLine(Texts.Of<RunPageWords>("Deadline.At", NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH.mm").Format(at)));

    /// <summary>A programme's year that has an open run.</summary>
    private sealed record ComingYear(ProgrammeId Programme, string Slug, string Name, GrantYear Year);

    private sealed record ComingDate(ComingYear Year, ExpectedStep Step)
    {
        public NodaTime.LocalTime? Time => Step.Own is { } own ? own.Time : (Step.Waiting.DueRule() as DueRule.OnDate)?.At;
    }
}
