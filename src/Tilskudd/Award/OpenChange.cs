using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Planning;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>What somebody tells of a change, as it was posted.</summary>
/// <param name="Id">From the page that showed the form, so that the same form twice opens one change.</param>
/// <param name="Plan">Which of several plans; not read where the letter answers one.</param>
/// <param name="Reason">Null where none was chosen.</param>
/// <param name="Amount">The source's new amount; read only where the budget was revised.</param>
/// <param name="Touched">The grants a deviation touches; not read where the plan has one alone, and where the budget was revised.</param>
internal sealed record ChangeForm(PlanChangeId Id, HandlingsplanId? Plan, ChangeReason? Reason, string Text, Money Amount, IReadOnlyList<GrantId> Touched);

/// <summary>A grant that pays for a plan while it is carried out.</summary>
/// <param name="Plans">The plans it answers.</param>
/// <param name="Name">Its source, and the grantor where it has another name.</param>
internal sealed record PayingGrant(GrantId Id, IReadOnlyList<HandlingsplanId> Plans, string Name);

/// <summary>The coordinator or the programme leader tells that a year does not go as planned: a change of the plan is opened, and its flow starts.</summary>
internal sealed class OpenChange(Door door, Flow flow)
{
    public Task<Refusal?> Open(GrantId id, ChangeForm form, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var today = OsloTime.On(w.Now).Date;
        if (await w.Db.Grants.SingleOrDefaultAsync(grant => grant.Id == id, ct) is not { } grant)
        {
            return new FlowRefusal.NotFound();
        }

        var unit = await w.Db.Existing<PlanUnit>(grant.PlanUnitId, ct);
        if (!(await Rights.Seen(w.Db, by, today, ct)).Contains(unit.ProgrammeId))
        {
            return new FlowRefusal.NotFound();
        }

        if (!await MayOpen(w.Db, by, unit, today, ct))
        {
            return new FlowRefusal.NotYours();
        }

        if (await w.Db.Set<PlanChange>().AnyAsync(change => change.Id == form.Id, ct))
        {
            return null;
        }

        if ((grant.Plans is [var only] ? only : form.Plan) is not { } planId || !grant.Plans.Contains(planId))
        {
            return new ChangeRefusal.PlanMissing();
        }

        if (form.Reason is not { } reason)
        {
            return new ChangeRefusal.ReasonMissing();
        }

        var paying = (await Paying(w.Db, grant, unit.ProgrammeId, ct)).Where(one => one.Plans.Contains(planId)).ToList();
        if (paying.All(one => one.Id != id))
        {
            return new ChangeRefusal.NotUnderWay();
        }

        // A revised amount is the one source's own, and a plan with one source has nobody else to tell.
        var (touched, wrong) = reason == ChangeReason.RevisedBudget || paying.Count == 1 ? ([id], null) : Touched(paying, form.Touched);
        if (wrong is not null)
        {
            return wrong;
        }

        // The plan is written in one run at a time.
        if (await IsChanging(w.Db, touched, ct) || await PlanRuns.AnyOpen(w, flow, planId, unit.ProgrammeId, grant.Year, (run, step) => run.DocumentKind == DocumentKind.Change || PlanRuns.Concerns(run, step)))
        {
            return new ChangeRefusal.AlreadyOpen();
        }

        var plan = await w.Db.Existing<Handlingsplan>(planId, ct);
        var grants = new List<Grant>();
        foreach (var one in touched)
        {
            grants.Add(await w.Db.Existing<Grant>(one, ct));
        }

        var first = grants.Find(one => one.Id == id) ?? grants[0];
        var (change, refusal) = PlanChange.Open(form.Id, first, await w.Db.Existing<FundingSource>(first.SourceId, ct), plan, reason, form.Text, form.Amount, by, w.Now);
        if (change is null)
        {
            return refusal;
        }

        if (grants.Count > 1 && change.TellAlso(grants) is { } others)
        {
            return others;
        }

        w.Db.Add(change);
        await flow.Raise(w, EventKeys.ChangeOpened, new Subject(DocumentKind.Change, change.Id.Value, unit.ProgrammeId, plan.PlanUnitId, grant.Year), Actor.Of(by));
        foreach (var run in w.Db.Set<Run>().Local.Where(run => run.DocumentId == change.Id.Value).ToList())
        {
            await RunTrail.Record(w, run, Actor.Of(by), "change-opened", "change", change.Id.Value, $"{change.FromVersion}", new JsonObject
            {
                ["reason"] = $"{reason}", ["grant"] = change.GrantId.ToString(), ["otherGrants"] = new JsonArray([.. change.OtherGrants.Select(other => (JsonNode)other.ToString())]), ["amountOre"] = change.Amount?.Ore,
            });
        }

        return null;
    }, ct);

    /// <summary>Those who carry the plan out may say that it does not go as planned.</summary>
    public static Task<bool> MayOpen(TilskuddDb db, PersonId person, PlanUnit unit, NodaTime.LocalDate on, CancellationToken ct) =>
        Rights.Holds(db, person, (Role.Coordinator, Role.ProgrammeLeader), unit.ProgrammeId, unit.Id, on, ct);

    /// <summary>
    /// The grants that pay for a grant's plans while they are carried out, in the sources' order: their letters are accepted, and no report is begun.
    /// Before that a plan is fitted to the letter, and after it there is nothing left to change.
    /// </summary>
    public static async Task<IReadOnlyList<PayingGrant>> Paying(TilskuddDb db, Grant grant, ProgrammeId programme, CancellationToken ct)
    {
        var year = await db.PlanUnits.Where(unit => unit.ProgrammeId == programme).Join(db.Grants.IgnoreAutoIncludes().Where(one => one.Year == grant.Year), unit => unit.Id, one => one.PlanUnitId, (_, one) => one)
            .Where(one => one.Letter!.AcceptedAt != null && !db.Rapporter.Any(rapport => rapport.GrantId == one.Id))
            .Join(db.FundingSources.IgnoreAutoIncludes(), one => one.SourceId, source => source.Id, (one, source) => new { one.Id, one.PlanId, one.OtherPlans, source.Number, source.Code, source.GrantorId })
            .Join(db.Grantors, one => one.GrantorId, grantor => (GrantorId?)grantor.Id, (one, grantor) => new { one.Id, one.PlanId, one.OtherPlans, one.Number, one.Code, grantor.Name })
            .OrderBy(one => one.Number).ThenBy(one => one.Id).ToListAsync(ct);
        return [.. year.Select(one => new PayingGrant(one.Id, [one.PlanId, .. one.OtherPlans], one.Code == one.Name ? one.Code : $"{one.Code}, {one.Name}"))
            .Where(one => one.Plans.Intersect(grant.Plans).Any())];
    }

    private static (IReadOnlyList<GrantId> Touched, Refusal? Refusal) Touched(IReadOnlyList<PayingGrant> paying, IReadOnlyList<GrantId> ticked) =>
        ticked.Count == 0 ? ([], new ChangeRefusal.GrantorMissing("kilder"))
        : ticked.Any(one => paying.All(pays => pays.Id != one)) ? ([], new ChangeRefusal.NotPaying())
        : ([.. paying.Select(pays => pays.Id).Where(ticked.Contains)], null);

    /// <summary>
    /// Whether a change that touches one of the grants is under way. What is sent to a grantor is answered before more is sent: of several plans of
    /// one grant, one changes at a time.
    /// </summary>
    public static Task<bool> IsChanging(TilskuddDb db, IReadOnlyList<GrantId> touched, CancellationToken ct)
    {
        var open = db.Set<Run>().Where(run => run.DocumentKind == DocumentKind.Change && run.ClosedAt == null).Select(run => run.DocumentId);
        return db.Set<PlanChange>().AnyAsync(change => (touched.Contains(change.GrantId) || change.OtherGrants.Any(other => touched.Contains(other))) && open.Contains((Guid)(object)change.Id), ct);
    }
}
