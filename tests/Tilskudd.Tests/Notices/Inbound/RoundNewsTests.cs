using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Notices;
using Tilskudd.Notices.Inbound;
using Tilskudd.Notices.Mailing;
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

    [Theory]
    [InlineData("Godkjent!\n\nMvh\nFatima", true)]
    [InlineData("Godkjent, men ta bort tiltak 2.", false)]
    public async Task A_reply_leads_to_the_form_with_who_and_how_filled_in_and_the_yes_where_it_says_nothing_else(string reply, bool isYes)
    {
        await using var given = await GivenARound.Open();
        await Comes(given, "Fatima", $"From: {GivenARound.Address("Fatima")}\nMessage-ID: <svar@phone.example>\nIn-Reply-To: <{{id}}>\nSubject: SV: Til godkjenning\nContent-Type: text/plain; charset=utf-8\n\n{reply}\n");
        var seat = (await given.Read()).Seats.Single(seat => seat.PersonId == given["Fatima"]).SeatId;
        var path = $"{given.Page}/svar?medlem={seat}&kanal=epost&dato=20.11.2024" + (isYes ? "&svar=godkjenn" : "");
        using var silje = await given.SignedIn("Silje");

        Assert.Contains($"href=\"{path}\"", await Text(given, "Silje"), StringComparison.Ordinal);
        var form = await silje.Get(path);
        Assert.Empty((await given.Read()).Answers);
        var registered = await silje.Post(given.Page + "/svar", [.. Member.Fields(form.Text), ("medlem", $"{seat}"), ("kanal", "epost"), ("svar", "godkjenn"), ("dato", "20.11.2024")]);
        var after = await Text(given, "Silje");

        Assert.Matches($"<option value=\"{seat}\" selected", form.Text);
        Assert.Matches("value=\"epost\" checked", form.Text);
        Assert.Equal(isYes, form.Text.Contains("value=\"godkjenn\" checked", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.SeeOther, registered.Status);
        Assert.Contains("Registrert av sekretæren, e-post", after, StringComparison.Ordinal);
        Assert.DoesNotContain("kanal=epost", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_yes_from_another_address_fills_in_no_answer_and_a_machines_answer_leads_to_no_form()
    {
        await using var given = await GivenARound.Open();
        await Comes(given, "Fatima", "From: noen@annet.example\nMessage-ID: <annen@phone.example>\nIn-Reply-To: <{id}>\nSubject: SV: Til godkjenning\nContent-Type: text/plain; charset=utf-8\n\nGodkjent!\n");
        await Comes(given, "Kari", ForeignMails.ExchangeAway);

        var page = await Text(given, "Silje");

        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "kanal=epost"));
        Assert.DoesNotContain("svar=godkjenn", page, StringComparison.Ordinal);
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
        var seat = (await given.Read()).Seats.Single(seat => seat.PersonId == given["Fatima"]).SeatId;
        Assert.Contains($"href=\"{given.Page}/svar?medlem={seat}&kanal=telefon\"", process, StringComparison.Ordinal);
        Assert.Contains($"href=\"#forfall-{given.Round}\"", process, StringComparison.Ordinal);
        Assert.Contains($"href=\"/stedfortreder/{seat}\"", process, StringComparison.Ordinal);
        Assert.DoesNotContain("/admin/personer", process, StringComparison.Ordinal);
        Assert.Contains("E-posten kom ikke fram", overview, StringComparison.Ordinal);
    }

    // What a mail server does with every mail to one member.
    public static TheoryData<string> Refusals => ["550", "451", "never"];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_mail_that_was_given_up_when_it_was_sent_is_told_in_the_same_place(string reply)
    {
        await using var given = await GivenARound.Open();
        var path = $"/prosess/{(await given.Run()).Id}";
        using var leader = await given.SignedIn("Ingrid");
        Assert.DoesNotContain("E-posten kom ikke fram", WebUtility.HtmlDecode((await leader.Get(path)).Text), StringComparison.Ordinal);
        var mailer = new StubMailer();
        mailer.Answers[GivenARound.Address("Fatima")] = reply == "never" ? new MailResult.Uncertain("Serveren la på.") : new MailResult.Refused(reply, reply == "550");
        var outbox = ActivatorUtilities.CreateInstance<OutboxSweep>(given.Site.Services, mailer);

        Assert.Equal(HttpStatusCode.SeeOther, (await leader.Submit(path, path + "/paminn")).Status);
        for (var hour = 0; hour < Notice.MostAttempts; hour++)
        {
            await outbox.Run(given.Site.Database.Clock.GetUtcNow(), Ct);
            given.Site.Database.Clock.Advance(TimeSpan.FromHours(1));
        }

        var process = await Text(given, "Ingrid");
        Assert.Contains("E-posten kom ikke fram", process, StringComparison.Ordinal);
        Assert.Contains("Ta kontakt med Fatima Nordby på en annen måte", process, StringComparison.Ordinal);
        Assert.DoesNotContain("Ta kontakt med Ola", process, StringComparison.Ordinal);
        Assert.Contains("E-posten kom ikke fram", await Text(given, "Ingrid", "/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(ForeignMails.PostfixBounce))]
    [InlineData(nameof(ForeignMails.Vacation))]
    [InlineData(nameof(ForeignMails.OutlookReplyWithoutLine))]
    public async Task A_mail_that_brings_the_whole_letter_back_decides_nothing_and_is_answered_by_no_mail(string shape)
    {
        await using var given = await GivenARound.Open();
        var (token, code) = given.Access("Fatima");
        var sent = Directory.GetFiles(Path.Combine(given.Site.Database.Folder, "mail")).Length;
        var content = (string)typeof(ForeignMails).GetField(shape)!.GetRawConstantValue()!;
        await Comes(given, "Fatima", $"{content}\n> Svar her: {given.Site.Client.BaseAddress}g/{token}\n> Koden er {code}\n\nGodkjent\n");
        await given.Turn();

        var round = await given.Read();
        Assert.True(round.IsOpen);
        Assert.Empty(round.Answers);
        Assert.Equal(sent, Directory.GetFiles(Path.Combine(given.Site.Database.Folder, "mail")).Length);
        await using var db = given.Site.Database.Read();
        Assert.False(await db.Set<Link>().AnyAsync(link => link.RevokedAt != null, Ct));
        Assert.False(await db.Set<Notice>().AnyAsync(notice => notice.State == NoticeState.Queued, Ct));
        using var fatima = await given.Member("Fatima");
        Assert.Equal(HttpStatusCode.SeeOther, (await fatima.Answer("godkjenn")).Status);
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
