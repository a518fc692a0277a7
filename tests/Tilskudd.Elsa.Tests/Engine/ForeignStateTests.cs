using Tilskudd.Cycle.Steps;
using Tilskudd.Elsa.Engine;
using Tilskudd.Tests.Conformance;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Runs;

namespace Tilskudd.Elsa.Tests.Engine;

/// <summary>An engine knows the other's state from its own, and a run goes from one to the other by its position.</summary>
public sealed class ForeignStateTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2024, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private readonly ElsaEngine _elsa = new(CycleSteps.Catalogue, TimeProvider.System);
    private readonly Runner _runner = new();

    [Fact]
    public void Neither_engine_takes_the_other_s_state_for_its_own()
    {
        var definition = YearFiles.Flow("handlingsplan");

        Assert.Throws<UnreadableStateException>(() => _elsa.Move(definition, _runner.Move(definition, null, null, Now).State, new Answer(1, "Done"), Now));
        Assert.Throws<UnreadableStateException>(() => _runner.Move(definition, _elsa.Move(definition, null, null, Now).State, new Answer(1, "Done"), Now));
    }

    [Fact]
    public void A_run_changes_engine_at_every_step_and_comes_where_it_would_have_come()
    {
        var definition = YearFiles.Flow("tilskudd");
        var position = _elsa.Move(definition, null, null, Now).Position;

        foreach (var (outcome, number) in new[] { "Submitted", "Received", "Approved", "Registered", "No", "Done", "Approved", "Yes", "Done", "Reached" }.Select((outcome, number) => (outcome, number)))
        {
            IEngine engine = number % 2 == 0 ? _runner : _elsa;
            position = engine.Move(definition, engine.Place(definition, position.StepId, position.Visit, Now).State, new Answer(position.Visit, outcome), Now).Position;
        }

        Assert.Equal(new Position("close-grant-ended", 11, definition.Version, true), position);
    }

    public void Dispose() => _elsa.Dispose();
}
