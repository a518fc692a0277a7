using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Year.Sources;

namespace Tilskudd.Demo;

/// <summary>
/// Carries a real programme into the database with made-up people: municipality, units, criteria, grantors, the money of each year, roles,
/// and a political group, or boards, whose rules are assumed. One story through the door, told in the trail.
/// </summary>
internal sealed class LoadProgramme(Door door, SecretSource secrets, RealWorld world, int seed)
{
    /// <summary>No source says since when anyone has a role or a seat.</summary>
    private static readonly LocalDate Since = new(2019, 1, 1);

    private static readonly Mandate AssumedMandate = new(1, 2, Majority.Simple, TieRule.Leader, MayAbstain: false, WrittenRule.Majority);

    /// <summary>No source says how many are in Bergen's group.</summary>
    private const int Directors = 5;

    private readonly LoadMoney _money = new(world, seed);

    /// <param name="source">The programme.</param>
    /// <param name="years">The grant years whose money is loaded.</param>
    public async Task<LoadedProgramme> Load(ProgrammeSource source, params IReadOnlyList<GrantYear> years)
    {
        LoadedProgramme? loaded = null;
        var refusal = await door.Write(async w =>
        {
            loaded = await Tell(w, source, years);
            return null;
        });
        return refusal is null && loaded is not null ? loaded : throw new InvalidOperationException($"Loading {source.Slug} was refused: {refusal}.");
    }

