using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>A round as the page of its run shows it.</summary>
/// <param name="Members">Their answers are left out for a member who has not answered.</param>
/// <param name="HidesAnswers">The reader is such a member.</param>
/// <param name="IsMember">The reader has a seat and can answer from here.</param>
/// <param name="Leads">The reader is the programme leader or the secretary.</param>
/// <param name="CanClose">The round may be closed now.</param>
public sealed record RoundPanelRow(
    Round Round, string BodyName, IReadOnlyList<MemberRow> Members, CountResult Count, DateTimeOffset? DueAt, bool HidesAnswers, bool IsMember, bool Leads, bool CanClose)
{
    /// <summary>Why the count is what it is, with people's names; the count knows only their seats.</summary>
    public required string Why { get; init; }
}

/// <summary>Reads the round of a run's step for the page of the run. Writes nothing.</summary>
internal sealed class ReadRoundPanel(IDbContextFactory<TilskuddDb> databases, TimeProvider clock)
{
    /// <summary>The round the run waits in, else the last one it has had; null when there has been none.</summary>
    public async Task<RoundPanelRow?> Of(Run run, PersonId reader, CancellationToken ct)
    {
        if (run.Visits.Where(visit => visit.RoundId is not null).MaxBy(visit => visit.Number)?.RoundId is not { } id)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var round = await db.Set<Round>().SingleAsync(round => round.Id == id, ct);
        var people = await ReadRound.PeopleOf(db, round, null, ct);
        var body = await db.Bodies.Where(body => body.Id == round.BodyId).Select(body => body.Name).SingleAsync(ct);
        var now = clock.GetUtcNow();
        var leads = await CloseRound.Leads(db, run, reader, OsloTime.On(now).Date, ct);
        var hides = round.IsOpen && round.SeatOf(reader) is not null && round.LastOf(reader) is null;
        var members = Members.Of(round, people).Select(member => hides ? member with { Answer = null, Remark = "", Assurance = null } : member).ToList();
        var due = (round.IsOpen ? run.DueAt : null) ?? round.DueAt;
        var isDue = round.TakesPositionsOnly || (due is { } end ? end <= now : true);
        var decides = round.TakesPositionsOnly || round.CountIfClosed() is { IsFinal: true, Outcome: not CountOutcome.Refused };
        var count = round.Count();
        return new RoundPanelRow(
            round, body, members, count, due, hides, round.IsOpen && round.SeatOf(reader) is not null, leads && round.IsOpen, leads && round.IsOpen && isDue && decides)
        {
            Why = Named(count.Why.In(Languages.Current.Code()), round, people),
        };
    }

    private static string Named(string why, Round round, IReadOnlyDictionary<PersonId, Person> people) =>
        round.Seats.Where(seat => seat.PersonId is not null).Aggregate(why, (text, seat) => text.Replace(seat.SeatId.ToString(), people[seat.PersonId!.Value].Name, StringComparison.Ordinal));
}
