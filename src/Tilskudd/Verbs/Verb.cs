namespace Tilskudd.Verbs;

/// <summary>One thing an operator can ask the program to do from the command line.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="Summary">What it does, in one Norwegian sentence.</param>
/// <param name="Run">Does it. Answers with an exit status (see <see cref="ExitStatus"/>).</param>
internal sealed record Verb(string Name, string Summary, Func<Invocation, Terminal, Task<int>> Run)
{
    /// <summary>What must stand after the verb, in order.</summary>
    public IReadOnlyList<VerbArgument> Arguments { get; init; } = [];

    public IReadOnlyList<VerbOption> Options { get; init; } = [];

    /// <summary>True for a verb that starts the application and so takes settings, as <c>--Section:Key value</c>.</summary>
    public bool TakesSettings { get; init; }

    /// <summary>What else a person should know, in Norwegian, a paragraph to each; shown by <c>--help</c>.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>A word that must follow the verb.</summary>
/// <param name="Name">How it is shown, such as <c>FIL.json</c>.</param>
/// <param name="Summary">What it is, in Norwegian.</param>
internal sealed record VerbArgument(string Name, string Summary);

/// <summary>An option of a verb: with a value (<c>--at 08:00</c>) or a switch (<c>--fresh</c>).</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Example">A sample value, or null for a switch.</param>
/// <param name="Summary">What it means and what holds without it, in Norwegian.</param>
internal sealed record VerbOption(string Name, string? Example, string Summary)
{
    /// <summary>True where the verb makes no sense without it.</summary>
    public bool IsRequired { get; init; }
}
