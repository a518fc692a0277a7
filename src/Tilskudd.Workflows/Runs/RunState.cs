using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Workflows.Runs;

/// <summary>What the built-in engine writes down between two moves.</summary>
internal sealed record RunState(string DefinitionId, Position Position, DateTimeOffset EnteredAt)
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public string ToJson() => JsonSerializer.Serialize(new Written(
        DefinitionId, Position.Version, Position.StepId, Position.Visit, Position.IsClosed,
        EnteredAt.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture)));

    /// <exception cref="UnreadableStateException">The text is not a state, or names a step the definition has not.</exception>
    /// <exception cref="WrongDefinitionException">The state belongs to another flow or version.</exception>
    public static RunState Read(string json, Definition definition)
    {
        var written = Parse(json);
        if (written.Definition != definition.Id || written.Version != definition.Version)
        {
            throw new WrongDefinitionException($"{written.Definition} version {written.Version}", definition.ToString());
        }

        var step = definition.Find(written.Step)
            ?? throw new UnreadableStateException($"{definition} has no step '{written.Step}'.");
        if (step.IsTerminal != written.IsClosed || written.Visit < 1)
        {
            throw new UnreadableStateException(
                $"step '{step.Id}' and visit {written.Visit} do not fit together with closed = {written.IsClosed}.");
        }

        var invariant = CultureInfo.InvariantCulture;
        if (!DateTimeOffset.TryParseExact(written.EnteredAt, Instant, invariant, DateTimeStyles.AssumeUniversal, out var enteredAt))
        {
            throw new UnreadableStateException($"'{written.EnteredAt}' is not an instant.");
        }

        return new RunState(written.Definition, new Position(step.Id, written.Visit, written.Version, written.IsClosed), enteredAt);
    }

    private static Written Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Written>(json, Strict) ?? throw new UnreadableStateException("it is null.");
        }
        catch (JsonException broken)
        {
            throw new UnreadableStateException(broken.Message);
        }
    }

    private static readonly JsonSerializerOptions Strict = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private sealed record Written(
        [property: JsonPropertyName("definition")] string Definition,
        [property: JsonPropertyName("version")] int Version,
        [property: JsonPropertyName("step")] string Step,
        [property: JsonPropertyName("visit")] int Visit,
        [property: JsonPropertyName("closed")] bool IsClosed,
        [property: JsonPropertyName("enteredAt")] string EnteredAt);
}
