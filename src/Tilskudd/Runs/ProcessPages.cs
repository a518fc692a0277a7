using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Administration;
using Tilskudd.Approval;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices.Inbound;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Runs;

/// <summary>A run in the browser: where it stands, who is waited for, and what has happened.</summary>
internal static class ProcessPages
{
    public static void MapProcess(this IEndpointRouteBuilder app)
    {
        app.MapGet("/prosess", List).RequireSignIn();
        app.MapGet("/prosess/{id:guid}", Show).RequireSignIn();
        app.MapPost("/prosess/{id:guid}/paminn", Remind).RequireSignIn();
        app.MapPost("/prosess/{id:guid}/igjen", Retry).RequireSignIn();
    }

    private static async Task<IResult> List(string? side, SignedIn reader, ShowProcess show, CancellationToken ct)
    {
        var (rows, paging) = await show.All(reader, Paging.Read(side), ct);
        return new RazorComponentResult<ProcessList>(new Dictionary<string, object?> { [nameof(ProcessList.Rows)] = rows, [nameof(ProcessList.Paging)] = paging });
    }

    private static Task<IResult> Show(Guid id, string? sendt, string? flyttet, SignedIn reader, ShowProcess show, ProcessParts parts, CancellationToken ct) =>
        Page(new RunId(id), reader, show, parts, null, sendt is not null, ct, flyttet is not null);

    private static async Task<IResult> Page(RunId id, SignedIn reader, ShowProcess show, ProcessParts parts, Refusal? refusal, bool wasSent, CancellationToken ct, bool wasMoved = false) =>
        await show.Of(id, reader, ct) is { } found
            ? Page(found.Row, await parts.Rounds.Of(found.Run, reader.Id, ct), await parts.News.Of(found.Run, reader.Id, ct), await parts.Failed(found.Run, reader, ct), refusal, wasSent, wasMoved)
            : Refused.NotFound;

    private static RazorComponentResult<ProcessPage> Page(ProcessRow row, IReadOnlyList<RoundPanelRow> rounds, IReadOnlyList<NewsRow> news, IReadOnlyList<TaskRow> failed, Refusal? refusal, bool wasSent, bool wasMoved) => new(new Dictionary<string, object?>
    {
        [nameof(ProcessPage.Row)] = row,
        [nameof(ProcessPage.Rounds)] = rounds,
        [nameof(ProcessPage.News)] = news,
        [nameof(ProcessPage.Failed)] = failed,
        [nameof(ProcessPage.Faults)] = refusal is null ? [] : new[] { RefusalText.Fault(refusal) },
        [nameof(ProcessPage.WasSent)] = wasSent,
        [nameof(ProcessPage.WasMoved)] = wasMoved,
    })
    {
        StatusCode = refusal is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
    };

    private static async Task<IResult> Remind(Guid id, [FromForm] string? person, [FromForm] string? til, SignedIn reader, SendReminder send, ShowProcess show, ProcessParts parts, CancellationToken ct)
    {
        var only = Guid.TryParse(person, out var one) ? new PersonId(one) : (PersonId?)null;
        var refusal = await send.Send(new RunId(id), only, reader, ct);
        return refusal switch
        {
            null => new SeeOtherResult(til == "oversikt" ? "/?sendt=1" : $"/prosess/{id}?sendt=1"),
            FlowRefusal.NotFound => Refused.NotFound,
            FlowRefusal.NotYours => Refused.Forbidden,
            { } other => await Page(new RunId(id), reader, show, parts, other, wasSent: false, ct),
        };
    }

    private static async Task<IResult> Retry(Guid id, SignedIn reader, RetryRun retry, ShowProcess show, ProcessParts parts, CancellationToken ct) => await retry.Retry(new RunId(id), reader, ct) switch
    {
        null => new SeeOtherResult($"/prosess/{id}"),
        FlowRefusal.NotFound => Refused.NotFound,
        FlowRefusal.NotYours => Refused.Forbidden,
        { } other => await Page(new RunId(id), reader, show, parts, other, wasSent: false, ct),
    };
}

/// <summary>What other rooms show on the page of a run.</summary>
internal sealed record ProcessParts(ReadRoundPanel Rounds, ReadNews News, IDbContextFactory<TilskuddDb> Databases)
{
    /// <summary>The mails about a run that did not arrive, for one who leads it.</summary>
    public async Task<IReadOnlyList<TaskRow>> Failed(Run run, SignedIn reader, CancellationToken ct)
    {
        await using var db = await Databases.CreateDbContextAsync(ct);
        return await FailedMails.Of(db, run, reader, ct);
    }
}

/// <summary>Why no reminder goes out.</summary>
internal abstract record ReminderRefusal : Refusal
{
    /// <summary>Everyone waited for has had a reminder from a person today.</summary>
    public sealed record RemindedToday : ReminderRefusal;

    /// <summary>Nobody is waited for any more.</summary>
    public sealed record NobodyWaitedFor : ReminderRefusal;
}

/// <summary>Sends a reminder at once, at a person's wish: not more than one a day to each about the same step.</summary>
internal sealed class SendReminder(Door door, Reminding reminding)
{
    /// <param name="only">The one to remind; null for everyone the run waits for.</param>
    public Task<Refusal?> Send(RunId id, PersonId? only, SignedIn by, CancellationToken ct) => door.Write(async w =>
    {
        var today = OsloTime.On(w.Now).Date;
        if (await w.Db.Set<Run>().SingleOrDefaultAsync(run => run.Id == id, ct) is not { } run || !(await Rights.Seen(w.Db, by.Id, today, ct)).Contains(run.ProgrammeId))
        {
            return new FlowRefusal.NotFound();
        }

        if (!Staff.MayRemind(by, run.ProgrammeId, run.PlanUnitId))
        {
            return new FlowRefusal.NotYours();
        }

        var facts = await ReminderFacts.Of(w, [run], ct);
        if (!run.IsOpen || !facts.Staff.Concerned(run).Any(person => only is null || person.Id == only))
        {
            return new ReminderRefusal.NobodyWaitedFor();
        }

        var told = reminding.Remind(w, facts, run, ReminderOccasion.Of(run.Id, run.VisitNumber, today), null, only);
        if (told == 0)
        {
            return new ReminderRefusal.RemindedToday();
        }

        await RunTrail.Record(w, run, Actor.Of(by.Id), "reminder-sent", "run", run.Id.Value, "", new JsonObject { ["people"] = told });
        return null;
    }, ct);
}

/// <summary>Tries again what a waiting step could not do when it was entered.</summary>
internal sealed class RetryRun(Door door, Flow flow)
{
    public Task<Refusal?> Retry(RunId id, SignedIn by, CancellationToken ct) => door.Write(async w =>
    {
        var today = OsloTime.On(w.Now).Date;
        if (await w.Db.Set<Run>().SingleOrDefaultAsync(run => run.Id == id, ct) is not { } run || !(await Rights.Seen(w.Db, by.Id, today, ct)).Contains(run.ProgrammeId))
        {
            return new FlowRefusal.NotFound();
        }

        if (!Staff.Leads(by, run.ProgrammeId, run.PlanUnitId))
        {
            return new FlowRefusal.NotYours();
        }

        if (!run.IsOpen || run.Incident.Length == 0)
        {
            return new FlowRefusal.AlreadyDone();
        }

        await RunTrail.Record(w, run, Actor.Of(by.Id), "run-retried", "run", run.Id.Value, "", []);
        await flow.Retry(w, run, Actor.Of(by.Id));
        return null;
    }, ct);
}
