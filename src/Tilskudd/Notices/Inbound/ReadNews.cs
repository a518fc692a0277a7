using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Notices.Inbound;

/// <summary>One mail that came back, as the page of its run shows it.</summary>
/// <param name="Reader">The one the answered mail went to.</param>
/// <param name="IsFromReader">False where it was sent from another address.</param>
public sealed record NewsRow(NewsKind Kind, Named Reader, DateTimeOffset At, string Text, bool IsFromReader);

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
        return await db.Set<NoticeNews>()
            .Join(db.Set<Notice>().Where(notice => notice.RunId == run.Id.Value || (notice.RoundId != null && rounds.Contains(notice.RoundId.Value))), news => news.NoticeId, notice => notice.Id, (news, notice) => new { news, notice.PersonId })
            .Join(db.People, told => told.PersonId, person => person.Id, (told, person) => new { told.news, person.Name, person.IsInvented })
            .OrderByDescending(told => told.news.ArrivedAt).ThenBy(told => told.news.Key).Take(Most)
            .Select(told => new NewsRow(told.news.Kind, new Named(told.Name, told.IsInvented), told.news.ArrivedAt, told.news.Text, told.news.IsFromReader))
            .ToListAsync(ct);
    }
}
