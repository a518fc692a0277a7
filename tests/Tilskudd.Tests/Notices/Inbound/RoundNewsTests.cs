using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Notices;
using Tilskudd.Notices.Inbound;
using Tilskudd.Tests.Approval;

namespace Tilskudd.Tests.Notices.Inbound;

public sealed class RoundNewsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_is_shown_to_those_who_lead_the_round_and_counts_for_nothing()
    {
        await using var given = await GivenARound.Open();
        var answers = (await given.Read()).Answers.Count;
        await Comes(given, "Fatima", ForeignMails.OutlookReply);

        var leader = await Text(given, "Ingrid");
        var secretary = await Text(given, "Silje");
        var coordinator = await Text(given, "Jonas");

        foreach (var shown in new[] { leader, secretary })
        {
            Assert.Contains("Svar på e-post", shown, StringComparison.Ordinal);
            Assert.Contains("jeg godkjenner planen", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("hemmelig", shown, StringComparison.Ordinal);
            Assert.Contains("fikk svar på en e-post. Det teller ikke som stemme.", shown, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("jeg godkjenner planen", coordinator, StringComparison.Ordinal);
        var round = await given.Read();
        Assert.True(round.IsOpen);
        Assert.Equal(answers, round.Answers.Count);
        var entry = Assert.Single(await given.Trail("mail-answered"));
        Assert.Equal($"round/{given.Round}", entry.Object);
        Assert.DoesNotContain("godkjenner", entry.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_did_not_arrive_is_told_where_we_wait_with_a_way_on()
    {
        await using var given = await GivenARound.Open();
        await Comes(given, "Fatima", ForeignMails.PostfixBounce);

        var process = await Text(given, "Ingrid");
        var overview = await Text(given, "Ingrid", "/");

        Assert.Contains("E-posten kom ikke fram", process, StringComparison.Ordinal);
        Assert.Contains("Ta kontakt med Fatima Nordby på en annen måte", process, StringComparison.Ordinal);
        Assert.Contains("før det som fraværende", process, StringComparison.Ordinal);
        Assert.Contains("E-posten kom ikke fram", overview, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absence_is_told_where_we_wait_until_the_member_has_answered()
    {
        await using var given = await GivenARound.Open();
        await Comes(given, "Fatima", ForeignMails.ExchangeAway);
        var before = await Text(given, "Ingrid", "/");

        var member = await given.Member("Fatima");
        await member.Answer("godkjenn");
        var after = await Text(given, "Ingrid", "/");

        Assert.Contains("Fraværsmelding", before, StringComparison.Ordinal);
        Assert.DoesNotContain("Fraværsmelding", after, StringComparison.Ordinal);
    }

    private static async Task Comes(GivenARound given, string name, string shape)
    {
        await using var db = given.Site.Database.Read();
        var notice = await db.Set<Notice>().SingleAsync(notice => notice.PersonId == given[name] && notice.Kind == NoticeKind.ApprovalAsked, Ct);
        var folder = Directory.CreateDirectory(Path.Combine(given.Site.Database.Folder, "mail-in")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "svar.eml"), shape.Replace("{id}", notice.MessageId, StringComparison.Ordinal).ReplaceLineEndings("\r\n"), new UTF8Encoding(false), Ct);
        await given.Turn();
        Assert.True(await db.Set<NoticeNews>().AnyAsync(news => news.NoticeId == notice.Id, Ct));
    }

    private static async Task<string> Text(GivenARound given, string name, string? path = null)
    {
        using var browser = await given.SignedIn(name);
        var page = await browser.Get(path ?? $"/prosess/{(await given.Run()).Id}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return WebUtility.HtmlDecode(page.Text);
    }
}
