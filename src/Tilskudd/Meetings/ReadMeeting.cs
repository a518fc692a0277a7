using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices.Inbound;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Meetings;

/// <summary>Reads a meeting for those who may see it. Writes nothing.</summary>
internal sealed class ReadMeeting(IDbContextFactory<TilskuddDb> databases, Calendars calendars, TimeProvider clock)
{
    /// <summary>The meeting for one who has a seat in the body, leads its meetings or looks after all; else what to answer.</summary>
    public async Task<(MeetingRow? Row, IResult? Refused)> For(MeetingId id, SignedIn reader, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var on = OsloTime.On(now).Date;
        if (await db.Meetings.SingleOrDefaultAsync(meeting => meeting.Id == id, ct) is not { } meeting)
        {
            return (null, Refused.NotFound);
        }

        var body = await db.Bodies.SingleAsync(body => body.Id == meeting.BodyId, ct);
        var sees = (await Rights.Seen(db, reader.Id, on, ct)).Contains(body.ProgrammeId);
        if (!sees && !meeting.IsSeated(reader.Id))
        {
            return (null, Refused.NotFound);
        }

        var leads = await LeadMeeting.Leads(db, body, reader.Id, on, ct);
        return leads || reader.Has(Role.Administrator) || meeting.IsSeated(reader.Id) || body.SeatsOn(on).Any(seat => seat.PersonId == reader.Id)
            ? (await Row(db, meeting, body, reader, leads, now, ct) with { Programme = sees ? await ProgrammeOf(db, body, ct) : null }, null)
            : (null, Refused.Forbidden);
    }

    /// <summary>The same for one who leads it; the others are turned away.</summary>
    public async Task<(MeetingRow? Row, IResult? Refused)> ForLeader(MeetingId id, SignedIn reader, CancellationToken ct) =>
        await For(id, reader, ct) is var found && found.Row is { Leads: false } ? (null, Refused.Forbidden) : found;

    /// <summary>A meeting that is to be planned, for one who may plan it.</summary>
    public async Task<(NewMeetingRow? Row, IResult? Refused)> New(Guid body, Guid round, SignedIn reader, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var on = OsloTime.On(clock.GetUtcNow()).Date;
        if (await db.Bodies.SingleOrDefaultAsync(known => known.Id == new BodyId(body), ct) is not { ToOn: null } known || !(await Rights.Seen(db, reader.Id, on, ct)).Contains(known.ProgrammeId))
        {
            return (null, Refused.NotFound);
        }

        if (!await LeadMeeting.Leads(db, known, reader.Id, on, ct))
        {
            return (null, Refused.Forbidden);
        }

        var first = (await MeetingCases.Of(db, known.Id, on, Languages.Current, ct)).FirstOrDefault(one => one.Round.Value == round);
        return (new NewMeetingRow(body, known.Name, first?.Round.Value, first?.Title ?? "") { Programme = await ProgrammeOf(db, known, ct) }, null);
    }

    private static async Task<Crumb> ProgrammeOf(TilskuddDb db, Body body, CancellationToken ct) =>
        await db.Programmes.Where(programme => programme.Id == body.ProgrammeId).Select(programme => new Crumb(programme.Name, $"/program/{programme.Slug}")).SingleAsync(ct);

    private async Task<MeetingRow> Row(TilskuddDb db, Meeting meeting, Body body, SignedIn reader, bool leads, DateTimeOffset now, CancellationToken ct)
    {
        var (rounds, decisions) = (meeting.Items.Select(item => item.RoundId).OfType<Cycle.Approval.RoundId>().ToList(), meeting.Items.Select(item => item.DecisionId).OfType<Cycle.Approval.DecisionId>().ToList());
        var cased = await db.Rounds.Where(round => rounds.Contains(round.Id)).ToDictionaryAsync(round => round.Id, ct);
        var people = meeting.Seats.Select(seat => seat.PersonId).Concat(meeting.Seats.Select(seat => seat.OnLeave)).OfType<PersonId>().Concat(meeting.Calls.SelectMany(call => call.People.Append(call.By))).Append(meeting.PlannedBy)
            .Concat(cased.Values.SelectMany(round => round.Answers).Select(answer => answer.PersonId)).Distinct().ToList();
        var calendar = await calendars.Of(db, body.ProgrammeId, OsloTime.On(now).Date);
        var cases = leads && meeting is { CancelledAt: null, SignedAt: null } ? await MeetingCases.Of(db, body.Id, meeting.Frame.On, Languages.Current, ct) : [];
        return new MeetingRow(meeting, body, leads)
        {
            Reader = reader.Id,
            MaySendAgain = Staff.Leads(reader, body.ProgrammeId, body.PlanUnitId),
            Now = now,
            People = await db.People.Where(person => people.Contains(person.Id)).ToDictionaryAsync(person => person.Id, ct),
            Rounds = cased,
            Decisions = await db.Set<Cycle.Approval.Decision>().Where(decision => decisions.Contains(decision.Id)).ToDictionaryAsync(decision => decision.Id, ct),
            Cases = [.. cases.Where(one => meeting.Items.All(item => item.RoundId != one.Round)).Select(one => new Choice(one.Round.ToString(), one.Title))],
            LastDay = meeting.LastDayToCall(body, calendar),
            IsLate = meeting.IsLateToCall(body, calendar, now),
            ToCall = leads ? meeting.ToCall(body) : [],
            ToLetGo = leads ? meeting.ToLetGo(body) : [],
            News = leads ? await ReadNews.Of(db, meeting, ct) : [],
            NotArrived = leads ? [.. (await ReadNews.NotArrived(db, meeting, ct)).Select(failed => new PageLink(failed.Name, $"/admin/varsler/{failed.Notice}"))] : [],
        };
    }
}
