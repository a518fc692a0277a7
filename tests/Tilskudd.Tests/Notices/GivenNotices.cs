using System.Collections;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.People;
using Tilskudd.Demo;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.SignIn;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Notices;

/// <summary>A mailer that answers as it is told, and keeps what it was given.</summary>
internal sealed class StubMailer : IMailer
{
    public ConcurrentQueue<OutgoingMail> Mails { get; } = [];

    /// <summary>What it answers to each address; Sent where nothing is said.</summary>
    public ConcurrentDictionary<string, MailResult> Answers { get; } = [];

    /// <summary>What it answers to all, before anything else.</summary>
    public MailResult? Always { get; set; }

    /// <summary>What it does instead of answering.</summary>
    public Action? Breaks { get; set; }

    /// <summary>What happens elsewhere while it sends.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>How many it takes at once.</summary>
    public int Lines { get; set; } = 1;

    public int AtOnce(int waiting) => Lines;

    public async Task<MailResult> Send(OutgoingMail mail, CancellationToken ct)
    {
        Mails.Enqueue(mail);
        Breaks?.Invoke();
        await (Meanwhile?.Invoke() ?? Task.CompletedTask);
        return Always ?? Answers.GetValueOrDefault(mail.To.Address.Text) ?? new MailResult.Sent();
    }
}

/// <summary>The outbox over a real database, with people in it and a mailer that can be told to fail.</summary>
internal sealed class GivenNotices : IAsyncDisposable
{
    private readonly Wake _wake = new();
    private readonly ServiceProvider _services;
    private int _occasions;

    private GivenNotices(TestDatabase database, Settings settings)
    {
        Database = database;
        Settings = settings;
        Secrets = new SecretSource(new SeededRandom(7));
        Links = new Links(Secrets);
        Tickets = new SignInTickets(Secrets);
        Queue = new NoticeQueue(settings, _wake);
        _services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();
        Outbox = NewOutbox();
    }

    public TestDatabase Database { get; }

    public Settings Settings { get; }

    public SecretSource Secrets { get; }

    public Links Links { get; }

    public SignInTickets Tickets { get; }

    public NoticeQueue Queue { get; }

    public StubMailer Mailer { get; } = new();

    public OutboxSweep Outbox { get; private set; }

    /// <summary>The task the room of the runs would find.</summary>
    public WaitingTask? Task { get; set; }

    public static async Task<GivenNotices> Create() => On(await TestDatabase.Create());

    /// <summary>The outbox over a database that has something in it already.</summary>
    public static GivenNotices On(TestDatabase database)
    {
        var (settings, _) = Tilskudd.Settings.Read(
            [new("Mail:Kind", "Folder"), new("Data:Folder", database.Folder)], new Hashtable(), House.Repository.Root);
        return new GivenNotices(database, settings!);
    }

    public async Task<PersonId> Person(string name, string email, string language = "nb")
    {
        var id = Database.Ids.Next<PersonId>();
        await Database.Write(writing => writing.Db.Add(new Person(id, name, email, language, "", isInvented: true, "salt")));
        return id;
    }

    /// <summary>Queues words to a person.</summary>
    public Task<NoticeId> Tell(PersonId person, string text = "Møtet er flyttet\nTil tirsdag.") =>
        Tell(NoticeKind.Message, person, new NoticeAbout { Text = text });

    public async Task<NoticeId> Tell(NoticeKind kind, PersonId person, NoticeAbout about, string? occasion = null)
    {
        NoticeId id = default;
        Assert.Null(await Database.Door.Write(async writing =>
        {
            id = (await Queue.Queue(writing, kind, person, occasion ?? $"test/{_occasions++}", about)).Id;
            return null;
        }));
        return id;
    }

    public Task<int> Send() => Outbox.Run(Database.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

    /// <summary>The outbox of a process that has just started.</summary>
    public void Restart() => Outbox = NewOutbox();

    public async Task<Notice> Find(NoticeId id)
    {
        await using var db = Database.Read();
        return await db.Set<Notice>().SingleAsync(notice => notice.Id == id);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }

    private OutboxSweep NewOutbox() => new(
        Database, Database.Door,
        new MailComposer(SiteAddress.Of(Settings), Settings, Links, Tickets, (_, _, _, _, _, _) => System.Threading.Tasks.Task.FromResult(Task)),
        new MailRenderer(_services.GetRequiredService<IServiceScopeFactory>(), NullLoggerFactory.Instance), Mailer, Settings, NullLogger<OutboxSweep>.Instance);
}
