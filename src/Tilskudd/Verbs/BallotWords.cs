using Tilskudd.Cycle.Approval;

namespace Tilskudd.Verbs;

/// <summary>The words a ballot file and its answer use, fixed for those who script against them.</summary>
internal static class BallotWords
{
    public static IReadOnlyDictionary<string, Regime> Regimes { get; } = new Dictionary<string, Regime>
    {
        ["Kommuneloven"] = Regime.LocalGovernmentAct,
        ["Mandat"] = Regime.OwnMandate,
        ["Administrativ"] = Regime.Administrative,
    };

    public static IReadOnlyDictionary<string, BallotMode> Modes { get; } = new Dictionary<string, BallotMode>
    {
        ["meeting"] = BallotMode.Meeting,
        ["remote"] = BallotMode.Remote,
        ["written"] = BallotMode.Written,
    };

    public static IReadOnlyDictionary<string, SeatRole> Roles { get; } = new Dictionary<string, SeatRole>
    {
        ["leader"] = SeatRole.Leader,
        ["deputy-leader"] = SeatRole.DeputyLeader,
        ["member"] = SeatRole.Member,
        ["deputy"] = SeatRole.Deputy,
        ["observer"] = SeatRole.Observer,
    };

    public static IReadOnlyDictionary<string, BallotAnswer> Answers { get; } = new Dictionary<string, BallotAnswer>
    {
        ["approve"] = BallotAnswer.Approve,
        ["approve-with-remark"] = BallotAnswer.ApproveWithRemark,
        ["send-back"] = BallotAnswer.SendBack,
        ["abstain"] = BallotAnswer.Abstain,
        ["object-to-written"] = BallotAnswer.ObjectToWritten,
    };

    public static IReadOnlyDictionary<string, Majority> Majorities { get; } = new Dictionary<string, Majority>
    {
        ["simple"] = Majority.Simple,
        ["2/3"] = Majority.TwoThirds,
        ["3/4"] = Majority.ThreeQuarters,
        ["all"] = Majority.All,
    };

    public static IReadOnlyDictionary<string, TieRule> Ties { get; } = new Dictionary<string, TieRule>
    {
        ["leader"] = TieRule.Leader,
        ["falls"] = TieRule.Falls,
    };

    public static IReadOnlyDictionary<string, WrittenRule> WrittenRules { get; } = new Dictionary<string, WrittenRule>
    {
        ["unanimous"] = WrittenRule.Unanimous,
        ["majority"] = WrittenRule.Majority,
        ["none"] = WrittenRule.None,
    };

    public static string Of(CountOutcome outcome) => outcome switch
    {
        CountOutcome.Approved => "approved",
        CountOutcome.Returned => "returned",
        CountOutcome.Undecided => "undecided",
        CountOutcome.NotQuorate => "not-quorate",
        CountOutcome.ToMeeting => "to-meeting",
        CountOutcome.Refused => "refused",
    };
}
