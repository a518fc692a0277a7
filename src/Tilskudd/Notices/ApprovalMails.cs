using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Award;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Notices;

/// <summary>Mails about a round: the question, the reminder, a fresh code, the receipt and the result.</summary>
internal sealed class ApprovalMails(SiteAddress site, Links links)
{
    private static readonly DateTimeZone Oslo = DateTimeZoneProviders.Tzdb["Europe/Oslo"];

    public async Task<MailContent?> Ask(Turn turn)
    {
        var round = await Round(turn);
        var isReminder = turn.Notice.Kind == NoticeKind.ApprovalReminder;
        if (!round.IsOpen || round.SeatOf(turn.Person.Id) is null || (isReminder && HasAnswered(round, turn.Person.Id)))
        {
            return null;
        }

        var document = await Document(turn, round);
        var link = await Links.Open(turn.Writing, LinkPurpose.Approval, turn.Person.Id, round.Id, null, null, turn.Ct);
        var access = links.Issue(turn.Writing, link, turn.Notice.Id);
        var title = Asked(turn, round, document);
        var subject = round.DueAt is { } due
            ? turn.Words("Approval.Subject.By", Dates.Long(LastDay(due), turn.Today, turn.Language), title)
            : turn.Words("Approval.Subject", title);
        var deadline = round.DueAt is { } by ? turn.Words("AnswerBy", Deadline(turn, by)) : null;
        var facts = isReminder ? [] : await Facts(turn, round, document);
        return new MailContent(turn.Language, isReminder ? turn.Words("Reminder.Subject", subject) : subject, turn.Words("Approval.Heading", document.Title))
        {
            Municipality = document.Place.Municipality.Name,
            Preheader = string.Join(' ', new[] { turn.Words("Code", access.Code) + ".", deadline, facts is [var first, ..] ? first.Lines[0] : null }.Where(part => part is not null)),
            Code = access.Code,
            Greeting = turn.Greeting,
            Paragraphs = isReminder ? [turn.Words("Approval.Reminder")] : [.. await InPlace(turn, round), .. await Why(turn, round, document), .. Boards(turn, isAsked: true), turn.Words("Approval.May"), .. Position(turn, round)],
            Deadline = deadline,
            CodeNeeded = turn.Words("CodeNeeded", access.Code),
            Facts = facts,
            Action = new(turn.Words(round.DocumentKind == DocumentKind.Rapport ? "Approval.Action.Rapport" : "Approval.Action"), site.Link($"/g/{access.Token}")),
            Footer = [turn.Words("Personal"), turn.Words("NothingYet"), .. turn.Questions(document.Place.Leader)],
            ReplyTo = document.Place.Leader,
        };
    }

    /// <summary>What an observer gets: the case to read, and nothing to answer.</summary>
    public async Task<MailContent?> Show(Turn turn)
    {
        var round = await Round(turn);
        if (!round.IsOpen || !round.IsObserver(turn.Person.Id))
        {
            return null;
        }

        var document = await Document(turn, round);
        var link = await Links.Open(turn.Writing, LinkPurpose.Approval, turn.Person.Id, round.Id, null, null, turn.Ct);
        var access = links.Issue(turn.Writing, link, turn.Notice.Id);
        var informed = turn.Words("Shown.Text", turn.Round!.Body);
        return new MailContent(turn.Language, turn.Words("Shown.Subject", document.Title), turn.Words("Shown.Subject", document.Title))
        {
            Municipality = document.Place.Municipality.Name,
            Preheader = informed,
            Greeting = turn.Greeting,
            Paragraphs = [informed, .. Boards(turn, isAsked: false)],
            Facts = await Facts(turn, round, document),
            Action = new(turn.Words("Shown.Action"), site.Link($"/g/{access.Token}")),
            Footer = [turn.Words("Personal"), .. turn.Questions(document.Place.Leader)],
            ReplyTo = document.Place.Leader,
        };
    }

