using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Reporting;

/// <summary>What came of a tiltak, and what was spent on it from the source the report is about.</summary>
public sealed class TiltakResult
{
    private TiltakResult() { }

    internal TiltakResult(TiltakId tiltak, int number, string name, Money planned) => (TiltakId, Number, Name, Planned) = (tiltak, number, name, planned);

    public TiltakId TiltakId { get; private set; }

    public int Number { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The budget line of the approved plan.</summary>
    public Money Planned { get; private set; }

    public string Text { get; private set; } = "";

    public Money? Spent { get; private set; }

    /// <summary>Nothing is written on it.</summary>
    public bool IsBlank => Prose.IsBlank(Text) && Spent is null;

    internal void Lay(int number, string name, Money planned) => (Number, Name, Planned) = (number, name, planned);

    internal void Write(string text, Money? spent) => (Text, Spent) = (text, spent);
}
