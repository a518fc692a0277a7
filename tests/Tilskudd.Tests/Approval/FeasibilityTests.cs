using Tilskudd.Cycle.Approval;
using static Tilskudd.Tests.Approval.GivenABallot;

namespace Tilskudd.Tests.Approval;

/// <summary>What it still takes to reach a valid yes; the figures are worked out by hand from the rules of the count.</summary>
public sealed class FeasibilityTests
{
    private static readonly Mandate ByMajority = Mandate.Default with { Written = WrittenRule.Majority };

    public static TheoryData<string, Ballot, bool, int, string> Cases => new()
    {
        // Five in a meeting under the law: three present are enough, and two of three for carries it.
        { "nobody has voted", Of(5), true, 3, "" },
        { "two are for", Of(5).Answered("++..."), true, 1, "" },
        // Two against: two for and the leader among them is a tie the leader's vote decides.
        { "two are against", Of(5).Answered("...--"), true, 2, "s1" },
        { "the leader is against and one more", Of(5).Answered("-...-"), true, 3, "s2 s3 s4" },
        { "three are against", Of(5).Answered("..---"), false, 0, "" },
        // A mandate where a tie falls: three against two.
        { "a tie that falls", Of(5).Under(ByMajority).Answered("...--"), true, 3, "s1 s2 s3" },
        // In writing under the law all must agree.
        { "in writing", Of(3).InWriting().Answered("+.."), true, 2, "s2 s3" },
        { "in writing after an objection", Of(3).InWriting().Answered("!.."), false, 0, "" },
        // In line the leader's answer alone decides.
        { "in line", Of(3).InLine().Answered(".++"), true, 1, "s1" },
        { "in line when the leader has approved", Of(3).InLine().Answered("+.."), true, 0, "" },
        { "all have approved", Of(3).Answered("+++"), true, 0, "" },
        // Two of three are present and for: closed now it is carried, whatever the third would have said.
        { "enough when it is closed", Of(3).Answered("++."), true, 0, "" },
        // Two thirds of three present.
        { "two thirds", Of(3).Under(ByMajority with { Majority = Majority.TwoThirds }).Answered("-.."), true, 2, "s2 s3" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_says_whether_a_yes_can_be_reached_how_many_it_takes_and_whom_it_cannot_be_without(string how, Ballot ballot, bool can, int needed, string indispensable)
    {
        var feasibility = Feasibility.Of(ballot);

        Assert.Equal((how, can, needed, indispensable), (how, feasibility.CanApprove, feasibility.Needed, string.Join(' ', feasibility.Indispensable)));
    }

    [Fact]
    public void What_it_says_is_what_the_count_makes_of_every_way_the_rest_can_approve()
    {
        var ballots = CountPropertyTests.Ballots.Where(ballot => Count.Of(ballot) is { IsFinal: false, WaitingFor.Count: > 0 and < 6 }).ToList();

        Assert.True(ballots.Count > 300);
        Assert.All(ballots, ballot =>
        {
            var feasibility = Feasibility.Of(ballot);
            var waiting = feasibility.Waiting;
            var ways = Enumerable.Range(0, 1 << waiting.Count).Select(way => waiting.Where((_, i) => (way & (1 << i)) != 0).ToList())
                .Where(way => Count.Of(ballot with { Answers = [.. ballot.Answers, .. way.Select(seat => new BallotAnswer(seat, AnswerKind.Approve))], IsClosed = true }).Outcome == CountOutcome.Approved).ToList();

            Assert.Equal(ways.Count > 0, feasibility.CanApprove);
            Assert.Equal(ways.Select(way => way.Count).DefaultIfEmpty(0).Min(), feasibility.Needed);
            Assert.Equal(ways.Count == 0 ? [] : waiting.Where(seat => ways.All(way => way.Contains(seat))), feasibility.Indispensable);
        });
    }
}
