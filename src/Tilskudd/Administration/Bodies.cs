using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Year;

namespace Tilskudd.Administration;

/// <summary>The bodies of a programme, each with the rules it decides by and its seats.</summary>
/// <param name="electronicId">The identity provider; none where people sign in by mail alone.</param>
internal sealed class Bodies(IEnumerable<OpenIdConnectSettings> electronicId) : Register("organer")
{
    private const string LeastQuorum = "1/2";
    private const int MostNoticeDays = 60;

    private static readonly string[] Quorums = ["1/3", LeastQuorum, "2/3", "3/4", "1/1"];

    public static string KeyText(string key) => Text($"Body.{key}");

    public override async Task<ListRow?> Show(Asked asked)
    {
        var (body, programme) = await Find(asked);
        if (body is null || programme is null)
        {
            return null;
        }

        var people = body.Seats.Select(seat => seat.PersonId).OfType<PersonId>().ToList();
        var seated = await asked.Db.People.Where(person => people.Contains(person.Id)).ToDictionaryAsync(person => person.Id, asked.Ct);
        var path = $"{Root}/{body.Id}";
        return new ListRow(body.Name, path, [.. Programmes.CrumbsOf(programme), new Crumb(body.Name, path)],
        [
            new ListPart("plasser", Text("Seats"), [.. body.Seats.OrderBy(seat => !seat.LastsOn(asked.Today)).ThenBy(seat => seat.Number).Select(seat => Seats.Line(body, seat, seated, asked.Today))],
                Text("Seats.Empty"), new PageLink(Text("Seat.New"), $"{AdminRoom.Path}/plasser/ny?i={body.Id}")),
        ])
        {
            Summary = [new SummaryRow(Text("Field.nokkel"), KeyText(body.Key)), .. ShowProgramme.Rules(body), new SummaryRow(Text("Field.sikkerhet"), Text($"Assurance.{body.Assurance}")), .. Lines.Ended(body.ToOn)],
            Links = [new PageLink(Text("Change"), $"{path}/endre"), new PageLink(Text("End"), $"{path}/avslutt")],
        };
    }

    public override async Task<FormRow?> New(Asked asked)
    {
        if (await asked.Programme(new ProgrammeId(asked.In)) is not { } programme)
        {
            return null;
        }

        var units = await Units(asked, programme.Id);
        return new FormRow(Text("Body.New"), $"{Root}/ny?i={programme.Id}", Programmes.PathOf(programme), [.. Programmes.CrumbsOf(programme), new Crumb(Text("New"), $"{Root}/ny?i={programme.Id}")],
        [
            new(FieldKind.Choice, "nokkel", BodyKeys.Deciding) { Choices = [.. BodyKeys.All.Select(key => new Choice(key, KeyText(key)))] },
            new(FieldKind.Choice, "enhet", "") { Choices = [.. units.Select(unit => new Choice(unit.Id.ToString(), unit.Name))], Empty = Text("WholeProgramme"), IsOptional = true },
            .. Fields(null),
        ]) { Lead = Text("Body.New.Lead") };
    }

    public override async Task<FormRow?> Edit(Asked asked)
    {
        var (body, programme) = await Find(asked);
        return body is null || programme is null ? null
            : new FormRow(body.Name, $"{Root}/{body.Id}/endre", $"{Root}/{body.Id}", [.. Programmes.CrumbsOf(programme), new Crumb(body.Name, $"{Root}/{body.Id}"), new Crumb(Text("Change"), $"{Root}/{body.Id}/endre")], [.. Fields(body)])
            {
                Version = asked.Version(body),
                Lead = Text("Body.Change.Lead"),
            };
    }

    public override async Task<FormRow?> End(Asked asked)
    {
        var (body, programme) = await Find(asked);
        return body is null || programme is null ? null
            : Ending(asked, body.Name, $"{Root}/{body.Id}/avslutt", $"{Root}/{body.Id}", [.. Programmes.CrumbsOf(programme), new Crumb(body.Name, $"{Root}/{body.Id}")], body.ToOn, body) with { Lead = Text("Body.End.Lead") };
    }

