using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Demo.Simulation;

/// <summary>What an address is about: the plan unit, and the source where it is about a letter or a report.</summary>
/// <param name="Version">The version a round is about; 0 for other addresses.</param>
internal sealed record Case(DocumentKind Kind, PlanUnitId Unit, string Source, int Version);

/// <summary>
/// Tells the script which of its people's affairs a page is about, as its reader would see from the letterhead. It only reads; all that is done
/// is done over HTTP.
/// </summary>
internal sealed partial class CaseBook(IDbContextFactory<TilskuddDb> databases)
{
    // What an address is about never changes, and all the members of a body ask about the same.
    private readonly Dictionary<string, Case> _known = [];

    public async Task<Case?> Of(string path)
    {
        if (Address().Match(path) is not { Success: true } found)
        {
            return null;
        }

        if (!_known.TryGetValue(found.Value, out var known) && await Look(found) is { } looked)
        {
            _known.Add(found.Value, known = looked);
        }

        return known;
    }

    private async Task<Case?> Look(Match found)
    {
        await using var db = await databases.CreateDbContextAsync();
        var id = Guid.Parse(found.Groups["id"].Value);
        return found.Groups["page"].Value switch
        {
            "plan" => await Document(db, DocumentKind.Handlingsplan, id),
            "tilskudd" => await Document(db, DocumentKind.Tilskuddsbrev, id),
            "rapport" => await Document(db, DocumentKind.Rapport, id),
            "evaluering" => await Document(db, DocumentKind.Evaluation, id),
            "endring" => await Document(db, DocumentKind.Change, id),
            "godkjenning" => await Round(db, new(id)),
            "prosess" => await db.Set<Run>().Where(run => run.Id == new RunId(id)).Select(run => new { run.DocumentKind, run.DocumentId }).SingleOrDefaultAsync() is { } run ? await Document(db, run.DocumentKind, run.DocumentId) : null,
            _ => await Document(db, DocumentKind.Tilskuddsbrev, id) ?? await Document(db, DocumentKind.Rapport, id),
        };
    }

    private static async Task<Case?> Round(TilskuddDb db, RoundId id)
    {
        var round = await db.Rounds.Where(round => round.Id == id).Select(round => new { round.DocumentKind, round.DocumentId, round.Version }).SingleAsync();
        return await Document(db, round.DocumentKind, round.DocumentId) is { } about ? about with { Version = round.Version } : null;
    }

    private static async Task<Case?> Document(TilskuddDb db, DocumentKind kind, Guid id)
    {
        var grants = db.Grants.Join(db.FundingSources, grant => grant.SourceId, source => source.Id, (grant, source) => new { grant.Id, grant.PlanUnitId, source.Code });
        switch (kind)
        {
            case DocumentKind.Handlingsplan:
                var plan = await db.Handlingsplaner.Where(plan => plan.Id == new HandlingsplanId(id)).Select(plan => new { plan.PlanUnitId }).SingleOrDefaultAsync();
                return plan is null ? null : new Case(kind, plan.PlanUnitId, "", 0);
            case DocumentKind.Tilskuddsbrev:
                var grant = await grants.SingleOrDefaultAsync(grant => grant.Id == new GrantId(id));
                return grant is null ? null : new Case(kind, grant.PlanUnitId, grant.Code, 0);
            case DocumentKind.Rapport:
                var rapport = await db.Rapporter.Where(rapport => rapport.Id == new RapportId(id)).Join(grants, rapport => rapport.GrantId, grant => grant.Id, (_, grant) => grant).SingleOrDefaultAsync();
                return rapport is null ? null : new Case(kind, rapport.PlanUnitId, rapport.Code, 0);
            case DocumentKind.Evaluation:
                var evaluation = await db.Set<Evaluation>().Where(evaluation => evaluation.Id == new EvaluationId(id)).SingleOrDefaultAsync();
                return evaluation is null ? null : new Case(kind, evaluation.PlanUnitId, "", 0);
            case DocumentKind.Change:
                var change = await db.Set<PlanChange>().Where(change => change.Id == new PlanChangeId(id)).Join(grants, change => change.GrantId, grant => grant.Id, (_, grant) => grant).SingleOrDefaultAsync();
                return change is null ? null : new Case(kind, change.PlanUnitId, change.Code, 0);
            default:
                throw new System.Diagnostics.UnreachableException($"Nothing is known of documents of kind {kind}.");
        }
    }

    [GeneratedRegex("^/(?<page>plan|tilskudd|rapport|endring|evaluering|godkjenning|prosess|mottak)/(?<id>[0-9a-f-]{36})")]
    private static partial Regex Address();
}
