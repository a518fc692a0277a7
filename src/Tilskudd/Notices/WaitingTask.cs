using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Storage;

namespace Tilskudd.Notices;

/// <summary>A task that waits, as a mail tells of it.</summary>
/// <param name="Task">What to do, as a sentence in the reader's language.</param>
/// <param name="Document">The document's title in the reader's language.</param>
/// <param name="Path">The page the task is done on.</param>
/// <param name="DueOn">The day it is due, or null.</param>
/// <param name="DueAt">The clock time on that day, or null for the end of it.</param>
/// <param name="Municipality">The municipality's name.</param>
/// <param name="Incident">Why nobody can be asked to do it yet; empty when all is well.</param>
/// <param name="WaitsFor">Who is to do it: their names, for those who are told that it is late; empty where nobody has the role.</param>
/// <param name="Contact">The person questions go to, or null.</param>
internal sealed record WaitingTask(
    string Task, string Document, string Path, LocalDate? DueOn, LocalTime? DueAt, string Municipality, string WaitsFor, string Incident, Person? Contact)
{
    /// <summary>The step the task comes from, by name, and what was written there: why it came back, or what it rests on. Null where nothing was.</summary>
    public (string Step, string Reason)? Because { get; init; }
}

/// <summary>Asks the room that knows the runs whether a task still waits for a person, or for someone this person is to know is late.</summary>
/// <returns>The task as it is now, or null where it no longer waits or the person no longer has the role.</returns>
internal delegate Task<WaitingTask?> FindWaitingTask(TilskuddDb db, Notice notice, Person person, Language language, DateTimeOffset now, CancellationToken ct);
