using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Storage;

/// <summary>What has been acknowledged stays, whatever happens to the process.</summary>
[OnSqlite]
public sealed class DurabilityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(23)]
    [InlineData(58)]
    public async Task A_killed_process_has_lost_nothing_it_acknowledged(int killedAfter)
    {
        await using var database = await TestDatabase.CreateInFile();
        using var child = ChildWriter.Start(database.File, writes: 100_000);

        var acknowledged = 0;
        while (acknowledged < killedAfter && await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            acknowledged = line.StartsWith("ack ", StringComparison.Ordinal) ? int.Parse(line[4..], CultureInfo.InvariantCulture) : acknowledged;
        }

        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        await using var db = database.Read();
        var kept = await db.Municipalities.CountAsync(TestContext.Current.CancellationToken);
        var report = await TrailVerification.Verify(TrailVerification.Lines(db, TestContext.Current.CancellationToken), [], null, TestContext.Current.CancellationToken);
        Assert.InRange(acknowledged, killedAfter, 100_000);
        Assert.InRange(kept, acknowledged, 100_000);
        Assert.Equal((TrailVerdict.Whole, kept), (report.Verdict, report.Count));
        Assert.Equal("ok", await database.Sql("PRAGMA integrity_check"));
        Assert.Null(await database.Sql("PRAGMA foreign_key_check"));
    }

    // A kill cannot tell synchronous=FULL from NORMAL, which loses the last commits when power fails; the calls to the disk can.
    [Fact]
    public async Task Every_commit_is_on_the_disk_before_it_is_acknowledged()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/strace"), "strace is needed to see the calls to the disk.");
        await using var database = await TestDatabase.CreateInFile();
        var log = Path.Combine(database.Folder, "calls.txt");

        using var child = ChildWriter.Start(database.File, writes: 20, "/usr/bin/strace", "-f", "--seccomp-bpf", "-e", "trace=fdatasync,fsync,write", "-e", "signal=none", "-s", "8", "-o", log);
        await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        var calls = (await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken)).Where(call => call.Contains("sync(", StringComparison.Ordinal) || call.Contains("ack ", StringComparison.Ordinal)).ToList();
        var acknowledged = calls.Index().Where(call => call.Item.Contains("ack ", StringComparison.Ordinal)).Select(call => call.Index).ToList();
        Assert.Equal(20, acknowledged.Count);
        Assert.All(acknowledged, at => Assert.Contains("sync(", at > 0 ? calls[at - 1] : "", StringComparison.Ordinal));
    }
}
