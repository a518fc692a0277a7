using System.Text.Json;

namespace Tilskudd.Year.Sources;

/// <summary>
/// One reading of the source files: it gathers every fault and every warning on the way, so that a person gets them all at
/// once.
/// </summary>
internal sealed class Import(SourceFiles files)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private readonly List<SourceFault> faults = [];
    private readonly List<ImportWarning> warnings = [];
    private readonly List<SourceNode> opened = [];

    public IReadOnlyList<SourceFault> Faults => faults;

    public IReadOnlyList<ImportWarning> Warnings => warnings;

    /// <summary>
    /// The whole of a file. A file that is missing or no JSON is a fault, and everything read from it afterwards is empty.
    /// </summary>
    public SourceNode Open(string file)
    {
        var text = files.Text(file);
        if (text is null)
        {
            Fault(file, "$", "Filen mangler. Legg den tilbake.");
            return SourceNode.Absent(this, file, "$");
        }

        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return SourceNode.Present(this, file, "$", document.RootElement.Clone());
        }
        catch (JsonException broken)
        {
            Fault(file, broken.Path ?? "$", $"Filen er ikke gyldig JSON (linje {broken.LineNumber + 1}). Rett den opp.");
            return SourceNode.Absent(this, file, "$");
        }
    }

    public void Fault(string file, string path, string text) => faults.Add(new(file, path, text));

    public void Warn(int discrepancy, string file, string path, string text) => warnings.Add(new(new(discrepancy), file, path, text));

    public void Opened(SourceNode node) => opened.Add(node);

    /// <summary>
    /// A key nobody has asked for is a fault: most often it is a misspelt one, whose value would be lost in silence.
    /// </summary>
    public void FaultWhatNobodyRead()
    {
        foreach (var node in opened)
        {
            foreach (var name in node.Unread())
            {
                Fault(node.File, $"{node.Path}.{name}", $"Feltet «{name}» er ukjent. Rett skrivemåten eller ta det bort.");
            }
        }
    }
}
