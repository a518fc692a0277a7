using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;
using Tilskudd.Tests.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Faults;

/// <summary>What holds of a database after any fault.</summary>
internal static class Sound
{
    /// <summary>The file is whole, where there is one (I13), and so is the trail (I9).</summary>
    public static async Task IsWhole(TestDatabase database)
    {
        if (database.Place is SqliteFile)
        {
            Assert.Equal("ok", await database.Sql("PRAGMA integrity_check"));
            Assert.Null(await database.Sql("PRAGMA foreign_key_check"));
        }

        await using var db = database.Read();
        var report = await TrailVerification.Verify(TrailVerification.Lines(db, TestContext.Current.CancellationToken), [], null, TestContext.Current.CancellationToken);
        Assert.Equal((TrailVerdict.Whole, await db.Trail.CountAsync(TestContext.Current.CancellationToken)), (report.Verdict, report.Count));
    }
}
