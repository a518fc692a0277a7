using Microsoft.EntityFrameworkCore;
using Tilskudd.Award;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Notices;

/// <summary>Mails to and from the grantor: what is submitted, what must be corrected, and news of the money.</summary>
internal sealed class GrantMails(SiteAddress site, Links links)
{
    public async Task<MailContent?> Submitted(Turn turn)
    {
        var (document, amounts, plans) = await Sent(turn);
        if (amounts.Count == 0 || !await IsContact(turn))
        {
            return null;
        }

        var link = await Links.Open(turn.Writing, LinkPurpose.Grantor, turn.Person.Id, null, turn.Notice.GrantId, turn.Notice.RapportId, turn.Ct);
        var access = links.Issue(turn.Writing, link, turn.Notice.Id);
        var municipality = document.Place.Municipality.Name;
        var change = await Change(turn);
        var subject = turn.Words(change is null ? "Submission.Subject" : "Submission.Subject.Change", document.Title);

        // The first mail about a submission begins its thread; one that follows reminds of it.
        var isReminder = turn.Notice.ThreadId != turn.Notice.MessageId;
        return Told(turn, document, isReminder ? turn.Words("Reminder.Subject", subject) : subject, turn.Words(change is not null ? "Submission.Heading.Change" : plans > 1 ? "Submission.Heading.Several" : "Submission.Heading", document.Title)) with
        {
            Preheader = turn.Words("Code", access.Code) + ". " + document.Title,
            Code = access.Code,
            Paragraphs =
            [
                .. change is not null
                    ? [turn.Words("Submission.Text.Change", municipality), change.Text, .. await NeedsConsent(turn, change) ? new[] { turn.Words("Submission.Consent") } : []]
                    : new[] { turn.Words(plans > 1 ? "Submission.Text.Several" : turn.Notice.RapportId is null ? "Submission.Text" : "Submission.Text.Rapport", municipality, plans) },
                .. await AskedBefore(turn) is { } asked ? new[] { turn.Words("Submission.Corrected"), asked } : [],
            ],
            CodeNeeded = turn.Words("CodeNeeded", access.Code),
            Facts = amounts,
            Action = new(turn.Words("Submission.Action"), site.Link($"/k/{access.Token}")),
            Footer = [turn.Words("Personal"), turn.Words("NothingYet"), .. turn.Questions(document.Place.Leader)],
        };
    }

    /// <summary>A fresh code for a contact who has typed the mail's own wrong too often, or has lost the mail.</summary>
    public async Task<MailContent?> Fresh(Turn turn)
    {
        var (document, amounts, _) = await Sent(turn);
        if (amounts.Count == 0 || turn.IsTooLate || !await IsContact(turn))
        {
            return null;
        }

        var link = await Links.Open(turn.Writing, LinkPurpose.Grantor, turn.Person.Id, null, turn.Notice.GrantId, turn.Notice.RapportId, turn.Ct);
        var code = await links.IssueCode(turn.Writing, link, turn.Notice.Id, turn.Ct);
        return Told(turn, document, turn.Words("FreshCode.Subject", document.Title), turn.Words("FreshCode.Heading")) with
        {
            Preheader = turn.Words("Code", code),
            Code = code,
            Paragraphs = [turn.Words("FreshCode.Text", Dates.Within(document.Title), (int)Links.FreshCodeLife.TotalMinutes)],
            Footer = [turn.Words("FreshCode.NotYou"), .. turn.Questions(document.Place.Leader)],
        };
    }

    public async Task<MailContent?> Correction(Turn turn)
    {
        var (what, document) = turn.Notice.RapportId is { } rapport
            ? (await turn.Db.Existing<Rapport>(rapport, turn.Ct) is { CorrectionAskedAt: not null } returned ? returned.Correction : "", await MailFacts.Rapport(turn.Db, rapport, turn.Language, turn.Writing.Now, turn.Ct))
            : await CorrectionOfPlan(turn);
        return what.Length == 0 ? null : Told(turn, document, turn.Words("Correction.Subject", document.Title), turn.Words("Correction.Heading")) with
        {
            Paragraphs = [turn.Words("Correction.Text", Dates.Within(document.Title)), what],
            Action = new(turn.Words("Open.Action"), site.Link(document.Path)),
        };
    }

    public async Task<MailContent?> Money(Turn turn)
    {
        var grant = await Grant(turn);
        var isOfVote = turn.Notice.Occasion.StartsWith(GrantNews.Occasion(grant.Id, "vote"), StringComparison.Ordinal);
        var news = grant switch
        {
            { Letter: not null } when !isOfVote => "Letter",

            // The letter has been told of beside it, and says more; but one who was told of a wrong vote must know.
            { Letter: not null } when turn.Notice.Text.Length == 0 => null,

            // The flow tells everyone of a refusal by itself; what was to tell of the vote is no longer news.
            { RefusedAt: not null } => null,
            { Voted: not null } => "Vote",
            _ => null,
        };
        if (news is null)
        {
            return null;
        }

        var document = await MailFacts.Letter(turn.Db, grant.Id, turn.Language, turn.Writing.Now, turn.Ct);
        var (subject, error) = (turn.Words($"Money.{news}.Subject", document.Title), turn.Notice.Text);
        return Told(turn, document, error.Length == 0 ? subject : turn.Words("Corrected.Subject", subject), turn.Words($"Money.{news}.Heading{(error.Length == 0 ? "" : ".Again")}")) with
        {
            Paragraphs = [document.Title + ".", .. error.Length == 0 ? Array.Empty<string>() : [turn.Words("Money.Corrected"), error]],
            Facts = [.. await MoneyFacts(turn, grant)],
            Action = new(turn.Words("Open.Action"), site.Link(document.Path)),
        };
    }

