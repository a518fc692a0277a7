using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Tests.Award;

namespace Tilskudd.Tests.Approval;

/// <summary>A new version is a new round, and who answered the one before need not read everything again.</summary>
public sealed class SameAnswerTests
{
    private static readonly Mandate Majority = Mandate.Default with { Written = WrittenRule.Majority };

    [Fact]
    public async Task Who_answered_the_version_before_sees_what_has_changed_and_confirms_the_same_answer_in_one_step()
    {
        await using var given = await GivenARound.Open(mandate: Majority);
        using (var before = await given.Member("Kari"))
        {
            await before.Answer("tilbake", "Mangler tall.");
        }

        await given.SendAnewVersion();
        using var kari = await given.Member("Kari");
        using var ola = await given.Member("Ola");
        var kept = await given.Kept();
        var page = WebUtility.HtmlDecode((await kari.Get()).Text);
        var others = WebUtility.HtmlDecode((await ola.Get()).Text);
        var same = WebUtility.HtmlDecode((await kari.Get("/bekreft?svar=tilbake&samme=1")).Text);
        var other = WebUtility.HtmlDecode((await kari.Get("/bekreft?svar=merknad&samme=1")).Text);
        var blank = WebUtility.HtmlDecode((await kari.Get("/bekreft?svar=tilbake")).Text);
        var none = WebUtility.HtmlDecode((await ola.Get("/bekreft?svar=tilbake&samme=1")).Text);
        var unchanged = await given.Kept();
        var form = Member.Fields(same);
        var without = await kari.Post(form, ("merk", "Mangler tall."));
        var answered = await kari.Post(form, ("merk", "Mangler fortsatt tall."), ("kode", kari.Code));
        var after = WebUtility.HtmlDecode((await kari.Get()).Text);

        Assert.Contains("Endret siden versjon 1, som du svarte på", page, StringComparison.Ordinal);
        Assert.Contains("Bare teksten er endret: Utfordringsbilde.", page, StringComparison.Ordinal);
        Assert.Contains("Gi samme svar: Send tilbake", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("id=\"siden\"", StringComparison.Ordinal) < page.IndexOf("id=\"kort\"", StringComparison.Ordinal));
        Assert.DoesNotContain("Gi samme svar", others, StringComparison.Ordinal);
        Assert.Contains("Mangler tall.</textarea>", same, StringComparison.Ordinal);
        Assert.All(new[] { other, blank, none }, text => Assert.DoesNotContain("Mangler tall.", text, StringComparison.Ordinal));
        Assert.Equal(kept, unchanged);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (without.Status, answered.Status));
        Assert.Equal((2, AnswerKind.SendBack, "Mangler fortsatt tall."), ((await given.Read()).Version, Assert.Single((await given.Read()).Answers).Kind, (await given.Read()).Answers[0].Remark));
        Assert.DoesNotContain("Gi samme svar", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_board_has_its_own_answers_before_it()
    {
        await using var given = await GivenARound.Open(boards: 2);
        using (var kari = await given.Member("Kari"))
        {
            await kari.Answer("godkjenn");
        }

        foreach (var name in new[] { "Berit", "Dag" })
        {
            using var member = await given.Member(name, await given.PageOf(GivenARound.Second));
            await member.Answer("tilbake", "Skriv mer om barna.");
        }

        await given.SendToTheGroupAgain();
        using var first = await given.Member("Kari");
        using var second = await given.Member("Berit", await given.PageOf(GivenARound.Second));

        Assert.Contains("Gi samme svar: Godkjenn", (await first.Get()).Text, StringComparison.Ordinal);
        Assert.Contains("Gi samme svar: Send tilbake", (await second.Get()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_taken_back_is_nobodys_same_answer()
    {
        await using var given = await GivenARound.Open(mandate: Majority);
        await given.Tell(async w =>
        {
            var round = await w.Db.Set<Round>().SingleAsync();
            var how = new Registration(AnswerChannel.Paper, given["Silje"], new NodaTime.LocalDate(2024, 11, 20));
            Assert.Null(round.Register(w.Ids.Next<RoundAnswerId>(), given["Kari"], AnswerKind.Approve, "", round.Hash, how, w.Ids.Next(), w.Now));
            Assert.Null(round.Register(w.Ids.Next<RoundAnswerId>(), given["Ola"], AnswerKind.Approve, "", round.Hash, how, w.Ids.Next(), w.Now));
        });
        await given.Tell(async w => Assert.Null((await w.Db.Set<Round>().SingleAsync()).Retract(given["Kari"], w.Now)));
        await given.SendAnewVersion();
        using var kari = await given.Member("Kari");
        using var ola = await given.Member("Ola");

        Assert.DoesNotContain("Gi samme svar", (await kari.Get()).Text, StringComparison.Ordinal);
        Assert.Contains("Gi samme svar: Godkjenn", (await ola.Get()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_report_the_accounts_and_the_results_that_have_changed_are_shown()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.WriteReport();
        await given.Done(given.Ingrid, given.RapportPath, "#kontroll");
        var first = await given.OpenRound();
        await given.Database.Write(w =>
        {
            var round = w.Db.Rounds.Single(round => round.Id == first);
            Assert.Null(round.Answer(w.Ids.Next<RoundAnswerId>(), given.Jonas, AnswerKind.SendBack, "Tallene stemmer ikke.", round.Hash, Assurance.LinkAndCode, w.Ids.Next(), w.Now));
        });
        await given.Decide(given.Rapport.Value, "Returned");
        await given.WriteReport("500 000");
        await given.Done(given.Ingrid, given.RapportPath, "#kontroll");
        using var jonas = await given.SignIn(given.Jonas);

        var card = (await jonas.Get($"/godkjenning/{await given.OpenRound()}")).Find("section[aria-labelledby=siden]").TextContent;

        Assert.Contains("Brukt", card, StringComparison.Ordinal);
        Assert.Matches(@"Fra 1\s000\s000\skr til 900\s000\skr", card);
        Assert.DoesNotContain("Tilskudd", card, StringComparison.Ordinal);
        Assert.Contains("Endret i rapporten: ", card, StringComparison.Ordinal);
        Assert.DoesNotContain("sammendraget", card, StringComparison.Ordinal);
        Assert.Contains("Gi samme svar: Send tilbake", card, StringComparison.Ordinal);
    }
}
