using Tilskudd.Cycle.Steps;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Tests.Workflows;

public sealed class StepCatalogueTests
{
    private static readonly Vocabulary Nothing = new([], [], []);

    [Fact]
    public void A_step_type_is_named_after_its_class()
    {
        var review = CycleSteps.Catalogue.Find("Tilskudd.Review")!;

        Assert.Equal(["Accepted", "Returned"], review.Outcomes);
        Assert.False(review.IsTerminal);
        Assert.Equal(["deadline", "due", "escalate", "remind", "task", "who"], review.Inputs.Select(input => input.Name).Order());
        Assert.Equal(["deadline", "due", "task", "who"], review.Inputs.Where(input => input.IsRequired).Select(input => input.Name).Order());
    }

    [Fact]
    public void Only_closing_steps_have_no_outcomes()
    {
        Assert.Equal(["Tilskudd.Close"], CycleSteps.Catalogue.Types.Where(type => type.IsTerminal).Select(type => type.Name));
        Assert.All(CycleSteps.Catalogue.Types, type => Assert.Equal(type.IsTerminal, type.Outcomes.Count == 0));
    }

    [Fact]
    public void Every_step_class_is_in_the_catalogue()
    {
        var classes = typeof(CycleSteps).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Step)) && !type.IsAbstract);

        Assert.Equal(classes.Select(type => "Tilskudd." + type.Name).Order(), CycleSteps.Catalogue.Types.Select(type => type.Name).Order());
    }

    [Theory]
    [InlineData(typeof(string))]
    [InlineData(typeof(WaitingStep))]
    [InlineData(typeof(NoOutcomes))]
    [InlineData(typeof(SameOutcomeTwice))]
    [InlineData(typeof(StrangeInput))]
    public void A_class_that_is_no_usable_step_is_a_fault_in_the_program(Type type)
    {
        Assert.Throws<ArgumentException>(() => new StepCatalogue(Nothing, type));
    }

    private sealed class NoOutcomes : Step;

    [Outcomes("Done", "Done")]
    private sealed class SameOutcomeTwice : Step;

    [Outcomes("Done")]
    private sealed class StrangeInput : Step
    {
        public DateTime When { get; init; }
    }
}
