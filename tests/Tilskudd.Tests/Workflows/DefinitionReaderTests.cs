using Tilskudd.Cycle.Steps;
using Tilskudd.Tests.Conformance;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Tests.Workflows;

public sealed class DefinitionReaderTests
{
    [Fact]
    public void A_good_file_becomes_a_definition()
    {
        var reading = SmallFlow.Read(SmallFlow.Json);

        Assert.Empty(reading.Faults);
        var definition = reading.Value!;
        Assert.Equal(("small", 1, "Small"), (definition.Id, definition.Version, definition.Name));
        Assert.Equal(("handlingsplan", "year-opened"), (definition.Document, definition.StartsOn));
        Assert.Equal("draft-it", definition.Start.Id);
        Assert.Equal(["draft-it", "review-it", "end-it"], definition.Steps.Select(step => step.Id));
        Assert.Equal(["draft-it", "review-it"], definition.WaitingSteps.Select(step => step.Id));
        Assert.Equal(new Variable("v1", "Leader", Tilskudd.Workflows.InputKind.Text, "programme-leader"), Assert.Single(definition.Variables));
        Assert.Equal(SmallFlow.Json, definition.Json);
    }

    [Fact]
    public void Inputs_become_the_steps_properties()
    {
        var definition = SmallFlow.Read(SmallFlow.Json).Value!;

        var draft = Assert.IsType<Draft>(definition.Find("draft-it")!.Step);
        var review = Assert.IsType<Review>(definition.Find("review-it")!.Step);
        Assert.Equal(("coordinator", "plan", "plan-draft", "Y-1 11-01 12:00"), (draft.Who, draft.Task, draft.Deadline, draft.Due));
        Assert.Equal([10, 5, 1], draft.Remind);
        Assert.Equal("programme-leader", review.Who);
        Assert.Empty(review.Remind);
    }

    [Fact]
    public void A_connection_says_where_an_outcome_leads()
    {
        var definition = SmallFlow.Read(SmallFlow.Json).Value!;

        Assert.Equal("draft-it", definition.Next("review-it", "Returned")?.Id);
        Assert.Equal("end-it", definition.Next("review-it", "Accepted")?.Id);
        Assert.Null(definition.Next("review-it", "Done"));
        Assert.Null(definition.Next("end-it", "Done"));
        Assert.Null(definition.Next("no-such-step", "Done"));
    }

    [Fact]
    public void A_byte_order_mark_is_no_fault()
    {
        var reading = SmallFlow.Read('\uFEFF' + SmallFlow.Json);

        Assert.Equal(SmallFlow.Json, reading.Value!.Json);
    }

    [Theory]
    [InlineData("\"name\": \"Small\"", "\"name\": \"Small\", \"Name\": \"Smaller\"", "$.Name", "står også som 'name'")]
    [InlineData("\"name\": \"Small\"", "\"Name\": \"Small\"", "$.Name", "skrives name")]
    [InlineData("\"name\": \"Small\"", "\"isLatest\": \"yes\"", "$.isLatest", "true eller false")]
    [InlineData("\"id\": \"Flowchart1\"", "\"Start\": \"draft-it\"", "$.root.Start", "skrives start")]
    [InlineData("\"id\": \"draft-it\",", "\"id\": \"draft-it\", \"Metadata\": {},", "$.root.activities[0].Metadata", "skrives metadata")]
    [InlineData("\"id\": \"draft-it\",", "\"id\": \"draft-it\", \"metadata\": [],", "$.root.activities[0].metadata", "et objekt")]
    [InlineData("\"canStartWorkflow\": true", "\"canStartWorkflow\": true, \"runAsynchronously\": \"no\"", "$.root.activities[0].customProperties.runAsynchronously", "true eller false")]
    [InlineData("\"port\": \"Done\" }", "\"port\": \"Done\", \"Port\": \"Done\" }", "$.root.connections[0].source.Port", "står også som 'port'")]
    [InlineData("\"isArray\": false", "\"isArray\": 0", "$.variables[0].isArray", "true eller false")]
    public void A_key_or_a_kind_that_elsa_would_take_otherwise_is_refused(string good, string bad, string path, string words)
    {
        var at = SmallFlow.Json.IndexOf(good, StringComparison.Ordinal);

        var reading = SmallFlow.Read(SmallFlow.Json.Remove(at, good.Length).Insert(at, bad));

        SmallFlow.AssertFault(reading, path, words);
    }

