using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;

namespace Tilskudd.Reporting;

/// <summary>The page of report and accounts, and what is posted from it.</summary>
internal static class ReportingRoom
{
    public static void AddReporting(this IServiceCollection services)
    {
        services.AddSingleton<ShowRapport>();
        services.AddSingleton<WriteRapport>();
        services.AddSingleton<CheckRapport>();
        services.AddSingleton<RecordAuditor>();
        services.AddSingleton<SubmitRapport>();
        services.AddSingleton<RecordGrantorDecision>();
        services.AddSingleton<ReportLines>();
        services.AddSingleton<SettleRapport>();
        services.AddSingleton<AnswerAgain>();
        services.AddEvaluation();
    }

    public static void MapReporting(this IEndpointRouteBuilder app)
    {
        app.MapEvaluation();
        var rapport = app.MapGroup("/rapport/{id:guid}").RequireSignIn();
        rapport.MapGet("", Show);
        rapport.MapPost("", Write);
        rapport.MapPost("/kontroll", (Guid id, HttpContext context, SignedIn person, ShowRapport show, CheckRapport check, CancellationToken ct) =>
            Post(id, context, person, show, form => answer => check.Check(new RapportId(id), answer, form.Text("grunn"), person.Id, ct)));
        rapport.MapPost("/revisor", (Guid id, HttpContext context, SignedIn person, ShowRapport show, RecordAuditor record, CancellationToken ct) => Post(id, context, person, show, form =>
        {
            var (statement, on) = (form.Text("uttalelse"), form.Date("dato"));
            return answer => record.Record(new RapportId(id), answer, statement, on, person.Id, ct);
        }));
        rapport.MapPost("/innsending", (Guid id, HttpContext context, SignedIn person, ShowRapport show, SubmitRapport submit, CancellationToken ct) =>
            Post(id, context, person, show, _ => answer => submit.Submit(new RapportId(id), answer, person.Id, ct)));
        rapport.MapPost("/svar", (Guid id, HttpContext context, SignedIn person, ShowRapport show, RecordGrantorDecision record, CancellationToken ct) =>
            Post(id, context, person, show, form => answer => record.Record(new RapportId(id), answer, form.Text("retting"), person.Id, ct)));
        rapport.MapPost("/pa-nytt", (Guid id, HttpContext context, SignedIn person, ShowRapport show, AnswerAgain again, CancellationToken ct) =>
            Post(id, context, person, show, form => answer => again.TakeUp(new RapportId(id), answer with { Outcome = "" }, form.Text("feilen"), person.Id, ct)));
        rapport.MapPost("/overforing", (Guid id, HttpContext context, SignedIn person, ShowRapport show, SettleRapport settle, CancellationToken ct) => Post(id, context, person, show, form =>
        {
            var (amount, on) = (form.Money("belop"), form.Date("dato"));
            return answer => settle.CarryOver(new RapportId(id), answer, amount, on, person.Id, ct);
        }));
        rapport.MapPost("/krav", (Guid id, HttpContext context, SignedIn person, ShowRapport show, SettleRapport settle, CancellationToken ct) => Post(id, context, person, show, form =>
        {
            // An amount and a day belong together; where neither is given, nothing is carried over.
            (Money, LocalDate)? kept = form.Text("overfores").Length + form.Text("samtykke").Length == 0 ? null : (form.Money("overfores"), form.Date("samtykke"));
            return answer => settle.DemandRepayment(new RapportId(id), answer, kept, form.Text("grunn"), person.Id, ct);
        }));
        rapport.MapPost("/tilbakebetaling", (Guid id, HttpContext context, SignedIn person, ShowRapport show, SettleRapport settle, CancellationToken ct) => Post(id, context, person, show, form =>
        {
            var (amount, on) = (form.Money("belop"), form.Date("dato"));
            return answer => settle.Repay(new RapportId(id), answer, amount, on, person.Id, ct);
        }));
    }

    private static async Task<IResult> Show(Guid id, string? lagret, SignedIn person, ShowRapport show, CancellationToken ct) =>
        await show.Find(new RapportId(id), person.Id, ct) is { } found ? Page(found.Row, Typed.Nothing, Kept(found.Row, found.Rapport), StatusCodes.Status200OK, isSaved: lagret is not null) : Refused.NotFound;

