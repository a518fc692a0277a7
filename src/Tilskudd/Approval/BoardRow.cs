using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>One of the boards that were asked at the same time, and how far it has come.</summary>
/// <param name="Answered">How many have answered.</param>
/// <param name="Of">How many could.</param>
/// <param name="Result">What it has come to; null while it is open, and where another board made an end of it.</param>
public sealed record BoardRow(string Name, int Answered, int Of, bool IsOpen, JointOutcome? Result)
{
    /// <summary>All the boards of a round's step, in the order they were registered; none where the body is alone.</summary>
    internal static async Task<IReadOnlyList<BoardRow>> Beside(TilskuddDb db, Round round, CancellationToken ct)
    {
        var lead = round.Lead;
        var rounds = await db.Set<Round>().Where(other => other.Id == lead || other.FirstId == lead).OrderBy(other => other.Id).ToListAsync(ct);
        if (rounds.Count == 1)
        {
            return [];
        }

        var ids = rounds.Select(other => other.BodyId).ToList();
        var names = await db.Bodies.IgnoreAutoIncludes().Where(body => ids.Contains(body.Id)).ToDictionaryAsync(body => body.Id, body => body.Name, ct);
        return [.. rounds.Select(other => From(other, names[other.BodyId]))];
    }

    internal static BoardRow From(Round round, string name) => new(
        name, round.Turnout.Answered, round.Turnout.Of, round.IsOpen, round.Outcome is null ? null : JointDecision.Of([round.Result()]));
}
