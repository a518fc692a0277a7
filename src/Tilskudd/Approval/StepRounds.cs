using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>Finds the rounds that were opened together, one for each board; the run knows the first.</summary>
internal static class StepRounds
{
    private static readonly Func<TilskuddDb, RoundId, IAsyncEnumerable<Run>> ByLead = Compiled.Query((TilskuddDb db, RoundId lead) => db.Set<Run>()
        .Where(run => db.Set<Run>().SelectMany(waited => waited.Visits, (waited, visit) => new { waited.Id, visit.RoundId }).Where(visit => visit.RoundId == lead).Select(visit => visit.Id).Contains(run.Id)));

    /// <param name="lead">The first of them.</param>
    public static async Task<IReadOnlyList<Round>> Of(TilskuddDb db, RoundId lead, CancellationToken ct = default) =>
        [await db.Existing<Round>(lead, ct), .. await db.Set<Round>().Where(round => round.FirstId == lead).OrderBy(round => round.Id).ToListAsync(ct)];

    /// <summary>Every round of some first ones, those included.</summary>
    public static IQueryable<Round> Of(TilskuddDb db, IReadOnlyCollection<RoundId> leads) =>
        db.Set<Round>().Where(round => leads.Contains(round.Id) || (round.FirstId != null && leads.Contains(round.FirstId.Value)));

    /// <summary>The ids of every round a run has had, withdrawn ones too.</summary>
    public static async Task<IReadOnlyList<RoundId>> IdsOf(TilskuddDb db, Run run, CancellationToken ct)
    {
        var leads = run.Visits.Select(visit => visit.RoundId).OfType<RoundId>().ToList();
        return leads.Count == 0 ? [] : await Of(db, leads).Select(round => round.Id).ToListAsync(ct);
    }

    /// <summary>The run whose step a round is in.</summary>
    public static async Task<Run> RunOf(TilskuddDb db, RoundId round, CancellationToken ct = default) =>
        await RunOfLead(db, await db.Set<Round>().IgnoreAutoIncludes().Where(known => known.Id == round).Select(known => known.FirstId ?? known.Id).SingleAsync(ct), ct);

    /// <inheritdoc cref="RunOf(TilskuddDb, RoundId, CancellationToken)" />
    public static Task<Run> RunOf(TilskuddDb db, Round round, CancellationToken ct = default) => RunOfLead(db, round.Lead, ct);

    private static async Task<Run> RunOfLead(TilskuddDb db, RoundId lead, CancellationToken ct) => await ByLead(db, lead).SingleAsync(ct);
}