    public async Task<MailContent?> Fresh(Turn turn)
    {
        var round = await Round(turn);
        if (!round.IsOpen || turn.IsTooLate || round.SeatOf(turn.Person.Id) is null)
        {
            return null;
        }

        var document = await Document(turn, round);
        var link = await Links.Open(turn.Writing, LinkPurpose.Approval, turn.Person.Id, round.Id, null, null, turn.Ct);
        var code = await links.IssueCode(turn.Writing, link, turn.Notice.Id, turn.Ct);
        return new MailContent(turn.Language, turn.Words("FreshCode.Subject", document.Title), turn.Words("FreshCode.Heading"))
        {
            Municipality = document.Place.Municipality.Name,
            Preheader = turn.Words("Code", code),
            Code = code,
            Greeting = turn.Greeting,
            Paragraphs = [turn.Words("FreshCode.Text", Dates.Within(document.Title), (int)Links.FreshCodeLife.TotalMinutes)],
            Footer = [turn.Words("FreshCode.NotYou"), .. turn.Questions(document.Place.Leader)],
            ReplyTo = document.Place.Leader,
        };
    }

    public static async Task<MailContent?> Receipt(Turn turn)
    {
        var round = await Round(turn);
        var document = await Document(turn, round);
        var answer = round.LastOf(turn.Person.Id);
        var isAside = round.IsInDoubt(turn.Person.Id) || round.IsInhabil(turn.Person.Id);
        if (answer is null && !isAside)
        {
            return null;
        }

        var about = isAside ? "Receipt.Doubt" : "Receipt";
        return new MailContent(turn.Language, turn.Words($"{about}.Subject", document.Title), turn.Words($"{about}.Heading"))
        {
            Municipality = document.Place.Municipality.Name,
            Preheader = document.Title,
            Greeting = turn.Greeting,
            Paragraphs = [document.Title + ".", .. isAside ? new[] { turn.Words(round.Regime == Regime.Administrativ ? "Receipt.Inhabil.InLine" : "Receipt.Inhabil") } : []],
            Facts = answer is null || isAside ? [] : Answered(turn, round, answer),
            Footer = [turn.Words($"{about}.NotYou"), .. turn.Questions(document.Place.Leader)],
            ReplyTo = document.Place.Leader,
        };
    }

    /// <summary>Tells a member what another has registered as their answer, and how to take it back while that can be done.</summary>
    public async Task<MailContent?> Registered(Turn turn)
    {
        var round = await Round(turn);
        var answer = Told(turn, round);
        if (answer.RetractedAt is not null)
        {
            return null;
        }

        var document = await Document(turn, round);
        var by = await turn.Db.Existing<Person>(answer.RegisteredBy!.Value, turn.Ct);
        var access = round.IsOpen ? links.Issue(turn.Writing, await Links.Open(turn.Writing, LinkPurpose.Approval, turn.Person.Id, round.Id, null, null, turn.Ct), turn.Notice.Id) : null;
        var heading = turn.Words("Registered.Heading", by.Name);
        return new MailContent(turn.Language, turn.Words("Registered.Subject", by.Name, document.Title), heading)
        {
            Municipality = document.Place.Municipality.Name,
            Preheader = access is null ? heading : turn.Words("Code", access.Code) + ". " + heading,
            Code = access?.Code,
            Greeting = turn.Greeting,
            Paragraphs = [document.Title + ".", turn.Words(access is null ? "Registered.Closed" : "Registered.Wrong")],
            CodeNeeded = access is null ? null : turn.Words("Registered.CodeNeeded", access.Code),
            Facts =
            [
                .. Answered(turn, round, answer),
                new(turn.Words("Registered.Channel"), [turn.Words($"Channel.{answer.Channel}")]),
                new(turn.Words("Registered.GivenOn"), [Dates.WithYear(answer.GivenOn!.Value, turn.Language)]),
            ],
            Action = access is null ? null : new(turn.Words("Registered.Action"), site.Link($"/g/{access.Token}")),
            Footer = [.. access is null ? Array.Empty<string>() : [turn.Words("Personal")], .. turn.Questions(document.Place.Leader)],
            ReplyTo = document.Place.Leader,
        };
    }

