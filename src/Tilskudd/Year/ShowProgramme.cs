using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Meetings;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using static Tilskudd.Year.ShowSources;

namespace Tilskudd.Year;

/// <summary>Reads a programme, one year of it, and the list of plans, for a person who may see them.</summary>
internal sealed class ShowProgramme(FlowLibrary flows, ReadOwnRules rules, TimeProvider clock)
{
    private LocalDate Today => OsloTime.On(clock.GetUtcNow()).Date;

    /// <summary>The programme, or null when it does not exist or is not for this person to know of.</summary>
    public async Task<ProgrammeRow?> Row(TilskuddDb db, string slug, PersonId reader, CancellationToken ct)
    {
        var (programme, municipality) = await Find(db, slug, reader, ct);
        if (programme is null)
        {
            return null;
        }

        var units = await Units(db, programme.Id, ct);
        var unitNames = units.ToDictionary(unit => unit.Id, unit => unit.Name);
        var bodies = await db.Bodies.Where(body => body.ProgrammeId == programme.Id && body.ToOn == null).OrderBy(body => body.Key).ThenBy(body => body.Name).ToListAsync(ct);
        var roles = (await db.Roles.Where(role => role.ProgrammeId == programme.Id).ToListAsync(ct)).Where(role => role.HoldsOn(Today)).ToList();
        var people = await People(db, [.. bodies.SelectMany(body => body.Seats).Select(seat => seat.PersonId).OfType<PersonId>(), .. roles.Select(role => role.PersonId)], ct);
        var ids = units.Select(unit => unit.Id).ToList();
        var plans = await db.Handlingsplaner.Where(plan => ids.Contains(plan.PlanUnitId)).Select(plan => plan.Year).ToListAsync(ct);
        var sources = await db.FundingSources.Where(source => source.ProgrammeId == programme.Id).OrderBy(source => source.Number).ToListAsync(ct);
        var latest = sources.Count == 0 ? (GrantYear?)null : sources.Max(source => source.Year);
        var years = plans.Concat(sources.Select(source => source.Year)).Distinct().OrderDescending().ToList();
        var meetings = await ComingMeetings.Last(db, reader, await Rights.Administers(db, reader, Today, ct), programme.Id, clock.GetUtcNow(), ct);
        var leading = roles.Where(role => role.PersonId == reader && role.Role is Role.ProgrammeLeader or Role.Secretary).ToList();
        return new ProgrammeRow(
            programme.Name, municipality!.Name, Path(programme), programme.Goal, Period(programme), municipality.Language,
            [.. years.Select(year => new YearLine(year.Number, $"{Path(programme)}/{year}", PlanCount(plans.Count(other => other == year))))],
            [.. units.Select(unit => new UnitRow(unit.Name, string.Join(", ", Facts(unit))))],
            [.. bodies.Select(body => Body(body, people, unitNames) with
            {
                Meetings = [.. meetings.Where(meeting => meeting.Of == body.Id)],
                MeetPath = leading.Any(role => role.PlanUnitId is null || body.PlanUnitId is null || role.PlanUnitId == body.PlanUnitId) ? $"/mote/ny?organ={body.Id}" : null,
            })],
            [.. roles.OrderBy(role => role.Role).Select(role => new HeldBy(
                Texts.Of<SignInWords>($"Role.{role.Role}"), people.GetValueOrDefault(role.PersonId), role.PlanUnitId is { } unit ? unitNames.GetValueOrDefault(unit, "") : ""))],
            latest?.Number, latest is null ? [] : Rows(sources.Where(source => source.Year == latest), [.. sources.Where(source => source.Year.Number == latest.Value.Number - 1)], await Grantors(db, ct), units, await db.Criteria.In(programme.Id, latest.Value).ToListAsync(ct)),
            await OpenYear.Leads(db, reader, programme.Id, Today, ct) ? [.. Openable(programme, units, plans)] : [],
            await rules.Of(db, programme, await OpenYear.Leads(db, reader, programme.Id, Today, ct), ct))
        {
            Remarks = [.. programme.Remarks.Select(text => new RemarkRow("", text)), .. units.SelectMany(unit => unit.Remarks.Select(text => new RemarkRow(unit.Name, text)))],
        };
    }

