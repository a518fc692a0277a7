using Tilskudd.Cycle.People;

namespace Tilskudd.Trail;

/// <summary>Who did what the trail tells: a person by id, never by name, or the system itself.</summary>
internal readonly record struct Actor
{
    private const string PersonPrefix = "person/";

    private readonly string? _text;

    private Actor(string text) => _text = text;

    /// <summary>What happens by itself when a deadline or a file says so.</summary>
    public static Actor System { get; } = new("system");

    public static Actor Of(PersonId person) => new($"{PersonPrefix}{person}");

    /// <summary>The person an actor's text names, or null for the system.</summary>
    public static PersonId? PersonIn(string actor) =>
        actor.StartsWith(PersonPrefix, StringComparison.Ordinal) && Guid.TryParse(actor[PersonPrefix.Length..], out var id) ? new PersonId(id) : null;

    /// <summary><c>person/id</c> or <c>system</c>.</summary>
    public override string ToString() => _text ?? throw new InvalidOperationException("A trail entry needs an actor.");
}
