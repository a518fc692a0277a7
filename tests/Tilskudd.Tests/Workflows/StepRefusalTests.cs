using System.Text.Json.Nodes;

namespace Tilskudd.Tests.Workflows;

/// <summary>What a file cannot say about its envelope and its steps.</summary>
public sealed class StepRefusalTests
{
    [Theory]
    [InlineData("definitionId", "definitionId")]
    [InlineData("version", "version")]
    [InlineData("root", "root")]
    public void A_flow_without_its_frame_is_refused(string key, string words)
    {
        var reading = SmallFlow.With(flow => flow.AsObject().Remove(key));

        SmallFlow.AssertOnlyFault(reading, "$." + key, words);
    }

    [Theory]
    [InlineData("startsOn", "Tillatt er: year-opened, plan-approved, grant-ended, change-opened, evaluation-due.")]
    [InlineData("document", "Tillatt er: handlingsplan, tilskuddsbrev, rapport, change, evaluation.")]
    public void A_flow_without_event_or_document_is_refused(string key, string words)
    {
        var reading = SmallFlow.With(flow => flow["customProperties"]!.AsObject().Remove(key));

        SmallFlow.AssertOnlyFault(reading, "$.customProperties." + key, words);
    }

    [Theory]
    [InlineData("Small")]
    [InlineData("små")]
    [InlineData("small_flow")]
    [InlineData("-small")]
    [InlineData("")]
    public void A_flows_id_is_in_small_ascii_words(string id)
    {
        var reading = SmallFlow.With(flow => flow["definitionId"] = id);

        SmallFlow.AssertOnlyFault(reading, "$.definitionId", "bindestrek");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("\"1\"")]
    [InlineData("99999999999")]
    public void A_version_is_a_whole_number_from_one(string version)
    {
        var reading = SmallFlow.With(flow => flow["version"] = JsonNode.Parse(version));

        SmallFlow.AssertOnlyFault(reading, "$.version", "helt tall");
    }

    [Fact]
    public void A_root_that_is_no_flowchart_is_refused()
    {
        var reading = SmallFlow.With(flow => flow["root"]!["type"] = "Elsa.Sequence");

        SmallFlow.AssertOnlyFault(reading, "$.root.type", "Elsa.Flowchart");
    }

    [Fact]
    public void A_mistyped_step_type_gets_a_suggestion()
    {
        var reading = SmallFlow.With(flow => flow.Activity(1)["type"] = "Tilskudd.Reveiw");

        SmallFlow.AssertOnlyFault(reading, "$.root.activities[1].type", "Mente du 'Tilskudd.Review'?");
    }

    [Theory]
    [InlineData("Elsa.WriteLine")]
    [InlineData("Elsa.RunJavaScript")]
    [InlineData("System.IO.File")]
    public void A_step_type_that_is_not_ours_is_refused(string type)
    {
        var reading = SmallFlow.With(flow => flow.Activity(1)["type"] = type);

        SmallFlow.AssertOnlyFault(reading, "$.root.activities[1].type", "finnes ikke");
    }

    [Theory]
    [InlineData("Elsa.FlowFork")]
    [InlineData("Elsa.FlowJoin")]
    [InlineData("Elsa.Parallel")]
    public void A_fork_or_join_is_refused_and_says_what_to_do_instead(string type)
    {
        var reading = SmallFlow.With(flow => flow.Activity(1)["type"] = type);

        SmallFlow.AssertOnlyFault(reading, "$.root.activities[1].type", "ett steg om gangen");
    }

    [Fact]
    public void A_merge_mode_is_a_join_and_is_refused()
    {
        var reading = SmallFlow.With(flow => flow.Activity(0)["customProperties"]!["mergeMode"] = "Merge");

        SmallFlow.AssertOnlyFault(reading, "$.root.activities[0].customProperties.mergeMode", "ett");
    }

