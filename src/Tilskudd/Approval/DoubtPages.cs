using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;

namespace Tilskudd.Approval;

/// <summary>Where a member's habilitet is decided, or what the body decided of it is registered.</summary>
internal static class DoubtPages
{
    public static void MapDoubts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/godkjenning/{round:guid}/habilitet/{seat:guid}", Show).RequireSignIn();
        app.MapPost("/godkjenning/{round:guid}/habilitet/{seat:guid}", Decide).RequireSignIn();
        app.MapPost("/godkjenning/{round:guid}/habilitet/{seat:guid}/paa-nytt", TakeUpAnew).RequireSignIn();
    }

    private static async Task<IResult> Show(Guid round, Guid seat, SignedIn person, HttpContext context, ReadDoubt read)
    {
        var (row, refused) = await read.For(new RoundId(round), new SeatId(seat), person, context.RequestAborted);
        return row is null ? refused! : Page(row, PostedDoubt.Blank, []);
    }

    private static async Task<IResult> Decide(Guid round, Guid seat, IFormCollection fields, SignedIn person, HttpContext context, ReadDoubt read, DecideDoubt doubts)
    {
        var (row, refused) = await read.For(new RoundId(round), new SeatId(seat), person, context.RequestAborted);
        if (row is null)
        {
            return refused!;
        }

        var posted = PostedDoubt.Of(fields, row);
        if (!row.MayDecide)
        {
            // Registered already, by this press or another's: the page tells what holds.
            return row.Doubt.IsDecided ? new SeeOtherResult(row.Path) : Refused.Forbidden;
        }

        if (posted.Fault(row) is { } fault)
        {
            return Page(row, posted, [RefusalText.Fault(fault)]);
        }

        var refusal = await doubts.Decide(row.Round.Id, row.Doubt.SeatId, person.Id, (asked, at) => posted.Decide(asked, row, person.Id, at), context.RequestAborted);
        return refusal switch
        {
            null => new SeeOtherResult($"/prosess/{row.Run}"),
            DoubtRefusal.NothingToDecide => new SeeOtherResult(row.Path),
            FlowRefusal.NotFound => Refused.NotFound,
            FlowRefusal.NotYours or DoubtRefusal.OwnDoubt => Refused.Forbidden,
            DoubtRefusal => Page(row, posted, [RefusalText.Fault(refusal)]),
            _ => Refused.Conflict(RefusalText.Of(refusal)),
        };
    }

    private static async Task<IResult> TakeUpAnew(Guid round, Guid seat, SignedIn person, HttpContext context, ReadDoubt read, DecideDoubt doubts)
    {
        var (row, refused) = await read.For(new RoundId(round), new SeatId(seat), person, context.RequestAborted);
        if (row is null)
        {
            return refused!;
        }

        var refusal = await doubts.TakeUpAnew(row.Round.Id, row.Doubt.SeatId, person.Id, context.RequestAborted);
        return refusal switch
        {
            // Taken up already, by this press or another's: the page tells what holds.
            null or DoubtRefusal.NothingToTakeUp => new SeeOtherResult(row.Path),
            FlowRefusal.NotFound => Refused.NotFound,
            FlowRefusal.NotYours or DoubtRefusal.OwnDoubt => Refused.Forbidden,
            _ => Refused.Conflict(RefusalText.Of(refusal)),
        };
    }

    private static RazorComponentResult<DoubtPage> Page(DoubtRow row, PostedDoubt posted, IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(DoubtPage.Row)] = row,
        [nameof(DoubtPage.Posted)] = posted,
        [nameof(DoubtPage.Faults)] = faults,
    })
    {
        StatusCode = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };
}

/// <summary>The fields of the form for a decision on a member's habilitet, as they were typed.</summary>
/// <param name="Votes">By the field's name, seat by seat.</param>
/// <param name="Decider">In line: the seat that decided, or the superior.</param>
public sealed record PostedDoubt(string Outcome, IReadOnlyDictionary<string, string> Votes, string For, string Against, string Chair, string Reference, string Decider, string Superior)
{
    public const string Inhabil = "inhabil";
    public const string Habil = "habil";
    public const string BySuperior = "overordnet";

    public static PostedDoubt Blank { get; } = new("", new Dictionary<string, string>(), "", "", "", "", "", "");

    /// <summary>The name of a seat's field.</summary>
    public static string FieldOf(string seat) => $"stemme-{seat}";

    internal static PostedDoubt Of(IFormCollection fields, DoubtRow row) => new(
        $"{fields["utfall"]}",
        row.Voters.Concat(row.InDoubt).Select(seat => FieldOf(seat.Value)).Where(field => $"{fields[field]}" is Inhabil or Habil).ToDictionary(field => field, field => $"{fields[field]}"),
        $"{fields["for"]}", $"{fields["mot"]}", $"{fields["moteleder"]}", $"{fields["ref"]}", $"{fields["avgjort-av"]}", $"{fields["overordnet"]}");

    private bool HasNumbers => For.Length + Against.Length > 0;

    private static bool IsNumber(string typed, out int number) => int.TryParse(typed.Length == 0 ? "0" : typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>What can be seen from the form alone; null when nothing is wrong with it.</summary>
    internal DoubtRefusal? Fault(DoubtRow row)
    {
        var isOutcome = Outcome is Inhabil or Habil;
        if (row.Round.Regime == Regime.Administrativ)
        {
            return !isOutcome ? new DoubtRefusal.NoOutcome()
                : !row.IsDecider && Decider != BySuperior && Decider != row.Decider?.Value ? new DoubtRefusal.WrongDecider()
                : null;
        }

        return Votes.Count > 0 && (HasNumbers || Outcome.Length > 0) ? new DoubtRefusal.BothWays()
            : Votes.Count > 0 ? null
            : !HasNumbers && Outcome.Length == 0 ? new DoubtRefusal.NoVotes()
            : !IsNumber(For, out _) ? new DoubtRefusal.NoNumber("for")
            : !IsNumber(Against, out _) ? new DoubtRefusal.NoNumber("mot")
            : !isOutcome ? new DoubtRefusal.NoOutcome() : null;
    }

    /// <summary>Puts the decision to the round.</summary>
    internal Refusal? Decide(Round round, DoubtRow row, PersonId by, DateTimeOffset at)
    {
        var seat = row.Doubt.SeatId;
        var isInhabil = Outcome == Inhabil;
        if (round.Regime == Regime.Administrativ)
        {
            var decider = row.IsDecider ? round.DeciderInLine?.SeatId : SeatIn(Decider);
            return round.Decide(seat, new DoubtRuling(isInhabil, decider, decider is null ? Superior : ""), by, at);
        }

        if (Votes.Count == 0)
        {
            IsNumber(For, out var votesFor);
            IsNumber(Against, out var votesAgainst);
            return round.Decide(seat, new DoubtTally(isInhabil, votesFor, votesAgainst, Reference), by, at);
        }

        var votes = row.Voters.Concat(row.InDoubt).Where(voter => Votes.ContainsKey(FieldOf(voter.Value))).ToDictionary(voter => SeatIn(voter.Value)!.Value, voter => Votes[FieldOf(voter.Value)] == Inhabil);
        return round.Decide(seat, new DoubtVotes(votes, SeatIn(Chair), Reference), by, at);
    }

    private static SeatId? SeatIn(string typed) => Guid.TryParse(typed, out var seat) ? new SeatId(seat) : null;
}
