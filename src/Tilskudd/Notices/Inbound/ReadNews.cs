using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
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

    // A reply of a member who has not answered here.
    private static string? Answer(Round round, PersonId member, NoticeNews reply) => round.SeatOf(member) is { } seat && round.LastOf(member) is null
        ? PostedRegistration.PathTo(round.Id, seat.SeatId, AnswerChannel.Email, OsloTime.On(reply.ArrivedAt).Date, reply.IsFromReader && PlainYes.Is(reply.Text))
        : null;
}
