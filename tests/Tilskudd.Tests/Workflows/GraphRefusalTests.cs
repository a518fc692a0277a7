using System.Text.Json.Nodes;

namespace Tilskudd.Tests.Workflows;

/// <summary>Drawings that no run could follow.</summary>
public sealed class GraphRefusalTests
{
    [Fact]
    public void A_connection_from_an_unknown_step_is_refused()
    {
        var reading = SmallFlow.With(flow => flow.Connection(0)["source"]!["activity"] = "draft-at");

        SmallFlow.AssertFault(reading, "$.root.connections[0].source.activity", "Mente du 'draft-it'?");
    }

    [Fact]
    public void A_connection_to_an_unknown_step_is_refused_since_elsa_would_drop_it()
    {
        var reading = SmallFlow.With(flow => flow.Connection(2)["target"]!["activity"] = "nowhere-at-all");

        SmallFlow.AssertOnlyFault(reading, "$.root.connections[2].target.activity", "et steg som ikke finnes: 'nowhere-at-all'");
    }

    [Theory]
    [InlineData("Acceptd", "Mente du 'Accepted'?")]
    [InlineData("accepted", "Mente du 'Accepted'?")]
    [InlineData("Done", "Tillatt er: Accepted, Returned.")]
    public void A_port_the_step_does_not_have_is_refused(string port, string words)
    {
        var reading = SmallFlow.With(flow => flow.Connection(1)["source"]!["port"] = port);

        SmallFlow.AssertFault(reading, "$.root.connections[1].source.port", words);
    }

    [Fact]
    public void A_connection_without_a_port_is_refused()
    {
        var reading = SmallFlow.With(flow => flow.Connection(0)["source"]!.AsObject().Remove("port"));

        SmallFlow.AssertFault(reading, "$.root.connections[0].source.port", "har ikke utfallet ''");
    }

    [Fact]
    public void A_step_has_one_entrance()
    {
        var reading = SmallFlow.With(flow => flow.Connection(0)["target"]!["port"] = "Side");

        SmallFlow.AssertOnlyFault(reading, "$.root.connections[0].target.port", "bare én inngang");
    }

    [Fact]
    public void The_older_flat_connection_is_refused()
    {
        var reading = SmallFlow.With(flow => flow["root"]!["connections"]![0] = new JsonObject
        {
            ["source"] = "draft-it",
            ["target"] = "review-it",
            ["sourcePort"] = "Done",
            ["targetPort"] = "In",
        });

        SmallFlow.AssertFault(reading, "$.root.connections[0]", "En forbindelse skrives som");
    }

    [Fact]
    public void An_outcome_that_leads_nowhere_is_refused()
    {
        var reading = SmallFlow.With(flow => flow["root"]!["connections"]!.AsArray().RemoveAt(2));

        SmallFlow.AssertOnlyFault(reading, "$.root.activities[1]", "Utfallet Returned fra 'review-it' fører ingen steder");
    }

    [Fact]
    public void A_step_without_exit_is_refused_once()
    {
        var reading = SmallFlow.With(flow =>
        {
            flow["root"]!["connections"]!.AsArray().RemoveAt(2);
            flow["root"]!["connections"]!.AsArray().RemoveAt(1);
        });

        SmallFlow.AssertOnlyFault(reading, "$.root.activities[1]", "Koble hvert utfall: Accepted, Returned.");
    }

    [Fact]
    public void An_outcome_that_leads_to_two_steps_is_refused()
    {
        var reading = SmallFlow.With(flow => flow.Connect("draft-it", "Done", "end-it"));

        SmallFlow.AssertOnlyFault(reading, "$.root.connections[3]", "fører to steder");
    }

    [Fact]
    public void Nothing_comes_after_a_closing_step()
    {
        var reading = SmallFlow.With(flow => flow.Connect("end-it", "Done", "draft-it"));

        SmallFlow.AssertOnlyFault(reading, "$.root.connections[3].source.activity", "avslutter løpet");
    }

    [Fact]
    public void A_step_no_way_leads_to_is_refused()
    {
        var reading = SmallFlow.With(flow =>
        {
            var island = flow.Activity(2).DeepClone();
            island["id"] = "island";
            flow["root"]!["activities"]!.AsArray().Add(island);
        });

        SmallFlow.AssertOnlyFault(reading, "$.root.activities[3]", "Ingen vei fører til 'island'");
    }

    [Fact]
    public void Steps_that_can_never_end_are_refused()
    {
        var reading = SmallFlow.With(flow => flow.Connection(1)["target"]!["activity"] = "draft-it");

        Assert.Equal(["$.root.activities[2]", "$.root.activities[0]", "$.root.activities[1]"], reading.Faults.Select(fault => fault.Path));
        SmallFlow.AssertFault(reading, "$.root.activities[2]", "Ingen vei fører til 'end-it'");
        SmallFlow.AssertFault(reading, "$.root.activities[0]", "kan løpet aldri avsluttes");
    }