    public override async Task<Refusal?> Add(Saving saving)
    {
        var programme = (await saving.Asked.Programme(new ProgrammeId(saving.Asked.In)))!;
        var key = saving.Form.Choice("nokkel", BodyKeys.All);
        var assurance = ReadAssurance(saving.Form, null);
        var notice = saving.Form.OptionalNumber("varsel", 1, MostNoticeDays);
        var units = await Units(saving.Asked, programme.Id);
        var unit = saving.Form.Text("enhet").Length == 0 ? null : saving.Form.Choice("enhet", units.Select(one => one.Id.ToString()));
        var rules = Read(saving.Form, null);
        if (saving.Form.Faults.Count > 0)
        {
            return null;
        }

        PlanUnitId? unitId = unit is null ? null : units.Single(one => one.Id.ToString() == unit).Id;
        if (await Clash(saving, programme.Id, unitId, key!, rules.Name, default, "nokkel", "navn") is { } clash)
        {
            return clash;
        }

        var body = new Body(saving.Writing.Ids.Next<BodyId>(), programme.Id, unitId, key!, rules.Name, rules.Regime, rules.Mandate, rules.Mode, rules.IsCompetent, rules.Basis);
        body.Require(assurance);
        body.GiveNotice(notice);
        saving.Db.Add(body);
        saving.Next = $"{Root}/{body.Id}";
        saving.Added("body", body.Id, programme.Slug);
        return null;
    }

    public override async Task<Refusal?> Change(Saving saving)
    {
        var (body, programme) = await Find(saving.Asked);
        var (rules, assurance, notice) = (Read(saving.Form, body), ReadAssurance(saving.Form, body), saving.Form.OptionalNumber("varsel", 1, MostNoticeDays));
        if (saving.Form.Faults.Count > 0)
        {
            return null;
        }

        if (await Clash(saving, programme!.Id, body!.PlanUnitId, body.Key, rules.Name, body.Id, "navn", "navn") is { } clash && body.Name != rules.Name)
        {
            return clash;
        }

        body.Change(rules.Name, rules.Regime, rules.Mandate, rules.Mode, rules.IsCompetent, rules.Basis);
        body.Require(assurance);
        body.GiveNotice(notice);
        saving.Changed("body", body.Id, body, programme.Slug);
        return null;
    }

    public override async Task<Refusal?> Finish(Saving saving)
    {
        var (body, programme) = await Find(saving.Asked);
        var last = saving.Form.OptionalDate("siste");
        if (last > saving.Asked.Today)
        {
            // What waits for a body asks whether it lasts, not until when.
            return new AdminRefusal.EndsInFuture("siste");
        }

        if (last is null && await Clash(saving, programme!.Id, body!.PlanUnitId, body.Key, body.Name, body.Id, "siste", "siste") is { } clash)
        {
            return clash;
        }

        body!.End(last);
        saving.Ended("body", body.Id, programme!.Slug);
        return null;
    }

    private static string Root => $"{AdminRoom.Path}/organer";

    private static Task<List<PlanUnit>> Units(Asked asked, ProgrammeId programme) =>
        asked.Db.PlanUnits.LastingOn(asked.Today).Where(unit => unit.ProgrammeId == programme).OrderBy(unit => unit.Name).ToListAsync(asked.Ct);

    // Several boards may be asked together, each under a name of its own; the body that can bind the municipality is one.
    private static async Task<Refusal?> Clash(Saving saving, ProgrammeId programme, PlanUnitId? unit, string key, string name, BodyId but, string keyField, string nameField)
    {
        var others = await saving.Db.Bodies.IgnoreAutoIncludes()
            .Where(other => other.ProgrammeId == programme && other.PlanUnitId == unit && other.Key == key && other.ToOn == null && other.Id != but).Select(other => other.Name).ToListAsync(saving.Asked.Ct);
        return others.Count > 0 && key == BodyKeys.Competent ? new AdminRefusal.BodyHasKey(keyField)
            : others.Contains(name, StringComparer.OrdinalIgnoreCase) ? new AdminRefusal.BodyHasName(nameField)
            : null;
    }

