using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>A round for which the reader can register an answer.</summary>
/// <param name="Members">Those who can answer and have not, but for the reader.</param>
public sealed record RegistrationRow(Round Round, Guid Run, string BodyName, string Title, IReadOnlyList<Choice> Members);

/// <summary>Reads what the page for an answer by phone or on paper shows. Writes nothing.</summary>
internal sealed class ReadRegistration(IDbContextFactory<TilskuddDb> databases, TimeProvider clock)
{
    /// <summary>The round, to those who lead it while it is open; else what to answer.</summary>
    /// <param name="key">The posted form's: the answer of that very form may have ended the round, and it was taken.</param>
    public async Task<(RegistrationRow? Row, IResult? Refused)> For(RoundId id, SignedIn person, string key, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var on = OsloTime.On(now).Date;
        if (await db.Set<Round>().SingleOrDefaultAsync(round => round.Id == id, ct) is not { } round
            || await StepRounds.RunOf(db, round, ct) is var run && !(await Rights.Seen(db, person.Id, on, ct)).Contains(run.ProgrammeId))
        {
            return (null, Refused.NotFound);
        }

        if (!await CloseRound.Leads(db, run, person.Id, on, ct))
        {
            return (null, Refused.Forbidden);
        }

        if (round.ClosedAt is { } closed)
        {
            return round.Answers.Any(answer => answer.RegisteredBy == person.Id && $"{answer.FormKey}" == key)
                ? (null, new SeeOtherResult($"/prosess/{run.Id}"))
                : (null, Refused.Conflict(RefusalText.Of(new RoundRefusal.IsClosed(closed))));
        }

        var people = await ReadRound.PeopleOf(db, round, null, ct);
        var body = await db.Bodies.IgnoreAutoIncludes().Where(body => body.Id == round.BodyId).Select(body => body.Name).SingleAsync(ct);
        var document = await MailFacts.Document(db, round.DocumentKind, round.DocumentId, Languages.Current, now, ct);
        var waiting = round.Entitled.Where(seat => seat.PersonId is { } member && member != person.Id && round.LastOf(member) is null);
        return (new RegistrationRow(round, run.Id.Value, body, document.Title, [.. waiting.Select(seat => new Choice($"{seat.SeatId}", people[seat.PersonId!.Value].Name))]), null);
    }
}

/// <summary>The fields of the form for an answer by phone or on paper, as they were typed.</summary>
public sealed record PostedRegistration(string Member, string Channel, string Reply, string Remark, string Date, string FormKey, string Hash)
{
    public static IReadOnlyList<(AnswerChannel Channel, string Code)> Channels { get; } = [(AnswerChannel.Phone, "telefon"), (AnswerChannel.Paper, "papir"), (AnswerChannel.Email, "epost")];

    /// <summary>The form as it is first shown: empty, or with who and how from where one comes.</summary>
    internal static PostedRegistration Begin(Round round, Guid key, IQueryCollection query) =>
        new($"{query["medlem"]}", $"{query["kanal"]}", $"{query["svar"]}", "", Dates.TryParse($"{query["dato"]}", out var on) ? Dates.ToField(on) : "", $"{key}", round.Hash);

    /// <summary>The form, with a member and how the answer came filled in.</summary>
    /// <param name="isYes">The member has said yes and nothing else; what was answered is otherwise for a person to read.</param>
    public static string PathTo(RoundId round, SeatId seat, AnswerChannel channel, LocalDate? on, bool isYes) =>
        $"/godkjenning/{round}/svar?medlem={seat}&kanal={Channels.Single(known => known.Channel == channel).Code}"
        + (on is { } day ? $"&dato={Dates.ToField(day)}" : "") + (isYes ? $"&svar={Approval.Reply.Approve.Code()}" : "");

    internal static PostedRegistration Of(IFormCollection fields) =>
        new($"{fields["medlem"]}", $"{fields["kanal"]}", $"{fields["svar"]}", $"{fields["merk"]}", $"{fields["dato"]}", $"{fields["skjema"]}", $"{fields["vist"]}");

    /// <summary>Everything in the form that must be put right, and the answer once nothing must.</summary>
    internal (AnswerByPhone? Answer, IReadOnlyList<Refusal> Faults) Read(Round round, SignedIn person, DateTimeOffset now)
    {
        var isMember = Guid.TryParse(Member, out var seat);
        var channel = Channels.Where(known => known.Code == Channel).Select(known => (AnswerChannel?)known.Channel).FirstOrDefault();
        var kind = Replies.Find(Reply, round)?.Kind(Remark);
        LocalDate? on = Dates.TryParse(Date, out var day) ? day : null;
        var isOurs = Guid.TryParse(FormKey, out var key) && Hash.Length > 0;
        var isBlank = Prose.IsBlank(Remark);
        List<Refusal?> faults =
        [
            isOurs ? null : new ApprovalRefusal.FormTooOld(),
            isMember ? null : new RegistrationRefusal.NoMember(),
            channel is null ? new RegistrationRefusal.NoChannel() : null,
            kind is null ? new RoundRefusal.NoChoice() : null,
            kind == AnswerKind.SendBack && isBlank ? new RegistrationRefusal.ReasonMissing() : null,
            kind == AnswerKind.ApproveWithRemark && isBlank ? new RoundRefusal.RemarkMissing() : null,
            round.WrongDay(on, now),
        ];
        var wrong = faults.OfType<Refusal>().ToList();
        return wrong.Count > 0 ? (null, wrong) : (new AnswerByPhone(seat, kind!.Value, Remark, new Registration(channel!.Value, person.Id, on!.Value), key, Hash), []);
    }
}
