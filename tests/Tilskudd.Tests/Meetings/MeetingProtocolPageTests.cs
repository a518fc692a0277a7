using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;

namespace Tilskudd.Tests.Meetings;

/// <summary>How the page of a meeting's protocol reads what it shows.</summary>
public sealed class MeetingProtocolPageTests
{
    [Fact]
    public async Task The_page_asks_as_many_questions_for_six_cases_as_for_one()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        await given.Begin("Kari", "Fatima", "Ola");
        var (kari, commands) = (await given.SignedIn("Kari"), given.Round.Site.Database.Commands);
        var questions = new List<int>();
        var shown = new List<int>();
        for (var cases = 1; cases <= 6; cases++)
        {
            if (cases > 1)
            {
                await AddCase(given);
            }

            commands.Reset();
            var page = await kari.Get(given.Path + "/protokoll");
            questions.Add(commands.Count);
            shown.Add(page.Text.Split("Gruppa godkjenner handlingsplanen for 2025.").Length - 1);
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], shown);
        Assert.Equal(Enumerable.Repeat(questions[0], 6), questions);
    }

    // The same plan again, in a round of its own.
    private static Task AddCase(GivenMeetings given) => given.Round.Tell(async w =>
    {
        var first = await w.Db.Set<Round>().OrderBy(round => round.Id).FirstAsync();
        var body = await w.Db.Bodies.SingleAsync(body => body.Id == first.BodyId);
        var round = Round.Open(
            w.Ids.Next<RoundId>(), body, body.SeatsOn(new NodaTime.LocalDate(2024, 12, 3)), first.DocumentKind, first.DocumentId, first.Version, first.Hash, [], mayChangeAnswer: true, null, w.Now);
        w.Db.Add(round);
        var meeting = await w.Db.Meetings.SingleAsync(meeting => meeting.Id == given.Id);
        Assert.Null(meeting.Add(w.Ids.Next<AgendaItemId>(), round, "Handlingsplan 2025 for Strømsø"));
    });
}
