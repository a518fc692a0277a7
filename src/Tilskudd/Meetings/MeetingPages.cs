using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;

namespace Tilskudd.Meetings;

/// <summary>Where a meeting is planned and shown, its agenda kept, and the body called to it.</summary>
internal static class MeetingPages
{
    public static void MapMeetingPlans(this IEndpointRouteBuilder app)
    {
        app.MapGet("/mote/ny", ShowNew).RequireSignIn();
        app.MapPost("/mote/ny", Plan).RequireSignIn();
        app.MapGet("/mote/{id:guid}", Show).RequireSignIn();
        app.MapGet("/mote/{id:guid}/endre", ShowChange).RequireSignIn();
        app.MapPost("/mote/{id:guid}/endre", Change).RequireSignIn();
        app.MapPost("/mote/{id:guid}/avlys", Cancel).RequireSignIn();
        app.MapPost("/mote/{id:guid}/saker", Add).RequireSignIn();
        app.MapPost("/mote/{id:guid}/saker/{item:guid}/flytt", Move).RequireSignIn();
        app.MapGet("/mote/{id:guid}/saker/{item:guid}/dorer", ShowDoors).RequireSignIn();
        app.MapPost("/mote/{id:guid}/saker/{item:guid}/dorer", SetDoors).RequireSignIn();
        app.MapPost("/mote/{id:guid}/innkalling", Call).RequireSignIn();
    }

    /// <summary>What is answered where nothing can be shown beside a field.</summary>
    public static Refused Answer(Refusal refusal) => refusal switch
    {
        FlowRefusal.NotFound => Refused.NotFound,
        FlowRefusal.NotYours => Refused.Forbidden,
        _ => Refused.Conflict(RefusalText.Of(refusal)),
    };

