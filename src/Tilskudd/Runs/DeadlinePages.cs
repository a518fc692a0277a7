using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>The deadlines in the browser: all of them, and the form that moves one.</summary>
internal static class DeadlinePages
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH.mm");

    public static void MapDeadlines(this IEndpointRouteBuilder app)
    {
        app.MapGet("/frister", Show).RequireSignIn();
        app.MapGet("/frister/{id:guid}/flytt", AskToMove).RequireSignIn();
        app.MapPost("/frister/{id:guid}/flytt", Move).RequireSignIn();
        app.MapGet("/frister/kommende/{slug}/{year:int}/{key}", AskToSet).RequireSignIn();
        app.MapPost("/frister/kommende/{slug}/{year:int}/{key}", Set).RequireSignIn();
    }

    private static async Task<IResult> Show(string? side, string? kommer, SignedIn reader, ShowDeadlines show, CancellationToken ct) =>
        new RazorComponentResult<DeadlinesPage>(new Dictionary<string, object?> { [nameof(DeadlinesPage.Content)] = await show.Of(reader, Paging.Read(side), Paging.Read(kommer), ct) });

    private static async Task<IResult> AskToMove(Guid id, SignedIn reader, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        var (row, refused) = await Held(new DeadlineId(id), reader, databases, library, clock, ct);
        return row is null ? refused! : Form(row, []);
    }

    private static async Task<IResult> Move(
        Guid id, [FromForm] string? dato, [FromForm] string? klokkeslett, [FromForm] string? grunn, SignedIn reader, MoveDeadline move, Deadlines rules,
        IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        var form = new DeadlineForm(dato ?? "", klokkeslett ?? "", grunn ?? "");
        var (on, time, faults) = form.Read(asksReason: true, rules, clock.GetUtcNow());
        var refusal = faults.Count > 0 ? null : await move.Move(new DeadlineId(id), on, time, form.Reason, reader, ct);
        if (faults.Count == 0 && refusal is null)
        {
            return new SeeOtherResult("/frister");
        }

        var (row, refused) = await Held(new DeadlineId(id), reader, databases, library, clock, ct);
        return row is not null ? Answer(row, form, faults, refusal)
            : await Since(new DeadlineId(id), reader, databases, library, clock, ct) is { } now
                ? Form(now with { Date = form.Date, Time = form.Time, Reason = form.Reason }, [RefusalText.Fault(new FormRefusal.ChangedSince()), .. faults.Select(RefusalText.Fault)], StatusCodes.Status409Conflict)
            : refused!;
    }

    private static async Task<IResult> AskToSet(
        string slug, int year, string key, SignedIn reader, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, Deadlines rules, TimeProvider clock, CancellationToken ct)
    {
        var (row, _, refused) = await Coming(slug, year, key, reader, databases, library, rules, clock, ct);
        return row is null ? refused! : Form(row, []);
    }

    private static async Task<IResult> Set(
        string slug, int year, string key, [FromForm] string? dato, [FromForm] string? klokkeslett, [FromForm] string? kilde, [FromForm(Name = SeenMark.Field)] string? mark, SignedIn reader, MoveDeadline move, Deadlines rules,
        IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        var (row, programme, refused) = await Coming(slug, year, key, reader, databases, library, rules, clock, ct);
        if (row is null)
        {
            return refused!;
        }

        var form = new DeadlineForm(dato ?? "", klokkeslett ?? "", "") { Source = kilde ?? "" };
        var (on, time, faults) = form.Read(asksReason: false, rules, clock.GetUtcNow());
        var refusal = faults.Count > 0 ? null : await move.Set(programme, new GrantYear(year), key, on, time, form.SetBy!.Value, mark ?? "", reader, ct);
        if (refusal is FormRefusal)
        {
            // Over the date as it stands now.
            (row, _, refused) = await Coming(slug, year, key, reader, databases, library, rules, clock, ct);
            return row is null ? refused! : Form(row with { Date = form.Date, Time = form.Time, Source = form.Source }, [RefusalText.Fault(refusal)], StatusCodes.Status409Conflict);
        }

        return faults.Count == 0 && refusal is null ? new SeeOtherResult("/frister") : Answer(row with { Mark = mark ?? "" }, form, faults, refusal);
    }

    private static IResult Answer(MoveRow row, DeadlineForm form, IReadOnlyList<Refusal> faults, Refusal? refusal) => refusal switch
    {
        FlowRefusal.NotFound => Refused.NotFound,
        FlowRefusal.NotYours => Refused.Forbidden,
        { } other => Refused.Conflict(RefusalText.Of(other)),
        null => Form(row with { Date = form.Date, Time = form.Time, Source = form.Source, Reason = form.Reason }, [.. faults.Select(RefusalText.Fault)]),
    };

    private static RazorComponentResult<MoveDeadlinePage> Form(MoveRow row, IReadOnlyList<FieldFault> faults, int? status = null) => new(new Dictionary<string, object?>
    {
        [nameof(MoveDeadlinePage.Row)] = row,
        [nameof(MoveDeadlinePage.Faults)] = faults,
    })
    {
        StatusCode = status ?? (faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity),
    };

    /// <summary>The form for a deadline that holds, or why it is not shown.</summary>
    private static async Task<(MoveRow? Row, IResult? Refused)> Held(
        DeadlineId id, SignedIn reader, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var seen = await Rights.Seen(db, reader.Id, Dates.On(now), ct);
        if (await MoveDeadline.RunOf(db, id, ct) is not { } run)
        {
            return (null, await MoveDeadline.RunOnceOf(db, id, ct) is { } once && seen.Contains(once.ProgrammeId) ? Refused.Conflict(RefusalText.Of(new DeadlineRefusal.NoLongerHolds())) : Refused.NotFound);
        }

        if (!seen.Contains(run.ProgrammeId))
        {
            return (null, Refused.NotFound);
        }

        if (!Staff.Leads(reader, run.ProgrammeId, run.PlanUnitId))
        {
            return (null, Refused.Forbidden);
        }

        var board = await RunBoard.Of(db, library, [run], now, ct);
        if (board.DeadlineOf(run) is not { } deadline || deadline.Id != id)
        {
            return (null, Refused.Conflict(RefusalText.Of(new DeadlineRefusal.NoLongerHolds())));
        }

        return (new MoveRow(
            board.Title(run), board.StepName(run, run.StepId), DeadlineText.Long(deadline, board.Today), $"/frister/{id}/flytt",
            Dates.ToField(deadline.On), deadline.Time is { } time ? Clock.Format(time) : "", "", AsksReason: true), null);
    }

    /// <summary>The form for the date that has taken the place of a moved one while the same is still due; null where there is none, or it is not the reader's to move.</summary>
    private static async Task<MoveRow?> Since(DeadlineId moved, SignedIn reader, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await MoveDeadline.RunOnceOf(db, moved, ct) is { Waiting.DeadlineId: { } now }
            && await db.Deadlines.Where(known => known.Id == moved || known.Id == now).Select(known => known.Key).Distinct().CountAsync(ct) == 1
                ? (await Held(now, reader, databases, library, clock, ct)).Row : null;
    }

    /// <summary>The form for a deadline to come, or why it is not shown.</summary>
    private static async Task<(MoveRow? Row, ProgrammeId Programme, IResult? Refused)> Coming(
        string slug, int year, string key, SignedIn reader, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, Deadlines rules, TimeProvider clock, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var seen = await Rights.Seen(db, reader.Id, Dates.On(clock.GetUtcNow()), ct);
        var found = library.Current.SelectMany(flow => flow.Steps, (flow, step) => (Flow: flow, Step: step)).FirstOrDefault(found => found.Step.Step is WaitingStep waiting && waiting.Deadline == key);
        if (await db.Programmes.SingleOrDefaultAsync(programme => programme.Slug == slug, ct) is not { } programme || !seen.Contains(programme.Id)
            || found.Step is null || !GrantYear.TryFrom(year, out var grantYear) || !programme.Covers(grantYear))
        {
            return (null, default, Refused.NotFound);
        }

        if (!Staff.Leads(reader, programme.Id))
        {
            return (null, default, Refused.Forbidden);
        }

        var set = await db.Set<DeadlineOverride>().SingleOrDefaultAsync(date => date.ProgrammeId == programme.Id && date.Year == grantYear && date.Key == key, ct);
        var rule = ((WaitingStep)found.Step.Step).DueRule();
        var calendar = (await rules.CalendarsOf(db, [programme.Id], Dates.On(clock.GetUtcNow()), ct)).Of(programme.Id);
        var on = set?.On ?? Deadlines.Expected(rule, grantYear, null, calendar, isBegun: true);
        var time = set is not null ? set.Time : (rule as DueRule.OnDate)?.At;
        return (new MoveRow(
            $"{programme.Name} {grantYear}", library.StepName(found.Flow.Id, found.Step.Id, Languages.Current),
            on is { } date ? Dates.Deadline(date, time) : rule is DueRule.FromLetter letter ? DeadlineText.ByLetter(letter) : Texts.Of<RunPageWords>("Deadline.NoDate"), $"/frister/kommende/{slug}/{year}/{key}",
            on is { } now ? Dates.ToField(now) : "", time is { } at ? Clock.Format(at) : "", "", AsksReason: false) { Mark = MoveDeadline.MarkOf(set), Source = $"{set?.Source}" }, programme.Id, null);
    }
}
