using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Year;

namespace Tilskudd.Administration;

/// <summary>The units of a programme that make a plan each.</summary>
internal sealed class PlanUnits() : Register("enheter")
{
    public override async Task<FormRow?> New(Asked asked) => await asked.Programme(new ProgrammeId(asked.In)) is { } programme
        ? new FormRow(Text("PlanUnit.New"), $"{Root}/ny?i={programme.Id}", Programmes.PathOf(programme), [.. Programmes.CrumbsOf(programme), new Crumb(Text("New"), $"{Root}/ny?i={programme.Id}")], Fields("", PlanUnitKind.Area, null, null, UnitPhase.Full)) { Lead = Text("PlanUnit.New.Lead") } : null;

    public override async Task<FormRow?> Edit(Asked asked)
    {
        var (unit, programme) = await Find(asked);
        return unit is null || programme is null ? null
            : new FormRow(unit.Name, $"{Root}/{unit.Id}/endre", Programmes.PathOf(programme), [.. Programmes.CrumbsOf(programme), new Crumb(unit.Name, $"{Root}/{unit.Id}/endre")], Fields(unit.Name, unit.Kind, unit.FromYear, unit.ToYear, unit.Phase))
            {
                Version = asked.Version(unit),
                End = $"{Root}/{unit.Id}/avslutt",
            };
    }

    public override async Task<FormRow?> End(Asked asked)
    {
        var (unit, programme) = await Find(asked);
        return unit is null || programme is null ? null
            : Ending(asked, unit.Name, $"{Root}/{unit.Id}/avslutt", Programmes.PathOf(programme), Programmes.CrumbsOf(programme), unit.ToOn, unit) with { Lead = Text("PlanUnit.End.Lead") };
    }

    public override async Task<Refusal?> Add(Saving saving)
    {
        var programme = (await saving.Asked.Programme(new ProgrammeId(saving.Asked.In)))!;
        var (name, kind) = (saving.Form.Line("navn", AdminRoom.LongestName), saving.Form.Choice<PlanUnitKind>("slag"));
        var (from, to, phase) = Lasting(saving.Form);
        if (from > to)
        {
            return new AdminRefusal.YearsCross("til");
        }

        var slug = Programmes.Slug(name);
        var others = saving.Db.PlanUnits.Where(other => other.ProgrammeId == programme.Id);
        if (await others.AnyAsync(other => other.Slug == slug, saving.Asked.Ct) || await IsAmong(others.Select(other => other.Name), name, saving.Asked.Ct))
        {
            return new AdminRefusal.NameTaken("navn");
        }

        if (await Clash(saving, programme.Id, null, kind) is { } clash)
        {
            return clash;
        }

        var unit = new PlanUnit(saving.Writing.Ids.Next<PlanUnitId>(), programme.Id, slug, name, kind, null);
        unit.Lasts(from, to, phase);
        saving.Db.Add(unit);
        saving.Added("plan-unit", unit.Id, programme.Slug);
        return null;
    }

    public override async Task<Refusal?> Change(Saving saving)
    {
        var (unit, programme) = await Find(saving.Asked);
        var name = saving.Form.Line("navn", AdminRoom.LongestName);
        if (await IsAmong(saving.Db.PlanUnits.Where(other => other.ProgrammeId == programme!.Id && other.Id != unit!.Id).Select(other => other.Name), name, saving.Asked.Ct))
        {
            return new AdminRefusal.NameTaken("navn");
        }

        var kind = saving.Form.Choice<PlanUnitKind>("slag");
        var (from, to, phase) = Lasting(saving.Form);
        if (from > to)
        {
            return new AdminRefusal.YearsCross("til");
        }

        if (kind != unit!.Kind && await Clash(saving, programme!.Id, unit, kind) is { } clash)
        {
            return clash;
        }

        if (await LeftOut(saving, unit, from, to) is { } leftOut)
        {
            return leftOut;
        }

        unit.Change(name, kind);
        unit.Lasts(from, to, phase);
        saving.Changed("plan-unit", unit.Id, unit, programme!.Slug);
        return null;
    }

