using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Storage;
using static Tilskudd.Planning.ShowPlan;

namespace Tilskudd.Planning;

/// <summary>Makes a tiltak's page of the plan it stands in and of what was typed.</summary>
internal static class ShowTiltak
{
    /// <param name="tiltak">The tiltak, or null when it is to be added.</param>
    /// <param name="id">Its id; for a new one the id it will get.</param>
    /// <param name="typed">What was typed, when the form comes back; null for what is saved.</param>
    /// <param name="isStale">Whether something else was saved after the form was opened, so that the two must be compared.</param>
    public static async Task<TiltakRow> Row(TilskuddDb db, PlanDraft known, Tiltak? tiltak, TiltakId id, TiltakForm? typed, bool isStale, CancellationToken ct)
    {
        var saved = tiltak is null ? new TiltakForm() : TiltakForm.Of(tiltak, known.Sources);
        var themes = known.Plan.Tiltak.OrderBy(one => one.Number).Select(one => one.Theme).Where(theme => theme.Length > 0).Distinct().ToList();
        var form = typed ?? saved;
        var head = Head(known);
        return new TiltakRow
        {
            Head = head,
            Path = tiltak is null ? $"{head.Path}/tiltak/ny" : $"{head.Path}/tiltak/{id}",
            NewId = tiltak is null ? id.Value : null,
            Name = tiltak is null ? Text("Tiltak.New") : tiltak.Name.Length == 0 ? Text("Tiltak.Unnamed") : tiltak.Name,
            Form = themes.Count > 0 && form.Theme.Length > 0 && !themes.Contains(form.Theme) ? form with { Theme = "", OtherTheme = form.Theme } : form,
            Revision = known.Plan.Revision,
            MayWrite = known.MayWrite,
            HasInvented = tiltak is { HasInventions: true },
            Verbatim = tiltak?.Verbatim ?? "",
            Themes = themes.Count == 0 ? [] : [.. themes.Select(theme => new Choice(theme, theme)), new Choice("", Text("Theme.Other"))],
            Criteria = [.. known.Criteria.Select(criterion => new Choice(criterion.Id, Worded(criterion)))],
            Statuses = [.. Enum.GetNames<TiltakStatus>().Select(name => new Choice(name, Text($"Status.{name}")))],
            Others = [.. Others(known, id)],
            Changes = [.. Enum.GetNames<TiltakChange>().Select(name => new Choice(name, Text($"Change.{name}")))],
            Amounts = [.. known.Sources.Select(source => Amount(source, form))],
            Frames = [.. known.Sources.Where(source => !source.IsOwnShare).Select((source, i) => Frame(known, source, tiltak, i + 1))],
            LastYear = tiltak is null ? null : await LastYear(db, known, id, ct),
            Differences = isStale && typed is not null ? [.. Differences(known, saved, typed, [.. Others(known, default)])] : [],
        };
    }

    /// <summary>The page of a tiltak as it was sent, for one who reads it.</summary>
    /// <param name="typed">What was typed by one who may no longer write, to be compared with it; null for who only reads.</param>
    public static async Task<TiltakRow> Sent(TilskuddDb db, PlanDraft known, HandlingsplanContent sent, TiltakContent tiltak, TiltakForm? typed, CancellationToken ct)
    {
        var id = new TiltakId(tiltak.Id);
        var saved = TiltakForm.Of(tiltak, known.Sources);
        var row = await Row(db, known, null, id, saved, false, ct);
        Choice[] others = [.. sent.Tiltak.Where(other => other.Id != tiltak.Id).Select(other => new Choice($"{other.Id}", $"{other.Number}. {other.Name}"))];
        return row with
        {
            NewId = null,
            Path = $"{row.Head.Path}/tiltak/{id}",
            Name = tiltak.Name.Length == 0 ? Text("Tiltak.Unnamed") : tiltak.Name,
            HasInvented = tiltak.HasInventedDetails,
            Form = typed ?? row.Form,
            Others = others,
            Differences = typed is null ? [] : [.. Differences(known, saved, typed, others)],
            Frames = [.. known.Sources.Where(source => !source.IsOwnShare).Select((source, i) => Frame(known, source, sent.Tiltak.Sum(one => Own(one, source)) - Own(tiltak, source), Own(tiltak, source), i + 1))],
            LastYear = await LastYear(db, known, id, ct),
        };

        static long Own(TiltakContent one, FundingSource source) => one.BudgetOre.GetValueOrDefault(source.Id.Value);
    }

    /// <summary>A source as it is called beside an amount: the code with chapter and post, or the municipality's own.</summary>
    public static string Name(FundingSource source) =>
        source.IsOwnShare ? Text("Money.Own")
        : source is { Chapter: { } chapter, Post: { } post } ? Text("Money.ChapterPost", source.Code, chapter, post) : source.Code;

    // Which money a criterion is a condition for stands behind it, where its grantor has said so.
    private static string Worded(Criterion criterion) => criterion.SourceCode.Length == 0 ? criterion.Text : Text("Criterion.OfSource", criterion.Text, criterion.SourceCode);

