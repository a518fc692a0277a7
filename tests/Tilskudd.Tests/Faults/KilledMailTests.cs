using System.Net;
using Tilskudd.Notices;
using Tilskudd.Tests.Conformance;
using Tilskudd.Tests.Notices;
using Tilskudd.Tests.SignIn;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Faults;

/// <summary>The application is killed while it talks with the mail server (F05, F06, F07, F39, F40): no mail is lost, and a double is the same mail.</summary>
[OnSqlite]
public sealed class KilledMailTests
{
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData(SmtpStub.Connected, 1)]
    [InlineData("EHLO tilskudd.example", 1)]
    [InlineData("DATA", 1)]
    [InlineData(SmtpStub.InTheBody, 1)]
    [InlineData(SmtpStub.TakenOver, 2)]
    public async Task A_kill_at_any_word_of_the_talk_loses_no_mail_and_doubles_one_at_most(string heard, int most)
    {
        await using var given = await GivenNotices.Create();
        await using var server = new SmtpStub();
        var ids = await Queue(given, 3);
        await using (var first = await Serve(given, server, heard))
        {
            await first.Ended();
        }

        // Where the note of it was saved in time, the first mail is not sent again.
        var expected = server.Mails.Count + ids.Count - ((await given.Find(ids[0])).State == NoticeState.Sent ? 1 : 0);
        await using (var second = await Serve(given, server, null))
        {
            await server.Until(() => server.Mails.Count >= expected);
            second.Terminate();
            Assert.Equal(0, await second.Ended());
        }

        var states = new List<NoticeState>();
        foreach (var id in ids)
        {
            states.Add((await given.Find(id)).State);
        }

        var copies = server.Mails.GroupBy(MessageId).ToDictionary(mails => mails.Key, mails => mails.Count());
        Assert.All(states, state => Assert.Equal(NoticeState.Sent, state));
        Assert.Equal(ids.Select(id => $"<{id.Value:N}@tilskudd.example>").Order(StringComparer.Ordinal), copies.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(copies.Values.Max(), 1, most);
        Assert.InRange(server.Mails.Count, 3, 2 + most);
    }

    [Theory]
    [InlineData(SmtpStub.InTheBody, 1)]
    [InlineData(SmtpStub.TakenOver, 2)]
    public async Task A_kill_that_follows_an_order_to_stop_loses_nothing_that_was_acknowledged_and_no_mail(string heard, int most)
    {
        await using var given = await GivenNotices.Create();
        await Served.Appoint(given.Database);
        await using var server = new SmtpStub();
        var ids = await Queue(given, 3);
        HttpStatusCode acknowledged;
        await using (var first = await Serve(given, server, heard, isToldFirst: true))
        {
            using var browser = new Browser(first.Address, new CookieContainer());
            acknowledged = (await browser.Submit("/logg-inn", null, ("epost", "kari@drammen.example"))).Status;
            _goOn.SetResult();
            await first.Ended();
        }

        await using (var second = await Serve(given, server, null))
        {
            await server.Until(() => server.Mails.GroupBy(MessageId).Count() >= ids.Count + 1);
            second.Terminate();
            Assert.Equal(0, await second.Ended());
        }

        // The wish that was acknowledged has become a mail too, and only the mail in hand may be there twice.
        Assert.Equal(HttpStatusCode.SeeOther, acknowledged);
        Assert.Equal(4, server.Mails.GroupBy(MessageId).Count());
        Assert.InRange(server.Mails.Count, 4, 3 + most);
        Assert.InRange(server.Mails.GroupBy(MessageId).Max(copies => copies.Count()), 1, most);
        await Sound.IsWhole(given.Database);
    }

    [Fact]
    public async Task Told_to_stop_under_load_it_ends_the_mail_in_hand_answers_what_it_has_taken_and_ends_well()
    {
        await using var given = await GivenNotices.Create();
        await using var server = new SmtpStub();
        var ids = await Queue(given, 20);
        await using var served = await Serve(given, server, null, stopAt: SmtpStub.InTheBody, out var reached);
        using var client = new HttpClient { BaseAddress = served.Address };

        var requests = Enumerable.Range(0, 50).Select(_ => Ask(client)).ToList();
        await reached;
        var status = await served.Ended();
        var answers = await Task.WhenAll(requests);

        var sent = new List<NoticeState>();
        foreach (var id in ids)
        {
            sent.Add((await given.Find(id)).State);
        }

        Assert.Equal(0, status);
        Assert.All(answers, answer => Assert.True(answer is null or < 500, $"{answer}"));
        Assert.DoesNotContain(NoticeState.Sending, sent);
        Assert.Equal(server.Mails.Count, sent.Count(state => state == NoticeState.Sent));
    }

    private static async Task<IReadOnlyList<NoticeId>> Queue(GivenNotices given, int count)
    {
        var kari = await given.Person("Kari Nordby", "kari@drammen.example");
        var ids = new List<NoticeId>();
        for (var n = 0; n < count; n++)
        {
            ids.Add(await given.Tell(kari));
        }

        return ids;
    }

    private Task<Served> Serve(GivenNotices given, SmtpStub server, string? killedAt, bool isToldFirst = false) => Serve(given, server, killedAt, null, out _, isToldFirst);

    private Task<Served> Serve(GivenNotices given, SmtpStub server, string? killedAt, string? stopAt, out Task reached, bool isToldFirst = false)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reached = stopped.Task;
        var started = new TaskCompletionSource<Served>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Heard = async word =>
        {
            if (word == killedAt)
            {
                var served = await started.Task;
                if (isToldFirst)
                {
                    await _goOn.Task;
                    served.Terminate();
                    await NoLongerListens(served);
                }

                served.Kill();

                // What lies on its way when the killed program's machine is gone does not arrive.
                throw new IOException("The client was killed.");
            }
            else if (word == stopAt && !stopped.Task.IsCompleted)
            {
                (await started.Task).Terminate();
                stopped.TrySetResult();
            }
        };
        return Start();

        async Task<Served> Start()
        {
            var served = await Served.Start(
                given.Database, "--Mail:Kind", "Smtp", "--Mail:Host", "localhost", "--Mail:Port", $"{server.Port}", "--Mail:Security", "None", "--Mail:From", "ikke-svar@tilskudd.example");
            started.SetResult(served);
            return served;
        }
    }

    // The mail in hand is not broken off, so the program lives on, but takes no more requests.
    private static async Task NoLongerListens(Served served)
    {
        using var client = new HttpClient { BaseAddress = served.Address };
        while (await Ask(client) is not null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static async Task<int?> Ask(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/logg-inn", UriKind.Relative), TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // Not taken: the server no longer listened.
            return null;
        }
    }

    private static string MessageId(byte[] mail) =>
        System.Text.Encoding.Latin1.GetString(mail).Split("\r\n").Single(line => line.StartsWith("Message-ID: ", StringComparison.OrdinalIgnoreCase))["Message-ID: ".Length..].Trim();
}
