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
    private Definition _again;
    private DateTimeOffset _now;

    public Run(IEngine engine, Definition definition, DateTimeOffset now)
    {
        _engine = engine;
        _now = now;
        _again = Again(definition);
        Definition = definition;
        State = "";
        Position = Take(engine.Move(definition, null, null, now));
    }

    public Definition Definition { get; private set; }

    public string State { get; private set; }

    public Position Position { get; private set; }

    public IReadOnlyList<Effect> Effects => _effects;

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

    /// <summary>Goes on in another version, at a step of it.</summary>
    public Run MoveTo(Definition definition, string step)
    {
        (Definition, _again) = (definition, Again(definition));
        Position = Take(_engine.Place(definition, step, Position.Visit + 1, _now));
        return this;
    }

    private static Definition Again(Definition definition) => DefinitionReader.Read(definition.Json, definition.Id + ".json", CycleSteps.Catalogue).Value!;

    private Position Take(Move move)
    {
        State = JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(move.State))!;
        _effects.AddRange(move.Effects);
        return move.Position;
    }
}
