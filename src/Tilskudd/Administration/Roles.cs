using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices.Mailing;
using Tilskudd.SignIn;

namespace Tilskudd.Administration;

/// <summary>
/// Who has which role, and since when. What the role is in stands in the address: a programme (its leader may), a grantor, or a person who
/// is to be an administrator.
/// </summary>
internal sealed class Roles() : Register("roller")
{
    private static readonly Role[] InProgramme = [Role.Coordinator, Role.ProgrammeLeader, Role.Secretary, Role.Accountant];

    /// <summary>Roles in lines: of a person where they are on a page of one, else with who has them.</summary>
    public static async Task<IReadOnlyList<TaskRow>> Lines(Asked asked, IQueryable<RoleAssignment> roles, bool named) =>
    [
        .. (await Held(asked, roles)).OrderBy(one => !one.Role.LastsOn(asked.Today)).ThenBy(one => one.Role.Role).ThenBy(one => one.Name).Select(one => Administration.Lines.Task(
            named ? $"{one.Name}: {RoleText(one.Role.Role)}" : RoleText(one.Role.Role), $"{AdminRoom.Path}/roller/{one.Role.Id}/avslutt", asked.Today, one.Role.ToOn,
            Joined(named ? null : one.In, one.Unit, Text("Since", Dates.WithYear(one.Role.FromOn))), one.Role.FromOn) with { IsInvented = named && one.IsInvented }),
    ];

    /// <summary>Roles to choose among, each told by what it is in.</summary>
    public static async Task<IReadOnlyList<Choice>> Choices(Asked asked, IQueryable<RoleAssignment> roles) =>
        [.. (await Held(asked, roles)).OrderBy(one => one.Role.Role).ThenBy(one => one.Role.Id).Select(one => new Choice($"{one.Role.Id}", Joined(RoleText(one.Role.Role), one.In, one.Unit)))];

    /// <summary>Whether nobody else is an administrator on the day after, and from then on.</summary>
    public static async Task<bool> IsLastAdministrator(Saving saving, PersonId person, LocalDate last) =>
        !await saving.Db.Roles.Where(role => role.Role == Role.Administrator && role.PersonId != person && role.ToOn == null && role.FromOn <= last.PlusDays(1))
            .AnyAsync(role => saving.Db.People.Any(other => other.Id == role.PersonId && other.ToOn == null), saving.Asked.Ct);

    public override async Task<FormRow?> New(Asked asked) => await Place(asked, asked.In) is { } place
        ? new FormRow(place.Title, $"{Root}/ny?i={asked.In}", place.Back, [.. place.Above, new Crumb(Text("New"), $"{Root}/ny?i={asked.In}")],
        [
            .. place.Person is null ? new[] { new FieldRow(FieldKind.Email, "epost", "") { Hint = Text("Hint.epost.Known"), Longest = EmailAddress.Longest } } : [],
            .. place.Programme is null ? [] : new[]
            {
                new FieldRow(FieldKind.Choice, "rolle", "") { Choices = [.. InProgramme.Select(role => new Choice(role.ToString(), RoleText(role)))], Empty = Text("Choose") },
                new FieldRow(FieldKind.Choice, "enhet", "") { Choices = [.. place.Units.Select(unit => new Choice(unit.Id.ToString(), unit.Name))], Empty = Text("WholeProgramme"), IsOptional = true },
            },
            new FieldRow(FieldKind.Date, "fra", Dates.ToField(asked.Today)),
        ])
        : null;

    public override async Task<FormRow?> End(Asked asked)
    {
        if (await asked.Db.Roles.SingleOrDefaultAsync(role => role.Id == new RoleId(asked.Id), asked.Ct) is not { } role
            || await Place(asked, role.ProgrammeId?.Value ?? role.GrantorId?.Value ?? role.PersonId.Value) is not { } place)
        {
            return null;
        }

        var name = await asked.Db.People.Where(person => person.Id == role.PersonId).Select(person => person.Name).SingleAsync(asked.Ct);
        return Ending(asked, $"{name}: {RoleText(role.Role)}", $"{Root}/{role.Id}/avslutt", place.Back, place.Above, role.ToOn, role, mayLastAgain: false);
    }

    public override async Task<Refusal?> Add(Saving saving)
    {
        var asked = saving.Asked;
        var place = (await Place(asked, asked.In))!;
        var from = saving.Form.Date("fra");
        if (place.Person is { } ended && !ended.LastsOn(asked.Today))
        {
            return new AdminRefusal.PersonEnded("fra");
        }

        var (person, refusal) = place.Person is { } known ? (known, null) : await saving.Person("epost");
        if (person is null)
        {
            return refusal;
        }

        var role = place.Programme is not null ? saving.Form.Choice<Role>("rolle") : place.Grantor is not null ? Role.GrantorContact : Role.Administrator;
        if (place.Programme is not null && !InProgramme.Contains(role))
        {
            return new Runs.FlowRefusal.NotFound();
        }

        PlanUnit? unit = null;
        if (place.Programme is not null && saving.Form.Text("enhet") is { Length: > 0 } chosen && (unit = place.Units.FirstOrDefault(one => one.Id.ToString() == chosen)) is null)
        {
            return new Runs.FlowRefusal.NotFound();
        }

        if (saving.Form.Faults.Count > 0)
        {
            return null;
        }

        if (Saving.Leaves(person, from, "fra") is { } leaves)
        {
            return leaves;
        }

        var (programmeId, unitId, grantorId) = (place.Programme?.Id, unit?.Id, place.Grantor?.Id);
        if (await saving.Db.Roles.AnyAsync(
            held => held.PersonId == person.Id && held.Role == role && held.ProgrammeId == programmeId && held.PlanUnitId == unitId && held.GrantorId == grantorId && (held.ToOn == null || held.ToOn >= from), asked.Ct))
        {
            return new AdminRefusal.Twice(place.Person is null ? "epost" : "fra");
        }

        var added = new RoleAssignment(saving.Writing.Ids.Next<RoleId>(), person.Id, role, programmeId, unitId, grantorId, from, person.ToOn);
        saving.Db.Add(added);
        saving.Added("role", added.Id, place.Programme?.Slug ?? "");
        return null;
    }

