using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;

namespace Tilskudd.Country;

/// <summary>What a tiltak of an approved plan gets of the state's money, and what for.</summary>
/// <param name="Theme">As the plan has it.</param>
/// <param name="Criteria">The ids of the programme's own criteria.</param>
/// <param name="IsInvented">Something of it stands in no source.</param>
internal sealed record ApprovedTiltak(string Theme, IReadOnlyList<string> Criteria, Money Amount, bool IsInvented);

/// <summary>
/// The tiltak of approved plans. A version never changes, so what was read of it once holds for ever and is found again by its hash: a plan
/// is some tens of kilobytes, and a country has hundreds.
/// </summary>
internal sealed class ApprovedPlans : IDisposable
{
    /// <summary>The tiltak kept: more than the whole country has in ten years.</summary>
    private const int MostTiltak = 100_000;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MostTiltak });

    /// <summary>The tiltak of the plans some units have approved for a year.</summary>
    public async Task<IReadOnlyList<ApprovedTiltak>> Of(TilskuddDb db, IQueryable<PlanUnitId> units, GrantYear year, CancellationToken ct)
    {
        var approved = db.Handlingsplaner.IgnoreAutoIncludes().Where(plan => units.Contains(plan.PlanUnitId) && plan.Year == year && plan.ApprovedVersion != null)
            .SelectMany(plan => plan.Versions.Where(version => version.Number == plan.ApprovedVersion));
        var hashes = await approved.Select(version => version.Hash).ToListAsync(ct);
        var found = hashes.Distinct().ToDictionary(hash => hash, hash => _known.Get<IReadOnlyList<ApprovedTiltak>>(hash));
        var unread = found.Where(plan => plan.Value is null).Select(plan => plan.Key).ToList();
        if (unread.Count > 0)
        {
            foreach (var version in await approved.Where(version => unread.Contains(version.Hash)).Select(version => new { version.Hash, version.Content }).ToListAsync(ct))
            {
                found[version.Hash] = Keep(version.Hash, Read(HandlingsplanContent.Parse(version.Content)));
            }
        }

        return [.. hashes.SelectMany(hash => found[hash]!)];
    }

    public void Dispose() => _known.Dispose();

    private IReadOnlyList<ApprovedTiltak> Keep(string hash, IReadOnlyList<ApprovedTiltak> tiltak)
    {
        using var entry = _known.CreateEntry(hash);
        (entry.Value, entry.Size) = (tiltak, tiltak.Count + 1);
        return tiltak;
    }

    private static IReadOnlyList<ApprovedTiltak> Read(HandlingsplanContent plan)
    {
        var own = plan.Sources.Where(source => source.IsOwnShare).Select(source => source.Id).ToHashSet();
        return [.. plan.Tiltak.Select(tiltak => new ApprovedTiltak(tiltak.Theme, [.. tiltak.Criteria], new Money(tiltak.BudgetOre.Where(line => !own.Contains(line.Key)).Sum(line => line.Value)), tiltak.HasInventedDetails))];
    }
}
