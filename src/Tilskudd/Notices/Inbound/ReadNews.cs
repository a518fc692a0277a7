using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Notices.Inbound;

/// <summary>One mail that came back, as the page of its run shows it.</summary>
/// <param name="Reader">The one the answered mail went to.</param>
/// <param name="IsFromReader">False where it was sent from another address.</param>
public sealed record NewsRow(NewsKind Kind, Named Reader, DateTimeOffset At, string Text, bool IsFromReader)
{
    /// <summary>Where a reply is registered as the member's answer, with who and how filled in; null where it is none, or is answered already.</summary>
    public string? Register { get; init; }
}

/// <summary>Reads what has come back on the mails of a run, for those who lead it and nobody else. Writes nothing.</summary>
internal sealed class ReadNews(IDbContextFactory<TilskuddDb> databases, TimeProvider clock)
{
    private const int Most = 50;

    /// <summary>The newest first; none for one who does not lead the run.</summary>
    public async Task<IReadOnlyList<NewsRow>> Of(Run run, PersonId reader, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await CloseRound.Leads(db, run, reader, OsloTime.On(clock.GetUtcNow()).Date, ct))
        {
            return [];
        }

        var rounds = await StepRounds.IdsOf(db, run, ct);
        var open = rounds.Count == 0 ? [] : await db.Set<Round>().Where(round => rounds.Contains(round.Id) && round.ClosedAt == null).ToDictionaryAsync(round => round.Id, ct);
        var told = await db.Set<NoticeNews>()
            .Join(db.Set<Notice>().Where(notice => notice.RunId == run.Id.Value || (notice.RoundId != null && rounds.Contains(notice.RoundId.Value))), news => news.NoticeId, notice => notice.Id, (news, notice) => new { news, notice.PersonId, notice.RoundId })
            .Join(db.People, told => told.PersonId, person => person.Id, (told, person) => new { told.news, told.RoundId, person.Id, person.Name, person.IsInvented })
            .OrderByDescending(told => told.news.ArrivedAt).ThenBy(told => told.news.Key).Take(Most)
            .ToListAsync(ct);
        return [.. told.Select(one => new NewsRow(one.news.Kind, new Named(one.Name, one.IsInvented), one.news.ArrivedAt, one.news.Text, one.news.IsFromReader)
        {
            Register = one is { news.Kind: NewsKind.Reply, RoundId: { } id } && one.Id != reader && open.TryGetValue(id, out var round) ? Answer(round, one.Id, one.news) : null,
        })];
    }

    /// <summary>What has come back on the calls to a meeting, the newest first; for those who lead it.</summary>
    public static async Task<IReadOnlyList<NewsRow>> Of(TilskuddDb db, Meeting meeting, CancellationToken ct) => await db.Set<NoticeNews>()
        .Join(Calls(db, meeting), news => news.NoticeId, notice => notice.Id, (news, notice) => new { news, notice.PersonId })
        .Join(db.People, told => told.PersonId, person => person.Id, (told, person) => new { told.news, person.Name, person.IsInvented })
        .OrderByDescending(told => told.news.ArrivedAt).ThenBy(told => told.news.Key).Take(Most)
        .Select(told => new NewsRow(told.news.Kind, new Named(told.Name, told.IsInvented), told.news.ArrivedAt, told.news.Text, told.news.IsFromReader))
        .ToListAsync(ct);

    /// <summary>The calls to a meeting that did not arrive: the notice, and to whom.</summary>
    public static async Task<IReadOnlyList<(Guid Notice, string Name)>> NotArrived(TilskuddDb db, Meeting meeting, CancellationToken ct)
    {
        var failed = await Calls(db, meeting).Where(notice => notice.State == NoticeState.Failed)
            .Join(db.People, notice => notice.PersonId, person => person.Id, (notice, person) => new { notice.Id, person.Name }).OrderBy(one => one.Name).ToListAsync(ct);
        return [.. failed.Select(one => (one.Id.Value, one.Name))];
    }

    // By those who were called: of the notices a person has had they are few.
    private static IQueryable<Notice> Calls(TilskuddDb db, Meeting meeting)
    {
        var people = meeting.Calls.SelectMany(call => call.People).Distinct().ToList();
        return db.Set<Notice>().Where(notice => people.Contains(notice.PersonId) && notice.MeetingId == meeting.Id);
    }

    // A reply of a member who has not answered here.
    private static string? Answer(Round round, PersonId member, NoticeNews reply) => round.SeatOf(member) is { } seat && round.LastOf(member) is null
        ? PostedRegistration.PathTo(round.Id, seat.SeatId, AnswerChannel.Email, OsloTime.On(reply.ArrivedAt).Date, reply.IsFromReader && PlainYes.Is(reply.Text))
        : null;
}
