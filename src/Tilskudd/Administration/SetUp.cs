using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Year;

namespace Tilskudd.Administration;

/// <summary>What is still missing before a year can be opened and a plan written, in the order it is best done, each with the way to it.</summary>
internal static class SetUp
{
    /// <summary>The first page of the administration: what is missing, and everything that is kept.</summary>
    public static async Task<ListRow> Front(Asked asked)
    {
        IReadOnlyList<ListPart> missing = asked.IsAdministrator ? await Missing(asked) : [];
        var all = Text("Registers");
        return new ListRow(Text("Title"), AdminRoom.Path, [],
        [
            .. missing,
            new ListPart("registre", all,
            [
                .. Registers(asked).Select(known => new TaskRow(Text(known), $"{AdminRoom.Path}/{PathOf(known)}", Text("Open"), Tone.Neutral, Text($"{known}.Hint"))),
            ], Text("None")),
        ]) { Lead = Text(asked.IsAdministrator ? "Lead" : "Lead.Leader") };
    }

    /// <summary>What one programme lacks; nothing once it has a plan.</summary>
    public static async Task<IReadOnlyList<ListPart>> Missing(Asked asked, Programme programme)
    {
        var (db, ct, today) = (asked.Db, asked.Ct, asked.Today);
        var units = await db.PlanUnits.LastingOn(today).Where(unit => unit.ProgrammeId == programme.Id).ToListAsync(ct);
        var ids = units.Select(unit => unit.Id).ToList();
        if (await db.Handlingsplaner.AnyAsync(plan => ids.Contains(plan.PlanUnitId), ct))
        {
            return [];
        }

        var roles = await db.Roles.LastingOn(today).Where(role => role.ProgrammeId == programme.Id && role.FromOn <= today).Select(role => role.Role).ToListAsync(ct);
        var bodies = await db.Bodies.Where(body => body.ProgrammeId == programme.Id && body.ToOn == null).OrderBy(body => body.Name).ToListAsync(ct);
        var deciding = bodies.Where(body => body.Key == BodyKeys.Deciding).ToList();
        var leaderless = bodies.Find(body => body.Key != BodyKeys.Competent && body.SeatsOn(today).All(seat => seat is not { Role: Cycle.Approval.SeatRole.Leader, PersonId: not null }));
        var grantor = await db.Grantors.LastingOn(today)
            .Select(grantor => new { grantor.Id, HasContact = db.Roles.LastingOn(today).Any(role => role.GrantorId == grantor.Id && role.FromOn <= today) })
            .OrderBy(one => one.HasContact).ThenBy(one => one.Id).FirstOrDefaultAsync(ct);
        var year = await db.FundingSources.LastingOn(today).Where(source => source.ProgrammeId == programme.Id && source.GrantorId != null).MaxAsync(source => (GrantYear?)source.Year, ct);
        var leads = await OpenYear.Leaders(db, programme.Id, today).AnyAsync(ct);
        var (path, give) = (Programmes.PathOf(programme), $"{AdminRoom.Path}/roller/ny?i={programme.Id}");

        // Some can wait until the year is under way: a grantor's contact, and a body whose decisions are only registered.
        (string Step, bool IsDone, bool CanWait, string? Path)[] steps =
        [
            ("Unit", units.Exists(unit => year is { } opens ? unit.Makes(opens) : unit.Kind != PlanUnitKind.Gathering), false, $"{AdminRoom.Path}/enheter/ny?i={programme.Id}"),
            (leads || !roles.Contains(Role.ProgrammeLeader) ? "Leader" : "Leader.OfUnit", leads, false, give),
            ("Coordinator", roles.Contains(Role.Coordinator), false, give),
            ("Secretary", roles.Contains(Role.Secretary), false, give),
            ("Accountant", roles.Contains(Role.Accountant), false, give),
            ("Body", deciding.Count > 0, false, $"{AdminRoom.Path}/organer/ny?i={programme.Id}"),
            .. deciding.Count > 0 && deciding.All(body => !body.IsCompetent) ? new[] { ("Competent", bodies.Exists(body => body.Key == BodyKeys.Competent), true, (string?)$"{AdminRoom.Path}/organer/ny?i={programme.Id}") } : [],
            ("Seats", deciding.Count > 0 && leaderless is null, false, leaderless is null ? null : $"{AdminRoom.Path}/plasser/ny?i={leaderless.Id}"),
            ("Grantor", grantor is { HasContact: true }, grantor is not null, !asked.IsAdministrator ? null : grantor is null ? $"{AdminRoom.Path}/tilskuddsgivere/ny" : $"{AdminRoom.Path}/roller/ny?i={grantor.Id}"),
            ("Source", year is not null, false, grantor is not null ? $"{AdminRoom.Path}/kilder/ny?i={programme.Id}" : null),
        ];
        var isReady = steps.All(step => step.IsDone || step.CanWait);
        return
        [
            new ListPart("mangler", Text("Missing", programme.Name),
            [
                .. steps.Select(step => Row(step.Step, step.IsDone, step.IsDone ? path : step.Path)),
                Row("Year", false, isReady && year is { } opens ? $"/program/{programme.Slug}/{opens}" : null),
            ], ""),
        ];
    }

    // The latest programme that has no plan yet is the one somebody is setting up.
    private static async Task<IReadOnlyList<ListPart>> Missing(Asked asked)
    {
        var (db, ct) = (asked.Db, asked.Ct);
        var municipality = await db.Municipalities.AnyAsync(ct);
        var people = await db.People.OrderBy(person => person.Id).Take(2).CountAsync(ct);
        var programme = await db.Programmes.Where(known => !db.PlanUnits.Any(unit => unit.ProgrammeId == known.Id && db.Handlingsplaner.Any(plan => plan.PlanUnitId == unit.Id)))
            .OrderByDescending(known => known.Id).FirstOrDefaultAsync(ct);
        var any = programme is not null || await db.Programmes.AnyAsync(ct);
        if (programme is null && any)
        {
            return [];
        }

        return
        [
            new ListPart("oppsett", Text("SetUp"),
            [
                Row("Municipality", municipality, $"{AdminRoom.Path}/kommuner"), Row("People", people > 1, people > 1 ? $"{AdminRoom.Path}/personer" : $"{AdminRoom.Path}/personer/ny"),
                Row("Programme", any, any ? $"{AdminRoom.Path}/programmer" : municipality ? $"{AdminRoom.Path}/programmer/ny" : null),
            ], ""),
            .. programme is null ? [] : await Missing(asked, programme),
        ];
    }

    private static TaskRow Row(string step, bool isDone, string? path) => new(
        Text($"Step.{step}"), path, Text(isDone ? "Done" : path is null ? "NotYet" : "Lacks"), isDone ? Tone.Success : path is null ? Tone.Neutral : Tone.Warning, Text($"Step.{step}.Hint"));

    private static IEnumerable<string> Registers(Asked asked) => asked.IsAdministrator ? ["Municipalities", "People", "Programmes", "Grantors", "ClosedDays", "Flows", "FailedMails", "ApiKeys"] : ["Programmes"];

    private static string PathOf(string register) => register switch
    {
        "Municipalities" => "kommuner",
        "People" => "personer",
        "Programmes" => "programmer",
        "Grantors" => "tilskuddsgivere",
        "ClosedDays" => "kalender",
        "Flows" => "flyter",
        "FailedMails" => "varsler",
        "ApiKeys" => "nokler",
        _ => throw new System.Diagnostics.UnreachableException(register),
    };

    private static string Text(string key, params object[] arguments) => Texts.Of<AdminWords>(key, arguments);
}
