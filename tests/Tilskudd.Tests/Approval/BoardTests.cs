using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Notices;

namespace Tilskudd.Tests.Approval;

/// <summary>Several boards decide on one plan: the political group of three, one of two with an observer, and one of two.</summary>
public sealed class BoardTests
{
    [Fact]
    public async Task The_plan_is_approved_when_every_board_has_approved_and_each_page_tells_how_far_each_has_come()
    {
        await using var given = await GivenARound.Open(boards: 3);
        using var kari = await given.Member("Kari");
        await kari.Answer("godkjenn");
        using var ingrid = await given.SignedIn("Ingrid");
        var run = (await given.Run()).Id;
        List<string> pages = [];
        foreach (var path in new[] { "/", $"/prosess/{run}", $"/plan/{(await given.Plan()).Id}" })
        {
            pages.Add(WebUtility.HtmlDecode((await ingrid.Get(path)).Text));
        }

        var deadline = $"/frister/{(await given.Run()).Waiting.DeadlineId}/flytt";
        await ingrid.Submit(deadline, deadline, ("dato", "28.11.2024"), ("klokkeslett", "12:00"), ("grunn", "Det nye styret trenger mer tid."));
        using var berit = await given.Member("Berit", await given.PageOf(GivenARound.Second));
        pages.Add(WebUtility.HtmlDecode((await berit.Get()).Text));
        foreach (var name in new[] { "Fatima", "Ola" })
        {
            using var member = await given.Member(name);
            await member.Answer("godkjenn");
        }

        var between = (Run: await given.Run(), Plan: await given.Plan(), First: await given.Read());
        await given.Turn();
        var told = given.Mails("Fatima").Select(mail => mail.Text.ReplaceLineEndings(" ")).ToList();
        await berit.Answer("godkjenn");
        using var dag = await given.Member("Dag", await given.PageOf(GivenARound.Second));
        await dag.Answer("merknad", "Bra.");
        var last = await given.Run();
        foreach (var name in new[] { "Eva", "Finn" })
        {
            using var member = await given.Member(name, await given.PageOf(GivenARound.Third));
            await member.Answer("godkjenn");
        }

        Assert.Contains("Politisk styringsgruppe: 1 av 3 har svart. Styret for oppvekst: 0 av 2 har svart. Styret for sysselsetting: 0 av 2 har svart.", pages[0], StringComparison.Ordinal);
        Assert.Contains("1 av 3 har svart", pages[1], StringComparison.Ordinal);
        Assert.Contains("0 av 2 har svart", pages[1], StringComparison.Ordinal);
        Assert.Contains("Politisk styringsgruppe: 1 av 3 har svart. Styret for oppvekst: 0 av 2 har svart. Styret for sysselsetting: 0 av 2 har svart.", pages[2], StringComparison.Ordinal);
        Assert.Contains("3 styrer avgjør saken, hvert for seg.", pages[3], StringComparison.Ordinal);
        Assert.Equal((CountOutcome.Approved, "deciding-body", null), (between.First.Outcome, between.Run.WaitsFor, between.Plan.ApprovedVersion));
        Assert.Single(told, mail => mail.Contains("3 styrer avgjør saken, hvert for seg. Ferdige så langt: 1.", StringComparison.Ordinal));
        Assert.True(last.IsOpen);
        Assert.Equal(("approved", 1), ((await given.Run()).ClosedAs, (await given.Plan()).ApprovedVersion));
        await using var db = given.Site.Database.Read();
        Assert.All(await db.Set<Round>().ToListAsync(TestContext.Current.CancellationToken), round => Assert.Equal(new DateTimeOffset(2024, 11, 28, 11, 0, 0, TimeSpan.Zero), round.DueAt));
        Assert.Equal((3, 3), ((await given.Trail("round-opened")).Count, (await given.Trail("round-closed")).Count));
    }

    [Fact]
    public async Task A_board_that_has_ended_keeps_the_deadline_it_had_when_it_is_moved_for_another()
    {
        await using var given = await GivenARound.Open(boards: 2);
        foreach (var name in new[] { "Kari", "Fatima", "Ola" })
        {
            using var member = await given.Member(name);
            await member.Answer("godkjenn");
        }

        var had = (await given.Read()).DueAt;
        using var ingrid = await given.SignedIn("Ingrid");
        var deadline = $"/frister/{(await given.Run()).Waiting.DeadlineId}/flytt";
        await ingrid.Submit(deadline, deadline, ("dato", "28.11.2024"), ("klokkeslett", "12:00"), ("grunn", "Det nye styret trenger mer tid."));

        await using var db = given.Site.Database.Read();
        var moved = new DateTimeOffset(2024, 11, 28, 11, 0, 0, TimeSpan.Zero);
        Assert.NotEqual(moved, had);
        Assert.Equal(had, (await given.Read()).DueAt);
        Assert.Equal(moved, (await db.Set<Round>().SingleAsync(round => round.ClosedAt == null, TestContext.Current.CancellationToken)).DueAt);
    }

