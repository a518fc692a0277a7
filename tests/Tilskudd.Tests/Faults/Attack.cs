using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Planning;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Tests.House;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Faults;

/// <summary>
/// Goes through every route of the application as it stands in the table of endpoints, with ids that exist, and sends what no form of
/// ours sends. Whatever is sent, the answer is never a failure and always carries its headers.
/// </summary>
internal sealed partial class Attack : IAsyncDisposable
{
    private const string Field = "__RequestVerificationToken";

    // A little of each class of section 2.5: markup, formula, signs that turn or end a text, what is no amount, no date and no number.
    private static readonly string[] Hostile =
    [
        "test", "<script>alert(1)</script>", "=HYPERLINK(\"http://evil.no\")", "\0", "\u202Etxet", "A\u030a", "-1", "NaN", "1e9", "0,001", "999999999999999999999", "\uFF11\uFF12",
        "31.02.2027", "9999-12-31", "../../etc/passwd", "%00", "' OR 1=1 --", "{{7*7}}", "00000000-0000-0000-0000-000000000000", "ja", "Done",
    ];

    private readonly HttpClient _client;
    private readonly TestDatabase _database;
    private readonly IReadOnlyList<RouteEndpoint> _routes;
    private readonly SqliteConnection _watch;
    private readonly Dictionary<string, string> _ids = [];
    private readonly HashSet<string> _tooMuch = [];
    private int _turn;

