using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>A substitute that is named, as the page lists it.</summary>
public sealed record SubstituteRow(Guid Id, string Name, bool IsInvented, string Period);

/// <summary>A member's seat and who answers for it on leave.</summary>
/// <param name="Named">Those named for today or later.</param>
/// <param name="Choices">Those who may be named.</param>
/// <param name="IsElected">Only deputies elected for the group may be.</param>
/// <param name="Deputies">Where the list of deputies is kept, for those who may see it; else null.</param>
public sealed record SubstitutesRow(Guid Seat, string Member, bool IsOwn, string BodyName, IReadOnlyList<SubstituteRow> Named, IReadOnlyList<Choice> Choices, bool IsElected, string? Deputies);

/// <summary>Where a member on leave, or who leads the programme, says who answers meanwhile.</summary>
internal static class SubstitutePages
{
    public static string PathOf(SeatId seat) => $"/stedfortreder/{seat}";

    public static void MapSubstitutes(this IEndpointRouteBuilder app)
    {
        app.MapGet("/stedfortreder/{seat:guid}", Show).RequireSignIn();
        app.MapPost("/stedfortreder/{seat:guid}", Add).RequireSignIn();
        app.MapPost("/stedfortreder/{seat:guid}/avslutt", End).RequireSignIn();
    }

    private static async Task<IResult> Show(Guid seat, SignedIn person, HttpContext context, IDbContextFactory<TilskuddDb> databases, TimeProvider clock) =>
        await Row(new SeatId(seat), person, databases, clock, context.RequestAborted) is { } row ? Page(row, Typed.Nothing, []) : Refused.NotFound;

    private static async Task<IResult> Add(Guid seat, IFormCollection fields, SignedIn person, HttpContext context, IDbContextFactory<TilskuddDb> databases, Substitutes substitutes, TimeProvider clock)
    {
        if (await Row(new SeatId(seat), person, databases, clock, context.RequestAborted) is not { } row)
        {
            return Refused.NotFound;
        }

        var form = new TypedForm(fields);
        var (standIn, from, to) = (row.Choices.FirstOrDefault(choice => choice.Value == form.Text("stedfortreder")), form.Date("fra"), form.Date("til"));
        if (standIn is null || form.Faults.Count > 0)
        {
            return Page(row, form.Typed, [.. standIn is null ? new[] { RefusalText.Fault(new SubstituteRefusal.NobodyChosen()) } : [], .. form.Faults]);
        }

        var refusal = await substitutes.Add(new SeatId(seat), person, new PersonId(Guid.Parse(standIn.Value)), from, to, context.RequestAborted);
        return refusal switch
        {
            null => new SeeOtherResult(PathOf(new SeatId(seat))),
            FlowRefusal.NotFound => Refused.NotFound,
            SubstituteRefusal => Page(row, form.Typed, [RefusalText.Fault(refusal)]),
            _ => Refused.Conflict(RefusalText.Of(refusal)),
        };
    }

    private static async Task<IResult> End(Guid seat, IFormCollection fields, SignedIn person, HttpContext context, Substitutes substitutes)
    {
        var refusal = Guid.TryParse($"{fields["hvem"]}", out var id)
            ? await substitutes.End(new SeatId(seat), new SubstituteId(id), person, context.RequestAborted)
            : new FlowRefusal.NotFound();
        return refusal switch
        {
            null => new SeeOtherResult(PathOf(new SeatId(seat))),
            FlowRefusal.NotFound => Refused.NotFound,
            _ => Refused.Conflict(RefusalText.Of(refusal)),
        };
    }

    private static async Task<SubstitutesRow?> Row(SeatId id, SignedIn person, IDbContextFactory<TilskuddDb> databases, TimeProvider clock, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var today = OsloTime.On(clock.GetUtcNow()).Date;
        if (await Substitutes.Find(db, id, ct) is not var (body, seat) || !Substitutes.MayName(person, body, seat)
            || seat is not { PersonId: { } member, Role: SeatRole.Leader or SeatRole.DeputyLeader or SeatRole.Member } || !seat.HoldsOn(today))
        {
            return null;
        }

        var named = await db.Set<Substitute>().Where(known => known.SeatId == id && known.EndedAt == null && known.ToOn >= today).OrderBy(known => known.FromOn).ToListAsync(ct);
        var electable = Substitute.Electable(body, seat, today)?.Select(deputy => deputy.PersonId!.Value).Distinct().ToList();
        var candidates = electable ?? await Around(db, body, today, ct);
        var ids = candidates.Concat(named.Select(known => known.StandInId)).Append(member).Distinct().ToList();
        var people = await db.People.Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        return new SubstitutesRow(
            id.Value, people[member].Name, member == person.Id, body.Name,
            [.. named.Select(known => new SubstituteRow(known.Id.Value, people[known.StandInId].Name, people[known.StandInId].IsInvented, Texts.Of<ApprovalWords>("Substitute.Period", Dates.WithYear(known.FromOn), Dates.WithYear(known.ToOn))))],
            [.. candidates.Select(one => people[one]).Where(one => one.Id != member && one.TakesPartOn(today)).Select(one => new Choice($"{one.Id}", one.Name))],
            electable is not null, Staff.Leads(person, body.ProgrammeId) ? $"/admin/organer/{body.Id}" : null);
    }

    // Those with a part in the programme, but for who sits in the body.
    private static async Task<List<PersonId>> Around(TilskuddDb db, Body body, NodaTime.LocalDate today, CancellationToken ct)
    {
        var byRole = await db.Roles.Where(role => role.ProgrammeId == body.ProgrammeId && role.FromOn <= today && (role.ToOn == null || role.ToOn >= today)).Select(role => role.PersonId).ToListAsync(ct);
        var bodies = await db.Bodies.Where(other => other.ProgrammeId == body.ProgrammeId && other.ToOn == null).ToListAsync(ct);
        var sitting = body.SeatsOn(today).Where(seat => seat.Role is SeatRole.Leader or SeatRole.DeputyLeader or SeatRole.Member).Select(seat => seat.PersonId).OfType<PersonId>().ToHashSet();
        var all = byRole.Concat(bodies.SelectMany(other => other.SeatsOn(today)).Select(seat => seat.PersonId).OfType<PersonId>()).Distinct().Where(one => !sitting.Contains(one)).ToList();
        return await db.People.Where(person => all.Contains(person.Id)).OrderBy(person => person.Name).ThenBy(person => person.Id).Select(person => person.Id).ToListAsync(ct);
    }

    private static RazorComponentResult<SubstitutePage> Page(SubstitutesRow row, Typed typed, IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(SubstitutePage.Row)] = row,
        [nameof(SubstitutePage.Typed)] = typed,
        [nameof(SubstitutePage.Faults)] = faults,
    })
    {
        StatusCode = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };
}
