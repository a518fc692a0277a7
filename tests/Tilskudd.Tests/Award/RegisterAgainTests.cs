using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Award;

/// <summary>A letter or a vote that was typed in wrong is put right by those who register it.</summary>
public sealed class RegisterAgainTests
{
    private const string Form = "#pa-nytt";

    [Fact]
    public async Task The_terms_a_report_hangs_on_are_put_right_after_the_year_by_the_leader_until_the_report_is_done()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter(auditorFrom: "50 000", carryOver: "nei");
        await given.Done(given.Ingrid, given.Path, "#aksepter");
        using var ingrid = await given.SignIn(given.Ingrid);
        var during = await ingrid.Get(given.Path);
        await given.Answer(given.Grant.Value, "Reached");
        await given.KnowReport();
        var page = await ingrid.Get(given.Path);
        using var amina = await given.SignIn(given.Amina);
        var hers = await amina.Get(given.Path);
        (string, string)[] right = [("revisor", "2 000 000"), ("overforing", "ja"), ("feilen", "Lest av feil brev.")];

        var silent = await ingrid.Post(page, "#rett-vilkar", ("revisor", "2 000 000"), ("overforing", "ja"));
        var negative = await ingrid.Post(page, "#rett-vilkar", ("revisor", "-1"), ("overforing", "ja"), ("feilen", "Feil."));
        var others = await amina.Post(page, "#rett-vilkar", [await amina.Token(), .. right]);
        var done = await ingrid.Post(page, "#rett-vilkar", right);
        var again = await ingrid.Post(page, "#rett-vilkar", right);
        await given.ReachGrantorDecision("500 000");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");
        await given.Done(given.Ingrid, given.RapportPath, "#overfort", ("belop", "100 000"), ("dato", "20.11.2024"));
        var late = await ingrid.Post(page, "#rett-vilkar", ("revisor", "1"), ("overforing", "nei"), ("feilen", "Likevel ikke."));

        Assert.Equal(["rett-vilkar"], new[] { during, hers, page, await ingrid.Get(given.Path) }.SelectMany(one => one.Page.QuerySelectorAll("#rett-vilkar")).Select(form => form.Id));
        Assert.Equal(
            [HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.Conflict],
            [silent.Status, negative.Status, others.Status, done.Status, again.Status, late.Status]);
        Assert.True(silent.Find("details:has(#rett-vilkar)").HasAttribute("open"));
        Assert.Equal("50000", page.Field("revisor"));
        Assert.Equal("carried-over", (await given.RunOf(given.Rapport.Value)).ClosedAs);
        var letter = (await given.StoredGrant()).Letter!;
        Assert.Equal((Money.FromKroner(2_000_000), true, "Pengene skal brukes etter planen."), (letter.AuditorFrom, letter.MayCarryOver, letter.TermsText));
        await using var db = given.Database.Read();
        var told = await db.Trail.SingleAsync(entry => entry.Event == "letter-corrected", TestContext.Current.CancellationToken);
        Assert.Contains("\"auditorFromOre\":5000000", told.Data, StringComparison.Ordinal);
        Assert.Contains("Pengene skal brukes etter planen.", told.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_with_a_nought_too_many_is_registered_again_and_held_against_the_plan_once_more()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter("10 000 000", auditorFrom: "500 000", carryOver: "nei");
        Assert.Equal("revise-plan", (await given.RunOf(given.Grant.Value)).StepId);
        using var leader = await given.SignIn(given.Ingrid);
        var due = await leader.Get("/");

        await given.Done(given.Ingrid, given.Path, Form, ("feilen", "En null for mye."));
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path);
        await given.RegisterLetter("1 000 000");
        var settled = await leader.Get("/");

