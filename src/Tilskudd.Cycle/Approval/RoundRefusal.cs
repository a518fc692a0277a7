namespace Tilskudd.Cycle.Approval;

/// <summary>Why an answer cannot be taken.</summary>
public abstract record RoundRefusal(string Field = "") : Refusal(Field)
{
    public sealed record IsClosed(DateTimeOffset At) : RoundRefusal;

    /// <summary>What was shown is not what is being decided.</summary>
    public sealed record OtherVersion : RoundRefusal;

    public sealed record NotEntitled : RoundRefusal;

    /// <summary>Nobody was chosen who is away.</summary>
    public sealed record AbsentMissing() : RoundRefusal("medlem");

    /// <summary>The deputy who stepped in has answered, and the member cannot have the place back in this round.</summary>
    public sealed record DeputyHasAnswered : RoundRefusal;

    public sealed record ReasonMissing() : RoundRefusal("merk");

    public sealed record RemarkMissing() : RoundRefusal("merk");

    public sealed record RemarkTooLong(int Length, int Longest) : RoundRefusal("merk");

    public sealed record MayNotAbstain() : RoundRefusal("svar");

    public sealed record NotWritten() : RoundRefusal("svar");

    public sealed record AlreadyAnswered(AnswerKind Kind, DateTimeOffset At) : RoundRefusal;

    /// <summary>The answers so far would decide nothing: too few, a tie that waits for the leader, or positions before a meeting.</summary>
    public sealed record DecidesNothing : RoundRefusal;

    /// <summary>A member's habilitet is not decided, so the round cannot come to anything yet.</summary>
    public sealed record DoubtUndecided : RoundRefusal;

    /// <summary>The round is open or was withdrawn, so its protocol cannot be signed off.</summary>
    public sealed record HasNoOutcome : RoundRefusal;

    /// <summary>The protocol is another than the one that was shown.</summary>
    public sealed record OtherProtocol : RoundRefusal;

    /// <summary>No answer was chosen.</summary>
    public sealed record NoChoice() : RoundRefusal("svar");

    public sealed record CodeMissing() : RoundRefusal("kode");

    public sealed record CodeWrong(int TriesLeft) : RoundRefusal("kode");

    /// <summary>Ten wrong codes: a fresh one must be mailed.</summary>
    public sealed record CodeLocked() : RoundRefusal("kode");
}
