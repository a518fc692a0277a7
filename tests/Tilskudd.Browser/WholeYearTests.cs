using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Tilskudd.Clockwork;
using Tilskudd.Demo;
using Tilskudd.Demo.Simulation;
using Tilskudd.Layout;
using Tilskudd.Notices.Mailing;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Browser;

/// <summary>
/// The people of Strømsø's year in Chromium, on a phone, from the mails as they lie in the folder: the members decide, the programme leader
/// sends, the grantor confirms. Most of them without JavaScript.
/// </summary>
public sealed class WholeYearTests(Chromium chromium)
{
    [Fact]
    public async Task From_the_mails_to_a_plan_that_is_approved_sent_and_received()
    {
        await using var year = await DemoOfStromso.Start();
        var members = year.Lines("waiting-member").Where(link => year.IsStromso(link)).ToList();
        Assert.Equal(7, members.Count);

        // The first member has JavaScript, and every page passes axe; the others have none.
        await Decide(year, members[0], isChecked: true);
        foreach (var member in members.Skip(1))
        {
            await Decide(year, member, isChecked: false);
        }

        await Send(year);
        await Receive(year);
        await Oversee(year);
    }

    private async Task Decide(DemoOfStromso year, DemoLink member, bool isChecked)
    {
        await using var browser = await chromium.Open(View.Phone, javaScript: isChecked);
        var page = await browser.NewPageAsync();
        var mail = year.MailTo(member);

        // The mail as it is read on the phone, and the button in it.
        await page.SetContentAsync(mail.Html);
        await page.Locator("a[href*='/g/']").First.ClickAsync();
        Assert.Contains("/godkjenning/", page.Url, StringComparison.Ordinal);
        await Holds(page, isChecked);
        await page.Locator("button[value=godkjenn]").ClickAsync();
        await Holds(page, isChecked);
        await page.Locator("input[name=kode]").FillAsync(DemoOfStromso.CodeIn(mail));
        await page.Locator("form[method=post] button[type=submit]").First.ClickAsync();
        Assert.EndsWith("/kvittering", page.Url, StringComparison.Ordinal);
        await Holds(page, isChecked);
    }

    private async Task Send(DemoOfStromso year)
    {
        await using var browser = await chromium.Open(View.Phone);
        var page = await SignIn(browser, year, "programme-leader");
        foreach (var task in await year.Settle("/tilskudd/", "programme-leader"))
        {
            await page.GotoAsync(task);
            await Holds(page, isChecked: true);
            await page.Locator("form[action$='/innsending'] button[type=submit]").ClickAsync();
            await Holds(page, isChecked: true);
        }
    }

    private async Task Receive(DemoOfStromso year)
    {
        await year.Settle();
        foreach (var (mail, index) in year.MailsWith("/k/").Select((mail, index) => (mail, index)))
        {
            await using var browser = await chromium.Open(View.Phone, javaScript: index == 0);
            var page = await browser.NewPageAsync();
            await page.SetContentAsync(mail.Html);
            await page.Locator("a[href*='/k/']").First.ClickAsync();
            await Holds(page, index == 0);
            await page.Locator("a[href$='svar=Received']").ClickAsync();
            await page.Locator("input[name=kode]").FillAsync(DemoOfStromso.CodeIn(mail));
            await Holds(page, index == 0);
            await page.Locator("button[name=utfall][value=Received]").First.ClickAsync();
            Assert.EndsWith("/kvittering", page.Url, StringComparison.Ordinal);
            await Holds(page, index == 0);
        }
    }

    private async Task Oversee(DemoOfStromso year)
    {
        await using var browser = await chromium.Open(View.Desk);
        var page = await SignIn(browser, year, "programme-leader");

        var steps = await year.Waiting();
        var shown = await page.GotoAsync($"{year.Address}/");

        // Both letters wait for the Storting now, and the overview says that the plan is done.
        Assert.Equal(["letter", "letter"], steps);
        Assert.Equal(200, shown!.Status);
        await Holds(page, isChecked: true);
    }

