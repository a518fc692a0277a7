using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Runs;

internal readonly record struct RunId(Guid Value) : IId<RunId>
{
    public static RunId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();

    /// <summary>Made later: ids are in the order of time.</summary>
    public static bool operator >(RunId left, RunId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <(RunId left, RunId right) => left.Value.CompareTo(right.Value) < 0;
}

/// <summary>What a run is about: a document of one plan unit and year.</summary>
internal sealed record Subject(DocumentKind Kind, Guid Document, ProgrammeId Programme, PlanUnitId Unit, GrantYear Year);

/// <summary>
/// A flow on its way for one document. The engine's own state lies in <see cref="State"/>; the position beside it is what pages
/// and queries read. Facts are kept by the document, never here.
/// </summary>
internal sealed class Run
{
    private readonly List<Visit> _visits = [];

    private Run() { }

    public Run(RunId id, string flow, int version, Subject subject, DateTimeOffset at) =>
        (Id, Flow, DefinitionVersion, DocumentKind, DocumentId, ProgrammeId, PlanUnitId, Year, StartedAt) =
        (id, flow, version, subject.Kind, subject.Document, subject.Programme, subject.Unit, subject.Year, at);

    public RunId Id { get; private set; }

    public string Flow { get; private set; } = "";

    /// <summary>The version the run began on, and finishes on unless someone moves it to a newer one.</summary>
    public int DefinitionVersion { get; private set; }

    public DocumentKind DocumentKind { get; private set; }

    public Guid DocumentId { get; private set; }

    public ProgrammeId ProgrammeId { get; private set; }

    public PlanUnitId PlanUnitId { get; private set; }

    public GrantYear Year { get; private set; }

    public string State { get; private set; } = "";

    public string StepId { get; private set; } = "";

    /// <summary>The number of the visit that waits, or of the closing step.</summary>
    public int VisitNumber { get; private set; }

    /// <summary>The overview's column.</summary>
    public string Phase { get; private set; } = "";

    /// <summary>The kind of doing that waits: the step class's name.</summary>
    public string StepKind { get; private set; } = "";

    /// <summary>The role or body the step waits for; empty when the run is closed or waits for a date.</summary>
    public string WaitsFor { get; private set; } = "";

    public DateTimeOffset EnteredAt { get; private set; }

    /// <summary>When the waiting step is due; null where it has no deadline.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>The final state the flow names, for example <c>approved</c>.</summary>
    public string ClosedAs { get; private set; } = "";

    /// <summary>Why the waiting step could not do its part; empty when all is well. The run stays waiting.</summary>
    public string Incident { get; private set; } = "";

    /// <summary>Counts the moves; two answers at once cannot both be saved.</summary>
    public int Moves { get; private set; }

    public IReadOnlyList<Visit> Visits => _visits;

    public Visit Waiting => _visits.Single(visit => visit.Number == VisitNumber);

    /// <summary>
    /// What was wrong with what the waiting step was answered with before, in the words of who took it up again; null where nothing was. A run that has
    /// been moved there before the step was answered corrects nothing.
    /// </summary>
    public string? Error => _visits.Where(visit => visit.StepId == StepId && visit.Outcome.Length > 0).MaxBy(visit => visit.Number) is { } answered
        ? _visits.Where(visit => visit.Number > answered.Number && visit.IsTakenBack).MaxBy(visit => visit.Number)?.Reason
        : null;

    public bool IsOpen => ClosedAt is null;

    /// <summary>Whether the deadline of the step it waits in has passed.</summary>
    public bool IsLate(DateTimeOffset now) => IsOpen && DueAt <= now;

    public Subject Subject => new(DocumentKind, DocumentId, ProgrammeId, PlanUnitId, Year);

    public void Moved(string state) => (State, Moves) = (state, Moves + 1);

    /// <summary>Goes on in another version of its flow, from a state that version made.</summary>
    public void MovedTo(int version, string state)
    {
        DefinitionVersion = version;
        Moved(state);
    }

    public void Enter(string step, string kind, int visit, string phase, string waitsFor, DateTimeOffset at)
    {
        (StepId, StepKind, VisitNumber, Phase, WaitsFor, EnteredAt, DueAt, Incident) = (step, kind, visit, phase, waitsFor, at, null, "");
        _visits.Add(new Visit(visit, step, phase, at));
    }

    public void SetDue(DeadlineId deadline, DateTimeOffset dueAt)
    {
        DueAt = dueAt;
        Waiting.Attach(deadline);
    }

    public void Close(string state, DateTimeOffset at) => (ClosedAs, ClosedAt, WaitsFor, DueAt) = (state, at, "", null);

    public void Report(string incident) => Incident = incident;
}

/// <summary>One visit to a step of a run: when, how it ended, and whose act it was.</summary>
internal sealed class Visit
{
    private Visit() { }

    internal Visit(int number, string step, string phase, DateTimeOffset at) => (Number, StepId, Phase, EnteredAt) = (number, step, phase, at);

    public int Number { get; private set; }

    public string StepId { get; private set; } = "";

    public string Phase { get; private set; } = "";

    public DateTimeOffset EnteredAt { get; private set; }

    public DateTimeOffset? LeftAt { get; private set; }

    /// <summary>What was answered; empty while it waits, and where the run was moved to another version of its flow without an answer.</summary>
    public string Outcome { get; private set; } = "";

    /// <summary>The trail's actor: <c>person/id</c> or <c>system</c>.</summary>
    public string Actor { get; private set; } = "";

    /// <summary>It was left without an answer, as when what was answered before it is taken up again.</summary>
    public bool IsTakenBack => LeftAt is not null && Outcome.Length == 0;

    /// <summary>Why something was sent back, in the words of the one who did it.</summary>
    public string Reason { get; private set; } = "";

    public DeadlineId? DeadlineId { get; private set; }

    public RoundId? RoundId { get; private set; }

    public void Leave(string outcome, string actor, string reason, DateTimeOffset at) => (Outcome, Actor, Reason, LeftAt) = (outcome, actor, reason, at);

    public void Attach(DeadlineId deadline) => DeadlineId = deadline;

    public void Attach(RoundId round) => RoundId = round;
}

/// <summary>A definition as published: later content under the same version is refused.</summary>
internal sealed class PublishedDefinition
{
    private PublishedDefinition() { }

    public PublishedDefinition(string flow, int version, string hash, string json, DateTimeOffset at) =>
        (Flow, Version, Hash, Json, PublishedAt) = (flow, version, hash, json, at);

    /// <summary>What people read about it in every language, as it stood when its file was last there. No part of the hash: a mended word is no new version.</summary>
    public string Words { get; private set; } = "[]";

    public string Flow { get; private set; } = "";

    public int Version { get; private set; }

    public string Hash { get; private set; } = "";

    public string Json { get; private set; } = "";

    public DateTimeOffset PublishedAt { get; private set; }

    public void Say(string words) => Words = words;
}

/// <summary>A programme's own date for a deadline of a flow, in place of the flow's rule.</summary>
internal sealed class DeadlineOverride
{
    private DeadlineOverride() { }

    public DeadlineOverride(ProgrammeId programme, GrantYear year, string key, LocalDate on, LocalTime? time, DateSource source) =>
        (ProgrammeId, Year, Key, On, Time, Source) = (programme, year, key, on, time, source);

    public ProgrammeId ProgrammeId { get; private set; }

    public GrantYear Year { get; private set; }

    public string Key { get; private set; } = "";

    public LocalDate On { get; private set; }

    public LocalTime? Time { get; private set; }

    /// <summary>Who has set it: <see cref="DateSource.Own"/>, <see cref="DateSource.Call"/> or <see cref="DateSource.Grantor"/>.</summary>
    public DateSource Source { get; private set; }

    public void MoveTo(LocalDate on, LocalTime? time, DateSource source) => (On, Time, Source) = (on, time, source);
}
