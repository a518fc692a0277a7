namespace Tilskudd.Inbox;

/// <summary>Names the words of the inbox: <c>InboxWords.resx</c>.</summary>
internal sealed class InboxWords;
