using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Notices;
using Tilskudd.Tests.Approval;
using Tilskudd.Tests.SignIn;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Faults;

/// <summary>The application is killed while members answer (reliability cases F01, F02 and F46): what was acknowledged stays, and nothing stands half.</summary>
[OnSqlite]
public sealed class KilledProcessTests
{
    private static readonly (string Name, string Answer)[] Script = [("Kari", "godkjenn"), ("Fatima", "godkjenn"), ("Ola", "godkjenn")];

    // The first answer, one in the middle, and the one that decides the case and closes the round.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_answer_whose_receipt_was_lost_in_a_kill_is_there_once_and_the_same_form_gets_its_receipt(int killedAt)
    {
        Served.Needs("/usr/bin/strace");
        await using var round = await Setting.Create();
        var members = Script.Select(one => round.Member(one.Name)).ToList();
        var forms = new List<IReadOnlyList<(string, string)>>();
        await using (var first = await round.Serve())
        {
            foreach (var (member, place) in members.Select((member, place) => (member, place)))
            {
                await member.Follow(first.Address);
                forms.Add(await member.Form(first.Address, Script[place].Answer));
            }

            for (var answered = 0; answered < killedAt; answered++)
            {
                Assert.Equal(HttpStatusCode.SeeOther, await members[answered].Post(first.Address, forms[answered]));
            }

            await first.KillAtNext(Served.ToDisk);
            Assert.Null(await members[killedAt].Post(first.Address, forms[killedAt]));
            Assert.NotEqual(0, await first.Ended());
        }

        await using (var second = await round.Serve())
        {
            for (var place = 0; place < Script.Length; place++)
            {
                Assert.Equal(HttpStatusCode.SeeOther, await members[place].Post(second.Address, forms[place]));
            }

            second.Terminate();
            Assert.Equal(0, await second.Ended());
        }

        await using var db = round.Database.Read();
        var kept = await db.Rounds.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Script.Length, kept.Answers.Count);
        Assert.NotNull(kept.ClosedAt);
        Assert.Equal(Script.Length, await db.Set<Notice>().CountAsync(notice => notice.Kind == NoticeKind.AnswerReceipt, TestContext.Current.CancellationToken));
        Assert.Equal(Script.Length, await db.Trail.CountAsync(entry => entry.Event == "answer-given", TestContext.Current.CancellationToken));
        await Sound.IsWhole(round.Database);
    }

    [Fact]
    public async Task When_the_key_ring_is_lost_links_still_work_and_an_open_form_is_asked_for_again()
    {
        Served.Needs("/bin/sh");
        await using var round = await Setting.Create();
        var kari = round.Member("Kari");
        IReadOnlyList<(string, string)> form;
        await using (var first = await round.Serve())
        {
            await kari.Follow(first.Address);
            form = await kari.Form(first.Address, "godkjenn");
            first.Terminate();
            Assert.Equal(0, await first.Ended());
        }

        Directory.Delete(Path.Combine(round.Folder, "keys"), recursive: true);
        await using var second = await round.Serve();
        var stale = await kari.Post(second.Address, form);
        var fresh = await kari.Post(second.Address, await kari.Form(second.Address, "godkjenn"));

        Assert.Equal(HttpStatusCode.BadRequest, stale);
        Assert.Equal(HttpStatusCode.SeeOther, fresh);
        Assert.DoesNotMatch(@"Request \S+ failed", second.Said);
    }

    // Every call that brings something to the disk, one after another, in one short script; and past the last of them the script ends.
    [Fact]
    public async Task Killed_at_any_call_to_the_disk_no_acknowledged_story_is_lost_and_none_is_half()
    {
        Served.Needs("/usr/bin/strace");
        var points = 0;
        for (var isKilled = true; isKilled;)
        {
            points++;
            Assert.InRange(points, 1, 30);
            await using var database = await TestDatabase.CreateInFile();
            using var child = ChildWriter.Start(database.File, writes: 3, Served.KilledAt(Served.ToDisk, points));
            var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            isKilled = child.ExitCode != 0;
            var acknowledged = output.Split('\n').Count(line => line.StartsWith("ack ", StringComparison.Ordinal));

            await using var db = database.Read();
            var kept = await db.Municipalities.CountAsync(TestContext.Current.CancellationToken);
            Assert.Equal(kept, await db.Trail.CountAsync(TestContext.Current.CancellationToken));
            Assert.InRange(kept, acknowledged, Math.Min(acknowledged + 1, 3));
            await Sound.IsWhole(database);
        }

        Assert.NotInRange(points, 1, 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public async Task Killed_while_the_log_is_written_back_into_the_file_nothing_is_lost(int page)
    {
        Served.Needs("/usr/bin/strace");
        await using var database = await TestDatabase.CreateInFile();

        using var child = ChildWriter.StartAndCheckpoint(database.File, writes: 20, Served.KilledAt("write,pwrite64", page, "-P", database.File.Path));
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        await using var db = database.Read();
        Assert.NotEqual(0, child.ExitCode);
        Assert.Equal(20, output.Split('\n').Count(line => line.StartsWith("ack ", StringComparison.Ordinal)));
        Assert.Equal(20, await db.Municipalities.CountAsync(TestContext.Current.CancellationToken));
        await Sound.IsWhole(database);
    }

    /// <summary>Strømsø's round with its links, in a folder the application is served from.</summary>
    private sealed class Setting : IAsyncDisposable
    {
        private readonly Dictionary<string, (string Token, string Code)> _access = [];
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tilskudd-");

        public string Folder => _folder.FullName;

        public TestDatabase Database { get; private set; } = null!;

        private string Page { get; set; } = "";

        public static async Task<Setting> Create()
        {
            var setting = new Setting();
            await using (var given = await GivenARound.Open())
            {
                setting.Page = given.Page;
                foreach (var (name, _) in Script)
                {
                    setting._access[name] = given.Access(name);
                }

                await Served.Appoint(given.Site.Database);
                await given.Site.Database.Sql($"VACUUM INTO '{Served.Database(setting.Folder).Path}'");
            }

            setting.Database = TestDatabase.Open(Served.Database(setting.Folder));
            return setting;
        }

        public Task<Served> Serve() => Served.Start(Folder);

        public Remote Member(string name) => new(Page, _access[name].Token, _access[name].Code);

        public async ValueTask DisposeAsync()
        {
            await Database.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }

    /// <summary>A member whose browser stays open while the server comes and goes.</summary>
    private sealed class Remote(string page, string token, string code)
    {
        private readonly CookieContainer _cookies = new();

        public async Task Follow(Uri server)
        {
            using var browser = new Browser(server, _cookies);
            Assert.Equal(HttpStatusCode.SeeOther, (await browser.Get($"/g/{token}")).Status);
        }

        public async Task<IReadOnlyList<(string, string)>> Form(Uri server, string answer)
        {
            using var browser = new Browser(server, _cookies);
            return [.. Approval.Member.Fields((await browser.Get($"{page}/bekreft?svar={answer}")).Text), ("kode", code)];
        }

        /// <returns>The answer's status; null when none came.</returns>
        public async Task<HttpStatusCode?> Post(Uri server, IReadOnlyList<(string, string)> form)
        {
            using var browser = new Browser(server, _cookies);
            try
            {
                return (await browser.Post(page + "/bekreft", [.. form])).Status;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }
    }
}
