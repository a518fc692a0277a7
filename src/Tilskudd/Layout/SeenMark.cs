using Tilskudd.Cycle;

namespace Tilskudd.Layout;

/// <summary>
/// What a form was shown over, in a hidden field: what somebody has saved since is not written over unseen. The form is shown again then, with
/// what was typed, what stands now, and a new mark.
/// </summary>
internal static class SeenMark
{
    public const string Field = "sett";

    /// <summary>Whether a form was filled in over something else than what is stored. One that says nothing of what it was over claims nothing.</summary>
    public static bool IsOld(string mark, string stored) => mark.Length > 0 && mark != stored;

    public static string Of(params IEnumerable<string?> stored) => Canonical.Hash(string.Join('\n', stored));

    /// <summary>Whether a form is shown again because it was filled in over something older than what stands now.</summary>
    public static bool IsStale(IReadOnlyList<FieldFault> faults) => faults is [var only] && only == RefusalText.Fault(new FormRefusal.ChangedSince());

    /// <summary>The mark of a form as it is shown: of what stands now where that is told beside it, else of what its reader saw first, whatever else must be put right.</summary>
    public static string Shown(Typed typed, IReadOnlyList<FieldFault> faults, string stored) => IsStale(faults) ? stored : typed[Field] ?? stored;
}

/// <summary>Why a form is not taken as it is.</summary>
internal abstract record FormRefusal : Refusal
{
    /// <summary>Somebody has saved something else since it was shown.</summary>
    public sealed record ChangedSince : FormRefusal;
}
