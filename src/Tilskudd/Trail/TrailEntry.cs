using System.Globalization;
using System.Text.Json.Nodes;
using Tilskudd.Cycle;

namespace Tilskudd.Trail;

/// <summary>
/// A line of the trail: what happened, chained to the line before it by hash. Lines are only ever added, without gaps;
/// the database itself refuses to change or delete one.
/// </summary>
internal sealed class TrailEntry
{
    /// <summary>What stands in for the hash before the first entry.</summary>
    public static readonly string Genesis = new('0', 64);

    private TrailEntry() { }

    private TrailEntry(long seq, DateTimeOffset at, TrailEvent told, string prev)
    {
        (Seq, At, Actor, Event, Object, Version, Prev) = (seq, at, told.Actor.ToString(), told.Event, $"{told.ObjectKind}/{told.ObjectId}", told.Version, prev);
        Data = Canonical.Text(told.Data);
        Hash = HashOf(Fields());
    }

    /// <summary>1, 2, 3 …</summary>
    public long Seq { get; private set; }

    /// <summary>UTC, whole milliseconds.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary><c>person/id</c> or <c>system</c>.</summary>
    public string Actor { get; private set; } = "";

    public string Event { get; private set; } = "";

    /// <summary><c>kind/id</c>.</summary>
    public string Object { get; private set; } = "";

    public string Version { get; private set; } = "";

    /// <summary>Facts, as canonical JSON.</summary>
    public string Data { get; private set; } = "{}";

    /// <summary>The hash of the entry before.</summary>
    public string Prev { get; private set; } = "";

    /// <summary>SHA-256 of all the other fields as canonical JSON.</summary>
    public string Hash { get; private set; } = "";

    /// <param name="head">The latest sequence number and hash, or 0 and <see cref="Genesis"/>.</param>
    public static TrailEntry After((long Seq, string Hash) head, TrailEvent told, DateTimeOffset at)
    {
        told.Check();
        return new TrailEntry(head.Seq + 1, at, told, head.Hash);
    }

    /// <summary>SHA-256 over the fields of an entry, its <c>hash</c> left out, as canonical JSON.</summary>
    public static string HashOf(JsonObject fields)
    {
        fields.Remove("hash");
        return Canonical.Hash(Canonical.Text(fields));
    }

    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The entry as a line of <c>trail.jsonl</c>, without line break. The facts stand as they are kept, right or wrong: judging them is the verifier's.</summary>
    public string ToLine() =>
        $"{{\"seq\":{Seq.ToString(CultureInfo.InvariantCulture)},\"at\":\"{Write(At)}\",\"actor\":{Quoted(Actor)},\"event\":{Quoted(Event)},\"object\":{Quoted(Object)},"
        + $"\"version\":{Quoted(Version)},\"data\":{Data},\"prev\":{Quoted(Prev)},\"hash\":{Quoted(Hash)}}}";

    private static string Quoted(string text) => Canonical.Text(JsonValue.Create(text));

    private JsonObject Fields() => new()
    {
        ["seq"] = Seq,
        ["at"] = Write(At),
        ["actor"] = Actor,
        ["event"] = Event,
        ["object"] = Object,
        ["version"] = Version,
        ["data"] = JsonNode.Parse(Data),
        ["prev"] = Prev,
    };
}
