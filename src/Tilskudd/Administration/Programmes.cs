using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Year;
using Tilskudd.Year.Sources;

namespace Tilskudd.Administration;

/// <summary>The programmes, each with its units, people, bodies and money. Administrators make them; the leader keeps his own.</summary>
internal sealed class Programmes() : Register("programmer")
{
    /// <summary>The way to a programme's page.</summary>
    public static IReadOnlyList<Crumb> CrumbsOf(Programme programme) => [Lines.Front, new Crumb(Text("Programmes"), Root), new Crumb(programme.Name, PathOf(programme))];

    public static string PathOf(Programme programme) => $"{Root}/{programme.Id}";

    public override async Task<ListRow?> List(Asked asked)
    {
        if (!Registers.MayAdminister(asked.Me))
        {
            return null;
        }

        var mine = asked.Me.Roles.Select(role => role.ProgrammeId).OfType<ProgrammeId>().ToList();
        var known = await asked.Db.Programmes.Where(programme => asked.IsAdministrator || mine.Contains(programme.Id))
            .Join(asked.Db.Municipalities, programme => programme.MunicipalityId, municipality => municipality.Id, (programme, municipality) => new { programme, municipality.Name })
            .OrderBy(both => both.Name).ThenBy(both => both.programme.Name).ToListAsync(asked.Ct);
        return new ListRow(Text("Programmes"), Root, [Lines.Front, new Crumb(Text("Programmes"), Root)],
        [
            new ListPart("programmer", Text("Programmes"),
                [.. known.Where(both => Runs.Staff.Leads(asked.Me, both.programme.Id)).Select(both => new TaskRow(both.programme.Name, PathOf(both.programme), Period(both.programme), Tone.Neutral, both.Name))],
                Text("None"), asked.IsAdministrator ? [new PageLink(Text("Programme.New"), $"{Root}/ny")] : []),
        ]);
    }

    public override async Task<ListRow?> Show(Asked asked)
    {
        if (await Find(asked) is not { } programme)
        {
            return null;
        }

        var path = PathOf(programme);
        var units = await asked.Db.PlanUnits.Where(unit => unit.ProgrammeId == programme.Id).OrderBy(unit => unit.Name).ToListAsync(asked.Ct);
        var bodies = await asked.Db.Bodies.IgnoreAutoIncludes().Where(body => body.ProgrammeId == programme.Id).OrderBy(body => body.Name).ToListAsync(asked.Ct);
        var sources = await asked.Db.FundingSources.IgnoreAutoIncludes().Where(source => source.ProgrammeId == programme.Id).OrderByDescending(source => source.Year).ThenBy(source => source.Number).ToListAsync(asked.Ct);
        return new ListRow(programme.Name, path, CrumbsOf(programme),
        [
            .. await SetUp.Missing(asked, programme),
            new ListPart("enheter", Text("PlanUnits"), [.. units.Select(unit => Lines.Task(unit.Name, $"{AdminRoom.Path}/enheter/{unit.Id}/endre", asked.Today, unit.ToOn, Texts.Of<YearWords>($"Unit.{unit.Kind}")))], Text("None"),
                new PageLink(Text("PlanUnit.New"), $"{AdminRoom.Path}/enheter/ny?i={programme.Id}")),
            new ListPart("roller", Text("Roles"), await Roles.Lines(asked, asked.Db.Roles.Where(role => role.ProgrammeId == programme.Id), named: true), Text("Roles.None"),
                new PageLink(Text("Role.Give"), $"{AdminRoom.Path}/roller/ny?i={programme.Id}"), new PageLink(Text("Person.New"), $"{AdminRoom.Path}/personer/ny")),
            new ListPart("organer", Text("Bodies"), [.. bodies.Select(body => Lines.Task(body.Name, $"{AdminRoom.Path}/organer/{body.Id}", body.ToOn, Bodies.KeyText(body.Key)))], Text("None"),
                new PageLink(Text("Body.New"), $"{AdminRoom.Path}/organer/ny?i={programme.Id}")),
            new ListPart("kilder", Text("Sources"), [.. sources.Select(source => Lines.Task(Text("Source.Line", $"{source.Year}", source.IsOwnShare ? Text("OwnShare") : source.Code), $"{AdminRoom.Path}/kilder/{source.Id}/endre", asked.Today, source.ToOn, source.AsReceived.Length == 0 ? null : source.AsReceived))], Text("None"),
                new PageLink(Text("Source.New"), $"{AdminRoom.Path}/kilder/ny?i={programme.Id}")),
        ])
        {
            Summary = [new SummaryRow(Text("Period"), Period(programme))],
            Links =
            [
                new PageLink(Text("Change"), $"{path}/endre"), new PageLink(Text("Criteria"), ProgrammeCriteria.PathOf(programme.Id)), new PageLink(Text("Limits"), $"{AdminRoom.Path}/grenser/{programme.Id}/endre"), new PageLink(Text("Programme.Page"), $"/program/{programme.Slug}"),
                .. asked.IsAdministrator ? new[] { new PageLink(Text("End"), $"{path}/avslutt") } : [],
            ],
        };
    }

