using System.Globalization;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Planning;

/// <summary>What stands in the fields of a tiltak's page, exactly as saved or as typed.</summary>
public sealed record TiltakForm
{
    public string Name { get; init; } = "";

    /// <summary>The theme chosen among those the plan has; empty when none is. One that is written goes before it, so that nothing typed is lost.</summary>
    public string Theme { get; init; } = "";

    public string OtherTheme { get; init; } = "";

    public string SubTheme { get; init; } = "";

    public string Description { get; init; } = "";

    public string Target { get; init; } = "";

    public string Baseline { get; init; } = "";

    public bool HasNoBaseline { get; init; }

    public string Responsible { get; init; } = "";

    public string Status { get; init; } = nameof(TiltakStatus.Starting);

    /// <summary>The id of the tiltak it is merged into; empty where none is chosen.</summary>
    public string MergedInto { get; init; } = "";

    public string Change { get; init; } = nameof(TiltakChange.New);

    public IReadOnlyCollection<string> Criteria { get; init; } = [];

    /// <summary>By the source's number.</summary>
    public IReadOnlyDictionary<int, string> Amounts { get; init; } = new Dictionary<int, string>();

    /// <summary>The name of a source's amount field.</summary>
    public static string AmountField(int source) => "belop-" + source.ToString(CultureInfo.InvariantCulture);

    /// <summary>An amount as the field shows it, in groups of three and without the unit, which stands beside. <see cref="MoneyText"/> reads it back.</summary>
    internal static string AmountText(Money amount) => amount.ToKroner(Language.Nb.Culture())[..^"\u00A0kr".Length];

    internal static TiltakForm Of(Tiltak tiltak, IEnumerable<FundingSource> sources) => Of(TiltakContent.Of(tiltak), sources);

    internal static TiltakForm Of(TiltakContent tiltak, IEnumerable<FundingSource> sources) => new()
    {
        Name = tiltak.Name,
        Theme = tiltak.Theme,
        SubTheme = tiltak.SubTheme,
        Description = tiltak.Description,
        Target = tiltak.Target,
        Baseline = tiltak.Baseline,
        HasNoBaseline = tiltak.HasNoBaseline,
        Responsible = tiltak.Responsible,
        Status = tiltak.Status.ToString(),
        MergedInto = tiltak.MergedInto?.ToString() ?? "",
        Change = tiltak.Change.ToString(),
        Criteria = [.. tiltak.Criteria],
        Amounts = sources.ToDictionary(source => source.Number, source => tiltak.BudgetOre.GetValueOrDefault(source.Id.Value) is > 0 and var ore ? AmountText(new Money(ore)) : ""),
    };

    internal static TiltakForm Read(IFormCollection form, IEnumerable<FundingSource> sources) => new()
    {
        Name = form["navn"].ToString(),
        Theme = form["tema"].ToString(),
        OtherTheme = form["nytt-tema"].ToString(),
        SubTheme = form["deltema"].ToString(),
        Description = form["besk"].ToString(),
        Target = form["maal"].ToString(),
        Baseline = form["utgangspunkt"].ToString(),
        HasNoBaseline = form["ikke-kjent"] == "ja",
        Responsible = form["ansv"].ToString(),
        Status = form["status"].ToString(),
        MergedInto = form["inn-i"].ToString(),
        Change = form["endring"].ToString(),
        Criteria = [.. form["kriterier"].OfType<string>()],
        Amounts = sources.ToDictionary(source => source.Number, source => form[AmountField(source.Number)].ToString()),
    };

    /// <summary>What the plan is to keep of it, or what is wrong with it as typed.</summary>
    internal (TiltakText? Text, IReadOnlyList<FieldFault> Faults) Parse(IReadOnlyList<FundingSource> sources, IReadOnlyList<Criterion> criteria)
    {
        var faults = new List<FieldFault>();
        var budget = new Dictionary<FundingSourceId, Money>();
        foreach (var source in sources)
        {
            if (MoneyText.TryParse(Amounts.GetValueOrDefault(source.Number), out var amount, out var refusal))
            {
                budget[source.Id] = amount;
            }
            else if (refusal is { } no && no != MoneyRefusal.Empty)
            {
                faults.Add(new FieldFault(AmountField(source.Number), AmountFault(no)));
            }
        }

        if (HasNoBaseline && !Prose.IsBlank(Baseline))
        {
            faults.Add(new FieldFault("utgangspunkt", Texts.Of<PlanWords>("Baseline.Both")));
        }

        if (!IsOneOf(Status, out TiltakStatus status))
        {
            faults.Add(new FieldFault("status", Texts.Of<PlanWords>("Status.Choose")));
        }

        if (!IsOneOf(Change, out TiltakChange change))
        {
            faults.Add(new FieldFault("endring", Texts.Of<PlanWords>("Change.Choose")));
        }

        // One that is not merged is part of no other, whatever stands in the field.
        TiltakId? into = null;
        if (faults.Count == 0 && status == TiltakStatus.Merged && MergedInto.Length > 0)
        {
            if (Guid.TryParse(MergedInto, out var other))
            {
                into = new TiltakId(other);
            }
            else
            {
                faults.Add(RefusalText.Fault(new PlanRefusal.NotToMergeInto()));
            }
        }

        var known = criteria.Select(criterion => criterion.Id).Where(Criteria.Contains).ToList();
        var theme = IsOtherTheme ? OtherTheme : Theme;
        return faults.Count > 0
            ? (null, faults)
            : (new TiltakText(Name.Trim(), theme.Trim(), SubTheme.Trim(), Description, Target, Responsible.Trim(), status, change, known, budget, Baseline, HasNoBaseline) { MergedInto = into }, faults);
    }

    /// <summary>Why a typed amount is not taken, as a sentence.</summary>
    internal static string AmountFault(MoneyRefusal refusal) => Texts.Of<PlanWords>($"Amount.{refusal}", Money.Largest.InMillions(Languages.Current.Culture()));

    /// <summary>The field a refusal is about, as this form names it.</summary>
    internal string FieldOf(string field) => field == "tema" && (IsOtherTheme || Theme.Length == 0) ? "nytt-tema" : field;

    /// <summary>Whether a theme is written and not chosen.</summary>
    internal bool IsOtherTheme => !Prose.IsBlank(OtherTheme);

    // A number is no name of a choice, though the framework would take it for one.
    private static bool IsOneOf<T>(string typed, out T chosen) where T : struct, Enum => Enum.TryParse(typed, out chosen) && Enum.GetName(chosen) == typed;
}
