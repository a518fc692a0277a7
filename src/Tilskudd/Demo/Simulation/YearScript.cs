using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Demo.Simulation;

/// <summary>What a plan unit's year is like.</summary>
internal enum YearKind
{
    /// <summary>Everything comes in time and as it was planned.</summary>
    Quiet,

    /// <summary>
    /// The group sends the plan back once, a member is inhabil, the grantor asks for a correction, the last source's letter comes a month late and
    /// lower than planned, the revised budget gives more of the first, the last one's report is late, and money from the first source is repaid.
    /// </summary>
    Eventful,

    /// <summary>The last source's letter gives a little more than planned, within the limit, and is paid in two parts.</summary>
    Higher,

    /// <summary>The last source's grantor refuses.</summary>
    Refused,
}

/// <summary>What happens outside the application in a plan unit's simulated year, and what people there mean to do.</summary>
/// <param name="Of">The plan unit and the year.</param>
/// <param name="Draft">What the coordinator writes.</param>
/// <param name="Sources">The codes of the state's sources, in the order the plan shows them.</param>
/// <param name="Members">The addresses of the group's members, leader first.</param>
/// <param name="Kind">What goes otherwise than planned.</param>
internal sealed record YearScript(UnitYear Of, PlanDraft Draft, IReadOnlyList<string> Sources, IReadOnlyList<string> Members, YearKind Kind)
{
    private const int ReportDueMonth = 3;
    private const int ReportDueDay = 15;
    private const int GrantedPerCent = 68;

    private static readonly Money Thousand = Money.FromKroner(1_000);

    private const int RaisedPerCent = 2;

    private readonly HashSet<string> _corrected = [];

    private bool IsEventful => Kind == YearKind.Eventful;

    /// <summary>The money of several units whose plans are sent together: every plan's tiltak, in the order of the units. Nothing goes wrong with it.</summary>
    public static YearScript Together(UnitYear of, IReadOnlyList<YearScript> parts) =>
        new(of, new PlanDraft(parts[0].Draft.Sections, [.. parts.SelectMany(part => part.Draft.Tiltak)]), parts[0].Sources, parts[0].Members, YearKind.Quiet);

    private int Year => Of.Year.Number;

    /// <summary>The day of the Storting's vote.</summary>
    public LocalDate VotedOn => new(Year - 1, 12, 13);

    /// <summary>When report and accounts are due, as the letters say.</summary>
    public LocalDate ReportDueOn => new(Year + 1, ReportDueMonth, ReportDueDay);

    /// <summary>When each step of an evaluation is done, in the intervals of Strømsø's time plan, and what is written of it.</summary>
    public IReadOnlyList<(LocalDate On, string Text)> EvaluationSteps =>
    [
        (new(Year - 1, 10, 16), "Evalueringen skal vise hva innsatsen har ført til så langt, og hva som bør endres."),
        (new(Year - 1, 12, 4), "Oppdraget er kunngjort."),
        (new(Year, 2, 12), "Konsulentene er valgt, og arbeidet er i gang."),
    ];

    /// <summary>When the report of the evaluation comes: late autumn.</summary>
    public LocalDate EvaluatedOn => new(Year, 11, 13);

    /// <summary>The money left of the first source at the year's end, in an eventful year.</summary>
    private static Money LeftOver => Money.FromKroner(420_000);

    private static Money Raise => Money.FromKroner(300_000);

    /// <summary>A source's number on the plan's forms.</summary>
    public int Number(string source) => Sources.ToList().IndexOf(source) + 1;

    public Money Planned(string source) => Draft.Tiltak.Aggregate(Money.Zero, (sum, tiltak) => sum + tiltak.Budget.GetValueOrDefault(source));

    public LocalDate LetterOn(string source) => IsEventful && source == Sources[^1] ? new(Year, 3, 10) : new(Year, 2, 3);

    /// <summary>What the letter grants: as planned, but for the last source of an eventful year and of one that gives more, in whole thousands.</summary>
    public Money Granted(string source) => source != Sources[^1] ? Planned(source) : Kind switch
    {
        YearKind.Eventful => Share(Planned(source), GrantedPerCent),
        YearKind.Higher => Planned(source) + Little(Share(Planned(source), RaisedPerCent)),
        _ => Planned(source),
    };

