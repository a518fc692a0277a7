namespace Tilskudd.Approval;

/// <summary>Names the words of this room: <c>ApprovalWords.resx</c>.</summary>
internal sealed class ApprovalWords;
