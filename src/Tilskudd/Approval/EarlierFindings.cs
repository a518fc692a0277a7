using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>
/// What earlier rounds on the same document, and meetings on them, found of members' habilitet: it follows the case into the rounds that are opened now. Also
/// from one run to another, as when a plan that was approved is fitted to a letter or changed.
/// </summary>
internal sealed class EarlierFindings
{
    private readonly IReadOnlyList<Round> _rounds;
    private readonly IReadOnlyList<MeetingFinding> _inMeetings;
    private readonly List<(Round Round, Doubt Doubt)> _taken = [];

    private EarlierFindings(IReadOnlyList<Round> rounds, IReadOnlyList<MeetingFinding> inMeetings) => (_rounds, _inMeetings) = (rounds, inMeetings);

    public static async Task<EarlierFindings> Of(TilskuddDb db, Run run, DocumentKind kind, Guid document, int version)
    {
        // The first version of a document that has not been asked about in the run has been before nobody.
        if (version == 1 && !run.Visits.Any(visit => visit.StepId == run.StepId && visit.RoundId is not null))
        {
            return new EarlierFindings([], []);
        }

        var rounds = await db.Rounds.Where(round => round.DocumentKind == kind && round.DocumentId == document).OrderBy(round => round.OpenedAt).ThenBy(round => round.Id).ToListAsync();
        var ids = rounds.Select(round => round.Id).ToList();
        var meetings = await db.Set<Meeting>().Where(meeting => meeting.CancelledAt == null).SelectMany(
            meeting => meeting.Items.Where(item => item.RoundId != null && ids.Contains(item.RoundId.Value) && item.Outcome != null), (meeting, item) => new { item.RoundId, meeting.StartsAt, item.Inhabil }).ToListAsync();
        return new EarlierFindings(rounds, [.. meetings.OrderBy(meeting => meeting.StartsAt).SelectMany(meeting => meeting.Inhabil.Select(person => new MeetingFinding(meeting.RoundId!.Value, person, meeting.StartsAt)))]);
    }

    /// <summary>Lets the new round begin with what was found in those of the same body.</summary>
    public void Follow(Round round) => _taken.AddRange(round.TakeOver([.. _rounds.Where(earlier => earlier.BodyId == round.BodyId)], _inMeetings).Select(doubt => (round, doubt)));

    public async Task Record(Writing w, Run run)
    {
        foreach (var (round, doubt) in _taken)
        {
            var found = doubt.IsInhabil switch { true => "Inhabil", false => "Habil", null => "Undecided" };
            await RunTrail.Record(w, run, Actor.System, "habilitet-followed", "round", round.Id.Value, $"{round.Version}", run.StepId, found, new JsonObject
            {
                ["seat"] = doubt.SeatId.ToString(),
                ["number"] = doubt.Number,
                ["earlier"] = doubt.FoundInVersion ?? doubt.RaisedInVersion,
            });
        }
    }

    /// <summary>Tells the members who do not answer because of it, and of what is undecided those who decide it.</summary>
    public async Task Tell(Writing w, NoticeQueue notices, Run run)
    {
        foreach (var (round, doubt) in _taken.Where(one => one.Round.IsOpen && one.Doubt.IsInhabil != false))
        {
            if (round.IsInhabil(doubt.PersonId) || !doubt.IsDecided)
            {
                await DecideDoubt.TellMember(w, notices, run, round, doubt);
            }

            if (!doubt.IsDecided)
            {
                await DecideDoubt.Ask(w, notices, run, round, doubt);
            }
        }
    }
}
