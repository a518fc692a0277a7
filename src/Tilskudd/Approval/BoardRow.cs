using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Layout;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>One of the boards that were asked at the same time, and how far it has come.</summary>
/// <param name="Answered">How many have answered.</param>
/// <param name="Of">How many could.</param>
/// <param name="Result">What it has come to; null while it is open, and where another board made an end of it.</param>
public sealed record BoardRow(string Name, int Answered, int Of, bool IsOpen, JointOutcome? Result)
{
    /// <summary>It decided the case in a meeting, and not by the answers.</summary>
    public bool IsDecidedInMeeting { get; init; }

    /// <summary>How far it has come, by the key of its words: what it has come to, or that it is waited for.</summary>
    internal string State => Result is { } result ? $"{result}" : IsOpen ? "Open" : "Withdrawn";

    /// <summary>"Styret for oppvekst: 1 av 3 har svart." while it is waited for; then what it has come to.</summary>
    public string Line => Texts.Of<ApprovalWords>($"Board.Line.{State}", Name, Answered, Of);

    /// <summary>All the boards of some steps, by the first round of each.</summary>
    internal static async Task<ILookup<RoundId, BoardRow>> In(TilskuddDb db, IReadOnlyCollection<RoundId> leads, CancellationToken ct)
    {
        var rounds = leads.Count == 0 ? [] : await StepRounds.Of(db, leads).ToListAsync(ct);
        var ids = rounds.Select(round => round.BodyId).ToList();
        var names = ids.Count == 0 ? [] : await db.Bodies.IgnoreAutoIncludes().Where(body => ids.Contains(body.Id)).Select(body => new { body.Id, body.Name }).ToDictionaryAsync(body => body.Id, body => body.Name, ct);
        return rounds.OrderBy(round => names[round.BodyId], StringComparer.Ordinal).ToLookup(round => round.Lead, round => From(round, names[round.BodyId]));
    }

    internal static BoardRow From(Round round, string name)
    {
        var (answered, of) = round.Turnout;
        return new BoardRow(name, answered, of, round.IsOpen, round.Outcome is null ? null : JointDecision.Of([round.Result()])) { IsDecidedInMeeting = round.DecidedAs is not null };
    }
}
