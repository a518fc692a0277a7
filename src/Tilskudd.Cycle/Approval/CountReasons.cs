using System.Globalization;
using System.Resources;

namespace Tilskudd.Cycle.Approval;

/// <summary>Tells the arithmetic of a count in words: the votes, the quorum, the rule that decided, the outcome.</summary>
internal static class CountReasons
{
    // Small numbers are written in words, as in a protocol.
    private const int LargestInWords = 12;

    // More seats than this are counted, not listed.
    private const int MostListed = 5;

    private static readonly ResourceManager Texts = new("Tilskudd.Cycle.Approval.CountTexts", typeof(CountReasons).Assembly);

    /// <summary>A fault and its remedy.</summary>
    public static Why For(CountFault fault) => Language.Explain(Texts, language => [Sentence(fault, language)]);

    /// <summary>Why the count gave what it gave.</summary>
    public static Why For(
        CountVerdict verdict, CountTally tally, IReadOnlyList<BallotSeat> waitingFor, bool canStillApprove, IReadOnlyList<CountFault> faults) =>
        Language.Explain(Texts, language => verdict.Outcome == CountOutcome.Refused
            ? [language.Sentence("ReasonFaults"), .. faults.Select(fault => Sentence(fault, language))]
            :
            [
                .. StepsIn(tally, language),
                .. Numbers(verdict, tally, language),
                .. Ground(verdict, tally, language),
                .. Waiting(waitingFor, language),
                language.Sentence($"Outcome{verdict.Outcome}"),
                .. Prospect(verdict, canStillApprove, language),
            ]);

    private static string Sentence(CountFault fault, Language language) => language.Sentence($"Fault{fault.Kind}", fault.Subject);

    private static IEnumerable<string> StepsIn(CountTally tally, Language language) =>
        tally.Seating.Substitutions.Select(substitution => language.Sentence("StepsIn", substitution.Deputy.Seat, substitution.For.Seat));

    private static IEnumerable<string> Numbers(CountVerdict verdict, CountTally tally, Language language) => tally.Ballot.Regime switch
    {
        Regime.Kommuneloven or Regime.Mandat => NumbersOfABody(verdict, tally, language),
        Regime.Administrativ => [],
    };

    private static IEnumerable<string> NumbersOfABody(CountVerdict verdict, CountTally tally, Language language)
    {
        if (tally.Seating.Entitled.Count == 0)
        {
            yield break;
        }

        yield return language.Sentence(
            verdict.IsFinal ? "Votes" : "VotesSoFar", Number(tally.For, language), Number(tally.Seating.Size, language), Number(tally.Against, language));
        if (tally.Abstained > 0)
        {
            yield return language.Sentence("Abstained", Number(tally.Abstained, language));
        }

        yield return language.Sentence(PresenceKey(verdict, tally), Number(tally.Quorum, language), Number(tally.Present, language));
    }

    private static string PresenceKey(CountVerdict verdict, CountTally tally) => tally.Ballot.Mode switch
    {
        Mode.Meeting or Mode.Remote => verdict.IsFinal ? "Presence" : "PresenceSoFar",
        Mode.Written => verdict.IsFinal ? "Participation" : "ParticipationSoFar",
    };

    private static IEnumerable<string> Ground(CountVerdict verdict, CountTally tally, Language language)
    {
        switch (verdict.Reason)
        {
            case CountReason.AnswersMissing:
                yield break;
            case CountReason.Majority or CountReason.Minority:
                yield return language.Sentence($"Majority{tally.Rules.Majority}");
                yield break;
            case CountReason.LeaderDecided or CountReason.LeaderDidNotDecide or CountReason.LeaderHasNotDecided:
                yield return language.Sentence($"Reason{verdict.Reason}", verdict.Casting!.Seat);
                foreach (var sentence in Advice(verdict, tally, language))
                {
                    yield return sentence;
                }

                yield break;
            default:
                yield return language.Sentence($"Reason{verdict.Reason}", verdict.Casting?.Seat ?? "");
                yield break;
        }
    }

    // The deciding seat's own answer is no advice.
    private static IEnumerable<string> Advice(CountVerdict verdict, CountTally tally, Language language)
    {
        var decided = verdict.Reason == CountReason.LeaderDecided;
        var adviceFor = tally.For - (decided && verdict.Outcome == CountOutcome.Approved ? 1 : 0);
        var adviceAgainst = tally.Against - (decided && verdict.Outcome == CountOutcome.Returned ? 1 : 0);
        if (adviceFor + adviceAgainst > 0)
        {
            yield return language.Sentence("Advice", Number(adviceFor, language), Number(adviceAgainst, language));
        }
    }

    private static IEnumerable<string> Waiting(IReadOnlyList<BallotSeat> waitingFor, Language language)
    {
        if (waitingFor.Count > MostListed)
        {
            yield return language.Sentence("WaitingForMany", Number(waitingFor.Count, language));
        }
        else if (waitingFor.Count > 0)
        {
            yield return language.Sentence("WaitingFor", List([.. waitingFor.Select(seat => seat.Seat)], language));
        }
    }

    private static IEnumerable<string> Prospect(CountVerdict verdict, bool canStillApprove, Language language)
    {
        if (!verdict.IsFinal)
        {
            yield return language.Sentence(canStillApprove ? "CanStillApprove" : "CannotApprove");
        }
    }

    private static string List(IReadOnlyList<string> seats, Language language) => seats.Count == 1
        ? seats[0]
        : language.Phrase("List", string.Join(", ", seats.SkipLast(1)), seats[^1]);

    private static string Number(int number, Language language) =>
        number <= LargestInWords ? language.Phrase($"Number{number}") : number.ToString(CultureInfo.InvariantCulture);
}
