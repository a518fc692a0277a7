using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Planning;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Planning;

/// <summary>The tiltak of a plan, one page for each: written, added and removed.</summary>
internal static class TiltakPages
{
    public static async Task<IResult> Show(Guid id, Guid tiltakId, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans)
    {
        if (await plans.Draft(db, new(id), me.Id, context.RequestAborted) is not { } known)
        {
            return Refused.NotFound;
        }

        // Who does not write reads what was sent, never what is half written over it.
        if (await PlanContents.ForReader(db, known, context.RequestAborted) is { } sent)
        {
            return sent.Tiltak.FirstOrDefault(one => one.Id == tiltakId) is { } was
                ? Page(await ShowTiltak.Sent(db, known, sent, was, null, context.RequestAborted), [], null, null, StatusCodes.Status200OK) : Refused.NotFound;
        }

        if (Find(known, tiltakId) is not { } tiltak)
        {
            return Refused.NotFound;
        }

        var row = await ShowTiltak.Row(db, known, tiltak, tiltak.TiltakId, null, false, context.RequestAborted);
        IReadOnlyList<FieldFault> faults = PlanAnswers.IsChecked(context) && known.MayWrite
            ? [.. PlanFaultText.Concerning(tiltak, known.Plan.Faults(known.Sources, known.Criteria)).Select(fault => PlanFaultText.OnTiltak(known.Sources, fault))] : [];
        var heading = faults.Count == 0 ? null : ShowPlan.Text(faults.Count == 1 ? "Tiltak.OneFault" : "Tiltak.ManyFaults", faults.Count);
        return Page(row, faults, heading, PlanAnswers.Message(context, "lagret", "Message.Saved"), StatusCodes.Status200OK);
    }

    public static async Task<IResult> ShowNew(Guid id, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans, Ids ids)
    {
        if (await plans.Draft(db, new(id), me.Id, context.RequestAborted) is not { } known)
        {
            return Refused.NotFound;
        }

        if (!known.MayWrite)
        {
            return Refused.Conflict(RefusalText.Of(NotToWrite(known)));
        }

        var isAsked = context.Request.Query.TryGetValue("ide", out var key);
        var idea = IdeaRow.All.FirstOrDefault(known => known.Key == key);
        var typed = idea is null ? null : new TiltakForm { Name = idea.Title };
        var row = await ShowTiltak.Row(db, known, null, ids.Next<TiltakId>(), typed, false, context.RequestAborted);
        return isAsked && idea is null
            ? Page(row, [new FieldFault(IdeaList.Place, ShowPlan.Text("Ideas.Unknown"))], ShowPlan.Text("Ideas.Unknown.Heading"), null, StatusCodes.Status404NotFound)
            : Page(row, [], null, idea is null ? null : ShowPlan.Text("Ideas.Used"), StatusCodes.Status200OK);
    }

    public static async Task<IResult> Save(Guid id, Guid tiltakId, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans, WriteTiltak write) =>
        await Save(new(id), new(tiltakId), isNew: false, me, context, db, plans, write);

