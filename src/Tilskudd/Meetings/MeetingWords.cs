namespace Tilskudd.Meetings;

/// <summary>Names the words of this room: <c>MeetingWords.resx</c>.</summary>
internal sealed class MeetingWords;
