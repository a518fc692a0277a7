using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Award;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Planning;

/// <summary>The plan as a whole: its page, what is sent from it, what changed, and the print.</summary>
internal static class PlanPages
{
    public static async Task<IResult> Show(Guid id, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans, FlowLibrary flows, TimeProvider clock)
    {
        if (await plans.Find(db, new(id), me.Id, context.RequestAborted) is not { } known)
        {
            return Refused.NotFound;
        }

        var message = PlanAnswers.Message(context, "sendt", "Message.Sent")
            ?? PlanAnswers.Message(context, "lagret", "Message.Saved")
            ?? PlanAnswers.Message(context, "fjernet", "Message.Removed")
            ?? PlanAnswers.Message(context, "lagt-ved", "Attachments.Added")
            ?? PlanAnswers.Message(context, "fjernet-fil", "Attachments.Removed");
        return await Page(known, [], null, message, null, StatusCodes.Status200OK, context, db, flows, clock);
    }

    /// <summary>The plan's page with what is wrong with a file.</summary>
    public static async Task<IResult> WithFault(Guid id, HttpContext context, string fault, int status = StatusCodes.Status422UnprocessableEntity)
    {
        var services = context.RequestServices;
        var db = services.GetRequiredService<TilskuddDb>();
        return await services.GetRequiredService<FindPlan>().Find(db, new(id), context.SignedIn()!.Id, context.RequestAborted) is { } known
            ? await Page(
                known, [new FieldFault("fil", fault)], null, null, null, status, context, db, services.GetRequiredService<FlowLibrary>(), services.GetRequiredService<TimeProvider>())
            : Refused.NotFound;
    }

