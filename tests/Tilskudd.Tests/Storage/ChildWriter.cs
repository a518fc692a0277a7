using System.Diagnostics;
using Tilskudd.Storage;

namespace Tilskudd.Tests.Storage;

/// <summary>
/// A process of its own that writes through the door and says so on its standard output, a line for each write acknowledged, so that it
/// can be killed or watched from outside. It is a test only in order to have a process to run in.
/// </summary>
public sealed class ChildWriter
{
    private const string File = "TILSKUDD_TEST_CHILD_FILE";
    private const string Checkpoint = "TILSKUDD_TEST_CHILD_CHECKPOINT";
    private const string Writes = "TILSKUDD_TEST_CHILD_WRITES";

    [Fact(Explicit = true)]
    public async Task Writes_until_it_has_written_enough()
    {
        if (Environment.GetEnvironmentVariable(File) is not { } file)
        {
            return;
        }

        await using var database = TestDatabase.Open(SqliteFile.At(file));
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        for (var n = 1; n <= int.Parse(Environment.GetEnvironmentVariable(Writes)!, System.Globalization.CultureInfo.InvariantCulture); n++)
        {
            await database.Write(writing => DoorTests.Found(writing, $"kommune-{n}"));

            // On a line of its own, whatever the test runner has just written.
            await output.WriteAsync($"\nack {n}\n");
        }

        if (Environment.GetEnvironmentVariable(Checkpoint) is not null)
        {
            await database.Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /// <summary>Starts the process, under another program where one is named.</summary>
    internal static Process Start(SqliteFile database, int writes, params string[] under) => Start(database, writes, checkpoints: false, under);

    /// <summary>The same; and when all is written, the log is written back into the file.</summary>
    internal static Process StartAndCheckpoint(SqliteFile database, int writes, params string[] under) => Start(database, writes, checkpoints: true, under);

    private static Process Start(SqliteFile database, int writes, bool checkpoints, string[] under)
    {
        string[] words = [.. under, Path.ChangeExtension(typeof(ChildWriter).Assembly.Location, null), "-method", $"{typeof(ChildWriter).FullName}.{nameof(Writes_until_it_has_written_enough)}", "-explicit", "only"];
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment[File], start.Environment[Writes]) = (database.Path, writes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (checkpoints)
        {
            start.Environment[Checkpoint] = "yes";
        }

        return Process.Start(start)!;
    }
}
