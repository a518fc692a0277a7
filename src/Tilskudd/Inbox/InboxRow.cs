using Tilskudd.Layout;
using Tilskudd.Meetings;

namespace Tilskudd.Inbox;

/// <summary>Something that waits for the reader.</summary>
/// <param name="Path">The page it is done on; null for a grantor's contact, who has it by a personal link.</param>
/// <param name="Task">What to do, in the flow's words.</param>
/// <param name="Away">How far away the deadline is, with its tone; null without one.</param>
/// <param name="ProcessPath">The page of its process; null for one who does not see it.</param>
public sealed record InboxRow(string Title, string? Path, string Task, StepState State, string? Due, string? Away, Tone Tone, string? ProcessPath);

/// <summary>Something the reader has done lately.</summary>
/// <param name="Path">The page of its process; null for one who does not see it.</param>
public sealed record DoneRow(string Title, string What, string When, string? Path);

/// <summary>What waits for a person, and what the person has done lately.</summary>
/// <param name="Waiting">A page of what waits, the most urgent first.</param>
/// <param name="Count">How many tasks wait, on all the pages.</param>
/// <param name="Paging">Of the cases; in one a person may have several tasks.</param>
/// <param name="Seats">The bodies the person sits in, and where to say who answers meanwhile.</param>
public sealed record InboxContent(IReadOnlyList<InboxRow> Waiting, int Count, CountedPaging Paging, IReadOnlyList<DoneRow> Done, IReadOnlyList<Choice> Seats)
{
    /// <summary>The meetings to come that the person is called to, or has planned.</summary>
    public IReadOnlyList<MeetingLine> Meetings { get; init; } = [];
}
