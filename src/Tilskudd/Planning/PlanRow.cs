using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Planning;

/// <summary>The top every page about a plan has in common.</summary>
/// <param name="Title">"Handlingsplan 2025 for Strømsø 2030".</param>
/// <param name="ShortTitle">"Handlingsplan 2025".</param>
/// <param name="TextLanguage">The language the plan is written in, where it is another than the page's; else null.</param>
public sealed record PlanHead(string Path, string Title, string ShortTitle, int Year, string Unit, string Programme, string ProgrammePath, string? TextLanguage)
{
    public IReadOnlyList<Crumb> Crumbs(params Crumb[] below) => [new(Texts.Of<PlanWords>("Plans"), "/planer"), new(Programme, ProgrammePath), new(ShortTitle, Path), .. below];
}

/// <summary>What a person can do about a waiting step on the plan's page.</summary>
public enum PlanTaskKind
{
    /// <summary>Register the frame.</summary>
    Frame,

    /// <summary>Write the plan and send it.</summary>
    Write,

    /// <summary>Read it, and send it on or back.</summary>
    Review,

    /// <summary>Done elsewhere: a body's decision.</summary>
    Elsewhere,
}

/// <summary>A step that waits, in the flow's own words.</summary>
/// <param name="Waits">The people it waits for, or who they are as a group.</param>
/// <param name="Due">The deadline with how far away it is, or null.</param>
/// <param name="Outcomes">What can be answered, each with its button's text.</param>
public sealed record TaskCard(
    Guid Run, int Visit, PlanTaskKind Kind, bool IsMine, string Name, string Task, string Waits, string? Due, bool IsLate, IReadOnlyList<Choice> Outcomes)
{
    /// <summary>Why the reader may not do it although it is the reader's; else null.</summary>
    public string? Barred { get; init; }
}

/// <summary>That the plan came back, and why.</summary>
/// <param name="Title">Said to whoever writes it now, or reads it after it was written anew.</param>
/// <param name="Reason">In the words of the one who sent it; empty where a body did without.</param>
public sealed record SentBack(string Title, string What, string Reason, string Path);

/// <summary>One source's money in the plan.</summary>
/// <param name="Frame">Null where it is unknown, and for the own share, which nobody limits.</param>
/// <param name="IsReserved">The frame hangs on the Storting's vote.</param>
/// <param name="CarriedIn">What of the frame was carried over from the year before.</param>
public sealed record SourceMoney(string Code, string AsReceived, bool IsOwnShare, Money? Frame, bool IsReserved, Money Planned, BarLook Look, Money CarriedIn)
{
    /// <summary>What the tiltak have been given, where a letter differed and the difference was laid on them: that is what counts, and not what was planned. Else null.</summary>
    public Money? Laid { get; init; }

    public Money? Left => Frame is { } frame ? frame - (Laid ?? Planned) : null;

    public bool IsOver => Left is { IsNegative: true };
}

/// <summary>Which of the bar's colours a source has.</summary>
public readonly record struct BarLook(int Number);

/// <summary>A theme with its tiltak as tasks.</summary>
public sealed record ThemeTasks(string Name, string Summary, IReadOnlyList<TaskRow> Tiltak);

/// <summary>A version people have been shown.</summary>
public sealed record VersionRow(int Number, string When, string PrintPath, bool IsApproved);

/// <summary>A page the plan leads to.</summary>
public sealed record PlanLink(string Text, string Path);

/// <summary>The plan's page.</summary>
public sealed record PlanRow
{
    public required PlanHead Head { get; init; }

    /// <summary>Where the plan stands, in one or two words.</summary>
    public required string State { get; init; }

    public required Tone Tone { get; init; }

    public required string Saved { get; init; }

    public required IReadOnlyList<TaskCard> Tasks { get; init; }

    public SentBack? Back { get; init; }

    public string? Approved { get; init; }

    public required bool MayWrite { get; init; }

    /// <summary>Some of what is shown stands in no source.</summary>
    public required bool HasInvented { get; init; }

    public required int Done { get; init; }

    public required int Parts { get; init; }

    public required IReadOnlyList<TaskRow> Sections { get; init; }

    public required IReadOnlyList<ThemeTasks> Themes { get; init; }

    public required TaskRow Proposal { get; init; }

    public required IReadOnlyList<SourceMoney> Money { get; init; }

    public required IReadOnlyList<VersionRow> Versions { get; init; }

    public required bool HasLastYear { get; init; }

    /// <summary>The pages of the grants the plan is submitted for.</summary>
    public IReadOnlyList<PlanLink> Grants { get; init; } = [];

    /// <summary>At least one of them is under way, so that a change is reported there.</summary>
    public bool MayChange { get; init; }

    /// <summary>How many things keep the plan from being sent.</summary>
    public required int FaultCount { get; init; }

    public required HandlingsplanContent Content { get; init; }
}