    public static async Task<IResult> Add(Guid id, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans, WriteTiltak write)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return Guid.TryParse(form["tiltak"], out var tiltak) && tiltak != Guid.Empty
            ? await Save(new(id), new(tiltak), isNew: true, me, context, db, plans, write)
            : Refused.NotFound;
    }

    public static async Task<IResult> AskToRemove(Guid id, Guid tiltakId, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans)
    {
        if (await plans.Draft(db, new(id), me.Id, context.RequestAborted) is not { } known || Find(known, tiltakId) is not { } tiltak)
        {
            return Refused.NotFound;
        }

        return known.MayWrite
            ? RemovePage(known, tiltak, [], StatusCodes.Status200OK)
            : Refused.Conflict(RefusalText.Of(NotToWrite(known)));
    }

    public static async Task<IResult> Remove(Guid id, Guid tiltakId, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans, WriteTiltak write)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (refusal, _) = await write.Remove(new(id), new(tiltakId), PlanAnswers.Revision(form), me.Id, context.RequestAborted);
        if (refusal is null)
        {
            return new SeeOtherResult($"/plan/{id}?fjernet=1");
        }

        if (PlanAnswers.Page(refusal) is { } page)
        {
            return page;
        }

        return await plans.Draft(db, new(id), me.Id, context.RequestAborted) is { } known && Find(known, tiltakId) is { } tiltak
            ? RemovePage(known, tiltak, [RefusalText.Fault(refusal)], PlanAnswers.Status(refusal))
            : Refused.NotFound;
    }

    private static async Task<IResult> Save(
        HandlingsplanId id, TiltakId tiltakId, bool isNew, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans, WriteTiltak write)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await plans.Choices(db, id, me.Id, context.RequestAborted) is not { } choices)
        {
            return Refused.NotFound;
        }

        var typed = TiltakForm.Read(form, choices.Sources);
        var (text, wrong) = typed.Parse(choices.Sources, choices.Criteria);
        if (text is null)
        {
            return await Again(wrong, false, StatusCodes.Status422UnprocessableEntity);
        }

        var revision = PlanAnswers.Revision(form);
        var (refusal, saved) = isNew
            ? await write.Add(id, tiltakId, text, revision, me.Id, context.RequestAborted)
            : await write.Write(id, tiltakId, text, revision, me.Id, context.RequestAborted);
        if (refusal is FlowRefusal.NotFound)
        {
            return Refused.NotFound;
        }

        return refusal is null
            ? new SeeOtherResult(form["valg"] == "videre" ? Next(saved!, choices, tiltakId) : $"/plan/{id}/tiltak/{tiltakId}?lagret=1")
            : await Again(
                [new FieldFault(typed.FieldOf(refusal.Field), RefusalText.Of(refusal))], PlanAnswers.IsConflict(refusal) || PlanAnswers.IsTooLate(refusal), PlanAnswers.Status(refusal));

        // The same page with what was typed. A tiltak that was removed meanwhile comes back as a new one, so that nothing is lost.
        async Task<IResult> Again(IReadOnlyList<FieldFault> faults, bool isStale, int status)
        {
            if (await plans.Draft(db, id, me.Id, context.RequestAborted) is not { } shown)
            {
                return Refused.NotFound;
            }

            // Who does not write is told that before anything else, and compares with what was sent, never with what is half written over it.
            if (!shown.MayWrite)
            {
                (faults, status) = ([RefusalText.Fault(NotToWrite(shown))], StatusCodes.Status409Conflict);
                if (await PlanContents.ForReader(db, shown, context.RequestAborted) is { } sent)
                {
                    return sent.Tiltak.FirstOrDefault(one => one.Id == tiltakId.Value) is { } was
                        ? Page(await ShowTiltak.Sent(db, shown, sent, was, typed, context.RequestAborted), faults, null, null, status)
                        : Refused.Conflict(RefusalText.Of(NotToWrite(shown)));
                }
            }

            var tiltak = Find(shown, tiltakId.Value);
            if (tiltak is null && !isNew && !isStale)
            {
                return Refused.NotFound;
            }

            // Until the two are compared, the form is over what its writer saw first, whatever else must be put right.
            var row = await ShowTiltak.Row(db, shown, tiltak, tiltakId, typed, isStale, context.RequestAborted);
            return Page(isStale ? row : row with { Revision = PlanAnswers.Revision(form) }, faults, null, null, status);
        }
    }

    private static Refusal NotToWrite(PlanTexts known) => known.WritingTask is null ? new PlanRefusal.NotOpenForWriting() : new FlowRefusal.NotYours();

    // Faults are shown where they are; then comes the next tiltak that is not finished, then the plan.
    private static string Next(Handlingsplan plan, PlanChoices choices, TiltakId id)
    {
        var faults = plan.Faults(choices.Sources, choices.Criteria);
        var all = plan.Tiltak.OrderBy(tiltak => tiltak.Number).ToList();
        var here = all.FindIndex(tiltak => tiltak.TiltakId == id);
        if (here >= 0 && PlanFaultText.Concerning(all[here], faults).Any())
        {
            return $"/plan/{plan.Id}/tiltak/{id}?sjekk=1";
        }

        var next = all.Skip(here + 1).FirstOrDefault(tiltak => faults.Any(fault => fault.Tiltak == tiltak.TiltakId));
        return next is null ? $"/plan/{plan.Id}?lagret=1" : $"/plan/{plan.Id}/tiltak/{next.TiltakId}";
    }

    private static Tiltak? Find(PlanDraft known, Guid id) => known.Plan.Tiltak.FirstOrDefault(tiltak => tiltak.TiltakId.Value == id);

    private static RazorComponentResult<TiltakPage> Page(TiltakRow row, IReadOnlyList<FieldFault> faults, string? heading, string? message, int status) =>
        new(new Dictionary<string, object?>
        {
            [nameof(TiltakPage.Row)] = row,
            [nameof(TiltakPage.Faults)] = faults,
            [nameof(TiltakPage.Heading)] = heading,
            [nameof(TiltakPage.Message)] = message,
        })
        {
            StatusCode = status,
        };

    private static RazorComponentResult<RemoveTiltakPage> RemovePage(PlanDraft known, Tiltak tiltak, IReadOnlyList<FieldFault> faults, int status) =>
        new(new Dictionary<string, object?>
        {
            [nameof(RemoveTiltakPage.Head)] = ShowPlan.Head(known),
            [nameof(RemoveTiltakPage.Name)] = tiltak.Name.Length == 0 ? ShowPlan.Text("Tiltak.Unnamed") : tiltak.Name,
            [nameof(RemoveTiltakPage.Path)] = $"/plan/{known.Plan.Id}/tiltak/{tiltak.TiltakId}",
            [nameof(RemoveTiltakPage.Amount)] = ShowPlan.Kroner(tiltak.Total),
            [nameof(RemoveTiltakPage.Revision)] = known.Plan.Revision,
            [nameof(RemoveTiltakPage.Faults)] = faults,
        })
        {
            StatusCode = status,
        };
}
