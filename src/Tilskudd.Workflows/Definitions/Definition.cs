namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// One version of one flow of the grant year, read from a file and found good: every outcome leads to a step, every step
/// can be reached, and from every step a closing step can be reached.
/// </summary>
public sealed class Definition
{
    private readonly Dictionary<string, StepDefinition> _steps;
    private readonly Dictionary<(string, string), StepDefinition> _next;

    internal Definition(
        DefinitionEnvelope envelope,
        string start,
        IReadOnlyList<StepDefinition> steps,
        IReadOnlyList<Connection> connections,
        string json)
    {
        Id = envelope.Id;
        Version = envelope.Version;
        Name = envelope.Name;
        Document = envelope.Document;
        StartsOn = envelope.StartsOn;
        Variables = envelope.Variables;
        Steps = steps;
        Connections = connections;
        Json = json;
        _steps = steps.ToDictionary(step => step.Id, StringComparer.Ordinal);
        _next = connections.ToDictionary(connection => (connection.From, connection.Outcome), connection => _steps[connection.To]);
        Start = _steps[start];
        Hash = BehaviourHash.Of(this);
    }

    /// <summary>The flow's key, the same in all versions: <c>definitionId</c> in the file.</summary>
    public string Id { get; }

    /// <summary>From 1. A published version never changes; see <see cref="Hash"/>.</summary>
    public int Version { get; }

    /// <summary>
    /// SHA-256, in hex, of all that decides what the flow does. Words, names, dates and positions on the drawing are
    /// outside it.
    /// </summary>
    public string Hash { get; }

    /// <summary>The name in Studio. What a user reads is the title in <see cref="Words"/>.</summary>
    public string Name { get; }

    /// <summary>What a run is about: a key from <see cref="Vocabulary.Documents"/>.</summary>
    public string Document { get; }

    /// <summary>The event that starts a run: a key from <see cref="Vocabulary.Events"/>.</summary>
    public string StartsOn { get; }

    public StepDefinition Start { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<StepDefinition> Steps { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Connection> Connections { get; }

    public IReadOnlyList<Variable> Variables { get; }

    /// <summary>The file's own text, to be stored when the version is published and read again by any engine.</summary>
    public string Json { get; }

    /// <summary>The steps a run can stand in: all but the closing ones.</summary>
    public IEnumerable<StepDefinition> WaitingSteps => Steps.Where(step => !step.IsTerminal);

    /// <summary>The step, or null when this version has none with that id.</summary>
    public StepDefinition? Find(string stepId) => _steps.GetValueOrDefault(stepId);

    /// <summary>Where an outcome leads, or null when the step or the outcome is unknown.</summary>
    public StepDefinition? Next(string stepId, string outcome) => _next.GetValueOrDefault((stepId, outcome));

    public override string ToString() => $"{Id} version {Version}";
}

/// <summary>A step of a flow: one place a run can stand.</summary>
/// <param name="Id">Permanent; the same step in a later version has the same id.</param>
/// <param name="Type">As the file writes it: <c>Tilskudd.Draft</c>.</param>
/// <param name="Step">The kind of doing, with this step's inputs.</param>
/// <param name="Phase">The overview's column: a key from <see cref="Vocabulary.Phases"/>.</param>
/// <param name="Outcomes">What can be answered, in the order the buttons stand. Empty for a closing step.</param>
/// <param name="X">From the left, where Studio drew the step; null where the file does not say.</param>
/// <param name="Y">From the top.</param>
public sealed record StepDefinition(
    string Id, string Type, Step Step, string Phase, IReadOnlyList<string> Outcomes, double? X, double? Y)
{
    public bool IsTerminal => Step.IsTerminal;

    public bool IsAutomatic => Step.IsAutomatic;

    /// <summary>The inputs that stand in the file, as values. What is left out has the class's own default.</summary>
    internal IReadOnlyDictionary<string, object> Given { get; init; } = new Dictionary<string, object>();
}

/// <summary>Where one outcome of a step leads.</summary>
public sealed record Connection(string From, string Outcome, string To);

/// <summary>
/// A value that several inputs share. It never changes during a run. <paramref name="Value"/> is a string, int, bool or a
/// list.
/// </summary>
public sealed record Variable(string Id, string Name, InputKind Kind, object Value);
