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
            return () => register.Register(new GrantId(id), number, on, amount, person.Id, ct);
        }));
        grant.MapPost("/ta-bort", (Guid id, HttpContext context, SignedIn person, ShowGrant show, RegisterPayment register, CancellationToken ct) =>
            Post(id, context, person, show, (form, number) => () => register.Withdraw(new GrantId(id), number, form.Text("registrert"), person.Id, ct)));
    }

    private static async Task<IResult> Post(Guid id, HttpContext context, SignedIn person, ShowGrant show, Func<TypedForm, int, Func<Task<Refusal?>>> read)
    {
        var form = new TypedForm(context.Request.Form);
        return int.TryParse(form.Text("nummer"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await PostedForm.Answer(form, $"/tilskudd/{id}#innbetalinger", read(form, number), AwardRoom.Again(id, form, person, show, context.RequestAborted))
            : new Refused(StatusCodes.Status400BadRequest);
    }
}
