using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Meetings;

/// <summary>
/// A body of five under kommuneloven that meets on Tuesday 17 September 2024 at noon: the leader L and the members M1 and M2 for A, the
/// deputy leader D and the member M3 for B; V1 and V2 are deputies for A in that order, and O observes.
/// </summary>
internal sealed class GivenAMeeting
{
    private readonly Dictionary<string, (SeatId Seat, PersonId Person)> _named = [];
    private int _next;

    public GivenAMeeting(Regime regime = Regime.Kommuneloven, Mandate? mandate = null, int? noticeDays = null, LocalDate? on = null)
    {
        Body = new Body(Next<BodyId>(), Next<ProgrammeId>(), null, "deciding-body", "Hovedutvalget", regime, mandate ?? Mandate.Default, Mode.Meeting, true, "");
        Body.GiveNotice(noticeDays);
        foreach (var (name, role, party, order) in new[]
        {
            ("L", SeatRole.Leader, "A", (int?)null), ("D", SeatRole.DeputyLeader, "B", null), ("M1", SeatRole.Member, "A", null), ("M2", SeatRole.Member, "A", null), ("M3", SeatRole.Member, "B", null),
            ("V1", SeatRole.Deputy, "A", 1), ("V2", SeatRole.Deputy, "A", 2), ("O", SeatRole.Observer, null, null),
        })
        {
            _named[name] = (Next<SeatId>(), Next<PersonId>());
            Body.Add(_named[name].Seat, role, _named[name].Person, order, party, null, new LocalDate(2023, 10, 1), null);
        }

        var (frame, faults) = MeetingFrame.Of(on ?? new LocalDate(2024, 9, 17), new LocalTime(12, 0), null, "Formannskapssalen", "", At(1));
        Assert.Empty(faults);
        Meeting = new Meeting(Next<MeetingId>(), Body, frame!, Clerk, At(1));
        Round = Round.Open(Next<RoundId>(), Body, Body.SeatsOn(frame!.On), DocumentKind.Handlingsplan, Guid.Empty, 1, "hash", [], true, null, At(1));
    }

    public Body Body { get; }

    public Meeting Meeting { get; }

    public Round Round { get; }

    public PersonId Clerk { get; } = new(new Guid(99, 0, 0, new byte[8]));

    /// <summary>Noon, as the clock in Oslo shows it on the day of the meeting.</summary>
    public DateTimeOffset Noon => Meeting.StartsAt;

    public SeatId Seat(string name) => _named[name].Seat;

    public PersonId Person(string name) => _named[name].Person;

    /// <summary>The name of a seat, as the count speaks of it.</summary>
    public string Name(string seat) => _named.Single(one => one.Value.Seat.ToString() == seat).Key;

    public string Names(IEnumerable<PersonId> people) => string.Join(' ', people.Select(person => _named.Single(one => one.Value.Person == person).Key));

    /// <summary>Eight in the morning of a day in September 2024.</summary>
    public static DateTimeOffset At(int day, int month = 9) => OsloTime.At(new LocalDate(2024, month, day), new LocalTime(8, 0));

    public AgendaItem Decision()
    {
        Assert.Null(Meeting.Add(Next<AgendaItemId>(), Round, "Handlingsplan 2025"));
        return Meeting.Agenda[^1];
    }

    public AgendaItem Information(string title = "Status")
    {
        Assert.Null(Meeting.Add(Next<AgendaItemId>(), title, "Året så langt"));
        return Meeting.Agenda[^1];
    }

    /// <summary>Those named are there from the beginning to the end, the others have a valid reason to be away.</summary>
    public Refusal? Present(string names, string? chair = null, params (string Name, AgendaItem? From, AgendaItem? Until)[] between) => Meeting.Note(
    [
        .. _named.Select(one => between.FirstOrDefault(known => known.Name == one.Key) is { Name: not null } known
            ? new SeatAttendance(one.Value.Seat, Attendance.Present, known.From?.Id, known.Until?.Id)
            : new SeatAttendance(one.Value.Seat, names.Split(' ').Contains(one.Key) ? Attendance.Present : Attendance.Excused, null, null)),
    ], chair is null ? null : Seat(chair), Noon);

    /// <summary>Votes as "L+ D- M1 0": for, against, abstaining, for proposal 1 as "M1=1", found inhabil as "M1!".</summary>
    public Refusal? Vote(AgendaItem item, string votes) => Meeting.Register(item, Round, [.. votes.Split(' ').Select(Read)]);

    public (CountOutcome Outcome, bool IsFinal, int Present, int For, int Against) Counted(AgendaItem item) =>
        Meeting.Count(item, Round) is var count ? (count.Outcome, count.IsFinal, count.Present, count.For, count.Against) : default;

    private SeatVote Read(string vote)
    {
        var name = vote.TrimEnd('+', '-', '0', '!').Split('=')[0];
        return new SeatVote(
            Seat(name),
            vote[^1] switch { '+' => AnswerKind.Approve, '-' or '1' when vote[^1] == '-' || vote.Contains('=') => AnswerKind.SendBack, '0' => AnswerKind.Abstain, _ => null },
            vote.Contains('=') ? vote[^1] - '0' : null, vote[^1] == '!', $"stemme-{name}");
    }

    private TId Next<TId>() where TId : struct, IId<TId> => TId.From(new Guid(++_next, 0, 0, new byte[8]));
}