    public static RazorComponentResult<MeetingPage> Page(MeetingRow row, Typed typed, params IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(MeetingPage.Row)] = row,
        [nameof(MeetingPage.Typed)] = typed,
        [nameof(MeetingPage.Faults)] = faults,
    })
    {
        StatusCode = Status(faults),
    };

    public static int Status(IReadOnlyList<FieldFault> faults) =>
        faults.Count == 0 ? StatusCodes.Status200OK : SeenMark.IsStale(faults) ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;

    private static async Task<IResult> ShowNew(string? organ, string? runde, SignedIn me, HttpContext context, ReadMeeting read)
    {
        var (row, refused) = await read.New(Parsed(organ), Parsed(runde), me, context.RequestAborted);
        return row is null ? refused! : Page(row, Typed.Nothing);
    }

    private static async Task<IResult> Plan(IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, PlanMeeting meetings, TimeProvider clock)
    {
        var form = new TypedForm(fields);
        var (row, refused) = await read.New(Parsed(form.Text("organ")), Parsed(form.Text("runde")), me, context.RequestAborted);
        if (row is null)
        {
            return refused!;
        }

        var (frame, faults) = Frame(form, clock.GetUtcNow());
        if (row.Round is null && form.Text("runde").Length > 0)
        {
            // The case is no longer before the body: whoever meant to plan a meeting on it is told before there is one without it.
            faults = [.. faults, RefusalText.Fault(new MeetingRefusal.CaseElsewhere())];
        }

        if (frame is null || faults.Count > 0)
        {
            return Page(row, form.Typed, faults);
        }

        var (id, refusal) = await meetings.Plan(new BodyId(row.Body), frame, row.Round is { } round ? new RoundId(round) : null, me.Id, context.RequestAborted);
        return refusal switch
        {
            null => new SeeOtherResult(MeetingRow.PathOf(id)),
            MeetingRefusal => Page(row, form.Typed, RefusalText.Fault(refusal)),
            _ => Answer(refusal),
        };
    }

    private static async Task<IResult> Show(Guid id, SignedIn me, HttpContext context, ReadMeeting read)
    {
        var (row, refused) = await read.For(new MeetingId(id), me, context.RequestAborted);
        return row is null ? refused! : Page(row, Typed.Nothing);
    }

    private static async Task<IResult> ShowChange(Guid id, SignedIn me, HttpContext context, ReadMeeting read)
    {
        var (row, refused) = await read.ForLeader(new MeetingId(id), me, context.RequestAborted);
        return row is null ? refused! : row.IsOpen ? ChangePage(row, Typed.Nothing) : new SeeOtherResult(row.Path);
    }

    private static Task<IResult> Change(Guid id, IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, PlanMeeting meetings, TimeProvider clock) =>
        Act(id, fields, me, context, read, ChangePage, async (row, form) =>
        {
            var (frame, faults) = Frame(form, clock.GetUtcNow());
            return frame is null ? (null, faults) : (await meetings.Change(row.Meeting.Id, frame, form.Text("grunn"), form.Text(SeenMark.Field), me.Id, context.RequestAborted), []);
        });

    private static Task<IResult> Cancel(Guid id, IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, PlanMeeting meetings) =>
        Act(id, fields, me, context, read, ChangePage, async (row, form) => (await meetings.Cancel(row.Meeting.Id, form.Text("avlyst"), me.Id, context.RequestAborted), []));

    private static Task<IResult> Add(Guid id, IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, PlanMeeting meetings) =>
        Act(id, fields, me, context, read, Page, async (row, form) => (form.Text("slag") switch
        {
            "sak" => await meetings.Add(row.Meeting.Id, new RoundId(Parsed(form.Text("sak"))), me.Id, context.RequestAborted),
            "orientering" => await meetings.Add(row.Meeting.Id, form.Text("tittel"), form.Text("tekst"), me.Id, context.RequestAborted),
            _ => new FlowRefusal.NotFound(),
        }, []), "#saksliste");

    private static Task<IResult> Move(Guid id, Guid item, IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, PlanMeeting meetings) =>
        Act(id, fields, me, context, read, Page, async (row, form) => (form.Text("vei") switch
        {
            "opp" => await meetings.Move(row.Meeting.Id, new AgendaItemId(item), true, me.Id, context.RequestAborted),
            "ned" => await meetings.Move(row.Meeting.Id, new AgendaItemId(item), false, me.Id, context.RequestAborted),
            "av" => await meetings.Move(row.Meeting.Id, new AgendaItemId(item), null, me.Id, context.RequestAborted),
            _ => new FlowRefusal.NotFound(),
        }, []), "#saksliste");

    private static async Task<IResult> ShowDoors(Guid id, Guid item, SignedIn me, HttpContext context, ReadMeeting read)
    {
        var (row, refused) = await read.ForLeader(new MeetingId(id), me, context.RequestAborted);
        return row is null ? refused!
            : row.MayHold || row.Meeting.Items.All(known => known.Id.Value != item) ? DoorsPage(item)(row, Typed.Nothing, [])
            : new SeeOtherResult(row.Path);
    }

    private static Task<IResult> SetDoors(Guid id, Guid item, IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, PlanMeeting meetings) =>
        Act(id, fields, me, context, read, DoorsPage(item), async (row, form) =>
        {
            var typed = form.Text("grunnlag");
            var ground = Meeting.Statutory.Where(one => $"{one}" == typed).Select(one => (ClosedGround?)one).FirstOrDefault();
            return form.Text("dorer") is "lukk" or "apne"
                ? (await meetings.SetDoors(row.Meeting.Id, new AgendaItemId(item), form.Text("dorer") == "lukk", ground, typed, form.Text(SeenMark.Field), me.Id, context.RequestAborted), [])
                : (new FlowRefusal.NotFound(), []);
        }, "#saksliste");

    private static Func<MeetingRow, Typed, IReadOnlyList<FieldFault>, IResult> DoorsPage(Guid item) => (row, typed, faults) => row.Meeting.Items.SingleOrDefault(known => known.Id.Value == item) is not { } known
        ? Refused.NotFound
        : new RazorComponentResult<DoorsPage>(new Dictionary<string, object?>
        {
            [nameof(Meetings.DoorsPage.Row)] = row,
            [nameof(Meetings.DoorsPage.Item)] = known,
            [nameof(Meetings.DoorsPage.Typed)] = typed,
            [nameof(Meetings.DoorsPage.Faults)] = faults,
        })
        {
            StatusCode = Status(faults),
        };

    private static Task<IResult> Call(Guid id, IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, CallMeeting calls) =>
        Act(id, fields, me, context, read, Page, async (row, form) => (await calls.Send(row.Meeting.Id, form.Text("grunn"), me.Id, context.RequestAborted), []), "#innkalling");

    /// <summary>Does what a form asks of a meeting, and shows the page again with what must be put right.</summary>
    /// <param name="after">Where on the meeting's page the reader lands.</param>
    private static async Task<IResult> Act(
        Guid id, IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, Func<MeetingRow, Typed, IReadOnlyList<FieldFault>, IResult> page,
        Func<MeetingRow, TypedForm, Task<(Refusal? Refusal, IReadOnlyList<FieldFault> Faults)>> act, string after = "")
    {
        var form = new TypedForm(fields);
        var (row, refused) = await read.ForLeader(new MeetingId(id), me, context.RequestAborted);
        if (row is null)
        {
            return refused!;
        }

        var (refusal, faults) = await act(row, form);
        return refusal switch
        {
            null when faults.Count > 0 => page(row, form.Typed, faults),
            null => new SeeOtherResult(row.Path + after),
            MeetingRefusal => page(row, form.Typed, [RefusalText.Fault(refusal)]),
            FormRefusal => page((await read.ForLeader(new MeetingId(id), me, context.RequestAborted)).Row ?? row, form.Typed, [RefusalText.Fault(refusal)]),
            _ => Answer(refusal),
        };
    }

    private static (MeetingFrame? Frame, IReadOnlyList<FieldFault> Faults) Frame(TypedForm form, DateTimeOffset now)
    {
        var (on, from, to) = (form.Date("dato"), form.Time("kl"), form.OptionalTime("slutt"));
        var (place, link) = (form.OptionalLine("sted", MeetingFrame.LongestPlace), form.OptionalLine("lenke", MeetingFrame.LongestLink));
        if (form.Faults.Count > 0)
        {
            return (null, form.Faults);
        }

        var (frame, faults) = MeetingFrame.Of(on, from, to, place, link, now);
        return (frame, [.. faults.Select(RefusalText.Fault)]);
    }

    private static Guid Parsed(string? typed) => Guid.TryParse(typed, out var id) ? id : Guid.Empty;

    private static RazorComponentResult<NewMeetingPage> Page(NewMeetingRow row, Typed typed, params IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(NewMeetingPage.Row)] = row,
        [nameof(NewMeetingPage.Typed)] = typed,
        [nameof(NewMeetingPage.Faults)] = faults,
    })
    {
        StatusCode = Status(faults),
    };

    private static RazorComponentResult<ChangeMeetingPage> ChangePage(MeetingRow row, Typed typed, params IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(ChangeMeetingPage.Row)] = row,
        [nameof(ChangeMeetingPage.Typed)] = typed,
        [nameof(ChangeMeetingPage.Faults)] = faults,
    })
    {
        StatusCode = Status(faults),
    };
}