    /// <summary>Tells who registered an answer that the member has taken it back.</summary>
    public async Task<MailContent?> Retracted(Turn turn)
    {
        var round = await Round(turn);
        var answer = Told(turn, round);
        var document = await Document(turn, round);
        var member = await turn.Db.Existing<Person>(answer.PersonId, turn.Ct);
        var text = turn.Words("Retracted.Text", member.Name, turn.Words($"Answer.{answer.Kind}"), turn.Round!.Body);
        return new MailContent(turn.Language, turn.Words("Retracted.Subject", member.Name, document.Title), turn.Words("Retracted.Heading", member.Name))
        {
            Municipality = document.Place.Municipality.Name,
            Preheader = text,
            Greeting = turn.Greeting,
            Paragraphs = [document.Title + ".", text, turn.Words("Retracted.Then")],
            Action = new(turn.Words("Open.Action"), site.Link($"/prosess/{turn.Notice.RunId}")),
            Footer = [.. turn.Questions(document.Place.Leader)],
            ReplyTo = document.Place.Leader,
        };
    }

    /// <summary>Tells those who lead the round, and who leads the body, that a member's habilitet is to be decided. Why is not for mails.</summary>
    public async Task<MailContent?> DoubtRaised(Turn turn)
    {
        var round = await Round(turn);
        var doubt = Asked(turn, round);
        if (!round.IsOpen || doubt.IsDecided)
        {
            return null;
        }

        var document = await Document(turn, round);
        var member = await turn.Db.Existing<Person>(doubt.PersonId, turn.Ct);
        var text = turn.Words(round.Regime == Regime.Administrativ ? "Doubt.Raised.InLine" : "Doubt.Raised.ByBody", member.Name, turn.Round!.Body);
        var follows = doubt.TakenUpBy is not null ? [turn.Words("Doubt.Raised.Anew", round.Version)]
            : doubt.RaisedInVersion is { } version ? new[] { turn.Words("Doubt.Raised.Follows", version, round.Version) } : [];
        var run = await StepRounds.RunOf(turn.Db, round, turn.Ct);
        var leads = await CloseRound.Leads(turn.Db, run, turn.Person.Id, Dates.On(turn.Writing.Now), turn.Ct);
        var action = DecideDoubt.DecidesInLine(round, turn.Person.Id) ? ".Decide" : leads ? "" : ".Read";
        return new MailContent(turn.Language, turn.Words("Doubt.Raised.Subject", document.Title), turn.Words(doubt.TakenUpBy is null ? "Doubt.Raised.Heading" : "Doubt.Raised.Heading.Anew", member.Name))
        {
            Municipality = document.Place.Municipality.Name,
            Preheader = text,
            Greeting = turn.Greeting,
            Paragraphs = [document.Title + ".", .. follows, text, turn.Words("Doubt.Raised.Closed")],
            Deadline = (run.DueAt ?? round.DueAt) is { } due ? turn.Words("Doubt.Raised.By", Deadline(turn, due)) : null,
            Action = new(turn.Words("Doubt.Raised.Action" + action), site.Link(DecideDoubt.PathOf(round.Id, doubt.SeatId))),
            Footer = [turn.Words(leads ? "Doubt.Raised.Why" : "Doubt.Raised.Why.Heads"), .. turn.Questions(document.Place.Leader)],
            ReplyTo = document.Place.Leader,
        };
    }

