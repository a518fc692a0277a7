namespace Tilskudd.Cycle.Approval;

/// <summary>What kind of document a round, a run or a trail entry is about.</summary>
public enum DocumentKind
{
    Handlingsplan,
    Tilskuddsbrev,
    Rapport,

    /// <summary>A change of a plan during its year.</summary>
    Change,

    /// <summary>The evaluation of a programme.</summary>
    Evaluation,
}
