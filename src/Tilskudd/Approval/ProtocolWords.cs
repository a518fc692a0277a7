namespace Tilskudd.Approval;

/// <summary>Names the words of the protocol of a round: <c>ProtocolWords.resx</c>.</summary>
internal sealed class ProtocolWords;
