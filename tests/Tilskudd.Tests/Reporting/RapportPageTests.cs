using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Tests.Award;

namespace Tilskudd.Tests.Reporting;

/// <summary>Report and accounts through the pages, the mails and the flow.</summary>
public sealed partial class RapportPageTests
{
    [Fact]
    public async Task A_report_is_written_checked_approved_sent_received_and_accepted()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");

        await given.ReachGrantorDecision();
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");

        Assert.Equal("accepted", (await given.RunOf(given.Rapport.Value)).ClosedAs);
        Assert.Equal("25/7", (await given.StoredRapport()).Journal);
        Assert.Equal([(AmountState.Voted, 1_000_000), (AmountState.Granted, 1_000_000), (AmountState.Spent, 1_000_000)], await given.Amounts());
    }

    [Fact]
    public async Task The_leader_sends_it_back_with_a_reason_the_coordinator_reads()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.WriteReport();
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.RapportPath);

        var without = await ingrid.Post(page, "#kontroll", "Returned", ("grunn", " "));
        var returned = await ingrid.Post(page, "#kontroll", "Returned", ("grunn", "Skriv mer om tiltak 2."));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (without.Status, returned.Status));
        Assert.NotNull(without.Find(".ds-error-summary a[href='#grunn']"));
        using var amina = await given.SignIn(given.Amina);
        var back = await amina.Get(given.RapportPath);
        Assert.Contains("Skriv mer om tiltak 2.", back.Find("section[aria-labelledby=retur]").TextContent, StringComparison.Ordinal);
        Assert.Equal("60 barn", back.Field("resultat-1"));
        await given.WriteReport("500 000");
        Assert.Equal(2, (await given.StoredRapport()).LatestVersion!.Number);
    }

    [Fact]
    public async Task Who_has_written_in_the_report_does_not_check_it_and_reads_who_can()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.WriteReport();
        await given.Database.Write(w => w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), given.Amina, Role.ProgrammeLeader, given.Programme, null, null, new LocalDate(2024, 1, 1), null)));
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.RapportPath);
        var run = await given.RunOf(given.Rapport.Value);

        var refused = await amina.PostTo(await amina.Get("/logg-inn"), given.RapportPath + "/kontroll", ("run", $"{run.Id}"), ("besok", $"{run.VisitNumber}"), ("utfall", "Accepted"));

        Assert.Null(page.Page.QuerySelector("#kontroll"));
        Assert.Contains("kan ikke kontrollere ditt eget arbeid. Be en annen gjøre det: Ingrid Solli.", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal(run.VisitNumber, (await given.RunOf(given.Rapport.Value)).VisitNumber);
        await given.Done(given.Ingrid, given.RapportPath, "#kontroll");
    }

    [Theory]
    [InlineData("1 000 000", true)]
    [InlineData("1 000 001", false)]
    public async Task An_auditor_must_sign_from_the_letters_amount(string from, bool isNeeded)
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport(from);
        await given.WriteReport();

        await given.Done(given.Ingrid, given.RapportPath, "#kontroll");

        Assert.Equal(isNeeded ? "accountant" : "deciding-body", (await given.RunOf(given.Rapport.Value)).WaitsFor);
    }

    [Fact]
    public async Task The_accountant_keeps_the_auditors_statement_with_its_date()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("500 000");
        await given.WriteReport();
        await given.Done(given.Ingrid, given.RapportPath, "#kontroll");

        var empty = await given.Post(given.Tor, given.RapportPath, "#revisoren", ("uttalelse", ""), ("dato", "20.11.2024"));
        var future = await given.Post(given.Tor, given.RapportPath, "#revisoren", ("uttalelse", "Uten merknad."), ("dato", "21.11.2024"));
        await given.Done(given.Tor, given.RapportPath, "#revisoren", ("uttalelse", "Uten merknad."), ("dato", "20.11.2024"));

        Assert.NotNull(empty.Find(".ds-error-summary a[href='#uttalelse']"));
        Assert.NotNull(future.Find(".ds-error-summary a[href='#dato']"));
        Assert.Equal("Uten merknad.", (await given.StoredRapport()).AuditorStatement);
        Assert.Equal(1, await given.Rounds());
    }

    [Fact]
    public async Task What_the_auditor_has_said_is_read_by_those_who_decide_and_by_the_grantor()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("500 000");
        await given.WriteReport();
        await given.Done(given.Ingrid, given.RapportPath, "#kontroll");
        await given.Done(given.Tor, given.RapportPath, "#revisoren", ("uttalelse", "Uten vesentlige feil."), ("dato", "20.11.2024"));
        using var jonas = await given.SignIn(given.Jonas);
        var round = await given.OpenRound();
        var asked = new[] { await jonas.Get($"/godkjenning/{round}"), await jonas.Get($"/godkjenning/{round}/utskrift") };
        await given.Decide(given.Rapport.Value, "Approved");
        await given.Done(given.Ingrid, given.RapportPath, "#send");
        using var ola = await given.OpenLink();
        var sent = new[] { await ola.Browser.Get(ola.Path), await ola.Browser.Get($"{ola.Path}/utskrift") };

        Assert.All([.. asked, .. sent], page => Assert.Contains("Uten vesentlige feil.", page.Find("section[aria-labelledby=revisor]").TextContent, StringComparison.Ordinal));
        Assert.Contains("Gitt 20. november 2024", sent[0].Find("section[aria-labelledby=sendt]").TextContent, StringComparison.Ordinal);
    }

    // A programme reports on each grantor's money by itself, so the case and the mails say whose.
    [Fact]
    public async Task A_report_before_the_body_says_whose_money_it_is_about()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.WriteReport();
        await given.Done(given.Ingrid, given.RapportPath, "#kontroll");
        await given.Turn();
        await given.Database.Write(w => w.Db.Entry(w.Db.Rounds.Single(round => round.ClosedAt == null)).Property(round => round.Mode).CurrentValue = Tilskudd.Cycle.Approval.Mode.Meeting);
        await using var db = given.Database.Read();

        var cases = await Tilskudd.Meetings.MeetingCases.Of(db, (await db.Bodies.SingleAsync(TestContext.Current.CancellationToken)).Id, OsloTime.On(given.Database.Clock.GetUtcNow()).Date, Tilskudd.Layout.Language.Nb, TestContext.Current.CancellationToken);

        Assert.Equal("Rapport 2025 til KDD for Strømsø", Assert.Single(cases).Title);
        Assert.Contains(given.Mails(), mail => mail.Subject.EndsWith("Rapport 2025 til KDD for Strømsø", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_that_is_not_sent_by_the_letters_own_day_says_so()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        given.Database.Clock.Advance(TimeSpan.FromDays(467));
        using var ingrid = await given.SignIn(given.Ingrid);

        Assert.Contains("1. mars 2026. Fristen er passert.", (await ingrid.Get(given.RapportPath)).Find("section[aria-labelledby=innsendt]").TextContent, StringComparison.Ordinal);
    }

    // 1 March 2026 is a Sunday, so that it is due on the Monday; the writing twenty working days before.
    [Fact]
    public async Task The_letters_day_is_that_of_the_sending_and_is_known_from_the_letter_on()
    {
        await using var given = await GivenGrant.Start();
        using var ingrid = await given.SignIn(given.Ingrid);
        var before = (await ingrid.Get("/frister")).Text;
        await given.ReachReport("2 000 000");
        var page = await ingrid.Get("/frister");
        var process = (await ingrid.Get($"/prosess/{(await given.RunOf(given.Rapport.Value)).Id}")).Text;
        await given.ReachGrantorDecision();
        var sent = (await ingrid.Get("/frister")).Text;

        Assert.DoesNotContain("report-submission", before, StringComparison.Ordinal);
        Assert.Contains("mandag 2. februar 2026", page.Find(".urgent").TextContent, StringComparison.Ordinal);
        Assert.Contains("Innsending av rapporten Strømsø 2030: Rapport 2025 til KDD2. mars 2026 Fra tilskuddsbrevet", page.Find("#kommer ~ ul").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Rapport og regnskap", page.Find("#kommer ~ ul").TextContent, StringComparison.Ordinal);
        Assert.Contains("2. mars 2026", process, StringComparison.Ordinal);
        Assert.DoesNotContain("report-submission", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_is_carried_over_to_the_ore()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.ReachGrantorDecision("599 999,50");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");

        var wrong = await given.Post(given.Ingrid, given.RapportPath, "#overfort", ("belop", "1"), ("dato", "20.11.2024"));
        await given.Done(given.Ingrid, given.RapportPath, "#overfort", ("belop", "0,50"), ("dato", "20.11.2024"));

        Assert.Contains("0,50", wrong.Find(".ds-error-summary a[href='#belop']").TextContent, StringComparison.Ordinal);
        var rapport = await given.StoredRapport();
        Assert.Equal((new Money(50), Money.Zero), (rapport.CarriedOver, rapport.Outstanding));
        Assert.Equal("carried-over", (await given.RunOf(given.Rapport.Value)).ClosedAs);
        using var ingrid = await given.SignIn(given.Ingrid);
        Assert.DoesNotContain("passert", (await ingrid.Get(given.RapportPath)).Find("section[aria-labelledby=innsendt]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Frist i tilskuddsbrevet1. mars 2026", (await ingrid.Get(given.RapportPath)).Find("section[aria-labelledby=innsendt]").TextContent, StringComparison.Ordinal);
        await given.Turn();
        Assert.Equal(["Rapporten er godtatt: Strømsø 2030, 2025, KDD", "Resten er overført til neste år: Strømsø 2030, 2025, KDD"], Told(given, "jonas@drammen.example"));
        Assert.Equal(Told(given, "jonas@drammen.example"), Told(given, "amina@drammen.example"));
    }

    [Fact]
    public async Task A_part_is_carried_over_and_the_accountant_repays_the_rest()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.ReachGrantorDecision("500 000,25");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");

        await given.Done(given.Ingrid, given.RapportPath, "#krav", ("overfores", "60 000,50"), ("samtykke", "20.11.2024"), ("grunn", "Brev 25/9"));
        await given.Turn();
        var between = (await given.RunOf(given.Rapport.Value)).WaitsFor;
        using var tor = await given.SignIn(given.Tor);
        var asked = await tor.Get(given.RapportPath);
        var all = await given.Post(given.Tor, given.RapportPath, "#tilbakebetalt", ("belop", "99 999,75"), ("dato", "20.11.2024"));
        await given.Done(given.Tor, given.RapportPath, "#tilbakebetalt", ("belop", "39 999,25"), ("dato", "20.11.2024"));

        Assert.Equal("accountant", between);
        Assert.Contains("Tilskuddsgivers begrunnelse", asked.Find("section[aria-labelledby=retur]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Brev 25/9", asked.Find("section[aria-labelledby=retur]").TextContent, StringComparison.Ordinal);
        Assert.Contains("39 999,25", all.Find(".ds-error-summary a[href='#belop']").TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal("repaid", (await given.RunOf(given.Rapport.Value)).ClosedAs);
        await given.Turn();
        Assert.Equal(["Rapporten er godtatt: Strømsø 2030, 2025, KDD", "Resten er betalt tilbake: Strømsø 2030, 2025, KDD"], Told(given, "jonas@drammen.example"));
        var task = given.Mails().Single(mail => mail.To.Contains("tor@drammen.example") && mail.Subject.StartsWith("Til deg", StringComparison.Ordinal));
        Assert.Contains("Brev 25/9", task.Text, StringComparison.Ordinal);
        Assert.Contains("Begrunnelsen fra «Svar på overføring»", task.Text, StringComparison.Ordinal);
        Assert.Contains("Ikke alt er brukt.", given.Mails().First(mail => mail.Subject.StartsWith("Rapporten er godtatt", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        var rapport = await given.StoredRapport();
        Assert.Equal((new Money(6_000_050), new Money(3_999_925), Money.Zero), (rapport.CarriedOver, rapport.Repaid, rapport.Outstanding));
        using var ingrid = await given.SignIn(given.Ingrid);
        var shown = await ingrid.Get(given.RapportPath);
        Assert.Equal(
            ["1 000 000 kr", "+ 0 kr", "= 1 000 000 kr", "900 000,25 kr", "+ 60 000,50 kr", "+ 39 999,25 kr", "= 1 000 000 kr"],
            shown.Page.QuerySelectorAll("section[aria-labelledby=brukt] dd").Select(figure => figure.TextContent.Replace('\u00A0', ' ')));
    }

    [Fact]
    public async Task The_part_that_is_carried_over_is_what_next_years_report_has_to_account_for_beside_its_own_letter()
    {
        await using var given = await CarriedOver();

        var next = await given.ReportOnNextYear(Money.FromKroner(700_000));

        Assert.Equal((new Money(6_000_050), new Money(76_000_050)), (next.CarriedIn, next.Available));
    }

    [Fact]
    public async Task What_is_carried_over_follows_the_grantors_chapter_and_post_though_another_source_had_the_code_last_year()
    {
        await using var given = await CarriedOver();
        await given.Database.Write(w =>
        {
            var other = new FundingSource(w.Ids.Next<FundingSourceId>(), given.Programme, GivenGrant.Year, 2, w.Db.FundingSources.First().GrantorId, "DFD", 291, 62, "kap. 291 post 62", "");
            other.Record(AmountState.CarriedOver, w.Db.Grants.First().Part, Money.FromKroner(1), w.Now, "25/9");
            w.Db.Add(other);
        });

        var next = await given.ReportOnNextYear(Money.FromKroner(700_000), code: "DFD");

        Assert.Equal(new Money(6_000_050), next.CarriedIn);
    }

    [Fact]
    public async Task A_consent_that_comes_after_next_years_report_was_opened_reaches_it_all_the_same()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.ReachGrantorDecision("500 000,25");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");
        var opened = await given.ReportOnNextYear(Money.FromKroner(700_000));

        await given.Done(given.Ingrid, given.RapportPath, "#krav", ("overfores", "60 000,50"), ("samtykke", "20.11.2024"));

        await using var db = given.Database.Read();
        var next = await db.Rapporter.SingleAsync(rapport => rapport.Id == opened.Id, TestContext.Current.CancellationToken);
        Assert.Equal((Money.Zero, new Money(6_000_050)), (opened.CarriedIn, next.CarriedIn));

        // Next year's plan may use the money too.
        var source = await db.FundingSources.SingleAsync(source => source.Year == next.Year, TestContext.Current.CancellationToken);
        Assert.Equal(new Money(6_000_050), source.CarriedInFor(next.PlanUnitId));
    }

    [Fact]
    public async Task The_leader_is_told_where_what_is_kept_has_no_source_next_year()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.ReachGrantorDecision("500 000,25");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");
        await given.Database.Write(w => w.Db.FundingSources.Single().End(new LocalDate(2025, 12, 31)));

        await given.Done(given.Ingrid, given.RapportPath, "#krav", ("overfores", "60 000,50"), ("samtykke", "20.11.2024"));
        await given.Turn();

        Assert.Contains(given.Mails(), mail => mail.Subject == "Overførte penger fra KDD har ingen kilde i 2026" && mail.Text.Contains("60\u00A0000,50\u00A0kr", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_consent_that_comes_while_next_years_report_is_decided_on_changes_nothing_in_it_and_the_leader_is_told()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.ReachGrantorDecision("500 000,25");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");
        var opened = await given.ReportOnNextYear(Money.FromKroner(700_000));
        await given.Answer(opened.Id.Value, "Done");

        await given.Done(given.Ingrid, given.RapportPath, "#krav", ("overfores", "60 000,50"), ("samtykke", "20.11.2024"));
        await given.Turn();

        await using var db = given.Database.Read();
        Assert.Equal(Money.Zero, (await db.Rapporter.SingleAsync(rapport => rapport.Id == opened.Id, TestContext.Current.CancellationToken)).CarriedIn);
        Assert.Contains(given.Mails(), mail => mail.Subject.StartsWith("Overførte penger fra KDD er ikke med i rapporten for 2026", StringComparison.Ordinal) && mail.Text.Contains("60\u00A0000,50\u00A0kr", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("", "20.11.2024", "overfores")]
    [InlineData("0", "20.11.2024", "overfores")]
    [InlineData("100 000", "20.11.2024", "overfores")]
    [InlineData("100 000,01", "20.11.2024", "overfores")]
    [InlineData("-1", "20.11.2024", "overfores")]
    [InlineData("1e3", "20.11.2024", "overfores")]
    [InlineData("99 999,99", "", "samtykke")]
    [InlineData("99 999,99", "21.11.2024", "samtykke")]
    [InlineData("99 999,99", "31.02.2024", "samtykke")]
    [InlineData("99 999,99", "20.11.2024", null)]
    public async Task A_part_that_cannot_be_is_refused_beside_its_field_and_nothing_changes(string part, string on, string? field)
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.ReachGrantorDecision("500 000");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");

        var answer = await given.Post(given.Ingrid, given.RapportPath, "#krav", ("overfores", part), ("samtykke", on));

        Assert.Equal(field is null ? HttpStatusCode.SeeOther : HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(field is null ? "accountant" : "programme-leader", (await given.RunOf(given.Rapport.Value)).WaitsFor);
        if (field is not null)
        {
            Assert.Equal(part, answer.Field("overfores"));
            Assert.True(answer.Find("#krav").Closest("details")!.HasAttribute("open"));
            Assert.NotNull(answer.Page.GetElementById(answer.Find(".ds-error-summary a").GetAttribute("href")![1..]));
            Assert.Equal("#" + field, answer.Find(".ds-error-summary a").GetAttribute("href"));
            Assert.Null((await given.StoredRapport()).CarriedOver);
        }
    }

    [Fact]
    public async Task A_part_cannot_be_carried_over_against_the_letter()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000", "nei");
        await given.ReachGrantorDecision("500 000");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");

        var page = await given.Post(given.Ingrid, given.RapportPath, "#krav", ("overfores", "1"), ("samtykke", "20.11.2024"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("tillater ikke overføring", page.Find(".ds-error-summary").TextContent, StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector("#overfores"));
    }

    [Fact]
    public async Task What_may_not_be_carried_over_is_repaid_by_the_accountant()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000", "nei");
        await given.ReachGrantorDecision("500 000");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.RapportPath);

        await given.Done(given.Ingrid, given.RapportPath, "#krav", ("grunn", "Brevet sier det."));
        var less = await given.Post(given.Tor, given.RapportPath, "#tilbakebetalt", ("belop", "99 999"), ("dato", "20.11.2024"));
        await given.Done(given.Tor, given.RapportPath, "#tilbakebetalt", ("belop", "100 000"), ("dato", "2024-11-20"));

        Assert.Null(page.Page.QuerySelector("#overfort"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, less.Status);
        Assert.Equal("repaid", (await given.RunOf(given.Rapport.Value)).ClosedAs);
        Assert.Equal([(AmountState.Spent, 900_000), (AmountState.Repaid, 100_000)], (await given.Amounts()).TakeLast(2));
    }

    [Fact]
    public async Task What_the_grantor_answered_is_registered_again_where_it_was_registered_wrong_until_money_is_carried_over()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.ReachGrantorDecision("500 000");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");
        using var ingrid = await given.SignIn(given.Ingrid);
        using var tor = await given.SignIn(given.Tor);
        var hers = (await given.Post(given.Ingrid, given.RapportPath, "#pa-nytt", ("feilen", " "))).Find(".ds-error-summary a[href='#feilen']");
        var accepted = await ingrid.Get(given.RapportPath);

        await given.Done(given.Ingrid, given.RapportPath, "#krav", ("grunn", "Brev 25/9"));
        var his = (await tor.Get(given.RapportPath)).Page.QuerySelector("#pa-nytt");
        await given.Done(given.Ingrid, given.RapportPath, "#pa-nytt", ("feilen", "Brevet ga samtykke."));
        var rest = await given.RunOf(given.Rapport.Value);
        await given.Done(given.Ingrid, given.RapportPath, "#pa-nytt", ("feilen", "Svaret var retur."));
        var late = await ingrid.Post(accepted, "#pa-nytt", ("feilen", "Svaret var retur."));
        var answer = await given.RunOf(given.Rapport.Value);
        var withdrawn = (await given.StoredRapport()).AcceptedAt;
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");
        await given.Done(given.Ingrid, given.RapportPath, "#krav", ("overfores", "60 000"), ("samtykke", "20.11.2024"), ("grunn", ""));
        var kept = (await ingrid.Get(given.RapportPath)).Page.QuerySelector("#pa-nytt");
        await given.Done(given.Tor, given.RapportPath, "#tilbakebetalt", ("belop", "40 000"), ("dato", "20.11.2024"));

        Assert.NotNull(hers);
        Assert.Null(his);
        Assert.Null(kept);
        Assert.Equal((HttpStatusCode.Conflict, null), (late.Status, withdrawn));
        Assert.Equal(("record-carry-over", "record-report-decision"), (rest.StepId, answer.StepId));
        Assert.Equal("repaid", (await given.RunOf(given.Rapport.Value)).ClosedAs);
        Assert.Equal([(AmountState.Spent, 900_000), (AmountState.Spent, 900_000), (AmountState.CarriedOver, 60_000), (AmountState.Repaid, 40_000)], (await given.Amounts()).TakeLast(4));
    }

    [Fact]
    public async Task What_the_auditor_said_of_a_version_that_has_been_written_again_says_so_and_is_not_enough_where_one_is_needed()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("500 000");
        await given.WriteReport();
        await given.Done(given.Ingrid, given.RapportPath, "#kontroll");
        await given.Done(given.Tor, given.RapportPath, "#revisoren", ("uttalelse", "Uten vesentlige feil."), ("dato", "20.11.2024"));
        using var ingrid = await given.SignIn(given.Ingrid);
        var first = (await ingrid.Get(given.RapportPath)).Find("section[aria-labelledby=revisor]").TextContent;
        await given.Decide(given.Rapport.Value, "Returned");
        await given.WriteReport("1");
        var again = (await ingrid.Get(given.RapportPath)).Find("section[aria-labelledby=revisor]").TextContent;
        await given.Done(given.Ingrid, given.RapportPath, "#kontroll");
        await given.Done(given.Tor, given.RapportPath, "#revisoren", ("uttalelse", "Heller ikke nå."), ("dato", "20.11.2024"));
        var spoken = (await ingrid.Get(given.RapportPath)).Find("section[aria-labelledby=revisor]").TextContent;

        Assert.DoesNotContain("Gjelder versjon", first, StringComparison.Ordinal);
        Assert.Contains("Gjelder versjon 1", again, StringComparison.Ordinal);
        Assert.DoesNotContain("Gjelder versjon", spoken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_grantor_sends_it_back_and_it_goes_the_whole_way_again()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.ReachGrantorDecision();

        var without = await given.Post(given.Ingrid, given.RapportPath, "#retur-av-rapport", ("retting", ""));
        await given.Done(given.Ingrid, given.RapportPath, "#retur-av-rapport", ("retting", "Regnskapet mangler bilag."));
        using var amina = await given.SignIn(given.Amina);
        var back = await amina.Get(given.RapportPath);
        await given.WriteReport("599 000");
        using var ingrid = await given.SignIn(given.Ingrid);
        await ingrid.Post(await ingrid.Get(given.RapportPath), "#kontroll", "Returned", ("grunn", "Rett summen."));
        await given.WriteReport("598 000");
        var (check, others) = (await ingrid.Get(given.RapportPath), await amina.Get(given.RapportPath));
        await ingrid.Post(check, "#kontroll", "Returned", ("grunn", "Rett den igjen."));
        await given.ReachGrantorDecision("599 500");

        Assert.NotNull(without.Find(".ds-error-summary a[href='#retting']"));
        Assert.Contains("Regnskapet mangler bilag.", back.Text, StringComparison.Ordinal);
        Assert.Contains("Regnskapet mangler bilag.", check.Find("section[aria-labelledby=retur]").TextContent, StringComparison.Ordinal);
        Assert.Null(others.Page.QuerySelector("section[aria-labelledby=retur]"));
        var sent = given.Mails().Where(mail => mail.To == "ola@kdd.example" && mail.Subject.StartsWith("Til mottak: Rapport", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, sent.Count);
        Assert.Single(sent, mail => Asked().IsMatch(mail.Text));
        Assert.Equal(4, (await given.StoredRapport()).ApprovedVersion);
    }

    [Fact]
    public async Task A_draft_may_be_incomplete_and_the_same_form_twice_is_saved_once()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport();
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.RapportPath);

        var saved = await amina.Post(page, "#rapporten", "lagre", ("sammendrag", "Halvveis"), ("brukt-1", "10 000,25"));
        var again = await amina.Post(page, "#rapporten", "lagre", ("sammendrag", "Halvveis"), ("brukt-1", "10 000,25"));
        var shown = await amina.Get(saved.Location!);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (saved.Status, again.Status));
        Assert.Equal(1, (await given.StoredRapport()).Revision);
        Assert.Equal("10000,25", shown.Field("brukt-1"));
        Assert.Contains("Kladden er lagret.", shown.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["1 000 000 kr", "+ 0 kr", "= 1 000 000 kr", "10 000,25 kr", "+ 989 999,75 kr", "= 1 000 000 kr"],
            shown.Page.QuerySelectorAll("section[aria-labelledby=brukt] dd").Select(figure => figure.TextContent.Replace('\u00A0', ' ')));
    }

    [Fact]
    public async Task An_incomplete_report_is_not_sent_and_each_thing_missing_has_its_place()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport();

        var answer = await given.Post(given.Amina, given.RapportPath, "#rapporten", ("resultat-1", "60 barn"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(
            ["#sammendrag", "#brukt-1", "#resultat-2", "#brukt-2"],
            answer.Page.QuerySelectorAll(".ds-error-summary a").Select(link => link.GetAttribute("href")!));
        Assert.All(answer.Page.QuerySelectorAll(".ds-error-summary a"), link => Assert.NotNull(answer.Page.GetElementById(link.GetAttribute("href")![1..])));
        Assert.Equal("60 barn", answer.Field("resultat-1"));
    }

    [Theory]
    [InlineData("1e9", "brukt-1")]
    [InlineData("-1", "brukt-1")]
    public async Task What_is_no_amount_is_refused(string typed, string field)
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport();

        var answer = await given.Post(given.Amina, given.RapportPath, "#rapporten", ("handling", "lagre"), ("brukt-1", typed));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotNull(answer.Find($".ds-error-summary a[href='#{field}']"));
        Assert.NotNull(answer.Page.GetElementById(field));
        Assert.Equal(typed, answer.Field("brukt-1"));
    }

    [Fact]
    public async Task A_draft_that_spends_more_than_there_is_is_kept_with_the_fault_shown_and_cannot_be_sent()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport();
        using var amina = await given.SignIn(given.Amina);

        var saved = await amina.Post(await amina.Get(given.RapportPath), "#rapporten", "lagre", ("sammendrag", "Et dyrt år."), ("resultat-1", "60 barn"), ("brukt-1", "1 000 000,01"), ("resultat-2", "12 i jobb"), ("brukt-2", "0"));
        var page = await amina.Get(saved.Location!);
        var sent = await amina.Post(page, "#rapporten");
        using var ingrid = await given.SignIn(given.Ingrid);
        var read = await ingrid.Get(given.RapportPath);

        Assert.Equal((HttpStatusCode.SeeOther, given.RapportPath + "?lagret"), (saved.Status, saved.Location));
        Assert.Equal(("Et dyrt år.", "1000000,01"), (page.Field("sammendrag"), page.Field("brukt-1").Replace("\u00A0", "", StringComparison.Ordinal)));
        Assert.Contains("Kladden er lagret", page.Find(".ds-alert[role=status]").TextContent, StringComparison.Ordinal);
        Assert.All([page, sent], answer => Assert.NotNull(answer.Find(".ds-error-summary a[href='#brukt']")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        Assert.Null(read.Page.QuerySelector(".ds-error-summary"));
        Assert.Equal(("Et dyrt år.", 0), ((await given.StoredRapport()).Summary, (await given.StoredRapport()).Versions.Count));
    }

    [Fact]
    public async Task A_form_over_an_older_draft_shows_what_others_saved_and_loses_nothing()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport();
        using var amina = await given.SignIn(given.Amina);
        var (first, second) = (await amina.Get(given.RapportPath), await amina.Get(given.RapportPath));
        await amina.Post(first, "#rapporten", "lagre", ("sammendrag", "Fra den ene fanen"), ("brukt-1", "7"));

        var conflict = await amina.Post(second, "#rapporten", "lagre", ("sammendrag", "Fra den andre fanen"), ("brukt-1", "8"));
        var resolved = await amina.Post(conflict, "#rapporten", "lagre");

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("Fra den ene fanen", conflict.Find("section[aria-labelledby=lagret-av-andre]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Du lagret den selv sist", conflict.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Noen andre", conflict.Text, StringComparison.Ordinal);
        Assert.Equal(("Fra den andre fanen", "8"), (conflict.Field("sammendrag"), conflict.Field("brukt-1")));
        Assert.Equal(HttpStatusCode.SeeOther, resolved.Status);
        Assert.Equal("Fra den andre fanen", (await given.StoredRapport()).Summary);
    }

    [Fact]
    public async Task A_form_with_a_fault_is_still_over_the_draft_its_writer_saw_first()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport();
        using var amina = await given.SignIn(given.Amina);
        var (first, second) = (await amina.Get(given.RapportPath), await amina.Get(given.RapportPath));
        await amina.Post(first, "#rapporten", "lagre", ("sammendrag", "Fra den ene fanen"));

        var unread = await amina.Post(second, "#rapporten", "lagre", ("sammendrag", "Fra den andre fanen"), ("brukt-1", "mye"));
        var conflict = await amina.Post(unread, "#rapporten", "lagre", ("brukt-1", "8"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict), (unread.Status, conflict.Status));
        Assert.Equal("Fra den ene fanen", (await given.StoredRapport()).Summary);
    }

    [Fact]
    public async Task Only_those_of_the_programme_see_it_and_only_the_coordinator_writes()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport();
        using var stranger = await given.SignIn(given.Stranger);
        using var tor = await given.SignIn(given.Tor);
        using var amina = await given.SignIn(given.Amina);

        var hidden = await stranger.Get(given.RapportPath);
        var seen = await tor.Get(given.RapportPath);
        var posted = await tor.PostTo(await amina.Get(given.RapportPath), given.RapportPath);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (hidden.Status, seen.Status));
        Assert.Null(seen.Page.QuerySelector("#rapporten"));
        Assert.Equal(HttpStatusCode.BadRequest, posted.Status);
        await using var db = given.Database.Read();
        Assert.Equal(0, (await db.Rapporter.SingleAsync(TestContext.Current.CancellationToken)).Revision);
    }

    [Fact]
    public async Task What_was_planned_and_is_made_up_is_marked_in_the_report_among_the_changes_and_for_the_whole_country()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport();
        using var ingrid = await given.SignIn(given.Ingrid);
        string[] paths = [given.RapportPath, $"/plan/{given.Plan}/endringer", "/landet?aar=2025"];
        var marked = new List<bool>();
        foreach (var path in paths)
        {
            marked.Add((await ingrid.Get(path)).Page.QuerySelector("main")!.TextContent.Contains("Oppdiktet", StringComparison.Ordinal));
        }

        await given.Database.Write(async w =>
        {
            var plan = await w.Db.Handlingsplaner.SingleAsync();
            w.Db.Entry(plan.Tiltak[0]).Property(tiltak => tiltak.HasInventedDetails).CurrentValue = true;
            Assert.Null(plan.Freeze(w.Ids.Next<VersionId>(), given.Amina, w.Now, await w.Db.FundingSources.ToListAsync(), await w.Db.Criteria.ToListAsync()));
            plan.Approve(plan.LatestVersion!.Number, w.Now);
        });
        foreach (var path in paths)
        {
            marked.Add((await ingrid.Get(path)).Page.QuerySelector("main")!.TextContent.Contains("Oppdiktet", StringComparison.Ordinal));
        }

        Assert.Equal([false, false, false, true, true, true], marked);
        Assert.Contains("\"Oppdiktet\"", System.Text.Encoding.UTF8.GetString((await ingrid.Download("/landet/eksport?aar=2025&form=csv&tabell=tema")).Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_questions_to_the_database_do_not_grow_with_the_tiltak()
    {
        await using var few = await GivenGrant.Start();
        await using var many = await GivenGrant.Start(tiltak: 41);

        var counts = (await Count(few), await Count(many));

        Assert.Equal(counts.Item1, counts.Item2);
        Assert.InRange(counts.Item1, 1, 11);
    }

    [Fact]
    public async Task The_deadline_of_a_report_is_told_to_be_the_letters()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport();
        using var ingrid = await given.SignIn(given.Ingrid);

        var page = await ingrid.Get("/frister");

        Assert.Contains("20 virkedager før datoen tilskuddsbrevet gir.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_late_from_the_hour_its_deadline_was_moved_to()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport();
        var run = await given.RunOf(given.Rapport.Value);
        var lastDay = OsloTime.On(run.DueAt!.Value.AddMilliseconds(-1)).Date;
        await given.Done(given.Ingrid, $"/frister/{run.Waiting.DeadlineId}/flytt", "form.form", ("dato", lastDay.ToString("dd.MM.yyyy", null)), ("klokkeslett", "12"), ("grunn", "Møtet er klokka ett."));
        var due = (await given.RunOf(given.Rapport.Value)).DueAt!.Value;

        given.Database.Clock.SetTo(due.AddMinutes(-1));
        var before = await IsLate();
        given.Database.Clock.SetTo(due);
        var after = await IsLate();

        Assert.Equal((false, true), (before, after));

        async Task<bool> IsLate()
        {
            using var amina = await given.SignIn(given.Amina);
            return (await amina.Get(given.RapportPath)).Page.QuerySelectorAll("main .ds-tag[data-color=danger]").Any(tag => tag.TextContent == "Forsinket");
        }
    }

    // What is left of the grant goes on to the next year, and nothing is paid back.
    private static async Task<GivenGrant> CarriedOver()
    {
        var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.ReachGrantorDecision("500 000,25");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");
        await given.Done(given.Ingrid, given.RapportPath, "#krav", ("overfores", "60 000,50"), ("samtykke", "20.11.2024"));
        return given;
    }

    private static async Task<int> Count(GivenGrant given)
    {
        await given.ReachReport();
        using var amina = await given.SignIn(given.Amina);
        given.Database.Commands.Reset();
        Assert.Equal(HttpStatusCode.OK, (await amina.Get(given.RapportPath)).Status);
        return given.Database.Commands.Count;
    }

    /// <summary>What a person has been told of what came of the report.</summary>
    private static IEnumerable<string> Told(GivenGrant given, string mail) => given.Mails()
        .Where(sent => sent.To.Contains(mail) && (sent.Subject.StartsWith("Rapporten er godtatt", StringComparison.Ordinal) || sent.Subject.StartsWith("Resten er", StringComparison.Ordinal))).Select(sent => sent.Subject).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"Den er rettet siden sist\. Dette ba dere om:\s+Regnskapet mangler bilag\.")]
    private static partial Regex Asked();
}
