using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Administration;

/// <summary>The municipalities: their name, and the written form they have chosen. For administrators.</summary>
internal sealed class Municipalities() : Register("kommuner")
{
    public override async Task<ListRow?> List(Asked asked)
    {
        if (!asked.IsAdministrator)
        {
            return null;
        }

        var known = await asked.Db.Municipalities.OrderBy(one => one.Name).ToListAsync(asked.Ct);
        return new ListRow(Text("Municipalities"), Root, Crumbs, [new ListPart("kommuner", Text("Municipalities"), [.. known.Select(one => Lines.Task(one.Name, $"{Root}/{one.Id}/endre", asked.Today, one.ToOn))], Text("None"), new PageLink(Text("Municipality.New"), $"{Root}/ny"))]);
    }

    public override Task<FormRow?> New(Asked asked) => Task.FromResult(asked.IsAdministrator
        ? new FormRow(Text("Municipality.New"), $"{Root}/ny", Root, [.. Crumbs, new Crumb(Text("New"), $"{Root}/ny")], Fields("", "nb")) : null);

    public override async Task<FormRow?> Edit(Asked asked) => await Find(asked) is { } one
        ? new FormRow(one.Name, $"{Root}/{one.Id}/endre", Root, [.. Crumbs, new Crumb(one.Name, $"{Root}/{one.Id}/endre")], Fields(one.Name, one.Language)) { Version = asked.Version(one), End = $"{Root}/{one.Id}/avslutt" } : null;

    public override async Task<FormRow?> End(Asked asked) => await Find(asked) is { } one ? Ending(asked, one.Name, $"{Root}/{one.Id}/avslutt", Root, Crumbs, one.ToOn, one) : null;

    public override async Task<Refusal?> Add(Saving saving)
    {
        var (name, language) = Read(saving.Form);
        if (await IsTaken(saving, name, default))
        {
            return new AdminRefusal.NameTaken("navn");
        }

        var one = new Municipality(saving.Writing.Ids.Next<MunicipalityId>(), name, language);
        saving.Db.Add(one);
        saving.Added("municipality", one.Id);
        return null;
    }

    public override async Task<Refusal?> Change(Saving saving)
    {
        var one = (await Find(saving.Asked))!;
        var (name, language) = Read(saving.Form);
        if (await IsTaken(saving, name, one.Id))
        {
            return new AdminRefusal.NameTaken("navn");
        }

        one.Change(name, language);
        saving.Changed("municipality", one.Id, one);
        return null;
    }

    public override async Task<Refusal?> Finish(Saving saving)
    {
        var one = (await Find(saving.Asked))!;
        one.End(saving.Form.OptionalDate("siste"));
        saving.Ended("municipality", one.Id);
        return null;
    }

    private static string Root => $"{AdminRoom.Path}/kommuner";

    private static IReadOnlyList<Crumb> Crumbs => [Lines.Front, new Crumb(Text("Municipalities"), Root)];

    private static async Task<Municipality?> Find(Asked asked) => asked.IsAdministrator ? await asked.Db.Municipalities.SingleOrDefaultAsync(one => one.Id == new MunicipalityId(asked.Id), asked.Ct) : null;

    private static FieldRow[] Fields(string name, string language) =>
    [
        new(FieldKind.Line, "navn", name),
        new(FieldKind.Choice, "sprak", language) { Label = ".Municipality", Choices = [new Choice("nb", Language.Nb.OwnName()), new Choice("nn", Language.Nn.OwnName())] },
    ];

    private static (string Name, string Language) Read(TypedForm form) => (form.Line("navn", AdminRoom.LongestName), form.Choice("sprak", ["nb", "nn"]) ?? "nb");

    private static Task<bool> IsTaken(Saving saving, string name, MunicipalityId but) => IsAmong(saving.Db.Municipalities.Where(other => other.Id != but).Select(other => other.Name), name, saving.Asked.Ct);
}
