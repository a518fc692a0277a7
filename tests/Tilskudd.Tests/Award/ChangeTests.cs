using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Award;

/// <summary>Changes during the year, through the pages, the mails and the flow.</summary>
public sealed class ChangeTests
{
    [Fact]
    public async Task A_revised_budget_is_decided_by_the_body_and_the_report_accounts_for_the_new_amount()
    {
        await using var given = await Accepted();

        var early = await given.Post(given.Amina, given.Path, "#endring", ("grunn-til-endring", "RevisedBudget"), ("nytt-belop", "1 000 000"), ("beskrivelse", "RNB"));
        var change = await Open(given, ("grunn-til-endring", "RevisedBudget"), ("nytt-belop", "1 200 000"), ("beskrivelse", "Revidert budsjett, Prop. 119 S"));
        await given.Rewrite(given.Plan, 800_000);
        var waiting = await given.RunOf(change);
        await Decide(given);
        await given.Turn();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.Status);
        Assert.Equal("deciding-body", waiting.WaitsFor);
        Assert.Equal("in-force", (await given.RunOf(change)).ClosedAs);
        Assert.Equal((AmountState.Revised, 1_200_000), (await given.Amounts())[^1]);
        await using var db = given.Database.Read();
        Assert.Equal(2, (await db.Handlingsplaner.SingleAsync(TestContext.Current.CancellationToken)).ApprovedVersion);
        Assert.Contains(given.Mails(), mail => mail.Subject == "Endringen av planen gjelder: Strømsø 2030, 2025" && mail.Text.Contains($"/endring/{change}", StringComparison.Ordinal) && mail.Text.Contains("Tilskudd, Drammen", StringComparison.Ordinal));
        await given.Answer(given.Grant.Value, "Reached");
        await using var after = given.Database.Read();
        var rapport = await after.Rapporter.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1_200_000L, 1_200_000L), (rapport.Granted.Ore / 100, rapport.Results.Sum(result => result.Planned.Ore) / 100));
    }

    [Fact]
    public async Task The_plan_leads_to_its_grants_and_says_that_a_change_is_reported_there_once_one_is_under_way()
    {
        await using var early = await GivenGrant.Start();
        using var before = await early.SignIn(early.Amina);
        var submitted = await before.Get($"/plan/{early.Plan}");
        await using var given = await Accepted();
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get($"/plan/{given.Plan}");

        Assert.Contains($"href=\"/tilskudd/{early.Grant}\"", submitted.Page.QuerySelector("section[aria-labelledby=tilskudd]")!.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("meldes endringen", submitted.Text, StringComparison.Ordinal);
        Assert.Contains("meldes endringen", page.Page.QuerySelector("section[aria-labelledby=tilskudd]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_write_reads_what_was_approved_while_it_is_written_anew()
    {
        await using var given = await Accepted();
        await Open(given, ("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg."));
        await using var db = given.Database.Read();
        var plan = await db.Handlingsplaner.SingleAsync(TestContext.Current.CancellationToken);
        var tiltak = $"/plan/{given.Plan}/tiltak/{plan.Tiltak.Single(one => one.Number == 1).TiltakId}";
        await given.Done(given.Amina, tiltak, "form.form", ("navn", "Halvskrevet"), ("belop-1", "12 345"));
        await given.Done(given.Amina, $"/plan/{given.Plan}/del/hovedmal", "form.form", ("tekst", "Halvskrevet mål"));

        using var jonas = await given.SignIn(given.Jonas);
        var read = new[] { await jonas.Get(tiltak), await jonas.Get($"/plan/{given.Plan}/del/hovedmal"), await jonas.Get($"/plan/{given.Plan}") };
        (string, string)[] form = [("navn", "Mitt navn"), ("status", "Starting"), ("endring", "New"), ("revisjon", "0")];
        var posted = new[]
        {
            await jonas.PostTo(read[2], tiltak, [.. form, ("belop-1", "1")]), await jonas.PostTo(read[2], tiltak, [.. form, ("belop-1", "x")]),
            await jonas.PostTo(read[2], $"/plan/{given.Plan}/del/hovedmal", ("tekst", "Mitt mål"), ("revisjon", "0")),
        };
        using var amina = await given.SignIn(given.Amina);

        Assert.All(posted, page =>
        {
            Assert.Equal(HttpStatusCode.Conflict, page.Status);
            Assert.DoesNotContain("Halvskrevet", page.Text, StringComparison.Ordinal);
        });
        Assert.All(read, page =>
        {
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("Halvskrevet", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("12 345", page.Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        });
        Assert.Contains("600 000", read[0].Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("Halvskrevet", (await amina.Get(tiltak)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_change_is_the_programme_leaders_to_decide_and_no_body_is_asked()
    {
        await using var given = await Accepted();

        var change = await Open(given, ("grunn-til-endring", "Deviation"), ("beskrivelse", "Kurset begynte senere."));
        await given.Rewrite(given.Plan, 570_000);
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get($"/plan/{given.Plan}");
        var returned = await ingrid.Post(page, "form[action$='/gjennomgang']");

        Assert.Equal(HttpStatusCode.SeeOther, returned.Status);
        Assert.Equal("in-force", (await given.RunOf(change)).ClosedAs);
        Assert.Equal(0, await given.Rounds());
        await using var db = given.Database.Read();
        Assert.Equal(2, (await db.Handlingsplaner.SingleAsync(TestContext.Current.CancellationToken)).ApprovedVersion);
        var shown = await ingrid.Get($"/endring/{change}");
        Assert.Equal(["600 000 kr", "570 000 kr"], shown.Page.QuerySelectorAll("section[aria-labelledby=forskjell] tbody td").Select(cell => cell.TextContent.Replace('\u00A0', ' ').Trim()));
    }

    [Fact]
    public async Task A_letter_that_asks_for_consent_has_the_change_sent_and_without_consent_the_plan_stands()
    {
        await using var given = await Accepted(("samtykke", "ja"));
        var approved = await ApprovedAt(given);
        given.Database.Clock.Advance(TimeSpan.FromHours(1));
        var change = await Open(given, ("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg."));
        await given.Rewrite(given.Plan, 200_000);
        await Decide(given);

        await given.Done(given.Ingrid, $"/endring/{change}", "#send");
        var received = await given.AnswerAsGrantor("Received", "journal", "25/12");
        using var ingrid = await given.SignIn(given.Ingrid);
        var silent = await ingrid.Post(await ingrid.Get($"/endring/{change}"), "#samtykke", "Rejected");
        var withheld = await ingrid.Post(silent, "#samtykke", "Rejected", ("grunn", "Tiltaket er et vilkår for tilskuddet."));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (received.Status, silent.Status, withheld.Status));
        Assert.Equal("not-consented", (await given.RunOf(change)).ClosedAs);
        await using var db = given.Database.Read();
        var stands = await db.Handlingsplaner.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(approved, stands.ApprovedAt);
        Assert.Equal((1, Money.FromKroner(600_000)), (stands.ApprovedVersion, stands.Tiltak.Single(tiltak => tiltak.Number == 1).Total));
        Assert.Equal([1, 2], (await given.StoredGrant()).Submissions.OrderBy(sent => sent.Number).Select(sent => sent.PlanVersion));
        var page = await ingrid.Get($"/endring/{change}");
        Assert.Contains("Tiltaket er et vilkår for tilskuddet.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Versjon 1 av planen gjelder som før.", page.Text, StringComparison.Ordinal);
        using var amina = await given.SignIn(given.Amina);
        var plan = await amina.Get($"/plan/{given.Plan}");
        Assert.Contains("600 000", plan.Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain("200 000", plan.Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_a_grantor_wants_put_right_is_written_and_decided_anew_and_nobody_approves_it_by_sending_it_again()
    {
        await using var given = await Accepted();
        var change = await Open(given, ("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg."));
        await given.Rewrite(given.Plan, 200_000);
        await Decide(given);
        await given.Done(given.Ingrid, $"/endring/{change}", "#send");
        await given.AnswerAsGrantor("Correction", "retting", "Budsjettet mangler.");
        await given.Turn();

        await given.AnswerCorrection("Returned", ("grunn", "Skriv budsjettet."));
        await given.Rewrite(given.Plan, 300_000);
        var before = await Approved(given);
        await Decide(given);
        await given.Done(given.Ingrid, $"/endring/{change}", "#send");
        await given.AnswerAsGrantor("Correction", "retting", "Send på nytt.");
        await given.Turn();
        await given.AnswerCorrection("Accepted");
        await given.Done(given.Ingrid, $"/endring/{change}", "#send");
        await given.AnswerAsGrantor("Received", "journal", "25/12");

        Assert.Equal((2, 3), (before, await Approved(given)));
        Assert.Equal([1, 2, 3, 3], (await given.StoredGrant()).Submissions.OrderBy(sent => sent.Number).Select(sent => sent.Plans.Single().Version));
    }

    [Fact]
    public async Task A_deviation_paid_by_two_sources_is_decided_once_sent_to_both_grantors_and_closed_when_both_have_answered()
    {
        await using var given = await Accepted(("samtykke", "ja"));
        var aid = await given.AlsoPaidByAid();
        (string, string)[] told = [("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg.")];
        using var amina = await given.SignIn(given.Amina);
        var form = await amina.Get(given.Path);
        var unticked = await amina.Post(form, "#endring", [("kilder", ""), .. told]);
        var change = await Open(given, [("kilder", $"{given.Grant}"), ("kilder", $"{aid}"), .. told]);
        await given.Rewrite(given.Plan, 200_000);
        await Decide(given);

        await given.Done(given.Ingrid, $"/endring/{change}", "#send");
        var (first, second) = (await Sent(given, given.Grant), await Sent(given, aid));
        Assert.Equal(HttpStatusCode.SeeOther, (await given.AnswerAsGrantor("Correction", "retting", "Budsjettet mangler.", "berit@aid.example")).Status);
        await given.AnswerCorrection("Accepted");
        await given.Done(given.Ingrid, $"/endring/{change}", "#send");
        Assert.Equal(HttpStatusCode.SeeOther, (await given.AnswerAsGrantor("Received", "journal", "25/20", "berit@aid.example")).Status);
        var halfway = await given.RunOf(change);
        var (again, twice) = (await Sent(given, given.Grant), await Sent(given, aid));
        Assert.Equal(HttpStatusCode.SeeOther, (await given.AnswerAsGrantor("Received", "journal", "25/12", "ola@kdd.example")).Status);
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get($"/endring/{change}");
        var whose = await ingrid.Post(page, "#samtykke", "Rejected", ("grunn", "Tiltaket er et vilkår."));
        var withheld = await ingrid.Post(page, "#samtykke", "Rejected", ("tilskudd", $"{aid}"), ("grunn", "Tiltaket er et vilkår."));
        var between = await given.RunOf(change);
        var (standing, rest) = (await Approved(given), await ingrid.Get($"/endring/{change}"));
        var given2 = await ingrid.Post(rest, "#samtykke", "Approved");
        await given.Turn();

        Assert.Equal([("KDD, Kommunal- og distriktsdepartementet", true), ("AID, Arbeids- og inkluderingsdepartementet", false)], form.Page.QuerySelectorAll("#endring [name=kilder]").Select(box => (box.ParentElement!.TextContent.Trim(), box.HasAttribute("checked"))));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unticked.Status);
        Assert.Contains("Velg minst én tilskuddsgiver.", unticked.Text, StringComparison.Ordinal);
        Assert.Equal(("1,2", "2"), (first, second));
        Assert.Equal(("1,2", "2,2"), (again, twice));
        Assert.Equal((true, "grantor"), (halfway.IsOpen, halfway.WaitsFor));
        Assert.Equal(2, given.Mails().Count(mail => mail.To.Contains("ola@kdd.example") && mail.Text.Contains("/k/", StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (whose.Status, withheld.Status, given2.Status));
        Assert.Equal((true, 2), (between.IsOpen, standing));
        Assert.Null(rest.Page.QuerySelector("#samtykke [type=radio]"));
        Assert.Contains("Svaret er fra KDD", rest.Find("#samtykke").TextContent, StringComparison.Ordinal);
        Assert.Contains("Velg hvem svaret er fra.", whose.Text, StringComparison.Ordinal);
        Assert.Equal(("not-consented", 1), ((await given.RunOf(change)).ClosedAs, await Approved(given)));
        Assert.Contains(given.Mails(), mail => mail.To.Contains("ola@kdd.example") && mail.Subject == "Endringen av planen gjelder ikke: Strømsø 2030, 2025");
        Assert.DoesNotContain(given.Mails(), mail => mail.To.Contains("berit@aid.example") && mail.Subject == "Endringen av planen gjelder ikke: Strømsø 2030, 2025");
    }

    [Fact]
    public async Task A_material_deviation_is_told_to_the_grantor_also_where_no_consent_is_asked_for_and_is_reminded_of_to_those_who_have_not_answered()
    {
        await using var given = await Accepted();
        var aid = await given.AlsoPaidByAid();
        var change = await Open(given, ("kilder", $"{given.Grant}"), ("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg."));
        await given.Rewrite(given.Plan, 200_000);
        await Decide(given);

        await given.Done(given.Ingrid, $"/endring/{change}", "#send");
        var received = await given.AnswerAsGrantor("Received", "journal", "25/12", "ola@kdd.example");

        Assert.Equal(HttpStatusCode.SeeOther, received.Status);
        Assert.Equal("in-force", (await given.RunOf(change)).ClosedAs);
        Assert.Empty(await Sent(given, aid));
    }

    [Fact]
    public async Task A_new_amount_whose_plan_moves_another_grantors_money_is_told_to_that_one_and_waits_for_its_consent()
    {
        await using var given = await Accepted(("samtykke", "ja"));
        var aid = await given.AlsoPaidByAid();
        var change = await Open(given, ("grunn-til-endring", "RevisedBudget"), ("nytt-belop", "1 200 000"), ("beskrivelse", "Revidert budsjett"));
        await given.Rewrite(given.Plan, 800_000, aid: 100_000);
        using var ingrid = await given.SignIn(given.Ingrid);
        var written = await ingrid.Get($"/endring/{change}");
        await Decide(given);
        await given.Done(given.Ingrid, $"/endring/{change}", "#send");
        var sent = (await Sent(given, given.Grant), await Sent(given, aid));
        await given.Turn();
        var received = await given.AnswerAsGrantor("Received", "journal", "25/12", "berit@aid.example");
        var asked = await ingrid.Get($"/endring/{change}");
        var withheld = await ingrid.Post(asked, "#samtykke", "Rejected", ("grunn", "Pengene er til noe annet."));

        Assert.Equal(["AID, Arbeids- og inkluderingsdepartementet"], written.Page.QuerySelectorAll("section[aria-labelledby=givere] li > a").Select(link => link.TextContent));
        Assert.Contains("Endring 2025 av tilskuddet fra KDD, AID", written.Text, StringComparison.Ordinal);
        Assert.Equal(("1", "2"), sent);
        Assert.Single(given.Mails(), mail => mail.To.Contains("ola@kdd.example") && mail.Text.Contains("/k/", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (received.Status, withheld.Status));
        Assert.Equal(("not-consented", 1), ((await given.RunOf(change)).ClosedAs, await Approved(given)));
        Assert.Contains("flytter penger fra andre tilskuddsgivere", (await ingrid.Get($"/prosess/{(await given.RunOf(change)).Id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deviation_reaches_a_grantor_nobody_named_once_the_plan_moves_its_money_and_not_before()
    {
        await using var given = await Accepted();
        var aid = await given.AlsoPaidByAid();
        var change = await Open(given, ("kilder", $"{given.Grant}"), ("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg."));
        using var amina = await given.SignIn(given.Amina);
        var opened = await amina.Get($"/endring/{change}");
        await given.Rewrite(given.Plan, 200_000, aid: 100_000);
        var written = await amina.Get($"/endring/{change}");
        await Decide(given);
        await given.Done(given.Ingrid, $"/endring/{change}", "#send");

        Assert.Equal([$"/tilskudd/{given.Grant}"], Told(opened));
        Assert.Equal([$"/tilskudd/{given.Grant}", $"/tilskudd/{aid}"], Told(written));
        Assert.Equal(("1,2", "2"), (await Sent(given, given.Grant), await Sent(given, aid)));

        static IEnumerable<string?> Told(Planning.Answer page) => page.Page.QuerySelectorAll("section[aria-labelledby=givere] li > a").Select(link => link.GetAttribute("href"));
    }

    [Fact]
    public async Task Only_grantors_that_have_not_confirmed_are_waited_for_and_reminded()
    {
        await using var given = await Accepted();
        var aid = await given.AlsoPaidByAid();
        var change = await Open(given, ("kilder", $"{given.Grant}"), ("kilder", $"{aid}"), ("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg."));
        await given.Rewrite(given.Plan, 200_000);
        await Decide(given);
        await given.Done(given.Ingrid, $"/endring/{change}", "#send");
        var run = await given.RunOf(change);
        using var ingrid = await given.SignIn(given.Ingrid);

        var both = await ingrid.Get($"/prosess/{run.Id}");
        await given.AnswerAsGrantor("Received", "journal", "25/12", "ola@kdd.example");
        var one = await ingrid.Get($"/prosess/{run.Id}");
        await given.Turn();
        var before = given.Mails().Select(mail => mail.MessageId).ToHashSet();
        await ingrid.Post(one, "form[action$='/paminn']");
        await given.Turn();

        Assert.Contains("Ola Vest", both.Text, StringComparison.Ordinal);
        Assert.Contains("Berit Nord", both.Text, StringComparison.Ordinal);
        Assert.Equal(["berit@aid.example"], given.Mails().Where(mail => !before.Contains(mail.MessageId)).Select(mail => mail.To));
        Assert.Equal((run.VisitNumber, true), ((await given.RunOf(change)).VisitNumber, (await given.RunOf(change)).IsOpen));
        Assert.Contains("Påminnet én gang.", (await ingrid.Get("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_shows_what_came_of_it_and_not_what_the_next_one_changed()
    {
        await using var given = await Accepted();
        var first = await Open(given, ("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg."));
        await given.Rewrite(given.Plan, 590_000);
        await Allow(given);
        using var ingrid = await given.SignIn(given.Ingrid);
        var before = await ingrid.Get($"/endring/{first}");
        given.Database.Clock.Advance(TimeSpan.FromHours(1));
        var second = await Open(given, ("grunn-til-endring", "Deviation"), ("beskrivelse", "Vi er forsinket."));
        await given.Rewrite(given.Plan, 580_000);
        await Allow(given);

        var after = await ingrid.Get($"/endring/{first}");

        Assert.Contains("590", before.Text, StringComparison.Ordinal);
        var since = await ingrid.Get($"/plan/{given.Plan}/endringer?siden=1");
        Assert.Equal($"/plan/{given.Plan}/endringer?siden=1", before.Find($"a[href^='/plan/{given.Plan}/endringer']").GetAttribute("href"));
        Assert.Contains("versjon 1", since.Find("main").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("versjon 2", since.Find("main").TextContent, StringComparison.Ordinal);
        Assert.Equal(before.Find("main").TextContent, after.Find("main").TextContent);
        Assert.Contains("580", (await ingrid.Get($"/endring/{second}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_opened_by_those_who_carry_the_plan_out_once_and_one_at_a_time()
    {
        await using var given = await Accepted();
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path);
        (string Name, string Value)[] told = [("grunn-til-endring", "Deviation"), ("beskrivelse", "Vi er forsinket.")];
        using var tor = await given.SignIn(given.Tor);
        using var stranger = await given.SignIn(given.Stranger);

        var seen = await tor.Get(given.Path);
        var unchosen = await amina.Post(page, "#endring", ("beskrivelse", "Vi er forsinket."));
        var first = await amina.Post(page, "#endring", told);
        var again = await amina.Post(page, "#endring", told);
        var unseen = await stranger.Get(first.Location!);
        var second = await amina.Post(page, "#endring", [.. told, ("endring", Guid.Empty.ToString())]);

        Assert.Null(seen.Page.QuerySelector("#endring"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther, HttpStatusCode.NotFound, HttpStatusCode.Conflict), (unchosen.Status, first.Status, unseen.Status, second.Status));
        Assert.Equal(first.Location, again.Location);
        await using var db = given.Database.Read();
        Assert.Equal(1, await db.Set<PlanChange>().CountAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Året går ikke som planlagt", (await amina.Get(given.Path)).Text, StringComparison.Ordinal);
        Assert.Contains("Avvik fra planen, KDD", (await amina.Get("/program/stromso-2030/2025")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_decided_after_the_year_is_over_is_followed_by_the_report_that_is_being_written()
    {
        await using var given = await Accepted();
        await Open(given, ("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg."));
        await given.Answer(given.Grant.Value, "Reached");
        var before = await given.StoredRapport();
        await given.Rewrite(given.Plan, 200_000);
        await Decide(given);

        var after = await given.StoredRapport();

        Assert.Equal(before.Results.OrderBy(result => result.Number).Select(result => result.TiltakId), after.Results.OrderBy(result => result.Number).Select(result => result.TiltakId));
        Assert.Equal(Money.FromKroner(200_000), after.Results.Single(result => result.Number == 1).Planned);
        Assert.NotEqual(Money.FromKroner(200_000), before.Results.Single(result => result.Number == 1).Planned);
        Assert.Equal(before.Revision + 1, after.Revision);
    }

    [Fact]
    public async Task A_report_that_has_come_back_follows_a_changed_plan_and_one_that_others_look_at_does_not()
    {
        await using var given = await Accepted();
        await Open(given, ("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg."));
        await given.Answer(given.Grant.Value, "Reached");
        await given.KnowReport();
        await given.WriteReport();
        using var ingrid = await given.SignIn(given.Ingrid);
        var even = await ingrid.Get(given.RapportPath);
        given.Database.Clock.Advance(TimeSpan.FromHours(1));
        await given.Rewrite(given.Plan, 200_000);
        await Decide(given);
        var looked = await given.StoredRapport();
        var behind = await ingrid.Get(given.RapportPath);
        var returned = await ingrid.Post(behind, "#kontroll", "Returned", ("grunn", "Skriv mer."));
        var back = await given.StoredRapport();

        Assert.Equal(HttpStatusCode.SeeOther, returned.Status);
        Assert.Equal(
            [false, true, false],
            new[] { even, behind, await ingrid.Get(given.RapportPath) }.Select(page => page.Text.Contains("Planen er endret etter at rapporten ble sendt videre.", StringComparison.Ordinal)));
        Assert.Equal((Money.FromKroner(600_000), Money.FromKroner(200_000)), (First(looked), First(back)));
        Assert.Equal(looked.Results.Sum(result => result.Spent!.Value.Ore), back.Results.Sum(result => result.Spent!.Value.Ore));

        static Money First(Rapport rapport) => rapport.Results.Single(result => result.Number == 1).Planned;
    }

    [Fact]
    public async Task A_new_amount_that_was_typed_in_wrong_is_put_right_while_the_plan_is_written()
    {
        await using var given = await Accepted();
        var change = await Open(given, ("grunn-til-endring", "RevisedBudget"), ("nytt-belop", "120 000"), ("beskrivelse", "Revidert budsjett"));
        using var amina = await given.SignIn(given.Amina);
        using var tor = await given.SignIn(given.Tor);
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await amina.Get($"/endring/{change}");

        var others = await tor.Get($"/endring/{change}");
        var refused = await tor.Post(page, "#rett-belop", await tor.Token(), ("nytt-belop", "1 200 000"));
        var bad = await amina.Post(page, "#rett-belop", ("nytt-belop", "0"));
        var right = await amina.Post(page, "#rett-belop", ("nytt-belop", "1 200 000"));
        var again = await amina.Post(page, "#rett-belop", ("nytt-belop", "1 200 000"));
        await given.Rewrite(given.Plan, 800_000);
        var late = await amina.Post(page, "#rett-belop", ("nytt-belop", "1 300 000"));
        var decided = await ingrid.Get($"/endring/{change}");

        Assert.Equal("120000", page.Field("nytt-belop"));
        Assert.Null(others.Page.QuerySelector("#rett-belop"));
        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.Conflict],
            [refused.Status, bad.Status, right.Status, again.Status, late.Status]);
        Assert.True(bad.Find("details:has(#rett-belop)").HasAttribute("open"));
        Assert.Null(decided.Page.QuerySelector("#rett-belop"));
        Assert.Equal(Money.FromKroner(1_200_000), (await given.StoredGrant()).Granted);
        Assert.Equal([(AmountState.Revised, 120_000L), (AmountState.Revised, 1_200_000L)], (await given.Amounts()).TakeLast(2));
    }

    [Fact]
    public async Task What_was_spread_to_come_to_the_letter_holds_no_longer_once_the_plan_is_approved_for_another_amount()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter("990 000");
        await given.Done(given.Ingrid, given.Path, "#aksepter", ("fordeling", "Proportional"));
        using var ingrid = await given.SignIn(given.Ingrid);
        var before = await ingrid.Get(given.Path);

        await Open(given, ("grunn-til-endring", "RevisedBudget"), ("nytt-belop", "1 000 000"), ("beskrivelse", "Revidert budsjett"));
        var between = await ingrid.Get(given.Path);
        await given.Done(given.Amina, $"/plan/{given.Plan}", "form[action$='/send']");
        await Allow(given);
        var after = await ingrid.Get(given.Path);
        await given.Answer(given.Grant.Value, "Reached");

        Assert.All([before, between], page => Assert.Contains("Etter brevet", page.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("Etter brevet", after.Text, StringComparison.Ordinal);
        Assert.Contains("Tildelt etter endringen", after.Text, StringComparison.Ordinal);
        var rapport = await given.StoredRapport();
        Assert.Equal((Money.FromKroner(1_000_000), 1_000_000_00L), (rapport.Granted, rapport.Results.Sum(result => result.Planned.Ore)));
    }

    [Fact]
    public async Task Those_who_are_asked_about_a_change_read_why_and_not_that_the_leader_has_been_through_it()
    {
        await using var given = await Accepted(("samtykke", "ja"));
        var change = await Open(given, ("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg."));
        await given.Rewrite(given.Plan, 200_000);
        await given.Turn();
        var asked = given.Mails().Single(mail => mail.To.Contains("jonas@drammen.example"));
        await Decide(given);
        await given.Done(given.Ingrid, $"/endring/{change}", "#send");
        await given.Turn();
        var sent = given.Mails().Single(mail => mail.To.Contains("ola@kdd.example") && mail.Subject.Contains("endret", StringComparison.Ordinal));
        using var visit = await given.OpenLink("ola@kdd.example");
        var page = await visit.Browser.Get(visit.Path);
        var done = await visit.Browser.Post(await visit.Browser.Get($"{visit.Path}/bekreft?svar=Received"), "#svaret", ("journal", "25/1"), ("kode", visit.Code));
        var receipt = await visit.Browser.Get(done.Location!);

        Assert.Contains("Partneren har trukket seg.", asked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("har gått gjennom saken", asked.Text, StringComparison.Ordinal);
        Assert.Contains("versjon 2", asked.Subject, StringComparison.Ordinal);
        Assert.Equal("Til mottak: endret Handlingsplan 2025 for Strømsø", sent.Subject);
        Assert.Contains("Partneren har trukket seg.", sent.Text, StringComparison.Ordinal);
        Assert.Contains("samtykke", sent.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Søkt beløp", sent.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Partneren har trukket seg.", page.Find("section[aria-labelledby=endringen]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Ned 400 000 kr", page.Find("section[aria-labelledby=endret]").TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("venter på om dere samtykker", receipt.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("budsjettvedtaket", receipt.Text, StringComparison.Ordinal);
    }

    private static async Task<GivenGrant> Accepted(params (string Name, string Value)[] terms)
    {
        var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "24/99");
        await given.Vote();
        await given.Done(
            given.Ingrid, given.Path, "#brevet", [("referanse", "24/1234"), ("mottatt", "20.11.2024"), ("belop", "1 000 000"), ("rapportfrist", "2026-03-01"), ("overforing", "ja"), .. terms]);
        await given.Done(given.Ingrid, given.Path, "#aksepter");
        return given;
    }

    /// <summary>The coordinator opens a change on the grant's page.</summary>
    private static async Task<Guid> Open(GivenGrant given, params (string Name, string Value)[] told)
    {
        var answer = await given.Post(given.Amina, given.Path, "#endring", told);
        Assert.True(answer.Status == HttpStatusCode.SeeOther, answer.Text);
        return Guid.Parse(answer.Location!["/endring/".Length..]);
    }

    /// <summary>The versions sent for a grant, in order.</summary>
    private static async Task<string> Sent(GivenGrant given, GrantId grant)
    {
        await using var db = given.Database.Read();
        return string.Join(',', (await db.Grants.SingleAsync(one => one.Id == grant, TestContext.Current.CancellationToken)).Submissions.OrderBy(sent => sent.Number).Select(sent => sent.PlanVersion));
    }

    private static async Task<DateTimeOffset?> ApprovedAt(GivenGrant given)
    {
        await using var db = given.Database.Read();
        return (await db.Handlingsplaner.SingleAsync(TestContext.Current.CancellationToken)).ApprovedAt;
    }

    private static async Task<int?> Approved(GivenGrant given)
    {
        await using var db = given.Database.Read();
        return (await db.Handlingsplaner.SingleAsync(TestContext.Current.CancellationToken)).ApprovedVersion;
    }

    /// <summary>The programme leader decides a change that is the leader's to decide.</summary>
    private static Task Allow(GivenGrant given) => given.Done(given.Ingrid, $"/plan/{given.Plan}", "form[action$='/gjennomgang']");

    /// <summary>The one member of the steering group approves.</summary>
    private static async Task Decide(GivenGrant given)
    {
        var settle = given.Services.GetRequiredService<SettleRound>();
        Assert.Null(await given.Database.Door.Write(async w =>
        {
            var round = await w.Db.Rounds.SingleAsync(round => round.ClosedAt == null);
            Assert.Null(round.Answer(w.Ids.Next<RoundAnswerId>(), given.Jonas, AnswerKind.Approve, "", round.Hash, Assurance.LinkAndCode, w.Ids.Next(), w.Now));
            await settle.IfDecided(w, await StepRounds.RunOf(w.Db, round.Id), round);
            return null;
        }));
    }
}