    /// <summary>Tells the member what was decided; one who is to answer gets the link and its code.</summary>
    public async Task<MailContent?> DoubtDecided(Turn turn)
    {
        var round = await Round(turn);
        var doubt = Asked(turn, round);
        var document = await Document(turn, round);
        if (doubt.PersonId != turn.Person.Id)
        {
            return await PlaceGivenBack(turn, round, doubt, document);
        }

        var answers = round.IsOpen && doubt.IsInhabil == false && round.SeatOf(turn.Person.Id) is not null;
        var access = answers ? links.Issue(turn.Writing, await Links.Open(turn.Writing, LinkPurpose.Approval, turn.Person.Id, round.Id, null, null, turn.Ct), turn.Notice.Id) : null;
        var found = turn.Words(doubt.IsInhabil == true ? "Doubt.Decided.Inhabil" : "Doubt.Decided.Habil");
        return new MailContent(turn.Language, turn.Words("Doubt.Decided.Subject", document.Title), found)
        {
            Municipality = document.Place.Municipality.Name,
            Preheader = access is null ? found : turn.Words("Code", access.Code) + ". " + found,
            Code = access?.Code,
            Greeting = turn.Greeting,
            Paragraphs = [document.Title + ".", turn.Words("Doubt.Decided.When", Dates.Stamp(doubt.DecidedAt!.Value, turn.Language), turn.Round!.Body), turn.Words(doubt.IsInhabil == true ? "Doubt.Decided.Inhabil.Text" : answers ? "Doubt.Decided.Habil.Text" : round.IsOpen ? "Doubt.Decided.NoPlace" : "Doubt.Decided.Ended")],
            Deadline = access is not null && round.DueAt is { } due ? turn.Words("AnswerBy", Deadline(turn, due)) : null,
            CodeNeeded = access is null ? null : turn.Words("CodeNeeded", access.Code),
            Action = access is null ? null : new(turn.Words(round.DocumentKind == DocumentKind.Rapport ? "Approval.Action.Rapport" : "Approval.Action"), site.Link($"/g/{access.Token}")),
            Footer = [.. access is null ? Array.Empty<string>() : [turn.Words("Personal")], .. turn.Questions(document.Place.Leader)],
            ReplyTo = document.Place.Leader,
        };
    }

    // A deputy answered in the place of one who was found inhabil, and is so no longer.
    private static async Task<MailContent> PlaceGivenBack(Turn turn, Round round, Doubt doubt, NamedDocument document)
    {
        var member = await turn.Db.Existing<Person>(doubt.PersonId, turn.Ct);
        var text = turn.Words(round.LastOf(turn.Person.Id) is null ? "Doubt.GivenBack" : "Doubt.GivenBack.Answered", member.Name, turn.Round!.Body);
        return new MailContent(turn.Language, turn.Words("Doubt.GivenBack.Subject", document.Title), turn.Words("Doubt.GivenBack.Heading"))
        {
            Municipality = document.Place.Municipality.Name,
            Preheader = text,
            Greeting = turn.Greeting,
            Paragraphs = [document.Title + ".", text],
            Footer = [.. turn.Questions(document.Place.Leader)],
            ReplyTo = document.Place.Leader,
        };
    }

    /// <summary>Tells a member that what was found or asked in an earlier version holds in this one too, or is taken up anew; there is nothing to answer.</summary>
    public static async Task<MailContent?> DoubtFollows(Turn turn)
    {
        var round = await Round(turn);
        var doubt = Asked(turn, round);
        if (!round.IsOpen || (doubt.IsDecided && doubt.FoundInVersion is null))
        {
            return null;
        }

        var document = await Document(turn, round);
        var what = doubt.FoundInVersion is not null ? "Doubt.Stands" : doubt.TakenUpBy is not null ? "Doubt.Anew" : "Doubt.Follows";
        var text = turn.Words(what + ".Text", turn.Round!.Body, round.Version, doubt.FoundInVersion ?? doubt.RaisedInVersion ?? round.Version);
        return new MailContent(turn.Language, turn.Words(what + ".Subject", document.Title), turn.Words(what + ".Heading"))
        {
            Municipality = document.Place.Municipality.Name,
            Preheader = text,
            Greeting = turn.Greeting,
            Paragraphs = [document.Title + ".", text, turn.Words(what + ".Then")],
            Footer = [.. turn.Questions(document.Place.Leader)],
            ReplyTo = document.Place.Leader,
        };
    }

