using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;

namespace Tilskudd.Award;

/// <summary>The pages of a grant, and the grantor's page of what was sent.</summary>
internal static class AwardRoom
{
    public static void AddAward(this IServiceCollection services)
    {
        services.AddSingleton<GrantNews>();
        services.AddSingleton<SpreadNews>();
        services.AddSingleton<ReceiptNews>();
        services.AddSingleton<VoteNews>();
        services.AddSingleton<ShowGrant>();
        services.AddSingleton<SubmitHandlingsplan>();
        services.AddSingleton<RecordVote>();
        services.AddSingleton<RegisterTilskuddsbrev>();
        services.AddSingleton<RegisterAgain>();
        services.AddSingleton<CorrectTerms>();
        services.AddSingleton<AcceptTilskuddsbrev>();
        services.AddSingleton<RegisterPayment>();
        services.AddSingleton<AnswerSubmission>();
        services.AddSingleton<ShowReceipt>();
        services.AddSingleton<ShowChange>();
        services.AddSingleton<OpenChange>();
        services.AddSingleton<TouchedGrants>();
        services.AddSingleton<CorrectChange>();
        services.AddSingleton<SubmitChange>();
        services.AddSingleton<RecordConsent>();
    }

    public static void MapAward(this IEndpointRouteBuilder app)
    {
        app.MapReceipt();
        app.MapChange();
        app.MapPayments();
        var grant = app.MapGroup("/tilskudd/{id:guid}").RequireSignIn();
        grant.MapGet("", Show);
        grant.MapPost("/innsending", (Guid id, HttpContext context, SignedIn person, ShowGrant show, SubmitHandlingsplan submit, CancellationToken ct) =>
            Post(id, context, person, show, form => Numbers(form, "versjon") is { } versions ? answer => submit.Submit(new GrantId(id), answer, versions, person.Id, ct) : null));
        grant.MapPost("/budsjettvedtak", (Guid id, HttpContext context, SignedIn person, ShowGrant show, RecordVote record, CancellationToken ct) => Post(id, context, person, show, form =>
        {
            var (amount, on, basis) = (form.Money("belop"), form.Date("dato"), form.Text("grunnlag"));
            return answer => record.Voted(new GrantId(id), answer, amount, on, basis, person.Id, ct);
        }));
        grant.MapPost("/ikke-bevilget", (Guid id, HttpContext context, SignedIn person, ShowGrant show, RecordVote record, CancellationToken ct) =>
            Post(id, context, person, show, form => answer => record.NotVoted(new GrantId(id), answer, form.Text("grunn"), person.Id, ct)));
        grant.MapPost("/brev", (Guid id, HttpContext context, SignedIn person, ShowGrant show, RegisterTilskuddsbrev register, CancellationToken ct) => Post(id, context, person, show, form =>
        {
            var letter = Letter(form);
            return answer => register.Register(new GrantId(id), answer, letter, person.Id, ct);
        }));
        grant.MapPost("/avslag", (Guid id, HttpContext context, SignedIn person, ShowGrant show, RegisterTilskuddsbrev register, CancellationToken ct) =>
            Post(id, context, person, show, form => answer => register.Refuse(new GrantId(id), answer, form.Text("grunn"), person.Id, ct)));
        grant.MapPost("/pa-nytt", (Guid id, HttpContext context, SignedIn person, ShowGrant show, RegisterAgain again, CancellationToken ct) =>
            Post(id, context, person, show, form => answer => again.TakeUp(new GrantId(id), answer with { Outcome = "" }, form.Text("feilen"), person.Id, ct)));
        grant.MapPost("/vilkar", (Guid id, HttpContext context, SignedIn person, ShowGrant show, CorrectTerms correct, CancellationToken ct) =>
        {
            var form = new TypedForm(context.Request.Form);
            var (auditor, carryOver) = (form.OptionalMoney("revisor"), form.YesOrNo("overforing"));
            return PostedForm.Answer(
                form, $"/tilskudd/{id}#brev", () => correct.Correct(new GrantId(id), auditor, carryOver, form.Text("vilkar"), form.Text("feilen"), person.Id, ct), Again(id, form, person, show, context.RequestAborted));
        });
        grant.MapPost("/aksept", (Guid id, HttpContext context, SignedIn person, ShowGrant show, AcceptTilskuddsbrev accept, CancellationToken ct) =>
            Post(id, context, person, show, form =>
            {
                var spread = Spread(form);
                return answer => accept.Accept(new GrantId(id), answer, spread, person.Id, ct);
            }));
    }

