using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Year;

namespace Tilskudd.Award;

/// <summary>Reads a grant for a person who may see it. The number of questions to the database does not grow with the grant.</summary>
internal sealed class ShowGrant(IDbContextFactory<TilskuddDb> databases, ViewTask tasks, RegisterAgain again, ProgrammeLimits programmes, Ids ids, TimeProvider clock)
{
    /// <summary>The page's row, or null when the grant does not exist or is not for this person to know of.</summary>
    public async Task<GrantRow?> Find(GrantId id, PersonId reader, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Grants.SingleOrDefaultAsync(grant => grant.Id == id, ct) is not { } grant)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var today = OsloTime.On(now).Date;
        if (await GrantPlace.SeenBy(db, grant, reader, today, ct) is not { } place)
        {
            return null;
        }

        var plans = await AnsweredPlans.Read(db, grant, ct);
        var criteria = !place.Source.AnnouncesList ? [] : await db.Criteria.In(place.Programme.Id, grant.Year).ToListAsync(ct);

        // Limits are for a letter to be held against.
        var limits = grant.Letter is null ? programmes.Settings : await programmes.Of(db, place.Programme.Id, ct);
        var row = Row(grant, place, await Names(db, grant, ct), plans, limits, [.. place.Source.Announced(criteria).Select(criterion => criterion.Text)], await Amounts(db, grant, plans, ct));
        row = row with { Payments = await Payments(db, grant, place.Unit, reader, today, ct) };
        var run = await db.Set<Run>().AsSingleQuery().Where(run => run.DocumentKind == DocumentKind.Tilskuddsbrev && run.DocumentId == id.Value).OrderByDescending(run => run.StartedAt).FirstOrDefaultAsync(ct);
        if (run is null)
        {
            return row;
        }

        row = row with { State = tasks.State(run), Tone = ToneOf(run, now), ProcessPath = $"/prosess/{run.Id}" };
        if (grant.Letter is not null)
        {
            // Reported on and changed is only what a letter has given.
            var rapport = await db.Rapporter.IgnoreAutoIncludes().Where(rapport => rapport.GrantId == id).Select(rapport => rapport.Id).ToListAsync(ct);
            row = row with { RapportPath = rapport.Count == 0 ? null : $"/rapport/{rapport[0]}" };
            row = await WithChanges(db, row, grant, place.Unit, rapport.Count > 0, reader, today, ct);
        }

        if (!run.IsOpen)
        {
            var mayCorrect = row is { Letter: not null, RapportPath: not null } && await CorrectTerms.MayCorrect(db, reader, place.Unit, today, ct) && await CorrectTerms.Reporting(db, id).AnyAsync(ct);
            return mayCorrect ? row with { Letter = row.Letter! with { MayCorrect = true } } : row;
        }

