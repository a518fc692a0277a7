using System.Net;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Award;

/// <summary>Whole ways a grant can go, through the pages, the mails and the flow.</summary>
public sealed class GrantChainTests
{
    [Fact]
    public async Task A_plan_the_grantor_wants_put_right_is_sent_again_as_it_is_where_the_leader_says_so()
    {
        await using var given = await GivenGrant.Start();

        await given.SendPlan();
        var corrected = await given.AnswerAsGrantor("Correction", "retting", "Legg ved kartet.");
        await given.Turn();
        var asked = await given.AnswerCorrection("Accepted");
        await given.SendPlan();
        var received = await given.AnswerAsGrantor("Received", "journal", "24/4711");

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (corrected.Status, received.Status));
        var grant = await given.StoredGrant();
        Assert.Equal([(1, "Legg ved kartet.", ""), (2, "", "24/4711")], grant.Submissions.OrderBy(sent => sent.Number).Select(sent => (sent.Number, sent.Correction, sent.Journal)));
        Assert.Contains(given.Mails(), mail => mail.Text.Contains("Legg ved kartet.", StringComparison.Ordinal));
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path);
        Assert.Contains("Journalnummer 24/4711.", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Page.QuerySelector("#bevilget"));
        Assert.Contains("Legg ved kartet.", asked.Find("section[aria-labelledby=tilbake]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_the_grantor_wants_put_right_is_written_anew_decided_anew_and_sent_in_its_new_version()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.AnswerAsGrantor("Correction", "retting", "Tiltak 1 koster for mye.");
        await given.Turn();

        await given.AnswerCorrection("Returned", ("grunn", "Sett ned tiltak 1."));
        using var amina = await given.SignIn(given.Amina);
        var told = await amina.Get($"/plan/{given.Plan}");
        await given.Rewrite(given.Plan, 500_000);
        var round = await given.OpenRound();
        using var jonas = await given.SignIn(given.Jonas);
        var asked = await jonas.Get($"/godkjenning/{round}");
        await given.ApproveRevision(given.Plan);
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "24/4711");

        Assert.Contains("Sett ned tiltak 1.", told.Find("section[aria-labelledby=tilbake]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Tiltak 1 koster for mye.", asked.Find("section[aria-labelledby=tilpasset]").TextContent, StringComparison.Ordinal);
        Assert.Equal([(1, 1), (2, 2)], (await given.StoredGrant()).Submissions.OrderBy(sent => sent.Number).Select(sent => (sent.Number, sent.Plans.Single().Version)));
        using var ingrid = await given.SignIn(given.Ingrid);
        Assert.NotNull((await ingrid.Get(given.Path)).Page.QuerySelector("#bevilget"));
    }

    [Fact]
    public async Task A_body_reads_what_is_new_since_the_version_it_approved_and_the_writer_that_the_proposal_is_as_it_was()
    {
        await using var given = await GivenGrant.Start();
        await given.Decided(version: 1, AnswerKind.Approve);
        await given.SendPlan();
        await given.AnswerAsGrantor("Correction", "retting", "Tiltak 1 koster for mye.");
        await given.Turn();
        await given.AnswerCorrection("Returned", ("grunn", "Sett ned tiltak 1."));
        using var amina = await given.SignIn(given.Amina);
        var untouched = await amina.Get($"/plan/{given.Plan}");

        await given.GiveFromKdd(given.Plan, 500_000);
        var written = await amina.Get($"/plan/{given.Plan}");
        await given.Rewrite(given.Plan, 500_000);
        await given.Turn();
        using var jonas = await given.SignIn(given.Jonas);
        var asked = await jonas.Get($"/godkjenning/{await given.OpenRound()}");

        var changed = asked.Find("section[aria-labelledby=endret]").TextContent;
        Assert.Contains("Endret siden versjon 1", changed, StringComparison.Ordinal);
        Assert.DoesNotContain("Nytt", changed, StringComparison.Ordinal);
        Assert.Contains("mindre enn i versjon 1", asked.Find("section[aria-labelledby=penger]").TextContent, StringComparison.Ordinal);
        var mail = given.Mails().Last(mail => mail.To == "jonas@drammen.example");
        Assert.Contains("mindre enn i versjon 1", mail.Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain("Teksten er den samme som i versjon 1", untouched.Text, StringComparison.Ordinal);
        Assert.Contains("Teksten er den samme som i versjon 1, da planen var på 1 000 000 kr. Nå er den på 900 000 kr.", written.Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_within_the_limit_is_accepted_and_the_year_begins()
    {
        await using var given = await GivenGrant.Start();

        await given.ReachLetter("950 000");
        await given.Done(given.Ingrid, given.Path, "#aksepter", ("fordeling", "Proportional"));

        var grant = await given.StoredGrant();
        Assert.Equal(given.Ingrid, grant.Letter!.AcceptedBy);
        Assert.Equal([(AmountState.Voted, 1_000_000), (AmountState.Granted, 950_000)], await given.Amounts());
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path);
        Assert.Equal("Innenfor grensen", page.Find("#sammenligning ~ p").TextContent.Trim());
        Assert.Equal(["1 000 000 kr", "950 000 kr", "−50 000 kr", "−5 %"], page.Page.QuerySelectorAll("section[aria-labelledby=sammenligning] dd").Select(figure => Plain(figure.TextContent)));
        Assert.Equal(["600 000 kr", "570 000 kr", "400 000 kr", "380 000 kr", "1 000 000 kr", "950 000 kr"], page.Page.QuerySelectorAll("section[aria-labelledby=sammenligning] td").Select(cell => Plain(cell.TextContent)));
        Assert.Contains("Gjennomføring", page.Text, StringComparison.Ordinal);

        // The plan says otherwise, so that those who spend the money are told.
        await given.Turn();
        var told = given.Mails().Where(mail => mail.Subject == "Tilskuddsbrevet er fordelt på tiltakene: KDD, Strømsø 2030, 2025").ToList();
        Assert.Equal(["amina@drammen.example", "tor@drammen.example"], told.Select(mail => mail.To).Order());
        Assert.All(told, mail => Assert.Contains(": 570 000 kr (planlagt 600 000 kr)", Plain(mail.Text.ReplaceLineEndings(" ")), StringComparison.Ordinal));
        Assert.All(told, mail => Assert.Contains("fordelt slik: forholdsmessig.", Plain(mail.Text.ReplaceLineEndings(" ")), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_higher_letter_in_two_payments_goes_to_the_first_tiltak_when_the_leader_says_so()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "24/99");
        await given.Vote();
        (string Name, string Value)[] letter =
        [
            ("referanse", "24/1234"), ("mottatt", "20.11.2024"), ("belop", "1 030 000"), ("rapportfrist", "2026-03-01"), ("overforing", "ja"), ("samtykke", "ja"),
            ("utbetaling-1", "530 000"), ("utbetalt-1", "01.03.2025"), ("utbetalt-2", "01.09.2025"),
        ];

        var wrong = await given.Post(given.Ingrid, given.Path, "#brevet", [.. letter, ("utbetaling-2", "400 000")]);
        await given.Done(given.Ingrid, given.Path, "#brevet", [.. letter, ("utbetaling-2", "500 000")]);
        await given.Done(given.Ingrid, given.Path, "#aksepter", ("fordeling", "ByPriority"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("1 030 000 kr", Plain(wrong.Find(".ds-error-summary a[href='#utbetaling-1']").TextContent), StringComparison.Ordinal);
        var kept = (await given.StoredGrant()).Letter!;
        Assert.Equal([530_000L, 500_000], kept.Payments.OrderBy(payment => payment.Number).Select(payment => payment.Amount.Ore / 100));
        Assert.True(kept.ChangesNeedConsent);
        Assert.Equal([400_000L, 630_000], kept.Lines.Select(line => line.Amount.Ore / 100).Order());
        using var amina = await given.SignIn(given.Amina);
        Assert.Contains("500 000 kr, 1. september 2025", Plain((await amina.Get(given.Path)).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_by_hand_must_come_to_the_letter_and_nothing_is_accepted_before_they_do()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter("960 000");

        var silent = await given.Post(given.Ingrid, given.Path, "#aksepter");
        var wrong = await given.Post(given.Ingrid, given.Path, "#aksepter", ("fordeling", "ByHand"), ("linje-1", "600 000"), ("linje-2", "400 000"));
        var garbled = await given.Post(given.Ingrid, given.Path, "#aksepter", ("fordeling", "ByHand"), ("linje-1", "-1"), ("linje-2", "x"));
        var before = (await given.StoredGrant()).Letter!.AcceptedAt;
        await given.Done(given.Ingrid, given.Path, "#aksepter", ("fordeling", "ByHand"), ("linje-1", "600 000"), ("linje-2", "360 000"));

        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity], new[] { silent.Status, wrong.Status, garbled.Status });
        Assert.Contains("Velg hvordan", silent.Find(".ds-error-summary a[href='#fordeling']").TextContent, StringComparison.Ordinal);
        Assert.Equal("600 000", wrong.Field("linje-1"));
        Assert.Null(before);
        Assert.Equal([360_000L, 600_000], (await given.StoredGrant()).Letter!.Lines.Select(line => line.Amount.Ore / 100).Order());
    }

    [Fact]
    public async Task A_letter_beyond_the_limit_sends_the_plan_back_and_opens_a_new_round()
    {
        await using var given = await GivenGrant.Start();

        await given.ReachLetter("800 000");
        using var amina = await given.SignIn(given.Amina);
        var beyond = await amina.Get(given.Path);
        await given.Revise(400_000);
        await given.Turn();
        var asked = given.Mails().Single(mail => mail.To.Contains("jonas@drammen.example") && mail.Subject.StartsWith("Til godkjenning", StringComparison.Ordinal)).Text.Replace('\u00A0', ' ');
        using var jonas = await given.SignIn(given.Jonas);
        var page = await jonas.Get($"/godkjenning/{await given.OpenRound()}");

        Assert.Contains("Tilskuddsbrevet fra KDD gir 800 000 kr.", string.Join(' ', asked.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("Det er 200 000 kr mindre enn i planen som ble sendt", page.Find("section[aria-labelledby=tilpasset]").TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("Utenfor grensen", beyond.Text, StringComparison.Ordinal);
        Assert.Equal($"/plan/{given.Plan}", beyond.Find("section[aria-labelledby=venter] a.ds-button").GetAttribute("href"));
        Assert.Equal(1, await given.Rounds());
        Assert.Equal("deciding-body", (await given.RunOf(given.Grant.Value)).WaitsFor);
    }

    [Fact]
    public async Task Terms_that_are_accepted_when_the_year_is_over_open_the_report_at_once()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter();
        given.Database.Clock.Advance(TimeSpan.FromDays(420));

        await given.Done(given.Ingrid, given.Path, "#aksepter");
        await given.Turn();

        Assert.Equal("ended", (await given.RunOf(given.Grant.Value)).ClosedAs);
        Assert.Equal(Money.FromKroner(1_000_000), (await given.StoredRapport()).Granted);
    }

    [Fact]
    public async Task A_refused_application_ends_the_grant_and_everyone_is_told()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "");
        await given.Vote();

        await given.Done(given.Ingrid, given.Path, "#avslaget", ("grunn", "Rammen er brukt opp."));
        await given.Turn();

        var run = await given.RunOf(given.Grant.Value);
        Assert.Equal((false, "refused"), (run.IsOpen, run.ClosedAs));
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path);
        Assert.Contains("Rammen er brukt opp.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Avslått", page.Text, StringComparison.Ordinal);
        Assert.Contains("1 000 000 kr, vedtatt 20. november 2024", Plain(page.Find("section[aria-labelledby=vedtaket]").TextContent), StringComparison.Ordinal);
        var year = await amina.Get("/program/stromso-2030/2025");
        Assert.Contains("Avslått", year.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Tilskuddsbrevet er ikke kommet", year.Text, StringComparison.Ordinal);
        var told = Assert.Single(given.Mails(), mail => mail.To == "amina@drammen.example");
        Assert.Equal("Søknaden om tilskudd er avslått: Strømsø 2030, 2025, KDD", told.Subject);
        Assert.Contains($"{given.Path}\n", told.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "AID har avslått søknaden. Planen som ble sendt, regnet med 100 000 kr derfra")]
    [InlineData(false, "Det er ikke bevilget noe fra AID. Planen som ble sendt, regnet med 100 000 kr derfra")]
    public async Task A_body_that_gets_a_plan_fitted_to_a_letter_reads_that_another_source_gives_nothing(bool isRefused, string told)
    {
        await using var given = await GivenGrant.Start();
        await given.NothingFromAid(100_000, isRefused);
        await given.ReachLetter("800 000");
        await given.Revise(400_000);
        await given.Turn();
        using var jonas = await given.SignIn(given.Jonas);

        var why = (await jonas.Get($"/godkjenning/{await given.OpenRound()}")).Find("section[aria-labelledby=tilpasset]").TextContent;
        var mail = given.Mails().Single(mail => mail.To.Contains("jonas@drammen.example") && mail.Subject.StartsWith("Til godkjenning", StringComparison.Ordinal)).Text;

        Assert.Contains("Det er 200 000 kr mindre", Plain(why), StringComparison.Ordinal);
        Assert.Contains(told, Plain(why), StringComparison.Ordinal);
        Assert.Contains(told, Plain(string.Join(' ', mail.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plans_page_counts_what_was_granted_after_a_spread_and_is_over_no_frame()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter("960 000");
        using var amina = await given.SignIn(given.Amina);
        var before = await amina.Get($"/plan/{given.Plan}");

        await given.Done(given.Ingrid, given.Path, "#aksepter", ("fordeling", "Proportional"));
        var after = await amina.Get($"/plan/{given.Plan}");

        Assert.Contains("KDD er 40 000 kr over rammen", Plain(before.Find("section[aria-labelledby=ramme]").TextContent), StringComparison.Ordinal);
        var frame = Plain(after.Find("section[aria-labelledby=ramme]").TextContent);
        Assert.DoesNotContain("over rammen", frame, StringComparison.Ordinal);
        Assert.Contains("KDD, planlagt1 000 000 kr", frame, StringComparison.Ordinal);
        Assert.Contains("KDD, tildelt tiltakene960 000 kr", frame, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_that_was_not_voted_ends_the_grant()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "");

        await given.Done(given.Ingrid, given.Path, "#ikke-bevilget", ("grunn", "Innst. 16 S"));

        var run = await given.RunOf(given.Grant.Value);
        Assert.Equal("not-granted", run.ClosedAs);
        Assert.Contains(run.Visits, visit => visit is { Outcome: "Rejected", Reason: "Innst. 16 S" });
        Assert.Equal([(AmountState.Voted, 0L)], await given.Amounts());
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Trim();
}
