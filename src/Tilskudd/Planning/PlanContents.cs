using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;
using Tilskudd.Year;

namespace Tilskudd.Planning;

/// <summary>Reads contents of plans to be compared or printed.</summary>
internal static class PlanContents
{
    /// <summary>A version as it was shown; null when there is none with that number.</summary>
    public static async Task<HandlingsplanContent?> Version(TilskuddDb db, HandlingsplanId id, int number, CancellationToken ct) =>
        await db.Set<HandlingsplanVersion>().Where(version => EF.Property<HandlingsplanId>(version, "HandlingsplanId") == id && version.Number == number)
            .Select(version => version.Content).SingleOrDefaultAsync(ct) is { } content ? HandlingsplanContent.Parse(content) : null;

    /// <summary>
    /// What the reader should see of the plan now: the draft for the one who writes it; what was last sent while somebody reads or decides on it;
    /// else what is approved, or before anything is, what was last sent.
    /// </summary>
    public static async Task<(HandlingsplanContent Content, VersionLine? Version)> Current(TilskuddDb db, PlanCase known, CancellationToken ct)
    {
        if (known.MayWrite)
        {
            return (known.Draft, null);
        }

        var number = Settled(known) ?? known.LatestVersion?.Number;
        return known.Versions.SingleOrDefault(version => version.Number == number) is { } shown
            ? ((await Version(db, known.Plan.Id, shown.Number, ct))!, shown)
            : (known.Draft, null);
    }

    /// <summary>What one who does not write reads of the plan, as <see cref="Current"/>; null where that is the draft: for its writer, and before anything was sent.</summary>
    public static async Task<HandlingsplanContent?> ForReader(TilskuddDb db, PlanTexts known, CancellationToken ct)
    {
        if (known.MayWrite)
        {
            return null;
        }

        var number = Settled(known)
            ?? await db.Set<HandlingsplanVersion>().Where(version => EF.Property<HandlingsplanId>(version, "HandlingsplanId") == known.Plan.Id).MaxAsync(version => (int?)version.Number, ct);
        return number is { } sent ? await Version(db, known.Plan.Id, sent, ct) : null;
    }

    /// <summary>The approved version; null while somebody reads or decides on a later one, and before any is approved.</summary>
    private static int? Settled(PlanTexts known) => known.Tasks.Any(task => task.Step.Step is Review or AskForApproval or RegisterDecision) ? null : known.Plan.ApprovedVersion;

    /// <summary>
    /// The approved version whose proposal still stands word for word in a plan that has got another sum since, while it is written; null where there is
    /// none. The text may tell the old sum.
    /// </summary>
    public static async Task<(int Version, Money Total)?> SameProposal(TilskuddDb db, PlanCase known, CancellationToken ct) =>
        known.MayWrite && known.Plan.ApprovedVersion is { } approved && await Version(db, known.Plan.Id, approved, ct) is { } version
        && version.Proposal == known.Plan.Proposal && version.TotalOre != known.Draft.TotalOre
            ? (approved, new Money(version.TotalOre)) : null;

    /// <summary>Whether the unit has a plan for the year before.</summary>
    public static Task<bool> HasLastYear(TilskuddDb db, PlanCase known, CancellationToken ct) =>
        Before(known) is { } year ? db.Handlingsplaner.AnyAsync(plan => plan.PlanUnitId == known.Plan.PlanUnitId && plan.Year == year, ct) : Task.FromResult(false);

    /// <summary>The year before: the version that was approved, else the last one sent, else the draft. Null when the unit had no plan.</summary>
    public static async Task<HandlingsplanContent?> LastYear(TilskuddDb db, PlanCase known, CancellationToken ct)
    {
        if (Before(known) is not { } year)
        {
            return null;
        }

        var before = db.Handlingsplaner.Where(plan => plan.PlanUnitId == known.Plan.PlanUnitId && plan.Year == year);
        var shown = await before.SelectMany(plan => plan.Versions, (plan, version) => new { IsApproved = version.Number == plan.ApprovedVersion, version.Number, version.Content })
            .OrderByDescending(version => version.IsApproved).ThenByDescending(version => version.Number).Select(version => version.Content).FirstOrDefaultAsync(ct);
        return shown is not null ? HandlingsplanContent.Parse(shown)
            : await before.SingleOrDefaultAsync(ct) is { } draft ? await Draft(db, known, year, draft, ct)
            : null;
    }

    // By the sources and criteria of its own year: some of them may have ended with it.
    private static async Task<HandlingsplanContent> Draft(TilskuddDb db, PlanCase known, GrantYear year, Handlingsplan draft, CancellationToken ct) => HandlingsplanContent.Of(
        draft, await db.FundingSources.Where(source => source.ProgrammeId == known.Programme.Id && source.Year == year).ToListAsync(ct), await db.Criteria.In(known.Programme.Id, year).ToListAsync(ct));

    /// <summary>The number of the version a round was shown; null when the round is not about this plan.</summary>
    public static Task<int?> ShownTo(TilskuddDb db, HandlingsplanId id, RoundId round, CancellationToken ct) =>
        db.Set<Round>().IgnoreAutoIncludes()
            .Where(known => known.Id == round && known.DocumentKind == DocumentKind.Handlingsplan && known.DocumentId == id.Value)
            .Select(known => (int?)known.Version).SingleOrDefaultAsync(ct);

    private static GrantYear? Before(PlanCase known) => known.Plan.Year.Number == GrantYear.Earliest ? null : known.Plan.Year.Previous();
}
