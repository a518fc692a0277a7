using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Meetings;

/// <summary>That people were called to a meeting, or told that it is called off.</summary>
public sealed class MeetingCall
{
    private MeetingCall() { }

    internal MeetingCall(int number, int sequence, bool isOff, IEnumerable<PersonId> people, string lateReason, PersonId by, DateTimeOffset at) =>
        (Number, Sequence, IsOff, People, LateReason, By, At) = (number, sequence, isOff, [.. people], lateReason, by, at);

    /// <summary>From 1, in the order sent.</summary>
    public int Number { get; private set; }

    /// <summary>Which form of the meeting was called to: what calendar programs know as SEQUENCE.</summary>
    public int Sequence { get; private set; }

    /// <summary>The meeting was called off.</summary>
    public bool IsOff { get; private set; }

    public List<PersonId> People { get; private set; } = [];

    /// <summary>Why it went later than the body's notice allows; empty where it did not.</summary>
    public string LateReason { get; private set; } = "";

    public PersonId By { get; private set; }

    public DateTimeOffset At { get; private set; }
}
