using System.Net;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Award;

/// <summary>Whole ways a grant can go, through the pages, the mails and the flow.</summary>
public sealed class GrantChainTests
{
    [Fact]
    public async Task A_plan_is_corrected_and_sent_again_before_it_is_received()
    {
        await using var given = await GivenGrant.Start();

        await given.SendPlan();
        var corrected = await given.AnswerAsGrantor("Correction", "retting", "Legg ved kartet.");
        await given.Turn();
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
    }

    [Fact]
    public async Task A_letter_within_the_limit_is_accepted_and_the_year_begins()
    {
        await using var given = await GivenGrant.Start();

        await given.ReachLetter("950 000");
        await given.Done(given.Ingrid, given.Path, "#aksepter");

        var grant = await given.StoredGrant();
        Assert.Equal(given.Ingrid, grant.Letter!.AcceptedBy);
        Assert.Equal([(AmountState.Voted, 1_000_000), (AmountState.Granted, 950_000)], await given.Amounts());
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path);
        Assert.Equal("Innenfor grensen", page.Find("#sammenligning ~ p").TextContent.Trim());
        Assert.Equal(["1 000 000 kr", "950 000 kr", "−50 000 kr", "−5 %"], page.Page.QuerySelectorAll("section[aria-labelledby=sammenligning] dd").Select(figure => Plain(figure.TextContent)));
        Assert.Contains("Gjennomføring", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_beyond_the_limit_sends_the_plan_back_and_opens_a_new_round()
    {
        await using var given = await GivenGrant.Start();

        await given.ReachLetter("800 000");
        using var amina = await given.SignIn(given.Amina);
        var beyond = await amina.Get(given.Path);
        await given.Revise(400_000);

        Assert.Contains("Utenfor grensen", beyond.Text, StringComparison.Ordinal);
        Assert.Equal($"/plan/{given.Plan}", beyond.Find("section[aria-labelledby=venter] a.ds-button").GetAttribute("href"));
        Assert.Equal(1, await given.Rounds());
        Assert.Equal("deciding-body", (await given.RunOf(given.Grant.Value)).WaitsFor);
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
        Assert.Contains(given.Mails(), mail => mail.Subject == "Søknaden om tilskudd er avslått: Strømsø, 2025" && mail.To == "amina@drammen.example");
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
        Assert.Empty(await given.Amounts());
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Trim();
}