    public async Task<MailContent?> Result(Turn turn)
    {
        var round = await Round(turn);
        var boards = turn.Round is { Boards: > 1 } ? await turn.Batch.Once((round.Lead, nameof(Boards)), () => Beside(turn, round)) : [];
        if (round.Outcome is null)
        {
            return boards.FirstOrDefault(board => board.Result == JointOutcome.Returned) is { } other ? await Ended(turn, round, other.Name) : null;
        }

        var name = JointDecision.Of([round.Result()]);
        var document = await Document(turn, round);
        var body = turn.Round!.Body;
        var count = round.Count();

        // Of several boards, what one has come to is not yet the answer.
        var result = turn.Words($"Result.{name}");
        var told = boards.Count > 1 ? turn.Words("Result.Of", result, body) : result;
        return new MailContent(turn.Language, turn.Words("Result.Subject", told, document.Title), turn.Words("Result.Heading", document.Title, told))
        {
            Municipality = document.Place.Municipality.Name,
            Preheader = turn.Words($"Result.Text.{name}", body, round.Version),
            Greeting = turn.Greeting,
            Paragraphs = [turn.Words($"Result.Text.{name}", body, round.Version), .. count.For == count.Against && count.For > 0 ? new[] { Members.Name(count.Why.In(turn.Language.Code()), round, await ReadRound.PeopleOf(turn.Db, round, null, turn.Ct)) } : [], .. Others(turn, boards)],
            Facts = round.DecidedAs is not null || count.For + count.Against == 0 ? [] : [new(turn.Words("Result.For"), [$"{count.For}"]), new(turn.Words("Result.Against"), [$"{count.Against}"])],
            Action = new(turn.Words("Open.Action"), site.Link(document.Path)),
            Footer = [.. turn.Questions(document.Place.Leader)],
            ReplyTo = document.Place.Leader,
        };
    }

    // Another board sent the case back, and this one need not answer any more.
    private async Task<MailContent> Ended(Turn turn, Round round, string other)
    {
        var document = await Document(turn, round);
        var text = turn.Words("Result.Text.Withdrawn", other, round.Version, turn.Round!.Body);
        return new MailContent(
            turn.Language, turn.Words("Result.Subject", turn.Words("Result.Returned"), document.Title), turn.Words("Result.Heading", document.Title, turn.Words("Result.Returned")))
        {
            Municipality = document.Place.Municipality.Name,
            Preheader = text,
            Greeting = turn.Greeting,
            Paragraphs = [text],
            Action = new(turn.Words("Open.Action"), site.Link(document.Path)),
            Footer = [.. turn.Questions(document.Place.Leader)],
            ReplyTo = document.Place.Leader,
        };
    }

    private static string[] Boards(Turn turn, bool isAsked) =>
        turn.Round is not { Boards: > 1 and var boards, Body: var body } ? [] : [isAsked ? turn.Words("Boards.Asked", boards, body) : turn.Words("Boards.Shown", boards)];

    // Where several boards decide, one that has approved is not the whole decision.
    private static IEnumerable<string> Others(Turn turn, IReadOnlyList<BoardRow> boards) =>
        boards.Count == 0 ? [] : [turn.Words("Boards.Result", boards.Count, boards.Count(board => board is { IsOpen: false, Result: not (JointOutcome.ToMeeting or JointOutcome.NotQuorate) }))];

    private static RoundAnswer Told(Turn turn, Round round) =>
        round.Answers.Single(answer => answer.Number == int.Parse(turn.Notice.Text, CultureInfo.InvariantCulture));

    private static Doubt Asked(Turn turn, Round round) =>
        round.Doubts.Single(doubt => doubt.Number == int.Parse(turn.Notice.Text, CultureInfo.InvariantCulture));

    // The mails of a round go to all its members one after another, and as long as nothing is written to it, it is the same round.
    private static Task<Round> Round(Turn turn) =>
        turn.Batch.Once(turn.Round!, () => turn.Db.Existing<Round>(turn.Notice.RoundId!.Value, turn.Ct));

    private static Task<NamedDocument> Document(Turn turn, Round round) =>
        turn.Document(round.DocumentKind, round.DocumentId);

    private static bool HasAnswered(Round round, PersonId person) => round.Standing.Any(answer => answer.PersonId == person);

    private static async Task<IReadOnlyList<BoardRow>> Beside(Turn turn, Round round) => [.. (await BoardRow.In(turn.Db, [round.Lead], turn.Ct))[round.Lead]];

    private static Task<IReadOnlyList<MailFact>> Facts(Turn turn, Round round, NamedDocument document) =>
        turn.Batch.Once((round.Id, turn.Language, nameof(Facts)), () => Decided(turn, round, document));