    [Theory]
    [InlineData("Draft")]
    [InlineData("draft it")]
    [InlineData("utkast-på-plan")]
    [InlineData("draft--it")]
    [InlineData("a-word-that-goes-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on")]
    public void A_step_id_is_in_small_ascii_words(string id)
    {
        var reading = SmallFlow.With(flow => flow.Activity(0)["id"] = id);

        SmallFlow.AssertFault(reading, "$.root.activities[0].id", "bindestrek");
    }

    [Fact]
    public void A_step_id_used_twice_is_refused()
    {
        var reading = SmallFlow.With(flow => flow.Activity(2)["id"] = "review-it");

        SmallFlow.AssertFault(reading, "$.root.activities[2].id", "to ganger");
    }

    [Fact]
    public void A_phase_outside_the_overview_is_refused()
    {
        var wrong = SmallFlow.With(flow => flow.Activity(0)["customProperties"]!["phase"] = "drafts");
        var none = SmallFlow.With(flow => flow.Activity(0)["customProperties"]!.AsObject().Remove("phase"));

        SmallFlow.AssertOnlyFault(wrong, "$.root.activities[0].customProperties.phase", "Mente du 'draft'?");
        SmallFlow.AssertOnlyFault(none, "$.root.activities[0].customProperties.phase", "Tillatt er: frame, draft");
    }

    [Fact]
    public void An_unknown_input_is_refused()
    {
        var reading = SmallFlow.With(flow => flow.Activity(0)["reminds"] = SmallFlow.Literal("x"));

        SmallFlow.AssertOnlyFault(reading, "$.root.activities[0].reminds", "Mente du 'remind'?");
    }

    [Fact]
    public void A_missing_input_is_refused_also_when_it_is_empty()
    {
        var missing = SmallFlow.With(flow => flow.Activity(0).AsObject().Remove("who"));
        var empty = SmallFlow.With(flow => flow.Activity(0)["who"] = SmallFlow.Literal(""));
        var nothing = SmallFlow.With(flow => flow.Activity(0)["who"] = null);

        Assert.All([missing, empty, nothing], reading => SmallFlow.AssertOnlyFault(reading, "$.root.activities[0].who", "mangler who"));
    }

    [Fact]
    public void An_input_without_type_name_is_refused_since_elsa_would_drop_it()
    {
        var without = SmallFlow.With(flow => flow.Activity(0)["who"]!.AsObject().Remove("typeName"));
        var bare = SmallFlow.With(flow => flow.Activity(0)["who"] = "coordinator");

        Assert.All([without, bare], reading => SmallFlow.AssertOnlyFault(reading, "$.root.activities[0].who", "\"typeName\": \"String\""));
    }

    [Theory]
    [InlineData("who", "Int32")]
    [InlineData("who", "Object")]
    [InlineData("remind", "Int32")]
    [InlineData("remind", "String[]")]
    [InlineData("due", "System.IO.File, System.Private.CoreLib")]
    public void An_input_of_the_wrong_type_is_refused(string input, string typeName)
    {
        var reading = SmallFlow.With(flow => flow.Activity(0)[input]!["typeName"] = typeName);

        SmallFlow.AssertOnlyFault(reading, $"$.root.activities[0].{input}.typeName", "er av typen");
    }

    [Theory]
    [InlineData("JavaScript", "getVariable('Leader')")]
    [InlineData("CSharp", "System.IO.File.Delete(\"x\")")]
    [InlineData("Liquid", "{{ Variables.Leader }}")]
    [InlineData("Input", "who")]
    [InlineData("Python", "1")]
    [InlineData("literal", "coordinator")]
    public void An_expression_that_is_code_is_refused(string type, string value)
    {
        var reading = SmallFlow.With(flow => flow.Activity(0)["who"] = SmallFlow.Input("String", type, value));

        SmallFlow.AssertOnlyFault(reading, "$.root.activities[0].who.expression.type", "En flyt har ingen kode");
    }

