using Microsoft.EntityFrameworkCore;
using Tilskudd.Award;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Reporting;

/// <summary>Reads a report for a person who may see it. The number of questions to the database does not grow with its tiltak.</summary>
internal sealed class ShowRapport(IDbContextFactory<TilskuddDb> databases, ViewTask tasks, AnswerAgain again, ProgrammeLimits programmes, TimeProvider clock)
{
    /// <summary>The page's row with the report itself, or null when it does not exist or is not for this person to know of.</summary>
    public async Task<(Rapport Rapport, RapportRow Row)?> Find(RapportId id, PersonId reader, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Rapporter.SingleOrDefaultAsync(rapport => rapport.Id == id, ct) is not { } rapport)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var today = OsloTime.On(now).Date;
        var grant = await db.Grants.IgnoreAutoIncludes().Include(grant => grant.Letter).SingleAsync(grant => grant.Id == rapport.GrantId, ct);
        if (await GrantPlace.SeenBy(db, grant, reader, today, ct) is not { } place)
        {
            return null;
        }

        var run = await db.Set<Run>().AsSingleQuery().Where(run => run.DocumentKind == DocumentKind.Rapport && run.DocumentId == id.Value).OrderByDescending(run => run.StartedAt).FirstOrDefaultAsync(ct);
        var names = await Names(db, rapport, run, ct);
        var (hasInvented, plannedAt) = await Planned(db, grant, ct);
        var row = Row(rapport, grant, place, names, await programmes.Of(db, place.Programme.Id, ct), today) with { HasInvented = hasInvented };
        row = run is null ? row : await Standing(db, row, run, rapport, grant, names, reader, now, ct);
        return (rapport, row with { IsBehindPlan = run?.IsOpen == true && row.Kind != RapportTask.Writing && rapport.AcceptedAt is null && rapport.LatestVersion?.FrozenAt < plannedAt });
    }

    // What was planned is the plans', and with it whether it stands in any source, and when the last of them was approved.
    private static async Task<(bool HasInvented, DateTimeOffset? ApprovedAt)> Planned(TilskuddDb db, Grant grant, CancellationToken ct)
    {
        var ids = grant.Plans;
        var plans = await db.Handlingsplaner.IgnoreAutoIncludes().Where(plan => ids.Contains(plan.Id))
            .Select(plan => new { plan.ApprovedAt, HasInvented = plan.Tiltak.Any(tiltak => tiltak.HasInventedDetails || tiltak.Budget.Any(line => line.IsInvented)) }).ToListAsync(ct);
        return (plans.Any(plan => plan.HasInvented), plans.Max(plan => plan.ApprovedAt));
    }

    /// <summary>The report with its tiltak and without its versions, as its form is read by; null as for <see cref="Find"/>.</summary>
    public async Task<Rapport?> Draft(RapportId id, PersonId reader, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Rapporter.IgnoreAutoIncludes().Include(rapport => rapport.Results).Where(rapport => rapport.Id == id)
            .Join(db.PlanUnits, rapport => rapport.PlanUnitId, unit => unit.Id, (rapport, unit) => new { rapport, unit.ProgrammeId })
            .Join(Rights.SeenBy(db, reader, OsloTime.On(clock.GetUtcNow()).Date), both => both.ProgrammeId, programme => programme.Id, (both, _) => both.rapport).SingleOrDefaultAsync(ct);
    }

    private async Task<RapportRow> Standing(
        TilskuddDb db, RapportRow row, Run run, Rapport rapport, Grant grant, IReadOnlyDictionary<PersonId, string> names, PersonId reader, DateTimeOffset now, CancellationToken ct)
    {
        row = row with { State = tasks.State(run), Tone = run.IsOpen ? Tone.Info : Tone.Success, ProcessPath = $"/prosess/{run.Id}" };
        if (!run.IsOpen)
        {
            return row;
        }

        var today = Dates.On(now);
        var (step, view) = await tasks.Of(db, run, grant.OnlyPlan, reader, now, ct);
        var kind = Kind(step.Step);
        var contacts = kind == RapportTask.Submission && view.IsMine ? await Who.Holding(db, RoleKeys.Grantor, run.Subject, today, ct) : [];
        return row with
        {
            Kind = kind,
            Task = kind == RapportTask.Check && view.IsMine
                ? view with { Barred = await Barred(db, run, rapport, reader, today, ct) } : view,
            Again = await again.Offered(db, rapport, run, reader, today, ct),
            Recipients = [.. contacts.Select(contact => contact.Name)],
            Returned = kind switch
            {
                RapportTask.Writing or RapportTask.Repayment => Returned(run, names, _ => true),

                // Who checks it anew sees what others had sent it back for before it was written anew; their own reasons they know.
                RapportTask.Check when view.IsMine => Returned(run, names, visit => visit.StepId != run.StepId && visit is { Reason.Length: > 0, IsTakenBack: false }),
                _ => null,
            },
        };
    }

    private static async Task<string> Barred(TilskuddDb db, Run run, Rapport rapport, PersonId reader, NodaTime.LocalDate today, CancellationToken ct) =>
        await FourEyes.Bar(rapport.Writers, reader, () => Who.Holding(db, run.WaitsFor, run.Subject, today, ct)) is { } own ? RefusalText.Of(own) : "";

    private static RapportTask Kind(Workflows.Step step) => step switch
    {
        Draft { Task: TaskKeys.Report } => RapportTask.Writing,
        Review { Task: TaskKeys.Report } => RapportTask.Check,
        Draft { Task: TaskKeys.AuditorStatement } => RapportTask.Auditor,
        Submit { Task: TaskKeys.Report } => RapportTask.Submission,
        RegisterDecision { Task: TaskKeys.GrantorDecision } => RapportTask.Decision,
        RegisterDecision { Task: TaskKeys.CarryOver } => RapportTask.CarryOver,
        Draft { Task: TaskKeys.Repayment } => RapportTask.Repayment,
        _ => RapportTask.Elsewhere,
    };

    // The last of some visits, when it ended with a reason.
    private static ReturnedRow? Returned(Run run, IReadOnlyDictionary<PersonId, string> names, Func<Visit, bool> of) =>
        run.Visits.Where(visit => visit.LeftAt is not null && of(visit)).MaxBy(visit => visit.Number) is { Reason.Length: > 0 } back

            // What a body has decided is not the act of the one who answered last.
            ? new ReturnedRow(back.RoundId is null && Actor.PersonIn(back.Actor) is { } person ? names.GetValueOrDefault(person, "") : "", back.LeftAt!.Value, back.Reason)
            : null;

    private static async Task<IReadOnlyDictionary<PersonId, string>> Names(TilskuddDb db, Rapport rapport, Run? run, CancellationToken ct)
    {
        var ids = rapport.Versions.Select(version => (PersonId?)version.FrozenBy).Append(rapport.SavedBy)
            .Concat(run?.Visits.Select(visit => Actor.PersonIn(visit.Actor)) ?? []).OfType<PersonId>().Distinct().ToList();
        return ids.Count == 0 ? new Dictionary<PersonId, string>() : await db.People.Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, ct);
    }

    private static RapportRow Row(Rapport rapport, Grant grant, GrantPlace place, IReadOnlyDictionary<PersonId, string> names, Limits limits, NodaTime.LocalDate today) => new()
    {
        Head = place.Head($"/rapport/{rapport.Id}", Texts.Of<RapportWords>("Title", rapport.Year, place.Source.Code, place.Unit.Name), Texts.Of<RapportWords>("ShortTitle", rapport.Year)),
        GrantTitle = Texts.Of<AwardWords>("Grant.ShortTitle", place.Source.Code),
        GrantPath = $"/tilskudd/{grant.Id}",
        State = Texts.Of<RapportWords>("Expected"),
        Tone = Tone.Neutral,
        Kind = RapportTask.Elsewhere,
        Revision = rapport.Revision,
        SavedAt = rapport.SavedAt,
        SavedBy = rapport.SavedBy is { } writer ? names[writer] : "",
        Summary = rapport.Summary,
        Results = [.. rapport.Results.OrderBy(result => result.Number).Select(result => new ResultRow(result.TiltakId.Value, result.Number, result.Name, result.Planned, result.Text, result.Spent))],
        Accounts = new AccountsRow(
            rapport.Granted, rapport.CarriedIn, rapport.Available, rapport.Spent, rapport.Unspent,
            Settled(rapport.CarriedOver, rapport.CarriedOverOn), Settled(rapport.Repaid, rapport.RepaidOn), rapport.Outstanding),
        DueOn = (grant.Letter!.ReportDueOn, rapport.SubmittedAt is null && today > grant.Letter.ReportDueOn),
        MayCarryOver = grant.Letter.MayCarryOver,
        NeedsAuditor = rapport.NeedsAuditor(grant.Letter, limits),
        AuditorFrom = grant.Letter.AuditorFrom ?? limits.AuditorFrom,
        Audited = Audited.Shown(rapport, rapport.LatestVersion?.Number ?? 0),
        Versions = [.. rapport.Versions.OrderByDescending(version => version.Number).Select(version => new RapportVersionRow(
            version.Number, version.Hash, version.FrozenAt, names[version.FrozenBy], version.Number == rapport.ApprovedVersion))],
        SubmittedAt = rapport.SubmittedAt,
        ReceivedAt = rapport.ReceivedAt,
        Journal = rapport.Journal,
        CorrectionAskedAt = rapport.CorrectionAskedAt,
        Correction = rapport.Correction,
        AcceptedAt = rapport.AcceptedAt,
    };

    private static SettledRow? Settled(Money? amount, NodaTime.LocalDate? on) => amount is { } settled ? new SettledRow(settled, on!.Value) : null;
}