    private static LetterForm Letter(TypedForm form)
    {
        var (reference, receivedOn, amount) = (form.Text("referanse"), form.Date("mottatt"), form.Money("belop"));
        return new LetterForm(reference, receivedOn, amount, new LetterTerms(form.Date("rapportfrist"), form.OptionalMoney("revisor"), form.YesOrNo("overforing"), form.Text("vilkar"))
        {
            Payments = [.. Enumerable.Range(1, GrantForms.Payments).Select(number => Payment(form, number)).OfType<PlannedPayment>()],
            ChangesNeedConsent = form.Text("samtykke") == "ja",
        });
    }

    // A payment is an amount and a day; where both fields are empty there is none.
    private static PlannedPayment? Payment(TypedForm form, int number)
    {
        var (amount, on) = ($"utbetaling-{number}", $"utbetalt-{number}");
        return form.Text(amount).Length + form.Text(on).Length == 0 ? null : new PlannedPayment(form.Date(on), form.Money(amount));
    }

    private static LetterSpread? Spread(TypedForm form) => Enum.TryParse<SpreadRule>(form.Text("fordeling"), out var rule) && Enum.IsDefined(rule)
        ? new LetterSpread(rule, rule == SpreadRule.ByHand ? ByHand(form) : new Dictionary<TiltakId, Money>())
        : null;

    private static Dictionary<TiltakId, Money> ByHand(TypedForm form) => form.Numbered("linje", "tiltak")
        .Where(line => Guid.TryParse(line.Key, out _)).DistinctBy(line => Guid.Parse(line.Key))
        .ToDictionary(line => new TiltakId(Guid.Parse(line.Key)), line => form.Money(line.Field));

    private static IReadOnlyList<int>? Numbers(TypedForm form, string field)
    {
        var numbers = form.Text(field).Split(',').Select(typed => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToList();
        return numbers.Contains(-1) ? null : numbers;
    }

    private static async Task<IResult> Show(Guid id, SignedIn person, ShowGrant show, CancellationToken ct) =>
        await show.Find(new GrantId(id), person.Id, ct) is { } row ? Page(row, Typed.Nothing, [], StatusCodes.Status200OK) : Refused.NotFound;

    /// <param name="read">Reads the fields and says what to do with them; null when the form is none of ours.</param>
    private static Task<IResult> Post(Guid id, HttpContext context, SignedIn person, ShowGrant show, Func<TypedForm, Func<PostedAnswer, Task<Refusal?>>?> read)
    {
        var form = new TypedForm(context.Request.Form);
        return PostedForm.Answer(form, $"/tilskudd/{id}", context, read, Again(id, form, person, show, context.RequestAborted));
    }

    /// <summary>The grant's page with a form that was refused.</summary>
    internal static Func<Refusal?, Task<IResult?>> Again(Guid id, TypedForm form, SignedIn person, ShowGrant show, CancellationToken ct) => async refusal =>
        await show.Find(new GrantId(id), person.Id, ct) is { } row ? Page(row, form.Typed, PostedForm.Faults(form, refusal), PostedForm.Status(refusal)) : null;

    private static RazorComponentResult<GrantPage> Page(GrantRow row, Typed typed, IReadOnlyList<FieldFault> faults, int status) =>
        new(new Dictionary<string, object?> { [nameof(GrantPage.Row)] = row, [nameof(GrantPage.Typed)] = typed, [nameof(GrantPage.Faults)] = faults }) { StatusCode = status };
}