    private Attack(Uri address, IServiceProvider services, TestDatabase database, string room)
    {
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
        _database = database;
        _routes = [.. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => route.RoutePattern.RawText!.StartsWith(room, StringComparison.Ordinal) && !route.RoutePattern.RawText.StartsWith("/prove", StringComparison.Ordinal))];
        _watch = new SqliteConnection(new SqliteConnectionStringBuilder(database.File.ConnectionString) { Pooling = false }.ConnectionString);
    }

    /// <summary>The names of all fields any form or handler of ours speaks of, as they stand in the sources.</summary>
    private static IReadOnlyList<string> Fields { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Tilskudd"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => FieldName().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value))
            .SelectMany(name => new[] { name, name.TrimEnd('-') + "-1" }).Distinct(),
    ];

    /// <param name="room">Only the routes that begin so.</param>
    public static async Task<Attack> On(Uri address, IServiceProvider services, TestDatabase database, string? token = null, string room = "")
    {
        var attack = new Attack(address, services, database, room);
        await attack._watch.OpenAsync();
        await using var db = database.Read();
        var plan = await db.Handlingsplaner.OrderByDescending(plan => plan.Year).FirstAsync();
        attack._ids["/plan/id"] = $"{plan.Id}";
        attack._ids["tiltakId"] = $"{plan.Tiltak.Select(tiltak => tiltak.TiltakId.Value).FirstOrDefault()}";
        attack._ids["/tilskudd/id"] = attack._ids["/mottak/id"] = $"{(await db.Grants.FirstOrDefaultAsync())?.Id.Value ?? Guid.Empty}";
        attack._ids["/rapport/id"] = $"{(await db.Rapporter.FirstOrDefaultAsync())?.Id.Value ?? Guid.Empty}";
        attack._ids["round"] = $"{(await db.Rounds.FirstOrDefaultAsync())?.Id.Value ?? Guid.Empty}";
        attack._ids["seat"] = $"{(await db.Rounds.FirstOrDefaultAsync())?.Doubts.Select(doubt => doubt.SeatId.Value).FirstOrDefault() ?? Guid.Empty}";
        attack._ids["/stedfortreder/seat"] = $"{(await db.Bodies.FirstOrDefaultAsync())?.Seats[0].Id.Value ?? Guid.Empty}";
        attack._ids["/prosess/id"] = attack._ids["run"] = $"{(await db.Set<Run>().OrderByDescending(run => run.StartedAt).FirstAsync()).Id}";
        var deadline = await db.Deadlines.FirstOrDefaultAsync();
        attack._ids["/frister/id"] = $"{deadline?.Id.Value ?? Guid.Empty}";
        attack._ids["key"] = deadline?.Key ?? "frist";
        var meeting = await db.Meetings.FirstOrDefaultAsync();
        attack._ids["/mote/id"] = $"{meeting?.Id.Value ?? Guid.Empty}";
        attack._ids["item"] = $"{meeting?.Agenda.Select(item => item.Id.Value).FirstOrDefault() ?? Guid.Empty}";
        attack._ids["slug"] = (await db.Programmes.FirstAsync()).Slug;
        attack._ids["year"] = $"{plan.Year}";
        attack._ids["section"] = PlanSection.Goal.Slug();
        attack._ids["register"] = "programmer";
        attack._ids["/admin/id"] = $"{(await db.Programmes.FirstAsync()).Id}";
        attack._ids["token"] = token ?? new string('A', 43);
        return attack;
    }

    /// <summary>The cookie of a signed-in browser.</summary>
    public async Task<string> Session(IServiceProvider services, PersonId person)
    {
        var secret = services.GetRequiredService<SecretSource>().Token();
        await _database.Write(w => w.Db.Add(new Session(SecretSource.Hash(secret), person, isElectronic: false, w.Now, w.Now + Sessions.Life)));
        return $"{services.GetRequiredService<Sessions>().CookieName}={secret}";
    }

    /// <summary>Looks at every page as somebody, in every way a reader, a browser or a scanner looks. Nothing is written.</summary>
    public async Task Look(string cookie)
    {
        var before = await Version();
        foreach (var path in _routes.Where(route => Takes(route, "GET")).Select(PathTo))
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options })
            {
                await Send(method, path, cookie);
            }

            await Send(HttpMethod.Get, path, cookie, prepare: request => request.Headers.Add("Sec-Purpose", "prefetch"));
            await Send(HttpMethod.Get, path + "?svar=%00&fane=%F0%9F&side=-1&til=//evil.no&fra=31.02.2027", cookie);
        }

        Assert.Equal(before, await Version());
    }

    /// <summary>Posts to every route what is not a form of ours, or too large, or sent from elsewhere. It is refused, and nothing is written.</summary>
    public async Task PostWhatIsNoFormOfOurs(string cookie)
    {
        var (form, field) = await Form(cookie);
        var (otherForm, _) = await Form("");
        var before = await Version();
        foreach (var path in Posts())
        {
            var token = new[] { KeyValuePair.Create(Field, field) };
            var about = new List<(string What, HttpStatusCode[] Expected, string Cookie, HttpContent? Body, Action<HttpRequestMessage>? Prepare)>
            {
                ("no token", [HttpStatusCode.BadRequest], form, Fieldset([]), null),
                ("another browser's token", [HttpStatusCode.BadRequest], $"{cookie}; {otherForm.Split("; ")[^1]}", Fieldset(token), null),
                ("another site", [HttpStatusCode.BadRequest], form, Fieldset(token), request => request.Headers.Add("Origin", "https://evil.no")),
                ("another site, as the browser says", [HttpStatusCode.BadRequest], form, Fieldset(token), request => request.Headers.Add("Sec-Fetch-Site", "cross-site")),
                ("no body", [HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType], form, null, null),
                ("a text", [HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType], form, new StringContent($"{Field}={field}"), null),
                ("json", [HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType], form, new StringContent("{}", Encoding.UTF8, "application/json"), null),
                ("broken parts", [HttpStatusCode.BadRequest], form, Broken(), null),
            };
            foreach (var (what, expected, cookies, body, prepare) in about)
            {
                using (body)
                {
                    var status = await Send(HttpMethod.Post, path, cookies, body, prepare);
                    Assert.True(expected.Contains(status) || status is HttpStatusCode.Unauthorized, $"{what} to {path}: {status}");
                }
            }

            // A route that takes files has room for a megabyte, and finds no file in it.
            if (!TakesFiles.Contains(path) && _tooMuch.Add(path))
            {
                await PostTooMuch(path, form, token[0]);
            }

            Assert.True(await Version() == before, $"Something was written by {path}.");
        }
    }

    /// <summary>Posts to every route a form of ours with fields missing, doubled, endless and hostile. What came of it is an answer in words.</summary>
    public async Task PostHostileForms(string cookie)
    {
        var (form, field) = await Form(cookie);
        var token = KeyValuePair.Create(Field, field);
        foreach (var path in Posts())
        {
            // So that it is the form that is answered, and not the many tries.
            _database.Clock.Advance(TimeSpan.FromMinutes(1));
            foreach (var body in NextBodies())
            {
                using var fields = Fieldset([token, .. body]);
                await Send(HttpMethod.Post, path, form, fields);
            }
        }
    }

    // No field, hostile ones, each twice, and some without end. Each route and person gets others than the one before.
    private IEnumerable<IEnumerable<KeyValuePair<string, string>>> NextBodies()
    {
        yield return [];
        for (var n = 0; n < 3; n++)
        {
            var turn = _turn++;
            yield return Fields.Select((name, place) => KeyValuePair.Create(name, Hostile[(place + turn) % Hostile.Length]));
        }

        yield return Fields.SelectMany(name => new[] { KeyValuePair.Create(name, "1"), KeyValuePair.Create(name, "2") });
        yield return Fields.Where((_, place) => place % 20 == _turn % 20).Select(name => KeyValuePair.Create(name, new string('x', 20_000)));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _watch.DisposeAsync();
    }

    private static FormUrlEncodedContent Fieldset(IEnumerable<KeyValuePair<string, string>> fields) => new(fields);

    private static ByteArrayContent Broken()
    {
        var content = new ByteArrayContent([0, 255, 13, 10, 45, 45, 120, 13, 10, 0, 0, 1, 2, 3]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        return content;
    }

    private static bool Takes(RouteEndpoint route, string method) => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(method) == true;

    // A server that will not read on may close the door before the sender has said all; then there is no answer to look at. Nor is the
    // connection used for anything more.
    private async Task PostTooMuch(string path, string cookies, KeyValuePair<string, string> token)
    {
        using var body = Fieldset([token, KeyValuePair.Create(Fields[0], new string('x', 1024 * 1024))]);
        try
        {
            var status = await Send(HttpMethod.Post, path, cookies, body, request => request.Headers.ConnectionClose = true);
            Assert.True(status is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.Unauthorized, $"a megabyte to {path}: {status}");
        }
        catch (HttpRequestException closed)
        {
            Assert.IsAssignableFrom<IOException>(closed.InnerException);
        }
    }

    private HashSet<string> TakesFiles => field ??= [.. _routes.Where(route => route.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is not null).Select(PathTo)];

    private IEnumerable<string> Posts() => _routes.Where(route => Takes(route, "POST")).Select(PathTo);

    private string PathTo(RouteEndpoint route)
    {
        var pattern = route.RoutePattern.RawText!;
        var room = "/" + pattern.TrimStart('/').Split('/')[0];
        return Parameter().Replace(pattern, place => _ids.GetValueOrDefault($"{room}/{place.Groups[1].Value}") ?? _ids.GetValueOrDefault(place.Groups[1].Value) ?? $"{Guid.Empty}");
    }

    // Our own cookie and field, as a page shows them. A sign-in page is shown to everyone.
    private async Task<(string Cookie, string Field)> Form(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/logg-inn");
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var field = WebUtility.HtmlDecode(Token().Match(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value);
        return ($"{cookie}; {answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("skjema", StringComparison.Ordinal)).Split(';')[0]}", field);
    }

    private async Task<HttpStatusCode> Send(HttpMethod method, string path, string cookie, HttpContent? body = null, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        prepare?.Invoke(request);
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var about = $"{method} {path}: {(int)answer.StatusCode}";
        Assert.True((int)answer.StatusCode < 500 || path == "/health/ready", about);
        Assert.True(answer.Headers.GetValues("Content-Security-Policy").Single() == SecurityHeaders.ContentPolicy, about);
        Assert.True(answer.Headers.GetValues("X-Content-Type-Options").Single() == "nosniff" && answer.Headers.GetValues("Referrer-Policy").Single() == "no-referrer", about);
        Assert.DoesNotMatch(@"\bat Tilskudd\.|Exception:|<script>alert", text);
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            Assert.All(cookies, one => Assert.Matches("(?i)samesite=lax.*httponly|samesite=strict.*httponly|httponly.*samesite", one));
        }

        return answer.StatusCode;
    }

    // Changes with each commit of anybody else.
    private async Task<long> Version()
    {
        await using var command = _watch.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    [GeneratedRegex(@"\{([A-Za-z]+)(?::[a-z]+)?\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("""(?:\bName="|\bname="|form\["|fields\["|Form\["|\.Text\("|Money\("|Line\("|Number\("|Percent\("|Choice(?:<[A-Za-z]+>)?\("|Date\("|Time\("|YesOrNo\("|FromForm\] string\?? )@?\(?\$?"?(?<name>[a-z]+-?)""")]
    private static partial Regex FieldName();
}