    public static async Task<IResult> Send(
        Guid id, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans, FlowLibrary flows, TimeProvider clock, SendHandlingsplan send)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var turn = Answered(form);
        var refusal = turn is null ? new FlowRefusal.NotFound() : await send.Send(new(id), turn, me.Id, context.RequestAborted);
        return await Answered(refusal, new(id), turn, null, me, context, db, plans, flows, clock);
    }

    public static async Task<IResult> Review(
        Guid id, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans, FlowLibrary flows, TimeProvider clock, ReviewHandlingsplan review)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (turn, reason) = (Answered(form), form["grunn"].ToString());
        var refusal = turn is null ? new FlowRefusal.NotFound() : await review.Review(new(id), turn, reason, me.Id, context.RequestAborted);
        return await Answered(refusal, new(id), turn, reason, me, context, db, plans, flows, clock);
    }

    public static async Task<IResult> ShowFrame(Guid id, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans, FlowLibrary flows, TimeProvider clock)
    {
        if (await plans.Find(db, new(id), me.Id, context.RequestAborted) is not { } known)
        {
            return Refused.NotFound;
        }

        return Frame(known, FrameForm.Saved(known.Choices, known.Plan.PlanUnitId), [], StatusCodes.Status200OK, flows, clock);
    }

    public static async Task<IResult> SaveFrame(
        Guid id, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans, FlowLibrary flows, TimeProvider clock, SetFrame set)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await plans.Choices(db, new(id), me.Id, context.RequestAborted) is not { } choices || Answered(form) is not { } turn)
        {
            return Refused.NotFound;
        }

        var typed = FrameForm.Typed(choices, form);
        var (amounts, faults) = FrameForm.Parse(choices, typed);
        var refusal = faults.Count > 0 ? null : await set.Set(new(id), turn, amounts, me.Id, context.RequestAborted);
        if (faults.Count == 0 && refusal is null)
        {
            return new SeeOtherResult($"/plan/{id}?sendt=1");
        }

        if (await plans.Find(db, new(id), me.Id, context.RequestAborted) is not { } known)
        {
            return Refused.NotFound;
        }

        // The same form again: it is done, by the same person.
        if (refusal is FlowRefusal.AlreadyDone && IsDoneBy(known, turn, me))
        {
            return new SeeOtherResult($"/plan/{id}?sendt=1");
        }

        return refusal is null
            ? Frame(known, typed, faults, StatusCodes.Status422UnprocessableEntity, flows, clock)
            : PlanAnswers.Page(refusal) ?? Frame(known, typed, [RefusalText.Fault(refusal)], PlanAnswers.Status(refusal), flows, clock);
    }

    public static async Task<IResult> ShowChangesPage(Guid id, string? runde, string? siden, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans)
    {
        if (await plans.Find(db, new(id), me.Id, context.RequestAborted) is not { } known || !IsRound(runde, out var round)
            || await ShowChanges.Sets(db, known, round, int.TryParse(siden, NumberStyles.None, CultureInfo.InvariantCulture, out var since) ? since : null, context.RequestAborted) is not { } sets)
        {
            return Refused.NotFound;
        }

        return new RazorComponentResult<ChangesPage>(new Dictionary<string, object?>
        {
            [nameof(ChangesPage.Head)] = ShowPlan.Head(known),
            [nameof(ChangesPage.Sets)] = sets,
        });
    }

    public static async Task<IResult> Print(Guid id, string? versjon, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans)
    {
        if (await plans.Find(db, new(id), me.Id, context.RequestAborted) is not { } known)
        {
            return Refused.NotFound;
        }

        var (content, version) = await PlanContents.Current(db, known, context.RequestAborted);
        if (versjon is not null)
        {
            version = known.Versions.SingleOrDefault(one => one.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == versjon);
            if (version is null)
            {
                return Refused.NotFound;
            }

            content = (await PlanContents.Version(db, known.Plan.Id, version.Number, context.RequestAborted))!;
        }

        return new RazorComponentResult<PrintPage>(new Dictionary<string, object?>
        {
            [nameof(PrintPage.Head)] = ShowPlan.Head(known),
            [nameof(PrintPage.Content)] = content,
            [nameof(PrintPage.When)] = ShowPlan.Text(version is null ? "Saved" : "Version.When", Dates.Stamp(version?.FrozenAt ?? known.Plan.SavedAt)),
            [nameof(PrintPage.Number)] = version?.Number,
            [nameof(PrintPage.Hash)] = version?.Hash,
            [nameof(PrintPage.IsApproved)] = version is not null && version.Number == known.Plan.ApprovedVersion,
        });
    }

    /// <summary>The page after a step was answered: on to the plan, the plan with what is wrong, or why it could not be.</summary>
    private static async Task<IResult> Answered(
        Refusal? refusal, HandlingsplanId id, PostedAnswer? turn, string? reason, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans, FlowLibrary flows, TimeProvider clock)
    {
        if (refusal is null)
        {
            return new SeeOtherResult($"/plan/{id}?sendt=1");
        }

        if (await plans.Find(db, id, me.Id, context.RequestAborted) is not { } known)
        {
            return Refused.NotFound;
        }

        // The same form again: what it asked for is done, by the same person.
        if (turn is not null && refusal is FlowRefusal.AlreadyDone && IsDoneBy(known, turn, me))
        {
            return new SeeOtherResult($"/plan/{id}?sendt=1");
        }

        if (PlanAnswers.Page(refusal) is { } page)
        {
            return page;
        }

        var faults = refusal is PlanRefusal.NotReady notReady
            ? notReady.Faults.Select(fault => PlanFaultText.OnPlan(known.Plan, known.Sources, fault)).ToList() : [RefusalText.Fault(refusal)];
        var heading = refusal is PlanRefusal.NotReady ? RefusalText.Of(refusal) : null;
        return await Page(known, faults, heading, null, reason, PlanAnswers.Status(refusal), context, db, flows, clock);
    }

    private static async Task<RazorComponentResult<PlanPage>> Page(
        PlanCase known, IReadOnlyList<FieldFault> faults, string? heading, string? message, string? reason, int status,
        HttpContext context, TilskuddDb db, FlowLibrary flows, TimeProvider clock)
    {
        var row = ShowPlan.Row(known, flows, clock.GetUtcNow(), await PlanContents.HasLastYear(db, known, context.RequestAborted));
        if (await PlanContents.SameProposal(db, known, context.RequestAborted) is var (version, total))
        {
            row = row with { Proposal = row.Proposal with { Hint = ShowPlan.Text("Proposal.Same", version, ShowPlan.Kroner(total), ShowPlan.Kroner(new Money(known.Draft.TotalOre))) } };
        }

        if (!known.MayWrite)
        {
            // Who does not write reads what was sent, never what is half written over it.
            var (content, shown) = await PlanContents.Current(db, known, context.RequestAborted);
            var laid = shown is not null && shown.Number == known.Plan.ApprovedVersion ? await LaidAmounts.Of(db, known.Plan, known.Programme.Id, context.RequestAborted) : null;
            row = row with { Content = content, Money = ShowPlan.Money(content, known.Plan, known.Sources, laid) };
        }

        return new RazorComponentResult<PlanPage>(new Dictionary<string, object?>
        {
            [nameof(PlanPage.Row)] = row,
            [nameof(PlanPage.Faults)] = faults,
            [nameof(PlanPage.Heading)] = heading,
            [nameof(PlanPage.Message)] = message,
            [nameof(PlanPage.Reason)] = reason,
        })
        {
            StatusCode = status,
        };
    }

    private static IResult Frame(PlanCase known, IReadOnlyList<FrameField> fields, IReadOnlyList<FieldFault> faults, int status, FlowLibrary flows, TimeProvider clock)
    {
        if (known.Tasks.FirstOrDefault(task => task.IsFrame) is not { } task)
        {
            return Refused.Conflict(RefusalText.Of(new FlowRefusal.AlreadyDone()));
        }

        if (!task.IsMine)
        {
            return Refused.Conflict(RefusalText.Of(new FlowRefusal.NotYours()));
        }

        return new RazorComponentResult<FramePage>(new Dictionary<string, object?>
        {
            [nameof(FramePage.Head)] = ShowPlan.Head(known),
            [nameof(FramePage.Card)] = ShowPlan.Card(task, flows, clock.GetUtcNow()),
            [nameof(FramePage.Sources)] = fields,
            [nameof(FramePage.Faults)] = faults,
        })
        {
            StatusCode = status,
        };
    }

    // A plan's forms never only save.
    private static PostedAnswer? Answered(IFormCollection form) => PostedAnswer.Read(form) is { Outcome.Length: > 0 } answer ? answer : null;

    private static bool IsDoneBy(PlanCase known, PostedAnswer turn, SignedIn me) =>
        known.Runs.SingleOrDefault(run => run.Id == turn.Run)?.Visits.SingleOrDefault(visit => visit.Number == turn.Visit) is { } visit
        && visit.Outcome == turn.Outcome && visit.Actor == Actor.Of(me.Id).ToString();

    private static bool IsRound(string? text, out RoundId? round)
    {
        round = Guid.TryParse(text, out var id) ? new RoundId(id) : null;
        return text is null || round is not null;
    }
}