        var (step, view) = await tasks.Of(db, run, grant.OnlyPlan, reader, now, ct);
        var kind = Kind(step.Step, grant);
        var contacts = kind == GrantTask.Submission && view.IsMine ? await Who.Holding(db, RoleKeys.Grantor, run.Subject, today, ct) : [];
        return row with
        {
            Kind = kind,
            Task = view,
            Again = await again.Offered(db, grant, run, reader, view.IsMine, today, ct),
            ToSend = kind == GrantTask.Submission && plans.All(plan => plan.Version is not null) ? Sending(grant, plans, contacts) : null,
        };
    }

    private static async Task<PaymentsRow?> Payments(TilskuddDb db, Grant grant, PlanUnit unit, PersonId reader, NodaTime.LocalDate today, CancellationToken ct)
    {
        if (grant is not { Letter: { } letter, Granted: { } granted })
        {
            return null;
        }

        var come = await db.Set<PaymentArrival>().Where(one => one.GrantId == grant.Id).OrderByDescending(one => one.ArrivedOn).ThenByDescending(one => one.Number)
            .Join(db.People, one => one.RegisteredBy, person => person.Id, (one, person) => new { one, person.Name }).ToListAsync(ct);
        var arrived = come.Aggregate(Money.Zero, (sum, payment) => sum + payment.one.Amount);
        return new PaymentsRow(
            [.. come.Select(payment => new PaymentLine(payment.one.Number, payment.one.ArrivedOn, payment.one.Amount, payment.Name, payment.one.RegisteredAt))], granted, arrived,
            MissingMoney.Of(letter.Payments.Select(payment => new PlannedPayment(payment.On, payment.Amount)), granted, arrived, today),
            await RegisterPayment.MayRegister(db, reader, unit, today, ct), PaymentArrival.Next(come.Select(payment => payment.one)));
    }

    private async Task<GrantRow> WithChanges(TilskuddDb db, GrantRow row, Grant grant, PlanUnit unit, bool isReported, PersonId reader, NodaTime.LocalDate today, CancellationToken ct)
    {
        var changes = await db.Set<PlanChange>().Where(change => change.GrantId == grant.Id || change.OtherGrants.Contains(grant.Id)).OrderByDescending(change => change.OpenedAt).ToListAsync(ct);
        var documents = changes.Select(change => change.Id.Value).ToList();
        var runs = documents.Count == 0 ? [] : await db.Set<Run>().IgnoreAutoIncludes().Where(run => documents.Contains(run.DocumentId)).ToDictionaryAsync(run => run.DocumentId, ct);
        var mayOpen = grant.Letter is { AcceptedAt: not null } && !isReported && runs.Values.All(run => !run.IsOpen) && await OpenChange.MayOpen(db, reader, unit, today, ct);
        return row with
        {
            Changes = [.. changes.Select(change => new ChangeLine($"/endring/{change.Id}", change.Reason, change.OpenedAt, tasks.State(runs[change.Id.Value]), ShowChange.ToneOf(runs[change.Id.Value], change, clock.GetUtcNow())))],
            NewChange = mayOpen ? ids.Next() : null,
            Paying = mayOpen ? [.. (await OpenChange.Paying(db, grant, unit.ProgrammeId, ct)).Select(one => new PayingRow(one.Id.Value, one.Name, one.Id == grant.Id))] : [],
        };
    }

    private static GrantTask Kind(Workflows.Step step, Grant grant) => step switch
    {
        Submit { Task: TaskKeys.Plan } => GrantTask.Submission,
        RegisterDecision { Task: TaskKeys.BudgetVote } => GrantTask.Vote,
        RegisterLetter => GrantTask.Letter,
        Draft { Task: TaskKeys.LetterAcceptance } => GrantTask.Acceptance,
        Draft { Task: TaskKeys.PlanRevision } or Review { Task: TaskKeys.PlanRevision or TaskKeys.Correction } when grant.IsGathered => GrantTask.Revision,
        _ => GrantTask.Elsewhere,
    };

    // How a grant ended is told by its facts; the names of final states are the files' own.
    private static Tone ToneOf(Run run, DateTimeOffset now) => !run.IsOpen ? Tone.Success : run.IsLate(now) ? Tone.Danger : Tone.Info;

    private static async Task<IReadOnlyDictionary<PersonId, string>> Names(TilskuddDb db, Grant grant, CancellationToken ct)
    {
        var ids = grant.Submissions.Select(sent => (PersonId?)sent.SentBy).Append(grant.Letter?.RegisteredBy).Append(grant.Letter?.AcceptedBy).OfType<PersonId>().Distinct().ToList();
        return ids.Count == 0 ? new Dictionary<PersonId, string>() : await db.People.Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, ct);
    }

    // The source's own figures, and those set for this grant's part of it; where plans are gathered, also what each unit has of the year before, and leaves for the year after.
    private static async Task<IReadOnlyList<FundingAmount>> Amounts(TilskuddDb db, Grant grant, IReadOnlyList<ApprovedPlan> plans, CancellationToken ct)
    {
        var part = grant.Part;
        var units = plans.Where(_ => grant.IsGathered).Select(plan => plan.UnitId).ToList();
        return await db.Set<FundingAmount>().Where(amount => EF.Property<FundingSourceId>(amount, "FundingSourceId") == grant.SourceId
                && (amount.PlanUnitId == null || amount.PlanUnitId == part || (units.Contains(amount.PlanUnitId.Value) && (amount.State == AmountState.CarriedIn || amount.State == AmountState.CarriedOver))))
            .OrderBy(amount => amount.Number).ToListAsync(ct);
    }

    private static bool IsReplaced(FundingAmount amount, IReadOnlyList<FundingAmount> amounts) => amount.State is AmountState.Voted or AmountState.Granted
        && amounts.Any(later => later.Number > amount.Number && later.State == amount.State && later.PlanUnitId == amount.PlanUnitId);

    private static AmountRow Row(FundingAmount amount, bool isGathered, IReadOnlyList<ApprovedPlan> plans, bool isReplaced) => new(
        amount.State, amount.Amount, amount.At, amount.Basis, amount.PlanUnitId is { } unit ? plans.FirstOrDefault(plan => isGathered && plan.UnitId == unit)?.Unit ?? "" : Texts.Of<AwardWords>("Amount.Whole"), isReplaced);

    private static Money CarriedIn(Grant grant, IReadOnlyList<FundingAmount> amounts) => amounts
        .Where(amount => amount.State == AmountState.CarriedIn && (grant.IsGathered || amount.PlanUnitId is not null))
        .GroupBy(amount => amount.PlanUnitId).Aggregate(Money.Zero, (sum, unit) => sum + unit.Last().Amount);

    private static ToSend Sending(Grant grant, IReadOnlyList<ApprovedPlan> plans, IReadOnlyList<Person> contacts) => new(
        [.. plans.Select(plan => Sent(grant, plan.Unit, plan.Plan, plan.Version!.Number, plan.Version.Hash))], plans.Max(plan => plan.At!.Value), Asked(plans.Select(plan => plan.Version!.Read()), grant.SourceId),
        [.. contacts.Select(contact => contact.Name)], grant.LatestSubmission is { CorrectionAskedAt: not null } before ? before.Correction : null);

    /// <summary>What plans ask of one source.</summary>
    internal static Money Asked(IEnumerable<HandlingsplanContent> plans, FundingSourceId source) => new(plans.SelectMany(plan => plan.Tiltak).Sum(tiltak => tiltak.BudgetOre.GetValueOrDefault(source.Value)));

    private static string Title(Grant grant, string unit) => Texts.Of<AwardWords>("Plan.Title", grant.Year, unit);

    private static SentVersion Sent(Grant grant, string unit, HandlingsplanId plan, int version, string hash) => new(Title(grant, unit), version, hash, $"/plan/{plan}/utskrift?versjon={version}");

    private static GrantRow Row(Grant grant, GrantPlace place, IReadOnlyDictionary<PersonId, string> names, IReadOnlyList<ApprovedPlan> plans, Limits limits, IReadOnlyList<string> conditions, IReadOnlyList<FundingAmount> amounts) => new()
    {
        Head = place.Head($"/tilskudd/{grant.Id}", Texts.Of<AwardWords>("Grant.Title", grant.Year, place.Source.Code, place.Unit.Name), Texts.Of<AwardWords>("Grant.ShortTitle", place.Source.Code)),
        Plans = [.. plans.Select(plan => new PlanLink(plan.Plan.Value, Title(grant, plan.Unit), $"/plan/{plan.Plan}"))],
        Above = grant.OnlyPlan is { } only ? new Crumb(Title(grant, place.Unit.Name), $"/plan/{only}") : new Crumb(Texts.Of<AwardWords>("Plans.Title", grant.Year, place.Unit.Name), $"/program/{place.Programme.Slug}/{grant.Year}"),
        Condition = place.Source.Condition,
        Conditions = conditions,
        Remarks = place.Source.Remarks,
        State = Texts.Of<AwardWords>("Grant.Expected"),
        Tone = Tone.Neutral,
        Kind = GrantTask.Elsewhere,
        Submissions = [.. grant.Submissions.OrderByDescending(sent => sent.Number).Select(sent => new SubmissionRow(
            sent.Number, [.. sent.Plans.Select(one => Sent(grant, plans.Single(plan => plan.Plan == one.PlanId).Unit, one.PlanId, one.Version, one.Hash))], names[sent.SentBy], sent.SentAt,
            sent.ReceivedAt, sent.Journal, sent.CorrectionAskedAt, sent.Correction))],
        Voted = grant.Voted,
        VotedOn = grant.VotedOn,
        Letter = grant.Letter is { } letter ? Letter(letter, names, limits) : null,
        Comparison = grant.Letter is not null && plans.All(plan => plan.Version is not null) ? Comparison(grant, plans, limits, CarriedIn(grant, amounts)) : null,
        WithoutReason = grant.WithoutReason,
        RefusalText = grant.RefusalText,
        RefusedAt = grant.RefusedAt,
        Amounts = [.. amounts.Select(amount => Row(amount, grant.IsGathered, plans, IsReplaced(amount, amounts)))],
    };

    private static LetterRow Letter(Tilskuddsbrev letter, IReadOnlyDictionary<PersonId, string> names, Limits limits) => new(
        letter.Reference, letter.ReceivedOn, letter.Amount, letter.ReportDueOn, letter.AuditorFrom, limits.AuditorFrom, letter.MayCarryOver, letter.TermsText,
        names[letter.RegisteredBy], letter.RegisteredAt, letter.AcceptedAt, letter.AcceptedBy is { } by ? names[by] : "")
    {
        Payments = [.. letter.Payments.OrderBy(payment => payment.Number).Select(payment => new PlannedPayment(payment.On, payment.Amount))],
        ChangesNeedConsent = letter.ChangesNeedConsent,
    };

    private static ComparisonRow Comparison(Grant grant, IReadOnlyList<ApprovedPlan> plans, Limits limits, Money carriedIn)
    {
        var lines = AnsweredPlans.Lines(grant, plans);
        var compared = grant.Compare(lines, limits, carriedIn);
        var percent = compared.Planned == Money.Zero ? (decimal?)null : Math.Round(compared.Difference.Ore * 100m / compared.Planned.Ore, 1, MidpointRounding.AwayFromZero);
        return new ComparisonRow(grant.IsGathered ? null : plans[0].Version!.Number, compared.Planned, compared.Granted, compared.Difference, percent, compared.IsWithinLimit, limits.LetterPercent, limits.LetterAmount, carriedIn,
            Lines(grant.Letter!, lines, compared), compared.NeedsSpread && grant.Letter!.AcceptedAt is null, StandingSpread(grant.Letter!, lines));
    }

    // A plan that was approved with other lines since has taken the letter into account: where all have, nothing of the spread is left to tell.
    private static SpreadRule? StandingSpread(Tilskuddsbrev letter, IReadOnlyList<PlannedLine> lines) => letter.AmountsOf(lines).Zip(lines).Any(one => one.First != one.Second.Amount) ? letter.SpreadBy : null;

    private static IReadOnlyList<LineRow> Lines(Tilskuddsbrev letter, IReadOnlyList<PlannedLine> lines, LetterComparison compared)
    {
        if (lines.Count == 0)
        {
            return [];
        }

        var toLay = compared.NeedsSpread ? compared.ToLay : letter.Amount;
        var (proportional, byPriority) = (LetterSpread.Proportional.Over(lines, toLay).Lines, LetterSpread.ByPriority.Over(lines, toLay).Lines);
        var amounts = letter.AmountsOf(lines);
        return [.. lines.Select((line, at) => new LineRow(line.Tiltak.Value, line.Name, line.Amount, proportional[at], byPriority[at], letter.SpreadBy is null ? null : amounts[at]))];
    }
}
