using Tilskudd.Cycle.Approval;
using static Tilskudd.Tests.Approval.GivenABallot;

namespace Tilskudd.Tests.Approval;

/// <summary>What must hold of every ballot, tried on some thousands of small ones drawn from a fixed seed.</summary>
public sealed class CountPropertyTests
{
    public static IReadOnlyList<Ballot> Ballots { get; } = Draw(4000);

    [Fact]
    public void The_draw_reaches_every_outcome()
    {
        var outcomes = Ballots.Select(ballot => Count.Of(ballot).Outcome).ToHashSet();

        Assert.Equal(Enum.GetValues<CountOutcome>().ToHashSet(), outcomes);
    }

    [Fact]
    public void The_order_of_the_answers_changes_nothing()
    {
        Assert.All(Ballots, ballot =>
        {
            var backwards = ballot with { Answers = [.. ballot.Answers.Reverse()] };

            Assert.Equal(Shape(Count.Of(ballot)), Shape(Count.Of(backwards)));
        });
    }

    [Fact]
    public void Whoever_is_final_waits_for_nobody_and_a_fault_is_what_refuses()
    {
        Assert.All(Ballots, ballot =>
        {
            var result = Count.Of(ballot);

            Assert.Equal(result.Outcome != CountOutcome.Undecided, result.IsFinal);
            Assert.True(!result.IsFinal || result.WaitingFor.Count == 0);
            Assert.Equal(result.Outcome == CountOutcome.Refused, result.Faults.Count > 0);
            Assert.True(result.Outcome != CountOutcome.Approved || (result.CanStillApprove && result.For > 0));
            Assert.True(result.CanStillApprove || result.Outcome != CountOutcome.Approved);
            Assert.All([result.Why.Nb, result.Why.Nn, result.Why.En], why => Assert.EndsWith(".", why, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void An_approval_instead_of_another_answer_never_undoes_an_approval()
    {
        foreach (var ballot in Ballots.Where(ballot => Count.Of(ballot).Outcome == CountOutcome.Approved))
        {
            for (var i = 0; i < ballot.Answers.Count; i++)
            {
                var answers = ballot.Answers.ToArray();
                answers[i] = answers[i] with { Answer = AnswerKind.Approve };

                Assert.Equal(CountOutcome.Approved, Count.Of(ballot with { Answers = answers }).Outcome);
            }
        }
    }

    // Every way those waited for can answer or stay away, closed each time: the definition itself, with no shortcut.
    [Fact]
    public void Can_still_approve_agrees_with_trying_every_way_of_answering()
    {
        Assert.All(Ballots, ballot =>
        {
            var result = Count.Of(ballot);

            var found = result.Outcome != CountOutcome.Refused
                && Ways(ballot, result.WaitingFor).Any(way => Count.Of(way with { IsClosed = true }).Outcome == CountOutcome.Approved);

            Assert.Equal(found || result.Outcome == CountOutcome.Approved, result.CanStillApprove);
        });
    }

    // The same rules written once more, from the contract and on other structures.
    [Fact]
    public void The_outcome_agrees_with_the_rules_written_a_second_time()
    {
        Assert.All(Ballots.Where(ballot => Count.FaultsOf(ballot).Count == 0), ballot =>
        {
            var result = Count.Of(ballot);

            var (outcome, final) = SecondCount.Of(ballot, result.StepsIn.Select(step => step.Seat).ToHashSet());

            Assert.Equal((outcome, final), (result.Outcome, result.IsFinal));
        });
    }

    private static IEnumerable<Ballot> Ways(Ballot ballot, IReadOnlyList<string> waitingFor)
    {
        IEnumerable<Ballot> ways = [ballot];
        foreach (var seat in waitingFor)
        {
            ways = ways.SelectMany(way => Enum.GetValues<AnswerKind>()
                .Select(answer => way with { Answers = [.. way.Answers, new(seat, answer)] })
                .Prepend(way));
        }

        return ways;
    }

    private static string Shape(CountResult result) =>
        $"{result.Outcome} {result.IsFinal} {result.Present} {result.For} {result.Against} {result.Abstained} {result.CastingVote} "
        + $"{string.Join(',', result.WaitingFor)} {result.CanStillApprove} {string.Join(',', result.Faults.Order(StringComparer.Ordinal))}";

    private static Ballot[] Draw(int count)
    {
        var random = new Random(20261121);
        return [.. Enumerable.Range(0, count).Select(_ => One(random))];
    }

    private static Ballot One(Random random)
    {
        var size = random.Next(1, 6);
        var ballot = Of(size, Letters(size)) with
        {
            Regime = Pick(Enum.GetValues<Regime>()),
            Mode = Pick(Enum.GetValues<Mode>()),
            Mandate = new Mandate(
                random.Next(1, 4), random.Next(4, 7), Pick(Enum.GetValues<Majority>()), Pick(Enum.GetValues<TieRule>()), random.Next(2) == 0, Pick(Enum.GetValues<WrittenRule>())),
            IsClosed = random.Next(3) == 0,
        };
        ballot = ballot.With([.. Enumerable.Range(1, random.Next(3)).Select(i => Deputy($"d{i}", Letters(1), random.Next(3)))]);
        ballot = ballot with
        {
            Inhabil = random.Next(3) == 0 ? [$"p{random.Next(1, size + 1)}"] : [],
            Absent = random.Next(3) == 0 ? [$"p{random.Next(1, size + 1)}"] : [],
            Chair = random.Next(5) == 0 ? $"s{random.Next(1, size + 1)}" : null,
        };
        var likely = random.Next(4) == 0 ? Enum.GetValues<AnswerKind>() : [AnswerKind.Approve, AnswerKind.Approve, AnswerKind.SendBack];
        var open = Count.Of(ballot).WaitingFor.Concat(ballot.Regime == Regime.Administrativ ? ["s2"] : []).Distinct().Where(_ => random.Next(10) < 7);
        return ballot with { Answers = [.. open.Select(seat => new BallotAnswer(seat, Pick(likely)))] };

        T Pick<T>(T[] values) => values[random.Next(values.Length)];
        string Letters(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(2) == 0 ? 'A' : 'B'));
    }
}
