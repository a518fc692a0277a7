using NodaTime;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Tests.Conformance;
using Tilskudd.Year.Sources;

namespace Tilskudd.Tests.Steps;

/// <summary>The year's dates, people and ladders, written by hand beside the files.</summary>
public sealed class ShippedFlowTests
{
    [Theory]
    [InlineData("handlingsplan", "set-frame", "programme-leader", "Y-1 10-15", "5,1", "1")]
    [InlineData("handlingsplan", "write-plan", "coordinator", "Y-1 11-01 12:00", "10,5,1", "1")]
    [InlineData("handlingsplan", "review-plan", "programme-leader", "Y-1 11-12", "2,1", "1")]
    [InlineData("handlingsplan", "decide-plan", "deciding-body", "Y-1 11-26 12:00", "2,1", "1")]
    [InlineData("tilskudd", "submit-plans", "programme-leader", "Y-1 12-10", "10,5,1", "1")]
    [InlineData("tilskudd", "await-plan-receipt", "grantor", "+10 workdays", "1", "1")]
    [InlineData("tilskudd", "record-budget-vote", "programme-leader", "Y-1 12-20", "1", "5")]
    [InlineData("tilskudd", "record-letter", "programme-leader", "Y 02-15", "5", "5")]
    [InlineData("tilskudd", "revise-plan", "coordinator", "+10 workdays", "5,1", "1")]
    [InlineData("tilskudd", "decide-revision", "deciding-body", "+10 workdays", "2,1", "1")]
    [InlineData("tilskudd", "review-correction", "programme-leader", "+5 workdays", "2,1", "1")]
    [InlineData("tilskudd", "decide-correction", "deciding-body", "+10 workdays", "2,1", "1")]
    [InlineData("tilskudd", "accept-letter", "programme-leader", "+5 workdays", "2,1", "1")]
    [InlineData("tilskudd", "carry-out-plan", "coordinator", "Y 12-31", "", "")]
    [InlineData("rapport", "write-report", "coordinator", "letter report-due -20 workdays", "10,5,1", "1,5")]
    [InlineData("rapport", "review-report", "programme-leader", "+5 workdays", "1", "1")]
    [InlineData("rapport", "obtain-audit", "accountant", "+10 workdays", "5,1", "1")]
    [InlineData("rapport", "decide-report", "deciding-body", "+10 workdays", "2,1", "1")]
    [InlineData("rapport", "submit-report", "programme-leader", "letter report-due", "2,1", "1")]
    [InlineData("rapport", "repay-unspent", "accountant", "+15 workdays", "5,1", "1")]
    [InlineData("evaluering", "define-evaluation", "programme-leader", "Y-1 09-01..10-31", "5,1", "5")]
    [InlineData("evaluering", "tender-evaluation", "programme-leader", "Y-1 12-01..12-31", "5,1", "5")]
    [InlineData("evaluering", "begin-evaluation", "programme-leader", "Y 02-01..03-31", "5,1", "5")]
    [InlineData("evaluering", "receive-evaluation", "programme-leader", "Y 10-01..12-31", "10,5,1", "5")]
    [InlineData("endring", "write-change", "coordinator", "+10 workdays", "5,1", "1")]
    [InlineData("endring", "review-change", "programme-leader", "+5 workdays", "1", "1")]
    [InlineData("endring", "decide-change", "deciding-body", "+10 workdays", "2,1", "1")]
    [InlineData("endring", "await-change-receipt", "grantor", "+10 workdays", "1", "1")]
    [InlineData("endring", "record-consent", "programme-leader", "+20 workdays", "5,1", "1")]
    public void A_step_waits_for_its_person_with_its_deadline_and_ladder(string flow, string id, string who, string due, string remind, string escalate)
    {
        var step = Assert.IsAssignableFrom<WaitingStep>(YearFiles.Flow(flow).Find(id)!.Step);

        Assert.Equal((who, due), (step.Who, step.Due));
        Assert.Equal(remind, string.Join(',', step.Remind));
        Assert.Equal(escalate, string.Join(',', step.Escalate));
    }

