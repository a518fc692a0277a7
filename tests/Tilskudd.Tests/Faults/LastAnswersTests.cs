using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Tests.Approval;
using Tilskudd.Tests.Runs;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Faults;

/// <summary>The application twice on one PostgreSQL, where the last two of a body answer at the same instant, each at a node.</summary>
[OnPostgres]
public sealed class LastAnswersTests
{
    private const int Rounds = 120;
    private const int Abreast = 4;

    [Fact]
    public async Task The_last_two_answers_at_the_same_instant_on_two_nodes_are_one_decision_and_one_move_every_time()
    {
        await using var given = await GivenAYear.Create();
        await using var other = await given.Site.Beside();
        var rounds = await given.RoundsWithoutTwo(Rounds);
        using var per = await given.SignedIn(given.Members[^2]);
        using var silje = await given.SignedIn(given.Members[^1], node: other);
        var tokens = new[] { Token((await per.Get("/innboks")).Text), Token((await silje.Get("/innboks")).Text) };

        await Parallel.ForEachAsync(rounds, new ParallelOptions { MaxDegreeOfParallelism = Abreast, CancellationToken = TestContext.Current.CancellationToken }, async (round, _) =>
        {
            var answers = await Task.WhenAll(Answer(per, round, tokens[0]), Answer(silje, round, tokens[1]));

            Assert.All(answers, status => Assert.Equal(HttpStatusCode.SeeOther, status));
        });

        await using var db = given.Read();
        var ct = TestContext.Current.CancellationToken;
        var ended = await db.Rounds.ToListAsync(ct);
        var closed = await db.Trail.Where(entry => entry.Event == "round-closed").Select(entry => entry.Object).ToListAsync(ct);
        var runs = await db.Set<Run>().Where(run => run.Id != given.Run && run.Flow == "handlingsplan").ToListAsync(ct);
        var results = await db.Set<Notice>().Where(notice => notice.Kind == NoticeKind.RoundResult && notice.PersonId == given.Members[0]).CountAsync(ct);
        Assert.Equal(Rounds, ended.Count);
        Assert.All(ended, round => Assert.Equal((CountOutcome.Approved, 5), (round.Outcome, round.Answers.Count)));
        Assert.Equal((Rounds, Rounds, Rounds), (closed.Count, closed.Distinct().Count(), results));
        Assert.All(runs, run => Assert.Equal(("approved", 1), (run.ClosedAs, run.Visits.Count(visit => visit.RoundId is not null))));
        Assert.Equal(Rounds, await db.Trail.CountAsync(entry => entry.Event == "run-closed", ct));
    }

    private static async Task<HttpStatusCode> Answer(SignIn.Browser member, Round round, string token) => (await member.Post(
        $"/godkjenning/{round.Id}/bekreft",
        ("__RequestVerificationToken", token), ("svar", "godkjenn"), ("skjema", $"{round.Id}"), ("etter", "0"), ("vist", round.Hash), ("merk", ""))).Status;

    private static string Token(string page) => Member.Fields(page.Replace("<footer", "", StringComparison.Ordinal)).First(field => field.Name == "__RequestVerificationToken").Value;
}
