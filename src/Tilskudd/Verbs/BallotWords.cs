using Tilskudd.Cycle.Approval;

namespace Tilskudd.Verbs;

/// <summary>The words a ballot file and its answer use, fixed for those who script against them.</summary>
internal static class BallotWords
{
    public static IReadOnlyDictionary<string, Regime> Regimes { get; } = new Dictionary<string, Regime>
    {
        ["Kommuneloven"] = Regime.Kommuneloven,
        ["Mandat"] = Regime.Mandat,
        ["Administrativ"] = Regime.Administrativ,
    };

    public static IReadOnlyDictionary<string, Mode> Modes { get; } = new Dictionary<string, Mode>
    {
        ["meeting"] = Mode.Meeting,
        ["remote"] = Mode.Remote,
        ["written"] = Mode.Written,
    };

    public static IReadOnlyDictionary<string, SeatRole> Roles { get; } = new Dictionary<string, SeatRole>
    {
        ["leader"] = SeatRole.Leader,
        ["deputy-leader"] = SeatRole.DeputyLeader,
        ["member"] = SeatRole.Member,
        ["deputy"] = SeatRole.Deputy,
        ["observer"] = SeatRole.Observer,
    };

    public static IReadOnlyDictionary<string, AnswerKind> Answers { get; } = new Dictionary<string, AnswerKind>
    {
        ["approve"] = AnswerKind.Approve,
        ["approve-with-remark"] = AnswerKind.ApproveWithRemark,
        ["send-back"] = AnswerKind.SendBack,
        ["abstain"] = AnswerKind.Abstain,
        ["object-to-written"] = AnswerKind.ObjectToWritten,
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
