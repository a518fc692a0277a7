using Tilskudd.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Planning;

/// <summary>A step that waits and concerns the plan: in its own flow, or in that of a grant whose letter asks for a revised plan.</summary>
/// <param name="For">Those it waits for today.</param>
/// <param name="IsMine">Whether it is the reader's to answer on the plan's page.</param>
/// <param name="Barred">Why the reader may not, although it is; else null.</param>
internal sealed record PlanTask(Run Run, StepDefinition Step, IReadOnlyList<Person> For, bool IsMine, FlowRefusal? Barred)
{
    /// <summary>When it is due; null where it has no deadline, and where only the texts or the tiltak are read.</summary>
    public Deadline? Deadline { get; init; }

    /// <summary>The boards that were asked, and how far each has come; none where people of a role are waited for.</summary>
    public IReadOnlyList<BoardRow> Boards { get; init; } = [];

    public bool IsFrame => Step.Step is Draft { Task: TaskKeys.Frame };

    public bool IsWriting => PlanRuns.IsWriting(Step);

    public bool IsReview => PlanRuns.IsReview(Step);
}

/// <summary>A frozen version, without its content.</summary>
internal sealed record VersionLine(int Number, string Hash, DateTimeOffset FrozenAt, PersonId FrozenBy);

/// <summary>A grant the plan is submitted for.</summary>
/// <param name="IsUnderWay">Its letter is accepted, and a change of it can be reported.</param>
/// <param name="Granted">What the grantor gives as it stands, which the plan may differ from; null before the letter.</param>
internal sealed record GrantLine(GrantId Id, string Source, bool IsUnderWay, Money? Granted);

/// <summary>Whose plan it is.</summary>
internal sealed record PlanPlace(PlanUnit Unit, Programme Programme, Municipality Municipality);

/// <summary>A plan's own texts and whose turn it is, as the pages of the texts need them. The plan comes without its tiltak and its versions.</summary>
internal record PlanTexts(Handlingsplan Plan, PlanPlace Place, IReadOnlyList<PlanTask> Tasks)
{
    public PlanUnit Unit => Place.Unit;

    public Programme Programme => Place.Programme;

    public Municipality Municipality => Place.Municipality;

    /// <summary>The step in which the plan is written, when it waits.</summary>
    public PlanTask? WritingTask => Tasks.FirstOrDefault(task => task.IsWriting && task.IsMine) ?? Tasks.FirstOrDefault(task => task.IsWriting);

    public bool MayWrite => WritingTask is { IsMine: true };
}

/// <summary>What the tiltak of a plan choose among: the year's sources, in order, and its criteria.</summary>
internal sealed record PlanChoices(IReadOnlyList<FundingSource> Sources, IReadOnlyList<Criterion> Criteria);

/// <summary>A plan's draft with its tiltak, as the pages of the tiltak need it. The plan comes without its versions.</summary>
internal record PlanDraft(Handlingsplan Plan, PlanPlace Place, PlanChoices Choices, IReadOnlyList<PlanTask> Tasks) : PlanTexts(Plan, Place, Tasks)
{
    public IReadOnlyList<FundingSource> Sources => Choices.Sources;

    public IReadOnlyList<Criterion> Criteria => Choices.Criteria;

    /// <summary>The plan as it stands now, in the form its versions have.</summary>
    public HandlingsplanContent Draft => HandlingsplanContent.Of(Plan, Sources, Criteria);
}

/// <summary>A plan with what its own page needs to know, read in a number of queries that does not grow with the plan. The plan comes without its versions.</summary>
internal sealed record PlanCase(
    Handlingsplan Plan, PlanPlace Place, PlanChoices Choices,
    IReadOnlyList<VersionLine> Versions, IReadOnlyList<Run> Runs, IReadOnlyList<PlanTask> Tasks, IReadOnlyDictionary<PersonId, string> Names) : PlanDraft(Plan, Place, Choices, Tasks)
{
    /// <summary>The grants the plan is submitted for, in the order of the sources.</summary>
    public IReadOnlyList<GrantLine> Grants { get; init; } = [];

    public VersionLine? LatestVersion => Versions.Count == 0 ? null : Versions[^1];
}
