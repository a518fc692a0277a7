using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Archive;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Meetings;

/// <summary>Where it is written down what happens in a meeting: attendance, proposals, votes and decisions, and the protocol of it.</summary>
internal static class HoldPages
{
    private const string Inhabil = "inhabil";

    private static readonly (string Code, Attendance Attendance)[] Attendances =
        [("tilstede", Attendance.Present), ("forfall", Attendance.Excused), ("borte", Attendance.Absent)];

    public static void MapMeetingActs(this IEndpointRouteBuilder app)
    {
        app.MapGet("/mote/{id:guid}/oppmote", ShowAttendance).RequireSignIn();
        app.MapPost("/mote/{id:guid}/oppmote", Note).RequireSignIn();
        app.MapGet("/mote/{id:guid}/saker/{item:guid}", ShowItem).RequireSignIn();
        app.MapPost("/mote/{id:guid}/saker/{item:guid}/forslag", Propose).RequireSignIn();
        app.MapPost("/mote/{id:guid}/saker/{item:guid}/stemmer", Vote).RequireSignIn();
        app.MapPost("/mote/{id:guid}/saker/{item:guid}/vedtak", Decide).RequireSignIn();
        app.MapGet("/mote/{id:guid}/protokoll", ShowProtocol).RequireSignIn();
        app.MapGet("/mote/{id:guid}/protokoll.pdf", Print).RequireSignIn();
        app.MapPost("/mote/{id:guid}/protokoll", Sign).RequireSignIn();
    }

    public static string CodeOf(Attendance attendance) => Attendances.FirstOrDefault(known => known.Attendance == attendance).Code ?? "";

    /// <summary>What a seat's vote is called in the form; empty where none is registered.</summary>
    public static string CodeOf(Meeting meeting, AgendaItem item, MeetingSeat seat) =>
        seat.PersonId is { } person && item.Inhabil.Contains(person) ? Inhabil
        : meeting.Votes.SingleOrDefault(vote => vote.ItemId == item.Id && vote.SeatId == seat.SeatId) is not { } vote ? ""
        : vote.Proposal is { } number ? $"forslag-{number}"
        : vote.Kind switch
        {
            AnswerKind.Approve => "for",
            AnswerKind.SendBack => "mot",
            AnswerKind.Abstain => "avstar",
            AnswerKind.ApproveWithRemark or AnswerKind.ObjectToWritten => "",
        };

    /// <summary>The seats whose votes are registered: those with a say, and those who had it and were found inhabil.</summary>
    public static IReadOnlyList<MeetingSeat> Voting(Meeting meeting, AgendaItem item, Round round)
    {
        var entitled = meeting.Entitled(item, round);
        return [.. meeting.Seats.Where(seat => entitled.Contains(seat) || (seat.PersonId is { } person && item.Inhabil.Contains(person) && meeting.IsThere(seat, item))).OrderBy(seat => seat.Number)];
    }

    private static async Task<IResult> ShowAttendance(Guid id, SignedIn me, HttpContext context, ReadMeeting read)
    {
        var (row, refused) = await read.ForLeader(new MeetingId(id), me, context.RequestAborted);
        return row is null ? refused! : row.MayHold ? Page(row, Typed.Nothing) : new SeeOtherResult(row.Path);
    }

    private static async Task<IResult> Note(Guid id, IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, HoldMeeting meetings)
    {
        var form = new TypedForm(fields);
        var (row, refused) = await read.ForLeader(new MeetingId(id), me, context.RequestAborted);
        if (row is null)
        {
            return refused!;
        }

        var noted = row.Meeting.Seats.Where(seat => seat.PersonId is not null).Select(seat => Read(form, row.Meeting, seat)).ToList();
        var chair = form.Text("leder").Length == 0 ? null : form.Choice("leder", row.Meeting.Seats.Select(seat => seat.SeatId.ToString()));
        if (form.Faults.Count > 0)
        {
            return Page(row, form.Typed, form.Faults);
        }

        return await meetings.Note(row.Meeting.Id, noted, chair is null ? null : new SeatId(Guid.Parse(chair)), form.Text(SeenMark.Field), me.Id, context.RequestAborted) switch
        {
            null => new SeeOtherResult(row.Path + "#oppmote"),
            MeetingRefusal refusal => Page(row, form.Typed, RefusalText.Fault(refusal)),
            FormRefusal refusal => Page((await read.ForLeader(row.Meeting.Id, me, context.RequestAborted)).Row ?? row, form.Typed, RefusalText.Fault(refusal)),
            { } refusal => MeetingPages.Answer(refusal),
        };
    }

