using FsCheck;
using FsCheck.Fluent;
using Tilskudd.Cycle.Steps;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;
using Check = FsCheck.Check;

namespace Tilskudd.Tests.Conformance;

/// <summary>What any engine must do with any flow. A class per engine inherits these tests.</summary>
public abstract class EngineConformance
{
    private static readonly DateTimeOffset Now = new(2024, 11, 20, 8, 0, 0, TimeSpan.Zero);

    protected abstract IEngine Engine { get; }

    public static TheoryData<string> FlowIds => [.. YearFiles.Flows.Newest.Select(definition => definition.Id)];

    public static TheoryData<string, string, string, string> Answers =>
        [.. YearFiles.Flows.Newest.SelectMany(definition => definition.Connections
            .Select(each => (definition.Id, each.From, each.Outcome, each.To)))];

    [Theory]
    [InlineData("handlingsplan", "set-frame")]
    [InlineData("tilskudd", "submit-plans")]
    [InlineData("rapport", "write-report")]
    [InlineData("endring", "write-change")]
    [InlineData("evaluering", "tell-evaluation-opened")]
    public void A_run_starts_in_the_flows_first_step(string flow, string first)
    {
        var definition = YearFiles.Flow(flow);

        var move = Engine.Move(definition, null, null, Now);

        Assert.Equal(new Position(first, 1, definition.Version, false), move.Position);
        Assert.Equal([new StepEntered(first, 1)], move.Effects);
    }

    [Fact]
    public void A_plan_goes_from_frame_to_approved_by_the_shortest_way()
    {
        var run = Start(YearFiles.Flow("handlingsplan"));

        run.Answer("Done", "Done", "Accepted", "No", "Approved", "Done");

        Assert.Equal(["set-frame", "write-plan", "review-plan", "ask-internal-body", "decide-plan", "tell-plan-approved", "close-plan-approved"], run.Entered);
        Assert.Equal(new Position("close-plan-approved", 7, run.Definition.Version, true), run.Position);
    }

    [Fact]
    public void A_plan_that_is_only_recommended_needs_the_competent_body()
    {
        var run = Start(YearFiles.Flow("handlingsplan"));

        run.Answer("Done", "Done", "Accepted", "No", "Recommended", "Rejected");

        Assert.Equal(new Position("write-plan", 7, run.Definition.Version, false), run.Position);
    }

    [Fact]
    public void Where_there_is_an_internal_group_it_recommends_the_plan_before_the_deciding_body_has_it()
    {
        var run = Start(YearFiles.Flow("handlingsplan"));

        run.Answer("Done", "Done", "Accepted", "Yes", "NotQuorate", "Rejected", "Done", "Accepted", "Yes", "Recommended", "Approved", "Done");

        Assert.Equal(
            ["set-frame", "write-plan", "review-plan", "ask-internal-body", "recommend-plan", "register-plan-recommendation", "write-plan", "review-plan", "ask-internal-body", "recommend-plan", "decide-plan",
                "tell-plan-approved", "close-plan-approved"],
            run.Entered);
    }

    [Fact]
    public void A_meeting_of_a_body_that_can_only_recommend_does_not_settle_the_plan()
    {
        var run = Start(YearFiles.Flow("handlingsplan"));

        run.Answer("Done", "Done", "Accepted", "No", "ToMeeting", "Approved", "No", "Approved", "Done");

        Assert.Equal(
            ["decide-plan", "register-plan-meeting", "ask-plan-competence", "register-plan-competent", "tell-plan-approved", "close-plan-approved"],
            run.Entered.Skip(4));
    }

    [Fact]
    public void A_letter_beyond_the_limit_sends_the_plan_through_a_new_round()
    {
        var run = Start(YearFiles.Flow("tilskudd"));

        run.Answer("Submitted", "Received", "Approved", "Registered", "No", "Done", "Returned", "Done", "Approved", "No", "Done", "Approved", "Yes", "Done", "Reached");

        Assert.Equal(
            ["submit-plans", "await-plan-receipt", "record-budget-vote", "record-letter", "compare-letter", "revise-plan", "decide-revision",
                "revise-plan", "decide-revision", "compare-revision", "revise-plan", "decide-revision", "compare-revision", "accept-letter", "carry-out-plan", "close-grant-ended"],
            run.Entered);
    }

    [Fact]
    public void What_the_grantor_wants_put_right_goes_to_the_body_again_or_is_sent_as_it_is()
    {
        var run = Start(YearFiles.Flow("tilskudd"));

        run.Answer("Submitted", "Correction", "Returned", "Done", "Recommended", "Approved", "Submitted", "Correction", "Accepted", "Submitted");

        Assert.Equal(
            ["submit-plans", "await-plan-receipt", "review-correction", "correct-plan", "decide-correction", "register-correction-competent",
                "submit-plans", "await-plan-receipt", "review-correction", "submit-plans", "await-plan-receipt"],
            run.Entered);
    }

