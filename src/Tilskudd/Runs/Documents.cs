using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;
using Keys = Tilskudd.Cycle.Steps.Documents;

namespace Tilskudd.Runs;

/// <summary>Lays out the documents a flow begins with: the year's plan, a grant for each letter expected, the report on a letter.</summary>
internal static class Documents
{
    public static Task<IReadOnlyList<Subject>> Open(Writing w, string document, Subject from) => document switch
    {
        Keys.Handlingsplan => Plan(w, from),
        Keys.Tilskuddsbrev => Grants(w, from),
        Keys.Rapport => Report(w, from),
        _ => throw new UnreachableException($"The check of the files let an unknown document through: {document}."),
    };

    /// <summary>A new plan takes last year's tiltak along, each with the id it has for life; money and targets are the new year's own.</summary>
    private static async Task<IReadOnlyList<Subject>> Plan(Writing w, Subject from)
    {
        var plan = await w.Db.Set<Handlingsplan>().SingleOrDefaultAsync(p => p.PlanUnitId == from.Unit && p.Year == from.Year);
        if (plan is null)
        {
            plan = Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), from.Unit, from.Year, w.Now);
            var before = from.Year.Previous();
            if (await w.Db.Set<Handlingsplan>().SingleOrDefaultAsync(p => p.PlanUnitId == from.Unit && p.Year == before) is { } lastYear)
            {
                plan.ContinueFrom(lastYear, w.Now);
            }

            w.Db.Add(plan);
        }

        return [from with { Kind = DocumentKind.Handlingsplan, Document = plan.Id.Value }];
    }

    private static async Task<IReadOnlyList<Subject>> Grants(Writing w, Subject from)
    {
        var plan = new HandlingsplanId(from.Document);
        var sources = await w.Db.Set<FundingSource>().Where(s => s.ProgrammeId == from.Programme && s.Year == from.Year && s.GrantorId != null).OrderBy(s => s.Number).ToListAsync();
        var subjects = new List<Subject>();
        foreach (var source in sources)
        {
            var grant = new Grant(w.Ids.Next<GrantId>(), from.Unit, from.Year, source.Id, plan);
            w.Db.Add(grant);
            subjects.Add(from with { Kind = DocumentKind.Tilskuddsbrev, Document = grant.Id.Value });
        }

        return subjects;
    }

    private static async Task<IReadOnlyList<Subject>> Report(Writing w, Subject from)
    {
        var grant = await Who.GrantOf(w.Db, from) ?? throw new InvalidOperationException("A report is opened only from a run about a grant.");
        var plan = await w.Db.Existing<Handlingsplan>(grant.PlanId);
        var approved = plan.Versions.Single(version => version.Number == plan.ApprovedVersion).Read();
        var rapport = Rapport.Open(w.Ids.Next<RapportId>(), grant, approved, await CarriedIn(w, from, grant), w.Now);
        w.Db.Add(rapport);
        return [from with { Kind = DocumentKind.Rapport, Document = rapport.Id.Value }];
    }

    /// <summary>What last year's report on the same chapter and post carried over.</summary>
    private static async Task<Money> CarriedIn(Writing w, Subject from, Grant grant)
    {
        var source = await w.Db.Existing<FundingSource>(grant.SourceId);
        var year = from.Year.Previous();
        var before = await w.Db.Set<FundingSource>().SingleOrDefaultAsync(s => s.ProgrammeId == from.Programme && s.Year == year && s.Code == source.Code);
        return before?.Latest(AmountState.CarriedOver) ?? Money.Zero;
    }
}
