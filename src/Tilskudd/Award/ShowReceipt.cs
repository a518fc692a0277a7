using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Reporting;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>Reads what was sent to a grantor, for the holder of a personal link to it.</summary>
internal sealed class ShowReceipt(ViewTask tasks, TimeProvider clock)
{
    public async Task<ReceiptRow> Find(TilskuddDb db, Link link, CancellationToken ct)
    {
        var rapport = link.RapportId is { } rapportId ? await db.Existing<Rapport>(rapportId, ct) : null;
        var grant = await db.Existing<Grant>(rapport?.GrantId ?? link.GrantId!.Value, ct);
        var place = await GrantPlace.Of(db, grant, ct);
        var person = await db.Existing<Person>(link.PersonId, ct);
        var row = rapport is null ? await OfPlan(db, grant, place, person, ct) : OfRapport(rapport, place, person);
        return row with { Task = await Waiting(db, link, grant, person, ct) };
    }

    private async Task<TaskView?> Waiting(TilskuddDb db, Link link, Grant grant, Person person, CancellationToken ct)
    {
        // A plan is sent to the grantor in the grant's own run, and once more in that of a change, which is of what a letter has given.
        var changes = grant.Letter is null || link.RapportId is not null ? [] : await db.Set<PlanChange>().Where(change => change.GrantId == grant.Id || change.OtherGrants.Contains(grant.Id)).Select(change => change.Id).ToListAsync(ct);
        List<Guid> documents = link.RapportId is { } rapport ? [rapport.Value] : [grant.Id.Value, .. changes.Select(change => change.Value)];
        var run = await db.Set<Run>().AsSingleQuery().Where(run => documents.Contains(run.DocumentId) && run.ClosedAt == null && run.StepKind == nameof(AwaitReceipt)).OrderByDescending(run => run.StartedAt).FirstOrDefaultAsync(ct);
        if (run is null || (run.DocumentKind == DocumentKind.Change && !grant.IsAwaited))
        {
            return null;
        }

        var (step, view) = await tasks.Of(db, run, grant.OnlyPlan, person.Id, clock.GetUtcNow(), ct);
        return step.Step is AwaitReceipt && view.IsMine ? view : null;
    }

    private static async Task<ReceiptRow> OfPlan(TilskuddDb db, Grant grant, GrantPlace place, Person person, CancellationToken ct)
    {
        var sent = grant.LatestSubmission ?? throw new InvalidOperationException($"A link leads to grant {grant.Id}, for which nothing was sent.");
        var ids = sent.Plans.Select(plan => plan.PlanId).ToList();
        var known = await db.Handlingsplaner.IgnoreAutoIncludes().Where(plan => ids.Contains(plan.Id)).Join(db.PlanUnits, plan => plan.PlanUnitId, unit => unit.Id, (plan, unit) => new { plan.Id, unit.Name }).ToDictionaryAsync(plan => plan.Id, plan => plan.Name, ct);
        var contents = (await AnsweredPlans.Sent(db, sent, ct)).Select(plan => plan.Content).ToList();
        var path = $"/mottak/{grant.Id}";
        var title = sent.Plans.Count == 1 ? Texts.Of<AwardWords>("Plan.Title", grant.Year, known[sent.PlanId]) : Texts.Of<AwardWords>("Plans.Title", grant.Year, place.Unit.Name);
        return Row(path, title, place, person, [.. sent.Plans.Select((plan, at) => new SentVersion(Texts.Of<AwardWords>("Plan.Title", grant.Year, known[plan.PlanId]), plan.Version, plan.Hash, at == 0 ? $"{path}/utskrift" : $"{path}/utskrift?plan={at + 1}"))], sent.SentAt) with
        {
            Asked = ShowGrant.Asked(contents, grant.SourceId),
            Plans = contents,
            Changes = await Changes(db, grant, sent, contents, ct),
            Change = await ChangeBehind(db, grant, sent, ct) is { } change ? (change.Text, change.NeedsConsent(grant)) : null,
            Before = grant.CorrectionBefore,
            Answer = Answer(sent.ReceivedAt, sent.Journal, sent.CorrectionAskedAt, sent.Correction),
        };
    }

    private static async Task<IReadOnlyList<IReadOnlyList<Difference>>> Changes(TilskuddDb db, Grant grant, Submission sent, IReadOnlyList<HandlingsplanContent> contents, CancellationToken ct)
    {
        if (grant.Submissions.SingleOrDefault(one => one.Number == sent.Number - 1) is not { } before)
        {
            return [];
        }

        var known = before.Plans.Zip(await AnsweredPlans.Sent(db, before, ct)).ToDictionary(one => one.First.PlanId, one => one.Second.Content);
        return [.. sent.Plans.Zip(contents).Select(one => known.TryGetValue(one.First.PlanId, out var was) ? PlanDifference.Between(was, one.Second) : [])];
    }

    /// <summary>The change a plan is sent for; null where it is sent as an application.</summary>
    public static async Task<PlanChange?> ChangeBehind(TilskuddDb db, Grant grant, Submission sent, CancellationToken ct)
    {
        if (grant.Letter is null)
        {
            return null;
        }

        var changes = await db.Set<PlanChange>().Where(change => (change.GrantId == grant.Id || change.OtherGrants.Contains(grant.Id)) && change.OpenedAt <= sent.SentAt).ToListAsync(ct);
        return changes.MaxBy(change => change.OpenedAt);
    }

    private static ReceiptRow OfRapport(Rapport rapport, GrantPlace place, Person person)
    {
        var sent = rapport.SentVersion ?? throw new InvalidOperationException($"A link leads to rapport {rapport.Id}, which was not sent.");
        var (path, title) = ($"/mottak/{rapport.Id}", Texts.Of<AwardWords>("Rapport.Title", rapport.Year, place.Unit.Name));
        return Row(path, title, place, person, [new SentVersion(title, sent.Number, sent.Hash, $"{path}/utskrift")], rapport.SubmittedAt!.Value) with
        {
            Rapport = RapportContent.Parse(sent.Content),
            Before = rapport is { CorrectionAskedAt: null, Correction.Length: > 0 } ? rapport.Correction : null,
            Auditor = Audited.Shown(rapport, sent.Number),
            Answer = Answer(rapport.ReceivedAt, rapport.Journal, rapport.CorrectionAskedAt, rapport.Correction),
        };
    }

    private static GrantorAnswer? Answer(DateTimeOffset? receivedAt, string journal, DateTimeOffset? correctionAt, string correction) =>
        correctionAt is { } asked ? new GrantorAnswer(true, correction, asked)
        : receivedAt is { } received ? new GrantorAnswer(false, journal, received)
        : null;

    private static ReceiptRow Row(string path, string title, GrantPlace place, Person person, IReadOnlyList<SentVersion> versions, DateTimeOffset at) => new()
    {
        Path = path,
        Title = title,
        Municipality = place.Municipality.Name,
        Programme = place.Programme.Name,
        Person = person.Name,
        IsInvented = person.IsInvented,
        Grantor = place.Grantor?.Name ?? place.Source.Code,
        Source = place.SourceText,
        Versions = versions,
        SentAt = at,
        TextLanguage = place.TextLanguage,
    };
}
