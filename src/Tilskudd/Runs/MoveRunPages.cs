using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Layout;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>The page on which a run is moved to a newer version: first what would happen, then, with a reason, the act.</summary>
/// <param name="From">"Versjon 1, Utkast".</param>
/// <param name="Step">The step chosen, or empty.</param>
/// <param name="Trial">What would happen; empty until a step is chosen.</param>
/// <param name="Fails">The chosen step could not begin.</param>
public sealed record MoveRunRow(
    Guid Id, string Title, int Visit, int Version, string From, IReadOnlyList<Choice> Steps, string Step, string StepName, IReadOnlyList<SummaryRow> Trial, bool Fails, string Reason);

internal static class MoveRunPages
{
    public static void MapMoveRun(this IEndpointRouteBuilder app)
    {
        app.MapGet("/prosess/{id:guid}/flytt", Show).RequireSignIn();
        app.MapPost("/prosess/{id:guid}/flytt", Move).RequireSignIn();
    }

    private static async Task<IResult> Show(
        Guid id, string? steg, SignedIn reader, MoveRun move, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        var (run, newer, refused) = await Find(new RunId(id), reader, databases, library, clock, ct);
        if (refused is not null)
        {
            return refused;
        }

        var faults = steg is null || await move.StepFault(run!, newer!, steg, ct) is not { } fault ? [] : new[] { RefusalText.Fault(fault) };
        return await Page(run!, newer!, faults.Length == 0 ? steg ?? "" : "", "", reader, faults, move, databases, library, clock, ct);
    }

    private static async Task<IResult> Move(
        Guid id, HttpContext context, SignedIn reader, MoveRun move, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        var form = MoveForm.Read(await context.Request.ReadFormAsync(ct));
        var refusal = await move.Move(new RunId(id), form, reader, ct);
        switch (refusal)
        {
            case null:
                return new SeeOtherResult($"/prosess/{id}?flyttet=1");
            case FlowRefusal.NotFound:
                return Refused.NotFound;
            case FlowRefusal.NotYours:
                return Refused.Forbidden;
            case { Field.Length: > 0 }:
                break;
            default:
                return Refused.Conflict(RefusalText.Of(refusal));
        }

        var (run, newer, refused) = await Find(new RunId(id), reader, databases, library, clock, ct);
        if (refused is not null)
        {
            return refused;
        }

        var step = await move.StepFault(run!, newer!, form.Step, ct) is null ? form.Step : "";
        var faults = form.Faults(newer!) is { Count: > 0 } several ? several : [refusal];
        return await Page(run!, newer!, step, form.Reason, reader, [.. faults.Select(RefusalText.Fault)], move, databases, library, clock, ct);
    }

    private static async Task<(Run? Run, Definition? Newer, IResult? Refused)> Find(
        RunId id, SignedIn reader, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Set<Run>().SingleOrDefaultAsync(run => run.Id == id, ct) is not { } run || !(await Rights.Seen(db, reader.Id, Dates.On(clock.GetUtcNow()), ct)).Contains(run.ProgrammeId))
        {
            return (null, null, Refused.NotFound);
        }

        return !MoveRun.MayMove(reader) ? (null, null, Refused.Forbidden)
            : !run.IsOpen ? (null, null, Refused.Conflict(RefusalText.Of(new MoveRefusal.IsClosed())))
            : library.NewerThan(run) is { } newer ? (run, newer, null)
            : (null, null, Refused.Conflict(RefusalText.Of(new MoveRefusal.NoNewerVersion())));
    }

    private static async Task<IResult> Page(
        Run run, Definition newer, string step, string reason, SignedIn reader, IReadOnlyList<FieldFault> faults,
        MoveRun move, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var board = await RunBoard.Of(db, library, [run], clock.GetUtcNow(), ct);
        var trial = step.Length == 0 ? null : await move.Try(run, newer, newer.Find(step)!, reader, ct);
        var row = new MoveRunRow(
            run.Id.Value, board.Title(run), run.VisitNumber, newer.Version, Text("Move.At", run.DefinitionVersion, board.StepName(run, run.StepId)),
            [.. MoveRun.StepsOf(newer).Select(each => new Choice(each.Id, board.StepName(run, each.Id)))],
            step, step.Length == 0 ? "" : board.StepName(run, step), trial is null ? [] : [.. Told(trial, board)], trial?.Fails == true, reason);
        return new RazorComponentResult<MoveRunPage>(new Dictionary<string, object?> { [nameof(MoveRunPage.Row)] = row, [nameof(MoveRunPage.Faults)] = faults })
        {
            StatusCode = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }

    private static IEnumerable<SummaryRow> Told(MoveTrial trial, RunBoard board)
    {
        var moved = trial.Run;
        yield return new(Text("Move.To"), Text("Move.At", moved.DefinitionVersion, moved.IsOpen ? board.StepName(moved, moved.StepId) : board.Words(moved).States[moved.ClosedAs]));
        yield return new(Text("Move.Waits"), trial.WaitsFor.Count == 0 ? Text("Move.Nobody") : string.Join(", ", trial.WaitsFor.Select(person => person.Name)));
        if (trial.Deadline is { } set)
        {
            yield return new(Text("Move.Deadline"), Dates.Deadline(set.EffectiveOn, set.Time));
            yield return new(Text("Move.Rungs"), set.Rungs.Count == 0 ? Text("Move.NoRungs")
                : string.Join(" · ", set.Rungs.OrderBy(rung => rung.At).Select(rung => Text($"Rung.{rung.Kind}.Coming", Dates.Short(Dates.On(rung.At))))));
        }

        if (trial.Ended is { } ended)
        {
            yield return new(Text("Move.Ended"), Text("Move.Ended.Deadline", Dates.Deadline(ended.EffectiveOn, ended.Time)));
        }

        foreach (var round in trial.Rounds)
        {
            yield return new(Text("Move.Round"), Text("Move.Round.Text", round.Answers.Count));
        }

        if (moved.Incident.Length > 0)
        {
            yield return new(Text("Incident.Title"), moved.Incident);
        }
    }

    private static string Text(string key, params object[] arguments) => Texts.Of<RunPageWords>(key, arguments);
}
