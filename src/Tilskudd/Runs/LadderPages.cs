using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Layout;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>The form for a programme's own reminders of one deadline.</summary>
/// <param name="File">The ladder of the flow's file, in words.</param>
/// <param name="IsOwn">The programme has its own.</param>
public sealed record LadderRow(string Programme, string ProgrammePath, string Step, string Path, string File, bool IsOwn, string Remind, string Escalate)
{
    /// <summary>The programme's own body for the step; empty where the flow's is asked.</summary>
    public string Body { get; init; } = "";

    /// <summary>The programme's own rules as the form shows them (<see cref="SetLadder.MarkOf"/>).</summary>
    public string Mark { get; init; } = "";

    /// <summary>The bodies the programme has to choose among; none where the step waits for a role.</summary>
    public IReadOnlyList<Choice> Bodies { get; init; } = [];
}

internal static class LadderPages
{
    public static void MapLadders(this IEndpointRouteBuilder app)
    {
        app.MapGet("/program/{slug}/paminnelser/{key}", Show).RequireSignIn();
        app.MapPost("/program/{slug}/paminnelser/{key}", Save).RequireSignIn();
    }

    private static async Task<IResult> Show(string slug, string key, SignedIn reader, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        var (row, refused) = await Find(slug, key, reader, databases, library, clock, ct);
        return row is null ? refused! : Form(row, []);
    }

    private static async Task<IResult> Save(
        string slug, string key, [FromForm] string? paminnelser, [FromForm] string? varsler, [FromForm] string? organ, [FromForm] string? flytens, [FromForm(Name = SeenMark.Field)] string? mark, SignedIn reader,
        SetLadder set, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        var (row, refused) = await Find(slug, key, reader, databases, library, clock, ct);
        if (row is null)
        {
            return refused!;
        }

        var form = new LadderForm(paminnelser ?? "", varsler ?? "");
        var (remind, escalate, faults) = form.Read();
        var body = row.Bodies.FirstOrDefault(choice => choice.Value == organ)?.Value;
        if (flytens is null && body is null && !string.IsNullOrEmpty(organ))
        {
            // None of the programme's bodies: an old list, or a hand-made form. What was typed is not thrown away for it.
            faults = [.. faults, new LadderRefusal.NoSuchBody()];
        }

        if (flytens is null && faults.Count > 0)
        {
            return Form(row with { Remind = form.Remind, Escalate = form.Escalate, Body = body ?? "", Mark = mark ?? "" }, [.. faults.Select(RefusalText.Fault)]);
        }

        return await set.Set(slug, key, flytens is null ? (remind, escalate) : null, flytens is null ? body : null, mark ?? "", reader, ct) switch
        {
            null => new SeeOtherResult(row.ProgrammePath),
            FormRefusal stale => await Again(stale),
            FlowRefusal.NotYours => Refused.Forbidden,
            { } other => PostedRefusal.Final(other) ?? Refused.NotFound,
        };

        async Task<IResult> Again(FormRefusal stale)
        {
            var (now, gone) = await Find(slug, key, reader, databases, library, clock, ct);
            return now is null ? gone! : Form(now with { Remind = form.Remind, Escalate = form.Escalate, Body = body ?? "" }, [RefusalText.Fault(stale)], now);
        }
    }

    /// <param name="stored">What stands now, where the form was filled in over something older.</param>
    private static RazorComponentResult<LadderPage> Form(LadderRow row, IReadOnlyList<FieldFault> faults, LadderRow? stored = null) => new(new Dictionary<string, object?>
    {
        [nameof(LadderPage.Row)] = row,
        [nameof(LadderPage.Faults)] = faults,
        [nameof(LadderPage.Stored)] = stored,
    })
    {
        StatusCode = stored is not null ? StatusCodes.Status409Conflict : faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };

    private static async Task<(LadderRow? Row, IResult? Refused)> Find(
        string slug, string key, SignedIn reader, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Programmes.SingleOrDefaultAsync(programme => programme.Slug == slug, ct) is not { } programme || SetLadder.Find(library, key) is not { } found
            || !(await Rights.Seen(db, reader.Id, Dates.On(clock.GetUtcNow()), ct)).Contains(programme.Id))
        {
            return (null, Refused.NotFound);
        }

        if (!Staff.Leads(reader, programme.Id))
        {
            return (null, Refused.Forbidden);
        }

        var own = await OwnRules.Of(db, programme.Id, key, ct);
        var bodies = Who.RoleOf(found.Waiting.Who) is not null || found.Waiting.Who.Length == 0 ? [] : await ReadOwnRules.Bodies(db, programme.Id, ct);
        return (new LadderRow(
            programme.Name, $"/program/{slug}", library.StepName(found.Flow.Id, found.Step.Id, Languages.Current), $"/program/{slug}/paminnelser/{key}",
            ReadOwnRules.Ladder(found.Waiting.Remind, found.Waiting.Escalate), own is not null,
            string.Join(", ", own?.Remind ?? found.Waiting.Remind), string.Join(", ", own?.Escalate ?? found.Waiting.Escalate))
        {
            Body = own?.Body ?? "",
            Mark = SetLadder.MarkOf(own),
            Bodies = [.. bodies.OrderBy(body => body.Value, StringComparer.Ordinal).Select(body => new Choice(body.Key, body.Value))],
        }, null);
    }
}
