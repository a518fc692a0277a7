using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>A decision that waits to be registered.</summary>
/// <param name="Task">What is to be done, in the flow's words.</param>
/// <param name="Outcomes">What can have been decided, in the flow's words.</param>
/// <param name="Bodies">Whose decision it is, each registered by itself; none where the body is not registered.</param>
public sealed record DecisionRow(Guid Run, int Visit, string Name, string Task, string Title, IReadOnlyList<Choice> Bodies, IReadOnlyList<Choice> Outcomes)
{
    /// <summary>The meetings planned here that are to decide it; their decisions are registered there.</summary>
    public IReadOnlyList<PlannedMeeting> Meetings { get; init; } = [];

    /// <summary>Why it came to a meeting, in the words of those who asked for one; empty where nobody said.</summary>
    public string Because { get; init; } = "";
}

/// <summary>Reads what the page for a decision made elsewhere shows. Writes nothing.</summary>
internal sealed class ReadDecision(IDbContextFactory<TilskuddDb> databases, FlowLibrary library, Flow flow, TimeProvider clock)
{
    /// <summary>What waits, when it waits for this person; else what to answer.</summary>
    public async Task<(DecisionRow? Row, IResult? Refused)> For(RunId id, SignedIn person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var on = OsloTime.On(clock.GetUtcNow()).Date;
        var run = await db.Set<Run>().SingleOrDefaultAsync(run => run.Id == id, ct);
        if (run is null || !(await Rights.Seen(db, person.Id, on, ct)).Contains(run.ProgrammeId))
        {
            return (null, Refused.NotFound);
        }

        var step = run.IsOpen ? await flow.StepOf(db, run, ct) : null;
        if (step?.Step is not RegisterDecision { Body: { } key } registering)
        {
            return (null, new SeeOtherResult($"/prosess/{run.Id}"));
        }

        if (!await Rights.HasTurn(db, run, person.Id, on, ct))
        {
            return (null, Refused.Forbidden);
        }

        var words = library.Words(run.Flow, Languages.Current.Code()).Steps[run.StepId];
        var document = await MailFacts.Document(db, run.DocumentKind, run.DocumentId, Languages.Current, clock.GetUtcNow(), ct);
        var bodies = await MeetingBoards.Of(db, run, await OwnRules.BodyOf(db, run.ProgrammeId, registering, key, ct), ct);
        var meetings = await MeetingBoards.Planned(db, run, ct);
        return (new DecisionRow(run.Id.Value, run.VisitNumber, words.Name, words.Task, document.Title, [.. bodies.Where(body => meetings.All(meeting => meeting.Body != body.Id)).Select(body => new Choice(body.Id.ToString(), body.Name))], [.. step.Outcomes.Select(outcome => new Choice(outcome, words.Outcomes[outcome]))]) 
        {
            Meetings = [.. meetings.OrderBy(meeting => meeting.StartsAt)],
            Because = run.Visits.Where(visit => visit.LeftAt is not null).MaxBy(visit => visit.Number)?.Reason ?? "",
        }, null);
    }
}