    /// <summary>One year of a programme; null when the programme is not for this person, or has nothing to do with the year.</summary>
    public async Task<YearRow?> Year(TilskuddDb db, string slug, GrantYear year, PersonId reader, CancellationToken ct)
    {
        var (programme, _) = await Find(db, slug, reader, ct);
        if (programme is null)
        {
            return null;
        }

        var units = await Units(db, programme.Id, ct);
        var names = units.ToDictionary(unit => unit.Id, unit => unit.Name);
        var ids = names.Keys.ToList();
        var plans = await db.Handlingsplaner.Where(plan => ids.Contains(plan.PlanUnitId) && plan.Year == year).Select(plan => new { plan.Id, plan.PlanUnitId }).ToListAsync(ct);
        var grants = await db.Grants.IgnoreAutoIncludes().Include(grant => grant.Letter).Where(grant => ids.Contains(grant.PlanUnitId) && grant.Year == year).ToListAsync(ct);
        var reports = await db.Rapporter.Where(rapport => ids.Contains(rapport.PlanUnitId) && rapport.Year == year).Select(rapport => new { rapport.Id, rapport.PlanUnitId, rapport.GrantId }).ToListAsync(ct);
        var evaluations = await db.Set<Evaluation>().Where(evaluation => evaluation.ProgrammeId == programme.Id && evaluation.Year == year).ToListAsync(ct);
        var changes = await db.Set<PlanChange>().Where(change => ids.Contains(change.PlanUnitId) && change.Year == year).ToListAsync(ct);
        var runs = await Stands(db.Set<Run>().Where(run => run.ProgrammeId == programme.Id && run.Year == year), ct);
        var before = year.Number > GrantYear.Earliest ? year.Previous() : year;
        var bothYears = await db.FundingSources.Where(source => source.ProgrammeId == programme.Id && (source.Year == year || source.Year == before)).ToListAsync(ct);
        var sources = bothYears.Where(source => source.Year == year).ToList();
        if (plans.Count == 0 && sources.Count == 0 && !programme.Covers(year))
        {
            return null;
        }

        var codes = sources.ToDictionary(source => source.Id, source => source.Code);
        var held = await SendWithout.Held(db, programme.Id, year, ct) is { } waiting && await OpenYear.Leads(db, reader, programme.Id, Today, ct) ? new HeldRow(waiting.Approved, waiting.Missing) : null;
        return new YearRow(
            programme.Name, Path(programme), year.Number,
            programme.Covers(year) && units.Any(unit => unit.Makes(year) && plans.All(plan => plan.PlanUnitId != unit.Id)) && await OpenYear.Leads(db, reader, programme.Id, Today, ct), plans.Count > 0,
            Rows(sources, [.. bothYears.Where(source => source.Year < year)], await Grantors(db, ct), units, await db.Criteria.In(programme.Id, year).ToListAsync(ct)),
            [.. units.SelectMany(unit => plans.Where(plan => plan.PlanUnitId == unit.Id).Select(plan => Line(Text("Plan.Name", year, unit.Name), $"/plan/{plan.Id}", Latest(runs, plan.Id.Value), "")))],
            [.. grants.OrderBy(grant => names[grant.PlanUnitId]).ThenBy(grant => codes.GetValueOrDefault(grant.SourceId))
                .Select(grant => Line(
                    Text("Grant.Name", codes.GetValueOrDefault(grant.SourceId, ""), names[grant.PlanUnitId]), $"/tilskudd/{grant.Id}", Latest(runs, grant.Id.Value),
                    grant.Letter is { } letter ? Text("Grant.Letter", letter.Amount.ToKroner(Languages.Current.Culture()), letter.Reference) : Latest(runs, grant.Id.Value) is { IsOpen: false } ? "" : Text("Grant.NoLetter")))],
            [.. changes.OrderBy(change => change.OpenedAt).Select(change => Line(
                Text($"Change.{change.Reason}", string.Join(", ", change.Grants.Select(id => codes.GetValueOrDefault(grants.First(grant => grant.Id == id).SourceId, ""))), names[change.PlanUnitId]), $"/endring/{change.Id}", Latest(runs, change.Id.Value), ""))],
            [.. reports.OrderBy(rapport => names[rapport.PlanUnitId]).Select(rapport => Line(
                Text("Report.Name", codes.GetValueOrDefault(grants.FirstOrDefault(grant => grant.Id == rapport.GrantId)?.SourceId ?? default, ""), names[rapport.PlanUnitId]),
                $"/rapport/{rapport.Id}", Latest(runs, rapport.Id.Value), ""))],
            [.. evaluations.Select(evaluation => Line(Text("Evaluation.Name", programme.Name), $"/evaluering/{evaluation.Id}", Latest(runs, evaluation.Id.Value), evaluation.Title))],
            plans.Count > 0 && evaluations.Count == 0 && programme.Covers(year) && programme.LastToEvaluate(year) >= Today.Year && await OpenYear.Leads(db, reader, programme.Id, Today, ct))
        {
            Held = held,
        };
    }

