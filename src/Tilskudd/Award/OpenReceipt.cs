using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
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
        var contacts = await Who.Holding(w.Db, RoleKeys.Grantor, run.Subject, OsloTime.On(w.Now).Date);
        if (contacts.Count == 0)
        {
            return "Tilskuddsgiveren har ingen kontaktperson. Registrer en og prøv på nytt.";
        }

        foreach (var contact in contacts)
        {
            var grant = run.DocumentKind == DocumentKind.Tilskuddsbrev ? new GrantId(run.DocumentId) : (GrantId?)null;
            var rapport = run.DocumentKind == DocumentKind.Rapport ? new RapportId(run.DocumentId) : (RapportId?)null;
            await Links.Open(w, LinkPurpose.Grantor, contact.Id, null, grant, rapport);
            await notices.Queue(
                w, NoticeKind.SubmissionSent, contact.Id, $"receipt/{run.Id}/{run.VisitNumber}",
                new NoticeAbout { RunId = run.Id.Value, Visit = run.VisitNumber, GrantId = grant, RapportId = rapport });
        }

        return null;
    }
}
