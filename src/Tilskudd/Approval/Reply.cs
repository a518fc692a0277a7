using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;

namespace Tilskudd.Approval;

/// <summary>What a member can choose on the page: an answer, or word of being inhabil, which is none.</summary>
public enum Reply
{
    Approve,
    ApproveWithRemark,
    SendBack,
    Abstain,
    ObjectToWritten,
    Inhabil,
}

internal static class Replies
{
    /// <summary>As in <c>?svar=</c>.</summary>
    public static string Code(this Reply reply) => reply switch
    {
        Reply.Approve => "godkjenn",
        Reply.ApproveWithRemark => "merknad",
        Reply.SendBack => "tilbake",
        Reply.Abstain => "avstaa",
        Reply.ObjectToWritten => "mote",
        Reply.Inhabil => "inhabil",
    };

    /// <summary>What was chosen; null where nothing was, or something the round does not offer.</summary>
    public static Reply? Find(string? code, Round round) => Offered(round).Cast<Reply?>().FirstOrDefault(reply => reply!.Value.Code() == code);

    /// <summary>What the body's rules let a member choose.</summary>
    public static IEnumerable<Reply> Offered(Round round) =>
        Enum.GetValues<Reply>().Where(reply => reply switch
        {
            Reply.Abstain => round.AllowsAbstaining,
            Reply.ObjectToWritten => round.AllowsObjecting,
            Reply.Approve or Reply.ApproveWithRemark or Reply.SendBack or Reply.Inhabil => true,
        });

    /// <summary>The answer as it is kept: an approval with a remark written beside it is one with a remark. Null for who is inhabil.</summary>
    public static AnswerKind? Kind(this Reply reply, string remark) => reply switch
    {
        Reply.Approve => Prose.IsBlank(remark) ? AnswerKind.Approve : AnswerKind.ApproveWithRemark,
        Reply.ApproveWithRemark => AnswerKind.ApproveWithRemark,
        Reply.SendBack => AnswerKind.SendBack,
        Reply.Abstain => AnswerKind.Abstain,
        Reply.ObjectToWritten => AnswerKind.ObjectToWritten,
        Reply.Inhabil => null,
    };

    /// <summary>What is chosen to give an answer of this kind.</summary>
    public static Reply Of(AnswerKind kind) => kind switch
    {
        AnswerKind.Approve => Reply.Approve,
        AnswerKind.ApproveWithRemark => Reply.ApproveWithRemark,
        AnswerKind.SendBack => Reply.SendBack,
        AnswerKind.Abstain => Reply.Abstain,
        AnswerKind.ObjectToWritten => Reply.ObjectToWritten,
    };

    public static bool NeedsWords(this Reply reply) => reply is Reply.SendBack or Reply.ApproveWithRemark;
}
