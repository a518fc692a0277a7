using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Api;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.Tests.House;
using Tilskudd.Tests.Runs;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Api;

/// <summary>One year, which the tests of the API read; one of them goes a step on in it.</summary>
public sealed class ApiYear : IAsyncLifetime
{
    internal GivenAYear Given { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Given = await GivenAYear.Create();

    public ValueTask DisposeAsync() => Given.DisposeAsync();
}

public sealed class ApiTests(ApiYear year) : IClassFixture<ApiYear>
{
    private static readonly string[] Lists = ["programmes", "plans", "runs", "deadlines", "trail"];

    [Fact]
    public async Task A_key_reads_what_its_owner_sees_and_nothing_else()
    {
        var given = year.Given;
        var (leader, stranger, all) = (await Key(given, given.Leader), await Key(given, given.Stranger), await Key(given, given.Administrator, readsTrail: true));

        foreach (var list in Lists[..^1])
        {
            Assert.NotEmpty(await Items(given, list + "?programme=stromso-2030", leader));
            if (list != "programmes")
            {
                Assert.Empty(await Items(given, list, stranger));
            }
        }

        Assert.DoesNotContain("stromso-2030", string.Join(' ', (await Items(given, "programmes", stranger)).Select(row => row.GetRawText())), StringComparison.Ordinal);
        Assert.NotEmpty(await Items(given, "trail", all));
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask(given, "trail", leader)).Status);
        var run = Assert.Single(await Items(given, "runs", leader));
        Assert.Equal(("handlingsplan", 2025, "stromso-2030"), (run.GetProperty("flow").GetString(), run.GetProperty("year").GetInt32(), run.GetProperty("programme").GetString()));
        Assert.All(await Items(given, "deadlines", leader), deadline =>
        {
            Assert.Equal(run.GetProperty("id").GetString(), deadline.GetProperty("run").GetString());
            Assert.Matches(@"^\d{4}-\d{2}-\d{2}$", deadline.GetProperty("effectiveOn").GetString()!);
        });
    }

    [Fact]
    public async Task A_key_in_the_address_is_never_taken_and_a_programme_that_is_not_seen_is_not_told_of()
    {
        var given = year.Given;
        var key = await Key(given, given.Stranger);

        var inAddress = await given.Site.Read($"/api/v1/plans?access_token={key}");
        var hidden = await Ask(given, "plans?programme=stromso-2030", key);
        var none = await Ask(given, "plans?programme=finnes-ikke", key);

        Assert.Equal(HttpStatusCode.BadRequest, inAddress.Status);
        Assert.DoesNotContain(key, inAddress.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (hidden.Status, none.Status));
    }

    [Fact]
    public async Task No_answer_holds_a_name_or_an_address_of_anybody()
    {
        var given = year.Given;
        var key = await Key(given, given.Administrator, readsTrail: true);
        await using var db = given.Read();
        var people = await db.People.Select(person => new { person.Name, person.Email }).ToListAsync(TestContext.Current.CancellationToken);

        foreach (var list in Lists)
        {
            var text = (await Ask(given, list, key)).Text;

            Assert.All(people, person => Assert.True(!text.Contains(person.Name, StringComparison.Ordinal) && !text.Contains(person.Email, StringComparison.Ordinal), list));
        }
    }

    [Fact]
    public async Task Parts_follow_each_other_without_a_gap_while_more_is_written()
    {
        var given = year.Given;
        var key = await Key(given, given.Administrator, readsTrail: true);
        var seen = new List<long>();
        string? after = null;
        do
        {
            var (status, text) = await Ask(given, $"trail?limit=2{(after is null ? "" : $"&after={after}")}", key);
            Assert.Equal(HttpStatusCode.OK, status);
            using var part = JsonDocument.Parse(text);
            seen.AddRange(part.RootElement.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("seq").GetInt64()));
            after = part.RootElement.GetProperty("next").GetString();
            if (seen.Count == 2)
            {
                await given.Answer("Done", given.Leader);
            }
        }
        while (after is not null);

        await using var db = given.Read();
        Assert.Equal(await db.Trail.OrderBy(entry => entry.Seq).Select(entry => entry.Seq).ToListAsync(TestContext.Current.CancellationToken), seen);
        foreach (var list in Lists)
        {
            var (_, text) = await Ask(given, $"{list}?limit=1", key);
            using var part = JsonDocument.Parse(text);
            if (part.RootElement.GetProperty("next").GetString() is { } next)
            {
                using var second = JsonDocument.Parse((await Ask(given, $"{list}?limit=200&after={next}", key)).Text);
                Assert.DoesNotContain(part.RootElement.GetProperty("items")[0].GetRawText(), second.RootElement.GetProperty("items").EnumerateArray().Select(row => row.GetRawText()));
                Assert.Equal(JsonValueKind.Null, second.RootElement.GetProperty("next").ValueKind);
            }
        }
    }

    [Fact]
    public async Task What_is_wrong_is_a_problem_and_says_what_to_do()
    {
        var given = year.Given;
        var key = await Key(given, given.Leader);
        var ended = await Key(given, given.Leader, isEnded: true);
        (string Path, string? Key, HttpStatusCode Status)[] asked =
        [
            ("runs", null, HttpStatusCode.Unauthorized), ("runs", "feil", HttpStatusCode.Unauthorized), ("runs", ended, HttpStatusCode.Unauthorized), ("finnes-ikke", key, HttpStatusCode.NotFound),
            ("runs?limit=0", key, HttpStatusCode.BadRequest), ("runs?limit=201", key, HttpStatusCode.BadRequest), ("runs?limit=mange", key, HttpStatusCode.BadRequest), ("runs?after=x", key, HttpStatusCode.BadRequest),
            ("plans?year=1", key, HttpStatusCode.BadRequest), ("trail", key, HttpStatusCode.Forbidden), ("programmes?after=zzz", key, HttpStatusCode.OK), ("programmes?after=%00", key, HttpStatusCode.BadRequest),
        ];

        foreach (var (path, with, expected) in asked)
        {
            using var answer = await Send(given, path, with);

            Assert.True(answer.StatusCode == expected, $"{path}: {answer.StatusCode}");
            if (expected != HttpStatusCode.OK)
            {
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
                using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
                Assert.Equal((int)expected, problem.RootElement.GetProperty("status").GetInt32());
            }
        }
    }

    [Fact]
    public async Task A_programme_asked_for_is_the_only_one_that_is_answered_for()
    {
        // What is written here would be in the way of the others.
        await using var given = await GivenAYear.Create();
        var key = await Key(given, given.Administrator, readsTrail: true);
        await given.Write(w =>
        {
            w.Record(new TrailEvent(Actor.System, "began-anew", "log", "1"));
            return Task.CompletedTask;
        });
        await using var db = given.Read();
        var marked = await db.Trail.CountAsync(entry => entry.Data.Contains("stromso-2030"), TestContext.Current.CancellationToken);

        var programmes = await Items(given, "programmes?programme=stromso-2030", key);
        var trail = await Items(given, "trail?programme=stromso-2030&limit=200", key);

        Assert.Equal("stromso-2030", Assert.Single(programmes).GetProperty("slug").GetString());
        Assert.Equal(marked, trail.Count);
        Assert.All(trail, entry => Assert.Equal("stromso-2030", entry.GetProperty("data").GetProperty("programme").GetString()));
        Assert.True((await Items(given, "programmes", key)).Count > 1);
        Assert.True((await Items(given, "trail?limit=200", key)).Count > marked);
    }

    [Theory]
    [InlineData("runs?year=abc", "«year» må være et helt tall")]
    [InlineData("runs?year=", "«year» må være et helt tall")]
    [InlineData("plans?limit=99999999999", "«limit» må være et helt tall")]
    [InlineData("plans?limit=1.0", "«limit» må være et helt tall")]
    [InlineData("deadlines?year=1999", "«year» må være et år mellom 2000 og 2100")]
    [InlineData("deadlines?year=2025&year=2026", "«year» er oppgitt mer enn én gang")]
    [InlineData("runs?after=x", "«after» må være verdien av «next»")]
    [InlineData("programmes?page=2", "«page» finnes ikke her. De som finnes, er limit, after, programme")]
    [InlineData("trail?year=2025", "«year» finnes ikke her")]
    [InlineData("plans?sort=;drop table", "«sort» finnes ikke her")]
    public async Task A_parameter_that_is_wrong_is_named_and_the_remedy_told(string path, string told)
    {
        var given = year.Given;
        var key = await Key(given, given.Administrator, readsTrail: true);

        var (status, text) = await Ask(given, path, key);
        var (unknown, refused) = await Ask(given, path, null);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        using var problem = JsonDocument.Parse(text);
        Assert.Contains(told, problem.RootElement.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.DoesNotContain("skjema", text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown);
        Assert.DoesNotContain(told, refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_not_found_as_any_other_address_of_the_API()
    {
        using var answer = await year.Given.Site.Client.GetAsync(new Uri("/openapi/v2.json", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(404, problem.RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_when_to_come_again_and_does()
    {
        var given = year.Given;
        var (key, other) = (await Key(given, given.Leader), await Key(given, given.Leader));
        for (var i = 0; i < ApiAccess.MostPerMinute; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await Ask(given, "programmes", key)).Status);
        }

        using var refused = await Send(given, "programmes", key);
        var beside = await Ask(given, "programmes", other);
        given.Site.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await Ask(given, "programmes", key);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.OK), (refused.StatusCode, beside.Status, after.Status));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task The_contract_of_version_1_is_the_one_that_was_promised()
    {
        var given = year.Given;

        var (status, text) = await given.Site.Read("/openapi/v1.json");

        // What stands in the file can be added to. What is taken away or renamed needs a version 2.
        Assert.Equal(HttpStatusCode.OK, status);
        var file = Path.Combine(Repository.Root, "tests", "Tilskudd.Tests", "Api", "openapi-v1.json");
        Assert.Equal((await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n").Trim(), text.ReplaceLineEndings("\n").Trim());
    }

    private static async Task<string> Key(GivenAYear given, PersonId owner, bool readsTrail = false, bool isEnded = false)
    {
        var secret = "";
        await given.Write(w =>
        {
            var id = w.Ids.Next<ApiKeyId>();
            secret = $"{id}";
            var key = new ApiKey(id, "Prøve", SecretSource.Hash(secret), owner, readsTrail, w.Now);
            if (isEnded)
            {
                key.End(w.Now);
            }

            w.Db.Add(key);
            return Task.CompletedTask;
        });
        return secret;
    }

    private static async Task<IReadOnlyList<JsonElement>> Items(GivenAYear given, string path, string key)
    {
        var (status, text) = await Ask(given, path, key);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {text}");
        using var part = JsonDocument.Parse(text);
        return [.. part.RootElement.GetProperty("items").EnumerateArray().Select(row => row.Clone())];
    }

    private static async Task<(HttpStatusCode Status, string Text)> Ask(GivenAYear given, string path, string? key)
    {
        using var answer = await Send(given, path, key);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<HttpResponseMessage> Send(GivenAYear given, string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}");
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        return await given.Site.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
