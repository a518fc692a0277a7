using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Award;

/// <summary>A vote of the Storting beside what was decided: 1 000 000 kr of KDD, and a limit of 10 %.</summary>
public sealed class VoteTests
{
    [Theory]
    [InlineData("1 100 000", false)] // exactly 10 % more
    [InlineData("1 100 001", true)]
    [InlineData("900 000", false)]
    [InlineData("899 999", true)]
    public async Task Those_who_decided_and_the_programme_leader_are_told_of_a_vote_beyond_the_limit_once_each(string amount, bool isTold)
    {
        await using var given = await Sent();
        await given.Decided(version: 1, AnswerKind.Approve);

        await given.Vote(amount);
        await given.Turn();

        var mails = given.Mails().Where(mail => mail.Subject == "Stortingets vedtak avviker fra planen: KDD, Strømsø 2030, 2025").ToList();
        Assert.Equal(isTold ? ["ingrid@drammen.example", "jonas@drammen.example"] : [], mails.Select(mail => mail.To).Order());
        Assert.Equal(isTold ? 1 : 0, await Trail(given));
    }

    [Fact]
    public async Task The_mail_says_what_was_decided_and_what_was_voted_in_the_language_of_its_reader()
    {
        await using var given = await Sent();
        await given.Decided(version: 1, AnswerKind.Approve);
        await given.Database.Write(w => w.Db.People.Single(person => person.Id == given.Jonas).Speak("en"));

        await given.Vote("800 000");
        await given.Turn();

        var leader = given.Mails().Single(mail => mail.To == "ingrid@drammen.example" && mail.Subject.StartsWith("Stortingets vedtak", StringComparison.Ordinal));
        Assert.Contains("Planen som er godkjent, bruker 1 000 000 kr fra KDD. Stortingets vedtak gir 800 000 kr. Det er 200 000 kr mindre.", leader.Text.Replace('\u00A0', ' ').ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains($"/tilskudd/{given.Grant}", leader.Text, StringComparison.Ordinal);
        Assert.Contains(given.Mails(), mail => mail.To == "jonas@drammen.example" && mail.Subject == "The vote of the Storting differs from the plan: KDD, Strømsø 2030, 2025");
    }

    [Theory]
    [InlineData("1 000 000", "Rettet: Stortingets vedtak stemmer med planen: KDD, Strømsø 2030, 2025", "som er nær nok")]
    [InlineData("700 000", "Rettet: Stortingets vedtak avviker fra planen: KDD, Strømsø 2030, 2025", "Det er 300 000 kr mindre")]
    public async Task Those_who_were_told_of_a_vote_that_was_registered_wrong_are_told_so(string right, string subject, string words)
    {
        await using var given = await Sent();
        await given.Decided(version: 1, AnswerKind.Approve);
        await given.Vote("100 000");
        await given.Turn();

        await given.Done(given.Ingrid, given.Path, "#pa-nytt", ("feilen", "En null for lite."));
        await given.Vote(right);
        await given.Turn();

        var mails = given.Mails().Where(mail => mail.Subject == subject).ToList();
        Assert.Equal(["ingrid@drammen.example", "jonas@drammen.example"], mails.Select(mail => mail.To).Order());
        Assert.All(mails, mail => Assert.Contains("registrert feil: En null for lite.", mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.Contains(words, mail.Text.Replace('\u00A0', ' ').ReplaceLineEndings(" "), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_sent_the_plan_back_has_not_decided_it()
    {
        await using var given = await Sent();
        await given.Decided(version: 1, AnswerKind.SendBack);

        await given.Vote("800 000");
        await given.Turn();

        Assert.DoesNotContain(given.Mails(), mail => mail.To == "jonas@drammen.example" && mail.Subject.StartsWith("Stortingets vedtak", StringComparison.Ordinal));
    }

    private static async Task<GivenGrant> Sent()
    {
        var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "24/99");
        return given;
    }

    /// <summary>The round in which the steering group answered on a version of the plan.</summary>
    private static async Task<int> Trail(GivenGrant given)
    {
        await using var db = given.Database.Read();
        return await db.Set<TrailEntry>().CountAsync(entry => entry.Event == "vote-differs", TestContext.Current.CancellationToken);
    }
}