    /// <summary>Every programme the person sees, with its plans, the newest year first.</summary>
    /// <param name="search">Words of a programme's name or its municipality's; empty for all.</param>
    /// <param name="page">From 1.</param>
    public async Task<PlanList> Plans(TilskuddDb db, PersonId reader, string search, int page, CancellationToken ct)
    {
        var seen = (await Rights.Seen(db, reader, Today, ct)).ToList();
        var all = await db.Programmes.Where(programme => seen.Contains(programme.Id))
            .Join(db.Municipalities, programme => programme.MunicipalityId, municipality => municipality.Id, (programme, municipality) => new { programme.Id, programme.Slug, programme.Name, Municipality = municipality.Name })
            .OrderBy(programme => programme.Municipality).ThenBy(programme => programme.Name).ThenBy(programme => programme.Id).ToListAsync(ct);
        var found = all.Where(programme => SearchText.Fits(search, $"{programme.Name} {programme.Municipality}")).ToList();
        var paging = new CountedPaging(page, found.Count);
        var shown = found.Skip(paging.Skip).Take(paging.PerPage).ToList();
        var ids = shown.Select(programme => programme.Id).ToList();
        var plans = await db.PlanUnits.Where(unit => ids.Contains(unit.ProgrammeId))
            .Join(db.Handlingsplaner, unit => unit.Id, plan => plan.PlanUnitId, (unit, plan) => new { unit.ProgrammeId, unit.Name, plan.Id, plan.Year })
            .ToListAsync(ct);
        var runs = await Stands(db.Set<Run>().Where(run => ids.Contains(run.ProgrammeId) && run.DocumentKind == DocumentKind.Handlingsplan), ct);
        var byDocument = runs.ToLookup(run => run.DocumentId);
        return new PlanList(search, all.Count, paging, [.. shown.Select(programme => new PlanListRow(
            programme.Name, programme.Municipality, $"/program/{programme.Slug}",
            [.. plans.Where(plan => plan.ProgrammeId == programme.Id).OrderByDescending(plan => plan.Year).ThenBy(plan => plan.Name)
                .Select(plan => Line(Text("Plan.Name", plan.Year, plan.Name), $"/plan/{plan.Id}", byDocument[plan.Id.Value].LastOrDefault(), ""))]))]);
    }

    private static IEnumerable<string> Facts(PlanUnit unit)
    {
        yield return Text($"Unit.{unit.Kind}");
        if (unit.Phase != UnitPhase.Full)
        {
            yield return Text($"Phase.{unit.Phase}");
        }

        if ((unit.FromYear, unit.ToYear) is not (null, null) and var (from, to))
        {
            yield return (from, to) switch
            {
                (not null, not null) => Text("Period.FromTo", from, to!),
                (not null, null) => Text("Unit.From", from),
                _ => Text("Unit.To", to!),
            };
        }

        if (unit.MergedIn is { } year)
        {
            yield return Text("Unit.Merged", string.Join(" + ", unit.MergedFrom), year);
        }
    }

    private static string Path(Programme programme) => $"/program/{programme.Slug}";

    // A run carries its engine's state with it, and a list of many years needs no more than where each stands.
    private static Task<List<RunStand>> Stands(IQueryable<Run> runs, CancellationToken ct) => runs.IgnoreAutoIncludes().OrderBy(run => run.StartedAt)
        .Select(run => new RunStand(run.DocumentId, run.Flow, run.StepId, run.ClosedAt == null, run.ClosedAs, run.DueAt)).ToListAsync(ct);

    private static RunStand? Latest(IEnumerable<RunStand> runs, Guid document) => runs.LastOrDefault(run => run.DocumentId == document);

    private DocumentLine Line(string name, string path, RunStand? run, string text)
    {
        if (run is null)
        {
            return new DocumentLine(name, path, Text("State.None"), Tone.Neutral, text);
        }

        var words = flows.Words(run.Flow, Languages.Current.Code());
        var isLate = run is { IsOpen: true, DueAt: { } due } && clock.GetUtcNow() >= due;
        var tone = isLate ? Tone.Danger : run.IsOpen ? Tone.Info : Tone.Success;
        return new DocumentLine(name, path, run.IsOpen ? words.Steps[run.StepId].Name : words.States[run.ClosedAs], tone, isLate ? Text("State.Late", text).Trim() : text);
    }

