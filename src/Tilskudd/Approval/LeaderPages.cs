using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>What the programme leader and the secretary do: close a round, note who is away, and register what was decided elsewhere.</summary>
internal static class LeaderPages
{
    public static void MapLeaders(this IEndpointRouteBuilder app)
    {
        app.MapPost("/godkjenning/{round:guid}/avslutt", Close).RequireSignIn();
        app.MapPost("/godkjenning/{round:guid}/fravaer", MarkAbsent).RequireSignIn();
        app.MapPost("/godkjenning/{round:guid}/fravaer/ta-bort", MarkPresent).RequireSignIn();
        app.MapGet("/prosess/{run:guid}/vedtak", ShowDecision).RequireSignIn();
        app.MapPost("/prosess/{run:guid}/vedtak", Register).RequireSignIn();
    }

    private static async Task<IResult> Close(Guid round, SignedIn person, HttpContext context, CloseRound rounds, IDbContextFactory<TilskuddDb> databases) =>
        await Done(await rounds.Close(new RoundId(round), person.Id, context.RequestAborted), round, databases, context.RequestAborted);

    private static async Task<IResult> MarkAbsent(Guid round, [FromForm] string? medlem, SignedIn person, HttpContext context, CloseRound rounds, IDbContextFactory<TilskuddDb> databases)
    {
        Refusal? refusal = Guid.TryParse(medlem, out var seat)
            ? await rounds.MarkAbsent(new RoundId(round), seat, person.Id, context.RequestAborted)
            : string.IsNullOrEmpty(medlem) ? new RoundRefusal.AbsentMissing() : new FlowRefusal.NotFound();
        return await Done(refusal, round, databases, context.RequestAborted);
    }

    private static async Task<IResult> MarkPresent(Guid round, [FromForm] string? medlem, SignedIn person, HttpContext context, CloseRound rounds, IDbContextFactory<TilskuddDb> databases) =>
        await Done(Guid.TryParse(medlem, out var seat) ? await rounds.MarkPresent(new RoundId(round), seat, person.Id, context.RequestAborted) : new FlowRefusal.NotFound(), round, databases, context.RequestAborted);

    private static async Task<IResult> Done(Refusal? refusal, Guid round, IDbContextFactory<TilskuddDb> databases, CancellationToken ct)
    {
        if (refusal is not null)
        {
            return Answer(refusal);
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        return new SeeOtherResult($"/prosess/{(await StepRounds.RunOf(db, new RoundId(round), ct)).Id}");
    }

    private static Refused Answer(Refusal refusal) => refusal switch
    {
        FlowRefusal.NotFound => Refused.NotFound,
        FlowRefusal.NotYours => Refused.Forbidden,
        _ => Refused.Conflict(RefusalText.Of(refusal)),
    };

    private static async Task<IResult> ShowDecision(Guid run, SignedIn person, HttpContext context, ReadDecision read)
    {
        var (row, refused) = await read.For(new RunId(run), person, context.RequestAborted);
        return row is null ? refused! : Page(row, PostedDecision.Empty, []);
    }

    private static async Task<IResult> Register(
        Guid run, IFormCollection fields, SignedIn person, HttpContext context, ReadDecision read, RegisterBodyDecision decisions, TimeProvider clock)
    {
        var posted = PostedDecision.Of(fields);
        var (row, refused) = await read.For(new RunId(run), person, context.RequestAborted);
        if (row is not null && row.Visit == posted.VisitNumber)
        {
            var faults = Faults(row, posted, clock.GetUtcNow()).Select(RefusalText.Fault).ToList();
            if (faults.Count > 0)
            {
                return Page(row, posted, faults);
            }
        }

        var refusal = await decisions.Register(new RunId(run), posted.VisitNumber, person.Id, posted.Outcome, posted.Body, posted.Text, context.RequestAborted);
        return refusal switch
        {
            null => new SeeOtherResult($"/prosess/{run}"),
            DecisionRefusal when row is not null => Page(row, posted, [RefusalText.Fault(refusal)]),
            _ => row is null && refusal is FlowRefusal.NotFound ? refused ?? Refused.NotFound : Answer(refusal),
        };
    }

    private static IEnumerable<Refusal> Faults(DecisionRow row, PostedDecision posted, DateTimeOffset now)
    {
        if (row.Bodies.Count > 1 && row.Bodies.All(body => body.Value != posted.Body))
        {
            yield return new DecisionRefusal.NoBody();
        }

        if (row.Outcomes.All(outcome => outcome.Value != posted.Outcome))
        {
            yield return new DecisionRefusal.NoOutcome();
        }

        foreach (var fault in Decision.Faults(posted.Text, OsloTime.On(now).Date))
        {
            yield return fault;
        }
    }

    private static RazorComponentResult<RegisterDecisionPage> Page(DecisionRow row, PostedDecision posted, IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(RegisterDecisionPage.Row)] = row,
        [nameof(RegisterDecisionPage.Posted)] = posted,
        [nameof(RegisterDecisionPage.Faults)] = faults,
    })
    {
        StatusCode = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };
}

/// <summary>The fields of the form for a decision made elsewhere, as they were typed.</summary>
public sealed record PostedDecision(string Visit, string Body, string Outcome, string Date, string Reference, string Wording)
{
    public static PostedDecision Empty { get; } = new("", "", "", "", "", "");

    /// <summary>The visit the form was shown for; 0 where the form is not ours, which is no visit.</summary>
    public int VisitNumber => int.TryParse(Visit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public DecisionText Text => new(Dates.TryParse(Date, out var on) && on.Year >= GrantYear.Earliest ? on : null, Reference, Wording);

    public static PostedDecision Of(IFormCollection fields) =>
        new($"{fields["besok"]}", $"{fields["organ"]}", $"{fields["utfall"]}", $"{fields["dato"]}", $"{fields["ref"]}", $"{fields["tekst"]}");
}
