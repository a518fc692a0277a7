using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
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
        var unasked = new List<string>();
        foreach (var grant in await Sent(w.Db, run))
        {
            var contacts = await Who.ContactsOf(w.Db, grant, OsloTime.On(w.Now).Date);
            if (contacts.Count == 0)
            {
                unasked.Add((await w.Db.Existing<FundingSource>(grant.SourceId)).Code);
            }

            foreach (var contact in contacts)
            {
                // What one grantor wants put right is not sent to the others once more.
                await Ask(w, run, grant, contact.Id, run.DocumentKind == DocumentKind.Change ? $"receipt/{run.Id}/{grant.LatestSubmission!.Id}" : $"receipt/{run.Id}/{run.VisitNumber}");
            }
        }

        return unasked.Count == 0 ? null : $"Tilskuddsgiveren har ingen kontaktperson ({string.Join(", ", unasked)}). Registrer en og prøv på nytt.";
    }

    /// <summary>The grants whose grantors are asked about what was sent: the one there is; of a change those that have not answered.</summary>
    public static async Task<IReadOnlyList<Grant>> Sent(TilskuddDb db, Run run)
    {
        var grants = await Who.GrantsOf(db, run.Subject);
        return run.DocumentKind == DocumentKind.Change ? [.. grants.Where(grant => grant.IsAwaited)] : grants;
    }

    /// <summary>Whether anything a run is about is with a grantor that has not answered.</summary>
    public static async Task<bool> IsAwaited(TilskuddDb db, Run run) => run.DocumentKind == DocumentKind.Rapport
        ? (await db.Existing<Rapport>(new RapportId(run.DocumentId))).IsAwaited
        : (await Who.GrantsOf(db, run.Subject)).Any(grant => grant.IsAwaited);

    /// <summary>What a link about a run leads to: its report, else a plan as it was sent for a grant.</summary>
    public static (GrantId? Grant, RapportId? Rapport) About(Run run, GrantId grant) =>
        run.DocumentKind == DocumentKind.Rapport ? (null, new RapportId(run.DocumentId)) : (grant, null);

    /// <summary>The occasion of a mail to a grantor; a change may have one for each of several.</summary>
    public static string Occasion(Run run, GrantId grant, string occasion) => run.DocumentKind == DocumentKind.Change ? ReminderOccasion.Part(occasion, grant.Value) : occasion;

    /// <summary>Asks one contact; the mail carries a link and a code of its own.</summary>
    public async Task Ask(Writing w, Run run, Grant about, PersonId contact, string occasion)
    {
        var (grant, rapport) = About(run, about.Id);
        await Links.Open(w, LinkPurpose.Grantor, contact, null, grant, rapport);
        await notices.Queue(
            w, NoticeKind.SubmissionSent, contact, occasion, new NoticeAbout { RunId = run.Id.Value, Visit = run.VisitNumber, GrantId = grant, RapportId = rapport });
    }
}
