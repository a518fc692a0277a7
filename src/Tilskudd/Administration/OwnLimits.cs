using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;

namespace Tilskudd.Administration;

/// <summary>How far a letter may differ in a programme, and from what amount an auditor signs. An empty field goes back to the settings.</summary>
internal sealed class OwnLimits(ProgrammeLimits limits) : Register("grenser")
{
    private const int MostKroner = 1_000_000_000;

    public override async Task<FormRow?> Edit(Asked asked)
    {
        if (await asked.Programme(new ProgrammeId(asked.Id)) is not { } programme)
        {
            return null;
        }

        var own = await asked.Db.Set<LimitsOverride>().SingleOrDefaultAsync(own => own.ProgrammeId == programme.Id, asked.Ct);
        var (path, culture, settings) = ($"{AdminRoom.Path}/grenser/{programme.Id}/endre", Languages.Current.Culture(), limits.Settings);
        return new FormRow(Text("Limits"), path, Programmes.PathOf(programme), [.. Programmes.CrumbsOf(programme), new Crumb(Text("Limits"), path)],
        [
            new(FieldKind.Line, "prosent", own?.LetterPercent?.ToString("0.##", culture) ?? "") { Hint = Text("Hint.Setting", settings.LetterPercent.ToString("0.##", culture) + " %"), IsOptional = true, Longest = 6 },
            new(FieldKind.Amount, "brev", Kroner(own?.LetterAmount)) { Hint = Text("Hint.Setting", settings.LetterAmount.ToKroner(culture)), IsOptional = true },
            new(FieldKind.Amount, "revisor", Kroner(own?.AuditorFrom)) { Hint = Text("Hint.Setting", settings.AuditorFrom.ToKroner(culture)), IsOptional = true },
        ])
        {
            Lead = Text("Limits.Lead"),

            // Limits that have just been set have been changed no time, and are not what was not there.
            Version = own is null ? 0 : asked.Version(own) + 1,
        };
    }

    public override async Task<Refusal?> Change(Saving saving)
    {
        var programme = (await saving.Asked.Programme(new ProgrammeId(saving.Asked.Id)))!;
        var (percent, letter, auditor) = (saving.Form.OptionalPercent("prosent"), saving.Form.OptionalMoney("brev"), saving.Form.OptionalMoney("revisor"));
        if (saving.Form.Faults.Count > 0)
        {
            return null;
        }

        if (new[] { ("brev", letter), ("revisor", auditor) }.FirstOrDefault(one => one.Item2 > Money.FromKroner(MostKroner)).Item1 is { } field)
        {
            return new AdminRefusal.TooMuch(field, Money.FromKroner(MostKroner));
        }

        var own = await saving.Db.Set<LimitsOverride>().SingleOrDefaultAsync(own => own.ProgrammeId == programme.Id, saving.Asked.Ct);
        if (own is null)
        {
            own = new LimitsOverride(programme.Id, percent, letter, auditor);
            saving.Db.Add(own);
        }
        else
        {
            own.Set(percent, letter, auditor);
        }

        saving.Changed("limits", programme.Id, own, programme.Slug);
        return null;
    }

    private static string Kroner(Money? amount) => amount?.ToField() ?? "";
}
