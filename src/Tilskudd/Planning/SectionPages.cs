using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Planning;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Planning;

/// <summary>The plan's plain texts, one page for each.</summary>
internal static class SectionPages
{
    public static async Task<IResult> Show(Guid id, string section, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans)
    {
        if (SectionPath.Find(section) is not { } part || await plans.Texts(db, new(id), me.Id, context.RequestAborted) is not { } known)
        {
            return Refused.NotFound;
        }

        var isMissing = PlanAnswers.IsChecked(context) && Prose.IsBlank(known.Plan.Section(part));
        IReadOnlyList<FieldFault> faults = isMissing ? [new FieldFault("tekst", PlanFaultText.Of(new PlanFault.SectionMissing(part)))] : [];
        var text = await Read(db, known, part, context.RequestAborted);
        return Page(known, part, text, null, PlanAnswers.Message(context, "lagret", "Message.Saved"), faults, StatusCodes.Status200OK);
    }

    public static async Task<IResult> Save(Guid id, string section, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans, WriteSection write)
    {
        if (SectionPath.Find(section) is not { } part)
        {
            return Refused.NotFound;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var typed = form["tekst"].ToString();
        var refusal = await write.Write(new(id), part, typed, PlanAnswers.Revision(form), me.Id, context.RequestAborted);
        if (refusal is null)
        {
            return new SeeOtherResult(After(id, part, typed, form["valg"] == "videre"));
        }

        if (refusal is FlowRefusal.NotFound || await plans.Texts(db, new(id), me.Id, context.RequestAborted) is not { } known)
        {
            return Refused.NotFound;
        }

        var stored = PlanAnswers.IsConflict(refusal) || PlanAnswers.IsTooLate(refusal) ? await Read(db, known, part, context.RequestAborted) : null;
        var field = refusal is PlanRefusal.TextTooLong ? "tekst" : "";
        return Page(known, part, typed, stored, null, [new FieldFault(field, RefusalText.Of(refusal))], PlanAnswers.Status(refusal));
    }

    // Who does not write reads what was sent, never what is half written over it.
    private static async Task<string> Read(TilskuddDb db, PlanTexts known, PlanSection part, CancellationToken ct) =>
        (await PlanContents.ForReader(db, known, ct))?.Section(part) ?? known.Plan.Section(part);

    // On to the next text, back to the plan after the last; a text that is missing is told of first.
    private static string After(Guid id, PlanSection part, string typed, bool goesOn)
    {
        if (!goesOn)
        {
            return $"/plan/{id}/del/{part.Slug()}?lagret=1";
        }

        if (Prose.IsBlank(typed))
        {
            return $"/plan/{id}/del/{part.Slug()}?sjekk=1";
        }

        return part switch
        {
            PlanSection.Goal => $"/plan/{id}/del/{PlanSection.Challenges.Slug()}",
            PlanSection.Challenges => $"/plan/{id}/del/{PlanSection.Signals.Slug()}",
            PlanSection.Signals => $"/plan/{id}/del/{PlanSection.Participation.Slug()}",
            PlanSection.Participation or PlanSection.Proposal => $"/plan/{id}?lagret=1",
        };
    }

    private static RazorComponentResult<SectionPage> Page(
        PlanTexts known, PlanSection part, string typed, string? stored, string? message, IReadOnlyList<FieldFault> faults, int status) =>
        new(new Dictionary<string, object?>
        {
            [nameof(SectionPage.Head)] = ShowPlan.Head(known),
            [nameof(SectionPage.Part)] = part,
            [nameof(SectionPage.Typed)] = typed,
            [nameof(SectionPage.Stored)] = stored,
            [nameof(SectionPage.Revision)] = known.Plan.Revision,
            [nameof(SectionPage.MayWrite)] = known.MayWrite,
            [nameof(SectionPage.Message)] = message,
            [nameof(SectionPage.Faults)] = faults,
        })
        {
            StatusCode = status,
        };
}