    [Fact]
    public void Curly_brackets_in_a_literal_are_plain_text()
    {
        var reading = SmallFlow.With(flow => flow.Activity(0)["who"] = SmallFlow.Literal("{{7*7}}"));

        SmallFlow.AssertOnlyFault(reading, "$.root.activities[0].who", "'{{7*7}}' er ukjent her");
    }

    [Theory]
    [InlineData("[10, 5.5]", "$.root.activities[0].remind.expression.value[1]")]
    [InlineData("[10, \"five\"]", "$.root.activities[0].remind.expression.value[1]")]
    [InlineData("[10, null]", "$.root.activities[0].remind.expression.value[1]")]
    [InlineData("{\"a\": 1}", "$.root.activities[0].remind.expression.value")]
    [InlineData("[10, 5", "$.root.activities[0].remind.expression.value")]
    [InlineData("10", "$.root.activities[0].remind.expression.value")]
    public void A_list_that_is_no_list_of_whole_numbers_is_refused(string list, string path)
    {
        var reading = SmallFlow.With(flow => flow.Activity(0)["remind"] = SmallFlow.Input("Int32[]", "Object", list));

        SmallFlow.AssertOnlyFault(reading, path, "");
    }

    [Fact]
    public void A_list_is_an_object_and_a_single_value_a_literal()
    {
        var list = SmallFlow.With(flow => flow.Activity(0)["remind"] = SmallFlow.Input("Int32[]", "Literal", "[1]"));
        var single = SmallFlow.With(flow => flow.Activity(0)["who"] = SmallFlow.Input("String", "Object", "\"coordinator\""));
        var array = SmallFlow.With(flow => flow.Activity(0)["remind"] = SmallFlow.Input("Int32[]", "Object", new JsonArray(1)));

        SmallFlow.AssertOnlyFault(list, "$.root.activities[0].remind.expression.type", "Skriv den som Object");
        SmallFlow.AssertOnlyFault(single, "$.root.activities[0].who.expression.type", "Skriv den som Literal");
        SmallFlow.AssertOnlyFault(array, "$.root.activities[0].remind.expression.value", "skrives som tekst");
    }

    [Fact]
    public void A_variable_must_exist_and_be_of_the_inputs_type()
    {
        var unknown = SmallFlow.With(flow => flow.Activity(1)["who"] = SmallFlow.Input("String", "Variable", "Leder"));
        var number = SmallFlow.With(flow =>
        {
            flow["variables"]![0]!["typeName"] = "Int32";
            flow["variables"]![0]!["value"] = "5";
        });

        SmallFlow.AssertOnlyFault(unknown, "$.root.activities[1].who.expression.value", "Mente du 'Leader'?");
        SmallFlow.AssertOnlyFault(number, "$.root.activities[1].who.expression.value", "variabelen 'Leader' er av typen Int32");
    }

    [Fact]
    public void A_variable_of_a_type_elsa_would_drop_is_refused()
    {
        var reading = SmallFlow.With(flow => flow["variables"]!.AsArray().Add(new JsonObject { ["id"] = "v2", ["name"] = "Ratio", ["typeName"] = "Decimal", ["value"] = "1" }));

        SmallFlow.AssertOnlyFault(reading, "$.variables[1].typeName", "ukjent");
    }

    [Fact]
    public void A_variable_needs_a_value_and_a_name_of_its_own()
    {
        var empty = SmallFlow.With(flow => flow["variables"]!.AsArray().Add(new JsonObject { ["id"] = "v2", ["name"] = "Other", ["typeName"] = "String" }));
        var twice = SmallFlow.With(flow => flow["variables"]!.AsArray().Add(flow["variables"]![0]!.DeepClone()));

        SmallFlow.AssertOnlyFault(empty, "$.variables[1].value", "mangler value");
        SmallFlow.AssertOnlyFault(twice, "$.variables[1]", "to ganger");
    }
}