    private async Task<(Programme? Programme, Municipality? Municipality)> Find(TilskuddDb db, string slug, PersonId reader, CancellationToken ct)
    {
        var found = await db.Programmes.Where(programme => programme.Slug == slug)
            .Join(db.Municipalities, programme => programme.MunicipalityId, municipality => municipality.Id, (programme, municipality) => new { programme, municipality })
            .SingleOrDefaultAsync(ct);
        return found is not null && (await Rights.Seen(db, reader, Today, ct)).Contains(found.programme.Id) ? (found.programme, found.municipality) : (null, null);
    }

    private static Task<List<PlanUnit>> Units(TilskuddDb db, ProgrammeId programme, CancellationToken ct) =>
        db.PlanUnits.Where(unit => unit.ProgrammeId == programme).OrderBy(unit => unit.Name).ToListAsync(ct);

    private static Task<Dictionary<GrantorId, string>> Grantors(TilskuddDb db, CancellationToken ct) => db.Grantors.ToDictionaryAsync(grantor => grantor.Id, grantor => grantor.Name, ct);

    private static Task<Dictionary<PersonId, NamedPerson>> People(TilskuddDb db, IReadOnlyList<PersonId> ids, CancellationToken ct) =>
        db.People.Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => new NamedPerson(person.Name, person.IsInvented), ct);

    // The year at hand and the next one, where the agreement covers them and some unit has no plan yet; never one before the last that was opened.
    private IEnumerable<int> Openable(Programme programme, IReadOnlyList<PlanUnit> units, List<GrantYear> plans) =>
        new[] { Today.Year, Today.Year + 1 }.Where(number => GrantYear.TryFrom(number, out var year)
            && programme.Covers(year) && plans.All(other => other <= year) && plans.Count(other => other == year) < units.Count(unit => unit.Makes(year)));

    private static string PlanCount(int count) => count switch
    {
        0 => Text("Plans.None"),
        1 => Text("Plans.One"),
        _ => Text("Plans.Many", count),
    };

    private static string Period(Programme programme) => (programme.FromYear, programme.ToYear) switch
    {
        ({ } from, { } to) => Text("Period.FromTo", $"{from}", $"{to}"),
        ({ } from, null) => Text("Period.From", $"{from}"),
        (null, { } to) => Text("Period.To", $"{to}"),
        (null, null) => Text("Period.Unknown"),
    };

    private BodyRow Body(Body body, Dictionary<PersonId, NamedPerson> people, Dictionary<PlanUnitId, string> units) => new(
        body.Name, body.PlanUnitId is { } unit ? units.GetValueOrDefault(unit, "") : "", [.. Rules(body)],
        [.. body.SeatsOn(Today).Select(seat => new HeldBy(Text($"Seat.{seat.Role}"), seat.PersonId is { } person ? people.GetValueOrDefault(person) : null, seat.Group ?? ""))]);

    /// <summary>The rules a body decides by, in words.</summary>
    public static IEnumerable<SummaryRow> Rules(Body body)
    {
        yield return new SummaryRow(Text("Rule.Regime"), Text($"Regime.{body.Regime}"));
        yield return new SummaryRow(Text("Rule.Competent"), Text(body.IsCompetent ? "Competent.Yes" : "Competent.No"));
        yield return new SummaryRow(Text("Rule.Mode"), Text($"Mode.{body.Mode}"));
        if (body.Regime == Regime.Mandat)
        {
            yield return new SummaryRow(Text("Rule.Quorum"), $"{body.QuorumNumerator}/{body.QuorumDenominator}");
            yield return new SummaryRow(Text("Rule.Majority"), Text($"Majority.{body.Majority}"));
            yield return new SummaryRow(Text("Rule.Tie"), Text($"Tie.{body.Tie}"));
            yield return new SummaryRow(Text("Rule.Written"), Text($"Written.{body.Written}"));
            yield return new SummaryRow(Text("Rule.Abstain"), Text(body.MayAbstain ? "Abstain.Yes" : "Abstain.No"));
        }

        if (body.NoticeDays is { } days)
        {
            yield return new SummaryRow(Text("Rule.Notice"), Text(days == 1 ? "Rule.Notice.Days.One" : "Rule.Notice.Days", days));
        }

        if (body.LegalBasis.Length > 0)
        {
            yield return new SummaryRow(Text("Rule.Basis"), body.LegalBasis);
        }
    }
}

/// <summary>Where a run stands, and when it is due.</summary>
internal sealed record RunStand(Guid DocumentId, string Flow, string StepId, bool IsOpen, string ClosedAs, DateTimeOffset? DueAt);