    [Fact]
    public void Unspent_money_that_cannot_be_carried_over_is_repaid()
    {
        var run = Start(YearFiles.Flow("rapport"));

        run.Answer("Done", "Accepted", "Yes", "Done", "Approved", "Submitted", "Received", "Approved", "Yes", "Done", "Rejected", "Done", "Done");

        Assert.Equal("close-repaid", run.Position.StepId);
        Assert.True(run.Position.IsClosed);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Each_answer_leads_where_the_file_says(string flow, string from, string outcome, string to)
    {
        var definition = YearFiles.Flow(flow);
        var placed = Engine.Place(definition, from, 4, Now);

        var move = Engine.Move(definition, placed.State, new Answer(4, outcome), Now.AddDays(1));

        var isClosed = definition.Find(to)!.IsTerminal;
        Assert.Equal(new Position(to, 5, definition.Version, isClosed), move.Position);
        Effect[] expected = [new StepLeft(from, 4, outcome), new StepEntered(to, 5)];
        Assert.Equal(isClosed ? [.. expected, new RunClosed(to, 5)] : expected, move.Effects);
    }

    [Fact]
    public void A_loop_may_be_walked_many_times_and_no_visit_number_returns()
    {
        var run = Start(YearFiles.Flow("handlingsplan"));
        run.Answer("Done");

        for (var round = 0; round < 50; round++)
        {
            run.Answer("Done", "Returned");
        }

        Assert.Equal(new Position("write-plan", 102, run.Definition.Version, false), run.Position);
        Assert.Equal(Enumerable.Range(1, 102), run.Visits);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-2)]
    [InlineData(int.MaxValue)]
    public void An_answer_to_another_visit_than_the_waiting_one_is_refused(int visit)
    {
        var run = Start(YearFiles.Flow("handlingsplan"));
        run.Answer("Done");

        var refused = Record.Exception(() => Engine.Move(run.Definition, run.State, new Answer(visit, "Done"), Now));

        Assert.IsType<WrongVisitException>(refused);
    }

    [Theory]
    [InlineData("Approved")]
    [InlineData("done")]
    [InlineData("")]
    [InlineData("Done ")]
    public void An_outcome_the_step_does_not_have_is_refused(string outcome)
    {
        var run = Start(YearFiles.Flow("handlingsplan"));

        var refused = Record.Exception(() => Engine.Move(run.Definition, run.State, new Answer(1, outcome), Now));

        Assert.IsType<UnknownOutcomeException>(refused);
    }

    [Fact]
    public void A_closed_run_takes_no_answer()
    {
        var run = Start(YearFiles.Flow("handlingsplan"));
        run.Answer("Done", "Done", "Accepted", "No", "Approved", "Done");

        var refused = Record.Exception(() => Engine.Move(run.Definition, run.State, new Answer(7, "Done"), Now));

        Assert.IsType<ClosedRunException>(refused);
    }