    // The names of the fields are those the count's file has, in Norwegian.
    private IEnumerable<FieldRow> Fields(Body? body) =>
    [
        new(FieldKind.Line, "navn", body?.Name ?? ""),
        Choice("regime", body?.Regime ?? Regime.Mandat),
        Choice("form", body?.Mode ?? Mode.Written, "Mode"),
        new(FieldKind.Choice, "myndighet", body is null ? "" : body.IsCompetent ? "ja" : "nei") { Choices = [new Choice("ja", Word("Competent.Yes")), new Choice("nei", Word("Competent.No"))], Empty = Text("Choose") },
        new(FieldKind.Choice, "quorum", body is null ? LeastQuorum : $"{body.QuorumNumerator}/{body.QuorumDenominator}")
        {
            Hint = Text("Hint.quorum"),
            Choices = [.. OfferedQuorums(body).Select(quorum => new Choice(quorum, quorum))],
        },
        Choice("flertall", body?.Majority ?? Majority.Simple, "Majority"),
        Choice("likhet", body?.Tie ?? TieRule.Leader, "Tie"),
        new(FieldKind.Choice, "avsta", body?.MayAbstain == true ? "ja" : "nei") { Choices = [new Choice("nei", Word("Abstain.No")), new Choice("ja", Word("Abstain.Yes"))] },
        Choice("skriftlig", body?.Written ?? WrittenRule.Majority, "Written"),
        new(FieldKind.Choice, "sikkerhet", (body?.Assurance ?? Assurance.LinkAndCode).ToString()) { Hint = Text("Hint.sikkerhet"), Choices = [.. Offered(body).Select(one => new Choice(one.ToString(), Text($"Assurance.{one}")))] },
        new(FieldKind.Line, "varsel", body?.NoticeDays?.ToString(CultureInfo.InvariantCulture) ?? "") { Hint = Text("Hint.varsel"), IsOptional = true },
        new(FieldKind.Area, "hjemmel", body?.LegalBasis ?? "") { Hint = Text("Hint.hjemmel"), IsOptional = true, Longest = AdminRoom.LongestText },
    ];

    private static FieldRow Choice<T>(string name, T value, string word = "Regime") where T : struct, Enum =>
        new(FieldKind.Choice, name, value.ToString()) { Choices = [.. Enum.GetValues<T>().Select(one => new Choice(one.ToString(), Word($"{word}.{one}")))] };

    // What needs more than the mails is offered where there is a provider, or where the body has it already.
    private IEnumerable<Assurance> Offered(Body? body) => new[] { Assurance.LinkAndCode, Assurance.LinkAndFreshCode }.Concat(electronicId.Select(_ => Assurance.OpenIdConnect)).Append(body?.Assurance ?? Assurance.LinkAndCode).Distinct();

    private Assurance ReadAssurance(TypedForm form, Body? body) =>
        Enum.TryParse<Assurance>(form.Choice("sikkerhet", Offered(body).Select(one => one.ToString())), out var assurance) ? assurance : Assurance.LinkAndCode;

    private static string Word(string key) => Texts.Of<YearWords>(key);

    // A body may have one that is not among the usual.
    private static IEnumerable<string> OfferedQuorums(Body? body) => Quorums.Append(body is null ? LeastQuorum : $"{body.QuorumNumerator}/{body.QuorumDenominator}").Distinct();

    private static (string Name, Regime Regime, Mandate Mandate, Mode Mode, bool IsCompetent, string Basis) Read(TypedForm form, Body? body)
    {
        var name = form.Line("navn", AdminRoom.LongestName);
        var (regime, mode, isCompetent) = (form.Choice<Regime>("regime"), form.Choice<Mode>("form"), form.YesOrNo("myndighet"));
        var quorum = (form.Choice("quorum", OfferedQuorums(body)) ?? LeastQuorum).Split('/').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var mandate = new Mandate(quorum[0], quorum[1], form.Choice<Majority>("flertall"), form.Choice<TieRule>("likhet"), form.YesOrNo("avsta"), form.Choice<WrittenRule>("skriftlig"));
        return (name, regime, mandate, mode, isCompetent, form.OptionalText("hjemmel", AdminRoom.LongestText));
    }

    private static async Task<(Body? Body, Programme? Programme)> Find(Asked asked)
    {
        var body = await asked.Db.Bodies.SingleOrDefaultAsync(body => body.Id == new BodyId(asked.Id), asked.Ct);
        return (body, body is null ? null : await asked.Programme(body.ProgrammeId));
    }
}
