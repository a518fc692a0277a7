using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Notices;
using Tilskudd.Tests.Approval;
using Tilskudd.Tests.Award;

namespace Tilskudd.Tests.Faults;

public sealed class ScannerTests
{
    [Fact]
    public async Task A_scanner_that_presses_everything_in_a_members_mail_answers_nothing_and_closes_nothing()
    {
        await using var given = await GivenARound.Open();
        foreach (var (name, guesses) in new[] { ("Kari", false), ("Fatima", true) })
        {
            using var browser = new SignIn.Browser(given.Site);
            var scanner = new Scanner(browser, guesses);

            await scanner.Run($"/g/{given.Access(name).Token}");

            Assert.InRange(scanner.Sent, 10, 1000);
            Assert.All(new[] { "godkjenn", "merknad", "tilbake", "mote", "inhabil" }, answer => Assert.Contains($"{given.Page}/bekreft?svar={answer}", scanner.Seen));
        }

        var round = await given.Read();
        Assert.Empty(round.Answers);
        Assert.All(round.Seats, seat => Assert.Null(seat.InhabilAt));
        await using var db = given.Site.Database.Read();
        Assert.False(await db.Set<Link>().AnyAsync(link => link.RevokedAt != null, TestContext.Current.CancellationToken));
        using var kari = await given.Member("Kari");
        Assert.Equal(HttpStatusCode.SeeOther, (await kari.Answer("godkjenn")).Status);

        // Numbers that were guessed have used up the code of that mail, and a fresh one is to be had.
        using var fatima = await given.Member("Fatima");
        var form = await fatima.Form("godkjenn");
        given.Site.Database.Clock.Advance(TimeSpan.FromMinutes(5));
        await fatima.Browser.Post(given.Page + "/kode", [.. form]);
        await given.Turn();
        Assert.Equal(HttpStatusCode.SeeOther, (await fatima.Post(form, ("kode", given.FreshCode("Fatima")))).Status);
    }

    [Fact]
    public async Task A_mail_filter_that_fetches_a_link_a_thousand_times_ahead_of_its_reader_writes_nothing_and_leaves_it_working()
    {
        await using var given = await GivenARound.Open();
        var (token, code) = given.Access("Kari");
        var before = await given.Site.Database.Everything();

        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), TestContext.Current.CancellationToken, async (_, ct) =>
        {
            foreach (var method in new[] { HttpMethod.Head, HttpMethod.Get })
            {
                using var ahead = new HttpRequestMessage(method, $"/g/{token}");
                ahead.Headers.Add("Sec-Purpose", "prefetch");
                using var answer = await given.Site.Client.SendAsync(ahead, ct);
                Assert.Equal((HttpStatusCode.SeeOther, given.Page), (answer.StatusCode, answer.Headers.Location?.OriginalString));
            }
        });

        Assert.Equal(before, await given.Site.Database.Everything());
        using var kari = await given.Member("Kari");
        Assert.Equal((code, HttpStatusCode.SeeOther), (kari.Code, (await kari.Answer("godkjenn")).Status));
    }

    [Fact]
    public async Task A_scanner_that_presses_everything_in_a_grantors_mail_answers_nothing_and_closes_nothing()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();
        using var browser = new SignIn.Browser(given.Address, new CookieContainer());
        var scanner = new Scanner(browser);

        await scanner.Run(ola.Link);

        var sent = (await given.StoredGrant()).LatestSubmission!;
        Assert.InRange(scanner.Sent, 10, 1000);
        Assert.Equal((null, null), (sent.ReceivedAt, sent.CorrectionAskedAt));
        var answer = await ola.Browser.Post(await ola.Browser.Get($"{ola.Path}/bekreft?svar=Received"), "#svaret", ("journal", "24/1"), ("kode", ola.Code));
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
    }
}
