using System.Text.Json;
using Tilskudd.Cycle.Steps;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Tests.Conformance;

/// <summary>
/// A run in a test: it keeps what the application keeps. Between two moves the state is written down and read up again,
/// and the definition that moves it on is another object than the one that started it, so nothing can live on in memory.
/// </summary>
public sealed class Run
{
    private readonly IEngine _engine;
    private readonly List<Effect> _effects = [];
    private readonly Definition _again;
    private DateTimeOffset _now;

    public Run(IEngine engine, Definition definition, DateTimeOffset now)
    {
        _engine = engine;
        _now = now;
        _again = DefinitionReader.Read(definition.Json, definition.Id + ".json", CycleSteps.Catalogue).Value!;
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
            Position = Take(_engine.Move(_again, State, new Answer(Position.Visit, outcome), _now));
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
