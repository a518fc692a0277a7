using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Award;

/// <summary>Several units' plans are sent to the grantor as one submission, and answered by one letter.</summary>
public sealed class GatheredPlansTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_sent_before_the_last_plan_is_approved_and_then_all_are_sent_as_one()
    {
        await using var given = await GivenGrant.StartGathered();
        await using (var early = given.Database.Read())
        {
            Assert.False(await early.Grants.AnyAsync(Ct));
        }

        await given.ApproveSecond();
        using var ingrid = await given.SignIn(given.Ingrid);
        var before = await ingrid.Get(given.Path);
        await given.SendPlan();

        Assert.Equal(["Handlingsplan 2025 for Strøm, versjon 1", "Handlingsplan 2025 for Strømsø, versjon 1"], before.Page.QuerySelectorAll(".decision dd li").Select(item => item.TextContent.Trim()).Where(text => text.Contains("versjon", StringComparison.Ordinal)));
        Assert.Contains("2 000 000", before.Page.QuerySelector(".decision")!.TextContent.Replace('\u00a0', ' '), StringComparison.Ordinal);
        var grant = await given.StoredGrant();
        Assert.Equal([given.SecondPlan, given.Plan], grant.LatestSubmission!.Plans.Select(plan => plan.PlanId));
        Assert.All(grant.LatestSubmission.Plans, plan => Assert.Equal((1, 64), (plan.Version, plan.Hash.Length)));
        await using var db = given.Database.Read();
        Assert.Equal(2, await db.Trail.CountAsync(entry => entry.Event == "handlingsplan-submitted", Ct));
        Assert.Equal("Drammen samlet", await db.PlanUnits.Where(unit => unit.Id == grant.PlanUnitId).Select(unit => unit.Name).SingleAsync(Ct));
    }

    [Fact]
    public async Task A_unit_that_is_to_end_gathers_the_years_that_have_begun_by_then_and_does_not_leave_a_plan_that_waits()
    {
        await using var given = await GivenGrant.StartGathered();
        var gathering = default(PlanUnitId);
        await given.Database.Write(async w =>
        {
            gathering = await w.Db.PlanUnits.Where(unit => unit.Slug == "samlet").Select(unit => unit.Id).SingleAsync(Ct);
            w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), given.Tor, Role.Administrator, null, null, null, new NodaTime.LocalDate(2024, 1, 1), null));
        });
        using var tor = await given.SignIn(given.Tor);
        var page = await tor.Get($"/admin/enheter/{gathering}/avslutt");

        var early = await tor.Post(page, "main form", ("siste", "31.12.2024"));
        var late = await tor.Post(page, "main form", ("siste", "31.12.2029"));
        await given.ApproveSecond();

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (early.Status, late.Status));
        Assert.Contains("Godkjente planer for 2025 venter her", early.Find(".ds-error-summary a[href='#siste']").TextContent, StringComparison.Ordinal);
        Assert.Equal([given.SecondPlan, given.Plan], (await given.StoredGrant()).Plans);
    }

    [Fact]
    public async Task A_plan_that_comes_after_the_others_were_sent_is_sent_alone_from_its_own_unit()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.SendPlan();
        var late = await given.ApproveLate();
        await using var db = given.Database.Read();
        var grants = await db.Grants.OrderByDescending(grant => grant.IsGathered).ToListAsync(Ct);

        Assert.Equal([(true, given.SecondPlan, 2), (false, late, 1)], grants.Select(grant => (grant.IsGathered, grant.PlanId, grant.Plans.Count)));
        Assert.Equal("Fjell", await db.PlanUnits.Where(unit => unit.Id == grants[1].PlanUnitId).Select(unit => unit.Name).SingleAsync(Ct));
    }

    [Fact]
    public async Task A_unit_that_makes_no_plan_has_none_to_come_in_the_overview()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        using var ingrid = await given.SignIn(given.Ingrid);

        var page = await ingrid.Get("/");

        var cells = page.Page.QuerySelectorAll("table tr").Single(row => row.QuerySelector("th a")?.TextContent == "Drammen samlet").QuerySelectorAll("td.step").Select(cell => cell.TextContent).ToList();
        Assert.All(cells.Take(4), cell => Assert.Contains("ikke brukt", cell, StringComparison.Ordinal));
        Assert.Contains(cells, cell => cell.Contains("kommer", StringComparison.Ordinal));
        Assert.DoesNotContain("Politisk godkjenning", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_the_only_plan_that_was_sent_needs_no_choice_of_plan()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.Done(given.Ingrid, "/program/stromso-2030/2025", "#send-uten", ("grunn", "Fristen er i dag."));
        var path = "";
        await given.Database.Write(w =>
        {
            var (grant, source) = (w.Db.Grants.Single(), w.Db.FundingSources.Single());
            var today = new NodaTime.LocalDate(2024, 11, 20);
            Assert.Null(grant.RegisterLetter(
                w.Ids.Next<TilskuddsbrevId>(), source, "24/1", today, Money.FromKroner(1_000_000), new LetterTerms(new NodaTime.LocalDate(2026, 3, 1), null, true, ""), given.Ingrid, w.Now, today));
            Assert.Null(grant.AcceptLetter([], LetterSpread.Proportional, new Limits(100, Money.FromKroner(2_000_000), Money.Zero), given.Ingrid, w.Now, Money.FromKroner(1_000_000)));
            path = $"/tilskudd/{grant.Id}";
        });
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(path);

        var told = await amina.Post(page, "#endring", ("grunn-til-endring", "Deviation"), ("beskrivelse", "Partneren har trukket seg."));
        var change = await amina.Get(told.Location ?? "/");

        Assert.Null(page.Page.QuerySelector("#endring [name=plan]"));
        Assert.Equal(HttpStatusCode.SeeOther, told.Status);
        Assert.Contains("Handlingsplan 2025 for Strømsø", change.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Handlingsplan 2025 for Drammen samlet", change.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_programme_leader_sends_the_approved_plans_without_the_others_with_a_reason_and_a_late_plan_goes_alone()
    {
        await using var given = await GivenGrant.StartGathered();
        using var ingrid = await given.SignIn(given.Ingrid);
        using var amina = await given.SignIn(given.Amina);
        const string Year = "/program/stromso-2030/2025";
        var held = await ingrid.Get(Year);
        var seen = await amina.Get(Year);
        var forbidden = await amina.PostTo(seen, Year + "/send-uten", ("grunn", "Vi venter ikke."));
        var silent = await ingrid.Post(held, "#send-uten", ("grunn", " "));
        var sent = await ingrid.Post(silent, "#send-uten", ("grunn", "Fristen er i dag."));
        var again = await ingrid.Post(silent, "#send-uten", ("grunn", "Fristen er i dag."));
        await given.Turn();
        await using var db = given.Database.Read();
        var gathered = await db.Grants.SingleAsync(Ct);
        var country = await ingrid.Get("/landet?aar=2025");
        await given.Database.Door.Write(async w =>
        {
            (await w.Db.Handlingsplaner.SingleAsync(plan => plan.Id == given.SecondPlan)).Approve(1, w.Now);
            return null;
        });
        await given.RaiseSecond();
        var late = await db.Grants.SingleAsync(grant => grant.Id != gathered.Id, Ct);
        await given.Answer(gathered.Id.Value, "Submitted");
        await given.Answer(gathered.Id.Value, "Received");
        await given.Answer(gathered.Id.Value, "Approved");

        Assert.Contains("Godkjent: Strømsø. Ikke godkjent: Strøm.", held.Page.QuerySelector("#send-uten")!.TextContent, StringComparison.Ordinal);
        Assert.Null(seen.Page.QuerySelector("#send-uten"));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther, HttpStatusCode.Conflict), (forbidden.Status, silent.Status, sent.Status, again.Status));
        Assert.Contains("Skriv hvorfor planene sendes uten de andre.", silent.Text, StringComparison.Ordinal);
        Assert.Equal((true, "Fristen er i dag."), (gathered.IsGathered, gathered.WithoutReason));
        Assert.Equal([given.Plan], gathered.Plans);
        Assert.Equal(1, await db.Trail.CountAsync(entry => entry.Event == "plans-sent-without", Ct));
        Assert.Contains(given.Mails(), mail => mail.To == "amina@drammen.example" && mail.Text.Contains("Ikke med: Strøm.", StringComparison.Ordinal) && mail.Text.Contains("Begrunnelse: Fristen er i dag.", StringComparison.Ordinal));
        Assert.Contains("Fristen er i dag.", (await ingrid.Get($"/tilskudd/{gathered.Id}")).Text, StringComparison.Ordinal);
        Assert.Equal((false, given.SecondPlan), (late.IsGathered, late.PlanId));
        Assert.Equal(["Ikke åpnet: 1", "Innsending: 1"], Statuses(country).Order());
        Assert.Equal(["Innsending: 1", "Tilskuddsbrev: 1"], Statuses(await ingrid.Get("/landet?aar=2025")).Order());
    }

    [Fact]
    public async Task The_grantor_reads_every_plan_behind_one_link_and_confirms_once()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.SendPlan();
        using var ola = await given.OpenLink();
        var page = await ola.Browser.Get(ola.Path);
        var links = page.Page.QuerySelectorAll("main a[href*=utskrift]").Select(link => link.GetAttribute("href")!).ToList();
        var read = new List<string>();
        foreach (var link in links)
        {
            read.Add((await ola.Browser.Get(link)).Page.QuerySelector("h1")!.TextContent);
        }

        var strange = await ola.Browser.Get($"{ola.Path}/utskrift?plan=9");
        var confirmed = await ola.Browser.Post(await ola.Browser.Get($"{ola.Path}/bekreft?svar=Received"), "#svaret", ("journal", "24/99"), ("kode", ola.Code));

        Assert.Equal(["Handlingsplan 2025 for Strøm", "Handlingsplan 2025 for Strømsø"], read);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.SeeOther), (strange.Status, confirmed.Status));
        Assert.Contains("Handlingsplanene 2025 for Drammen samlet", page.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        var toGrantor = string.Join(' ', given.Mails().First(mail => mail.To.Contains("ola@kdd.example", StringComparison.Ordinal) && mail.Subject.StartsWith("Til mottak", StringComparison.Ordinal)).Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("har sendt 2 godkjente planer samlet. De får ett svar.", toGrantor, StringComparison.Ordinal);
        Assert.Contains("Planene: ", toGrantor, StringComparison.Ordinal);
        Assert.DoesNotContain("saken", toGrantor, StringComparison.Ordinal);
        Assert.Contains(given.Mails(), mail => mail.To.Contains("ola@kdd.example", StringComparison.Ordinal) && mail.Subject.Contains("Handlingsplanene 2025 for Drammen samlet", StringComparison.Ordinal) && mail.Text.Replace('\u00a0', ' ').Contains("2 000 000", StringComparison.Ordinal));
        Assert.NotNull((await given.StoredGrant()).LatestSubmission!.ReceivedAt);
    }

    [Fact]
    public async Task The_letter_is_laid_on_the_lines_of_every_plan_and_its_money_is_the_whole_sources()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.ReachLetter("1 950 000");
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path);
        await given.Done(given.Ingrid, given.Path, "#aksepter", ("fordeling", "Proportional"));

        Assert.Equal(["Strøm: Tiltak 1", "Strøm: Tiltak 2", "Strømsø: Tiltak 1", "Strømsø: Tiltak 2"], page.Page.QuerySelectorAll("section[aria-labelledby=sammenligning] tbody th").Select(cell => cell.TextContent));
        Assert.Equal([390_000L, 390_000, 585_000, 585_000], (await given.StoredGrant()).Letter!.Lines.OrderBy(line => line.Amount.Ore).Select(line => line.Amount.Ore / 100));
        await using var db = given.Database.Read();
        var source = await db.FundingSources.SingleAsync(Ct);
        Assert.Equal(Money.FromKroner(1_950_000), source.LatestFor(null, AmountState.Granted));
        Assert.All(source.Amounts.Where(amount => amount.State is AmountState.Voted or AmountState.Granted), amount => Assert.Null(amount.PlanUnitId));
        var units = await db.PlanUnits.Select(unit => unit.Id).ToListAsync(Ct);
        Assert.Equal(Money.FromKroner(1_950_000), source.Frame(units));
        var country = await ingrid.Get("/landet?aar=2025");
        Assert.All(["#tema", "#kriterium"], group => Assert.Contains("1 950 000", country.Find($"{group} ~ .scroll tfoot").TextContent.Replace('\u00a0', ' '), StringComparison.Ordinal));
        Assert.Contains("KDD, tildelt tiltakene975 000 kr", (await ingrid.Get($"/plan/{given.Plan}")).Find("section[aria-labelledby=ramme]").TextContent.Replace('\u00a0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_too_far_from_the_plans_lets_the_coordinator_choose_the_plan_that_is_changed()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.ReachLetter("1 500 000");
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path);
        await given.Rewrite(given.SecondPlan, 100_000);
        await using var db = given.Database.Read();
        var round = await db.Rounds.SingleAsync(round => round.ClosedAt == null, Ct);

        Assert.Contains(page.Page.QuerySelectorAll(".decision a"), link => link.GetAttribute("href") == $"/plan/{given.SecondPlan}");
        Assert.Equal((given.SecondPlan.Value, 2), (round.DocumentId, round.Version));
    }

    [Fact]
    public async Task A_plan_made_anew_is_compared_with_the_letter_and_another_is_asked_for_while_the_plans_give_more_than_it()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.ReachLetter("1 500 000");

        await given.Rewrite(given.SecondPlan, 300_000);
        await given.ApproveRevision(given.SecondPlan);
        var between = await given.RunOf(given.Grant.Value);
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path);
        await given.Rewrite(given.Plan, 200_000);
        await given.ApproveRevision(given.Plan);
        using var ingrid = await given.SignIn(given.Ingrid);
        var fits = await ingrid.Get(given.Path);
        await given.Done(given.Ingrid, given.Path, "#aksepter");

        Assert.Equal("coordinator", between.WaitsFor);
        Assert.Contains(page.Page.QuerySelectorAll(".decision a"), link => link.GetAttribute("href") == $"/plan/{given.Plan}");
        Assert.Null(fits.Page.QuerySelector("[name=fordeling]"));
        Assert.Empty((await given.StoredGrant()).Letter!.Lines);
        Assert.NotNull((await given.StoredGrant()).Letter!.AcceptedAt);
    }

    [Fact]
    public async Task A_plan_made_anew_that_gives_less_than_the_letter_is_let_through()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.ReachLetter("1 700 000");

        await given.Rewrite(given.Plan, 1_000);
        await given.ApproveRevision(given.Plan);
        await given.Done(given.Ingrid, given.Path, "#aksepter");

        Assert.NotNull((await given.StoredGrant()).Letter!.AcceptedAt);
    }

    [Fact]
    public async Task A_plan_that_was_sent_with_the_others_is_not_sent_again_when_its_approval_is_told_once_more()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();

        await given.RaiseSecond();

        await using var db = given.Database.Read();
        Assert.Equal(given.Grant, (await db.Grants.SingleAsync(Ct)).Id);
    }

    [Fact]
    public async Task A_change_is_about_the_plan_that_is_chosen_and_none_is_guessed()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.ReachLetter("2 000 000");
        await given.Done(given.Ingrid, given.Path, "#aksepter");
        (string, string)[] typed = [("grunn-til-endring", "Deviation"), ("beskrivelse", "En partner trakk seg.")];
        var unchosen = await given.Post(given.Amina, given.Path, "#endring", typed);
        await given.Done(given.Amina, given.Path, "#endring", [("plan", $"{given.SecondPlan}"), .. typed]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, unchosen.Status);
        Assert.Contains("Velg hvilken plan endringen gjelder.", unchosen.Text, StringComparison.Ordinal);
        await using var db = given.Database.Read();
        Assert.Equal(given.SecondPlan, (await db.Set<PlanChange>().SingleAsync(Ct)).PlanId);
    }

    [Fact]
    public async Task Of_a_grants_several_plans_one_is_changed_at_a_time()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.ReachLetter("2 000 000");
        await given.Done(given.Ingrid, given.Path, "#aksepter");
        (string, string)[] typed = [("grunn-til-endring", "Deviation"), ("beskrivelse", "En partner trakk seg.")];
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path);

        var first = await amina.Post(page, "#endring", [("plan", $"{given.SecondPlan}"), .. typed]);
        var second = await amina.Post(page, "#endring", [("plan", $"{given.Plan}"), ("endring", $"{Guid.Empty}"), .. typed]);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Conflict), (first.Status, second.Status));
        await using var db = given.Database.Read();
        Assert.Equal(given.SecondPlan, (await db.Set<PlanChange>().SingleAsync(Ct)).PlanId);
    }

    // 1 000 000 kr in each of the two plans, and 2 200 000 kr for both.
    [Fact]
    public async Task Plans_that_share_a_letter_do_not_use_more_of_it_together_than_it_gives()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.ReachLetter("2 000 000");
        await given.Done(given.Ingrid, given.Path, "#aksepter");
        await given.Done(given.Amina, given.Path, "#endring", ("plan", $"{given.SecondPlan}"), ("grunn-til-endring", "RevisedBudget"), ("nytt-belop", "2 200 000"), ("beskrivelse", "Revidert budsjett"));
        using var amina = await given.SignIn(given.Amina);

        await given.GiveFromKdd(given.SecondPlan, 900_000);
        var over = await amina.Post(await amina.Get($"/plan/{given.SecondPlan}"), "form[action$='/send']");
        await given.GiveFromKdd(given.SecondPlan, 800_000);
        var within = await amina.Post(await amina.Get($"/plan/{given.SecondPlan}"), "form[action$='/send']");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (over.Status, within.Status));
        Assert.Contains("bruker til sammen 100 000 kr mer enn de 2 200 000 kr de har", over.Find(".ds-error-summary").TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_does_not_move_the_money_of_a_grantor_that_is_being_asked_about_another_plan()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.ReachLetter("2 000 000");
        await given.Done(given.Ingrid, given.Path, "#aksepter");
        var aid = await given.AlsoPaidByAid();
        await given.Done(given.Amina, given.Path, "#endring", ("plan", $"{given.SecondPlan}"), ("kilder", $"{aid}"), ("grunn-til-endring", "Deviation"), ("beskrivelse", "En partner trakk seg."));
        using var amina = await given.SignIn(given.Amina);
        var told = await amina.Post(await amina.Get(given.Path), "#endring", ("plan", $"{given.Plan}"), ("grunn-til-endring", "RevisedBudget"), ("nytt-belop", "2 200 000"), ("beskrivelse", "Revidert budsjett"));
        await given.GiveFromAid(given.Plan, 100_000);

        var busy = await amina.Post(await amina.Get($"/plan/{given.Plan}"), "form[action$='/send']");
        var after = await given.RunOf(Guid.Parse(told.Location!["/endring/".Length..]));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, busy.Status);
        Assert.Contains("Planen flytter penger fra AID", busy.Find(".ds-error-summary").TextContent, StringComparison.Ordinal);
        Assert.Equal("coordinator", after.WaitsFor);
        await using var db = given.Database.Read();
        Assert.Equal(1, (await db.Handlingsplaner.SingleAsync(plan => plan.Id == given.Plan, Ct)).LatestVersion!.Number);
        Assert.Empty((await db.Set<PlanChange>().SingleAsync(change => change.PlanId == given.Plan, Ct)).OtherGrants);
    }

    [Fact]
    public async Task What_a_unit_carried_over_of_a_letter_of_its_own_comes_along_when_its_plan_is_sent_with_the_others()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.Database.Write(w =>
        {
            var now = w.Db.FundingSources.Single();
            var before = new FundingSource(w.Ids.Next<FundingSourceId>(), given.Programme, GivenGrant.Year.Previous(), 1, now.GrantorId, now.Code, now.Chapter, now.Post, now.AsReceived, "");
            before.Record(AmountState.CarriedOver, null, Money.FromKroner(70_000), w.Now, "samlet");
            before.Record(AmountState.CarriedOver, given.SecondUnit, Money.FromKroner(5_000), w.Now, "alene");
            w.Db.Add(before);
        });
        await given.ApproveSecond();
        await given.ReachLetter("2 000 000");
        await given.Done(given.Ingrid, given.Path, "#aksepter");

        await given.Answer(given.Grant.Value, "Reached");

        Assert.Equal(Money.FromKroner(75_000), (await given.StoredRapport()).CarriedIn);
    }

    [Fact]
    public async Task What_is_kept_goes_back_to_the_units_that_have_it_left_and_is_theirs_though_plans_are_gathered_no_longer()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.ReachReport("3 000 000", amount: "2 000 000");
        await given.ReachGrantorDecision("500 000", "400 000", "600 000", "370 000");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");

        await given.Done(given.Ingrid, given.RapportPath, "#krav", ("overfores", "65 000"), ("samtykke", "20.11.2024"));

        await using var db = given.Database.Read();
        var source = await db.FundingSources.SingleAsync(Ct);
        Assert.Equal(
            (Money.FromKroner(50_000), Money.FromKroner(15_000), (Money?)null),
            (source.LatestFor(given.SecondUnit, AmountState.CarriedOver), source.LatestFor(given.Unit, AmountState.CarriedOver), source.LatestFor(null, AmountState.CarriedOver)));
        using var ingrid = await given.SignIn(given.Ingrid);
        var amounts = (await ingrid.Get(given.Path)).Page.QuerySelectorAll("section[aria-labelledby=belopene] li").Select(line => line.TextContent.Replace('\u00a0', ' ')).ToList();
        Assert.Single(amounts, line => line.Contains("50 000 krStrøm25/7", StringComparison.Ordinal));
        Assert.Single(amounts, line => line.Contains("15 000 krStrømsø25/7", StringComparison.Ordinal));
        Assert.Equal(Money.FromKroner(15_000), (await given.ReportOnNextYear(Money.FromKroner(700_000))).CarriedIn);
    }

    [Fact]
    public async Task A_letter_is_held_against_plans_that_also_use_what_their_units_carried_over()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.Database.Write(w => w.Db.FundingSources.Single().Record(AmountState.CarriedIn, given.SecondUnit, Money.FromKroner(5_000), w.Now, "25/7"));
        await given.ReachLetter("1 995 000");
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path);

        await given.Done(given.Ingrid, given.Path, "#aksepter");

        Assert.Contains("5 000 kr", page.Page.QuerySelector("main")!.TextContent.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector("[name=fordeling]"));
        var letter = (await given.StoredGrant()).Letter!;
        Assert.Equal((true, null), (letter.AcceptedAt is not null, letter.SpreadBy));
    }

    [Fact]
    public async Task The_report_has_a_numbered_line_for_every_tiltak_of_every_plan()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await given.ReachLetter("2 000 000");
        await given.Done(given.Ingrid, given.Path, "#aksepter");
        await given.Answer(given.Grant.Value, "Reached");
        var rapport = await given.StoredRapport();

        Assert.Equal([(1, "Strøm: Tiltak 1"), (2, "Strøm: Tiltak 2"), (3, "Strømsø: Tiltak 1"), (4, "Strømsø: Tiltak 2")], rapport.Results.OrderBy(result => result.Number).Select(result => (result.Number, result.Name)));
        Assert.Equal(Money.FromKroner(2_000_000), rapport.Granted);
    }

    [Fact]
    public async Task In_the_whole_country_each_unit_stands_where_the_submission_of_all_stands_and_the_one_that_gathers_is_none()
    {
        await using var given = await GivenGrant.StartGathered();
        using var ingrid = await given.SignIn(given.Ingrid);
        var before = await ingrid.Get("/landet?aar=2025");
        await given.ApproveSecond();
        var after = await ingrid.Get("/landet?aar=2025");

        Assert.Equal(["Ikke åpnet: 2"], Statuses(before));
        Assert.Equal(["Innsending: 2"], Statuses(after));
    }

    [Fact]
    public async Task A_unit_that_comes_later_is_nothing_in_the_sums_of_the_years_before_it()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter("900 000");
        using var ingrid = await given.SignIn(given.Ingrid);
        var (country, overview) = (await ingrid.Get("/landet?aar=2025"), await ingrid.Get("/?program=stromso-2030"));

        await given.Database.Write(w =>
        {
            var later = new PlanUnit(w.Ids.Next<PlanUnitId>(), given.Programme, "fjell", "Fjell", PlanUnitKind.Area, null);
            later.Lasts(2026, null, UnitPhase.Full);
            w.Db.AddRange(later, new PlanUnit(w.Ids.Next<PlanUnitId>(), given.Programme, "samlet", "Drammen samlet", PlanUnitKind.Gathering, null));
        });

        Assert.Equal(Table(country), Table(await ingrid.Get("/landet?aar=2025")));
        Assert.Equal(Money(overview), Money(await ingrid.Get("/?program=stromso-2030")));
        Assert.All([Table(country), Money(overview)], shown => Assert.Contains("900 000", shown, StringComparison.Ordinal));

        static string Table(Planning.Answer page) => page.Find("#tabell ~ .scroll").TextContent.Replace('\u00a0', ' ');
        static string Money(Planning.Answer page) => page.Find("main").TextContent.Replace('\u00a0', ' ');
    }

    [Fact]
    public async Task The_other_languages_of_a_form_that_was_refused_lead_to_the_page_it_stands_on()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter("999 000");

        var refused = await given.Post(given.Ingrid, given.Path, "#aksepter");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal($"{given.Path}?sprak=nn", refused.Find("footer a[lang=nn]").GetAttribute("href"));
    }

    private static IEnumerable<string> Statuses(Planning.Answer page) =>
        page.Page.QuerySelectorAll("#status ~ .scroll tbody tr").Select(row => $"{row.QuerySelector("th")!.TextContent}: {row.QuerySelector("td")!.TextContent}").Where(row => !row.StartsWith("Ikke fordelt", StringComparison.Ordinal));

    [Fact]
    public async Task Both_plans_lead_to_the_grant_that_answers_them()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        using var amina = await given.SignIn(given.Amina);
        foreach (var plan in new[] { given.Plan, given.SecondPlan })
        {
            Assert.Contains($"href=\"{given.Path}\"", (await amina.Get($"/plan/{plan}")).Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        }
    }
}
