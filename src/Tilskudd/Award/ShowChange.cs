using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>Reads a change for a person who may see it. The number of questions to the database does not grow with the plan.</summary>
internal sealed class ShowChange(IDbContextFactory<TilskuddDb> databases, ViewTask tasks, TimeProvider clock)
{
    public async Task<ChangeRow?> Find(PlanChangeId id, PersonId reader, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Set<PlanChange>().SingleOrDefaultAsync(change => change.Id == id, ct) is not { } change)
        {
            return null;
        }

        var today = OsloTime.On(clock.GetUtcNow()).Date;
        var grant = await db.Grants.IgnoreAutoIncludes().SingleAsync(grant => grant.Id == change.GrantId, ct);
        if (await GrantPlace.SeenBy(db, grant, reader, today, ct) is not { } place)
        {
            return null;
        }

        var by = await db.People.Where(person => person.Id == change.OpenedBy).Select(person => person.Name).SingleAsync(ct);
        var (from, to) = await Versions(db, change, ct);
        var run = await db.Set<Run>().SingleAsync(run => run.DocumentKind == DocumentKind.Change && run.DocumentId == id.Value, ct);
        var (kind, task) = run.IsOpen ? await Task(db, run, change, reader, today, ct) : (ChangeTask.Elsewhere, null);
        return new ChangeRow(
            place.Head($"/endring/{id}", Texts.Of<AwardWords>("Change.Title", change.Year, place.Source.Code, place.Unit.Name), Texts.Of<AwardWords>("Change.ShortTitle")),
            Texts.Of<AwardWords>("Grant.ShortTitle", place.Source.Code), $"/tilskudd/{grant.Id}", Texts.Of<AwardWords>("Plan.Title", change.Year, place.Unit.Name), $"/plan/{change.PlanId}",
            tasks.State(run), ToneOf(run, change, clock.GetUtcNow()), change.Reason, change.Text, by, change.OpenedAt, change.Amount, change.FromVersion, to?.Number,
            to is null ? [] : [.. Lines(from.Read(), to.Read())], new Money(from.Read().TotalOre), new Money((to ?? from).Read().TotalOre),
            change.IsConsentedTo, change.ConsentText, change.ConsentAt, kind, task, $"/prosess/{run.Id}");
    }

    internal static Tone ToneOf(Run run, PlanChange change, DateTimeOffset now) =>
        run.IsOpen ? (run.DueAt <= now ? Tone.Danger : Tone.Info) : change.IsConsentedTo == false ? Tone.Warning : Tone.Success;

    private async Task<(ChangeTask Kind, TaskView? Task)> Task(TilskuddDb db, Run run, PlanChange change, PersonId reader, NodaTime.LocalDate today, CancellationToken ct)
    {
        var (step, view) = await tasks.Of(db, run, change.PlanId, reader, today, ct);
        return (step.Step switch
        {
            Submit => ChangeTask.Submission,
            RegisterDecision { Task: TaskKeys.Consent } => ChangeTask.Consent,
            _ => ChangeTask.Elsewhere,
        }, view);
    }

    // The version it began on, and the last one made since, where one has been.
    private static async Task<(HandlingsplanVersion From, HandlingsplanVersion? To)> Versions(TilskuddDb db, PlanChange change, CancellationToken ct)
    {
        var made = await db.Set<HandlingsplanVersion>()
            .Where(version => EF.Property<HandlingsplanId>(version, "HandlingsplanId") == change.PlanId && version.Number >= change.FromVersion && (version.Number == change.FromVersion || version.FrozenAt >= change.OpenedAt))
            .OrderBy(version => version.Number).ToListAsync(ct);
        return (made[0], made.Count > 1 ? made[^1] : null);
    }

    private static IEnumerable<ChangedLine> Lines(HandlingsplanContent before, HandlingsplanContent after)
    {
        var (was, now) = (before.Tiltak.ToDictionary(tiltak => tiltak.Id), after.Tiltak.ToDictionary(tiltak => tiltak.Id));
        return after.Tiltak.Concat(before.Tiltak.Where(tiltak => !now.ContainsKey(tiltak.Id))).OrderBy(tiltak => tiltak.Number)
            .Select(tiltak => new ChangedLine(tiltak.Name, Sum(was.GetValueOrDefault(tiltak.Id)), Sum(now.GetValueOrDefault(tiltak.Id))))
            .Where(line => line.Before != line.After);
    }

    private static Money? Sum(TiltakContent? tiltak) => tiltak is null ? null : new Money(tiltak.BudgetOre.Values.Sum());
}