    private static AmountField Amount(FundingSource source, TiltakForm form) => new(
        TiltakForm.AmountField(source.Number), Name(source), source.Condition.Length == 0 ? null : source.Condition, form.Amounts.GetValueOrDefault(source.Number, ""));

    private static TiltakFrame Frame(PlanDraft known, FundingSource source, Tiltak? tiltak, int number)
    {
        var own = tiltak?.From(source.Id) ?? Cycle.Year.Money.Zero;
        return Frame(known, source, (known.Plan.Planned(source.Id) - own).Ore, own.Ore, number);
    }

    private static TiltakFrame Frame(PlanDraft known, FundingSource source, long othersOre, long ownOre, int number) =>
        new(source.Code, number, new Money(othersOre), new Money(ownOre), source.RoomFor(known.Plan.PlanUnitId), source.IsReservedFor(known.Plan.PlanUnitId));

    private static async Task<LastYearTiltak?> LastYear(TilskuddDb db, PlanDraft known, TiltakId id, CancellationToken ct)
    {
        if (known.Plan.Year.Number == GrantYear.Earliest)
        {
            return null;
        }

        var year = known.Plan.Year.Previous();
        var was = await db.Handlingsplaner.IgnoreAutoIncludes().AsSingleQuery().Where(plan => plan.PlanUnitId == known.Plan.PlanUnitId && plan.Year == year)
            .SelectMany(plan => plan.Tiltak).Include(tiltak => tiltak.Budget).SingleOrDefaultAsync(tiltak => tiltak.TiltakId == id, ct);
        if (was is null)
        {
            return null;
        }

        var sources = await db.FundingSources.IgnoreAutoIncludes()
            .Where(source => source.ProgrammeId == known.Programme.Id && source.Year == year).OrderBy(source => source.Number).ToListAsync(ct);
        return new LastYearTiltak(was.Description, was.Target,
            [.. sources.Where(source => was.From(source.Id) > Cycle.Year.Money.Zero).Select(source => new SummaryRow(Name(source), Kroner(was.From(source.Id))))]);
    }

    private static IEnumerable<FieldDifference> Differences(PlanDraft known, TiltakForm saved, TiltakForm typed, IReadOnlyList<Choice> others)
    {
        (string Label, string Stored, string Typed)[] fields =
        [
            (Text("Field.Name"), saved.Name, typed.Name),
            (Text("Field.Theme"), saved.Theme, typed.IsOtherTheme ? typed.OtherTheme : typed.Theme),
            (Text("Field.SubTheme"), saved.SubTheme, typed.SubTheme),
            (Text("Field.Criteria"), Criteria(saved), Criteria(typed)),
            (Text("Field.Description", known.Plan.Year), saved.Description, typed.Description),
            (Text("Field.Target", known.Plan.Year), saved.Target, typed.Target),
            (Text("Field.Baseline"), Baseline(saved.Baseline, saved.HasNoBaseline), Baseline(typed.Baseline, typed.HasNoBaseline)),
            (Text("Field.Responsible"), saved.Responsible, typed.Responsible),
            (Text("Field.Status"), Word("Status", saved.Status), Word("Status", typed.Status)),
            (Text("Field.MergedInto"), Into(saved), Into(typed)),
            (Text("Field.Change", known.Plan.Year.Number - 1), Word("Change", saved.Change), Word("Change", typed.Change)),
            .. known.Sources.Select(source => (Name(source), saved.Amounts.GetValueOrDefault(source.Number, ""), typed.Amounts.GetValueOrDefault(source.Number, ""))),
        ];
        return fields.Where(field => Plain(field.Stored) != Plain(field.Typed)).Select(field => new FieldDifference(field.Label, field.Stored, field.Typed));

        string Into(TiltakForm form) => others.FirstOrDefault(other => other.Value == form.MergedInto)?.Text ?? "";

        string Criteria(TiltakForm form) => string.Join("; ", known.Criteria.Where(criterion => form.Criteria.Contains(criterion.Id)).Select(criterion => criterion.Text));
    }

    private static IEnumerable<Choice> Others(PlanDraft known, TiltakId id) => known.Plan.Tiltak.Where(other => other.TiltakId != id).OrderBy(other => other.Number)
        .Select(other => new Choice(other.TiltakId.ToString(), $"{other.Number}. {(other.Name.Length == 0 ? Text("Tiltak.Unnamed") : other.Name)}"));

    private static string Word(string kind, string value) => Enum.GetNames<TiltakStatus>().Concat(Enum.GetNames<TiltakChange>()).Contains(value) ? Text($"{kind}.{value}") : value;

    // Line ends and spaces around are no difference to a reader, nor is how an amount is grouped.
    private static string Plain(string text) => MoneyText.TryParse(text, out var amount, out _) ? amount.ToField() : Cycle.Prose.Of(text).Trim();
}
