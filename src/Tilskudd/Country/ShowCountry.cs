using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Year.Sources;

namespace Tilskudd.Country;

/// <summary>
/// Reads a year of the whole country for those who have it as their field, an administrator and the grantors' contacts; others see their own
/// programmes in the same table. The questions are as many for one programme as for all.
/// </summary>
internal sealed class ShowCountry(FlowLibrary flows, ApprovedPlans approved, TimeProvider clock)
{
    private static readonly AmountState[] States = [AmountState.Proposed, AmountState.Voted, AmountState.Granted, AmountState.Revised];

    /// <param name="asked">The year as typed; the year at hand, or the last there is money for, where none is.</param>
    /// <param name="figures">The name of one state, or null for what holds now.</param>
    /// <returns>Null when the year or the state is none.</returns>
    public async Task<CountryContent?> Of(TilskuddDb db, SignedIn reader, string? asked, string? figures, CancellationToken ct)
    {
        var state = States.Where(known => Key(known) == figures).Select(known => (AmountState?)known).FirstOrDefault();
        if (!string.IsNullOrEmpty(figures) && state is null)
        {
            return null;
        }

        var today = OsloTime.On(clock.GetUtcNow()).Date;
        var seen = await Seen(db, reader, today, ct);
        var years = await db.FundingSources.IgnoreAutoIncludes().Where(source => seen.Contains(source.ProgrammeId)).Select(source => source.Year).Distinct().ToListAsync(ct);
        if (Asked(asked, years, today.Year) is not { } year)
        {
            return null;
        }

        var data = await CountryYear.Read(db, seen, year, approved, ct);
        var division = new CountryDivision(data, state);
        var planned = new CountryPlans(data, RealWorld.BuiltIn);
        var outside = RealWorld.BuiltIn.Budget.Year == year
            ? RealWorld.BuiltIn.Budget.OutsideTable.Where(amount => data.Programmes.Any(programme => data.MunicipalityOf(programme) == amount.Municipality)).ToList()
            : [];
        var rows = division.Rows();
        return new CountryContent(
            year.Number, [.. years.Select(known => known.Number).Append(year.Number).Distinct().OrderDescending()], figures ?? "", [.. States.Select(known => new Choice(Key(known), Words($"State.{known}")))],
            [.. division.Ministries.Select(grantor => new MinistryColumn(grantor.Code, grantor.Name))], rows, division.Total(),
            [.. outside.Select(amount => new OutsideRow(amount.Municipality, amount.Purpose, amount.Ministry, amount.Amount))], outside.Count == 0 ? "" : RealWorld.BuiltIn.Budget.OutsideTableVerbatim,
            division.Statuses(StatusNames()), planned.Themes(), planned.Criteria(), planned.Sum, rows.Count(row => !row.IsUnit));
    }

    internal static string Words(string key, params object[] arguments) => Texts.Of<CountryWords>(key, arguments);

    private static string Key(AmountState state) => state.ToString().ToLowerInvariant();

    // A part of each question, and not hundreds of ids sent along with it.
    private static async Task<IQueryable<ProgrammeId>> Seen(TilskuddDb db, SignedIn reader, LocalDate today, CancellationToken ct)
    {
        var programmes = db.Programmes.Select(programme => programme.Id);

        // Who is contact at a grantor that is no more reads what was sent to it, and no country.
        var grantors = reader.Roles.Where(held => held.Role == Role.GrantorContact).Select(held => held.GrantorId).OfType<GrantorId>().ToList();
        if (reader.Has(Role.Administrator) || (grantors.Count > 0 && await db.Grantors.LastingOn(today).AnyAsync(grantor => grantors.Contains(grantor.Id), ct)))
        {
            return programmes;
        }

        var own = (await Rights.Seen(db, reader.Id, today, ct)).ToList();
        return programmes.Where(programme => own.Contains(programme));
    }

    private static GrantYear? Asked(string? typed, List<GrantYear> years, int today)
    {
        if (!string.IsNullOrEmpty(typed))
        {
            return GrantYear.TryParse(typed, out var asked) ? asked : null;
        }

        var now = new GrantYear(today);
        return years.Count == 0 || years.Contains(now) ? now : years.Max();
    }

    // The flows' own words for the year's phases, in the order of the year.
    private IReadOnlyList<(string Phase, string Name)> StatusNames()
    {
        var names = flows.PhaseNames();
        return [(CountryDivision.NotOpened, Words("Status.NotOpened")), .. PhaseKeys.All.Where(names.ContainsKey).Select(phase => (phase, names[phase])), (CountryDivision.Ended, Words("Status.Ended"))];
    }
}