    public override async Task<FormRow?> New(Asked asked) => asked.IsAdministrator
        ? new FormRow(Text("Programme.New"), $"{Root}/ny", Root, [Lines.Front, new Crumb(Text("Programmes"), Root), new Crumb(Text("New"), $"{Root}/ny")],
        [
            new(FieldKind.Choice, "kommune", "")
            {
                Choices = [.. await asked.Db.Municipalities.LastingOn(asked.Today).OrderBy(one => one.Name).Select(one => new Choice(one.Id.ToString(), one.Name)).ToListAsync(asked.Ct)],
                Empty = Text("Choose"),
            },
            .. Fields("", $"{asked.Today.Year}", "", ""),
            new(FieldKind.Choice, "enhet", "ja") { Label = ".OfProgramme", Hint = Text("Hint.enhet.OfProgramme"), Choices = [new Choice("ja", Text("Unit.One")), new Choice("nei", Text("Unit.Several"))] },
        ]) { Lead = Text("Programme.New.Lead") } : null;

    public override async Task<FormRow?> Edit(Asked asked) => await Find(asked) is { } programme
        ? new FormRow(programme.Name, $"{PathOf(programme)}/endre", PathOf(programme), [.. CrumbsOf(programme), new Crumb(Text("Change"), $"{PathOf(programme)}/endre")],
            [.. Fields(programme.Name, $"{programme.FromYear}", $"{programme.ToYear}", programme.Goal, await Namesake(asked, programme) is null ? null : Text("Hint.navn.Namesake"))])
        {
            Version = asked.Version(programme),
        }
        : null;

    public override async Task<FormRow?> End(Asked asked) => asked.IsAdministrator && await Find(asked) is { } programme
        ? new FormRow(Text("End.Title", programme.Name), $"{PathOf(programme)}/avslutt", PathOf(programme), [.. CrumbsOf(programme), new Crumb(Text("End"), $"{PathOf(programme)}/avslutt")],
            [new FieldRow(FieldKind.Line, "til", $"{programme.ToYear}") { Hint = Text("Hint.til.End"), Longest = 4 }])
        {
            Version = asked.Version(programme),
            Lead = Text("Programme.End.Lead"),
            Button = Text("End"),
        }
        : null;

    public override async Task<Refusal?> Add(Saving saving)
    {
        var form = saving.Form;
        var municipalities = await saving.Db.Municipalities.LastingOn(saving.Asked.Today).Select(one => one.Id).ToListAsync(saving.Asked.Ct);
        var municipality = form.Choice("kommune", municipalities.Select(id => id.ToString()));
        var typed = Read(form);
        var isUnit = form.YesOrNo("enhet");
        if (form.Faults.Count > 0 || Faults(typed) is not null)
        {
            return Faults(typed);
        }

        if (await IsAmong(saving.Db.Programmes.Select(other => other.Name), typed.Name, saving.Asked.Ct))
        {
            return new AdminRefusal.NameTaken("navn");
        }

        var slug = await FreeSlug(saving, typed.Name);
        var programme = new Programme(saving.Writing.Ids.Next<ProgrammeId>(), municipalities.Single(id => id.ToString() == municipality), slug, typed.Name, typed.From, typed.To, typed.Goal);
        saving.Db.Add(programme);
        if (isUnit)
        {
            saving.Db.Add(new PlanUnit(saving.Writing.Ids.Next<PlanUnitId>(), programme.Id, slug, typed.Name, PlanUnitKind.Programme, null));
        }

        // The ministries' common criteria: without one on each tiltak no plan is sent.
        var criteria = RealWorld.BuiltIn.Criteria.Criteria;
        saving.Db.AddRange(criteria.Select((criterion, index) => new Criterion($"{slug.ToUpperInvariant()}-{criterion.Id}", programme.Id, index + 1, criterion.Text, [criterion.Id])));
        saving.Next = PathOf(programme);
        saving.Added("programme", programme.Id, slug);
        return null;
    }

