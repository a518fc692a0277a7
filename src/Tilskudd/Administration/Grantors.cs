using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Administration;

/// <summary>The ministries and agencies that give the money, with those who receive at each. For administrators.</summary>
internal sealed class Grantors() : Register("tilskuddsgivere")
{
    public override async Task<ListRow?> List(Asked asked)
    {
        if (!asked.IsAdministrator)
        {
            return null;
        }

        var known = await asked.Db.Grantors.OrderBy(one => one.Code).ToListAsync(asked.Ct);
        return new ListRow(Text("Grantors"), Root, Crumbs, [new ListPart("givere", Text("Grantors"), [.. known.Select(one => Lines.Task($"{one.Code} – {one.Name}", $"{Root}/{one.Id}", asked.Today, one.ToOn))], Text("None"), new PageLink(Text("Grantor.New"), $"{Root}/ny"))]);
    }

    public override async Task<ListRow?> Show(Asked asked)
    {
        if (await Find(asked) is not { } one)
        {
            return null;
        }

        var contacts = await Roles.Lines(asked, asked.Db.Roles.Where(role => role.GrantorId == one.Id), named: true);
        return new ListRow(one.Name, $"{Root}/{one.Id}", [.. Crumbs, new Crumb(one.Code, $"{Root}/{one.Id}")],
            [new ListPart("kontakter", Text("Contacts"), contacts, Text("Contacts.None"), new PageLink(Text("Contact.New"), $"{AdminRoom.Path}/roller/ny?i={one.Id}"))])
        {
            Summary = [new SummaryRow(Text("Field.kode"), one.Code), .. Administration.Lines.Ended(one.ToOn)],
            Links = [new PageLink(Text("Change"), $"{Root}/{one.Id}/endre"), new PageLink(Text("End"), $"{Root}/{one.Id}/avslutt")],
        };
    }

    public override Task<FormRow?> New(Asked asked) => Task.FromResult(asked.IsAdministrator
        ? new FormRow(Text("Grantor.New"), $"{Root}/ny", Root, [.. Crumbs, new Crumb(Text("New"), $"{Root}/ny")], Fields("", "")) : null);

    public override async Task<FormRow?> Edit(Asked asked) => await Find(asked) is { } one
        ? new FormRow(one.Name, $"{Root}/{one.Id}/endre", $"{Root}/{one.Id}", [.. Crumbs, new Crumb(one.Code, $"{Root}/{one.Id}"), new Crumb(Text("Change"), $"{Root}/{one.Id}/endre")], Fields(one.Code, one.Name)) { Version = asked.Version(one) } : null;

    public override async Task<FormRow?> End(Asked asked) => await Find(asked) is { } one
        ? Ending(asked, one.Name, $"{Root}/{one.Id}/avslutt", $"{Root}/{one.Id}", [.. Crumbs, new Crumb(one.Code, $"{Root}/{one.Id}")], one.ToOn, one) : null;

    public override async Task<Refusal?> Add(Saving saving)
    {
        var (code, name) = (saving.Form.Line("kode", LongestCode), saving.Form.Line("navn", AdminRoom.LongestName));

        if (await IsAmong(saving.Db.Grantors.Select(other => other.Code), code, saving.Asked.Ct))
        {
            return new AdminRefusal.NameTaken("kode");
        }

        var one = new Grantor(saving.Writing.Ids.Next<GrantorId>(), code, name);
        saving.Db.Add(one);
        saving.Next = $"{Root}/{one.Id}";
        saving.Added("grantor", one.Id);
        return null;
    }

    public override async Task<Refusal?> Change(Saving saving)
    {
        var one = (await Find(saving.Asked))!;
        var (code, name) = (saving.Form.Line("kode", LongestCode), saving.Form.Line("navn", AdminRoom.LongestName));
        if (saving.Form.Faults.Count > 0)
        {
            return null;
        }

        if (code != one.Code && ((await IsAmong(saving.Db.Grantors.Where(other => other.Id != one.Id).Select(other => other.Code), code, saving.Asked.Ct) ? new AdminRefusal.NameTaken("kode") : null) ?? await Recode(saving, one, code)) is { } refusal)
        {
            return refusal;
        }

        one.Change(code, name);
        saving.Changed("grantor", one.Id, one);
        return null;
    }

    // The sources that are called after the grantor, and the criteria for their money, are called the new name too.
    private static async Task<AdminRefusal?> Recode(Saving saving, Grantor one, string code)
    {
        var (db, ct) = (saving.Db, saving.Asked.Ct);
        var called = (await db.FundingSources.Where(source => source.GrantorId == one.Id).OrderBy(source => source.Id).ToListAsync(ct))
            .Where(source => source.Code == one.Code || source.Code.StartsWith($"{one.Code}-", StringComparison.Ordinal)).ToList();
        var slugs = await db.Programmes.Where(programme => db.FundingSources.Any(source => source.GrantorId == one.Id && source.ProgrammeId == programme.Id)).ToDictionaryAsync(programme => programme.Id, programme => programme.Slug, ct);
        foreach (var source in called)
        {
            if (await SourceUse.Of(db, source, ct) is { } what)
            {
                return new AdminRefusal.CodeInUse(Sources.Name(source), what);
            }

            var (old, next) = (source.Code, code + source.Code[one.Code.Length..]);
            if (await db.FundingSources.AnyAsync(other => other.ProgrammeId == source.ProgrammeId && other.Year == source.Year && other.GrantorId != one.Id && other.Code == next, ct))
            {
                return new AdminRefusal.NameTaken("kode");
            }

            foreach (var criterion in await db.Criteria.Where(criterion => criterion.ProgrammeId == source.ProgrammeId && criterion.SourceCode == old).OrderBy(criterion => criterion.Number).ToListAsync(ct))
            {
                criterion.Change(criterion.Text, criterion.Keys, next);
                saving.Changed("criterion", criterion.Id, criterion, slugs[source.ProgrammeId]);
            }

            source.Recode(next);
            saving.Changed("source", source.Id, source, slugs[source.ProgrammeId]);
        }

        return null;
    }

    public override async Task<Refusal?> Finish(Saving saving)
    {
        var one = (await Find(saving.Asked))!;
        one.End(saving.Form.OptionalDate("siste"));
        saving.Ended("grantor", one.Id);
        return null;
    }

    private const int LongestCode = 20;

    private static string Root => $"{AdminRoom.Path}/tilskuddsgivere";

    private static IReadOnlyList<Crumb> Crumbs => [Administration.Lines.Front, new Crumb(Text("Grantors"), Root)];

    private static FieldRow[] Fields(string code, string name) => [new(FieldKind.Line, "kode", code) { Hint = Text("Hint.kode"), Longest = LongestCode }, new(FieldKind.Line, "navn", name)];

    private static async Task<Grantor?> Find(Asked asked) => asked.IsAdministrator ? await asked.Db.Grantors.SingleOrDefaultAsync(one => one.Id == new GrantorId(asked.Id), asked.Ct) : null;
}
