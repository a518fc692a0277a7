using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;

namespace Tilskudd.Tests.Approval;

public class AnswerTests
{
    [Fact]
    public async Task A_member_follows_the_link_answers_with_the_code_and_gets_a_receipt()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");

        var read = await kari.Get();
        var answered = await kari.Answer("godkjenn");
        var receipt = await kari.Get("/kvittering");
        await given.Turn();

        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Contains("Du svarer som leder av Politisk styringsgruppe.", read.Text, StringComparison.Ordinal);
        Assert.Contains("Svar innen tirsdag 26. november kl.&#xA0;12", read.Text, StringComparison.Ordinal);
        Assert.Contains("Gruppa godkjenner handlingsplanen for 2025.", read.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, given.Page + "/kvittering"), (answered.Status, answered.Location));
        Assert.Equal(HttpStatusCode.OK, receipt.Status);
        var round = await given.Read();
        var answer = Assert.Single(round.Answers);
        Assert.Equal((given["Kari"], AnswerKind.Approve, round.Hash, Assurance.LinkAndCode), (answer.PersonId, answer.Kind, answer.Hash, answer.Assurance));
        Assert.Contains(given.Mails("Kari"), mail => mail.Subject.StartsWith("Svaret ditt er registrert", StringComparison.Ordinal));
        Assert.Single(await given.Trail("answer-given"));
    }

    [Fact]
    public async Task When_all_have_approved_in_writing_the_plan_is_approved_in_the_same_story()
    {
        await using var given = await GivenARound.Open();
        foreach (var name in new[] { "Kari", "Fatima", "Ola" })
        {
            using var member = await given.Member(name);
            Assert.Equal(HttpStatusCode.SeeOther, (await member.Answer("godkjenn")).Status);
        }

        await given.Turn();

        var round = await given.Read();
        var run = await given.Run();
        var plan = await given.Plan();
        Assert.Equal((CountOutcome.Approved, false), (round.Outcome, round.IsOpen));
        Assert.Equal((1, "approved"), (plan.ApprovedVersion, run.ClosedAs));
        Assert.Equal("system", Assert.Single(await given.Trail("round-closed")).Actor);
        Assert.Contains(given.Mails("Fatima"), mail => mail.Subject.Contains("Godkjent", StringComparison.Ordinal));
        Assert.Contains(given.Mails("Ingrid"), mail => mail.Subject.Contains("Godkjent", StringComparison.Ordinal));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(given.Site.Database.Folder, "checkpoints"), "*.json"));
    }

    [Fact]
    public async Task A_body_that_only_recommends_approves_nothing_and_the_competent_body_is_waited_for()
    {
        await using var given = await GivenARound.Open(isCompetent: false);
        foreach (var name in new[] { "Kari", "Fatima", "Ola" })
        {
            using var member = await given.Member(name);
            await member.Answer("godkjenn");
        }

        var run = await given.Run();
        var plan = await given.Plan();

        Assert.Null(plan.ApprovedVersion);
        Assert.Equal("Recommended", run.Visits.Last(visit => visit.LeftAt is not null).Outcome);
        Assert.Equal(("RegisterDecision", "secretary"), (run.StepKind, run.WaitsFor));
    }

    [Fact]
    public async Task A_majority_that_sends_it_back_gives_the_coordinator_the_reasons()
    {
        await using var given = await GivenARound.Open(mandate: Mandate.Default with { Written = WrittenRule.Majority });
        foreach (var (name, answer, remark) in new[] { ("Kari", "tilbake", "Mangler tall."), ("Fatima", "tilbake", "Uklart mål."), ("Ola", "godkjenn", "") })
        {
            using var member = await given.Member(name);
            await member.Answer(answer, remark);
        }

        var run = await given.Run();

        Assert.Equal("coordinator", run.WaitsFor);
        Assert.Equal("Mangler tall.\n\nUklart mål.", run.Visits.Single(visit => visit.Outcome == "Returned").Reason);
    }

    [Fact]
    public async Task One_who_wants_a_meeting_takes_a_written_case_to_the_meeting()
    {
        await using var given = await GivenARound.Open();
        using var ola = await given.Member("Ola");

        await ola.Answer("mote", "Vi må snakke om skolegården.");
        await given.Turn();

        Assert.Equal(CountOutcome.ToMeeting, (await given.Read()).Outcome);
        Assert.Equal("secretary", (await given.Run()).WaitsFor);
        using var silje = await given.SignedIn("Silje");
        var task = given.Mails("Silje").Single(mail => mail.Text.Contains("Vi må snakke om skolegården.", StringComparison.Ordinal));
        Assert.Contains("Begrunnelsen fra «Politisk godkjenning»: Vi må snakke om skolegården.", GivenARound.Said(task), StringComparison.Ordinal);
        Assert.Contains("Vi må snakke om skolegården.", WebUtility.HtmlDecode((await silje.Get($"/prosess/{(await given.Run()).Id}/vedtak")).Text), StringComparison.Ordinal);
        var body = $"{(await given.Read()).BodyId}";
        var planned = await silje.Submit($"/mote/ny?organ={body}&runde={given.Round}", "/mote/ny", ("organ", body), ("runde", $"{given.Round}"), ("dato", "3.12.2024"), ("kl", "18.00"), ("sted", "Salen"));
        Assert.Contains("Ola Nordby: Vil ha møte. «Vi må snakke om skolegården.»", WebUtility.HtmlDecode((await silje.Get(planned.Location!)).Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WrittenRule.Unanimous, "Én som ikke er det, er nok til at runden avsluttes og saken går til et møte.")]
    [InlineData(WrittenRule.Majority, "Blir saken sendt tilbake, retter koordinatoren den.")]
    public async Task What_sending_back_leads_to_is_told_by_the_bodys_own_rules(WrittenRule written, string hint)
    {
        await using var given = await GivenARound.Open(mandate: Mandate.Default with { Written = written });
        using var ola = await given.Member("Ola");

        var shown = await ola.Get("/bekreft?svar=tilbake");

        Assert.Contains(hint, WebUtility.HtmlDecode(shown.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deadline_that_is_past_is_told_as_one_that_was()
    {
        await using var given = await GivenARound.Open();
        using var ola = await given.Member("Ola");
        var before = await ola.Get();
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(40));
        var after = await ola.Get();

        Assert.DoesNotContain("Fristen var", WebUtility.HtmlDecode(before.Text), StringComparison.Ordinal);
        Assert.Contains("Det går an å svare til runden er avsluttet", WebUtility.HtmlDecode(after.Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TieRule.Leader, "Stemmene står likt, og stemmen til møtelederen Kari Nordby avgjør.")]
    [InlineData(TieRule.Falls, "Stemmene står likt, og da faller forslaget.")]
    public async Task Where_the_votes_are_equal_the_result_says_what_decided(TieRule tie, string said)
    {
        await using var given = await GivenARound.Open(mandate: Mandate.Default with { Written = WrittenRule.Majority, MayAbstain = true, Tie = tie });
        foreach (var (name, answer, remark) in new[] { ("Kari", "godkjenn", ""), ("Fatima", "tilbake", "Nei."), ("Ola", "avstaa", "") })
        {
            using var member = await given.Member(name);
            Assert.Equal(HttpStatusCode.SeeOther, (await member.Answer(answer, remark)).Status);
        }

        await given.Turn();

        Assert.Contains(given.Mails("Fatima"), mail => GivenARound.Said(mail).Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_may_not_decide_in_writing_goes_to_the_meeting_at_once()
    {
        await using var given = await GivenARound.Open(mandate: Mandate.Default with { Written = WrittenRule.None });

        var round = await given.Read();
        var run = await given.Run();

        Assert.Equal(CountOutcome.ToMeeting, round.Outcome);
        Assert.Equal(("secretary", "RegisterDecision"), (run.WaitsFor, run.StepKind));
        Assert.DoesNotContain(given.Mails("Kari"), mail => mail.Text.Contains("/g/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_form_again_gets_the_same_receipt_and_is_one_answer()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var form = await kari.Form("godkjenn");

        var first = await kari.Post(form, ("kode", kari.Code));
        var again = await kari.Post(form, ("kode", kari.Code));

        Assert.Equal((first.Status, first.Location), (again.Status, again.Location));
        Assert.Single((await given.Read()).Answers);
    }

    [Fact]
    public async Task The_form_that_decided_the_case_can_be_posted_again_after_the_round_is_closed()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var form = await kari.Form("mote");

        var first = await kari.Post(form, ("kode", kari.Code));
        var again = await kari.Post(form, ("kode", kari.Code));
        var receipt = await kari.Get("/kvittering");

        Assert.False((await given.Read()).IsOpen);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.OK), (first.Status, again.Status, receipt.Status));
    }

    [Fact]
    public async Task Another_form_from_before_the_answer_is_told_of_the_first_answer_and_changes_nothing()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var first = await kari.Form("godkjenn");
        var second = await kari.Form("tilbake");
        await kari.Post(first, ("kode", kari.Code));

        var late = await kari.Post(second, ("merk", "Likevel ikke."), ("kode", kari.Code));
        var turned = await kari.Post(first, ("svar", "tilbake"), ("merk", "Likevel ikke."), ("kode", kari.Code));
        var reworded = await kari.Post(first, ("merk", "Med en merknad."), ("kode", kari.Code));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Conflict), (late.Status, turned.Status, reworded.Status));
        Assert.Contains("Svaret du ga før, står: Godkjent", late.Text, StringComparison.Ordinal);

        // What was written is not lost with the form it stood in.
        Assert.Contains("Likevel ikke.", late.Text, StringComparison.Ordinal);
        Assert.Contains("Med en merknad.", reworded.Text, StringComparison.Ordinal);
        Assert.Equal(AnswerKind.Approve, Assert.Single((await given.Read()).Answers).Kind);
    }

    [Fact]
    public async Task A_change_of_mind_goes_from_the_receipt_and_both_answers_are_kept()
    {
        await using var given = await GivenARound.Open(mandate: Mandate.Default with { Written = WrittenRule.Majority });
        using var kari = await given.Member("Kari");
        await kari.Answer("godkjenn");

        var changed = await kari.Answer("tilbake", "Jeg har tenkt meg om.");

        var round = await given.Read();
        Assert.Equal(HttpStatusCode.SeeOther, changed.Status);
        Assert.Equal([AnswerKind.Approve, AnswerKind.SendBack], round.Answers.OrderBy(answer => answer.Number).Select(answer => answer.Kind));
        Assert.Equal(AnswerKind.SendBack, Assert.Single(round.Standing).Kind);
    }

    [Fact]
    public async Task Fifty_posts_at_once_on_one_link_are_one_answer()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var forms = new List<IReadOnlyList<(string Name, string Value)>>();
        for (var i = 0; i < 5; i++)
        {
            forms.Add(await kari.Form("godkjenn"));
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => kari.Post(forms[i % 5], ("kode", kari.Code))));

        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.SeeOther, HttpStatusCode.Conflict }));
        Assert.Equal(10, answers.Count(answer => answer.Status == HttpStatusCode.SeeOther));
        Assert.Single((await given.Read()).Answers);
        Assert.Single(await given.Trail("answer-given"));
        await using var db = given.Site.Database.Read();
        Assert.Equal(1, await db.Set<Notice>().CountAsync(notice => notice.Kind == NoticeKind.AnswerReceipt, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_last_answers_at_once_are_one_decision()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        using var fatima = await given.Member("Fatima");
        using var ola = await given.Member("Ola");
        await kari.Answer("godkjenn");

        var last = await Task.WhenAll(fatima.Answer("godkjenn"), ola.Answer("godkjenn"));

        Assert.All(last, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.Status));
        Assert.Single(await given.Trail("round-closed"));
        Assert.Equal(3, (await given.Read()).Answers.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?svar=")]
    [InlineData("?svar=ja")]
    [InlineData("?svar=avstaa")]
    public async Task A_choice_that_is_missing_unknown_or_not_offered_is_asked_for_again(string query)
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");

        var page = await kari.Get("/bekreft" + query);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Velg et svar.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_said_all_at_once_and_what_was_typed_is_kept()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var form = await kari.Form("tilbake");

        var empty = await kari.Post(form, ("merk", " "), ("kode", ""));
        var noCode = await kari.Post(form, ("merk", "Mangler <b>tall</b>"), ("kode", "abc"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (empty.Status, noCode.Status));
        Assert.Contains("Skriv hvorfor du sender saken tilbake.", empty.Text, StringComparison.Ordinal);
        Assert.Contains("Skriv koden på fire sifre fra e-posten.", empty.Text, StringComparison.Ordinal);
        foreach (var unseen in new[] { "\u202E", "\u200B\uFEFF" })
        {
            var blank = await kari.Post(form, ("merk", unseen), ("kode", kari.Code));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, blank.Status);
            Assert.Contains("Skriv hvorfor du sender saken tilbake.", blank.Text, StringComparison.Ordinal);
        }

        Assert.Contains("Mangler &lt;b&gt;tall&lt;/b&gt;", noCode.Text, StringComparison.Ordinal);
        Assert.Empty((await given.Read()).Answers);
    }

    [Theory]
    [InlineData(4_000, HttpStatusCode.SeeOther)]
    [InlineData(4_001, HttpStatusCode.UnprocessableEntity)]
    [InlineData(100_000, HttpStatusCode.UnprocessableEntity)]
    public async Task A_remark_has_four_thousand_characters_at_most(int length, HttpStatusCode expected)
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");

        var answered = await kari.Answer("merknad", new string('ø', length));

        Assert.Equal(expected, answered.Status);
    }

    [Fact]
    public async Task Ten_wrong_codes_lock_the_token_and_a_fresh_code_opens_it_again()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var form = await kari.Form("godkjenn");
        var wrong = kari.Code == "0000" ? "1111" : "0000";

        var first = await kari.Post(form, ("kode", wrong));
        for (var i = 0; i < 9; i++)
        {
            await kari.Post(form, ("kode", wrong));
        }

        var locked = await kari.Post(form, ("kode", kari.Code));
        var still = await kari.Follow();
        var asked = await kari.Browser.Post(given.Page + "/kode", [.. form, ("merk", "Bra.")]);
        await given.Turn();
        var opened = await kari.Post(form, ("kode", given.FreshCode("Kari")));

        Assert.Contains("Du har 9 forsøk igjen.", first.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, locked.Status);
        Assert.Contains("Be om en ny kode på e-post.", locked.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, still.Status);
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Contains("Bra.", asked.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, opened.Status);
        Assert.Single((await given.Read()).Answers);
    }

    [Fact]
    public async Task A_fresh_code_lives_ten_minutes_and_another_members_code_is_worth_nothing()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var (_, fatimas) = given.Access("Fatima");
        var form = await kari.Form("godkjenn");
        await kari.Browser.Post(given.Page + "/kode", [.. form]);
        await given.Turn();
        var fresh = given.FreshCode("Kari");
        given.Site.Database.Clock.Advance(TimeSpan.FromMinutes(11));

        var late = await kari.Post(form, ("kode", fresh));
        var others = await kari.Post(form, ("kode", fatimas == kari.Code ? "x" + fatimas : fatimas));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.True(others.Status == HttpStatusCode.UnprocessableEntity || fatimas == kari.Code);
    }

    [Fact]
    public async Task Who_is_found_inhabil_leaves_no_answer_and_the_deputy_is_asked_at_once()
    {
        await using var given = await GivenARound.Open();
        using var ola = await given.Member("Ola");

        var told = await ola.Answer("inhabil", "Søsteren min leder et av tiltakene.");
        var receipt = await ola.Get("/kvittering");
        await given.Turn();
        Assert.Empty(given.Mails("Per"));
        await given.Decide("Ola");

        Assert.Equal(HttpStatusCode.SeeOther, told.Status);
        Assert.Contains("Meldingen er registrert", receipt.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Søsteren", receipt.Text, StringComparison.Ordinal);
        Assert.Empty((await given.Read()).Answers);
        Assert.Contains("/g/", given.Mails("Per")[^1].Text, StringComparison.Ordinal);
        using var per = await given.Member("Per");
        Assert.Contains("Du svarer som vara i Politisk styringsgruppe.", (await per.Get()).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Søsteren", string.Concat((await given.Trail("inhabil-reported")).Select(entry => entry.ToLine())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wrote_the_plan_is_not_asked_and_has_no_vote()
    {
        await using var given = await GivenARound.Open(drafter: "Ola");

        var round = await given.Read();

        Assert.Null(round.SeatOf(given["Ola"]));
        Assert.NotNull(round.SeatOf(given["Per"]));
        await using var db = given.Site.Database.Read();
        Assert.False(await db.Set<Link>().AnyAsync(link => link.PersonId == given["Ola"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_others_answers_are_hidden_until_one_has_answered()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        using var ola = await given.Member("Ola");
        await kari.Answer("merknad", "Bra plan, <script>alert(1)</script>");

        var before = await ola.Get();
        await ola.Answer("godkjenn");
        var after = await ola.Get("/kvittering");

        Assert.Contains("Svarene fra de andre vises når du har svart.", before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bra plan", before.Text, StringComparison.Ordinal);
        Assert.Contains("Bra plan, &lt;script&gt;alert(1)&lt;/script&gt;", after.Text, StringComparison.Ordinal);
        Assert.Contains("Fatima Nordby", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_who_is_signed_in_answers_without_a_code()
    {
        await using var given = await GivenARound.Open();
        using var browser = await given.SignedIn("Fatima");
        var shown = await browser.Get(given.Page + "/bekreft?svar=godkjenn");

        var answered = await browser.Post(given.Page + "/bekreft", [.. Member.Fields(shown.Text)]);

        Assert.DoesNotContain("Koden fra e-posten", shown.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, answered.Status);
        Assert.Equal(Assurance.SignedIn, Assert.Single((await given.Read()).Answers).Assurance);
    }

    [Fact]
    public async Task Who_is_signed_in_and_has_no_seat_finds_nothing()
    {
        await using var given = await GivenARound.Open();
        using var browser = await given.SignedIn("Ingrid");

        var page = await browser.Get(given.Page);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    [Fact]
    public async Task Before_a_meeting_under_kommuneloven_all_answers_leave_the_round_open()
    {
        await using var given = await GivenARound.Open(Regime.Kommuneloven, Mode.Meeting);
        foreach (var name in new[] { "Kari", "Fatima", "Ola" })
        {
            using var member = await given.Member(name);
            await member.Answer("godkjenn");
        }

        var round = await given.Read();

        Assert.True(round.IsOpen);
        Assert.Equal((0, 3), (round.Count().For, round.Answers.Count));
        Assert.Null((await given.Plan()).ApprovedVersion);
    }
}