    [Theory]
    [InlineData("handlingsplan", "approved plan-approved")]
    [InlineData("tilskudd", "ended grant-ended, not-granted , refused ")]
    [InlineData("rapport", "accepted , carried-over , repaid ")]
    [InlineData("endring", "in-force , not-consented ")]
    [InlineData("evaluering", "noted ")]
    public void A_flow_ends_in_its_states_and_raises_its_events(string flow, string ends)
    {
        var closing = YearFiles.Flow(flow).Steps.Select(step => step.Step).OfType<Close>();

        Assert.Equal(ends, string.Join(", ", closing.Select(close => $"{close.As} {close.Event}").Order(StringComparer.Ordinal)));
    }

    /// <summary>What a version does is what databases in use have published: a change takes the next number, and a new line here.</summary>
    [Theory]
    [InlineData("endring", 3, "94d7bf37e2da6dbd54451a3a9964fbab7f2e6d9aaacd92bc906f30c1b05427a5")]
    [InlineData("evaluering", 1, "3a6a1676500863ce615f8682ab726b7fc928996017700109b79051da727d25cd")]
    [InlineData("handlingsplan", 2, "9b1afea919f7fbf8b8fd46a9d96e67c2c410f48b52ac4c7723936b44f59ca36a")]
    [InlineData("rapport", 3, "f29d124c6febc7b16dcb94672d2341c911a5003b1f2ca69ac4fa9901ad278125")]
    [InlineData("tilskudd", 2, "5b7079835477e87ce3d087b0a417e6aa7295636253c09de56973adbb9e58cfd4")]
    public void A_version_that_was_published_does_what_it_did(string flow, int version, string hash) =>
        Assert.Equal((version, hash), (YearFiles.Flow(flow).Version, YearFiles.Flow(flow).Hash));

    [Fact]
    public void Every_deadline_in_a_flow_has_a_key_of_its_own()
    {
        var keys = YearFiles.Flows.Definitions.SelectMany(definition => definition.Steps).Select(step => step.Step).OfType<WaitingStep>().Select(step => step.Deadline);

        Assert.Distinct(keys);
    }

    [Fact]
    public void Every_question_and_notice_is_used_by_some_flow()
    {
        var steps = YearFiles.Flows.Definitions.SelectMany(definition => definition.Steps).Select(step => step.Step).ToList();

        Assert.Equal(QuestionKeys.About.Values.SelectMany(questions => questions).Distinct().Order(), steps.OfType<Check>().Select(check => check.Question).Distinct().Order());
        Assert.Equal(NoticeKeys.All.Order(), steps.OfType<Notify>().Select(notify => notify.Notice).Distinct().Order());
    }

    [Fact]
    public void Only_checks_and_notices_are_answered_by_the_application()
    {
        var automatic = CycleSteps.Catalogue.Types.Where(type => type.IsAutomatic).Select(type => type.Name);

        Assert.Equal(["Tilskudd.Check", "Tilskudd.Notify"], automatic);
    }

    [Theory]
    [InlineData("handlingsplan")]
    [InlineData("tilskudd")]
    [InlineData("rapport")]
    [InlineData("endring")]
    [InlineData("evaluering")]
    public void A_drawing_goes_from_left_to_right_with_a_place_for_each_step(string flow)
    {
        var definition = YearFiles.Flow(flow);

        Assert.All(definition.Steps, step => Assert.True(step.X is not null && step.Y is not null, step.Id));
        Assert.Distinct(definition.Steps.Select(step => (step.X, step.Y)));
        Assert.Equal(definition.Start.X, definition.Steps.Min(step => step.X));
        Assert.True(definition.Steps.Single(step => step.X == definition.Steps.Max(other => other.X)).IsTerminal);
    }

    /// <summary>The flow's intervals against the deck's own time plan, as it lies beside the sources: a changed datum must be a changed file.</summary>
    [Fact]
    public void The_evaluation_has_the_intervals_of_the_time_plan_of_Stromso()
    {
        var world = RealWorld.Read().Trusted();
        var plan = world.StromsoTimePlan.Steps.Skip(1).Select(step => (LocalDate.FromDateOnly(step.When.From), LocalDate.FromDateOnly(step.When.To)));

        var flow = YearFiles.Flow("evaluering").Steps.Select(step => step.Step).OfType<WaitingStep>().Select(step => step.DueRule()).OfType<DueRule.Within>().Select(rule => rule.In(2025));

        Assert.Equal(plan, flow);
    }
}
