using Tilskudd.Cycle.Approval;

namespace Tilskudd.Tests.Cycle.Approval;

public sealed class JointDecisionTests
{
    private static readonly CountOutcome?[] Results = [null, CountOutcome.Approved, CountOutcome.Returned, CountOutcome.ToMeeting, CountOutcome.NotQuorate];

    private static readonly BoardResult[] Boards = [.. from result in Results from isCompetent in new[] { true, false } select new BoardResult(result, isCompetent)];

    [Theory]
    [InlineData(CountOutcome.Approved, true, JointOutcome.Approved)]
    [InlineData(CountOutcome.Approved, false, JointOutcome.Recommended)]
    [InlineData(CountOutcome.Returned, true, JointOutcome.Returned)]
    [InlineData(CountOutcome.Returned, false, JointOutcome.Returned)]
    [InlineData(CountOutcome.ToMeeting, true, JointOutcome.ToMeeting)]
    [InlineData(CountOutcome.ToMeeting, false, JointOutcome.ToMeeting)]
    [InlineData(CountOutcome.NotQuorate, true, JointOutcome.NotQuorate)]
    [InlineData(CountOutcome.NotQuorate, false, JointOutcome.NotQuorate)]
    [InlineData(null, true, null)]
    [InlineData(null, false, null)]
    public void A_board_that_is_alone_comes_to_what_its_own_rules_made_of_it(CountOutcome? result, bool isCompetent, JointOutcome? comesTo) =>
        Assert.Equal(comesTo, JointDecision.Of([new BoardResult(result, isCompetent)]));

    [Fact]
    public void One_board_that_sends_it_back_sends_it_back_whatever_the_others_say_or_have_not_said() =>
        Assert.All(Threes().Where(Has(CountOutcome.Returned)), boards => Assert.Equal(JointOutcome.Returned, JointDecision.Of(boards)));

    [Fact]
    public void Every_board_is_waited_for_when_none_has_sent_it_back() =>
        Assert.All(Threes().Where(boards => !Has(CountOutcome.Returned)(boards) && Has(null)(boards)), boards => Assert.Null(JointDecision.Of(boards)));

    [Fact]
    public void A_board_that_wants_a_meeting_takes_it_there_when_the_others_have_ended_and_none_has_sent_it_back() =>
        Assert.All(Threes().Where(boards => Ended(boards) && !Has(CountOutcome.Returned)(boards) && Has(CountOutcome.ToMeeting)(boards)), boards => Assert.Equal(JointOutcome.ToMeeting, JointDecision.Of(boards)));

    [Fact]
    public void Too_few_in_one_board_is_too_few_when_the_others_have_approved() =>
        Assert.All(
            Threes().Where(boards => boards.All(board => board.Outcome is CountOutcome.Approved or CountOutcome.NotQuorate) && Has(CountOutcome.NotQuorate)(boards)),
            boards => Assert.Equal(JointOutcome.NotQuorate, JointDecision.Of(boards)));

    [Fact]
    public void It_is_approved_when_all_have_approved_and_one_of_them_can_bind_the_municipality() =>
        Assert.All(
            Threes().Where(boards => boards.All(board => board.Outcome == CountOutcome.Approved)),
            boards => Assert.Equal(boards.Any(board => board.IsCompetent) ? JointOutcome.Approved : JointOutcome.Recommended, JointDecision.Of(boards)));

    [Fact]
    public void The_order_of_the_boards_says_nothing() =>
        Assert.All(Threes(), boards => Assert.Equal(JointDecision.Of(boards), JointDecision.Of([.. boards.Reverse()])));

    [Theory]
    [InlineData(CountOutcome.Undecided)]
    [InlineData(CountOutcome.Refused)]
    public void A_board_that_ended_with_nothing_is_a_bug(CountOutcome result) =>
        Assert.Throws<InvalidOperationException>(() => JointDecision.Of([new BoardResult(CountOutcome.Returned, true), new BoardResult(result, true)]));

    [Fact]
    public void Nobody_asked_is_a_bug() => Assert.Throws<InvalidOperationException>(() => JointDecision.Of([]));

    // Every combination of two and of three boards.
    private static IEnumerable<BoardResult[]> Threes() =>
        from first in Boards
        from second in Boards
        from third in Boards.Select(board => (BoardResult?)board).Append(null)
        select third is { } last ? new[] { first, second, last } : [first, second];

    private static Func<BoardResult[], bool> Has(CountOutcome? outcome) => boards => boards.Any(board => board.Outcome == outcome);

    private static bool Ended(BoardResult[] boards) => boards.All(board => board.Outcome is not null);
}
