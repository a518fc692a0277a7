namespace Tilskudd.Layout;

/// <summary>What a person must put right in a form: which field, and what to do about it.</summary>
/// <param name="Field">The field's name in the form; empty where the whole form is meant.</param>
/// <param name="Message">A whole sentence in the person's language that says what to do.</param>
public sealed record FieldFault(string Field, string Message)
{
    /// <summary>Whether the sentence suits any field of its kind, so that away from the field one does not know which is meant.</summary>
    public bool IsGeneral { get; init; }

    /// <summary>What the field is called, for the summary to tell; null where the sentence says enough.</summary>
    public string? Label { get; init; }

    /// <summary>Where to put it right when that is on another page; null where the field is on this one.</summary>
    public string? Path { get; init; }
}