    private static MailContent Told(Turn turn, NamedDocument document, string subject, string heading) => new(turn.Language, subject, heading)
    {
        Municipality = document.Place.Municipality.Name,
        Preheader = document.Title,
        Greeting = turn.Greeting,
        Footer = [.. turn.Questions(document.Place.Leader)],
        ReplyTo = document.Place.Leader,
    };

    private static Task<Grant> Grant(Turn turn) => turn.Db.Existing<Grant>(turn.Notice.GrantId!.Value, turn.Ct);

    // Still at the grantor's table: what has been received, or must be corrected, is not announced again.
    private static async Task<(NamedDocument Document, IReadOnlyList<MailFact> Amounts, int Plans)> Sent(Turn turn)
    {
        var culture = turn.Language.Culture();
        if (turn.Notice.RapportId is { } id)
        {
            var rapport = await turn.Db.Existing<Rapport>(id, turn.Ct);
            var isOpen = rapport is { SubmittedAt: not null, ReceivedAt: null, CorrectionAskedAt: null };
            MailFact[] spent = isOpen ? [new(turn.Words("Rapport.Spent"), [new Money(rapport.SentVersion is { } version ? RapportContent.Parse(version.Content).SpentOre : rapport.Spent.Ore).ToKroner(culture)])] : [];
            return (await MailFacts.Rapport(turn.Db, id, turn.Language, turn.Writing.Now, turn.Ct), spent, 0);
        }

        var grant = await Grant(turn);
        var document = await MailFacts.Submission(turn.Db, grant, turn.Language, turn.Writing.Now, turn.Ct);
        if (grant.LatestSubmission is not { ReceivedAt: null, CorrectionAskedAt: null } sent)
        {
            return (document, [], 0);
        }

        var applied = (await AnsweredPlans.Sent(turn.Db, sent, turn.Ct)).Select(plan => (plan.Unit, Amount: ShowGrant.Asked([plan.Content], grant.SourceId))).ToList();
        var units = applied.Select(one => one.Unit).ToList();
        var names = applied.Count == 1 ? [] : await turn.Db.PlanUnits.Where(unit => units.Contains(unit.Id)).Select(unit => new { unit.Id, unit.Name }).ToDictionaryAsync(unit => unit.Id, unit => unit.Name, turn.Ct);
        return (document,
        [
            new(turn.Words(await Change(turn) is null ? "Submission.Amount" : "Submission.Planned"), [new Money(applied.Sum(one => one.Amount.Ore)).ToKroner(culture)]),
            .. names.Count == 0 ? Array.Empty<MailFact>() : [new(turn.Words("Submission.Plans"), [.. applied.OrderBy(one => names[one.Unit], StringComparer.Ordinal).Select(one => turn.Words("Submission.Plan", names[one.Unit], one.Amount.ToKroner(culture)))])],
        ], applied.Count);
    }

    // What the grantor asked to have put right in what was sent before.
    private static async Task<string?> AskedBefore(Turn turn) => turn.Notice.RapportId is { } id
        ? await turn.Db.Existing<Rapport>(id, turn.Ct) is { Correction: { Length: > 0 } asked } ? asked : null
        : (await Grant(turn)).CorrectionBefore;

    // What was sent last, where it is a plan that has been changed after its letter.
    private static async Task<PlanChange?> Change(Turn turn) =>
        turn.Notice.RapportId is null && await Grant(turn) is { LatestSubmission: { } sent } grant ? await ShowReceipt.ChangeBehind(turn.Db, grant, sent, turn.Ct) : null;

    private static async Task<bool> NeedsConsent(Turn turn, PlanChange change) => change.NeedsConsent(await Grant(turn));

    private static Task<bool> IsContact(Turn turn) =>
        Who.IsContactOf(turn.Db, turn.Person.Id, turn.Notice.GrantId, turn.Notice.RapportId, Dates.On(turn.Writing.Now), turn.Ct);

    private static async Task<(string What, NamedDocument Document)> CorrectionOfPlan(Turn turn)
    {
        var grant = await Grant(turn);
        return (grant.LatestSubmission?.Correction ?? "", await MailFacts.Submission(turn.Db, grant, turn.Language, turn.Writing.Now, turn.Ct));
    }

    private static async Task<IEnumerable<MailFact>> MoneyFacts(Turn turn, Grant grant)
    {
        var culture = turn.Language.Culture();
        var source = await turn.Db.Existing<FundingSource>(grant.SourceId, turn.Ct);
        return
        [
            new(turn.Words("Money.Source"), [source.AsReceived.Length == 0 ? source.Code : $"{source.Code} ({source.AsReceived})"]),
            .. grant.Voted is { } voted ? new MailFact[] { new(turn.Words("Money.Voted"), [voted.ToKroner(culture)]) } : [],
            .. grant.Letter is { } letter
                ? new MailFact[]
                {
                    new(turn.Words("Money.Granted"), [letter.Amount.ToKroner(culture)]),
                    new(turn.Words("Money.Reference"), [letter.Reference]),
                    new(turn.Words("Money.ReportDue"), [Dates.WithYear(letter.ReportDueOn, turn.Language)]),
                }
                : [],
        ];
    }
}
