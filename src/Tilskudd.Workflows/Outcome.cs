namespace Tilskudd.Workflows;

/// <summary>The answers a step can end with, in the order its buttons stand. A file must say where each of them leads.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OutcomesAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}
