namespace Tilskudd.Workflows;

/// <summary>
/// One kind of doing in the grant year. A step class declares its inputs as public init properties (string, int, bool,
/// a list of int or of string; <c>required</c> ones must stand in the file) and its outcomes by <see cref="OutcomesAttribute"/>.
/// It holds no business rule.
/// </summary>
public abstract class Step
{
    /// <summary>Entering the step ends the run.</summary>
    public virtual bool IsTerminal => false;

    /// <summary>The application answers the step itself, at once, so nobody is waited for.</summary>
    public virtual bool IsAutomatic => false;

    /// <summary>The final state a closing step leaves the run in; null for steps that wait.</summary>
    public virtual string? FinalState => null;

    /// <summary>
    /// What is wrong with the inputs' values, in plain Norwegian with a remedy. Called once, when the file is read; a required input that
    /// is missing or of another kind is null then, is told of already, and is passed by.
    /// </summary>
    /// <param name="document">What the flow is about: a key from <see cref="Definitions.Vocabulary.Documents"/>, or empty where its file does not say.</param>
    public virtual IEnumerable<InputFault> Faults(string document) => [];
}

/// <summary>A value that does not do. <paramref name="Input"/> is the input's name as the file writes it.</summary>
public sealed record InputFault(string Input, string Message);
