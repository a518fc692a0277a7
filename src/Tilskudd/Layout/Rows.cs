using Microsoft.AspNetCore.Components;

namespace Tilskudd.Layout;

/// <summary>One task of a task list.</summary>
/// <param name="Name">What is to be done.</param>
/// <param name="Path">Where, or null when it cannot start yet.</param>
/// <param name="Status">Where it stands, in words.</param>
/// <param name="Tone">The colour of the status.</param>
/// <param name="Hint">A sentence under the name, or null.</param>
public sealed record TaskRow(string Name, string? Path, string Status, Tone Tone, string? Hint = null)
{
    /// <summary>Whom or what it names stands in no source.</summary>
    public bool IsInvented { get; init; }
}

/// <summary>One line of a summary: what it is, and what it says.</summary>
public sealed record SummaryRow(string Term, string Text)
{
    /// <summary>The answer with more than text in it; shown in place of <see cref="Text"/>.</summary>
    public RenderFragment? Content { get; init; }
}

/// <summary>One step of a timeline.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Title">The step's name with its number, such as "5. Politisk godkjenning".</param>
/// <param name="Text">What happened or is to happen, with its date.</param>
/// <param name="Who">Who did it or is waited for, or null.</param>
public sealed record TimelineRow(StepState State, string Title, string Text, string? Who = null);

public sealed record PageLink(string Text, string Path);
