using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Notices;

/// <summary>A notice whose turn has come, in the story that claims it.</summary>
/// <param name="Round">What is known beforehand of the round it is about; null where it is about none.</param>
/// <param name="Batch">The mails it is sent together with.</param>
internal sealed record Turn(Writing Writing, Notice Notice, Person Person, AskedRound? Round, MailBatch Batch, CancellationToken Ct)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public TilskuddDb Db => Writing.Db;

    public Language Language => Languages.Of(Notice.Language);

    /// <summary>The day the mail is written, in Norway.</summary>
    public NodaTime.LocalDate Today => Dates.On(Writing.Now);

    public string Words(string key, params object[] arguments) => Texts.Of<MailWords>(Language, key, arguments);

    /// <summary>What a document is called and whose it is, as the mails of the batch tell it.</summary>
    public Task<NamedDocument> Document(DocumentKind kind, Guid id) => Batch.Once((kind, id, Language), () => MailFacts.Document(Db, kind, id, Language, Writing.Now, Ct));

    /// <summary>A link or a code somebody asked for and has long given up waiting for.</summary>
    public bool IsTooLate => Writing.Now - Notice.QueuedAt > Patience;

    /// <summary>Every mail begins with the reader's name.</summary>
    public string Greeting => Words("Greeting", Person.Name);

    /// <summary>Where questions go, as small print; nothing where there is nobody, or where that is the reader.</summary>
    public IEnumerable<string> Questions(Person? contact) => contact is null || contact.Id == Person.Id ? [] : [Words("Questions", contact.Name)];
}

/// <summary>Mails that are claimed one after another, and what they all tell alike: most of a batch are the same mail to several people.</summary>
internal sealed class MailBatch
{
    private readonly Dictionary<object, object> _known = [];

    /// <summary>Reads something for the first mail that tells it, and remembers it for the others.</summary>
    public async Task<T> Once<T>(object about, Func<Task<T>> read) where T : notnull
    {
        if (!_known.TryGetValue(about, out var known))
        {
            known = await read();
            _known.Add(about, known);
        }

        return (T)known;
    }
}

/// <summary>A round as it is found together with the notice.</summary>
/// <param name="Writes">How often it has been written: at the same count it is the same.</param>
/// <param name="Body">The body's name.</param>
/// <param name="Boards">How many boards were asked at the same time, this one included.</param>
internal sealed record AskedRound(RoundId Id, int Writes, string Body, int Boards);

/// <summary>Writes what each kind of notice says today, or finds that it is no longer true.</summary>
internal sealed class MailComposer(SiteAddress site, Settings settings, Links links, SignInTickets tickets, FindWaitingTask findTask)
{
    private readonly TaskMails _tasks = new(site, findTask);
    private readonly ApprovalMails _approvals = new(site, links);
    private readonly GrantMails _grants = new(site, links);
    private readonly MeetingMails _meetings = new(site, settings.Mail);

    /// <summary>
    /// The mail, or null where it is to be cancelled, as everything is to one who takes part no longer. Tokens and codes it needs are made here,
    /// and their hashes kept in the same story.
    /// </summary>
    public Task<MailContent?> Compose(Turn turn) => turn.Person.TakesPartOn(Dates.On(turn.Writing.Now)) ? Write(turn) : Task.FromResult<MailContent?>(null);

    private Task<MailContent?> Write(Turn turn) => turn.Notice.Kind switch
    {
        NoticeKind.TaskWaiting or NoticeKind.DeadlineReminder or NoticeKind.Escalation => _tasks.Compose(turn),
        NoticeKind.ApprovalAsked or NoticeKind.ApprovalReminder => _approvals.Ask(turn),
        NoticeKind.ApprovalShown => _approvals.Show(turn),
        NoticeKind.AnswerReceipt => ApprovalMails.Receipt(turn),
        NoticeKind.AnswerRegistered => _approvals.Registered(turn),
        NoticeKind.AnswerRetracted => _approvals.Retracted(turn),
        NoticeKind.DoubtRaised => _approvals.DoubtRaised(turn),
        NoticeKind.DoubtDecided => _approvals.DoubtDecided(turn),
        NoticeKind.DoubtFollows => ApprovalMails.DoubtFollows(turn),
        NoticeKind.RoundResult => _approvals.Result(turn),
        NoticeKind.FreshCode => turn.Notice.RoundId is null ? _grants.Fresh(turn) : _approvals.Fresh(turn),
        NoticeKind.SubmissionSent => _grants.Submitted(turn),
        NoticeKind.CorrectionAsked => _grants.Correction(turn),
        NoticeKind.MoneyNews => _grants.Money(turn),
        NoticeKind.MeetingCalled or NoticeKind.MeetingOff => _meetings.Compose(turn),
        NoticeKind.SignInLink => SignIn(turn),
        NoticeKind.Message => Message(turn),
    };

    private Task<MailContent?> SignIn(Turn turn)
    {
        // Whoever asked has long given up waiting, and a link nobody looks for is only a way in.
        if (turn.IsTooLate)
        {
            return Task.FromResult<MailContent?>(null);
        }

        var token = tickets.Issue(turn.Writing, turn.Person.Id, turn.Notice.Id, turn.Notice.Text.Length == 0 ? "/" : turn.Notice.Text);
        var minutes = (int)SignInTickets.Life.TotalMinutes;
        return Task.FromResult<MailContent?>(new MailContent(turn.Language, turn.Words("SignIn.Subject"), turn.Words("SignIn.Heading"))
        {
            Municipality = site.Municipality,
            Preheader = turn.Words("SignIn.Text", minutes),
            Greeting = turn.Greeting,
            Paragraphs = [turn.Words("SignIn.Text", minutes)],
            Action = new(turn.Words("SignIn.Action"), site.Link($"/l/{token}")),
            Footer = [turn.Words("Personal"), turn.Words("SignIn.NotYou")],
        });
    }

    private async Task<MailContent?> Message(Turn turn)
    {
        var lines = turn.Notice.Text.ReplaceLineEndings("\n").Split('\n', 2);
        var open = turn.Notice.RunId is { } run ? await DocumentOf(turn, new RunId(run)) : null;
        var document = open ?? (turn.Notice.RapportId is { } rapport ? await turn.Document(DocumentKind.Rapport, rapport.Value) : turn.Notice.GrantId is { } grant ? await turn.Document(DocumentKind.Tilskuddsbrev, grant.Value) : null);
        var leader = document?.Place.Leader;
        return new MailContent(turn.Language, lines[0], lines[0])
        {
            Municipality = document?.Place.Municipality.Name ?? site.Municipality,
            ReplyTo = leader,
            Preheader = lines.Length > 1 ? lines[1].Split('\n')[0] : "",
            Greeting = turn.Greeting,
            Paragraphs = lines.Length > 1 ? lines[1].Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [],
            Action = open is null ? null : new(turn.Words("Open.Action"), site.Link(open.Path)),
            Footer = [.. turn.Questions(leader)],
        };
    }

    // What a flow tells is about its run's document; words that are about no run lead nowhere.
    private static async Task<NamedDocument> DocumentOf(Turn turn, RunId id)
    {
        var run = await turn.Batch.Once(id, () => turn.Db.Set<Run>().IgnoreAutoIncludes().Where(run => run.Id == id).Select(run => new { run.DocumentKind, run.DocumentId }).SingleAsync(turn.Ct));
        return await turn.Document(run.DocumentKind, run.DocumentId);
    }
}
