using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Award;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Reporting;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>What it means that a run enters a step. A step that answers itself gives its outcome at once; the others give null and wait.</summary>
internal sealed class StepEntry(Deadlines deadlines, Questions questions, OpenRound rounds, OpenReceipt receipts, NoticeQueue notices)
{
    public async Task<string?> Enter(Writing w, Run run, StepDefinition step, Actor by)
    {
        if (step.Step is WaitingStep waiting && run.Waiting.DeadlineId is null)
        {
            await deadlines.Set(w, run, waiting);
        }

        switch (step.Step)
        {
            case Check check:
                return Check.OutcomeOf(await questions.Ask(w.Db, run, check.Question));
            case Notify notify:
                await Tell(w, run, notify);
                return "Done";
            case AskForApproval ask:
                var (incident, outcome) = await rounds.Open(w, run, ask, by);
                await Report(w, run, by, incident);
                return outcome;
            case AwaitReceipt:
                await Report(w, run, by, await receipts.Open(w, run));
                return null;
            case WaitUntil:
                return null;
            case WaitingStep task:
                if (task is Draft { Task: TaskKeys.Report })
                {
                    await ReportLines.LayAgain(w, new RapportId(run.DocumentId));
                }

                await Ask(w, run, task);
                return null;
            default:
                throw new InvalidOperationException($"Nothing says what entering a {step.Type} means.");
        }
    }

    /// <summary>What could not be opened is an incident: the run stays waiting, others go on, and an administrator can try again.</summary>
    public static async Task Report(Writing w, Run run, Actor by, string? incident)
    {
        if (incident is not null)
        {
            run.Report(incident);
            await RunTrail.Record(w, run, by, "incident", "run", run.Id.Value, "", new JsonObject { ["what"] = incident });
        }
    }

    private async Task Ask(Writing w, Run run, WaitingStep task)
    {
        var before = await TellsOf(w, run);
        foreach (var person in await Who.Holding(w.Db, task.Who, run.Subject, OsloTime.On(w.Now).Date))
        {
            notices.Queue(w, NoticeKind.TaskWaiting, person, $"task/{run.Id}/{run.VisitNumber}", new NoticeAbout { RunId = run.Id.Value, Visit = run.VisitNumber }, before);
        }
    }

    private async Task Tell(Writing w, Run run, Notify notify)
    {
        // Of several grants in a year each has its own letter and report, so its source is named.
        var (place, source, before) = (await MailFacts.PlaceOf(w.Db, run.PlanUnitId), await Who.SourceOf(w.Db, run.Subject), await TellsOf(w, run));
        var about = source is null ? $"{place}, {run.Year}" : $"{place}, {run.Year}, {source}";
        foreach (var key in notify.To)
        {
            foreach (var person in await Who.Holding(w.Db, key, run.Subject, OsloTime.On(w.Now).Date))
            {
                notices.Queue(w, NoticeKind.Message, person, $"notify/{run.Id}/{run.VisitNumber}", new NoticeAbout { RunId = run.Id.Value, Text = FlowWords.Message(notify.Notice, person.Language, about) }, before);
            }
        }
    }

    // Of a visit that begins in this story nobody has been told; a step that is tried again may have told some.
    private static async Task<ToldBefore> TellsOf(Writing w, Run run) =>
        w.Db.Entry(run.Waiting).State is EntityState.Detached or EntityState.Added ? new ToldBefore() : await ToldBefore.About(w, [run.Id.Value], []);
}
