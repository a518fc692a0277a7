using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using static Tilskudd.Country.ShowCountry;

namespace Tilskudd.Country;

/// <summary>
/// The money of a year by programme, plan unit and ministry: the table of the state budget, with each municipality that shares a line on its own.
/// </summary>
/// <param name="state">The figures of one state alone; null for what holds now.</param>
internal sealed class CountryDivision(CountryYear data, AmountState? state)
{
    public const string NotOpened = "";
    public const string Ended = "ended";

    private static readonly List<string> Phases = [.. PhaseKeys.All];

    private readonly ILookup<ProgrammeId, (FundingSource Source, SourceDivision Division)> _divided = data.Programmes
        .SelectMany(programme => data.Sources[programme.Id].Select(source => (programme.Id, Line: (source, source.Divide([.. data.Units[programme.Id].Select(unit => unit.Id)], state)))))
        .ToLookup(line => line.Id, line => line.Line);

    // Said of every line of a budget year that is not voted yet.
    private readonly string _isReserved = Words("Mark.Reserved");

    /// <summary>Those who give money in the year, the largest first: in 2024 the order of the budget's own columns.</summary>
    public IReadOnlyList<Grantor> Ministries => field ??= [.. data.Grantors
        .Select(grantor => (Grantor: grantor, Sum: Added(All.Where(line => line.Source.GrantorId == grantor.Id).Select(line => line.Division.Sum))))
        .Where(column => All.Any(line => line.Source.GrantorId == column.Grantor.Id))
        .OrderByDescending(column => column.Sum ?? Money.Zero).ThenBy(column => column.Grantor.Code, StringComparer.Ordinal).Select(column => column.Grantor)];

    private IEnumerable<(FundingSource Source, SourceDivision Division)> All => _divided.SelectMany(lines => lines);

    /// <summary>A line for each programme with money, the largest first, and under it its units where it has several.</summary>
    public IReadOnlyList<CountryRow> Rows() =>
    [
        .. data.Programmes.Where(programme => _divided.Contains(programme.Id))
            .Select(programme => (Programme: programme, Whole: Row(programme, "", line => line.Sum, Marks(programme))))
            .OrderByDescending(row => row.Whole.Sum ?? Money.Zero).ThenBy(row => row.Whole.Municipality, StringComparer.Ordinal).ThenBy(row => row.Programme.Slug, StringComparer.Ordinal)
            .SelectMany(row => (IEnumerable<CountryRow>)[row.Whole, .. Parts(row.Programme)]),
    ];

    public CountryRow Total()
    {
        var cells = Ministries.Select(grantor => Added(All.Where(line => line.Source.GrantorId == grantor.Id).Select(line => line.Division.Sum))).ToList();
        return new CountryRow(Words("Total"), "", "", cells, Added(cells), []);
    }

    /// <summary>How far the units have come, with their money; what is given no unit is its own line, so that all of it is the table's sum.</summary>
    /// <param name="names">The phases of the year in order, by the flows' words.</param>
    public IReadOnlyList<GroupRow> Statuses(IReadOnlyList<(string Phase, string Name)> names)
    {
        var units = data.Programmes.SelectMany(programme => data.Units[programme.Id]).Select(unit => (
            Phase: PhaseOf(unit.Id), Sum: Added(_divided[unit.ProgrammeId].Select(line => Part(line.Division, unit.Id))), IsCounted: _divided.Contains(unit.ProgrammeId))).Where(unit => unit.IsCounted).ToLookup(unit => unit.Phase);
        var rest = Added(All.Select(line => line.Division.Rest));
        return
        [
            .. names.Where(name => units.Contains(name.Phase)).Select(name => new GroupRow(name.Name, units[name.Phase].Count(), Added(units[name.Phase].Select(unit => unit.Sum)) ?? Money.Zero)),
            .. rest is { } left ? [new GroupRow(Words("Rest"), 0, left)] : Array.Empty<GroupRow>(),
        ];
    }

    private IEnumerable<CountryRow> Parts(Programme programme)
    {
        var units = data.Units[programme.Id].ToList();
        if (units.Count < 2)
        {
            yield break;
        }

        foreach (var unit in units.OrderBy(unit => unit.Name, StringComparer.Ordinal))
        {
            yield return Row(programme, unit.Name, line => Part(line, unit.Id), []);
        }

        if (_divided[programme.Id].Any(line => line.Division.Rest is not null))
        {
            yield return Row(programme, Words("Rest"), line => line.Rest, []);
        }
    }

    private CountryRow Row(Programme programme, string unit, Func<SourceDivision, Money?> of, IReadOnlyList<string> marks)
    {
        var cells = Ministries.Select(grantor => Added(_divided[programme.Id].Where(line => line.Source.GrantorId == grantor.Id).Select(line => of(line.Division)))).ToList();
        return new CountryRow(data.MunicipalityOf(programme), programme.Name, unit, cells, Added(cells), marks);
    }

    private IReadOnlyList<string> Marks(Programme programme)
    {
        var reserved = _divided[programme.Id].Where(line => line.Source.IsReserved).ToList();
        var shares = data.Units[programme.Id].SelectMany(unit => reserved.Where(line => line.Source.IsReservedFor(unit.Id)).Select(line => Basis(line.Source, unit.Id)));
        return reserved.Count == 0 ? [] : [_isReserved, .. reserved.Select(line => Basis(line.Source)).Concat(shares).Where(basis => basis.Length > 0).Distinct()];
    }

    // Where the proposal's figure comes from, in the words it was written down with; for a unit how it came to its share.
    private static string Basis(FundingSource source, PlanUnitId? unit = null) =>
        source.Amounts.Where(amount => amount.State == AmountState.Proposed && amount.PlanUnitId == unit).MaxBy(amount => amount.Number)?.Basis ?? "";

    // The least advanced of what is under way says how far the unit has come.
    private string PhaseOf(PlanUnitId unit)
    {
        var runs = data.Runs[unit].ToList();
        return runs.Count == 0 ? NotOpened : runs.Where(run => run.IsOpen).Select(run => run.Phase).MinBy(Phases.IndexOf) ?? Ended;
    }

    private static Money? Part(SourceDivision division, PlanUnitId unit) => division.Parts.TryGetValue(unit, out var part) ? part : null;

    // Of blank cells alone the sum is blank too.
    private static Money? Added(IEnumerable<Money?> amounts)
    {
        var known = amounts.OfType<Money>().ToList();
        return known.Count == 0 ? null : known.Aggregate((sum, amount) => sum + amount);
    }
}
