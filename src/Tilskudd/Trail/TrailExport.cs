using System.Text;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;

namespace Tilskudd.Trail;

/// <summary>Carries the trail out of the database with all it takes to verify it elsewhere: the lines, the checkpoints, the public key.</summary>
internal sealed class TrailExport(IDbContextFactory<TilskuddDb> databases, TrailSettings settings, TimeProvider clock)
{
    /// <summary>The public key's name, beside the folder of checkpoints.</summary>
    public const string KeyName = "checkpoint-key.pem";

    private static readonly string[] Devices = ["/dev/", "/proc/", "/sys/"];
    private static readonly byte[] LineBegins = [.. "{\"seq\":"u8];

    /// <summary>
    /// Why nothing can be written there, in Norwegian; null where it can. An earlier export is written over; whatever else is there, the database or a
    /// key among it, is left alone.
    /// </summary>
    public async Task<string?> Refusal(string trailFile, string checkpointFolder, CancellationToken ct = default)
    {
        if (Directory.Exists(trailFile))
        {
            return $"--trail: «{trailFile}» er en mappe. Oppgi en fil.";
        }

        if (File.Exists(checkpointFolder))
        {
            return $"--checkpoints: «{checkpointFolder}» er en fil. Oppgi en mappe.";
        }

        if (File.Exists(trailFile) && !IsExport(trailFile))
        {
            return $"--trail: «{trailFile}» finnes fra før, og er ikke et spor som er skrevet ut. Oppgi en annen fil.";
        }

        using var key = await TrailKey.Find(settings, ct);
        var beside = KeyBeside(checkpointFolder);
        if (Directory.Exists(beside) || (File.Exists(beside) && await File.ReadAllTextAsync(beside, ct) != key?.PublicPem))
        {
            return $"--checkpoints: «{beside}» finnes fra før, og er ikke nøkkelen til dette sporet. Oppgi en annen mappe.";
        }

        foreach (var (file, there) in await TrailVerification.Checkpoints(checkpointFolder, ct))
        {
            if (key is null || there?.IsSignedBy(key) != true || !File.Exists(Path.Combine(settings.CheckpointFolder, file)))
            {
                return $"--checkpoints: Mappen «{checkpointFolder}» har et kontrollpunkt fra et annet spor («{file}»). Oppgi en tom eller ny mappe.";
            }
        }

        return Path.GetFullPath(checkpointFolder).TrimEnd(Path.DirectorySeparatorChar) == Path.GetFullPath(settings.CheckpointFolder).TrimEnd(Path.DirectorySeparatorChar)
            ? $"--checkpoints: «{checkpointFolder}» er mappen tjeneren selv skriver i (Trail:CheckpointFolder). Oppgi en annen mappe." : null;
    }

    /// <summary>Writes the trail as it stands at one instant, and a checkpoint of its very end.</summary>
    /// <returns>How many lines were written.</returns>
    public async Task<long> Write(string trailFile, string checkpointFolder, CancellationToken ct = default)
    {
        using var checkpoints = new Checkpoints(databases, settings, clock);
        var end = (await checkpoints.Write(ct))?.Seq ?? 0;
        var draft = Path.GetFullPath(trailFile) + ".part";
        try
        {
            await WriteLines(draft, end, ct);
            await WriteCheckpoints(checkpointFolder, end, ct);

            // Last, so that a trail that is there has what it is verified with.
            File.Move(draft, trailFile, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }

        return end;
    }

    // Of an empty trail nothing is signed, and no key is made: a key without checkpoints would say that they are gone.
    private async Task WriteCheckpoints(string checkpointFolder, long end, CancellationToken ct)
    {
        using var key = await TrailKey.Find(settings, ct);
        Directory.CreateDirectory(checkpointFolder);
        foreach (var (file, checkpoint) in await TrailVerification.Checkpoints(settings.CheckpointFolder, ct))
        {
            if (checkpoint is null || checkpoint.Seq <= end)
            {
                File.Copy(Path.Combine(settings.CheckpointFolder, file), Path.Combine(checkpointFolder, file), overwrite: true);
            }
        }

        if (key is not null)
        {
            await File.WriteAllTextAsync(KeyBeside(checkpointFolder), key.PublicPem, ct);
        }
    }

    private static string KeyBeside(string checkpointFolder) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(checkpointFolder).TrimEnd(Path.DirectorySeparatorChar))!, KeyName);

    // An empty file was made to be written in. A link, a device and a pipe are none of ours, and reading a pipe would wait for ever.
    private static bool IsExport(string file)
    {
        if (new FileInfo(file) is { LinkTarget: not null } || Devices.Any(folder => Path.GetFullPath(file).StartsWith(folder, StringComparison.Ordinal)))
        {
            return false;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        var begin = new byte[LineBegins.Length];
        return stream.CanSeek && (stream.Length == 0 || (stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == begin.Length && begin.AsSpan().SequenceEqual(LineBegins)));
    }

    // Lines are only ever added, so those up to the end make one state, whatever is added meanwhile.
    private async Task WriteLines(string draft, long end, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(draft)!);
        await using (var db = await databases.CreateDbContextAsync(ct))
        await using (var writer = new StreamWriter(draft, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            await foreach (var entry in db.Trail.AsNoTracking().Where(entry => entry.Seq <= end).OrderBy(entry => entry.Seq).AsAsyncEnumerable().WithCancellation(ct))
            {
                await writer.WriteLineAsync(entry.ToLine().AsMemory(), ct);
            }
        }
    }
}