    /// <summary>Whether the letter is so far from the plan that the plan must be made anew.</summary>
    public bool IsRevised(string source) => IsEventful && source == Sources[^1];

    /// <summary>Whether the grantor gives nothing.</summary>
    public bool IsRefused(string source) => Kind == YearKind.Refused && source == Sources[^1];

    /// <summary>When the granted money is paid, and how much each time; none where the letter says nothing of it.</summary>
    public IReadOnlyList<(LocalDate On, Money Amount)> Payments(string source)
    {
        if (Kind != YearKind.Higher || source != Sources[^1])
        {
            return [];
        }

        var first = Share(Granted(source), 50);
        return [(new(Year, 3, 3), first), (new(Year, 9, 1), Granted(source) - first)];
    }

    /// <summary>Every tiltak's money from a source after the letter, so that it comes to what was granted, to the øre.</summary>
    public IReadOnlyList<(DraftTiltak Tiltak, Money Amount)> Revised(string source)
    {
        var (granted, planned) = (Granted(source), Planned(source));
        var lines = Draft.Tiltak.Where(tiltak => tiltak.Budget.GetValueOrDefault(source) > Money.Zero).ToList();
        var amounts = lines.SkipLast(1).Select(tiltak => Whole((Int128)granted.Ore * tiltak.Budget[source].Ore / planned.Ore)).ToList();
        return [.. lines.Zip(amounts.Append(amounts.Aggregate(granted, (left, amount) => left - amount)))];
    }

    /// <summary>When the revised budget is known to give more of the first source, in an eventful year.</summary>
    public LocalDate BudgetRevisedOn => new(Year, 6, 16);

    /// <summary>How much more it gives.</summary>
    public Money Raised(string source) => IsEventful && source == Sources[0] ? Raise : Money.Zero;

    /// <summary>Every tiltak's money from a source at the end of the year: what came with the revised budget goes to the first.</summary>
    public IReadOnlyList<(DraftTiltak Tiltak, Money Amount)> Accounted(string source) =>
        [.. Revised(source).Select((line, at) => at == 0 ? (line.Tiltak, line.Amount + Raised(source)) : line)];

    /// <summary>When the coordinator gets round to the report: long before it is due, but for the last source of an eventful year.</summary>
    public LocalDate ReportWrittenOn(string source) => IsEventful && source == Sources[^1] ? ReportDueOn.PlusDays(11) : new(Year + 1, 2, 10);

    /// <summary>What is not spent of what was granted.</summary>
    public Money Unspent(string source) => IsEventful && source == Sources[0] ? LeftOver : Money.Zero;

    /// <summary>Whether the grantor finds something to put right in what was just sent; once in an eventful year.</summary>
    public bool AsksForCorrection(string source) => IsEventful && source == Sources[0] && _corrected.Add(source);

    /// <summary>What a person of the group means about a version: the word of the answer and, where it needs one, the remark.</summary>
    public (string Reply, string Remark) Reply(SimulatedPerson person, DocumentKind kind, int version)
    {
        var place = Members.ToList().IndexOf(person.Email);
        if (IsEventful && kind == DocumentKind.Handlingsplan && version == 1 && place >= 0 && place <= Members.Count / 2)
        {
            return ("tilbake", "Skriv hvordan innbyggerne har vært med, før vi svarer på planen.");
        }

        return IsEventful && kind == DocumentKind.Handlingsplan && version == 2 && place == Members.Count - 1
            ? ("inhabil", "Jeg sitter i styret for en forening som får penger fra planen.")
            : person.Random.Next(6) == 0 ? ("merknad", "Bra. Fortell oss underveis hvordan det går.") : ("godkjenn", "");
    }

    // Never more than a letter may differ without a new decision.
    private static Money Little(Money amount) => amount < Limits.Default.LetterAmount ? amount : Limits.Default.LetterAmount;

    private static Money Share(Money of, int perCent) => Whole((Int128)of.Ore * perCent / 100);

    private static Money Whole(Int128 ore) => new((long)(ore / Thousand.Ore) * Thousand.Ore);
}
