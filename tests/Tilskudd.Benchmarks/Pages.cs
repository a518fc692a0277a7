using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Demo.Simulation;
using Tilskudd.Runs;

namespace Tilskudd.Benchmarks;

/// <summary>
/// The pages as an administrator sees them, who sees everything, over a country of one programme, of fourteen, of every municipality, and of
/// every municipality for fifteen years. The newest year of each programme waits for its group; the years before are played to their end.
/// </summary>
internal static class Pages
{
    private static readonly GrantYear Newest = new(2025);

    /// <param name="countries">Programmes and years of each, the least first; each is a part of the next.</param>
    public static async Task Run(IReadOnlyList<(int Programmes, int Years)> countries, int rounds, int each)
    {
        foreach (var kind in Ground.Kinds)
        {
            await using var whole = await Ground.Create(kind, new UnhurriedDisk());
            var served = new List<Country>();
            await foreach (var country in Grow(whole, countries))
            {
                served.Add(country);
            }

            var table = new Table(["Page", .. countries.Select(country => $"{country.Programmes} × {country.Years}"), "Most ÷ least"]);
            foreach (var path in served[0].Paths.Keys)
            {
                // Once for each before anything counts.
                var times = served.ToDictionary(country => country.Name, _ => new List<double>());
                foreach (var country in served)
                {
                    await country.Get(path);
                }

                var seconds = await Harness.Rounds(rounds, [.. served.Select(country => new Case(country.Name, async () =>
                {
                    var asked = new List<double>();
                    for (var number = 0; number < each; number++)
                    {
                        asked.Add((await Harness.Time(() => country.Get(path))).TotalSeconds);
                    }

                    times[country.Name].AddRange(asked);
                    return TimeSpan.FromSeconds(Harness.Percentile(asked, 50));
                }))]);
                table.Add([path, .. served.Select(country => Spread.Write(1000 * Harness.Percentile(times[country.Name], 95))), $"{Harness.Ratio(seconds[served[^1].Name], seconds[served[0].Name])}"]);
            }

            table.Print($"Pages on {kind}: p95 in ms at programmes × years, and how many times as long the median of the largest is");
            foreach (var country in served)
            {
                await country.DisposeAsync();
            }
        }
    }

    private static async IAsyncEnumerable<Country> Grow(Ground ground, IReadOnlyList<(int Programmes, int Years)> countries)
    {
        var most = countries.Max(country => country.Years);
        IReadOnlyList<GrantYear> years = [.. Enumerable.Range(Newest.Number - most + 1, most).Select(year => new GrantYear(year))];
        var (laid, person) = (new List<LaidProgramme>(), default(PersonId));
        var first = new PlayYears(ground);
        await first.Begin();
        await ground.Write(w =>
        {
            person = w.Ids.Next<PersonId>();
            w.Db.Add(new Person(person, "Astrid Lie", "astrid@kommune.example", "nb", "", isInvented: true, "salt"));
            w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), person, Role.Administrator, null, null, null, new(2020, 1, 1), null));
            return Task.CompletedTask;
        });
        var played = 1;
        foreach (var (programmes, depth) in countries)
        {
            var play = first.On(ground);
            while (laid.Count < programmes)
            {
                laid.Add(await play.Lay(laid.Count + 1, years));
                await play.ToTheGroup(laid[^1], laid[^1].In(Newest));
            }

            for (; played < depth; played++)
            {
                var year = new GrantYear(Newest.Number - played);
                foreach (var programme in laid)
                {
                    programme.Tiltak.Clear();
                    await play.Whole(programme, programme.In(year));
                }
            }

            yield return await Country.Serve(await ground.Copy(), person, laid[0], programmes, depth);
        }
    }

    /// <summary>A served copy of the country as it was.</summary>
    private sealed class Country(Ground ground, HttpClient administrator, string name, IReadOnlyDictionary<string, string> paths) : IAsyncDisposable
    {
        public string Name => name;

        /// <summary>What is asked for, by how it is written in the table.</summary>
        public IReadOnlyDictionary<string, string> Paths => paths;

        public static async Task<Country> Serve(Ground ground, PersonId person, LaidProgramme one, int programmes, int years)
        {
            await ground.DemandTrail();
            await using var db = await ground.Databases.CreateDbContextAsync();
            var runs = await db.Set<Run>().CountAsync();
            Ground.Demand(runs == programmes * (1 + (3 * (years - 1))), $"{runs} runs at {programmes} × {years}.");
            var unit = one.Programme.Units[0].Id;
            var run = await db.Set<Run>().SingleAsync(run => run.PlanUnitId == unit && run.Year == Newest);
            await ground.Serve();
            return new Country(ground, await Clicks.SignIn(ground, person), $"{programmes} × {years}", new Dictionary<string, string>
            {
                ["/"] = "/",
                ["/innboks"] = "/innboks",
                ["/planer"] = "/planer",
                ["/program/{slug}"] = $"/program/{one.Programme.Slug}",
                ["/program/{slug}/{year}"] = $"/program/{one.Programme.Slug}/{Newest}",
                ["/plan/{id}"] = $"/plan/{run.DocumentId}",
                ["/prosess"] = "/prosess",
                ["/prosess/{run}"] = $"/prosess/{run.Id}",
                ["/frister"] = "/frister",
                ["/landet"] = $"/landet?aar={Newest}",
                ["/spor"] = "/spor",
                ["/admin/personer"] = "/admin/personer",
            });
        }

        public async Task Get(string page)
        {
            using var answer = await administrator.GetAsync(new Uri(paths[page], UriKind.Relative));
            var text = await answer.Content.ReadAsStringAsync();
            Ground.Demand(answer.StatusCode == HttpStatusCode.OK && text.Contains("</html>", StringComparison.Ordinal), $"{page} answered {(int)answer.StatusCode} at {name}.");
        }

        public async ValueTask DisposeAsync()
        {
            administrator.Dispose();
            await ground.DisposeAsync();
        }
    }
}
