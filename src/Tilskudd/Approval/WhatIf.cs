using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tally = Tilskudd.Cycle.Approval.Count;

namespace Tilskudd.Approval;

/// <summary>A seat on the page, with what is tried for it.</summary>
/// <param name="Field">The name of its field.</param>
/// <param name="Choices">What it can do; none where it has no say whatever is tried.</param>
public sealed record TriedSeat(string Field, string Label, string Value, IReadOnlyList<Choice> Choices);

/// <summary>What would come of some answers to a round.</summary>
/// <param name="Outcome">The count of what is tried, in words.</param>
/// <param name="IfClosed">The count if the round is closed with it; null where that changes nothing.</param>
public sealed record WhatIfRow(Guid Run, string Path, string Title, string BodyName, bool AreVotesOfAMeeting, IReadOnlyList<TriedSeat> Seats, string Outcome, string? IfClosed, FeasibilityRow Feasibility);

/// <summary>
/// Lets the one who leads a round try answers that may come, before they do. The address holds what is tried, the count is asked, and
/// nothing is written.
/// </summary>
internal sealed class WhatIf(IDbContextFactory<TilskuddDb> databases, TimeProvider clock)
{
    private const string Absent = "Absent";
    private const string Inhabil = "Inhabil";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/godkjenning/{round:guid}/hva-om", (Guid round, SignedIn person, HttpContext context, WhatIf tries) => tries.Show(new RoundId(round), person, context)).RequireSignIn();

    public static string PathOf(RoundId round) => $"/godkjenning/{round}/hva-om";

    private async Task<IResult> Show(RoundId id, SignedIn person, HttpContext context)
    {
        var ct = context.RequestAborted;
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var on = OsloTime.On(now).Date;
        if (await db.Set<Round>().SingleOrDefaultAsync(round => round.Id == id, ct) is not { } round)
        {
            return Refused.NotFound;
        }

        var run = await StepRounds.RunOf(db, round, ct);
        if (!(await Rights.Seen(db, person.Id, on, ct)).Contains(run.ProgrammeId))
        {
            return Refused.NotFound;
        }

        if (!await CloseRound.Leads(db, run, person.Id, on, ct))
        {
            return Refused.Forbidden;
        }

        if (!round.IsOpen)
        {
            return new SeeOtherResult($"/prosess/{run.Id}");
        }

        var ids = round.Seats.Select(seat => seat.PersonId).OfType<PersonId>().ToList();
        var people = await db.People.Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        var body = await db.Bodies.IgnoreAutoIncludes().Where(one => one.Id == round.BodyId).Select(one => one.Name).SingleAsync(ct);
        var document = await Notices.MailFacts.Document(db, run.DocumentKind, run.DocumentId, Languages.Current, now, ct);
        var (tried, faults) = Read(round, people, context.Request.Query);
        return Page(Row(run, round, people, body, document.Title, tried), faults);
    }

    private static WhatIfRow Row(Run run, Round round, IReadOnlyDictionary<PersonId, Person> people, string body, string title, IReadOnlyDictionary<SeatId, string> tried)
    {
        var ballot = round.Suppose([.. tried.Select(part => new SupposedPart(
            part.Key, Enum.TryParse<AnswerKind>(part.Value, out var answer) ? answer : null, part.Value == Absent, part.Value == Inhabil))]);
        var count = Tally.Of(ballot);
        var steppedIn = count.StepsIn.Select(step => step.Seat).ToHashSet();
        return new WhatIfRow(
            run.Id.Value, PathOf(round.Id), title, body, round.TakesPositionsOnly,
            [.. round.Seats.OrderBy(seat => seat.Number).Where(seat => tried.ContainsKey(seat.SeatId) && (IsOfTheBody(seat) || steppedIn.Contains(seat.SeatId.ToString())))
                .Select(seat => new TriedSeat(Field(seat), Named(seat, people), tried[seat.SeatId], ChoicesOf(round, seat)))],
            Members.Name(count.Why.In(Languages.Current.Code()), round, people),
            count.IsFinal ? null : Members.Name(Tally.Of(ballot with { IsClosed = true }).Why.In(Languages.Current.Code()), round, people),
            FeasibilityRow.Of(Feasibility.Of(ballot), count, round, people));
    }

