using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>A member's doubt before those who decide it, or lead the round. Nobody else sees the reason.</summary>
/// <param name="Voters">Those who may vote on it.</param>
/// <param name="InDoubt">Members whose own habilitet is asked about in the case: they vote only where the others are too few.</param>
/// <param name="Decider">In line: who decides it; null where a superior must.</param>
/// <param name="IsDecider">In line: the reader decides it.</param>
/// <param name="MayDecide">The reader may say or register what was decided, and it is not decided yet.</param>
public sealed record DoubtRow(
    Round Round, Guid Run, Doubt Doubt, string Name, bool IsInvented, string BodyName, string Title, IReadOnlyList<Choice> Voters, IReadOnlyList<Choice> InDoubt, Choice? Decider, bool IsDecider, bool MayDecide)
{
    /// <summary>What was decided, as the protocol tells it; null until then.</summary>
    public string? Decided { get; init; }

    /// <summary>What was found in an earlier version and is taken up anew, as the protocol tells it; null where the member raised the doubt.</summary>
    public string? Before { get; init; }

    /// <summary>Who took it up anew, by name.</summary>
    public string? TakenUpBy { get; init; }

    /// <summary>It was found in an earlier version, and the reader may take it up anew.</summary>
    public bool MayTakeUp { get; init; }

    public string Path => DecideDoubt.PathOf(Round.Id, Doubt.SeatId);

    public string PathAnew => $"{Path}/paa-nytt";
}

/// <summary>Reads what the page for a member's habilitet shows. Writes nothing.</summary>
internal sealed class ReadDoubt(IDbContextFactory<TilskuddDb> databases, TimeProvider clock)
{
    /// <summary>The last doubt of a seat; or what to answer those who may not see it.</summary>
    public async Task<(DoubtRow? Row, IResult? Refused)> For(RoundId id, SeatId seat, SignedIn person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var on = OsloTime.On(now).Date;
        if (await db.Set<Round>().SingleOrDefaultAsync(round => round.Id == id, ct) is not { } round
            || await StepRounds.RunOf(db, round, ct) is var run && !(await Rights.Seen(db, person.Id, on, ct)).Contains(run.ProgrammeId)
            || round.Doubts.Where(known => known.SeatId == seat).MaxBy(known => known.Number) is not { } doubt)
        {
            return (null, Refused.NotFound);
        }

        var leads = await CloseRound.Leads(db, run, person.Id, on, ct);
        var heads = round.DeciderInLine?.PersonId == person.Id;
        if ((!leads && !heads) || doubt.PersonId == person.Id)
        {
            return (null, Refused.Forbidden);
        }

        var people = await ReadRound.PeopleOf(db, round, null, ct);
        var body = await db.Bodies.IgnoreAutoIncludes().Where(body => body.Id == round.BodyId).Select(body => body.Name).SingleAsync(ct);
        var document = await MailFacts.Document(db, round.DocumentKind, round.DocumentId, Languages.Current, now, ct);
        var isInLine = round.Regime == Regime.Administrativ;
        return (new DoubtRow(
            round, run.Id.Value, doubt, people[doubt.PersonId].Name, people[doubt.PersonId].IsInvented, body, document.Title,
            [.. round.VotersOnDoubt.Select(Named)], [.. round.InDoubt.Select(Named)], isInLine && round.DeciderInLine is { } decider ? Named(decider) : null,
            isInLine && heads, round.IsOpen && !doubt.IsDecided && (leads || isInLine))
        {
            Decided = doubt.IsDecided ? Protocol.Told(round, doubt, people, Languages.Current) : null,
            Before = doubt.TakenUpBy is not null && Found(round, doubt) is { } found ? Protocol.Told(round, found, people, Languages.Current) : null,
            TakenUpBy = doubt.TakenUpBy is { } anew ? people[anew].Name : null,
            MayTakeUp = (leads || (isInLine && heads)) && round.StandingFinding(seat) is not null,
        }, null);

        static Doubt? Found(Round round, Doubt doubt) => round.Doubts.Where(known => known.PersonId == doubt.PersonId && known.Number < doubt.Number && known.FoundInVersion is not null).MaxBy(known => known.Number);

        Choice Named(RoundSeat known) => new($"{known.SeatId}", known.PersonId is { } seated ? people[seated].Name : "");
    }
}
