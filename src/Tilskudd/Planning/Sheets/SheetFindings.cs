namespace Tilskudd.Planning.Sheets;

/// <summary>What is found wrong in a sheet, and what is left out of account: gathered on the way, so that a person gets all of it at once.</summary>
internal sealed class SheetFindings(string sheet)
{
    private readonly List<string> _faults = [];
    private readonly List<string> _notes = [];

    public IReadOnlyList<string> Faults => _faults;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Something wrong in a cell. An empty text is no fault.</summary>
    /// <param name="text">What is wrong and what to do about it, in Norwegian.</param>
    public void Fault(SheetCell cell, string text)
    {
        if (text.Length > 0)
        {
            _faults.Add($"Ark «{sheet}», celle {cell.Place}: {text}");
        }
    }

    /// <summary>Something wrong with a row or a column, or the sheet as a whole.</summary>
    public void Fault(string text) => _faults.Add($"Ark «{sheet}»: {text}");

    public void Note(string text) => _notes.Add(text);
}
