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
    /// <summary>The reader follows the case without a vote, and can read it from here.</summary>
    public bool IsObserver { get; init; }

    /// <summary>When the page is read.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The members whose habilitet is not decided yet.</summary>
    public IReadOnlyList<DoubtLine> Doubts { get; init; } = [];

    /// <summary>The members who were found inhabil in an earlier version, and are still out.</summary>
    public IReadOnlyList<FindingLine> Findings { get; init; } = [];

    /// <summary>The reader may see the protocol.</summary>
    public bool MaySeeProtocol { get; init; }

    /// <summary>Why the count is what it is, with people's names; the count knows only their seats.</summary>
    public required string Why { get; init; }

    public required FeasibilityRow Feasibility { get; init; }

    /// <summary>The meetings with the case on their agenda.</summary>
    public IReadOnlyList<PlannedMeeting> Meetings { get; init; } = [];

    /// <summary>The reader can call the body to a meeting on the case.</summary>
    public bool MayMeet { get; init; }
}

/// <summary>A member whose habilitet waits for its decision.</summary>
/// <param name="Path">Where the reader decides or registers it; null for those who only know that it is asked.</param>
public sealed record DoubtLine(string Name, string? Path)
{
    /// <summary>It is about the body's leader, on whom others decide in line.</summary>
    public bool IsLeaders { get; init; }
}

/// <summary>A member who was found inhabil in an earlier version.</summary>
/// <param name="Path">Where the reader may take it up anew; null for others.</param>
public sealed record FindingLine(string Name, int Version, string? Path);

/// <summary>Reads the rounds of a run's step for the page of the run. Writes nothing.</summary>
internal sealed class ReadRoundPanel(IDbContextFactory<TilskuddDb> databases, TimeProvider clock)
{
    /// <summary>The rounds the run waits in, one for each board, else the last ones it has had; none when there have been none.</summary>
    public async Task<IReadOnlyList<RoundPanelRow>> Of(Run run, PersonId reader, CancellationToken ct)
    {
        if (run.Visits.Where(visit => visit.RoundId is not null).MaxBy(visit => visit.Number)?.RoundId is not { } lead)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var rounds = await db.Set<Round>().Where(round => round.Id == lead || round.FirstId == lead).ToListAsync(ct);
        var (seated, ids) = (rounds.SelectMany(round => round.Seats).SelectMany(seat => new[] { seat.PersonId, seat.OnLeave }).OfType<PersonId>().Concat(rounds.SelectMany(round => round.Doubts).Select(doubt => doubt.PersonId)).Distinct().ToList(), rounds.Select(round => round.BodyId).ToList());
        var people = await db.People.Where(person => seated.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person, ct);
        var bodies = await db.Bodies.IgnoreAutoIncludes().Where(body => ids.Contains(body.Id)).ToDictionaryAsync(body => body.Id, body => body.Name, ct);
        var meetings = await MeetingBoards.OfRounds(db, db.Rounds.IgnoreAutoIncludes().Where(round => round.Id == lead || round.FirstId == lead).Select(round => round.Id)).ToListAsync(ct);
        var leads = await CloseRound.Leads(db, run, reader, OsloTime.On(clock.GetUtcNow()).Date, ct);
        var looksAfter = leads || await Rights.Administers(db, reader, OsloTime.On(clock.GetUtcNow()).Date, ct);
        return [.. rounds.OrderBy(round => bodies[round.BodyId], StringComparer.Ordinal).Select(round => Row(run, round, bodies[round.BodyId], people, leads, reader) with
        {
            MaySeeProtocol = ReadProtocol.MaySee(round, reader, looksAfter),
            Meetings = [.. meetings.Where(meeting => meeting.Round == round.Id).OrderBy(meeting => meeting.StartsAt)],
            MayMeet = leads && WaitsForMeeting(run, round) && !meetings.Any(meeting => meeting.Round == round.Id && meeting.Decides),
        })];
    }

    // A body that is asked and meets, or has left the case to a meeting whose decision is waited for.
    private static bool WaitsForMeeting(Run run, Round round) => round.IsOpen ? round.Mode != Mode.Written : round.WaitsForMeeting && MeetingBoards.WaitsFor(run, round.Lead);

    private RoundPanelRow Row(Run run, Round round, string body, IReadOnlyDictionary<PersonId, Person> people, bool leads, PersonId reader)
    {
        var now = clock.GetUtcNow();
        var hides = round.MayYetAnswer(reader);
        var members = Members.Of(round, people).Select(member => hides ? member with { Answer = null, Remark = "", Assurance = null } : member).ToList();
        var due = (round.IsOpen ? run.DueAt : null) ?? round.DueAt;
        var isDue = round.TakesPositionsOnly || (due is { } end ? end <= now : true);
        var decides = round.TakesPositionsOnly || round.CountIfClosed() is { IsFinal: true, Outcome: not CountOutcome.Refused };
        var count = round.Count();
        return new RoundPanelRow(
            round, body, members, count, due, hides, round.IsOpen && round.SeatOf(reader) is not null, leads && round.IsOpen, leads && round.IsOpen && isDue && decides && round.Undecided.Count == 0)
        {
            Now = now,
            Doubts = [.. round.Undecided.Select(doubt => new DoubtLine(people[doubt.PersonId].Name, PathTo(doubt)) { IsLeaders = round.Seats.Any(seat => seat.PersonId == doubt.PersonId && seat.Role == SeatRole.Leader) })],
            Findings = [.. round.Seats.Select(seat => round.StandingFinding(seat.SeatId)).OfType<Doubt>().OrderBy(finding => finding.Number)
                .Select(finding => new FindingLine(people[finding.PersonId].Name, finding.FoundInVersion!.Value, PathTo(finding)))],
            IsObserver = round.IsOpen && round.IsObserver(reader),
            Why = Members.Name(count.Why.In(Languages.Current.Code()), round, people),
            Feasibility = FeasibilityRow.Of(round.Feasibility(), count, round, people),
        };

        string? PathTo(Doubt doubt) => doubt.PersonId != reader && (leads || round.DeciderInLine?.PersonId == reader) ? DecideDoubt.PathOf(round.Id, doubt.SeatId) : null;
    }
}
