using System.Text;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;

namespace Tilskudd.Trail;

/// <summary>Carries the trail out of the database with all it takes to verify it elsewhere: the lines, the checkpoints, the public key.</summary>
internal sealed class TrailExport(IDbContextFactory<TilskuddDb> databases, TrailSettings settings, TimeProvider clock)
{
    /// <summary>The public key's name, beside the folder of checkpoints.</summary>
    public const string KeyName = "checkpoint-key.pem";

    /// <summary>Writes the trail as it stands at one instant, and a checkpoint of its very end.</summary>
    /// <returns>How many lines were written.</returns>
    public async Task<long> Write(string trailFile, string checkpointFolder, CancellationToken ct = default)
    {
        using var checkpoints = new Checkpoints(databases, settings, clock);
        var end = (await checkpoints.Write(ct))?.Seq ?? 0;
        await WriteLines(trailFile, end, ct);
        Directory.CreateDirectory(checkpointFolder);
        foreach (var (file, checkpoint) in await TrailVerification.Checkpoints(settings.CheckpointFolder, ct))
        {
            if (checkpoint is null || checkpoint.Seq <= end)
            {
                File.Copy(Path.Combine(settings.CheckpointFolder, file), Path.Combine(checkpointFolder, file), overwrite: true);
            }
        }

        using var key = await TrailKey.Open(settings.KeyFile, ct);
        var beside = Path.GetDirectoryName(Path.GetFullPath(checkpointFolder).TrimEnd(Path.DirectorySeparatorChar))!;
        await File.WriteAllTextAsync(Path.Combine(beside, KeyName), key.PublicPem, ct);
        return end;
    }

    // Lines are only ever added, so those up to the end make one state, whatever is added meanwhile.
    private async Task WriteLines(string trailFile, long end, CancellationToken ct)
    {
        var draft = Path.GetFullPath(trailFile) + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(draft)!);
        await using (var db = await databases.CreateDbContextAsync(ct))
        await using (var writer = new StreamWriter(draft, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            await foreach (var entry in db.Trail.AsNoTracking().Where(entry => entry.Seq <= end).OrderBy(entry => entry.Seq).AsAsyncEnumerable().WithCancellation(ct))
            {
                await writer.WriteLineAsync(entry.ToLine().AsMemory(), ct);
            }
        }

        File.Move(draft, trailFile, overwrite: true);
    }
}
