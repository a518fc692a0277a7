using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.People;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Runs;

/// <summary>Which waiting step a form answers, and how: the form's <c>run</c>, <c>besok</c> and <c>utfall</c>.</summary>
/// <param name="Visit">The visit the page showed; a later one is another question.</param>
/// <param name="Outcome">One of the step's outcomes; empty where the form only saves.</param>
internal sealed record PostedAnswer(RunId Run, int Visit, string Outcome)
{
    /// <summary>Null when the form says no such thing: it is none of ours.</summary>
    public static PostedAnswer? Read(IFormCollection form) =>
        Guid.TryParse(form["run"], out var run) && int.TryParse(form["besok"], NumberStyles.None, CultureInfo.InvariantCulture, out var visit)
            ? new PostedAnswer(new RunId(run), visit, form["utfall"].ToString())
            : null;

    /// <summary>Whether the person has given this very answer to this visit: the form was posted twice.</summary>
    public Task<bool> Stands(TilskuddDb db, PersonId person, CancellationToken ct)
    {
        var actor = Actor.Of(person).ToString();
        return db.Set<Run>().Where(run => run.Id == Run)
            .AnyAsync(run => run.Visits.Any(visit => visit.Number == Visit && visit.LeftAt != null && visit.Outcome == Outcome && visit.Actor == actor), ct);
    }
}
