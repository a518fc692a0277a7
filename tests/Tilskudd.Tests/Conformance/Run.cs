using System.Text.Json;
using Tilskudd.Cycle.Steps;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Tests.Conformance;

/// <summary>
/// A run in a test: it keeps what the application keeps. Between two moves the state is written down and read up again,
/// and the definition is read afresh, so nothing can live on in memory.
/// </summary>
public sealed class Run
{
    private readonly IEngine _engine;
    private readonly List<Effect> _effects = [];
    private DateTimeOffset _now;

    public Run(IEngine engine, Definition definition, DateTimeOffset now)
    {
        _engine = engine;
        _now = now;
        Definition = definition;
        State = "";
        Position = Take(engine.Move(definition, null, null, now));
    }

    public Definition Definition { get; }

    public string State { get; private set; }

    public Position Position { get; private set; }

    public IEnumerable<string> Entered => _effects.OfType<StepEntered>().Select(effect => effect.StepId);

    public IEnumerable<int> Visits => _effects.OfType<StepEntered>().Select(effect => effect.Visit);

    public Run Answer(params string[] outcomes)
    {
        foreach (var outcome in outcomes)
        {
            _now = _now.AddHours(1);
            var again = DefinitionReader.Read(Definition.Json, Definition.Id + ".json", CycleSteps.Catalogue).Value!;
            Position = Take(_engine.Move(again, State, new Answer(Position.Visit, outcome), _now));
        }

        return this;
    }

    private Position Take(Move move)
    {
        State = JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(move.State))!;
        _effects.AddRange(move.Effects);
        return move.Position;
    }
}
