using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;

namespace Tilskudd.Award;

/// <summary>The page of a change during the year, and the form on the grant's page that opens one.</summary>
internal static class ChangeRoom
{
    public static void MapChange(this IEndpointRouteBuilder app)
    {
        app.MapPost("/tilskudd/{id:guid}/endring", Open).RequireSignIn();
        var change = app.MapGroup("/endring/{id:guid}").RequireSignIn();
        change.MapGet("", Show);
        change.MapPost("/innsending", (Guid id, HttpContext context, SignedIn person, ShowChange show, SubmitChange submit, CancellationToken ct) =>
            Post(id, context, person, show, (_, answer) => submit.Submit(new PlanChangeId(id), answer, person.Id, ct)));
        change.MapPost("/belop", (Guid id, HttpContext context, SignedIn person, ShowChange show, CorrectChange correct, CancellationToken ct) =>
            Post(id, context, person, show, (form, answer) => correct.Correct(new PlanChangeId(id), answer, amount: form.Money("nytt-belop"), person.Id, ct)));
        change.MapPost("/samtykke", (Guid id, HttpContext context, SignedIn person, ShowChange show, RecordConsent record, CancellationToken ct) =>
            Post(id, context, person, show, (form, answer) => record.Record(new PlanChangeId(id), answer, Guid.TryParse(form.Text("tilskudd"), out var grant) ? new GrantId(grant) : null, form.Text("grunn"), person.Id, ct)));
    }

    private static async Task<IResult> Open(Guid id, HttpContext context, SignedIn person, ShowGrant show, OpenChange open, CancellationToken ct)
    {
        var form = new TypedForm(context.Request.Form);
        if (!Guid.TryParse(form.Text("endring"), out var change))
        {
            return new Refused(StatusCodes.Status400BadRequest);
        }

        ChangeReason? reason = Enum.TryParse<ChangeReason>(form.Text("grunn-til-endring"), out var chosen) && Enum.IsDefined(chosen) ? chosen : null;
        var amount = reason == ChangeReason.RevisedBudget ? form.Money("nytt-belop") : Money.Zero;
        IReadOnlyList<GrantId> touched = [.. context.Request.Form["kilder"].Where(one => !string.IsNullOrEmpty(one)).Select(one => Guid.TryParse(one, out var grant) ? new GrantId(grant) : default)];
        var asked = new ChangeForm(new PlanChangeId(change), Guid.TryParse(form.Text("plan"), out var plan) ? new HandlingsplanId(plan) : null, reason, form.Text("beskrivelse"), amount, touched);
        return await PostedForm.Answer(form, $"/endring/{change}", () => open.Open(new GrantId(id), asked, person.Id, ct), AwardRoom.Again(id, form, person, show, ct));
    }

    private static async Task<IResult> Show(Guid id, SignedIn person, ShowChange show, CancellationToken ct) =>
        await show.Find(new PlanChangeId(id), person.Id, ct) is { } row ? Page(row, Typed.Nothing, [], StatusCodes.Status200OK) : Refused.NotFound;

    private static Task<IResult> Post(Guid id, HttpContext context, SignedIn person, ShowChange show, Func<TypedForm, PostedAnswer, Task<Refusal?>> act)
    {
        var form = new TypedForm(context.Request.Form);
        return PostedForm.Answer(form, $"/endring/{id}", context, _ => answer => act(form, answer), async refusal =>
            await show.Find(new PlanChangeId(id), person.Id, context.RequestAborted) is { } row ? Page(row, form.Typed, PostedForm.Faults(form, refusal), PostedForm.Status(refusal)) : null);
    }

    private static RazorComponentResult<ChangePage> Page(ChangeRow row, Typed typed, IReadOnlyList<FieldFault> faults, int status) =>
        new(new Dictionary<string, object?> { [nameof(ChangePage.Row)] = row, [nameof(ChangePage.Typed)] = typed, [nameof(ChangePage.Faults)] = faults }) { StatusCode = status };
}
