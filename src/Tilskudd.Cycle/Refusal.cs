namespace Tilskudd.Cycle;

/// <summary>
/// Why the grant year's rules say no to something a person asked for. Each phase has its own closed list; the words a person
/// reads stand in the application's resources under the type's name, with the record's properties as placeholders.
/// </summary>
/// <param name="Field">The form field to correct, or empty when the refusal concerns the whole act.</param>
public abstract record Refusal(string Field = "");
