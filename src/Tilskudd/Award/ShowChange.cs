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

        var now = clock.GetUtcNow();
        var today = OsloTime.On(now).Date;
        var grant = await db.Grants.IgnoreAutoIncludes().SingleAsync(grant => grant.Id == change.GrantId, ct);
        if (await GrantPlace.SeenBy(db, grant, reader, today, ct) is not { } place)
        {
            return null;
        }

        var run = await db.Set<Run>().SingleAsync(run => run.DocumentKind == DocumentKind.Change && run.DocumentId == id.Value, ct);
        var touched = await Touched(db, change, run, ct);
        var by = await db.People.Where(person => person.Id == change.OpenedBy).Select(person => person.Name).SingleAsync(ct);
        var (from, to) = await Versions(db, change, run, ct);
        var unit = change.PlanUnitId == place.Unit.Id ? place.Unit.Name : await db.PlanUnits.Where(unit => unit.Id == change.PlanUnitId).Select(unit => unit.Name).SingleAsync(ct);
        var (kind, task) = run.IsOpen ? await Task(db, run, change, reader, now, ct) : (ChangeTask.Elsewhere, null);
        return new ChangeRow(
            place.Head($"/endring/{id}", Texts.Of<AwardWords>("Change.Title", change.Year, string.Join(", ", touched.Select(one => one.Code)), unit), Texts.Of<AwardWords>("Change.ShortTitle")),
            Texts.Of<AwardWords>("Grant.ShortTitle", place.Source.Code), $"/tilskudd/{grant.Id}", Texts.Of<AwardWords>("Plan.Title", change.Year, unit), $"/plan/{change.PlanId}",
            tasks.State(run), ToneOf(run, change, now), change.Reason, change.Text, by, change.OpenedAt, change.Amount, change.FromVersion, to?.Number,
            to is null ? [] : [.. Lines(from.Read(), to.Read())], new Money(from.Read().TotalOre), new Money((to ?? from).Read().TotalOre),
            [.. touched.Where(one => change.Told.Contains(one.Grant)).Select(one => one.Row)], change.IsWithheld && !run.IsOpen, kind, task, $"/prosess/{run.Id}")
        {
            MayCorrect = CorrectChange.MayBe(change, run) && await OpenChange.MayOpen(db, reader, place.Unit, today, ct),
        };
    }

    // What was sent before the change was opened is not of it, nor what was sent after it ended.
    private static async Task<IReadOnlyList<(GrantId Grant, string Code, ToldGrantor Row)>> Touched(TilskuddDb db, PlanChange change, Run run, CancellationToken ct)
    {
        var ids = change.Grants;
        var grants = await db.Grants.Where(grant => ids.Contains(grant.Id)).ToListAsync(ct);
        var paid = grants.Select(grant => grant.SourceId).ToList();
        var sources = await db.FundingSources.IgnoreAutoIncludes().Where(source => paid.Contains(source.Id)).Select(source => new { source.Id, source.Number, source.Code, source.GrantorId }).ToDictionaryAsync(source => source.Id, ct);
        var givers = sources.Values.Select(source => source.GrantorId).OfType<GrantorId>().ToList();
        var names = await db.Grantors.Where(grantor => givers.Contains(grantor.Id)).ToDictionaryAsync(grantor => grantor.Id, grantor => grantor.Name, ct);
        return [.. grants.Select(grant => (Grant: grant, Source: sources[grant.SourceId])).OrderBy(one => one.Source.Number)
            .Select(one => (one.Grant.Id, one.Source.Code, Row(one.Grant, one.Source.GrantorId is { } id && names[id] is var name && name != one.Source.Code ? $"{one.Source.Code}, {name}" : one.Source.Code)))];

        ToldGrantor Row(Grant grant, string name)
        {
            var (sent, consent) = (grant.Submissions.Where(one => one.SentAt >= change.OpenedAt && !(one.SentAt > run.ClosedAt)).MaxBy(one => one.Number), change.Consents.SingleOrDefault(one => one.Grant == grant.Id));
            return new ToldGrantor(
                grant.Id.Value, name, $"/tilskudd/{grant.Id}", sent?.SentAt, sent?.ReceivedAt, sent?.Journal ?? "", sent?.CorrectionAskedAt, sent?.Correction ?? "",
                change.NeedsConsent(grant), consent?.IsGiven, consent?.Text ?? "", consent?.At);
        }
    }

    internal static Tone ToneOf(Run run, PlanChange change, DateTimeOffset now) =>
        run.IsLate(now) ? Tone.Danger : run.IsOpen ? Tone.Info : change.IsWithheld ? Tone.Warning : Tone.Success;

    private async Task<(ChangeTask Kind, TaskView? Task)> Task(TilskuddDb db, Run run, PlanChange change, PersonId reader, DateTimeOffset now, CancellationToken ct)
    {
        var (step, view) = await tasks.Of(db, run, change.PlanId, reader, now, ct);
        return (step.Step switch
        {
            Submit => ChangeTask.Submission,
            RegisterDecision { Task: TaskKeys.Consent } => ChangeTask.Consent,
            _ => ChangeTask.Elsewhere,
        }, view);
    }

    // The version it began on, and the last one made while it was open, where one has been.
    private static async Task<(HandlingsplanVersion From, HandlingsplanVersion? To)> Versions(TilskuddDb db, PlanChange change, Run run, CancellationToken ct)
    {
        var until = run.ClosedAt ?? DateTimeOffset.MaxValue;
        var made = await db.Set<HandlingsplanVersion>()
            .Where(version => EF.Property<HandlingsplanId>(version, "HandlingsplanId") == change.PlanId && version.Number >= change.FromVersion && (version.Number == change.FromVersion || (version.FrozenAt >= change.OpenedAt && version.FrozenAt <= until)))
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
