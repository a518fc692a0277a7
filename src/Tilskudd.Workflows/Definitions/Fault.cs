namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// One thing wrong with a file in the workflow folder. <paramref name="Message"/> is plain Norwegian and says what to do;
/// <paramref name="Path"/> is where in the file, as <c>$.root.activities[2].type</c>.
/// </summary>
public sealed record Fault(string File, string Path, string Message)
{
    public override string ToString() => $"{File}: {Path}: {Message}";
}

/// <summary>What came of reading: the value, or every fault that stands in its way.</summary>
public sealed record Reading<T>(T? Value, IReadOnlyList<Fault> Faults)
    where T : class;

/// <summary>Gathers the faults of one file.</summary>
internal sealed class FaultList(string file)
{
    // A file of one megabyte can hold a fault for every few letters; nobody mends more than this at a time.
    private const int Most = 200;

    private readonly List<Fault> _faults = [];

    public int Count { get; private set; }

    public void Add(string path, string message) => Add(path, () => message);

    /// <summary>The same for a message that costs something to make: it is not made for faults that are only counted.</summary>
    public void Add(string path, Func<string> message)
    {
        Count++;
        if (_faults.Count < Most)
        {
            _faults.Add(new Fault(file, path, message()));
        }
    }

    public IReadOnlyList<Fault> All => Count <= Most
        ? [.. _faults]
        : [.. _faults, new Fault(file, "$", $"… og {Count - Most} feil til. Rett disse først.")];

    public Reading<T> Or<T>(Func<T> value)
        where T : class
        => Count == 0 ? new Reading<T>(value(), []) : Refuse<T>();

    public Reading<T> Refuse<T>()
        where T : class
        => new(null, All);
}
