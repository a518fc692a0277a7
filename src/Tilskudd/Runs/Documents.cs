using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;
using Keys = Tilskudd.Cycle.Steps.DocumentKeys;

namespace Tilskudd.Runs;

/// <summary>Lays out the documents a flow begins with: the year's plan, a grant for each letter expected, the report on a letter.</summary>
internal static class Documents
{
    public static Task<IReadOnlyList<Subject>> Open(Writing w, string document, Subject about) => document switch
    {
        Keys.Handlingsplan => Plan(w, about),
        Keys.Tilskuddsbrev => Grants(w, about),
        Keys.Rapport => Report(w, about),

        Keys.Evaluation => Evaluate(w, about),

        // Whoever opens a change has said what it is, so its document is there already.
        Keys.Change => Task.FromResult<IReadOnlyList<Subject>>([about]),
        _ => throw new UnreachableException($"The check of the files let an unknown document through: {document}."),
    };

    /// <summary>A new plan takes last year's tiltak along, each with the id it has for life; money and targets are the new year's own.</summary>
    private static async Task<IReadOnlyList<Subject>> Plan(Writing w, Subject about)
    {
        var plan = await w.Db.Set<Handlingsplan>().SingleOrDefaultAsync(p => p.PlanUnitId == about.Unit && p.Year == about.Year);
        if (plan is null)
        {
            plan = Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), about.Unit, about.Year, w.Now);
            var before = about.Year.Previous();
            if (await w.Db.Set<Handlingsplan>().SingleOrDefaultAsync(p => p.PlanUnitId == about.Unit && p.Year == before) is { } lastYear)
            {
                plan.ContinueFrom(lastYear, w.Now);
            }

            w.Db.Add(plan);
        }

        return [about with { Kind = DocumentKind.Handlingsplan, Document = plan.Id.Value }];
    }

    private static async Task<IReadOnlyList<Subject>> Grants(Writing w, Subject about)
    {
        var plan = new HandlingsplanId(about.Document);
        var sources = await w.Db.Set<FundingSource>().Where(s => s.ProgrammeId == about.Programme && s.Year == about.Year && s.GrantorId != null).OrderBy(s => s.Number).ToListAsync();
        var subjects = new List<Subject>();
        foreach (var source in sources)
        {
            var grant = new Grant(w.Ids.Next<GrantId>(), about.Unit, about.Year, source.Id, plan);
            w.Db.Add(grant);
            subjects.Add(about with { Kind = DocumentKind.Tilskuddsbrev, Document = grant.Id.Value });
        }

        return subjects;
    }

    private static Task<IReadOnlyList<Subject>> Evaluate(Writing w, Subject about)
    {
        var evaluation = new Evaluation(w.Ids.Next<EvaluationId>(), about.Programme, about.Unit, about.Year, w.Now);
        w.Db.Add(evaluation);
        return Task.FromResult<IReadOnlyList<Subject>>([about with { Kind = DocumentKind.Evaluation, Document = evaluation.Id.Value }]);
    }

    private static async Task<IReadOnlyList<Subject>> Report(Writing w, Subject about)
    {
        var grant = await Who.GrantOf(w.Db, about) ?? throw new InvalidOperationException("A report is opened only from a run about a grant.");
        var plan = await w.Db.Existing<Handlingsplan>(grant.PlanId);
        var approved = plan.Versions.Single(version => version.Number == plan.ApprovedVersion).Read();
        var rapport = Rapport.Open(w.Ids.Next<RapportId>(), grant, approved, await CarriedIn(w, about, grant), w.Now);
        w.Db.Add(rapport);
        return [about with { Kind = DocumentKind.Rapport, Document = rapport.Id.Value }];
    }

    /// <summary>What last year's report on the same chapter and post carried over.</summary>
    private static async Task<Money> CarriedIn(Writing w, Subject about, Grant grant)
    {
        var source = await w.Db.Existing<FundingSource>(grant.SourceId);
        var year = about.Year.Previous();
        var before = await w.Db.Set<FundingSource>().SingleOrDefaultAsync(s => s.ProgrammeId == about.Programme && s.Year == year && s.Code == source.Code);
        return before?.LatestFor(about.Unit, AmountState.CarriedOver) ?? Money.Zero;
    }
}