        Assert.Contains("Planen revideres", due.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Planen revideres", settled.Text, StringComparison.Ordinal);
        var left = (await leader.Get($"/prosess/{(await given.RunOf(given.Grant.Value)).Id}")).Page.QuerySelectorAll("li").Single(step => step.TextContent.Contains("saken ble flyttet", StringComparison.Ordinal));
        Assert.DoesNotContain("Ingrid Solli", left.TextContent, StringComparison.Ordinal);
        var form = page.Find("#brevet");
        Assert.Equal(
            ["24/1234", "20.11.2024", "10000000", "01.03.2026", "500000"],
            new[] { "referanse", "mottatt", "belop", "rapportfrist", "revisor" }.Select(page.Field));
        Assert.NotNull(form.QuerySelector("input[name=overforing][value=nei][checked]"));
        Assert.Equal("Pengene skal brukes etter planen.", page.Field("vilkar"));
        var run = await given.RunOf(given.Grant.Value);
        Assert.Equal("accept-letter", run.StepId);
        Assert.Equal("En null for mye.", run.Visits.Single(visit => visit.StepId == "revise-plan").Reason);
        Assert.Equal(Money.FromKroner(1_000_000), (await given.StoredGrant()).Granted);
        Assert.Equal([(AmountState.Granted, 10_000_000L), (AmountState.Granted, 1_000_000L)], (await given.Amounts()).TakeLast(2));
        await using var db = given.Database.Read();
        Assert.Equal(["letter-registered", "run-taken-back", "letter-registered"], await db.Trail.Where(entry => entry.Event == "letter-registered" || entry.Event == "run-taken-back").OrderBy(entry => entry.Seq).Select(entry => entry.Event).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_was_told_of_a_wrong_letter_is_told_that_it_was_wrong_and_its_figure_is_marked()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter("10 000 000");
        await given.Turn();
        var first = given.Mails().Where(mail => mail.Subject.Contains("Tilskuddsbrevet er registrert", StringComparison.Ordinal)).Select(mail => mail.To).Order().ToList();
        await given.Database.Write(w => w.Db.Roles.Single(role => role.Role == Role.Accountant).End(new LocalDate(2024, 11, 1)));
        await given.Done(given.Ingrid, given.Path, Form, ("feilen", "En null for mye."));

        await given.RegisterLetter("5 000 000");
        await given.Turn();

        var mails = given.Mails().Where(mail => mail.Subject.Contains("Tilskuddsbrevet er registrert", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, first.Count);
        Assert.Equal(4, mails.Count);
        var corrected = mails.Where(mail => mail.Subject.StartsWith("Rettet: Tilskuddsbrevet er registrert: ", StringComparison.Ordinal)).ToList();
        Assert.Equal(first, corrected.Select(mail => mail.To).Order());
        Assert.All(corrected, mail => Assert.Contains("En null for mye.", mail.Text, StringComparison.Ordinal));
        using var ingrid = await given.SignIn(given.Ingrid);
        var amounts = (await ingrid.Get(given.Path)).Find("section[aria-labelledby=belopene]");
        Assert.Equal(["10 000 000 kr"], amounts.QuerySelectorAll("s.number").Select(amount => amount.TextContent.Replace('\u00A0', ' ')));
        var steps = (await ingrid.Get($"/prosess/{(await given.RunOf(given.Grant.Value)).Id}")).Page.QuerySelectorAll("ol li").Where(step => step.TextContent.Contains("En null for mye.", StringComparison.Ordinal));
        Assert.Contains("Tilskuddsbrev", Assert.Single(steps).TextContent, StringComparison.Ordinal);

        // The plan must still be made anew, but nobody has sent it back.
        Assert.Equal("revise-plan", (await given.RunOf(given.Grant.Value)).StepId);
        using var amina = await given.SignIn(given.Amina);
        Assert.Null((await amina.Get($"/plan/{given.Plan}")).Page.QuerySelector("section[aria-labelledby=tilbake]"));
    }

    [Fact]
    public async Task Accepted_terms_and_their_spread_do_not_stand_when_the_letter_is_taken_up_again()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter("990 000");
        await given.Done(given.Ingrid, given.Path, "#aksepter", ("fordeling", "Proportional"));
        Assert.NotEmpty((await given.StoredGrant()).Letter!.Lines);

        await given.Done(given.Ingrid, given.Path, Form, ("feilen", "Feil rapportfrist"));
        var between = (await given.StoredGrant()).Letter!;
        await given.RegisterLetter("990 000");
        var waiting = (await given.RunOf(given.Grant.Value)).StepId;
        await given.Done(given.Ingrid, given.Path, "#aksepter", ("fordeling", "ByPriority"));

        Assert.Equal((null, null, 0), (between.AcceptedAt, between.SpreadBy, between.Lines.Count));
        Assert.Equal("accept-letter", waiting);
        var letter = (await given.StoredGrant()).Letter!;
        Assert.Equal(SpreadRule.ByPriority, letter.SpreadBy);
        Assert.NotNull(letter.AcceptedAt);
        Assert.Equal("carry-out-plan", (await given.RunOf(given.Grant.Value)).StepId);
    }

    [Fact]
    public async Task A_vote_is_registered_again_while_the_letter_is_waited_for()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "24/99");
        using var ingrid = await given.SignIn(given.Ingrid);
        var before = await ingrid.Get(given.Path);
        await given.Vote("100 000");

