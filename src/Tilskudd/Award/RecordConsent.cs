using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Planning;
using Tilskudd.Reporting;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>The programme leader registers whether a grantor consents to a change. Where several are asked, the change waits for each of them; one that does not is enough for the plan to stand.</summary>
internal sealed class RecordConsent(AnswerTask task, Flow flow, ReportLines lines, NoticeQueue notices)
{
    private const string Given = "Approved";
    private const string Withheld = "Rejected";

    /// <param name="grant">Whose answer it is; null where the change has one grantor to hear from, or none was chosen.</param>
    /// <param name="grounds">The grantor's own words; needed where it does not consent.</param>
    public Task<Refusal?> Record(PlanChangeId id, PostedAnswer answer, GrantId? grant, string grounds, PersonId by, CancellationToken ct) => task.AnswerPart<RegisterDecision>(id.Value, answer, by, async (w, run, step) =>
    {
        if (step.Task != TaskKeys.Consent || answer.Outcome is not (Given or Withheld))
        {
            return (new FlowRefusal.NotFound(), null);
        }

        var change = await w.Db.Existing<PlanChange>(id, ct);
        var asked = (await Who.GrantsOf(w.Db, run.Subject, ct)).Where(change.NeedsConsent).Select(one => one.Id).ToList();
        var left = asked.Where(one => change.Consents.All(consent => consent.Grant != one)).ToList();
        if ((grant ?? (left.Count == 1 ? left[0] : null)) is not { } whose || !asked.Contains(whose))
        {
            return (new ChangeRefusal.AnswererMissing(), null);
        }

        // The same form again is the same answer.
        var isGiven = answer.Outcome == Given;
        if (change.Consents.SingleOrDefault(consent => consent.Grant == whose) is { } known && known.IsGiven == isGiven && known.Text == Prose.Of(grounds))
        {
            return (null, null);
        }

        if (change.RecordConsent(whose, isGiven, grounds, w.Now) is { } refusal)
        {
            return (refusal, null);
        }

        await RunTrail.Record(w, run, Actor.Of(by), isGiven ? "consent-given" : "consent-withheld", "change", id.Value, "", new JsonObject { ["grant"] = whose.ToString() });
        if (left.Any(one => one != whose))
        {
            return (null, null);
        }

        if (change.IsWithheld)
        {
            var plan = await w.Db.Existing<Handlingsplan>(change.PlanId, ct);
            var isWritten = await PlanRuns.AnyOpen(w, flow, plan.Id, run.ProgrammeId, plan.Year, (_, at) => PlanRuns.IsWriting(at));
            change.Undo(plan, isWritten, w.Now);
            await RunTrail.Record(w, run, Actor.Of(by), "handlingsplan-restored", "handlingsplan", plan.Id.Value, $"{change.FromVersion}", new JsonObject { ["draft"] = !isWritten });
            await lines.Follow(w, plan);
            await TellTheOthers(w, run, change, ct);
        }

        return (null, change.IsWithheld ? Withheld : Given);
    }, Prose.Of(grounds), ct);

    // Whoever withheld its consent knows; the others have a changed plan that does not hold.
    private async Task TellTheOthers(Storage.Writing w, Run run, PlanChange change, CancellationToken ct)
    {
        var place = await MailFacts.PlaceOf(w.Db, change.PlanUnitId, ct);
        foreach (var grant in (await Who.GrantsOf(w.Db, run.Subject, ct)).Where(grant => change.Consents.All(consent => consent.Grant != grant.Id || consent.IsGiven)))
        {
            foreach (var contact in await Who.ContactsOf(w.Db, grant, OsloTime.On(w.Now).Date, ct))
            {
                var language = Languages.Of(contact.Language);
                var text = new MessageText(Texts.Of<MailWords>(language, "Change.Stands.Subject", change.Year, place), Texts.Of<MailWords>(language, "Change.Stands.Text", change.FromVersion));
                await notices.Say(w, contact.Id, $"change/{change.Id}/stands", text, ct: ct);
            }
        }
    }
}