/// <summary>What is kept of a year of some programmes, read in as many questions whatever their number.</summary>
internal sealed record CountryYear(
    GrantYear Year, IReadOnlyList<Programme> Programmes, IReadOnlyDictionary<MunicipalityId, string> Municipalities, ILookup<ProgrammeId, PlanUnit> Units, ILookup<ProgrammeId, FundingSource> Sources,
    IReadOnlyList<Grantor> Grantors, ILookup<PlanUnitId, Standing> Runs, IReadOnlyList<ApprovedTiltak> Approved, IReadOnlyDictionary<string, List<string>> Keys)
{
    public string MunicipalityOf(Programme programme) => Municipalities[programme.MunicipalityId];

    public static async Task<CountryYear> Read(TilskuddDb db, IQueryable<ProgrammeId> seen, GrantYear year, ApprovedPlans plans, CancellationToken ct)
    {
        var programmes = await db.Programmes.AsNoTracking().Where(programme => seen.Contains(programme.Id)).ToListAsync(ct);
        var municipalities = await db.Municipalities.ToDictionaryAsync(municipality => municipality.Id, municipality => municipality.Name, ct);
        var units = await db.PlanUnits.AsNoTracking().Where(unit => seen.Contains(unit.ProgrammeId)).ToListAsync(ct);
        var sources = await db.FundingSources.AsNoTracking().AsSingleQuery().Where(source => seen.Contains(source.ProgrammeId) && source.Year == year && source.GrantorId != null).ToListAsync(ct);
        var grantors = await db.Grantors.AsNoTracking().ToListAsync(ct);
        var runs = await db.Set<Run>().IgnoreAutoIncludes().Where(run => seen.Contains(run.ProgrammeId) && run.Year == year)
            .Select(run => new { run.DocumentId, Standing = new Standing(run.PlanUnitId, run.Phase, run.ClosedAt == null) }).ToListAsync(ct);

        // What is sent and answered for several units together, is on its way for each of those whose plans were sent; a late one has a run of its own.
        var together = await Together(db, [.. units.Where(unit => unit.Kind == PlanUnitKind.Gathering).Select(unit => unit.Id)], year, ct);
        var standing = runs.SelectMany(run => together.Contains(run.DocumentId) ? together[run.DocumentId].Select(unit => run.Standing with { Unit = unit }) : [run.Standing]).ToList();

        // What units there were in other years is none of this one's.
        var there = standing.Select(run => run.Unit).Concat(sources.SelectMany(source => source.SharedBy(units.Where(unit => unit.ProgrammeId == source.ProgrammeId)))).ToHashSet();
        var approved = await plans.Of(db, db.PlanUnits.Where(unit => seen.Contains(unit.ProgrammeId)).Select(unit => unit.Id), year, Withheld(sources, units), ct);
        var met = approved.SelectMany(tiltak => tiltak.Criteria).Distinct().ToList();
        var criteria = await db.Criteria.Where(criterion => met.Contains(criterion.Id)).Select(criterion => new { criterion.Id, criterion.Keys }).ToListAsync(ct);
        return new CountryYear(
            year, programmes, municipalities, units.Where(unit => unit.Kind != PlanUnitKind.Gathering && (unit.Makes(year) || there.Contains(unit.Id))).ToLookup(unit => unit.ProgrammeId), sources.ToLookup(source => source.ProgrammeId), grantors, standing.ToLookup(run => run.Unit),
            approved, criteria.ToDictionary(criterion => criterion.Id, criterion => criterion.Keys));
    }

    // Nought after the proposal is an answer like another: a refusal, or a vote that left nothing.
    private static ILookup<PlanUnitId, Guid> Withheld(IEnumerable<FundingSource> sources, IReadOnlyList<PlanUnit> units) => sources
        .Where(source => source.Amounts.Any(amount => amount.State != AmountState.Proposed && amount.Amount == Money.Zero))
        .SelectMany(source => units.Where(unit => unit.ProgrammeId == source.ProgrammeId && source.FrameFor(unit.Id) == Money.Zero).Select(unit => (Unit: unit.Id, Source: source.Id.Value)))
        .ToLookup(one => one.Unit, one => one.Source);

    /// <summary>The units whose plans a gathered grant answers, by the grant and by the report on it.</summary>
    private static async Task<ILookup<Guid, PlanUnitId>> Together(TilskuddDb db, IReadOnlyList<PlanUnitId> gathering, GrantYear year, CancellationToken ct)
    {
        var grants = await db.Grants.IgnoreAutoIncludes().Where(grant => gathering.Contains(grant.PlanUnitId) && grant.Year == year).Select(grant => new { grant.Id, grant.PlanId, grant.OtherPlans }).ToListAsync(ct);
        var reports = await db.Rapporter.IgnoreAutoIncludes().Where(rapport => gathering.Contains(rapport.PlanUnitId) && rapport.Year == year).Select(rapport => new { rapport.Id, rapport.GrantId }).ToListAsync(ct);
        var plans = grants.SelectMany(grant => grant.OtherPlans.Prepend(grant.PlanId)).Distinct().ToList();
        var units = await db.Handlingsplaner.IgnoreAutoIncludes().Where(plan => plans.Contains(plan.Id)).Select(plan => new { plan.Id, plan.PlanUnitId }).ToDictionaryAsync(plan => plan.Id, plan => plan.PlanUnitId, ct);
        var answered = grants.ToDictionary(grant => grant.Id, grant => grant.OtherPlans.Prepend(grant.PlanId).Select(plan => units[plan]).ToList());
        return answered.SelectMany(grant => grant.Value.Select(unit => (Document: grant.Key.Value, Unit: unit)))
            .Concat(reports.Where(rapport => answered.ContainsKey(rapport.GrantId)).SelectMany(rapport => answered[rapport.GrantId].Select(unit => (Document: rapport.Id.Value, Unit: unit))))
            .ToLookup(one => one.Document, one => one.Unit);
    }
}

/// <summary>Where one run of a unit's year stands.</summary>
internal sealed record Standing(PlanUnitId Unit, string Phase, bool IsOpen);
