using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Year.Sources;

namespace Tilskudd.Administration;

/// <summary>
/// A programme's criteria: the local wording, the common criteria it stands for, and the order they are ticked in. Their ids are words and not
/// numbers of ours, so the address names the programme, and the query which of them.
/// </summary>
internal sealed class ProgrammeCriteria() : Register("kriterier")
{
    /// <summary>Characters in a wording.</summary>
    private const int LongestWording = 300;

    private const string First = "forst";

    public static string PathOf(ProgrammeId programme) => $"{AdminRoom.Path}/kriterier/{programme}";

    public override async Task<ListRow?> Show(Asked asked)
    {
        if (await asked.Programme(new ProgrammeId(asked.Id)) is not { } programme)
        {
            return null;
        }

        var criteria = await All(asked, programme.Id);
        return new ListRow(Text("Criteria"), PathOf(programme.Id), Crumbs(programme),
        [
            new ListPart("kriterier", programme.Name, [.. criteria.Select(Line)], Text("None"), new PageLink(Text("Criterion.New"), $"{AdminRoom.Path}/kriterier/ny?i={programme.Id}")),
        ]) { Lead = Text("Criteria.Lead") };
    }

    public override async Task<FormRow?> New(Asked asked)
    {
        if (await asked.Programme(new ProgrammeId(asked.In)) is not { } programme)
        {
            return null;
        }

        var path = $"{AdminRoom.Path}/kriterier/ny?i={programme.Id}";
        return new FormRow(Text("Criterion.New"), path, PathOf(programme.Id), [.. Crumbs(programme), new Crumb(Text("New"), path)], await Fields(asked, programme.Id, null))
        {
            Lead = Text("Criterion.New.Lead"),
        };
    }

    public override async Task<FormRow?> Edit(Asked asked)
    {
        var (programme, criterion) = await Find(asked);
        return programme is null || criterion is null ? null
            : new FormRow(Text("Criterion.Change"), PathOf(criterion, "endre"), PathOf(programme.Id), [.. Crumbs(programme), new Crumb(Text("Change"), PathOf(criterion, "endre"))], await Fields(asked, programme.Id, criterion))
            {
                Version = asked.Version(criterion),
                Lead = Text("Criterion.Change.Lead"),
                End = PathOf(criterion, "avslutt"),
            };
    }

    public override async Task<FormRow?> End(Asked asked)
    {
        var (programme, criterion) = await Find(asked);
        return programme is null || criterion is null ? null
            : new FormRow(Text("Criterion.End"), PathOf(criterion, "avslutt"), PathOf(programme.Id), [.. Crumbs(programme), new Crumb(Text("End"), PathOf(criterion, "avslutt"))],
                [new FieldRow(FieldKind.Line, "til", Year(criterion.ToYear)) { Label = ".Criterion", Hint = Text("Hint.til.Criterion"), IsOptional = true, Longest = 4 }])
            {
                Version = asked.Version(criterion),
                Lead = Text("Criterion.End.Lead"),
                Button = Text("End"),
            };
    }

    public override async Task<Refusal?> Add(Saving saving)
    {
        var programme = (await saving.Asked.Programme(new ProgrammeId(saving.Asked.In)))!;
        var all = await All(saving.Asked, programme.Id);
        var (wording, keys, source, after) = await Read(saving, programme.Id, all);
        if (saving.Form.Faults.Count > 0 || all.Any(other => other.Text == wording))
        {
            return saving.Form.Faults.Count > 0 ? null : new AdminRefusal.NameTaken("ordlyd");
        }

        var criterion = new Criterion(await FreeId(saving, programme), programme.Id, all.Count + 1, wording, keys, source);
        saving.Db.Add(criterion);
        Order([.. all], criterion, after);
        saving.Added("criterion", criterion.Id, programme.Slug);
        return null;
    }

    public override async Task<Refusal?> Change(Saving saving)
    {
        var (programme, criterion) = await Find(saving.Asked);
        var others = (await All(saving.Asked, programme!.Id)).Where(other => other.Id != criterion!.Id).ToList();
        var (wording, keys, source, after) = await Read(saving, programme.Id, others);
        if (saving.Form.Faults.Count > 0 || others.Any(other => other.Text == wording))
        {
            return saving.Form.Faults.Count > 0 ? null : new AdminRefusal.NameTaken("ordlyd");
        }

        criterion!.Change(wording, keys, source);
        Order(others, criterion, after);
        saving.Changed("criterion", criterion.Id, criterion, programme.Slug);
        return null;
    }

    public override async Task<Refusal?> Finish(Saving saving)
    {
        var (programme, criterion) = await Find(saving.Asked);
        var last = saving.Form.OptionalNumber("til", GrantYear.Earliest, GrantYear.Latest);
        if (saving.Form.Faults.Count > 0)
        {
            return null;
        }

        if (last is not null && (await All(saving.Asked, programme!.Id)).All(other => other.Id == criterion!.Id || other.ToYear is not null))
        {
            return new AdminRefusal.LastCriterion("til");
        }

        if (await LastApproved(saving, criterion!) is { } used && last < used.Number)
        {
            return new AdminRefusal.CriterionInUse("til", Year(used.Number));
        }

        criterion!.End(last);
        saving.Ended("criterion", criterion.Id, programme!.Slug);
        return null;
    }

    private static Task<List<Criterion>> All(Asked asked, ProgrammeId programme) =>
        asked.Db.Criteria.Where(criterion => criterion.ProgrammeId == programme).OrderBy(criterion => criterion.Number).ToListAsync(asked.Ct);

