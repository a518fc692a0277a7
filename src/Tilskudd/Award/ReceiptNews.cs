using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>Tells a grantor's contact what was registered of the answer given by a personal link, so that another's use of the link is found out.</summary>
internal sealed class ReceiptNews(NoticeQueue notices)
{
    /// <param name="typed">The journal number, or what must be put right, as it was posted.</param>
    public async Task Tell(Writing w, Run run, Link link, bool isCorrection, string typed, CancellationToken ct)
    {
        var language = Languages.Of((await w.Db.Existing<Person>(link.PersonId, ct)).Language);
        var (title, versions) = link.RapportId is { } rapport ? await OfRapport(w, rapport, language, ct) : await OfPlans(w, link.GrantId!.Value, language, ct);
        var (answer, text) = isCorrection ? ("Correction", Prose.Of(typed)) : ("Received", Prose.Line(typed));
        var message = new MessageText(
            Words($"{answer}.Subject", title),
            [
                Words(answer), string.Join('\n', [.. versions, Words("At", Dates.Stamp(w.Now, language))]),
                .. Prose.IsBlank(text) ? Array.Empty<string>() : [Words($"{answer}.Text", text)], Texts.Of<MailWords>(language, "Receipt.NotYou"),
            ]);

        // A change goes to several grantors in one run, and one person may be contact at two of them.
        var about = link.RapportId?.Value ?? link.GrantId!.Value.Value;
        await notices.Say(w, link.PersonId, $"answer/{run.Id}/{run.VisitNumber}/{about}", message, new NoticeAbout { GrantId = link.GrantId, RapportId = link.RapportId }, ct);

        string Words(string key, params object[] arguments) => Texts.Of<MailWords>(language, $"Answered.{key}", arguments);
    }

    private static async Task<(string Title, IReadOnlyList<string> Versions)> OfRapport(Writing w, RapportId id, Language language, CancellationToken ct)
    {
        var title = (await MailFacts.Rapport(w.Db, id, language, w.Now, ct)).Title;
        return (title, [Version(title, (await w.Db.Existing<Rapport>(id, ct)).SentVersion!.Number, language)]);
    }

    private static async Task<(string Title, IReadOnlyList<string> Versions)> OfPlans(Writing w, GrantId id, Language language, CancellationToken ct)
    {
        var grant = await w.Db.Existing<Grant>(id, ct);
        var versions = new List<string>();
        foreach (var plan in grant.LatestSubmission!.Plans)
        {
            versions.Add(Version((await MailFacts.Plan(w.Db, plan.PlanId, language, w.Now, ct)).Title, plan.Version, language));
        }

        return ((await MailFacts.Submission(w.Db, grant, language, w.Now, ct)).Title, versions);
    }

    private static string Version(string title, int version, Language language) => Texts.Of<MailWords>(language, "Answered.Version", title, version);
}