    [Fact]
    public void A_ring_of_steps_that_answer_themselves_is_refused()
    {
        var reading = SmallFlow.With(flow =>
        {
            foreach (var id in (string[])["ask-first", "ask-then"])
            {
                flow["root"]!["activities"]!.AsArray().Add(new JsonObject
                {
                    ["id"] = id,
                    ["type"] = "Tilskudd.Check",
                    ["question"] = SmallFlow.Literal("internal-body-exists"),
                    ["customProperties"] = new JsonObject { ["phase"] = "review" },
                });
            }

            flow.Connection(1)["target"]!["activity"] = "ask-first";
            flow.Connect("ask-first", "Yes", "ask-then");
            flow.Connect("ask-first", "No", "end-it");
            flow.Connect("ask-then", "Yes", "ask-first");
            flow.Connect("ask-then", "No", "draft-it");
        });

        Assert.Equal(["$.root.activities[3]", "$.root.activities[4]"], reading.Faults.Select(fault => fault.Path));
        SmallFlow.AssertFault(reading, "$.root.activities[3]", "ring av steg som svarer av seg selv");
    }

    [Fact]
    public void A_step_between_two_rings_stands_in_none()
    {
        var reading = SmallFlow.With(flow =>
        {
            foreach (var id in (string[])["first", "between", "last"])
            {
                flow["root"]!["activities"]!.AsArray().Add(new JsonObject
                {
                    ["id"] = id,
                    ["type"] = "Tilskudd.Check",
                    ["question"] = SmallFlow.Literal("internal-body-exists"),
                    ["customProperties"] = new JsonObject { ["phase"] = "review" },
                });
            }

            flow.Connection(1)["target"]!["activity"] = "first";
            flow.Connect("first", "Yes", "first");
            flow.Connect("first", "No", "between");
            flow.Connect("between", "Yes", "last");
            flow.Connect("between", "No", "end-it");
            flow.Connect("last", "Yes", "last");
            flow.Connect("last", "No", "end-it");
        });

        Assert.Equal(["$.root.activities[3]", "$.root.activities[5]"], reading.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void A_flow_without_a_marked_start_is_refused()
    {
        var reading = SmallFlow.With(flow => flow.Activity(0)["customProperties"]!["canStartWorkflow"] = false);

        SmallFlow.AssertOnlyFault(reading, "$.root.activities", "merket som start");
    }

    [Fact]
    public void A_flow_with_two_starts_is_refused()
    {
        var marked = SmallFlow.With(flow => flow.Activity(1)["customProperties"]!["canStartWorkflow"] = true);
        var named = SmallFlow.With(flow => flow["root"]!["start"] = "review-it");

        SmallFlow.AssertOnlyFault(marked, "$.root.activities[1]", "Både 'draft-it' og 'review-it'");
        SmallFlow.AssertOnlyFault(named, "$.root.activities[1]", "Både 'draft-it' og 'review-it'");
    }

    [Fact]
    public void A_start_by_name_will_do()
    {
        var reading = SmallFlow.With(flow =>
        {
            flow.Activity(0)["customProperties"]!["canStartWorkflow"] = false;
            flow["root"]!["start"] = "draft-it";
        });

        Assert.Equal("draft-it", reading.Value?.Start.Id);
    }

    [Fact]
    public void A_start_by_an_unknown_name_is_refused()
    {
        var reading = SmallFlow.With(flow => flow["root"]!["start"] = "draft-at");

        SmallFlow.AssertOnlyFault(reading, "$.root.start", "Mente du 'draft-it'?");
    }

    [Fact]
    public void A_run_that_would_end_as_it_begins_is_refused()
    {
        var reading = SmallFlow.With(flow =>
        {
            flow.Activity(0)["customProperties"]!["canStartWorkflow"] = false;
            flow.Activity(2)["customProperties"]!["canStartWorkflow"] = true;
        });

        SmallFlow.AssertFault(reading, "$.root.activities[2]", "steg som avslutter det");
    }

    [Fact]
    public void A_flow_without_steps_or_connections_is_refused()
    {
        var noSteps = SmallFlow.With(flow => flow["root"]!["activities"] = new JsonArray());
        var noConnections = SmallFlow.With(flow => flow["root"]!.AsObject().Remove("connections"));

        SmallFlow.AssertOnlyFault(noSteps, "$.root.activities", "ingen steg");
        SmallFlow.AssertFault(noConnections, "$.root.connections", "mangler connections");
    }

    [Fact]
    public void Connections_that_studio_has_put_aside_are_refused()
    {
        var reading = SmallFlow.With(flow => flow["root"]!["customProperties"] = new JsonObject { ["notFoundConnections"] = new JsonArray(new JsonObject()) });

        SmallFlow.AssertOnlyFault(reading, "$.root.customProperties.notFoundConnections", "satt til side");
    }
}
