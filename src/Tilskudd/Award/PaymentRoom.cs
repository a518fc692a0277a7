using System.Globalization;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;

namespace Tilskudd.Award;

/// <summary>The forms on the grant's page that say which money has come.</summary>
internal static class PaymentRoom
{
    public static void MapPayments(this IEndpointRouteBuilder app)
    {
        var grant = app.MapGroup("/tilskudd/{id:guid}/innbetaling").RequireSignIn();
        grant.MapPost("", (Guid id, HttpContext context, SignedIn person, ShowGrant show, RegisterPayment register, CancellationToken ct) => Post(id, context, person, show, (form, number) =>
        {
            var (amount, on) = (form.Money("innbetalt"), form.Date("innbetalt-dato"));
            return form.Faults.Count > 0 ? Task.FromResult<Refusal?>(null) : register.Register(new GrantId(id), number, on, amount, person.Id, ct);
        }));
        grant.MapPost("/ta-bort", (Guid id, HttpContext context, SignedIn person, ShowGrant show, RegisterPayment register, CancellationToken ct) =>
            Post(id, context, person, show, (form, number) => register.Withdraw(new GrantId(id), number, form.Text("registrert"), person.Id, ct)));
    }

    private static async Task<IResult> Post(Guid id, HttpContext context, SignedIn person, ShowGrant show, Func<TypedForm, int, Task<Refusal?>> act)
    {
        var form = new TypedForm(context.Request.Form);
        if (!int.TryParse(form.Text("nummer"), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new Refused(StatusCodes.Status400BadRequest);
        }

        var refusal = await act(form, number);
        if (form.Faults.Count == 0 && refusal is null)
        {
            return new SeeOtherResult($"/tilskudd/{id}#innbetalinger");
        }

        if (refusal is not null && PostedRefusal.Final(refusal) is { } final)
        {
            return final;
        }

        IReadOnlyList<FieldFault> faults = refusal is null ? form.Faults : [RefusalText.Fault(refusal)];
        return await show.Find(new GrantId(id), person.Id, context.RequestAborted) is { } row
            ? AwardRoom.Page(row, form.Typed, faults, refusal is { Field: "" } ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity) : Refused.NotFound;
    }
}