    [Fact]
    public void A_run_is_started_without_an_answer_and_moved_with_one()
    {
        var definition = YearFiles.Flow("handlingsplan");
        var started = Engine.Move(definition, null, null, Now);

        var early = Record.Exception(() => Engine.Move(definition, null, new Answer(1, "Done"), Now));
        var silent = Record.Exception(() => Engine.Move(definition, started.State, null, Now));

        Assert.IsType<NotStartedException>(early);
        Assert.IsType<MissingAnswerException>(silent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("not a state")]
    [InlineData("[1,2]")]
    public void A_state_the_engine_did_not_write_is_refused(string state)
    {
        var definition = YearFiles.Flow("handlingsplan");

        var refused = Record.Exception(() => Engine.Move(definition, state, new Answer(1, "Done"), Now));

        Assert.IsType<UnreadableStateException>(refused);
    }

    [Fact]
    public void A_run_finishes_on_the_version_it_began_with_a_newer_one_present()
    {
        var first = YearFiles.Flow("handlingsplan");
        var second = WithoutReview(first);
        var run = Start(first);
        run.Answer("Done", "Done");

        var onTheNew = Record.Exception(() => Engine.Move(second, run.State, new Answer(3, "Accepted"), Now));
        run.Answer("Accepted", "No", "Approved", "Done");

        Assert.IsType<WrongDefinitionException>(onTheNew);
        Assert.Equal(new Position("close-plan-approved", 7, first.Version, true), run.Position);
        Assert.Equal(new Position("decide-plan", 4, second.Version, false), Start(second).Answer("Done", "Done", "No").Position);
    }

    [Fact]
    public void The_state_of_one_flow_is_refused_by_another()
    {
        var state = Engine.Move(YearFiles.Flow("handlingsplan"), null, null, Now).State;

        var refused = Record.Exception(() => Engine.Move(YearFiles.Flow("rapport"), state, new Answer(1, "Done"), Now));

        Assert.IsType<WrongDefinitionException>(refused);
    }

    [Fact]
    public void A_run_moved_to_a_new_version_goes_on_from_the_named_step()
    {
        var second = WithoutReview(YearFiles.Flow("handlingsplan"));
        var old = Start(YearFiles.Flow("handlingsplan")).Answer("Done", "Done");

        var placed = Engine.Place(second, "decide-plan", old.Position.Visit + 1, Now);
        var moved = Engine.Move(second, placed.State, new Answer(4, "Returned"), Now);

        Assert.Equal(new Position("decide-plan", 4, second.Version, false), placed.Position);
        Assert.Equal([new StepEntered("decide-plan", 4)], placed.Effects);
        Assert.Equal(new Position("write-plan", 5, second.Version, false), moved.Position);
    }

    [Theory]
    [InlineData("review-plan", 3)]
    [InlineData("no-such-step", 3)]
    [InlineData("close-plan-approved", 3)]
    [InlineData("write-plan", 0)]
    public void A_run_cannot_be_placed_at_an_unknown_or_closing_step_or_at_no_visit(string step, int visit)
    {
        var second = WithoutReview(YearFiles.Flow("handlingsplan"));

        var refused = Record.Exception(() => Engine.Place(second, step, visit, Now));

        Assert.IsType<CannotPlaceException>(refused);
    }

    [Theory]
    [MemberData(nameof(FlowIds))]
    public void A_run_can_be_placed_at_every_step_that_waits(string flow)
    {
        var definition = YearFiles.Flow(flow);

        var placed = definition.WaitingSteps.Select(step => Engine.Place(definition, step.Id, 9, Now).Position);

        Assert.Equal(definition.WaitingSteps.Select(step => new Position(step.Id, 9, definition.Version, false)), placed);
    }

    [Fact]
    public void Random_answers_to_random_flows_go_where_a_plain_table_says()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Seeds, seed =>
        {
            var flow = RandomFlow.From(seed);
            var run = new Run(Engine, flow.Read(), Now);
            var random = new Random(seed);
            var (expected, visit) = (flow.Start, 1);

            while (flow.OutcomesOf(expected) is { Length: > 0 } outcomes && visit < 60)
            {
                Assert.Equal(new Position(expected, visit, 1, false), run.Position);
                var outcome = outcomes[random.Next(outcomes.Length)];
                run.Answer(outcome);
                (expected, visit) = (flow.After(expected, outcome), visit + 1);
            }

            Assert.Equal(new Position(expected, visit, 1, flow.OutcomesOf(expected).Length == 0), run.Position);
        }));
    }

    [Fact]
    public void The_same_answers_at_the_same_instants_give_the_same_moves()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(Seeds, seed =>
        {
            var flow = RandomFlow.From(seed);

            var first = Trace(flow, seed);
            var second = Trace(flow, seed);

            Assert.Equal(first, second);
        }));
    }

    [Fact]
    public void A_random_run_tells_of_each_visit_it_left_and_entered_and_then_rests()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Seeds, seed =>
        {
            var flow = RandomFlow.From(seed);
            var run = new Run(Engine, flow.Read(), Now);
            var expected = new List<Effect> { new StepEntered(flow.Start, 1) };

            Walk(run, flow, new Random(seed), 40, (from, visit, outcome, to) =>
            {
                expected.AddRange(new StepLeft(from, visit, outcome), new StepEntered(to, visit + 1));
                if (flow.OutcomesOf(to).Length == 0)
                {
                    expected.Add(new RunClosed(to, visit + 1));
                }
            });

            Assert.Equal(expected, run.Effects);
            if (run.Position.IsClosed)
            {
                Assert.IsType<ClosedRunException>(Record.Exception(() => Engine.Move(run.Definition, run.State, new Answer(run.Position.Visit, "Done"), Now)));
            }
        }));
    }

    [Fact]
    public void A_random_run_moved_to_a_random_newer_version_goes_where_the_new_table_says()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Seeds, seed =>
        {
            var (old, newer) = (RandomFlow.From(seed), RandomFlow.From(seed + 1, version: 2));
            var random = new Random(seed);
            var run = new Run(Engine, old.Read(), Now);
            Walk(run, old, random, random.Next(10));
            var (before, left) = (run.State, run.Position);
            var target = newer.WaitingSteps[random.Next(newer.WaitingSteps.Count)];

            run.MoveTo(newer.Read(), target);

            Assert.Equal(new Position(target, left.Visit + 1, 2, false), run.Position);
            var outcome = newer.OutcomesOf(target)[0];
            Assert.IsType<WrongDefinitionException>(Record.Exception(() => Engine.Move(run.Definition, before, new Answer(left.Visit, outcome), Now)));
            Assert.IsType<WrongVisitException>(Record.Exception(() => Engine.Move(run.Definition, run.State, new Answer(left.Visit, outcome), Now)));
            Walk(run, newer, random, 40);
        }));
    }

    [Theory]
    [MemberData(nameof(FlowIds))]
    public void Random_answers_to_a_flow_of_the_year_go_where_its_file_says(string id)
    {
        var definition = YearFiles.Flow(id);
        var table = YearFiles.Table(definition);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(Seeds, seed =>
        {
            var run = new Run(Engine, definition, Now);
            var random = new Random(seed);
            for (var visit = 1; visit < 80 && table[run.Position.StepId] is { Count: > 0 } ways; visit++)
            {
                var (outcome, to) = ways[random.Next(ways.Count)];
                run.Answer(outcome);
                Assert.Equal(new Position(to, visit + 1, definition.Version, table[to].Count == 0), run.Position);
            }
        }));
    }

    [Fact]
    public void Runs_of_one_engine_know_nothing_of_each_other()
    {
        var (first, second) = (Start(YearFiles.Flow("handlingsplan")), Start(YearFiles.Flow("rapport")));

        first.Answer("Done");
        second.Answer("Done", "Returned");
        first.Answer("Done");
        second.Answer("Done");

        Assert.Equal(new Position("review-plan", 3, first.Definition.Version, false), first.Position);
        Assert.Equal(new Position("review-report", 4, second.Definition.Version, false), second.Position);
    }

    [Fact]
    public void A_refused_answer_leaves_the_run_as_it_was()
    {
        var run = Start(YearFiles.Flow("handlingsplan"));
        var state = run.State;

        foreach (var answer in new[] { new Answer(2, "Done"), new Answer(1, "Approved") })
        {
            Assert.IsAssignableFrom<ImpossibleMoveException>(Record.Exception(() => Engine.Move(run.Definition, state, answer, Now)));
        }

        Assert.Equal(new Position("write-plan", 2, run.Definition.Version, false), Engine.Move(run.Definition, state, new Answer(1, "Done"), Now).Position);
    }

    // Random answers held against the table the flow was made with.
    private static void Walk(Run run, RandomFlow flow, Random random, int most, Action<string, int, string, string>? each = null)
    {
        for (var moves = 0; moves < most && flow.OutcomesOf(run.Position.StepId) is { Length: > 0 } outcomes; moves++)
        {
            var (from, visit, version) = (run.Position.StepId, run.Position.Visit, run.Position.Version);
            var outcome = outcomes[random.Next(outcomes.Length)];
            var to = flow.After(from, outcome);
            run.Answer(outcome);
            Assert.Equal(new Position(to, visit + 1, version, flow.OutcomesOf(to).Length == 0), run.Position);
            each?.Invoke(from, visit, outcome, to);
        }
    }

    private static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    private Run Start(Definition definition) => new(Engine, definition, Now);

    private List<string> Trace(RandomFlow flow, int seed)
    {
        var run = new Run(Engine, flow.Read(), Now);
        var random = new Random(seed);
        var trace = new List<string> { run.Position.ToString() };
        while (flow.OutcomesOf(run.Position.StepId) is { Length: > 0 } outcomes && trace.Count < 30)
        {
            run.Answer(outcomes[random.Next(outcomes.Length)]);
            trace.Add(run.Position.ToString());
        }

        return trace;
    }

    // The same flow a year later: the internal review is gone.
    private static Definition WithoutReview(Definition first)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(first.Json)!;
        json["version"] = first.Version + 1;
        json["id"] = $"handlingsplan-{first.Version + 1}";
        var activities = json["root"]!["activities"]!.AsArray();
        activities.Remove(activities.Single(each => (string)each!["id"]! == "review-plan"));
        var connections = json["root"]!["connections"]!.AsArray();
        foreach (var gone in connections.Where(each => (string)each!["source"]!["activity"]! == "review-plan").ToArray())
        {
            connections.Remove(gone);
        }

        connections.Single(each => (string)each!["source"]!["activity"]! == "write-plan")!["target"]!["activity"] = "ask-internal-body";
        return DefinitionReader.Read(json.ToJsonString(), "handlingsplan.json", CycleSteps.Catalogue).Value!;
    }
}