    // A draft is kept also where it cannot be sent as it is, and its writer is told so whenever it is opened.
    private static IReadOnlyList<FieldFault> Kept(RapportRow row, Rapport rapport) =>
        row is { Kind: RapportTask.Writing, Task.IsMine: true } && rapport.Overspent() is { } overspent ? [RefusalText.Fault(overspent)] : [];

    // The draft is the one form with fields of its own for each tiltak, so the report is read before the form is.
    private static async Task<IResult> Write(Guid id, HttpContext context, SignedIn person, ShowRapport show, WriteRapport write, CancellationToken ct)
    {
        if (await show.Draft(new RapportId(id), person.Id, ct) is not { } draft)
        {
            return Refused.NotFound;
        }

        var isDraft = context.Request.Form["handling"] == "lagre";
        return await Post(id, context, person, show, form =>
        {
            var typed = RapportForm.Read(form, draft.Results);
            return answer => isDraft
                ? write.Save(new RapportId(id), answer, typed, person.Id, ct)
                : write.Send(new RapportId(id), answer, typed, person.Id, ct);
        }, isDraft ? "?lagret" : "");
    }

    private static Task<IResult> Post(
        Guid id, HttpContext context, SignedIn person, ShowRapport show, Func<TypedForm, Func<PostedAnswer, Task<Refusal?>>> read, string then = "")
    {
        var form = new TypedForm(context.Request.Form);
        return PostedForm.Answer(form, $"/rapport/{id}{then}", context, read, async refusal =>
        {
            if (await show.Find(new RapportId(id), person.Id, context.RequestAborted) is not { } found)
            {
                return null;
            }

            // Until the two are compared, the draft is over what its writer saw first, whatever else must be put right.
            IReadOnlyList<FieldFault> faults = refusal is null ? form.Faults : RapportFaultText.Of(refusal);
            return refusal is RapportRefusal.ChangedMeanwhile or RapportRefusal.ChangedByYourself
                ? Page(found.Row, form.Typed, faults, Status(refusal), stored: Stored(found.Rapport, form))
                : Page(found.Row with { Revision = RapportForm.RevisionOf(form) }, form.Typed, faults, Status(refusal));
        });
    }

    private static int Status(Refusal? refusal) =>
        refusal is RapportRefusal.ChangedMeanwhile or RapportRefusal.ChangedByYourself or RapportRefusal.AlreadySubmitted or RapportRefusal.AlreadySettled or RapportRefusal.NothingSubmitted
            ? StatusCodes.Status409Conflict
            : StatusCodes.Status422UnprocessableEntity;

    /// <summary>What stands in the report now where it differs from what was typed.</summary>
    private static List<StoredField> Stored(Rapport rapport, TypedForm form)
    {
        var typed = RapportForm.Read(form, rapport.Results);
        var stored = new List<StoredField>();
        if (Prose.Of(typed.Summary) != rapport.Summary)
        {
            stored.Add(new StoredField(Texts.Of<RapportWords>("Field.Summary"), rapport.Summary));
        }

        foreach (var result in rapport.Results.OrderBy(result => result.Number))
        {
            var (text, spent) = typed.Results[result.TiltakId];
            if (Prose.Of(text) != result.Text)
            {
                stored.Add(new StoredField(Texts.Of<RapportWords>("Stored.Result", result.Number, result.Name), result.Text));
            }

            if (spent != result.Spent)
            {
                stored.Add(new StoredField(Texts.Of<RapportWords>("Stored.Spent", result.Number, result.Name), result.Spent?.ToKroner(Languages.Current.Culture()) ?? ""));
            }
        }

        return stored;
    }

    private static RazorComponentResult<RapportPage> Page(
        RapportRow row, Typed typed, IReadOnlyList<FieldFault> faults, int status, bool isSaved = false, IReadOnlyList<StoredField>? stored = null) =>
        new(new Dictionary<string, object?>
        {
            [nameof(RapportPage.Row)] = row, [nameof(RapportPage.Typed)] = typed, [nameof(RapportPage.Faults)] = faults,
            [nameof(RapportPage.IsSaved)] = isSaved, [nameof(RapportPage.Stored)] = stored ?? [],
        })
        {
            StatusCode = status,
        };
}