    // What each seat with a person does: as in the address, else as it stands.
    private static (IReadOnlyDictionary<SeatId, string> Tried, IReadOnlyList<FieldFault> Faults) Read(Round round, IReadOnlyDictionary<PersonId, Person> people, IQueryCollection query)
    {
        var standing = round.Standing.ToDictionary(answer => answer.SeatId, answer => answer.Kind.ToString());
        var tried = new Dictionary<SeatId, string>();
        var faults = new List<FieldFault>();
        foreach (var seat in round.Seats.Where(seat => seat.PersonId is { } person && seat.Role != SeatRole.Observer && !round.Drafters.Contains(person)))
        {
            var asItStands = seat.InhabilAt is not null ? Inhabil : seat.AbsentAt is not null ? Absent : standing.GetValueOrDefault(seat.SeatId, "");
            var asked = query[Field(seat)] is [{ } value] ? value : asItStands;
            var isKnown = asked.Length == 0 || ChoicesOf(round, seat).Any(choice => choice.Value == asked);
            tried.Add(seat.SeatId, isKnown ? asked : asItStands);
            if (!isKnown)
            {
                faults.Add(new FieldFault(Field(seat), Text("WhatIf.Unknown", Named(seat, people))));
            }
        }

        return (tried, faults);
    }

    private static bool IsOfTheBody(RoundSeat seat) => seat.Role is SeatRole.Leader or SeatRole.DeputyLeader or SeatRole.Member;

    private static string Field(RoundSeat seat) => $"plass-{seat.SeatId}";

    private static string Named(RoundSeat seat, IReadOnlyDictionary<PersonId, Person> people) =>
        seat.Role == SeatRole.Member ? people[seat.PersonId!.Value].Name : Text($"Named.{seat.Role}", people[seat.PersonId!.Value].Name);

    private static IReadOnlyList<Choice> ChoicesOf(Round round, RoundSeat seat) =>
    [
        .. new[] { AnswerKind.Approve, AnswerKind.SendBack }.Select(Answer),
        .. round.Standing.Any(answer => answer.SeatId == seat.SeatId && answer.Kind == AnswerKind.ApproveWithRemark) ? [Answer(AnswerKind.ApproveWithRemark)] : Array.Empty<Choice>(),
        .. round.AllowsAbstaining ? [Answer(AnswerKind.Abstain)] : Array.Empty<Choice>(),
        .. round.AllowsObjecting ? [Answer(AnswerKind.ObjectToWritten)] : Array.Empty<Choice>(),
        new Choice(Absent, Text("WhatIf.Absent")), new Choice(Inhabil, Text("WhatIf.Inhabil")),
    ];

    private static Choice Answer(AnswerKind kind) => new(kind.ToString(), Text($"Answer.{kind}"));

    private static string Text(string key, params object[] arguments) => Texts.Of<ApprovalWords>(key, arguments);

    private static RazorComponentResult<WhatIfPage> Page(WhatIfRow row, IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(WhatIfPage.Row)] = row,
        [nameof(WhatIfPage.Faults)] = faults,
    })
    {
        StatusCode = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };
}

/// <summary>Whether a yes can still be reached, as it is shown.</summary>
/// <param name="Given">Approvals so far.</param>
/// <param name="Needed">How many more it takes at the least; 0 where it is approved, would be if it were closed now, or no longer can be.</param>
/// <param name="Waiting">Of how many.</param>
/// <param name="Indispensable">Those it cannot be reached without, by name, where that is not everyone.</param>
public sealed record FeasibilityRow(bool IsFinal, bool CanApprove, int Given, int Needed, int Waiting, IReadOnlyList<string> Indispensable)
{
    internal static FeasibilityRow Of(Feasibility feasibility, CountResult count, Round round, IReadOnlyDictionary<PersonId, Person> people) => new(
        count.IsFinal, feasibility.CanApprove, count.For, feasibility.Needed, feasibility.Waiting.Count,
        feasibility.Needed == feasibility.Waiting.Count ? [] : [.. feasibility.Indispensable.Select(seat => Members.Name(seat, round, people))]);
}
