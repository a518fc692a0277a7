using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Cycle.Steps;
using Tilskudd.Elsa.Studio;
using Tilskudd.Verbs;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Elsa.Tests.Studio;

/// <summary>Studio's drawing board, spoken to as Studio speaks, without its package: what it is told, and what it may save.</summary>
public sealed class StudioTests : IAsyncLifetime
{
    private const string Definitions = "/elsa/api/workflow-definitions";

    private readonly string _folder = Directory.CreateTempSubdirectory("studio").FullName;
    private readonly string _package = Directory.CreateTempSubdirectory("package").FullName;
    private readonly List<string> _told = [];
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "workflows")))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        Directory.CreateDirectory(Path.Combine(_package, "_framework"));
        Directory.CreateDirectory(Path.Combine(_package, "_content"));
        await File.WriteAllTextAsync(Path.Combine(_package, "_framework", "part.wasm"), "part", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_package, "secret.txt"), "secret", TestContext.Current.CancellationToken);
        await Start(allowsChange: false);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_package, recursive: true);
    }

    [Fact]
    public async Task Studio_is_told_of_every_step_with_its_name_inputs_and_outcomes()
    {
        var steps = (await Get("/elsa/api/descriptors/activities"))["items"]!.AsArray().ToDictionary(step => step!["typeName"]!.GetValue<string>(), step => step!);

        Assert.Equal(CycleSteps.Catalogue.Types.Select(type => type.Name).Append("Elsa.Flowchart").Order(), steps.Keys.Order());
        var review = CycleSteps.Catalogue.Find("Tilskudd.Review")!;
        Assert.Equal("Gå gjennom", steps[review.Name]["displayName"]!.GetValue<string>());
        Assert.Equal(review.Outcomes, steps[review.Name]["ports"]!.AsArray().Select(port => port!["name"]!.GetValue<string>()));
        Assert.Equal(review.Inputs.Select(input => input.Name).Append("phase").Order(), steps[review.Name]["inputs"]!.AsArray().Select(input => input!["name"]!.GetValue<string>()).Order());
        Assert.Equal("Hvem (who)", steps[review.Name]["inputs"]!.AsArray().Single(input => input!["name"]!.GetValue<string>() == "who")!["displayName"]!.GetValue<string>());
        Assert.All(steps.Values.SelectMany(step => step["inputs"]!.AsArray()), input => Assert.NotEqual("", input!["description"]!.GetValue<string>()));
        Assert.Contains("Int32[]", steps[review.Name]["inputs"]!.AsArray().Select(input => input!["typeName"]!.GetValue<string>()));
    }

    [Fact]
    public void No_step_has_an_input_by_the_name_its_phase_is_shown_as() =>
        Assert.DoesNotContain(CycleSteps.Catalogue.Types.SelectMany(type => type.Inputs), input => input.Name is DrawnFlow.Phase or "name");

    [Theory]
    [InlineData("handlingsplan")]
    [InlineData("tilskudd")]
    [InlineData("rapport")]
    [InlineData("endring")]
    [InlineData("evaluering")]
    public async Task A_flow_that_is_opened_and_saved_stands_as_it_stood(string flow)
    {
        var before = Snapshot();

        var (status, _) = await Save(await Open(flow));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task A_moved_step_changes_its_own_line_and_nothing_the_flow_does()
    {
        var before = Snapshot();
        var flow = await Open("handlingsplan");
        Step(flow, "review-plan")["metadata"]!["designer"]!["position"]!["x"] = 612.4;
        Step(flow, "review-plan")["metadata"]!["designer"]!["size"] = new JsonObject { ["width"] = 231.7, ["height"] = 60 };

        var (status, answer) = await Save(flow);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(220, Step(answer["workflowDefinition"]!, "review-plan")["metadata"]!["designer"]!["size"]!["width"]!.GetValue<int>());
        Assert.Equal(612, Step(answer["workflowDefinition"]!, "review-plan")["metadata"]!["designer"]!["position"]!["x"]!.GetValue<int>());
        var after = Snapshot();
        Assert.Equal(["handlingsplan.json"], before.Keys.Where(file => before[file] != after[file]));
        Assert.Single(Lines(after["handlingsplan.json"]).Except(Lines(before["handlingsplan.json"])));
        Assert.Equal(Hash(before["handlingsplan.json"]), Hash(after["handlingsplan.json"]));
        Assert.Empty(DefinitionFolder.Read(_folder, CycleSteps.Catalogue).Faults);
    }

    [Fact]
    public async Task A_bent_connection_keeps_its_bend_and_its_line()
    {
        var before = Lines(Snapshot()["handlingsplan.json"]);
        var flow = await Open("handlingsplan");
        var connections = flow["root"]!["connections"]!.AsArray();
        var bent = connections[6]!;
        bent["vertices"] = JsonNode.Parse("""[{ "x": 800.2, "y": 260 }]""");
        connections.RemoveAt(6);
        connections.Add(bent);

        var (status, _) = await Save(flow);

        Assert.Equal(HttpStatusCode.OK, status);
        var after = Lines(Snapshot()["handlingsplan.json"]);
        var line = Assert.Single(Enumerable.Range(0, before.Length), line => before[line] != after[line]);
        Assert.Contains("\"vertices\": [{ \"x\": 800, \"y\": 260 }]", after[line], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_as_Studio_writes_them_are_written_as_our_files_have_them()
    {
        var before = Snapshot();
        var flow = await Open("tilskudd");
        Step(flow, "decide-revision")["mayChangeAnswer"]!["expression"]!["value"] = "True";
        Step(flow, "decide-revision")["remind"]!["expression"]!["value"] = """["2","1"]""";
        Step(flow, "close-not-granted")["event"] = JsonNode.Parse("""{ "typeName": "String", "expression": { "type": "Literal", "value": "" } }""");
        flow["root"]!["connections"]![0]!["vertices"] = new JsonArray();
        flow["root"]!["variables"] = new JsonArray();
        flow["root"]!["metadata"] = new JsonObject();

        var (status, _) = await Save(flow);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task A_flow_with_a_loose_outcome_is_refused_in_our_words_and_the_file_stands()
    {
        var before = Snapshot();
        var flow = await Open("handlingsplan");
        flow["root"]!["connections"]!.AsArray().RemoveAt(3);

        var (status, answer) = await Save(flow);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["$.root.activities[2]: Utfallet Returned fra 'review-plan' fører ingen steder. Koble det til et steg."], Reasons(answer));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task A_change_in_what_a_flow_does_is_published_as_its_next_version()
    {
        var before = Snapshot();
        var flow = await Open("handlingsplan");
        Step(flow, "review-plan")["due"]!["expression"]!["value"] = "Y-1 11-14";

        var (refused, answer) = await Save(flow);

        Assert.Equal(HttpStatusCode.BadRequest, refused);
        Assert.Contains("versjon 3", Assert.Single(Reasons(answer)), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());

        var (published, next) = await Save(flow, publish: true);

        Assert.Equal(HttpStatusCode.OK, published);
        Assert.Equal(3, next["workflowDefinition"]!["version"]!.GetValue<int>());
        var after = Snapshot();
        Assert.True(after.Remove("handlingsplan-3.json", out var text));
        Assert.Equal(before, after);
        Assert.Equal(2, Lines(text!).Except(Lines(before["handlingsplan.json"])).Count(line => line.Contains("version\": 3", StringComparison.Ordinal) || line.Contains("11-14", StringComparison.Ordinal)));
        Assert.Equal(3, (await Open("handlingsplan"))["version"]!.GetValue<int>());
        Assert.False((await Get($"{Definitions}/by-definition-id/handlingsplan?versionOptions=2"))["isLatest"]!.GetValue<bool>());
        Assert.Equal([3, 2], (await Get($"{Definitions}?definitionIds=handlingsplan&versionOptions=AllVersions"))["items"]!.AsArray().Select(each => each!["version"]!.GetValue<int>()));
        Assert.Empty(DefinitionFolder.Read(_folder, CycleSteps.Catalogue).Faults);
    }

    [Fact]
    public async Task A_version_no_run_has_begun_on_may_be_written_over_where_the_operator_says_so()
    {
        await _app.DisposeAsync();
        _client.Dispose();
        await Start(allowsChange: true);
        var flow = await Open("handlingsplan");
        Step(flow, "review-plan")["due"]!["expression"]!["value"] = "Y-1 11-14";

        var (status, _) = await Save(flow);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Y-1 11-14", Snapshot()["handlingsplan.json"], StringComparison.Ordinal);
        Assert.DoesNotContain("handlingsplan-3.json", Snapshot().Keys);
    }

    [Fact]
    public async Task A_new_step_gets_its_name_as_id_and_the_words_it_lacks_are_told()
    {
        var flow = await Open("handlingsplan");
        flow["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""
            {
              "id": "4fd0c2b1", "name": "tell-leader", "type": "Tilskudd.Notify", "version": 1,
              "notice": { "typeName": "String", "expression": { "type": "Literal", "value": "plan-approved" } },
              "to": { "typeName": "String[]", "expression": { "type": "Object", "value": "[\"programme-leader\"]" } },
              "phase": { "typeName": "String", "expression": { "type": "Literal", "value": "review" } },
              "metadata": { "designer": { "position": { "x": 10, "y": 20 } } }
            }
            """));
        var accepted = flow["root"]!["connections"]!.AsArray().Single(each => each!["source"]!["activity"]!.GetValue<string>() == "review-plan" && each["source"]!["port"]!.GetValue<string>() == "Accepted")!;
        accepted["target"]!["activity"] = "4fd0c2b1";
        flow["root"]!["connections"]!.AsArray().Add(JsonNode.Parse("""{ "source": { "activity": "4fd0c2b1", "port": "Done" }, "target": { "activity": "ask-internal-body", "port": "In" } }"""));

        var (status, answer) = await Save(flow, publish: true);

        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
        var definition = DefinitionReader.Read(Snapshot()["handlingsplan-3.json"], "handlingsplan-3.json", CycleSteps.Catalogue).Value!;
        Assert.Equal("tell-leader", definition.Next("review-plan", "Accepted")!.Id);
        Assert.Equal("review", definition.Find("tell-leader")!.Phase);
        Assert.Contains(_told, line => line.Contains("tell-leader", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_listens_on_this_machine_alone()
    {
        Assert.All(_app.Urls, url => Assert.True(IPAddress.IsLoopback(IPAddress.Parse(new Uri(url).Host))));

        Assert.Equal(HttpStatusCode.MisdirectedRequest, await Status(HttpMethod.Get, "/", request => request.Headers.Host = "studio.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(HttpMethod.Get, $"{Definitions}/by-definition-id/rapport", request => request.Headers.Add("Origin", "https://elsewhere.example")));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await Status(HttpMethod.Post, Definitions, request => request.Content = new StringContent("{}", Encoding.UTF8, "text/plain")));
    }

    [Theory]
    [InlineData("/elsa/api/workflow-definitions/by-definition-id/..%2F..%2Fetc%2Fpasswd")]
    [InlineData("/elsa/api/workflow-definitions/by-definition-id/handlingsplan.nb")]
    [InlineData("/elsa/api/workflow-definitions/by-id/..%5Chandlingsplan-2")]
    [InlineData("/flows/..%2Fhandlingsplan")]
    [InlineData("/flows/ukjent")]
    [InlineData("/_framework/..%2Fsecret.txt")]
    [InlineData("/_framework/%2e%2e/secret.txt")]
    [InlineData("/secret.txt")]
    public async Task Nothing_is_found_by_a_way_around(string path) => Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, path));

    [Fact]
    public async Task Studios_own_files_are_found()
    {
        Assert.Equal(HttpStatusCode.OK, await Status(HttpMethod.Get, "/_framework/part.wasm"));
        Assert.Contains("flows/rapport", await _client.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("definition-id=\"rapport\"", await _client.GetStringAsync("/flows/rapport", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/elsa/api/workflow-instances")]
    [InlineData("POST", "/elsa/api/workflow-definitions/handlingsplan/execute")]
    [InlineData("POST", "/elsa/api/workflow-definitions/handlingsplan/retract")]
    [InlineData("POST", "/elsa/api/bulk-actions/delete/workflow-definitions/by-definition-id")]
    [InlineData("DELETE", "/elsa/api/workflow-definitions/handlingsplan")]
    public async Task The_rest_of_Elsas_API_is_not_found(string method, string path) =>
        Assert.Equal(HttpStatusCode.NotFound, await Status(new HttpMethod(method), path, request => request.Content = new StringContent("{}", Encoding.UTF8, "application/json")));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{ "model": 1 }""")]
    [InlineData("""{ "model": {}, "model": {} }""")]
    [InlineData("""{ "model": {} }""")]
    [InlineData("""{ "model": { "definitionId": "../handlingsplan", "version": 1 }, "publish": true }""")]
    [InlineData("""{ "model": { "definitionId": "handlingsplan", "version": 1 } }""")]
    [InlineData("""{ "model": { "definitionId": "handlingsplan", "version": 1, "root": 7, "variables": 7, "name": 7, "customProperties": 7 } }""")]
    [InlineData("""{ "model": { "definitionId": "handlingsplan", "version": 1, "root": { "activities": [1, null, { "phase": 1, "who": 2, "customProperties": 3, "metadata": 4 }], "connections": [5, null, { "source": 1 }], "customProperties": [] } } }""")]
    [InlineData("""{ "model": { "definitionId": "handlingsplan", "version": 1, "inputs": [{}], "root": {} } }""")]
    public async Task What_is_no_flow_is_refused_and_changes_nothing(string body)
    {
        var before = Snapshot();

        var (status, answer) = await Post(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEmpty(Reasons(answer));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task The_application_has_no_address_of_Elsas()
    {
        await using var site = await ElsaSite.Start();

        var addresses = site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText ?? "").ToList();

        Assert.NotEmpty(addresses);
        Assert.DoesNotContain(addresses, address => address.Contains("elsa", StringComparison.OrdinalIgnoreCase) || address.Contains("workflow-definitions", StringComparison.Ordinal) || address.Contains("descriptors", StringComparison.Ordinal));
        var (status, _) = await site.Send(HttpMethod.Get, $"{Definitions}/by-definition-id/handlingsplan", cookie: null);
        Assert.NotEqual(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData(1, "er ikke npm-pakken", "--package", "nowhere")]
    [InlineData(64, "må oppgis")]
    [InlineData(64, "er ikke en port", "--package", "nowhere", "--port", "0")]
    public async Task The_verb_says_what_it_lacks(int expected, string reason, params string[] words)
    {
        var error = new StringWriter();

        var status = await CommandLine.Run(["studio", .. words], new Terminal(TextWriter.Null, error, IsInteractive: false), ElsaComposition.Instance.Verbs, ElsaComposition.Instance);

        Assert.Equal(expected, status);
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_verb_is_this_compositions_alone()
    {
        Assert.Equal(["studio"], ElsaComposition.Instance.Verbs.Select(verb => verb.Name));
        Assert.Empty(Composition.BuiltIn.Verbs);
        Assert.DoesNotContain("studio", VerbTable.All.Select(verb => verb.Name));
    }

    private async Task Start(bool allowsChange)
    {
        _app = StudioSite.Build(new FlowFolder(_folder, CycleSteps.Catalogue, allowsChange, _told.Add), new StudioSteps(CycleSteps.Catalogue), _package, port: 0);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    private Task<JsonNode> Open(string flow) => Get($"{Definitions}/by-definition-id/{flow}?versionOptions=Latest");

    private async Task<JsonNode> Get(string path) => JsonNode.Parse(await _client.GetStringAsync(path, TestContext.Current.CancellationToken))!;

    // As Studio does: the whole flow, and whether it was «Publish» that was pressed.
    private Task<(HttpStatusCode Status, JsonNode Answer)> Save(JsonNode flow, bool publish = false) =>
        Post(new JsonObject { ["model"] = flow.DeepClone(), ["publish"] = publish }.ToJsonString());

    private async Task<(HttpStatusCode Status, JsonNode Answer)> Post(string body)
    {
        using var answer = await _client.PostAsync(Definitions, new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(answer.IsSuccessStatusCode ? "application/json" : "application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    private async Task<HttpStatusCode> Status(HttpMethod method, string path, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(method, path);
        prepare?.Invoke(request);
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private Dictionary<string, string> Snapshot() => Directory.EnumerateFiles(_folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    private static IEnumerable<string> Reasons(JsonNode answer) => answer["errors"]!.AsObject().SelectMany(field => field.Value!.AsArray()).Select(reason => reason!.GetValue<string>());

    private static JsonObject Step(JsonNode flow, string id) => flow["root"]!["activities"]!.AsArray().Single(step => step!["id"]!.GetValue<string>() == id)!.AsObject();

    private static string[] Lines(string text) => text.Split('\n');

    private static string Hash(string text) => DefinitionReader.Read(text, "flow.json", CycleSteps.Catalogue).Value!.Hash;
}
