using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.SignIn;

namespace Tilskudd.Benchmarks;

/// <summary>
/// The approve click: members of groups post their answers over HTTP at the same time, and each is on the disk with its line in the trail and its
/// receipt in the outbox before it is acknowledged. Once each answers in a round of his own at a time, and once all in the same round, which is
/// the worst there is. Beside it stands the least a web server can do.
/// </summary>
internal static partial class Clicks
{
    private const int Clients = 16;
    private static readonly GrantYear Year = new(2025);

    /// <param name="each">How many clicks of each client a round of the measuring has.</param>
    public static async Task Run(int rounds, int each)
    {
        var table = new Table("Database", "Rounds", "Clicks", "Clicks/s", "p50, ms", "p99, ms", "Hello/s", "Hello p99, ms", "p99 ÷ hello's p99");
        await using var hello = await Hello();
        foreach (var kind in Ground.Kinds)
        {
            await using var ground = await Ground.Create(kind);
            await using var group = await Group.Gather(ground, 2 * (rounds + 1) * each);
            foreach (var isShared in new[] { false, true })
            {
                var (clicks, hellos) = (new List<Burst>(), new List<Burst>());
                await group.Click(each, isShared);
                await Greet(hello.Urls.First(), each);
                await Harness.Rounds(rounds, Noting("Click", clicks, () => group.Click(each, isShared)), Noting("Hello", hellos, () => Greet(hello.Urls.First(), 20 * each)));
                table.Add(
                    $"{kind}", isShared ? "the same" : "each another", $"{rounds * each * Clients:#,0}",
                    $"{Spread.Of(clicks.Select(burst => burst.Rate))}", $"{Spread.Of(clicks.Select(burst => burst.At(50)))}", $"{Spread.Of(clicks.Select(burst => burst.At(99)))}",
                    Spread.Write(Spread.Of(hellos.Select(burst => burst.Rate)).Median), Spread.Write(Spread.Of(hellos.Select(burst => burst.At(99))).Median),
                    $"{Harness.Ratio(clicks.Select(burst => burst.At(99)), hellos.Select(burst => burst.At(99)))}");
            }

            await group.Verify(2 * (rounds + 1) * each * Clients);
        }

        table.Print($"The approve click of {Clients} clients, durable, with trail and receipt");
    }

    private static Case Noting(string name, List<Burst> bursts, Func<Task<Burst>> work) => new(name, async () =>
    {
        bursts.Add(await work());
        return bursts[^1].All;
    });

    private static async Task<WebApplication> Hello()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => "hello");
        await app.StartAsync();
        return app;
    }

    private static async Task<Burst> Greet(string address, int each)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address) };
        return await Burst.Of(each, async (_, _) =>
        {
            using var answer = await client.GetAsync(new Uri("/", UriKind.Relative));
            Ground.Demand(answer.StatusCode == HttpStatusCode.OK, $"Hello answered {answer.StatusCode}.");
        });
    }

    /// <summary>Many requests, each client's one after the other.</summary>
    private sealed record Burst(TimeSpan All, IReadOnlyList<double> Milliseconds)
    {
        public double Rate => Milliseconds.Count / All.TotalSeconds;

        public double At(double percent) => Harness.Percentile(Milliseconds, percent);

        public static async Task<Burst> Of(int each, Func<int, int, Task> request)
        {
            var times = new ConcurrentBag<double>();
            var all = await Harness.Time(() => Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
            {
                for (var number = 0; number < each; number++)
                {
                    var watch = Stopwatch.StartNew();
                    await request(client, number);
                    times.Add(watch.Elapsed.TotalMilliseconds);
                }
            }))));
            return new(all, [.. times]);
        }
    }

    /// <summary>A group whose members are signed in, and the rounds that wait for them. The leader never answers, so that no round ends.</summary>
    private sealed partial class Group(Ground ground, IReadOnlyList<RoundId> rounds, IReadOnlyList<HttpClient> members) : IAsyncDisposable
    {
        private int _answered;

        public static async Task<Group> Gather(Ground ground, int rounds)
        {
            var years = new PlayYears(ground);
            await years.Begin();
            var laid = await years.Lay(1, [Year], units: rounds, members: Clients + 1);
            for (var unit = 0; unit < rounds; unit++)
            {
                laid.Tiltak.Clear();
                await years.ToTheGroup(laid, laid.In(Year, unit));
            }

            await using var db = await ground.Databases.CreateDbContextAsync();
            var open = await db.Rounds.Where(round => round.ClosedAt == null).Select(round => round.Id).ToListAsync();
            Ground.Demand(open.Count == rounds, $"{open.Count} of {rounds} rounds are open.");
            await ground.Serve();
            var signedIn = new List<HttpClient>();
            foreach (var member in laid.Members.Skip(1))
            {
                signedIn.Add(await SignIn(ground, member));
            }

            return new Group(ground, open, signedIn);
        }

        /// <summary>Every member answers the next so many rounds; the forms are fetched before.</summary>
        /// <param name="isShared">Whether all answer the rounds in the same order.</param>
        public async Task<Burst> Click(int each, bool isShared)
        {
            var next = rounds.Skip(_answered).Take(each).ToList();
            _answered += each;
            var forms = new Dictionary<(int, int), FormUrlEncodedContent>();
            for (var member = 0; member < members.Count; member++)
            {
                for (var number = 0; number < each; number++)
                {
                    forms.Add((member, number), await Form(members[member], Of(member, number)));
                }
            }

            return await Burst.Of(each, async (member, number) =>
            {
                using var form = forms[(member, number)];
                using var answer = await members[member].PostAsync(new Uri($"/godkjenning/{Of(member, number)}/bekreft", UriKind.Relative), form);
                Ground.Demand(answer.StatusCode == HttpStatusCode.SeeOther, $"A click was answered {(int)answer.StatusCode}.");
            });

            RoundId Of(int member, int number) => next[isShared ? number : (number + member) % each];
        }

        public async Task Verify(int clicks)
        {
            await using var db = await ground.Databases.CreateDbContextAsync();
            var answers = await db.Set<RoundAnswer>().CountAsync();
            var receipts = await db.Set<Notice>().CountAsync(notice => notice.Kind == NoticeKind.AnswerReceipt);
            var told = await db.Trail.CountAsync(entry => entry.Event == "answer-given");
            Ground.Demand((answers, receipts, told) == (clicks, clicks, clicks), $"{clicks} clicks gave {answers} answers, {receipts} receipts and {told} lines.");
            await ground.DemandTrail();
        }

        public ValueTask DisposeAsync()
        {
            foreach (var member in members)
            {
                member.Dispose();
            }

            return ValueTask.CompletedTask;
        }

        private static async Task<FormUrlEncodedContent> Form(HttpClient member, RoundId round)
        {
            var page = await member.GetStringAsync(new Uri($"/godkjenning/{round}/bekreft?svar=godkjenn", UriKind.Relative));
            return new(Hidden().Matches(page.Split("<footer")[0]).Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value))).Append(new("merk", "")));
        }

        [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
        private static partial Regex Hidden();
    }

    /// <summary>A browser in which a person is signed in.</summary>
    internal static async Task<HttpClient> SignIn(Ground ground, PersonId person)
    {
        var (sessions, cookie) = (ground.Services.GetRequiredService<Sessions>(), "");
        await ground.Write(async w => cookie = await sessions.Start(w, person, null, isElectronic: false, CancellationToken.None));
        var cookies = new CookieContainer();
        cookies.Add(new Cookie(sessions.CookieName, cookie, "/", ground.Address.Host));
        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies, UseProxy = false }) { BaseAddress = ground.Address };
    }
}