        await given.Done(given.Ingrid, given.Path, Form, ("feilen", "En null for lite"));
        var page = await ingrid.Get(given.Path);
        await given.Vote();

        Assert.Null(before.Page.QuerySelector(Form));
        Assert.Equal(("100000", "20.11.2024", "Innst. 16 S"), (page.Field("belop"), page.Field("dato"), page.Field("grunnlag")));
        Assert.Null(page.Page.QuerySelector(Form));
        Assert.Equal("record-letter", (await given.RunOf(given.Grant.Value)).StepId);
        Assert.Equal(Money.FromKroner(1_000_000), (await given.StoredGrant()).Voted);
    }

    [Fact]
    public async Task A_round_on_the_plan_made_anew_for_a_wrong_letter_ends_without_a_result()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter("500 000");
        await given.Revise(100_000);
        var open = await given.Rounds();

        await given.Done(given.Ingrid, given.Path, Form, ("feilen", "Feil beløp"));

        Assert.Equal((1, 0), (open, await given.Rounds()));
        await given.RegisterLetter("1 000 000");
        Assert.Equal("accept-letter", (await given.RunOf(given.Grant.Value)).StepId);
    }

    [Fact]
    public async Task Only_those_who_register_it_have_the_form_and_others_are_refused()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter();
        using var ingrid = await given.SignIn(given.Ingrid);
        using var amina = await given.SignIn(given.Amina);
        using var stranger = await given.SignIn(given.Stranger);
        var form = await ingrid.Get(given.Path);

        var seen = await amina.Get(given.Path);
        var posted = await amina.Post(form, Form, await amina.Token(), ("feilen", "x"));
        var unseen = await stranger.Post(form, Form, await stranger.Token(), ("feilen", "x"));

        Assert.Null(seen.Page.QuerySelector(Form));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound), (posted.Status, unseen.Status));
        Assert.Equal("accept-letter", (await given.RunOf(given.Grant.Value)).StepId);
    }

    [Fact]
    public async Task It_says_what_is_wrong_and_the_same_form_twice_is_one()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter();
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path);

        var empty = await ingrid.Post(page, Form, ("feilen", " "));
        var tooLong = await ingrid.Post(page, Form, ("feilen", new string('x', 1_001)));
        var first = await ingrid.Post(page, Form, ("feilen", "Feil referanse"));
        var again = await ingrid.Post(page, Form, ("feilen", "Feil referanse"));
        await given.RegisterLetter("1 000 000");
        var late = await ingrid.Post(page, Form, ("feilen", "En annen feil"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (empty.Status, tooLong.Status));
        Assert.Equal("Skriv hva som er ført feil.", empty.Find(".ds-error-summary a[href='#feilen']").TextContent.Trim());
        Assert.True(empty.Find($"details:has({Form})").HasAttribute("open"));
        Assert.Contains("1000", tooLong.Find(".ds-error-summary a[href='#feilen']").TextContent.Replace("\u00A0", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (first.Status, again.Status, late.Status));
        Assert.Equal("accept-letter", (await given.RunOf(given.Grant.Value)).StepId);
    }

    [Fact]
    public async Task A_letter_that_a_change_builds_on_is_put_right_when_the_change_is_done()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter();
        await given.Done(given.Ingrid, given.Path, "#aksepter");
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path);
        await given.Done(given.Amina, given.Path, "#endring", ("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg."));

        var refused = await ingrid.Post(page, Form, ("feilen", "Feil beløp"));
        var during = await ingrid.Get(given.Path);

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("En endring av planen er under arbeid", refused.Text, StringComparison.Ordinal);
        Assert.Null(during.Page.QuerySelector(Form));
        Assert.NotNull((await given.StoredGrant()).Letter!.AcceptedAt);
    }
}