    public override async Task<Refusal?> Finish(Saving saving)
    {
        var role = await saving.Db.Roles.SingleAsync(role => role.Id == new RoleId(saving.Asked.Id), saving.Asked.Ct);
        var last = saving.Form.Date("siste");
        if (saving.Form.Faults.Count > 0)
        {
            return null;
        }

        if (EndsTooEarly(last, role.FromOn, saving.Asked.Today) is { } early)
        {
            return early;
        }

        // Given anew after it had ended, it would be held twice.
        if (last > role.ToOn && await saving.Db.Roles.AnyAsync(
            other => other.Id != role.Id && other.PersonId == role.PersonId && other.Role == role.Role && other.ProgrammeId == role.ProgrammeId && other.PlanUnitId == role.PlanUnitId && other.GrantorId == role.GrantorId
                && other.FromOn <= last && (other.ToOn == null || other.ToOn > role.ToOn), saving.Asked.Ct))
        {
            return new AdminRefusal.NotThatDay("siste");
        }

        if (role.Role == Role.Administrator && await IsLastAdministrator(saving, role.PersonId, last))
        {
            return new AdminRefusal.LastAdministrator("siste");
        }

        role.End(last);
        var slug = await saving.Db.Programmes.Where(programme => programme.Id == role.ProgrammeId).Select(programme => programme.Slug).FirstOrDefaultAsync(saving.Asked.Ct);
        saving.Ended("role", role.Id, slug ?? "");
        return null;
    }

    private static string Root => $"{AdminRoom.Path}/roller";

    private static Task<List<HeldRole>> Held(Asked asked, IQueryable<RoleAssignment> roles) => roles.Join(
        asked.Db.People, role => role.PersonId, person => person.Id, (role, person) => new HeldRole(
            role, person.Name, person.IsInvented,
            asked.Db.Programmes.Where(programme => programme.Id == role.ProgrammeId).Select(programme => programme.Name).FirstOrDefault()
                ?? asked.Db.Grantors.Where(grantor => grantor.Id == role.GrantorId).Select(grantor => grantor.Name).FirstOrDefault(),
            asked.Db.PlanUnits.Where(unit => unit.Id == role.PlanUnitId).Select(unit => unit.Name).FirstOrDefault())).ToListAsync(asked.Ct);

    private static string Joined(params string?[] parts) => string.Join(", ", parts.OfType<string>());

    private static string RoleText(Role role) => Texts.Of<SignInWords>($"Role.{role}");

    // What the role is in, where the asker may give it.
    private static async Task<RolePlace?> Place(Asked asked, Guid id)
    {
        if (await asked.Programme(new ProgrammeId(id)) is { } programme)
        {
            var units = await asked.Db.PlanUnits.LastingOn(asked.Today).Where(unit => unit.ProgrammeId == programme.Id).OrderBy(unit => unit.Name).ToListAsync(asked.Ct);
            return new RolePlace(Text("Role.New", programme.Name), $"{AdminRoom.Path}/programmer/{programme.Id}", Programmes.CrumbsOf(programme)) { Programme = programme, Units = units };
        }

        if (!asked.IsAdministrator)
        {
            return null;
        }

        if (await asked.Db.Grantors.SingleOrDefaultAsync(grantor => grantor.Id == new GrantorId(id), asked.Ct) is { } grantor)
        {
            var path = $"{AdminRoom.Path}/tilskuddsgivere/{grantor.Id}";
            return new RolePlace(Text("Contact.New"), path, [Administration.Lines.Front, new Crumb(Text("Grantors"), $"{AdminRoom.Path}/tilskuddsgivere"), new Crumb(grantor.Code, path)]) { Grantor = grantor };
        }

        var back = $"{AdminRoom.Path}/personer/{id}";
        return await asked.Db.People.SingleOrDefaultAsync(person => person.Id == new PersonId(id), asked.Ct) is { } one
            ? new RolePlace(Text("Role.New.Administrator"), back, [Administration.Lines.Front, new Crumb(Text("People"), $"{AdminRoom.Path}/personer"), new Crumb(one.Name, back)]) { Person = one } : null;
    }

    private sealed record HeldRole(RoleAssignment Role, string Name, bool IsInvented, string? In, string? Unit);

    private sealed record RolePlace(string Title, string Back, IReadOnlyList<Crumb> Above)
    {
        public Programme? Programme { get; init; }

        public Grantor? Grantor { get; init; }

        public Person? Person { get; init; }

        public IReadOnlyList<PlanUnit> Units { get; init; } = [];
    }
}
