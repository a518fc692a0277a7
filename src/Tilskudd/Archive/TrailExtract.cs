using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Archive;

/// <summary>
/// The lines of the trail that belong to a case, each with the lines between it and the next checkpoint, so that the signature vouches for it
/// without the rest of the trail. Other lines in between tell no more than the trail does: ids, never persons.
/// </summary>
internal static class TrailExtract
{
    /// <param name="checkpoints">The signed checkpoints; the last one at the head of the trail.</param>
    /// <returns>The lines, the checkpoints that end them, and the numbers of those that are the case's own.</returns>
    public static async Task<(IReadOnlyList<string> Lines, IReadOnlyList<Checkpoint> Checkpoints, IReadOnlyList<long> Own)> Of(
        TilskuddDb db, IReadOnlyList<string> objects, IReadOnlyList<Checkpoint> checkpoints, CancellationToken ct)
    {
        var ends = checkpoints.Select(checkpoint => checkpoint.Seq).Order().ToList();
        var own = (await db.Trail.Where(entry => objects.Contains(entry.Object)).Select(entry => entry.Seq).ToListAsync(ct)).Where(seq => ends.Count > 0 && seq <= ends[^1]).Order().ToList();
        var pieces = own.GroupBy(seq => ends.First(end => end >= seq)).Select(piece => (From: piece.Min(), To: piece.Key)).ToList();
        var lines = new List<string>();
        foreach (var (from, to) in pieces)
        {
            lines.AddRange((await db.Trail.AsNoTracking().Where(entry => entry.Seq >= from && entry.Seq <= to).OrderBy(entry => entry.Seq).ToListAsync(ct)).Select(entry => entry.ToLine()));
        }

        return (lines, [.. pieces.Select(piece => checkpoints.First(checkpoint => checkpoint.Seq == piece.To))], own);
    }

    /// <summary>Follows every piece from its first line to the checkpoint that ends it.</summary>
    /// <returns>What was found, and the lines that are whole, by number.</returns>
    public static (IReadOnlyList<(TrailVerdict Verdict, string Why)> Faults, IReadOnlyDictionary<long, JsonElement> Lines) Follow(IEnumerable<string> lines, IReadOnlyList<Checkpoint> checkpoints)
    {
        var faults = new List<(TrailVerdict, string)>();
        var whole = new Dictionary<long, JsonElement>();
        var hashes = new Dictionary<long, string>();
        TrailChain? chain = null;
        var place = 0;
        foreach (var line in lines)
        {
            place++;
            var start = Start(line);
            if (chain is null || (start is { } next && next.Seq != chain.Count + 1))
            {
                // A piece must have come to its checkpoint before the next begins.
                if (chain is not null && !checkpoints.Any(checkpoint => checkpoint.Seq == chain.Count))
                {
                    faults.Add((TrailVerdict.Broken, $"linje {place}: nummer {chain.Count + 1} mangler foran den, og ingen kontrollpunkt slutter der"));
                }

                chain = new TrailChain((start?.Seq ?? 1) - 1, start?.Prev ?? TrailEntry.Genesis);
            }

            if (chain.Take(line) is { } fault)
            {
                faults.Add((TrailVerdict.Broken, $"linje {place}: {fault}"));
                return (faults, whole);
            }

            hashes[chain.Count] = chain.Head;
            using var read = JsonDocument.Parse(line);
            whole[chain.Count] = read.RootElement.Clone();
        }

        foreach (var checkpoint in checkpoints)
        {
            if (!hashes.TryGetValue(checkpoint.Seq, out var hash))
            {
                faults.Add((TrailVerdict.Truncated, $"linjen med nummer {checkpoint.Seq} mangler, men kontrollpunktet går god for den"));
            }
            else if (hash != checkpoint.Hash)
            {
                faults.Add((TrailVerdict.Broken, $"linjen med nummer {checkpoint.Seq} er en annen enn den kontrollpunktet går god for"));
            }
        }

        if (chain is not null && checkpoints.All(checkpoint => checkpoint.Seq < chain.Count))
        {
            faults.Add((TrailVerdict.Truncated, $"ingen kontrollpunkt går god for de siste linjene, til og med nummer {chain.Count}"));
        }

        return (faults, whole);
    }

    private static (long Seq, string Prev)? Start(string line)
    {
        try
        {
            using var read = JsonDocument.Parse(line);
            return read.RootElement.TryGetProperty("seq", out var seq) && seq.TryGetInt64(out var number) && read.RootElement.GetProperty("prev").GetString() is { } prev ? (number, prev) : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // No line at all; the chain says what is wrong with it.
            return null;
        }
    }
}