    private static SeatAttendance Read(TypedForm form, Meeting meeting, MeetingSeat seat)
    {
        var noted = form.Choice($"oppmote-{seat.SeatId}", ["", .. Attendances.Select(known => known.Code)]);
        return new SeatAttendance(seat.SeatId, Attendances.FirstOrDefault(known => known.Code == noted).Attendance, Item($"kom-{seat.SeatId}"), Item($"gikk-{seat.SeatId}"));

        AgendaItemId? Item(string field) => form.Choice(field, ["", .. meeting.Items.Select(item => item.Id.ToString())]) is { Length: > 0 } item ? new AgendaItemId(Guid.Parse(item)) : null;
    }

    private static async Task<IResult> ShowItem(Guid id, Guid item, SignedIn me, HttpContext context, ReadMeeting read, IDbContextFactory<TilskuddDb> databases)
    {
        var (row, refused) = await Find(id, item, me, context, read, databases);
        return row is null ? refused! : Page(row, Typed.Nothing);
    }

    private static Task<IResult> Propose(Guid id, Guid item, IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, IDbContextFactory<TilskuddDb> databases, HoldMeeting meetings) =>
        Act(id, item, fields, me, context, read, databases, "#forslagene", (row, form) =>
            meetings.Propose(row.Meeting.Meeting.Id, row.Item.Id, new SeatId(Guid.TryParse(form.Text("av"), out var seat) ? seat : Guid.Empty), form.Text("forslag"), me.Id, context.RequestAborted));

    private static Task<IResult> Vote(Guid id, Guid item, IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, IDbContextFactory<TilskuddDb> databases, HoldMeeting meetings) =>
        Act(id, item, fields, me, context, read, databases, "#telling", (row, form) =>
        {
            // Each seat's own vote; or in one step what all of them with a say have voted.
            var all = form.Text("alle");
            var votes = Voting(row.Meeting.Meeting, row.Item, row.Round).Select(seat => Read(form, seat, all)).ToList();
            return form.Faults.Count > 0 ? Task.FromResult<Refusal?>(null) : meetings.Vote(row.Meeting.Meeting.Id, row.Item.Id, votes, form.Text(SeenMark.Field), me.Id, context.RequestAborted);
        });

