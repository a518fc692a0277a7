using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
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
        await Decided(given, version: 1, AnswerKind.Approve);

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
        await Decided(given, version: 1, AnswerKind.Approve);
        await given.Database.Write(w => w.Db.People.Single(person => person.Id == given.Jonas).Speak("en"));

        await given.Vote("800 000");
        await given.Turn();

        var leader = given.Mails().Single(mail => mail.To == "ingrid@drammen.example" && mail.Subject.StartsWith("Stortingets vedtak", StringComparison.Ordinal));
        Assert.Contains("Planen som er godkjent, bruker 1 000 000 kr fra KDD. Stortingets vedtak gir 800 000 kr. Det er 200 000 kr mindre.", leader.Text.Replace('\u00A0', ' ').ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains($"/tilskudd/{given.Grant}", leader.Text, StringComparison.Ordinal);
        Assert.Contains(given.Mails(), mail => mail.To == "jonas@drammen.example" && mail.Subject == "The vote of the Storting differs from the plan: KDD, Strømsø 2030, 2025");
    }

    [Fact]
    public async Task A_body_that_sent_the_plan_back_has_not_decided_it()
    {
        await using var given = await Sent();
        await Decided(given, version: 1, AnswerKind.SendBack);

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
    private static Task Decided(GivenGrant given, int version, AnswerKind answer) => given.Database.Write(w =>
    {
        var body = w.Db.Bodies.Single();
        var plan = w.Db.Handlingsplaner.Single();
        var hash = plan.Versions.Single(one => one.Number == version).Hash;
        var round = Round.Open(w.Ids.Next<RoundId>(), body, body.SeatsOn(new NodaTime.LocalDate(2024, 11, 20)), DocumentKind.Handlingsplan, plan.Id.Value, version, hash, [], true, w.Now.AddDays(14), w.Now);
        Assert.Null(round.Answer(w.Ids.Next<RoundAnswerId>(), given.Jonas, answer, answer == AnswerKind.SendBack ? "Nei." : "", hash, Assurance.LinkAndCode, w.Ids.Next(), w.Now));
        Assert.True(round.CloseIfDecided(w.Now));
        w.Db.Add(round);
    });

    private static async Task<int> Trail(GivenGrant given)
    {
        await using var db = given.Database.Read();
        return await db.Set<TrailEntry>().CountAsync(entry => entry.Event == "vote-differs", TestContext.Current.CancellationToken);
    }
}
