using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Notices;
using Tilskudd.Tests.Conformance;
using Tilskudd.Tests.Runs;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Faults;

/// <summary>The application twice on one PostgreSQL, killed in the midst of its sweeping.</summary>
[OnPostgres]
public sealed class TwoNodesTests
{
    private const int Queued = 40;

    [Fact]
    public async Task Nodes_killed_at_random_while_they_sweep_lose_nothing_and_do_nothing_twice()
    {
        var random = new Random(20241120);
        await using var given = await GivenAYear.Create();
        var database = given.Site.Database;
        await using var server = new SmtpStub();
        var queued = await Queue(given);
        var nodes = new List<Served>();
        try
        {
            nodes.AddRange(await Task.WhenAll(Start(database, server), Start(database, server)));
            foreach (var most in new[] { Queued / 3, 2 * Queued / 3 })
            {
                var moment = random.Next(1, most);
                await server.Until(() => server.Mails.Count >= moment);
                var dying = nodes[random.Next(nodes.Count)];
                dying.Kill();
                await dying.Ended();
                nodes.Remove(dying);

                // Its lease runs out without us waiting for it; and somebody starts the node again.
                await database.Sql($"UPDATE SweepLeases SET Until = now() - interval '1 second' WHERE Holder LIKE '%/{dying.Id.ToString(CultureInfo.InvariantCulture)}'");
                await dying.DisposeAsync();
                nodes.Add(await Start(database, server));
            }

            await server.Until(() => server.Mails.Select(MessageId).Intersect(queued).Count() == Queued);
            foreach (var node in nodes)
            {
                node.Terminate();
                Assert.Equal(0, await node.Ended());
                Assert.DoesNotMatch(@"Request \S+ failed", node.Said);
            }
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }

        // What the years between have made due beside it is done to the end here, as a third node.
        given.At(2090, 1, 1, 9);
        await given.Site.Turn();
        await using var db = database.Read();
        var notices = await db.Set<Notice>().ToListAsync(TestContext.Current.CancellationToken);
        var copies = server.Mails.GroupBy(MessageId).ToDictionary(mails => mails.Key, mails => mails.Count());

        // Each kill may double the mail in hand, which then is the same mail.
        Assert.All(notices, notice => Assert.True(notice.State is NoticeState.Sent or NoticeState.Cancelled, $"{notice.Kind}: {notice.State}"));
        Assert.Empty(copies.Keys.Except(notices.Where(notice => notice.State == NoticeState.Sent).Select(notice => $"<{notice.MessageId}>")));
        Assert.InRange(server.Mails.Count, copies.Count, copies.Count + 2);
        Assert.InRange(copies.Values.Max(), 1, 2);
        Assert.Equal(0L, await database.Sql("SELECT count(*) FROM DeadlineRungs WHERE HandledAt IS NULL"));
        await Sound.IsWhole(database);
    }

    private static async Task<IReadOnlyList<string>> Queue(GivenAYear given)
    {
        var queue = given.Site.Services.GetRequiredService<NoticeQueue>();
        var ids = new List<string>();
        await given.Write(async w =>
        {
            for (var n = 0; n < Queued; n++)
            {
                var notice = await queue.Queue(w, NoticeKind.Message, given.Members[n % given.Members.Count], $"test/{n}", new NoticeAbout { Text = $"Møtet er flyttet\nTil dag {n}." });
                ids.Add($"<{notice.MessageId}>");
            }
        });
        return ids;
    }

    private static Task<Served> Start(TestDatabase database, SmtpStub server) => Served.Start(
        database, "--Mail:Kind", "Smtp", "--Mail:Host", "localhost", "--Mail:Port", $"{server.Port}", "--Mail:Security", "None", "--Mail:From", "ikke-svar@tilskudd.example");

    private static string MessageId(byte[] mail) =>
        Encoding.Latin1.GetString(mail).Split("\r\n").Single(line => line.StartsWith("Message-ID: ", StringComparison.OrdinalIgnoreCase))["Message-ID: ".Length..].Trim();
}