    public override async Task<Refusal?> Change(Saving saving)
    {
        var programme = (await Find(saving.Asked))!;
        var typed = Read(saving.Form);
        if (saving.Form.Faults.Count > 0 || Faults(typed) is not null)
        {
            return Faults(typed);
        }

        if (await IsAmong(saving.Db.Programmes.Where(other => other.Id != programme.Id).Select(other => other.Name), typed.Name, saving.Asked.Ct))
        {
            return new AdminRefusal.NameTaken("navn");
        }

        if (await LeftOut(saving, programme, typed.From, typed.To) is { } leftOut)
        {
            return leftOut;
        }

        if (typed.Name != programme.Name && await Namesake(saving.Asked, programme) is { } unit)
        {
            unit.Change(typed.Name, unit.Kind);
            saving.Changed("plan-unit", unit.Id, unit, programme.Slug);
        }

        programme.Change(typed.Name, typed.From, typed.To, typed.Goal);
        saving.Changed("programme", programme.Id, programme, programme.Slug);
        return null;
    }

    public override async Task<Refusal?> Finish(Saving saving)
    {
        var programme = (await Find(saving.Asked))!;
        var last = saving.Form.OptionalNumber("til", GrantYear.Earliest, GrantYear.Latest);
        if (saving.Form.Faults.Count > 0 || last < programme.FromYear)
        {
            return saving.Form.Faults.Count > 0 ? null : new AdminRefusal.YearsCross("til");
        }

        if (await LeftOut(saving, programme, programme.FromYear, last) is { } leftOut)
        {
            return leftOut;
        }

        programme.Change(programme.Name, programme.FromYear, last, programme.Goal);
        saving.Ended("programme", programme.Id, programme.Slug);
        return null;
    }

    private static Task<AdminRefusal?> LeftOut(Saving saving, Programme programme, int? from, int? to)
    {
        var units = saving.Db.PlanUnits.Where(unit => unit.ProgrammeId == programme.Id).Select(unit => unit.Id);
        return LeftOut(saving, saving.Db.Set<Runs.Run>().Where(run => run.ProgrammeId == programme.Id), saving.Db.Handlingsplaner.Where(plan => units.Contains(plan.PlanUnitId)), programme.Covers, from, to);
    }

    // The only unit of a programme, which has its name: the programme as a unit.
    private static async Task<PlanUnit?> Namesake(Asked asked, Programme programme) =>
        await asked.Db.PlanUnits.Where(unit => unit.ProgrammeId == programme.Id).ToListAsync(asked.Ct) is [var only] && only.Name == programme.Name ? only : null;

    /// <summary>A name as a word in addresses: å is a, æ ae, ø o, and what is no letter or digit is a hyphen.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant().Replace("æ", "ae", StringComparison.Ordinal).Replace('ø', 'o').Replace("đ", "d", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? "x" : text[..Math.Min(text.Length, 60)].TrimEnd('-');
    }

    private static string Root => $"{AdminRoom.Path}/programmer";

    private static Task<Programme?> Find(Asked asked) => asked.Programme(new ProgrammeId(asked.Id));

    private static IEnumerable<FieldRow> Fields(string name, string from, string to, string goal, string? hint = null) =>
    [
        new(FieldKind.Line, "navn", name) { Hint = hint },
        new(FieldKind.Line, "fra", from) { Label = ".Year", Hint = Text("Hint.aar"), IsOptional = true, Longest = 4 },
        new(FieldKind.Line, "til", to) { IsOptional = true, Longest = 4 },
        new(FieldKind.Area, "mal", goal) { IsOptional = true, Longest = AdminRoom.LongestText },
    ];

    private static (string Name, int? From, int? To, string Goal) Read(TypedForm form) => (
        form.Line("navn", AdminRoom.LongestName), form.OptionalNumber("fra", GrantYear.Earliest, GrantYear.Latest), form.OptionalNumber("til", GrantYear.Earliest, GrantYear.Latest), form.OptionalText("mal", AdminRoom.LongestText));

    private static AdminRefusal.YearsCross? Faults((string Name, int? From, int? To, string Goal) typed) => typed.From > typed.To ? new AdminRefusal.YearsCross("til") : null;

    private static async Task<string> FreeSlug(Saving saving, string name)
    {
        var wanted = Slug(name);
        var taken = (await saving.Db.Programmes.Where(other => other.Slug.StartsWith(wanted)).Select(other => other.Slug).ToListAsync(saving.Asked.Ct)).ToHashSet();
        return Enumerable.Range(1, taken.Count + 1).Select(number => number == 1 ? wanted : $"{wanted}-{number}").First(slug => !taken.Contains(slug));
    }

    private static string Period(Programme programme) => $"{programme.FromYear?.ToString(CultureInfo.InvariantCulture) ?? "…"}–{programme.ToYear?.ToString(CultureInfo.InvariantCulture) ?? "…"}";
}
