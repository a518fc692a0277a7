using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Cycle.People;
using Tilskudd.Notices.Mailing;
using Tilskudd.SignIn;
using Tilskudd.Tests.Layout;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.SignIn;

public sealed partial class FirstStartTests : IAsyncLifetime
{
    private const string Mail = "kari.nordby@drammen.example";
    private RunningSite _site = null!;
    private string _key = "";

    public async ValueTask InitializeAsync()
    {
        _site = await RunningSite.Start();
        _key = await Open() ?? "";
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/logg-inn")]
    [InlineData("/innboks?til=x")]
    [InlineData("/finnes/ikke")]
    [InlineData("/g/en-lenke")]
    public async Task Every_page_leads_to_the_first_start(string path)
    {
        using var browser = new Browser(_site);

        var answer = await browser.Get(path);
        var page = await browser.Get(answer.Location!);

        Assert.Equal((HttpStatusCode.SeeOther, "/forste-start"), (answer.Status, answer.Location));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.All(["nokkel", "navn", "epost", "kommune"], field => Assert.Contains($"name=\"{field}\"", page.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/personvern")]
    [InlineData("/tilskudd.css")]
    public async Task What_says_nothing_of_grants_is_open(string path) => Assert.Equal(HttpStatusCode.OK, (await _site.Read(path)).Status);

    [Fact]
    public async Task The_key_makes_the_first_administrator_who_signs_in_by_the_mailed_link()
    {
        using var browser = new Browser(_site);

        var made = await Submit(browser, _key);
        var link = await Link();
        var entered = await browser.Submit(link);
        var front = await browser.Get("/");
        var again = await browser.Get("/forste-start");

        Assert.Equal((HttpStatusCode.SeeOther, "/logg-inn/sendt"), (made.Status, made.Location));
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (entered.Status, entered.Location));
        Assert.Contains("Kari Nordby", front.Text, StringComparison.Ordinal);
        Assert.Contains("Administrator", front.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        await using var db = _site.Database.Read();
        var role = await db.Roles.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Role.Administrator, role.Role);
        Assert.Equal("Drammen kommune", (await db.Municipalities.SingleAsync(TestContext.Current.CancellationToken)).Name);
    }

    [Fact]
    public async Task The_trail_tells_that_it_happened_and_names_nobody()
    {
        using var browser = new Browser(_site);

        await Submit(browser, _key);

        await using var db = _site.Database.Read();
        var entry = await db.Trail.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("administrator-appointed", entry.Event);
        Assert.All(["Kari", "Nordby", "drammen", _key], personal => Assert.DoesNotContain(personal, entry.ToLine(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Once_an_administrator_has_signed_in_the_key_is_dead()
    {
        using var browser = new Browser(_site);
        var shown = await browser.Get("/forste-start");
        await Submit(browser, _key);
        await browser.Submit(await Link());

        var second = await browser.Post("/forste-start", [("__RequestVerificationToken", Token(shown.Text)), .. Typed(_key, "ola@drammen.example")]);

        Assert.Equal(HttpStatusCode.NotFound, second.Status);
        await using var db = _site.Database.Read();
        Assert.Equal(Mail, (await db.People.SingleAsync(TestContext.Current.CancellationToken)).Email);
        Assert.Null(await Open());
    }

    [Fact]
    public async Task A_mistyped_address_is_put_right_with_the_same_key_and_the_link_sent_to_it_opens_nothing()
    {
        using var browser = new Browser(_site);
        await browser.Submit("/forste-start", null, Typed(_key, "kari.norby@drammen.example"));
        var wrong = await Link();
        var sent = await browser.Get("/logg-inn/sendt");
        var front = await browser.Get("/logg-inn");

        var made = await Submit(browser, _key);
        var dead = await browser.Get(wrong);
        await _site.Turn();
        var mails = Directory.GetFiles(Path.Combine(_site.Database.Folder, "mail"), "*.eml").Select(file => MailReader.Read(File.ReadAllBytes(file))).ToList();
        var right = SignInLink().Match(mails.Single(mail => SignInLink().Match(mail.Text).Value != wrong).Text).Value;
        var entered = await browser.Submit(right);
        var gone = await browser.Get("/forste-start");

        Assert.Contains("/forste-start", sent.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, front.Status);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.NotFound, HttpStatusCode.SeeOther, HttpStatusCode.NotFound), (made.Status, dead.Status, entered.Status, gone.Status));
        await using var db = _site.Database.Read();
        Assert.Equal(Mail, (await db.People.SingleAsync(TestContext.Current.CancellationToken)).Email);
        Assert.Single(await db.Roles.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_restart_before_anybody_has_signed_in_prints_a_key_that_puts_the_address_right()
    {
        using var browser = new Browser(_site);
        await browser.Submit("/forste-start", null, Typed(_key, "kari.norby@drammen.example"));

        var fresh = await Open();
        var made = await Submit(browser, fresh!);

        Assert.Equal(HttpStatusCode.SeeOther, made.Status);
        await using var db = _site.Database.Read();
        Assert.Equal(Mail, (await db.People.SingleAsync(TestContext.Current.CancellationToken)).Email);
    }

    [Fact]
    public async Task A_mistyped_municipality_is_put_right_with_the_same_key_and_is_not_doubled()
    {
        using var browser = new Browser(_site);
        await browser.Submit("/forste-start", null, [.. Typed(_key, Mail).Select(pair => pair.Name == "kommune" ? ("kommune", "Dramen kommune") : pair)]);

        await Submit(browser, _key);

        await using var db = _site.Database.Read();
        Assert.Equal("Drammen kommune", (await db.Municipalities.SingleAsync(TestContext.Current.CancellationToken)).Name);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_beside_its_field_and_nothing_is_kept()
    {
        using var browser = new Browser(_site);

        var answer = await Submit(browser, "feil");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("href=\"#nokkel\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Du har 9 forsøk til.", answer.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"Kari Nordby\"", answer.Text, StringComparison.Ordinal);
        await using var db = _site.Database.Read();
        Assert.False(await db.People.AnyAsync(TestContext.Current.CancellationToken));
        Assert.False(await db.Trail.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task After_ten_wrong_keys_only_a_restart_makes_a_new_one()
    {
        using var browser = new Browser(_site);
        var tries = new List<HttpStatusCode>();
        for (var i = 0; i < 10; i++)
        {
            tries.Add((await Submit(browser, $"feil {i}")).Status);
        }

        var page = await browser.Get("/forste-start");
        var fresh = await Open();
        var old = await Submit(browser, _key);
        var made = await Submit(browser, $" {fresh} ");

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.UnprocessableEntity, 9), HttpStatusCode.TooManyRequests], tries);
        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.Contains("Start tjeneren på nytt", page.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (old.Status, made.Status));
    }

    [Fact]
    public async Task The_right_key_is_not_taken_once_it_is_locked()
    {
        using var browser = new Browser(_site);
        var shown = await browser.Get("/forste-start");
        for (var i = 0; i < 10; i++)
        {
            await Submit(browser, "feil");
        }

        var answer = await browser.Post("/forste-start", [("__RequestVerificationToken", Token(shown.Text)), .. Typed(_key, Mail)]);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
    }

    [Theory]
    [InlineData("navn", "")]
    [InlineData("navn", "Kari\r\nBcc: ond@evil.example")]
    [InlineData("epost", "kari")]
    [InlineData("kommune", " ")]
    [InlineData("nokkel", "")]
    public async Task A_field_that_cannot_be_used_is_told_of_and_the_key_still_works(string field, string typed)
    {
        using var browser = new Browser(_site);

        var answer = await browser.Submit("/forste-start", null, [.. Typed(_key, Mail).Select(pair => pair.Name == field ? (field, typed) : pair)]);
        var made = await Submit(browser, _key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains($"href=\"#{field}\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_key, answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, made.Status);
    }

    [Fact]
    public async Task A_form_without_its_token_makes_nobody_and_another_form_is_told_to_wait()
    {
        using var browser = new Browser(_site);

        var forged = await browser.Post("/forste-start", Typed(_key, Mail));
        var other = await browser.Post("/logg-inn", ("epost", Mail));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.ServiceUnavailable), (forged.Status, other.Status));
        await using var db = _site.Database.Read();
        Assert.False(await db.People.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_log_tells_the_key()
    {
        using var browser = new Browser(_site);

        await Submit(browser, "feil-" + _key);
        await Submit(browser, _key);

        Assert.DoesNotContain(_key, string.Join('\n', _site.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_an_administrator_nothing_is_asked()
    {
        await using var site = await RunningSite.Start();
        using var browser = new Browser(site);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/forste-start")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/logg-inn")).Status);
    }

    [Fact]
    public async Task The_server_prints_a_new_key_at_each_start_until_one_is_used()
    {
        await using var database = await TestDatabase.Create();

        var first = await Serve(database);
        var second = await Serve(database);

        Assert.Matches("^[A-Za-z0-9_-]{43}$", first);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", second);
        Assert.NotEqual(first, second);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(database.Folder, "*", SearchOption.AllDirectories), file => File.ReadAllText(file, System.Text.Encoding.Latin1).Contains(first, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://127.0.0.1:0", "sertifikat")]
    [InlineData("http://192.0.2.1:5081", "Velg en annen adresse")]
    public async Task An_address_the_machine_cannot_answer_on_is_refused_in_words(string address, string remedy)
    {
        await using var database = await TestDatabase.Create();
        var start = new ProcessStartInfo("dotnet", [
            typeof(Site).Assembly.Location, "serve", "--Urls", address, "--Site:BaseUrl", "https://tilskudd.example", "--Data:Folder", database.Folder, "--Database:Connection", $"Data Source={database.Folder}/adresse.db",
            "--Mail:Kind", "folder", "--Mail:From", "ikke-svar@kommune.example"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 1, error + await output);
        Assert.Contains($"Kan ikke lytte på {address}", error, StringComparison.Ordinal);
        Assert.Contains(remedy, error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", error, StringComparison.Ordinal);
    }

    // What the program itself writes after the line that tells of the key.
    private static async Task<string> Serve(TestDatabase database)
    {
        var start = new ProcessStartInfo("dotnet", [
            typeof(Site).Assembly.Location, "serve", "--Urls", "http://127.0.0.1:0", "--Data:Folder", database.Folder, .. database.Words])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("/forste-start", StringComparison.Ordinal))
        {
        }

        var key = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return key ?? "";
    }

    // As serve does at its start.
    private Task<string?> Open() => _site.Services.GetRequiredService<FirstStart>().Open(TestContext.Current.CancellationToken);

    private static Task<(HttpStatusCode Status, string Text, string? Location)> Submit(Browser browser, string key) => browser.Submit("/forste-start", null, Typed(key, Mail));

    private static (string Name, string Value)[] Typed(string key, string mail) => [("nokkel", key), ("navn", "Kari Nordby"), ("epost", mail), ("kommune", "Drammen kommune")];

    private static string Token(string page) => WebUtility.HtmlDecode(AntiforgeryField().Match(page).Groups[1].Value);

    private async Task<string> Link()
    {
        await _site.Turn();
        var mail = Directory.GetFiles(Path.Combine(_site.Database.Folder, "mail"), "*.eml").Single();
        return SignInLink().Match(MailReader.Read(await File.ReadAllBytesAsync(mail, TestContext.Current.CancellationToken)).Text).Value;
    }

    [GeneratedRegex("/l/[A-Za-z0-9_-]{43}")]
    private static partial Regex SignInLink();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryField();
}