    private static async Task<IReadOnlyList<MailFact>> Decided(Turn turn, Round round, NamedDocument document) => round.DocumentKind switch
    {
        DocumentKind.Handlingsplan => MailFacts.Version(await ReadRound.Plan(turn.Db, round, document, turn.Ct), turn.Language),
        DocumentKind.Rapport => MailFacts.Accounts(await ReadRound.Rapport(turn.Db, round, turn.Ct), turn.Language),
        DocumentKind.Tilskuddsbrev or DocumentKind.Change or DocumentKind.Evaluation => [],
    };

    // Why the question comes to one who has no seat of the body's own.
    private static async Task<IEnumerable<string>> InPlace(Turn turn, Round round)
    {
        var seat = round.SeatOf(turn.Person.Id)!;
        var member = round.InsteadOf(seat);
        if (member is null && seat.Role != SeatRole.Deputy)
        {
            return [];
        }

        var place = round.Count().StepsIn.FirstOrDefault(step => step.Seat == $"{seat.SeatId}")?.For;
        if ((member ?? round.Seats.FirstOrDefault(known => $"{known.SeatId}" == place)?.PersonId) is not { } person)
        {
            return [turn.Words("Approval.AsDeputy.Vacant")];
        }

        var name = await turn.Db.People.Where(known => known.Id == person).Select(known => known.Name).SingleAsync(turn.Ct);
        return [turn.Words(member is null ? "Approval.AsDeputy" : "Approval.InsteadOf", name)];
    }

    // A second version is told from the first, and one board's question from another's.
    private static string Asked(Turn turn, Round round, NamedDocument document)
    {
        var title = round.Version == 1 ? document.Title : turn.Words("Approval.Version", document.Title, round.Version);
        return turn.Round is { Boards: > 1 } ? turn.Words("Approval.Board", title, turn.Round.Body) : title;
    }

    // Who has been through the case before; of a plan that is changed or fitted to a letter, what has happened.
    private static async Task<IEnumerable<string>> Why(Turn turn, Round round, NamedDocument document)
    {
        var (about, change) = await turn.Batch.Once((round.Lead, turn.Language, nameof(Why)), async () =>
        {
            var run = await turn.Db.Set<Run>().SelectMany(run => run.Visits, (run, visit) => new { run.DocumentKind, run.DocumentId, visit.RoundId }).FirstOrDefaultAsync(one => one.RoundId == round.Lead, turn.Ct);
            return (run?.DocumentKind, run?.DocumentKind switch
            {
                DocumentKind.Change => await ReadRound.Change(turn.Db, run.DocumentId, turn.Ct),
                DocumentKind.Tilskuddsbrev => await FittedPlan.Why(turn.Db, new GrantId(run.DocumentId), turn.Language, turn.Ct),
                _ => null,
            });
        });
        return change is not null ? [turn.Words("Approval.Change"), change]
            : ReadRound.IsReviewed(about) && document.Place.Leader is { } leader ? [turn.Words("Approval.Reviewed", leader.Name)]
            : [];
    }

    // In a meeting under kommuneloven only the meeting's votes count (reliability rule L15).
    private static IEnumerable<string> Position(Turn turn, Round round) =>
        round is { Regime: Regime.Kommuneloven, Mode: not Mode.Written } ? [turn.Words("Approval.Position")] : [];

    private static MailFact[] Answered(Turn turn, Round round, RoundAnswer answer) =>
    [
        new(turn.Words("Receipt.Answer"), [turn.Words($"Answer.{answer.Kind}")]),
        new(turn.Words("Receipt.Version"), [$"{round.Version}"]),
        new(turn.Words("Receipt.At"), [Dates.Stamp(answer.At, turn.Language)]),
        .. answer.Remark.Length == 0 ? Array.Empty<MailFact>() : [new(turn.Words("Receipt.Remark"), [answer.Remark])],
    ];

    // A deadline without a clock time is the end of its day, which is the first instant of the next.
    private static LocalDate LastDay(DateTimeOffset due) => Dates.On(due.AddMilliseconds(-1));

    private static string Deadline(Turn turn, DateTimeOffset due)
    {
        var local = Instant.FromDateTimeOffset(due).InZone(Oslo).LocalDateTime;
        return Dates.Deadline(LastDay(due), local.TimeOfDay == LocalTime.Midnight ? null : local.TimeOfDay, turn.Today, turn.Language);
    }
}