    [Fact]
    public async Task A_board_that_sends_it_back_ends_the_others_rounds_and_their_members_are_told()
    {
        await using var given = await GivenARound.Open(boards: 2);
        using var kari = await given.Member("Kari");
        await kari.Answer("godkjenn");
        using var fatima = await given.Member("Fatima");
        foreach (var name in new[] { "Berit", "Dag" })
        {
            using var member = await given.Member(name, await given.PageOf(GivenARound.Second));
            await member.Answer("tilbake", "Skriv mer om barna.");
        }

        await given.Turn();
        var (late, receipt) = (await fatima.Get(), await kari.Get("/kvittering"));
        using var odd = await given.Member("Odd", await given.PageOf(GivenARound.Second));
        var (withdrawn, returned) = (WebUtility.HtmlDecode((await kari.Get("/protokoll")).Text), WebUtility.HtmlDecode((await odd.Get("/protokoll")).Text));
        var first = await given.Read();
        var run = await given.Run();
        await given.SendToTheGroupAgain();

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.OK), (late.Status, receipt.Status));
        Assert.Contains("Runden er avsluttet uten resultat.", withdrawn, StringComparison.Ordinal);
        Assert.DoesNotContain("Opptelling", withdrawn, StringComparison.Ordinal);
        Assert.Contains("Protokoll fra Styret for oppvekst", returned, StringComparison.Ordinal);
        Assert.Contains("Odd Nordby, orientert om saken uten stemme", returned, StringComparison.Ordinal);
        Assert.Contains("Et annet styre har sendt saken tilbake", WebUtility.HtmlDecode(late.Text), StringComparison.Ordinal);
        Assert.Equal((false, null), (first.IsOpen, first.Outcome));
        Assert.Equal(("coordinator", "Skriv mer om barna.\n\nSkriv mer om barna."), (run.WaitsFor, run.Visits.Single(visit => visit.Outcome == "Returned").Reason));
        Assert.Contains("Styret for oppvekst har sendt versjon 1 tilbake. Politisk styringsgruppe trenger ikke svare.", given.Mails("Fatima").Single(mail => mail.Text.Contains("trenger", StringComparison.Ordinal)).Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Single(await given.Trail("round-withdrawn"));
        await using var db = given.Site.Database.Read();
        var rounds = await db.Set<Round>().OrderBy(round => round.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1, 1, 2, 2], rounds.Select(round => round.Version));
        Assert.Equal([false, false, true, true], rounds.Select(round => round.IsOpen));
        Assert.All(
            await db.Set<Link>().Where(link => link.RoundId == first.Id).ToListAsync(TestContext.Current.CancellationToken), link => Assert.Equal(LinkEnd.OtherBoardReturned, link.RevokedWhy));
    }

    [Fact]
    public async Task Who_types_the_code_of_one_boards_mail_on_anothers_link_is_told_that_each_has_its_own_and_whose_it_is()
    {
        await using var given = await GivenARound.Open(boards: 2);
        using var kari = await given.Member("Kari");
        using var berit = await given.Member("Berit", await given.PageOf(GivenARound.Second));

        var form = await kari.Form("godkjenn");
        var wrong = await kari.Post(form, ("kode", berit.Code == kari.Code ? "0000" : berit.Code));
        var told = WebUtility.HtmlDecode(wrong.Text);
        var right = await kari.Post(form, ("kode", kari.Code));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (wrong.Status, right.Status));
        Assert.Contains("Koden er ikke riktig. Hver e-post har sin egen kode. Bruk koden i den siste e-posten for Politisk styringsgruppe. Du har 9 forsøk igjen.", told, StringComparison.Ordinal);
        Assert.Contains("Fire sifre, øverst i e-posten for Politisk styringsgruppe. Hver e-post har sin egen kode.", told, StringComparison.Ordinal);
        Assert.DoesNotContain(kari.Code, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remark_of_white_space_alone_is_no_remark()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");

        var answer = await kari.Answer("godkjenn", " \u00A0\r\n\u200B ");

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        var kept = (await given.Read()).LastOf(given["Kari"])!;
        Assert.Equal((AnswerKind.Approve, ""), (kept.Kind, kept.Remark));
    }

    [Fact]
    public async Task An_observer_reads_the_case_and_has_no_vote()
    {
        await using var given = await GivenARound.Open(boards: 2);
        var mail = given.Mails("Odd").Single();
        var round = await given.Read(new(Guid.Parse((await given.PageOf(GivenARound.Second)).Split((char)47)[^1])));
        var second = await given.PageOf(GivenARound.Second);
        using var odd = await given.Member("Odd", second);
        using var berit = await given.Member("Berit", second);

        var page = await odd.Get();
        var confirm = await odd.Get("/bekreft?svar=godkjenn");
        var form = await berit.Form("godkjenn");
        var posted = await odd.Post(form, ("kode", odd.Code));
        using var signedIn = await given.SignedIn("Odd");
        var inbox = await signedIn.Get("/innboks");
        var process = await signedIn.Get($"/prosess/{(await given.Run()).Id}");
        using var ingrid = await given.SignedIn("Ingrid");
        var reminded = await ingrid.Submit("/logg-inn", $"/prosess/{(await given.Run()).Id}/paminn");

        Assert.StartsWith("Til orientering:", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("Du har ikke stemme og skal ikke svare.", mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("svar:", mail.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Du er observatør i organet.", WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"svar\"", page.Text + confirm.Text, StringComparison.Ordinal);
        Assert.InRange((int)posted.Status, 400, 499);
        Assert.IsType<RoundRefusal.NotEntitled>(round.Answer(new(Guid.Empty), given["Odd"], AnswerKind.Approve, "", round.Hash, round.Assurance, Guid.Empty, round.OpenedAt));
        Assert.DoesNotContain(second, inbox.Text, StringComparison.Ordinal);
        Assert.Contains("Observatør, uten stemme", WebUtility.HtmlDecode(process.Text), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, reminded.Status);
        await using var db = given.Site.Database.Read();
        Assert.Empty(await db.Set<RoundAnswer>().ToListAsync(TestContext.Current.CancellationToken));
        var reminders = await db.Set<Notice>().Where(notice => notice.Kind == NoticeKind.ApprovalReminder).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5, reminders.Select(notice => notice.PersonId).Distinct().Count());
        Assert.DoesNotContain(reminders, notice => notice.PersonId == given["Odd"]);
        Assert.Contains("Påminnet én gang.", WebUtility.HtmlDecode((await ingrid.Get("/")).Text), StringComparison.Ordinal);
        Assert.Equal([2, 3], reminders.GroupBy(notice => notice.RoundId).Select(board => board.Count()).Order());
    }

    [Fact]
    public async Task Each_boards_meeting_is_registered_by_itself_and_the_plan_is_approved_by_the_last()
    {
        await using var given = await GivenARound.Open(Regime.Kommuneloven, Mode.Meeting, boards: 2);
        using var silje = await given.SignedIn("Silje");
        await silje.Submit("/logg-inn", given.Page + "/avslutt");
        var waiting = await given.Run();
        await silje.Submit("/logg-inn", await given.PageOf(GivenARound.Second) + "/avslutt");
        var path = $"/prosess/{waiting.Id}/vedtak";
        (string, string)[] typed = [("utfall", "Approved"), ("dato", "20.11.2024"), ("ref", "87/24"), ("tekst", "Planen godkjennes.")];
        var shown = await silje.Get(path);
        var boards = Boards(shown.Text);

        var unsaid = await silje.Post(path, [.. Member.Fields(shown.Text), .. typed]);
        var first = await silje.Post(path, [.. Member.Fields(shown.Text), .. typed, ("organ", boards[0])]);
        var between = (Run: await given.Run(), Plan: await given.Plan());
        var twice = await silje.Post(path, [.. Member.Fields(shown.Text), .. typed, ("organ", boards[0])]);
        var last = await silje.Post(path, [.. Member.Fields((await silje.Get(path)).Text), .. typed]);

        Assert.Equal("deciding-body", waiting.WaitsFor);
        Assert.Equal(2, boards.Count);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther, HttpStatusCode.Conflict, HttpStatusCode.SeeOther), (unsaid.Status, first.Status, twice.Status, last.Status));
        Assert.Contains("Velg hvilket styre vedtaket er fra.", unsaid.Text, StringComparison.Ordinal);
        Assert.Equal(("secretary", null), (between.Run.WaitsFor, between.Plan.ApprovedVersion));
        Assert.Equal(("approved", 1), ((await given.Run()).ClosedAs, (await given.Plan()).ApprovedVersion));
        await using var db = given.Site.Database.Read();
        Assert.Equal(2, await db.Set<Decision>().Select(decision => decision.BodyId).Distinct().CountAsync(TestContext.Current.CancellationToken));
    }

    private static List<string> Boards(string page) =>
        [.. System.Text.RegularExpressions.Regex.Matches(page, "<input[^>]*name=\"organ\"[^>]*>").Select(input => System.Text.RegularExpressions.Regex.Match(input.Value, "value=\"([^\"]+)\"").Groups[1].Value)];
}
