using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Storage;

namespace Tilskudd.Notices;

/// <summary>What people have been told about some runs and rounds, read at once, so that a sweep of many asks the database the same few questions as one of one.</summary>
internal sealed class ToldBefore
{
    private readonly HashSet<(PersonId Person, string Occasion)> _occasions = [];
    private readonly Dictionary<(PersonId Person, Guid About, int? Visit), string> _threads = [];

    /// <summary>What the tables have, and what the same story has queued.</summary>
    public static async Task<ToldBefore> About(Writing writing, IReadOnlyCollection<Guid> runs, IReadOnlyCollection<RoundId> rounds, CancellationToken ct = default)
    {
        var notices = await writing.Db.Set<Notice>().Where(notice => (notice.RunId != null && runs.Contains(notice.RunId.Value)) || (notice.RoundId != null && rounds.Contains(notice.RoundId.Value)))
            .OrderBy(notice => notice.QueuedAt).ThenBy(notice => notice.Id)
            .Select(notice => new { notice.PersonId, notice.Occasion, notice.RunId, notice.Visit, notice.RoundId, notice.ThreadId }).ToListAsync(ct);
        var told = new ToldBefore();
        foreach (var notice in notices)
        {
            told.Note(notice.PersonId, notice.Occasion, notice.RunId, notice.Visit, notice.RoundId, notice.ThreadId);
        }

        foreach (var queued in writing.Db.AtHand<Notice>())
        {
            told.Note(queued);
        }

        return told;
    }

    /// <summary>Whether the person has been told on this occasion.</summary>
    public bool Includes(PersonId person, string occasion) => _occasions.Contains((person, occasion));

    /// <summary>The thread of the first mail to the person about the same round, or the same visit of a task; null where there is none.</summary>
    public string? Thread(PersonId person, NoticeAbout about) => about switch
    {
        { RoundId: { } round } => _threads.GetValueOrDefault((person, round.Value, null)),
        { RunId: { } run, Visit: { } visit } => _threads.GetValueOrDefault((person, run, visit)),
        _ => null,
    };

    /// <summary>Takes in what is queued now.</summary>
    public void Note(Notice notice) => Note(notice.PersonId, notice.Occasion, notice.RunId, notice.Visit, notice.RoundId, notice.ThreadId);

    private void Note(PersonId person, string occasion, Guid? run, int? visit, RoundId? round, string thread)
    {
        _occasions.Add((person, occasion));
        if (round is { } answered)
        {
            _threads.TryAdd((person, answered.Value, null), thread);
        }

        if (run is { } task && visit is not null)
        {
            _threads.TryAdd((person, task, visit), thread);
        }
    }
}