    [Fact]
    public void An_event_starts_only_runs_it_knows_the_document_of()
    {
        var reading = SmallFlow.With(flow => flow["customProperties"]!["startsOn"] = "grant-ended");

        SmallFlow.AssertOnlyFault(reading, "$.customProperties.document", "kan ikke starte et løp om handlingsplan. Den starter løp om: rapport, evaluation.");
    }

    [Fact]
    public void One_input_that_is_wrong_hides_no_other()
    {
        var reading = SmallFlow.With(flow =>
        {
            flow.Activity(0)["who"] = SmallFlow.Literal("cordinator");
            flow.Activity(0)["deadline"] = SmallFlow.Literal("Plan draft");
            flow.Activity(0)["remind"] = SmallFlow.Input("Int32", "Literal", "1");
            flow.Activity(0).AsObject().Remove("due");
        });

        Assert.Equal(["deadline", "due", "remind", "who"], reading.Faults.Select(fault => fault.Path.Split('.')[3]).Order());
    }

    [Fact]
    public void What_studio_adds_on_export_is_read_past()
    {
        var reading = DefinitionReader.Read(StudioExport.Json, "export.json", CycleSteps.Catalogue);

        Assert.Empty(reading.Faults);
        var definition = reading.Value!;
        var ask = Assert.IsType<AskForApproval>(definition.Start.Step);
        Assert.Equal(("deciding-body", "deciding-body", false), (ask.Who, ask.Body, ask.MayChangeAnswer));
        Assert.Equal((-120.5, 60), (definition.Start.X, definition.Start.Y));
        Assert.Null(definition.Find("end-it")!.X);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("   ", 1)]
    [InlineData("{", 1)]
    [InlineData("{ \"version\": 1,\n  \"root\": nothing }", 2)]
    [InlineData("{} {}", 1)]
    [InlineData("{ \"a\": 1, }", 1)]
    [InlineData("{ /* a comment */ }", 1)]
    [InlineData("<root/>", 1)]
    public void Text_that_is_no_json_is_refused_with_its_line(string json, int line)
    {
        var reading = SmallFlow.Read(json);

        SmallFlow.AssertOnlyFault(reading, "$", $"ikke gyldig JSON (linje {line},");
    }

    [Theory]
    [InlineData("[]", "en liste")]
    [InlineData("\"text\"", "en tekst")]
    [InlineData("12", "et tall")]
    [InlineData("null", "null")]
    public void Json_that_is_no_object_is_refused(string json, string found)
    {
        var reading = SmallFlow.Read(json);

        SmallFlow.AssertOnlyFault(reading, "$", found);
    }

    [Fact]
    public void A_key_that_stands_twice_is_refused()
    {
        var json = SmallFlow.Json.Replace("\"id\": \"review-it\",", "\"id\": \"review-it\", \"id\": \"review-it\",", StringComparison.Ordinal);

        SmallFlow.AssertOnlyFault(SmallFlow.Read(json), "$.root.activities[1].id", "to ganger");
    }

    [Theory]
    [InlineData("$type")]
    [InlineData("__type")]
    [InlineData("__proto__")]
    [InlineData("$TYPE")]
    [InlineData("$id")]
    [InlineData("$ref")]
    [InlineData("$values")]
    [InlineData("_type")]
    [InlineData("_items")]
    [InlineData("_island")]
    public void A_key_that_other_readers_act_on_is_refused(string key)
    {
        var reading = SmallFlow.With(flow => flow.Activity(1)["metadata"] = new System.Text.Json.Nodes.JsonObject { [key] = "System.IO.File" });

        SmallFlow.AssertOnlyFault(reading, $"$.root.activities[1].metadata.{key}", "ikke tillatt");
    }

