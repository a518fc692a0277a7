using Ical.Net;
using Ical.Net.CalendarComponents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.SignIn;
using Tilskudd.Tests.Approval;
using Tilskudd.Tests.Planning;

namespace Tilskudd.Tests.Meetings;

/// <summary>
/// <see cref="GivenARound"/>'s group under kommuneloven, which meets: Kari leads, Fatima and Ola are members, Per and Anne deputies in that
/// order. Silje is the secretary. It is Wednesday 20 November 2024, nine in the morning.
/// </summary>
internal sealed class GivenMeetings : IAsyncDisposable
{
    private readonly List<IDisposable> _open = [];

    private GivenMeetings(GivenARound given) => Round = given;

    public GivenARound Round { get; }

    /// <summary>The meeting that was planned last.</summary>
    public string Path { get; private set; } = "";

    public MeetingId Id => new(Guid.Parse(Path.Split('/')[^1]));

    public static async Task<GivenMeetings> Start(Regime regime = Regime.Kommuneloven, int? noticeDays = null, int boards = 1, Mode? others = null, IEnumerable<KeyValuePair<string, string?>>? settings = null)
    {
        var given = new GivenMeetings(await GivenARound.Open(regime, Mode.Meeting, boards: boards, others: others, settings: settings));
        await given.Round.Tell(async w => (await w.Db.Bodies.OrderBy(body => body.Id).FirstAsync(body => body.Name == "Politisk styringsgruppe")).GiveNotice(noticeDays));
        return given;
    }

    public async Task<Browsing> SignedIn(string name)
    {
        var (site, secret) = (Round.Site, Round.Site.Services.GetRequiredService<SecretSource>().Token());
        await site.Database.Write(w => w.Db.Add(new Session(SecretSource.Hash(secret), Round[name], isElectronic: false, w.Now, w.Now + Sessions.Life)));
        var browser = new Browsing(site.Client.BaseAddress!, (site.Services.GetRequiredService<Sessions>().CookieName, secret));
        _open.Add(browser);
        return browser;
    }

    /// <summary>The secretary plans a meeting on the case, from the page of its run.</summary>
    public async Task<Browsing> Plan(string date = "3.12.2024", string at = "18.00", string place = "Formannskapssalen", string board = "Politisk styringsgruppe")
    {
        var silje = await SignedIn("Silje");
        var process = await silje.Get($"/prosess/{(await Round.Run()).Id}");
        await using var db = Round.Site.Database.Read();
        var body = await db.Bodies.Where(body => body.Name == board).Select(body => body.Id).SingleAsync();
        var planned = await silje.Post(await silje.Get(process.Find($"a[href^='/mote/ny?organ={body}']").GetAttribute("href")!), "main form", ("dato", date), ("kl", at), ("sted", place));
        Path = planned.Location ?? throw new InvalidOperationException(planned.Text);
        return silje;
    }

    /// <summary>The meeting has been planned at this address.</summary>
    public void At(string address) => Path = new Uri(address).AbsolutePath;

    /// <summary>Five minutes into the meeting; the secretary notes who is there, the others away with a valid reason.</summary>
    public async Task<Browsing> Begin(params string[] present)
    {
        Round.Site.Database.Clock.SetTo((await Read()).StartsAt.AddMinutes(5));
        var silje = await SignedIn("Silje");
        var noted = await Note(silje, present);
        Assert.Equal(Path + "#oppmote", noted.Location);
        return silje;
    }

    public async Task<Answer> Note(Browsing silje, IReadOnlyCollection<string> present, params (string Name, string Value)[] more)
    {
        var meeting = await Read();
        return await silje.Post(await silje.Get(Path + "/oppmote"), "main form",
        [
            .. meeting.Seats.Select(seat => ($"oppmote-{seat.SeatId}", present.Any(name => Round[name] == seat.PersonId) ? "tilstede" : "forfall")), .. more,
        ]);
    }

    /// <summary>The page of the case on the agenda.</summary>
    public async Task<string> Case() => $"{Path}/saker/{(await Read()).Agenda.First(item => item.Kind == AgendaKind.Decision).Id}";

    public async Task<Answer> Vote(Browsing silje, params (string Name, string Vote)[] votes)
    {
        var meeting = await Read();
        return await silje.Post(await silje.Get(await Case()), $"form[action$='/stemmer']", "", [.. votes.Select(vote => ($"stemme-{SeatOf(meeting, vote.Name)}", vote.Vote))]);
    }

    public SeatId SeatOf(Meeting meeting, string name) => meeting.Seats.First(seat => seat.PersonId == Round[name]).SeatId;

    public async Task<Meeting> Read()
    {
        await using var db = Round.Site.Database.Read();
        return await db.Meetings.SingleAsync(meeting => meeting.Id == Id);
    }

    /// <summary>The calendar's part of the mails of this kind a person has got, as the library reads it, in the order sent.</summary>
    public IReadOnlyList<(string Subject, string Method, CalendarEvent Event)> Calendars(string name) =>
    [
        .. Directory.GetFiles(System.IO.Path.Combine(Round.Site.Database.Folder, "mail"), "*.eml").Order(StringComparer.Ordinal).Select(file => MailPart.Read(File.ReadAllBytes(file)))
            .Where(mail => mail["To"].Contains(GivenARound.Address(name), StringComparison.Ordinal))
            .SelectMany(mail => mail.All.Where(part => part.Type == "text/calendar").Select(part => (mail["Subject"], part.Parameter("method"), Calendar.Load(part.Text)!.Events.Single()))),
    ];

    /// <summary>Fatima answers a mail.</summary>
    public Task Reply(string messageId, string text)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Round.Site.Database.Folder, "mail-in")).FullName;
        return File.WriteAllTextAsync(System.IO.Path.Combine(folder, "svar.eml"), $"From: {GivenARound.Address("Fatima")}\r\nTo: ikke-svar@drammen.example\r\nMessage-ID: <svar@drammen.example>\r\nIn-Reply-To: <{messageId}>\r\nSubject: Sv: Innkalling\r\n\r\n{text}\r\n");
    }

    public async ValueTask DisposeAsync()
    {
        _open.ForEach(browser => browser.Dispose());
        await Round.DisposeAsync();
    }
}