    private static SeatVote Read(TypedForm form, MeetingSeat seat, string all)
    {
        var field = $"stemme-{seat.SeatId}";
        var code = form.Text(field);
        code = all.Length > 0 && code != Inhabil ? all : code;
        var kind = code switch
        {
            "" or Inhabil => (AnswerKind?)null,
            "for" => AnswerKind.Approve,
            "mot" => AnswerKind.SendBack,
            "avstar" => AnswerKind.Abstain,
            _ when code.StartsWith("forslag-", StringComparison.Ordinal) => AnswerKind.SendBack,
            _ => AnswerKind.ObjectToWritten, // No vote of a meeting, and refused as such.
        };
        int? proposal = code.StartsWith("forslag-", StringComparison.Ordinal) ? int.TryParse(code["forslag-".Length..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0 : null;
        return new SeatVote(seat.SeatId, kind, proposal, code == Inhabil, field);
    }

    private static Task<IResult> Decide(Guid id, Guid item, IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, IDbContextFactory<TilskuddDb> databases, HoldMeeting meetings) =>
        Act(id, item, fields, me, context, read, databases, "#vedtak", (row, form) =>
            meetings.Decide(row.Meeting.Meeting.Id, row.Item.Id, form.Text("ref"), form.Text("tekst"), form.Text("vist"), form.Text(AgendaItemPage.SilentField) == AgendaItemPage.Confirmed, me.Id, context.RequestAborted));

    private static async Task<IResult> Act(
        Guid id, Guid item, IFormCollection fields, SignedIn me, HttpContext context, ReadMeeting read, IDbContextFactory<TilskuddDb> databases, string after, Func<ItemRow, TypedForm, Task<Refusal?>> act)
    {
        var form = new TypedForm(fields);
        var (row, refused) = await Find(id, item, me, context, read, databases);
        if (row is null)
        {
            return refused!;
        }

        var refusal = await act(row, form);
        return refusal switch
        {
            null when form.Faults.Count > 0 => Page(row, form.Typed, form.Faults),
            null => new SeeOtherResult(row.Meeting.PathOf(row.Item) + after),
            MeetingRefusal.VotesMissing missing => Page(row, form.Typed, RefusalText.Fault(missing with { Names = row.Meeting.Names(row.Meeting.Meeting.Seats.Where(seat => missing.Seats.Contains(seat.SeatId))) })),
            MeetingRefusal or DecisionRefusal or RoundRefusal.DoubtUndecided => Page(row, form.Typed, RefusalText.Fault(refusal)),
            FormRefusal => Page((await Find(id, item, me, context, read, databases)).Row ?? row, form.Typed, RefusalText.Fault(refusal)),
            _ => MeetingPages.Answer(refusal),
        };
    }

    // Only what is voted on has a page of its own.
    private static async Task<(ItemRow? Row, IResult? Refused)> Find(Guid id, Guid item, SignedIn me, HttpContext context, ReadMeeting read, IDbContextFactory<TilskuddDb> databases)
    {
        var (row, refused) = await read.ForLeader(new MeetingId(id), me, context.RequestAborted);
        if (row is null || row.Meeting.Items.SingleOrDefault(known => known.Id.Value == item) is not { RoundId: { } asked } known)
        {
            return (null, refused ?? Refused.NotFound);
        }

        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        var round = row.Rounds[asked];
        return (new ItemRow(row, known, round, await ReadProtocol.Proposal(db, round, row.Body.Name, known.Title, Languages.Current, context.RequestAborted)), null);
    }

    private static async Task<IResult> ShowProtocol(Guid id, SignedIn me, HttpContext context, SignMeeting protocols, RoundPrint print)
    {
        var (row, refused) = await protocols.Read(new MeetingId(id), me, context.RequestAborted);
        return row is null ? refused!
            : new RazorComponentResult<MeetingProtocolPage>(new Dictionary<string, object?> { [nameof(MeetingProtocolPage.Row)] = row, [nameof(MeetingProtocolPage.HasPdf)] = print.IsThere });
    }

    private static async Task<IResult> Print(Guid id, SignedIn me, HttpContext context, SignMeeting protocols, RoundPrint print, ILogger<RoundPrint> log)
    {
        if (!print.IsThere)
        {
            return Refused.NotFound;
        }

        var (row, refused) = await protocols.Read(new MeetingId(id), me, context.RequestAborted);
        return row is null ? refused! : await ProtocolPages.Pdf(() => print.Print(row, context.RequestAborted), "protokoll.pdf", log);
    }

    private static async Task<IResult> Sign(Guid id, [FromForm] string? vist, SignedIn me, HttpContext context, SignMeeting protocols) =>
        await protocols.Sign(new MeetingId(id), me, vist ?? "", context.RequestAborted) switch
        {
            null => new SeeOtherResult($"{MeetingRow.PathOf(new MeetingId(id))}/protokoll#godkjenning"),
            FlowRefusal.NotFound => Refused.NotFound,
            RoundRefusal.NotEntitled => Refused.Forbidden,
            { } refusal => Refused.Conflict(RefusalText.Of(refusal)),
        };

    private static RazorComponentResult<AttendancePage> Page(MeetingRow row, Typed typed, params IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(AttendancePage.Row)] = row,
        [nameof(AttendancePage.Typed)] = typed,
        [nameof(AttendancePage.Faults)] = faults,
    })
    {
        StatusCode = MeetingPages.Status(faults),
    };

    private static RazorComponentResult<AgendaItemPage> Page(ItemRow row, Typed typed, params IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(AgendaItemPage.Row)] = row,
        [nameof(AgendaItemPage.Typed)] = typed,
        [nameof(AgendaItemPage.Faults)] = faults,
    })
    {
        StatusCode = MeetingPages.Status(faults),
    };
}

/// <summary>A case as it is dealt with in a meeting.</summary>
/// <param name="Proposal">The text the case came with; empty where there is none.</param>
public sealed record ItemRow(MeetingRow Meeting, AgendaItem Item, Round Round, string Proposal);
