using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;

namespace Tilskudd.Trail;

/// <summary>What a verification found; the numbers are the exit statuses of the verb <c>verify</c>.</summary>
internal enum TrailVerdict
{
    Whole = 0,

    /// <summary>A line does not belong where it stands.</summary>
    Broken = 2,

    /// <summary>A checkpoint vouches for lines that are not there.</summary>
    Truncated = 3,

    /// <summary>A checkpoint is not signed by the key.</summary>
    BadSignature = 4,
}

/// <param name="Count">How many lines were found whole, from the first on.</param>
/// <param name="Head">The hash of the last of them.</param>
/// <param name="SignedTo">The last line a checkpoint vouches for; 0 where none does.</param>
/// <param name="Why">What was found, in Norwegian sentences; empty when all is whole.</param>
internal sealed record TrailReport(TrailVerdict Verdict, long Count, string Head, int Checkpoints, long SignedTo, IReadOnlyList<string> Why);

/// <summary>Checks a trail against itself and against its checkpoints, one line at a time, however long it is.</summary>
internal static class TrailVerification
{
    // No true entry comes near this many characters; a longer line is no entry, and is not kept in memory.
    private const int LongestLine = 4 * 1024 * 1024;

    /// <summary>The trail's lines in an exported file.</summary>
    public static async IAsyncEnumerable<string> Lines(string file, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var reader = new StreamReader(file, Encoding.UTF8);
        var line = new StringBuilder();
        var block = new char[64 * 1024];
        int read;
        while ((read = await reader.ReadAsync(block, ct)) > 0)
        {
            var from = 0;
            for (var end = Array.IndexOf(block, '\n', 0, read); end >= 0; end = Array.IndexOf(block, '\n', from, read - from))
            {
                line.Append(block, from, end - from);
                from = end + 1;
                yield return line.ToString();
                line.Clear();
            }

            line.Append(block, from, read - from);
            if (line.Length > LongestLine)
            {
                yield return "";
                yield break;
            }
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    /// <summary>The trail's lines in the database, as they would be exported.</summary>
    public static async IAsyncEnumerable<string> Lines(TilskuddDb db, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await using var entries = db.Trail.AsNoTracking().OrderBy(entry => entry.Seq).AsAsyncEnumerable().GetAsyncEnumerator(ct);
        while (true)
        {
            string line;
            try
            {
                if (!await entries.MoveNextAsync())
                {
                    yield break;
                }

                line = entries.Current.ToLine();
            }
            catch (Exception unreadable) when (unreadable is FormatException or InvalidCastException or InvalidOperationException)
            {
                // A column that does not hold what it should is a broken line like any other.
                line = "";
            }

            yield return line;
            if (line.Length == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>Every checkpoint in a folder, null for a file that is none, with the file's name.</summary>
    public static async Task<IReadOnlyList<(string File, Checkpoint? Checkpoint)>> Checkpoints(string folder, CancellationToken ct = default)
    {
        var found = new List<(string, Checkpoint?)>();
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            if (!Path.GetFileName(file).StartsWith('.'))
            {
                found.Add((Path.GetFileName(file), Checkpoint.Parse(await File.ReadAllTextAsync(file, ct))));
            }
        }

        return found;
    }

    /// <summary>A bad signature is told before a broken line, and that before a missing end.</summary>
    public static async Task<TrailReport> Verify(
        IAsyncEnumerable<string> lines, IReadOnlyList<(string File, Checkpoint? Checkpoint)> checkpoints, TrailKey? key, CancellationToken ct = default)
    {
        var bad = checkpoints.Select(found => key is null || found.Checkpoint?.IsSignedBy(key) != true ? $"Kontrollpunktet «{found.File}» er ikke signert med denne nøkkelen."
            : found.File != found.Checkpoint.FileName ? $"Kontrollpunktet «{found.File}» går god for linje {found.Checkpoint.Seq}, og skulle hett «{found.Checkpoint.FileName}»." : "").Where(fault => fault.Length > 0).ToList();
        var signed = checkpoints.Select(found => found.Checkpoint).OfType<Checkpoint>().ToLookup(checkpoint => checkpoint.Seq);
        var chain = new TrailChain();
        var broken = bad.Count > 0 ? null : await Follow(chain, lines, signed, ct);
        var verdict = bad.Count > 0 ? TrailVerdict.BadSignature : broken is not null ? TrailVerdict.Broken : Missing(chain, signed) ? TrailVerdict.Truncated : TrailVerdict.Whole;
        IReadOnlyList<string> why = verdict switch
        {
            TrailVerdict.Whole => [],
            TrailVerdict.Broken => [broken!],
            TrailVerdict.Truncated => [$"Sporet slutter ved linje {chain.Count}, men et signert kontrollpunkt går god for {signed.Max(group => Furthest(group))}."],
            TrailVerdict.BadSignature => bad,
        };
        return new TrailReport(verdict, chain.Count, chain.Head, checkpoints.Count, signed.Count == 0 ? 0 : signed.Max(group => Furthest(group)), why);
    }

    private static async Task<string?> Follow(TrailChain chain, IAsyncEnumerable<string> lines, ILookup<long, Checkpoint> signed, CancellationToken ct)
    {
        await foreach (var line in lines.WithCancellation(ct))
        {
            var at = chain.Count + 1;
            if (chain.Take(line) is { } fault)
            {
                return $"Sporet er brutt ved linje {at}: {fault}.";
            }

            if (signed[at].Any(checkpoint => checkpoint.Hash != chain.Head))
            {
                return $"Sporet er brutt ved linje {at}: den er en annen enn den kontrollpunktet går god for, så noe til og med den er skrevet om.";
            }
        }

        return null;
    }

    private static bool Missing(TrailChain chain, ILookup<long, Checkpoint> signed) => signed.Any(group => Furthest(group) > chain.Count);

    private static long Furthest(IEnumerable<Checkpoint> checkpoints) => checkpoints.Max(checkpoint => Math.Max(checkpoint.Seq, checkpoint.Count));
}
