using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>Asks the grantor's contacts to confirm what was sent, each by a personal link.</summary>
internal sealed class OpenReceipt(NoticeQueue notices)
{
    /// <returns>Null, or in Norwegian why nobody can be asked.</returns>
    public async Task<string?> Open(Writing w, Run run)
    {
        var contacts = await Contacts(w, run);
        if (contacts.Count == 0)
        {
            return "Tilskuddsgiveren har ingen kontaktperson. Registrer en og prøv på nytt.";
        }

        foreach (var contact in contacts)
        {
            await Ask(w, run, contact.Id, $"receipt/{run.Id}/{run.VisitNumber}");
        }

        return null;
    }

    /// <summary>The people at the grantor the run is about, today.</summary>
    public static Task<IReadOnlyList<Person>> Contacts(Writing w, Run run) => Who.Holding(w.Db, RoleKeys.Grantor, run.Subject, OsloTime.On(w.Now).Date);

    /// <summary>What was sent in a run: a report, or a plan, as a grant's first or as a changed one.</summary>
    public static async Task<(GrantId? Grant, RapportId? Rapport)> Sent(TilskuddDb db, Run run) =>
        run.DocumentKind == DocumentKind.Rapport ? (null, new RapportId(run.DocumentId)) : ((await Who.GrantOf(db, run.Subject))!.Id, null);

    /// <summary>Asks one contact; the mail carries a link and a code of its own.</summary>
    public async Task Ask(Writing w, Run run, PersonId contact, string occasion)
    {
        var (grant, rapport) = await Sent(w.Db, run);
        await Links.Open(w, LinkPurpose.Grantor, contact, null, grant, rapport);
        await notices.Queue(
            w, NoticeKind.SubmissionSent, contact, occasion, new NoticeAbout { RunId = run.Id.Value, Visit = run.VisitNumber, GrantId = grant, RapportId = rapport });
    }
}