    private static async Task<IPage> SignIn(IBrowserContext browser, DemoOfStromso year, string role)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(year.Lines(role).First().Address);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        return page;
    }

    private static async Task Holds(IPage page, bool isChecked)
    {
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        if (isChecked)
        {
            await Checks.NoViolations(page);
            await Checks.NoSidewaysScroll(page);
        }
    }
}

/// <summary>The demonstration in this process on a free port, its clock standing still but for the clockwork's work.</summary>
internal sealed class DemoOfStromso : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2024, 11, 20, 8, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly ServerLock _held;
    private readonly Settings _settings;
    private readonly DateTimeOffset _started = At;

    private DemoOfStromso(DirectoryInfo folder, WebApplication app, ServerLock held, Settings settings) => (_folder, _app, _held, _settings) = (folder, app, held, settings);

    public string Address => _settings.Urls;

    private IReadOnlyList<DemoLink> All { get; set; } = [];

    public static async Task<DemoOfStromso> Start()
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-year-");
        var (settings, faults) = DemoFolder.Read([new("Urls", $"http://127.0.0.1:{FreePort()}"), new("Data:Folder", folder.FullName)], folder.FullName);
        Assert.Empty(faults);
        var file = SqliteFile.Read(settings!.Database.Connection).File!;
        Assert.Null(file.Prepare());
        var held = ServerLock.TryTake(file)!;
        var app = DemoStart.Still(settings, new SimulatedClock(At), builder => builder.Services.AddSingleton<DemoLinks>());
        Assert.Null(await app.Services.GetRequiredService<Migrator>().Run(held));
        await DemoStart.Fill(settings, At);
        await app.StartAsync();
        return new DemoOfStromso(folder, app, held, settings) { All = await app.Services.GetRequiredService<DemoLinks>().Issue() };
    }

    public IEnumerable<DemoLink> Lines(string role) => All.Where(link => link.Role == role);

    public bool IsStromso(DemoLink link) => MailTo(link).To.EndsWith("@drammen.example", StringComparison.Ordinal);

    public ReadMail MailTo(DemoLink link) => Mails().Last(mail => mail.Text.Contains(link.Address, StringComparison.Ordinal));

    /// <summary>The mails to Strømsø's grantors that have come since the start.</summary>
    public IReadOnlyList<ReadMail> MailsWith(string path) =>
        [.. Mails().Where(mail => mail.Date >= _started && mail.Text.Contains(path, StringComparison.Ordinal))];

    public static string CodeIn(ReadMail mail) => ReceivedMail.Of(mail, mail.Text.Contains("stadfestar", StringComparison.Ordinal) ? Language.Nn : Language.Nb).Code!;

    /// <summary>Lets the clockwork do what is due.</summary>
    public async Task Settle()
    {
        while (await _app.Services.GetRequiredService<Sweeps>().RunAll(TestContext.Current.CancellationToken) > 0)
        {
        }
    }

    /// <summary>The pages that new mails to a person lead to.</summary>
    public async Task<IReadOnlyList<string>> Settle(string path, string role)
    {
        await Settle();
        var name = Lines(role).First().Name;
        return [.. Mails().Where(mail => mail.Date >= _started && mail.ToName == name)
            .Select(mail => mail.Text.Split((char[]?)null).FirstOrDefault(word => word.StartsWith(Address + path, StringComparison.Ordinal))).OfType<string>().Distinct()];
    }

    /// <summary>The phases Strømsø's runs for 2025 wait in.</summary>
    public async Task<IReadOnlyList<string>> Waiting()
    {
        await using var db = _app.Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<TilskuddDb>>().CreateDbContext();
        var stromso = db.Programmes.Single(programme => programme.Slug == "stromso-2030").Id;
        return [.. db.Set<Run>().Where(run => run.ClosedAt == null && run.ProgrammeId == stromso && run.Year == new Cycle.Year.GrantYear(2025)).Select(run => run.Phase)];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _held.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private IEnumerable<ReadMail> Mails() =>
        Directory.EnumerateFiles(_settings.Mail.Folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MailReader.Read(File.ReadAllBytes(file)));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