    private async Task<LoadedProgramme> Tell(Writing w, ProgrammeSource source, IReadOnlyList<GrantYear> years)
    {
        var slug = LoadedProgramme.SlugOf(source);
        var municipality = new Municipality(w.Ids.Next<MunicipalityId>(), source.Municipality, "nb");
        var goal = IsStromso(source) ? world.Criteria.StromsoGoalVerbatim : "";
        var programme = new Programme(
            w.Ids.Next<ProgrammeId>(), municipality.Id, slug, source.DisplayName, source.Period.From?.Number, source.Period.To?.Number, goal);
        if (IsStromso(source))
        {
            programme.PlanEvaluation(new GrantYear(world.StromsoTimePlan.Steps[^1].When.To.Year));
        }

        var file = source.Slug == "bergen" ? BergenImport.File : source.Slug == "oslo" ? OsloImport.File : "";
        programme.Remark(world.Remarks(file, "$.avvik"));
        w.Db.Add(municipality);
        w.Db.Add(programme);
        var units = Units(w, source, programme.Id);
        var gathering = Gathering(w, source, programme.Id);
        w.Db.AddRange(Criteria(source, programme.Id));
        var grantors = await Grantors(w, source, years);
        foreach (var year in years)
        {
            _money.Load(w, source, programme.Id, [.. units.Where(unit => unit.Makes(year))], grantors, year);
        }

        var cast = InventedPeople.For(seed, source.Slug, [.. units.Select(unit => unit.Slug)], [.. grantors.Keys.Order(StringComparer.Ordinal)], directors: HasInternalGroup(source) ? Directors : 0, boards: Delprogram(source).Count);
        var newcomers = new HashSet<PersonId>();
        var people = await People(w, cast, newcomers);
        var roles = Roles(w, cast, people, newcomers, programme.Id, units, grantors);
        if (gathering is not null)
        {
            // Whoever coordinates the first unit sees to the letters and the reports.
            var coordinator = roles.First(role => role.Role == Role.Coordinator && role.For == units[0].Slug).Person;
            roles.Add(new LoadedRole(Role.Coordinator, gathering.Slug, coordinator));
            w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), coordinator.Id, Role.Coordinator, programme.Id, gathering.Id, null, Since, null));
        }

        AddBodies(w, source, cast, people, programme.Id);
        if (HasInternalGroup(source))
        {
            AddInternalGroup(w, cast, people, programme.Id);
        }

        w.Record(new TrailEvent(Actor.System, "programme-loaded", "programme", programme.Id.ToString(), "", new JsonObject
        {
            ["programme"] = slug,
            ["units"] = units.Count,
            ["people"] = people.Count,
        }));
        var members = cast.Seats.Concat(cast.Boards.SelectMany(board => board)).Where(seat => seat.Role is not (SeatRole.Deputy or SeatRole.Observer)).Select(seat => seat.Person.Email);
        return new LoadedProgramme(programme.Id, slug, source, units, gathering, roles, [.. people.Values], [.. members]);
    }

    private static bool IsStromso(ProgrammeSource source) => source.PlanUnits is [{ Slug: "stromso-2030" }];

    // Bergen's directors have the plan before the politicians (DOC-001:16).
    private static bool HasInternalGroup(ProgrammeSource source) => source.Slug == "bergen";

    // Each of Oslo's delprogram has its board (domain.md 7); that all of them decide on every plan, is made up.
    private static IReadOnlyList<PlanUnitSource> Delprogram(ProgrammeSource source) => [.. source.PlanUnits.Where(unit => unit.Kind == PlanUnitKind.Delprogram)];

    private List<PlanUnit> Units(Writing w, ProgrammeSource source, ProgrammeId programme)
    {
        var units = new List<PlanUnit>();
        foreach (var unit in source.PlanUnits)
        {
            var parent = units.FirstOrDefault(earlier => earlier.Slug == unit.ParentSlug)?.Id;
            var made = new PlanUnit(w.Ids.Next<PlanUnitId>(), programme, unit.Slug, unit.Name, unit.Kind, parent);
            made.Remark(source.Slug == "bergen" ? Of(BergenImport.File, "omraader", world.Bergen.Areas.Select(area => area.Name), unit)
                : source.Slug == "oslo" ? Of(OsloImport.File, "delprogram", world.Oslo.Subprogrammes.Select(part => part.Name), unit) : []);
            if (source.Slug == "bergen" && world.Bergen.Areas.FirstOrDefault(area => area.Name == unit.Name) is { } area)
            {
                made.Lasts(area.From?.Number, area.To?.Number, area.IsPreliminaryProject ? UnitPhase.Preliminary : UnitPhase.Full);
                if (area.MergedIn is { } merged)
                {
                    made.Merge(area.Parts, merged.Number);
                }
            }

            units.Add(made);
        }

        w.Db.AddRange(units);
        return units;

        IEnumerable<string> Of(string file, string list, IEnumerable<string> names, PlanUnitSource unit) =>
            names.ToList().IndexOf(unit.Name) is var at && at < 0 ? [] : world.Remarks(file, $"$.{list}[{at}]");
    }

    // Where there are delprogram, they and the bydeler are parts of one whole, and what they have approved is sent together.
    private static PlanUnit? Gathering(Writing w, ProgrammeSource source, ProgrammeId programme)
    {
        if (Delprogram(source).Count == 0)
        {
            return null;
        }

        var unit = new PlanUnit(w.Ids.Next<PlanUnitId>(), programme, $"{source.Slug}-samlet", $"{source.Municipality} samlet", PlanUnitKind.Gathering, null);
        w.Db.Add(unit);
        return unit;
    }

    /// <summary>The id of a funder's own condition in Strømsø's list.</summary>
    public static string ConditionOf(string ministry) => $"DRM-{ministry}";

    // A municipality whose own wording no source gives has the common set, under ids of its own. Strømsø has AID's own condition beside (DOC-004:156).
    private IEnumerable<Criterion> Criteria(ProgrammeSource source, ProgrammeId programme)
    {
        var own = world.Criteria.WordingsIn(source.Municipality).ToList();
        if (own.Count == 0)
        {
            return world.Criteria.Criteria.Select((criterion, index) => new Criterion(
                $"{source.Slug.ToUpperInvariant()}-{criterion.Id}", programme, index + 1, criterion.Text, [criterion.Id]));
        }

        var conditions = IsStromso(source) ? world.Criteria.FunderTerms : [];
        return
        [
            .. own.Select(wording => new Criterion(
                wording.Id, programme, wording.Number, wording.TextVerbatim, world.Criteria.BehindWording(wording.Id).Select(criterion => criterion.Id), wording.Ministry)),
            .. conditions.Select((term, index) => new Criterion(ConditionOf(term.Ministry), programme, own.Count + 1 + index, term.TextVerbatim, [], term.Ministry)),
        ];
    }

    private async Task<Dictionary<string, GrantorId>> Grantors(Writing w, ProgrammeSource source, IReadOnlyList<GrantYear> years)
    {
        var codes = years.SelectMany(year => _money.Ministries(source, year)).Distinct().Order(StringComparer.Ordinal).ToList();
        var known = await w.Db.Grantors.Where(grantor => codes.Contains(grantor.Code)).ToDictionaryAsync(grantor => grantor.Code, grantor => grantor.Id);
        foreach (var code in codes.Where(code => !known.ContainsKey(code)))
        {
            var name = world.Budget.Ministries.FirstOrDefault(ministry => ministry.Code == code)?.InferredName ?? code;
            var grantor = new Grantor(w.Ids.Next<GrantorId>(), code, name);
            w.Db.Add(grantor);
            known.Add(code, grantor.Id);
        }

        return known;
    }

    private async Task<Dictionary<string, LoadedPerson>> People(Writing w, InventedCast cast, HashSet<PersonId> newcomers)
    {
        var administrator = InventedPeople.Administrator(seed);
        var parties = cast.Seats.ToDictionary(seat => seat.Person.Email, seat => seat.Group);
        var loaded = new Dictionary<string, LoadedPerson>();
        foreach (var person in cast.Everyone.Append(administrator))
        {
            // A grantor's contact and the administrator are the same for every programme.
            var known = await w.Db.People.SingleOrDefaultAsync(other => other.Email == person.Email);
            var id = known?.Id ?? w.Ids.Next<PersonId>();
            if (known is null)
            {
                w.Db.Add(new Person(id, person.Name, person.Email, person.Language, parties.GetValueOrDefault(person.Email, ""), isInvented: true, secrets.Token()));
            }

            if (known is null && newcomers.Add(id) && person == administrator)
            {
                w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), id, Role.Administrator, null, null, null, Since, null));
            }

            loaded.Add(person.Email, new LoadedPerson(id, person));
        }

        return loaded;
    }

    private static List<LoadedRole> Roles(
        Writing w, InventedCast cast, Dictionary<string, LoadedPerson> people, HashSet<PersonId> newcomers,
        ProgrammeId programme, List<PlanUnit> units, Dictionary<string, GrantorId> grantors)
    {
        var roles = new List<LoadedRole>();
        foreach (var role in cast.Roles)
        {
            var person = people[role.Person.Email];
            roles.Add(new LoadedRole(role.Role, role.For, person));
            if (role.Role != Role.GrantorContact)
            {
                var unit = units.FirstOrDefault(unit => unit.Slug == role.For)?.Id;
                w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), person.Id, role.Role, programme, unit, null, Since, null));
            }
            else if (newcomers.Contains(person.Id))
            {
                w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), person.Id, Role.GrantorContact, null, null, grantors[role.For], Since, null));
            }
        }

        return roles;
    }

    private void AddBodies(Writing w, ProgrammeSource source, InventedCast cast, Dictionary<string, LoadedPerson> people, ProgrammeId programme)
    {
        foreach (var (unit, seats) in Delprogram(source).Zip(cast.Boards))
        {
            var board = new Body(
                w.Ids.Next<BodyId>(), programme, null, BodyKeys.Deciding, $"Styret for {char.ToLowerInvariant(unit.Name[0])}{unit.Name[1..]}", Regime.Mandat, AssumedMandate, Mode.Written, isCompetent: true,
                $"Styret og mandatet er {InventedPerson.Mark} for demonstrasjonen: flertall avgjør, lederens stemme ved likt, minst halvparten må svare. Observatørene har ikke stemme.");
            Fill(w, board, seats, people);
        }

        if (cast.Seats.Count > 0)
        {
            AddGroup(w, source, cast, people, programme);
        }
    }

    private void AddGroup(Writing w, ProgrammeSource source, InventedCast cast, Dictionary<string, LoadedPerson> people, ProgrammeId programme)
    {
        var name = IsStromso(source) ? world.StromsoTiltak.Body : $"Politisk styringsgruppe {source.DisplayName}";
        var body = new Body(
            w.Ids.Next<BodyId>(), programme, null, BodyKeys.Deciding, name, Regime.Mandat, AssumedMandate, Mode.Written, isCompetent: true,
            "Mandatet er antatt for demonstrasjonen: flertall avgjør, lederens stemme ved likt, minst halvparten må svare, gruppa kan binde kommunen.");
        Fill(w, body, cast.Seats, people);
    }

    private void AddInternalGroup(Writing w, InventedCast cast, Dictionary<string, LoadedPerson> people, ProgrammeId programme)
    {
        var name = world.Bergen.InternalSteeringGroup;
        var group = new Body(
            w.Ids.Next<BodyId>(), programme, null, BodyKeys.Internal, char.ToUpperInvariant(name[0]) + name[1..], Regime.Administrativ, Mandate.Default, Mode.Written, isCompetent: false,
            "Gruppa anbefaler, og lederen avgjør i linja. Hvem som sitter der, er oppdiktet.");
        Fill(w, group, cast.Internal, people);
    }

    private static void Fill(Writing w, Body body, IEnumerable<InventedSeat> seats, Dictionary<string, LoadedPerson> people)
    {
        foreach (var seat in seats)
        {
            body.Add(w.Ids.Next<SeatId>(), seat.Role, people[seat.Person.Email].Id, seat.Order, seat.Group.Length == 0 ? null : seat.Group, null, Since, null);
        }

        w.Db.Add(body);
    }
}
