using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Meetings;
using Tilskudd.Storage;

namespace Tilskudd.Demo;

/// <summary>Plays a meeting of a programme's political group, as its secretary plans and writes it.</summary>
internal sealed class PlayMeetings(PlanMeeting plans, CallMeeting calls, HoldMeeting meetings, IDbContextFactory<TilskuddDb> databases)
{
    /// <summary>Plans a meeting with one thing to be informed of, and calls the group to it.</summary>
    public async Task Call(LoadedProgramme programme, LocalDate on, LocalTime at, string place, string matter)
    {
        var by = programme.With(Role.Secretary).Id;
        await using var db = await databases.CreateDbContextAsync();
        var body = await db.Bodies.IgnoreAutoIncludes().Where(body => body.ProgrammeId == programme.Id && body.Key == BodyKeys.Deciding).Select(body => body.Id).SingleAsync();
        var (id, refusal) = await plans.Plan(body, new MeetingFrame(OsloTime.At(on, at), null, place, ""), null, by, CancellationToken.None);
        Demand(refusal ?? await plans.Add(id, matter, "", by, CancellationToken.None) ?? await calls.Send(id, "", by, CancellationToken.None));
    }

    /// <summary>All who have a seat came to the programme's meeting, the deputies not.</summary>
    public async Task Hold(LoadedProgramme programme)
    {
        await using var db = await databases.CreateDbContextAsync();
        var meeting = await db.Meetings.SingleAsync(meeting => db.Bodies.Any(body => body.Id == meeting.BodyId && body.ProgrammeId == programme.Id));
        Demand(await meetings.Note(
            meeting.Id, [.. meeting.Seats.Where(seat => seat.IsOfBody).Select(seat => new SeatAttendance(seat.SeatId, Attendance.Present, null, null))], null, meeting.AttendanceMark, programme.With(Role.Secretary).Id, CancellationToken.None));
    }

    private static void Demand(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException($"The demonstration was refused: {refusal}.");
        }
    }
}