    [Fact]
    public void Json_as_deep_as_a_well_is_refused_wherever_it_stands()
    {
        var deep = new string('[', 10_000) + new string(']', 10_000);

        var alone = SmallFlow.Read(deep);
        var inside = SmallFlow.Read(SmallFlow.Json.Replace("\"name\": \"Small\"", $"\"note\": {deep}", StringComparison.Ordinal));

        Assert.Contains("dypere", Assert.Single(alone.Faults, fault => fault.Path.StartsWith("$[0][0]", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
        Assert.Contains("dypere", Assert.Single(inside.Faults).Message, StringComparison.Ordinal);
        Assert.StartsWith("$.note[0]", inside.Faults[0].Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_more_than_a_megabyte_is_refused_unread()
    {
        var large = SmallFlow.Json + new string(' ', 1_000_000);
        var largeInBytes = '"' + new string('å', 600_000) + '"';

        SmallFlow.AssertOnlyFault(SmallFlow.Read(large), "$", "større enn 1000 kB");
        SmallFlow.AssertOnlyFault(SmallFlow.Read(largeInBytes), "$", "større enn 1000 kB");
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        var escaped = SmallFlow.Json.Replace("\"Small\"", "\"\\ud800\"", StringComparison.Ordinal);
        var raw = SmallFlow.Json.Replace("\"Small\"", "\"\ud800\"", StringComparison.Ordinal);

        var key = SmallFlow.Json.Replace("\"name\": \"Small\"", "\"\\ud800\": 1", StringComparison.Ordinal);

        SmallFlow.AssertOnlyFault(SmallFlow.Read(escaped), "$.name", "halvt tegn");
        SmallFlow.AssertOnlyFault(SmallFlow.Read(key), "$", "halvt tegn");
        SmallFlow.AssertOnlyFault(SmallFlow.Read(raw), "$", "halvt tegn");
    }

    [Fact]
    public void A_file_made_to_wear_out_the_reader_costs_little()
    {
        var longKey = new string('k', 60);
        var farDown = string.Concat(Enumerable.Repeat($"{{\"{longKey}\":", 30)) + "[" + string.Join(',', Enumerable.Repeat("1", 400_000)) + "]" + new string('}', 30);
        var connection = """{"source":{"activity":"draft-at","port":"Done"},"target":{"activity":"review-at","port":"In"}}""";
        var manyLost = SmallFlow.Json.Replace("\"connections\": [", "\"connections\": [" + string.Concat(Enumerable.Repeat(connection + ",", 9_000)), StringComparison.Ordinal);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var far = SmallFlow.Read(farDown);
        var spent = GC.GetAllocatedBytesForCurrentThread() - before;
        var lost = SmallFlow.Read(manyLost);

        Assert.NotEmpty(far.Faults);
        Assert.Equal(201, lost.Faults.Count);
        Assert.InRange(spent, 0, 200_000_000);
    }

    [Fact]
    public void All_faults_are_listed_at_once()
    {
        var reading = SmallFlow.With(flow =>
        {
            flow["version"] = 0;
            flow["customProperties"]!["startsOn"] = "year-open";
            flow.Activity(0)["who"] = SmallFlow.Literal("cordinator");
            flow.Activity(1)["type"] = "Tilskudd.Revew";
            flow.Connection(2)["target"]!["activity"] = "draft";
        });

        Assert.Equal(
            ["$.version", "$.customProperties.startsOn", "$.root.activities[0].who", "$.root.activities[1].type", "$.root.connections[2].target.activity"],
            reading.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void A_file_with_thousands_of_faults_lists_the_first_and_counts_the_rest()
    {
        var json = "{" + string.Concat(Enumerable.Repeat("\"a\":1,", 5_000)) + "\"a\":1}";

        var reading = SmallFlow.Read(json);

        Assert.Equal(201, reading.Faults.Count);
        Assert.Contains("feil til", reading.Faults[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("handlingsplan.json")]
    [InlineData("tilskudd.json")]
    [InlineData("rapport.json")]
    public void Nothing_that_is_read_throws(string file)
    {
        var good = YearFiles.Text(file);

        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(300), FsCheck.Fluent.Prop.ForAll(Mutation.Of(good), mutated =>
        {
            var reading = DefinitionReader.Read(mutated, file, CycleSteps.Catalogue);

            Assert.Equal(reading.Value is null, reading.Faults.Count > 0);
            Assert.All(reading.Faults, fault => Assert.True(fault.Path.StartsWith('$') && fault.Message.EndsWith('.') || fault.Message.EndsWith('?'), fault.ToString()));
        }));
    }
}
