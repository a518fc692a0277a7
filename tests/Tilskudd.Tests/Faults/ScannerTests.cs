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
        var (token, _) = given.Access("Kari");
        using var browser = new SignIn.Browser(given.Site);
        var scanner = new Scanner(browser);

        await scanner.Run($"/g/{token}");

        Assert.InRange(scanner.Sent, 10, 1000);
        Assert.Empty((await given.Read()).Answers);
        await using var db = given.Site.Database.Read();
        Assert.False(await db.Set<Link>().AnyAsync(link => link.RevokedAt != null, TestContext.Current.CancellationToken));
        using var kari = await given.Member("Kari");
        Assert.Equal(HttpStatusCode.SeeOther, (await kari.Answer("godkjenn")).Status);
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