    public override async Task<Refusal?> Finish(Saving saving)
    {
        var (unit, programme) = await Find(saving.Asked);
        var last = saving.Form.OptionalDate("siste");
        if (last is { } day && unit!.Kind == PlanUnitKind.Gathering && await Waiting(saving, programme!.Id, day) is { } waiting)
        {
            return new AdminRefusal.PlansWait(waiting);
        }

        unit!.End(last);
        saving.Ended("plan-unit", unit.Id, programme!.Slug);
        return null;
    }

    // An evaluation is the programme's, though it is found by one of the units.
    private static Task<AdminRefusal?> LeftOut(Saving saving, PlanUnit unit, int? from, int? to) => LeftOut(
        saving, saving.Db.Set<Run>().Where(run => run.PlanUnitId == unit.Id && run.DocumentKind != DocumentKind.Evaluation), saving.Db.Handlingsplaner.Where(plan => plan.PlanUnitId == unit.Id), unit.Covers, from, to);

    // The first year that begins after a day and has plans waiting to be sent together.
    private static async Task<int?> Waiting(Saving saving, ProgrammeId programme, LocalDate last)
    {
        var units = saving.Db.PlanUnits.Where(unit => unit.ProgrammeId == programme).Select(unit => unit.Id);
        foreach (var year in (await saving.Db.Handlingsplaner.Where(plan => units.Contains(plan.PlanUnitId)).Select(plan => plan.Year).Distinct().ToListAsync(saving.Asked.Ct)).OrderBy(year => year.Number))
        {
            if (new LocalDate(year.Number, 1, 1) > last && await SendWithout.Held(saving.Db, programme, year, saving.Asked.Ct) is not null)
            {
                return year.Number;
            }
        }

        return null;
    }

    // What is under way keeps its shape: a unit with a plan cannot begin to gather, and one that has sent the others' plans cannot stop.
    private static async Task<Refusal?> Clash(Saving saving, ProgrammeId programme, PlanUnit? unit, PlanUnitKind kind)
    {
        if (unit is { Kind: PlanUnitKind.Gathering } && await saving.Db.Grants.AnyAsync(grant => grant.PlanUnitId == unit.Id, saving.Asked.Ct))
        {
            return new AdminRefusal.UnitHasGathered();
        }

        if (kind != PlanUnitKind.Gathering)
        {
            return null;
        }

        if (unit is not null && await saving.Db.Handlingsplaner.AnyAsync(plan => plan.PlanUnitId == unit.Id, saving.Asked.Ct))
        {
            return new AdminRefusal.UnitHasPlan();
        }

        return await saving.Db.PlanUnits.AnyAsync(other => other.ProgrammeId == programme && other.Kind == PlanUnitKind.Gathering && (unit == null || other.Id != unit.Id), saving.Asked.Ct)
            ? new AdminRefusal.AlreadyGathered() : null;
    }

    private static string Root => $"{AdminRoom.Path}/enheter";

    private static (int? From, int? To, UnitPhase Phase) Lasting(TypedForm form) =>
        (form.OptionalNumber("fra", GrantYear.Earliest, GrantYear.Latest), form.OptionalNumber("til", GrantYear.Earliest, GrantYear.Latest), form.Choice<UnitPhase>("fase"));

    private static FieldRow[] Fields(string name, PlanUnitKind kind, int? from, int? to, UnitPhase phase) =>
    [
        new(FieldKind.Line, "navn", name),
        new(FieldKind.Choice, "slag", kind.ToString()) { Choices = [.. Enum.GetValues<PlanUnitKind>().Select(one => new Choice(one.ToString(), Texts.Of<YearWords>($"Unit.{one}")))] },
        new(FieldKind.Line, "fra", $"{from}") { Label = ".Year", Hint = Text("Hint.aar"), IsOptional = true, Longest = 4 },
        new(FieldKind.Line, "til", $"{to}") { IsOptional = true, Longest = 4 },
        new(FieldKind.Choice, "fase", phase.ToString()) { Choices = [.. Enum.GetValues<UnitPhase>().Select(one => new Choice(one.ToString(), Texts.Of<YearWords>($"Phase.{one}")))] },
    ];

    private static async Task<(PlanUnit? Unit, Programme? Programme)> Find(Asked asked)
    {
        var unit = await asked.Db.PlanUnits.SingleOrDefaultAsync(unit => unit.Id == new PlanUnitId(asked.Id), asked.Ct);
        return (unit, unit is null ? null : await asked.Programme(unit.ProgrammeId));
    }
}
