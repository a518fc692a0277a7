namespace Tilskudd.Year.Sources;

/// <summary>
/// What the state gives to whom for områdesatsing, as five public source documents have it: the fourteen programmes and the budget they
/// share, the criteria the money is bound to, and, for Strømsø 2030 in Drammen, the funding, the tiltak and the time plan of 2025.
/// Beside it Oslo's and Bergen's own organisation and a booklet of ideas. Everything is as written; what is inferred says so.
/// </summary>
/// <param name="Budget">The state's budget for 2024, per municipality and ministry.</param>
/// <param name="Programmes">The municipalities' programmes, in the order of the budget table.</param>
/// <param name="Criteria">What the money must contribute to.</param>
/// <param name="StromsoFunding">Strømsø's money for 2025, before the Storting's vote.</param>
/// <param name="StromsoTiltak">Strømsø's eighteen tiltak for 2025.</param>
/// <param name="StromsoTimePlan">Strømsø's mid-term evaluation.</param>
/// <param name="Oslo">Oslo's satsinger and delprogram.</param>
/// <param name="Bergen">Bergen's areas.</param>
/// <param name="Booklet">Ideas from other municipalities.</param>
/// <param name="Warnings">What the documents say in two ways or leave out, in the order of the register.</param>
internal sealed record RealWorld(
    BudgetTable Budget,
    IReadOnlyList<ProgrammeSource> Programmes,
    CriteriaSource Criteria,
    FundingTable StromsoFunding,
    TiltakList StromsoTiltak,
    TimePlan StromsoTimePlan,
    OsloSource Oslo,
    BergenSource Bergen,
    BookletSource Booklet,
    IReadOnlyList<ImportWarning> Warnings)
{
    private static readonly Lazy<RealWorld> Known = new(() => Read().Trusted());

    /// <summary>What the files built into the programme say, read once.</summary>
    public static RealWorld BuiltIn => Known.Value;

    /// <summary>Reads the files built into the programme: all of it, or every fault in it.</summary>
    public static RealWorldReading Read() => Read(SourceFiles.Embedded());

    /// <summary>Reads the given files: all of it, or every fault in it.</summary>
    public static RealWorldReading Read(SourceFiles files)
    {
        var import = new Import(files);
        var budget = BudgetImport.Read(import);
        var programmes = ProgrammesImport.Read(import, budget);
        var criteria = CriteriaImport.Read(import);
        var funding = FundingImport.Read(import, budget, criteria);
        var tiltak = TiltakImport.Read(import, budget);
        var timePlan = TimePlanImport.Read(import);
        var oslo = OsloImport.Read(import);
        var bergen = BergenImport.Read(import);
        var booklet = BookletImport.Read(import);
        Consistency.Check(import, programmes, funding, tiltak, timePlan, oslo, bergen);
        import.FaultWhatNobodyRead();
        return import.Faults.Count > 0
            ? new RealWorldReading.Faulty([.. import.Faults.Distinct()])
            : new RealWorldReading.Whole(new(
                budget, programmes, criteria, funding, tiltak, timePlan, oslo, bergen, booklet,
                [.. import.Warnings.OrderBy(warning => warning.Discrepancy.Number)]));
    }

    /// <summary>What the reading of one place in a file warned about, in the register's words.</summary>
    /// <param name="path">The place as a JSON path, with all below it.</param>
    public IEnumerable<string> Remarks(string file, string path) =>
        Warnings.Where(warning => warning.File == file && warning.Path.StartsWith(path, StringComparison.Ordinal)).Select(warning => warning.Text);

    /// <summary>The programme with this word in its address; null when there is none.</summary>
    public ProgrammeSource? Programme(string slug) => Programmes.FirstOrDefault(programme => programme.Slug == slug);
}

/// <summary>Everything, or every fault: never a part of the sources.</summary>
internal abstract record RealWorldReading
{
    private RealWorldReading()
    {
    }

    public sealed record Whole(RealWorld World) : RealWorldReading;

    public sealed record Faulty(IReadOnlyList<SourceFault> Faults) : RealWorldReading;

    /// <summary>The world, where the files are the programme's own and a fault in them is a bug.</summary>
    /// <exception cref="InvalidOperationException">The files have faults; all of them are listed.</exception>
    public RealWorld Trusted() => this switch
    {
        Whole whole => whole.World,
        Faulty faulty => throw new InvalidOperationException("The built-in sources have faults:\n" + string.Join('\n', faulty.Faults)),
        _ => throw new InvalidOperationException("A reading is either whole or faulty."),
    };
}
