using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;

namespace Tilskudd.Reporting;

/// <summary>The page of a programme's evaluation, and the button that opens one.</summary>
internal static class EvaluationRoom
{
    public static void AddEvaluation(this IServiceCollection services)
    {
        services.AddSingleton<ShowEvaluation>();
        services.AddSingleton<WriteEvaluation>();
        services.AddSingleton<OpenEvaluation>();
    }

    public static void MapEvaluation(this IEndpointRouteBuilder app)
    {
        app.MapPost("/program/{slug}/{year}/evaluering", Open).RequireSignIn();
        var evaluation = app.MapGroup("/evaluering/{id:guid}").RequireSignIn();
        evaluation.MapGet("", Show);
        evaluation.MapPost("/notat", (Guid id, HttpContext context, SignedIn person, ShowEvaluation show, WriteEvaluation write, CancellationToken ct) =>
            Post(id, context, person, show, form => form.Text("notat"), (answer, text) => write.Note(new EvaluationId(id), answer, text, person.Id, ct)));
        evaluation.MapPost("/rapport", (Guid id, HttpContext context, SignedIn person, ShowEvaluation show, WriteEvaluation write, CancellationToken ct) =>
            Post(id, context, person, show, Report, (answer, report) => write.Deliver(new EvaluationId(id), answer, report, person.Id, ct)));
    }

    private static EvaluationReport Report(TypedForm form) => new(form.Text("tittel"), form.Text("utforer"), form.Date("levert"), form.Text("funn"), form.Text("sted"));

    private static async Task<IResult> Open(string slug, string year, SignedIn person, OpenEvaluation open, CancellationToken ct)
    {
        if (!GrantYear.TryParse(year, out var opened))
        {
            return Refused.NotFound;
        }

        var refusal = await open.Open(slug, opened, person.Id, ct);
        return refusal is null ? new SeeOtherResult($"/program/{slug}/{opened}") : PostedRefusal.Final(refusal) as IResult ?? Refused.Conflict(RefusalText.Of(refusal));
    }

    private static async Task<IResult> Show(Guid id, SignedIn person, ShowEvaluation show, CancellationToken ct) =>
        await show.Find(new EvaluationId(id), person.Id, ct) is { } row ? Page(row, Typed.Nothing, [], StatusCodes.Status200OK) : Refused.NotFound;

    private static Task<IResult> Post<T>(Guid id, HttpContext context, SignedIn person, ShowEvaluation show, Func<TypedForm, T> read, Func<PostedAnswer, T, Task<Refusal?>> act)
    {
        var form = new TypedForm(context.Request.Form);
        var typed = read(form);
        return PostedForm.Answer(form, $"/evaluering/{id}", context, _ => answer => act(answer, typed), async refusal =>
            await show.Find(new EvaluationId(id), person.Id, context.RequestAborted) is { } row ? Page(row, form.Typed, PostedForm.Faults(form, refusal), PostedForm.Status(refusal)) : null);
    }

    private static RazorComponentResult<EvaluationPage> Page(EvaluationRow row, Typed typed, IReadOnlyList<FieldFault> faults, int status) =>
        new(new Dictionary<string, object?> { [nameof(EvaluationPage.Row)] = row, [nameof(EvaluationPage.Typed)] = typed, [nameof(EvaluationPage.Faults)] = faults }) { StatusCode = status };
}
