using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;

namespace Tilskudd.Tests.Storage;

public class CompiledTests
{
    // One for all tests and both kinds of database, as the application's own are.
    private static readonly Func<TilskuddDb, string, IAsyncEnumerable<Municipality>> ByName = Compiled.Query((TilskuddDb db, string name) => db.Municipalities.Where(one => one.Name == name));

    [Fact]
    public async Task A_compiled_question_is_answered_with_what_is_asked_about_now()
    {
        await using var database = await TestDatabase.Create();
        await database.Write(writing => writing.Db.AddRange(Named(writing, "drammen"), Named(writing, "bergen")));

        Assert.Equal(["drammen"], await Ask(database, "drammen"));
        Assert.Equal(["bergen"], await Ask(database, "bergen"));
        Assert.Empty(await Ask(database, "oslo"));
    }

    [Fact]
    public async Task What_a_compiled_question_finds_is_tracked_in_a_story_and_not_outside_whichever_asks_first()
    {
        await using var database = await TestDatabase.Create();
        await database.Write(writing => writing.Db.Add(Named(writing, "drammen")));

        var before = await Tracked(database);
        var within = 0;
        await database.Door.Write(
            async writing =>
            {
                _ = await ByName(writing.Db, "drammen").SingleAsync(TestContext.Current.CancellationToken);
                within = writing.Db.ChangeTracker.Entries().Count();
                return null;
            },
            TestContext.Current.CancellationToken);

        Assert.Equal((0, 1, 0), (before, within, await Tracked(database)));
    }

    [Fact]
    public async Task An_existing_document_is_found_in_its_table_and_among_what_the_story_has_added()
    {
        await using var database = await TestDatabase.Create();
        MunicipalityId kept = default;
        await database.Write(writing => kept = writing.Db.Add(Named(writing, "drammen")).Entity.Id);

        await database.Door.Write(
            async writing =>
            {
                var added = writing.Db.Add(Named(writing, "bergen")).Entity;
                var found = await writing.Db.Existing<Municipality>(kept, TestContext.Current.CancellationToken);
                Assert.Equal("drammen", found.Name);
                Assert.Same(added, await writing.Db.Existing<Municipality>(added.Id, TestContext.Current.CancellationToken));
                Assert.Same(found, await writing.Db.Existing<Municipality>(kept, TestContext.Current.CancellationToken));
                await Assert.ThrowsAsync<InvalidOperationException>(() => writing.Db.Existing<Municipality>(writing.Ids.Next<MunicipalityId>(), TestContext.Current.CancellationToken));
                return null;
            },
            TestContext.Current.CancellationToken);
    }

    private static Municipality Named(Writing writing, string name) => new(writing.Ids.Next<MunicipalityId>(), name, "nb");

    private static async Task<List<string>> Ask(TestDatabase database, string name)
    {
        await using var db = database.Read();
        return await ByName(db, name).Select(one => one.Name).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<int> Tracked(TestDatabase database)
    {
        await using var db = database.Read();
        _ = await ByName(db, "drammen").SingleAsync(TestContext.Current.CancellationToken);
        return db.ChangeTracker.Entries().Count();
    }
}