    private static IReadOnlyList<Crumb> Crumbs(Programme programme) => [.. Programmes.CrumbsOf(programme), new Crumb(Text("Criteria"), PathOf(programme.Id))];

    private static string PathOf(Criterion criterion, string act) => $"{PathOf(criterion.ProgrammeId)}/{act}?k={Uri.EscapeDataString(criterion.Id)}";

    private static TaskRow Line(Criterion criterion) => new(
        criterion.Text, PathOf(criterion, "endre"), criterion.ToYear is { } last ? Text("Criterion.Until", Year(last)) : Text("Lasts"), criterion.ToYear is null ? Tone.Success : Tone.Neutral,
        string.Join(". ", new[]
        {
            criterion.Keys.Count > 0 ? Text("Criterion.Keys", string.Join(", ", criterion.Keys)) : "", criterion.SourceCode.Length > 0 ? Text("Criterion.Source", criterion.SourceCode) : "",
        }.Where(told => told.Length > 0)) is { Length: > 0 } hint ? hint : null);

    private static async Task<IReadOnlyList<FieldRow>> Fields(Asked asked, ProgrammeId programme, Criterion? criterion)
    {
        var others = (await All(asked, programme)).Where(other => other.Id != criterion?.Id).ToList();
        var before = criterion is null ? others.LastOrDefault() : others.LastOrDefault(other => other.Number < criterion.Number);
        return
        [
            new(FieldKind.Line, "ordlyd", criterion?.Text ?? "") { Hint = Text("Hint.ordlyd"), Longest = LongestWording },
            new(FieldKind.Several, "felles", string.Join(',', criterion?.Keys ?? [])) { Hint = Text("Hint.felles"), Choices = [.. Common.Select(common => new Choice(common.Id, $"{common.Id} {common.Text}"))], IsOptional = true },
            new(FieldKind.Choice, "kilde", criterion?.SourceCode ?? "") { Choices = [.. (await Codes(asked, programme, criterion)).Select(code => new Choice(code, code))], Empty = Text("Criterion.AnySource"), IsOptional = true },
            new(FieldKind.Choice, "etter", before?.Id ?? First) { Choices = [new Choice(First, Text("Criterion.First")), .. others.Select(other => new Choice(other.Id, Text("Criterion.After", other.Text)))] },
        ];
    }

    private static async Task<(string Wording, IReadOnlyList<string> Keys, string Source, string? After)> Read(Saving saving, ProgrammeId programme, IReadOnlyList<Criterion> others)
    {
        var form = saving.Form;
        var codes = await Codes(saving.Asked, programme, (await Find(saving.Asked)).Criterion);
        return (
            form.Line("ordlyd", LongestWording), form.Several("felles", [.. Common.Select(common => common.Id)]), form.Text("kilde").Length == 0 ? "" : form.Choice("kilde", codes) ?? "",
            form.Choice("etter", [First, .. others.Select(other => other.Id)]));
    }

    private static IReadOnlyList<CriterionSource> Common => RealWorld.BuiltIn.Criteria.Criteria;

    // Of the grantors' money; the one it is a condition for stays, also where no source of any year has it yet.
    private static async Task<IReadOnlyList<string>> Codes(Asked asked, ProgrammeId programme, Criterion? criterion)
    {
        var codes = await asked.Db.FundingSources.Where(source => source.ProgrammeId == programme && source.GrantorId != null).Select(source => source.Code).Distinct().ToListAsync(asked.Ct);
        return [.. codes.Append(criterion?.SourceCode ?? "").Where(code => code.Length > 0).Distinct().Order(StringComparer.Ordinal)];
    }

    private static void Order(List<Criterion> others, Criterion criterion, string? after)
    {
        others.Insert(others.FindIndex(other => other.Id == after) + 1, criterion);
        for (var at = 0; at < others.Count; at++)
        {
            others[at].Stand(at + 1);
        }
    }

    // Beside those the programme began with, which are called after the common criteria or the municipality's list.
    private static async Task<string> FreeId(Saving saving, Programme programme)
    {
        var stem = programme.Slug.ToUpperInvariant() + "-L";
        var taken = (await saving.Db.Criteria.Where(other => other.Id.StartsWith(stem)).Select(other => other.Id).ToListAsync(saving.Asked.Ct)).ToHashSet();
        return Enumerable.Range(1, taken.Count + 1).Select(number => stem + number.ToString(CultureInfo.InvariantCulture)).First(id => !taken.Contains(id));
    }

    private static Task<GrantYear?> LastApproved(Saving saving, Criterion criterion)
    {
        var (programme, id) = (criterion.ProgrammeId, criterion.Id);
        return saving.Db.Handlingsplaner.Where(plan => plan.ApprovedVersion != null && plan.Tiltak.Any(tiltak => tiltak.Criteria.Contains(id))
            && saving.Db.PlanUnits.Any(unit => unit.Id == plan.PlanUnitId && unit.ProgrammeId == programme)).MaxAsync(plan => (GrantYear?)plan.Year, saving.Asked.Ct);
    }

    private static string Year(int? year) => year?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static async Task<(Programme? Programme, Criterion? Criterion)> Find(Asked asked)
    {
        var (programme, id) = (await asked.Programme(new ProgrammeId(asked.Id)), asked.Query("k"));
        return (programme, programme is null ? null : await asked.Db.Criteria.SingleOrDefaultAsync(criterion => criterion.Id == id && criterion.ProgrammeId == programme.Id, asked.Ct));
    }
}
