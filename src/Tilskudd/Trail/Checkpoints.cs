using System.Text;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;

namespace Tilskudd.Trail;

/// <summary>Signs how far the trail has come: hourly, after each final decision, at shutdown, and at the end of a simulated year.</summary>
internal sealed class Checkpoints(IDbContextFactory<TilskuddDb> databases, TrailSettings settings, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    // What the trail begins with, which never changes.
    private string? _log;

    private (DateTime Written, TrailKey Key)? _key;

    private Checkpoint? _latest;

    /// <summary>Writes <c>checkpoints/{seq}.json</c> when the trail has come further than the latest one.</summary>
    /// <returns>The checkpoint of the trail's head, new or old; null while the trail is empty.</returns>
    /// <exception cref="InvalidDataException">The trail is not the one that was signed before: it has been rewritten, or an old copy restored.</exception>
    public async Task<Checkpoint?> Write(CancellationToken ct = default)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (await Head(ct) is not { } head)
            {
                return null;
            }

            if (_latest is not { } latest || latest.Seq != head.Seq || latest.Hash != head.Hash || !File.Exists(PathOf(head.Seq)))
            {
                _latest = await Write(head.Log, head.Seq, head.Hash, ct);
            }

            return _latest;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _key?.Key.Dispose();
        _turn.Dispose();
    }

    private async Task<(string Log, long Seq, string Hash)?> Head(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var head = await db.Trail.OrderByDescending(entry => entry.Seq).Select(entry => new { entry.Seq, entry.Hash }).FirstOrDefaultAsync(ct);
        return head is null ? null : (_log ??= await db.Trail.OrderBy(entry => entry.Seq).Select(entry => entry.Hash).FirstAsync(ct), head.Seq, head.Hash);
    }

    private string PathOf(long seq) => Path.Combine(settings.CheckpointFolder, Checkpoint.NameOf(seq));

    // Kept until the file is another: reading a key costs more than signing with it.
    private async Task<TrailKey> Key(CancellationToken ct)
    {
        if (_key is { } kept && File.GetLastWriteTimeUtc(settings.KeyFile) == kept.Written)
        {
            return kept.Key;
        }

        var key = await TrailKey.Open(settings, ct);
        _key?.Key.Dispose();
        _key = (File.GetLastWriteTimeUtc(settings.KeyFile), key);
        return key;
    }

    private async Task<Checkpoint> Write(string log, long seq, string hash, CancellationToken ct)
    {
        var path = PathOf(seq);
        if (!File.Exists(path))
        {
            var checkpoint = Checkpoint.Sign(log, seq, hash, clock.GetUtcNow(), await Key(ct));
            const UnixFileMode ForAllToRead = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            if (await DurableFile.Create(path, Encoding.UTF8.GetBytes(checkpoint.ToLine() + "\n"), ForAllToRead, ct))
            {
                return checkpoint;
            }
        }

        var written = Checkpoint.Parse(await File.ReadAllTextAsync(path, ct));
        return written?.Hash == hash
            ? written
            : throw new InvalidDataException($"Sporet er et annet enn det som ble signert i «{path}». Er en gammel kopi av databasen hentet fram? Kjør «verify».");
    }
}
