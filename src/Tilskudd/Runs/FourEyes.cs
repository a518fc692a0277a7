using Tilskudd.Cycle.People;

namespace Tilskudd.Runs;

/// <summary>Nobody reviews or checks what he himself has written or sent; those who decide in a round are held to the same by the round.</summary>
internal static class FourEyes
{
    /// <param name="writers">Those who have written in the document or sent it.</param>
    /// <param name="holders">Everyone who has the role the step waits for; asked for only where they are to be named.</param>
    /// <returns>Null when the person may review it; else why not, and who can.</returns>
    public static async Task<FlowRefusal?> Bar(IReadOnlyCollection<PersonId> writers, PersonId reviewer, Func<Task<IReadOnlyList<Person>>> holders)
    {
        if (!writers.Contains(reviewer))
        {
            return null;
        }

        var others = (await holders()).Where(person => !writers.Contains(person.Id)).Select(person => person.Name).ToList();
        return others.Count > 0 ? new FlowRefusal.OwnWork(string.Join(", ", others)) : new FlowRefusal.OwnWorkAlone();
    }
}
