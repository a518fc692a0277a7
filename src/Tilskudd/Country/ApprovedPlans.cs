using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;

namespace Tilskudd.Country;

/// <summary>What a tiltak of an approved plan gets of the state's money, and what for.</summary>
/// <param name="Number">Its place in its plan.</param>
/// <param name="Theme">As the plan has it.</param>
/// <param name="Criteria">The ids of the programme's own criteria.</param>
/// <param name="Amounts">By the source it is to come from; the municipality's own money is not among them.</param>
/// <param name="IsInvented">Something of it stands in no source.</param>
internal sealed record ApprovedTiltak(TiltakId Id, int Number, string Theme, IReadOnlyList<string> Criteria, IReadOnlyDictionary<Guid, Money> Amounts, bool IsInvented)
{
    public Money Amount => Amounts.Values.Aggregate(Money.Zero, (sum, amount) => sum + amount);
}

/// <summary>
/// The tiltak of approved plans. A version never changes, so what was read of it once holds for ever and is found again by its hash: a plan
/// is some tens of kilobytes, and a country has hundreds.
/// </summary>
internal sealed class ApprovedPlans : IDisposable
{
    /// <summary>The tiltak kept: more than the whole country has in ten years.</summary>
    private const int MostTiltak = 100_000;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MostTiltak });

    /// <summary>
    /// The tiltak of the plans some units have approved for a year. Where a letter gave less or more and the difference was laid on the lines, each
    /// has what it was granted, and not what was planned.
    /// </summary>
    /// <param name="withheld">The sources that give a unit nothing after all, by refusal or by vote, whatever its plan counted on.</param>
    public async Task<IReadOnlyList<ApprovedTiltak>> Of(TilskuddDb db, IQueryable<PlanUnitId> units, GrantYear year, ILookup<PlanUnitId, Guid> withheld, CancellationToken ct)
    {
        var approved = db.Handlingsplaner.IgnoreAutoIncludes().Where(plan => units.Contains(plan.PlanUnitId) && plan.Year == year && plan.ApprovedVersion != null)
            .SelectMany(plan => plan.Versions.Where(version => version.Number == plan.ApprovedVersion), (plan, version) => new { plan.Id, plan.PlanUnitId, plan.ApprovedAt, version.Hash, version.Content });
        var hashes = await approved.Select(version => new { version.Id, version.PlanUnitId, version.ApprovedAt, version.Hash }).ToListAsync(ct);
        var found = hashes.Select(one => one.Hash).Distinct().ToDictionary(hash => hash, hash => _known.Get<IReadOnlyList<ApprovedTiltak>>(hash));
        var unread = found.Where(plan => plan.Value is null).Select(plan => plan.Key).ToList();
        if (unread.Count > 0)
        {
            foreach (var version in await approved.Where(version => unread.Contains(version.Hash)).Select(version => new { version.Hash, version.Content }).ToListAsync(ct))
            {
                found[version.Hash] = Keep(version.Hash, Read(HandlingsplanContent.Parse(version.Content)));
            }
        }

        var plans = hashes.Select(one => new StandingPlan(one.Id, one.PlanUnitId, one.ApprovedAt, found[one.Hash]!)).ToList();
        var granted = await Granted(db, units, year, plans, ct);
        return [.. plans.SelectMany(plan => plan.Tiltak.Select(tiltak => Standing(tiltak, withheld[plan.Unit], granted)))];
    }

    public void Dispose() => _known.Dispose();

    // Few letters differ from the plans they answer, and fewer so little that the difference is laid on the lines.
    private static async Task<Dictionary<(TiltakId Tiltak, Guid Source), Money>> Granted(TilskuddDb db, IQueryable<PlanUnitId> units, GrantYear year, List<StandingPlan> plans, CancellationToken ct)
    {
        var known = plans.ToDictionary(plan => plan.Id);
        var spread = await db.Grants.AsNoTracking().AsSingleQuery().IgnoreAutoIncludes().Include(grant => grant.Letter!).ThenInclude(letter => letter.Lines)
            .Where(grant => units.Contains(grant.PlanUnitId) && grant.Year == year && grant.Letter!.SpreadBy != null).ToListAsync(ct);
        var granted = new Dictionary<(TiltakId Tiltak, Guid Source), Money>();
        foreach (var grant in spread)
        {
            var lines = grant.Plans.Where(known.ContainsKey).SelectMany(plan => known[plan].Lines(grant.SourceId)).ToList();
            foreach (var (line, amount) in lines.Zip(grant.Letter!.AmountsOf(lines)))
            {
                granted[(line.Tiltak, grant.SourceId.Value)] = amount;
            }
        }

        return granted;
    }

    private static ApprovedTiltak Standing(ApprovedTiltak tiltak, IEnumerable<Guid> withheld, Dictionary<(TiltakId Tiltak, Guid Source), Money> granted) =>
        !withheld.Any() && granted.Count == 0 ? tiltak
        : tiltak with
        {
            Amounts = tiltak.Amounts.Where(amount => !withheld.Contains(amount.Key)).ToDictionary(amount => amount.Key, amount => granted.GetValueOrDefault((tiltak.Id, amount.Key), amount.Value)),
        };

    private IReadOnlyList<ApprovedTiltak> Keep(string hash, IReadOnlyList<ApprovedTiltak> tiltak)
    {
        using var entry = _known.CreateEntry(hash);
        (entry.Value, entry.Size) = (tiltak, tiltak.Count + 1);
        return tiltak;
    }

    private static IReadOnlyList<ApprovedTiltak> Read(HandlingsplanContent plan)
    {
        var own = plan.Sources.Where(source => source.IsOwnShare).Select(source => source.Id).ToHashSet();
        return [.. plan.Tiltak.Select(tiltak => new ApprovedTiltak(new TiltakId(tiltak.Id), tiltak.Number, tiltak.Theme, [.. tiltak.Criteria], tiltak.BudgetOre.Where(line => !own.Contains(line.Key)).ToDictionary(line => line.Key, line => new Money(line.Value)), tiltak.HasInventedDetails))];
    }

    /// <summary>A plan as it is approved.</summary>
    private sealed record StandingPlan(HandlingsplanId Id, PlanUnitId Unit, DateTimeOffset? ApprovedAt, IReadOnlyList<ApprovedTiltak> Tiltak)
    {
        public IEnumerable<PlannedLine> Lines(FundingSourceId source) => Tiltak.Where(tiltak => tiltak.Amounts.ContainsKey(source.Value)).OrderBy(tiltak => tiltak.Number)
            .Select(tiltak => new PlannedLine(Id, tiltak.Id, tiltak.Number, "", tiltak.Amounts[source.Value]) { ApprovedAt = ApprovedAt });
    }
}
