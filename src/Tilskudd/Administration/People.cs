using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.SignIn;

namespace Tilskudd.Administration;

/// <summary>
/// Those who take part. A programme leader adds people; to change or end somebody, who may have a part elsewhere or more to say than the
/// leader, is for administrators.
/// </summary>
internal sealed class People(SecretSource secrets, PersonalLinks links) : Register("personer")
{
    public const int LongestParty = 40;

    private static readonly string[] Languages = ["nb", "nn", "en"];

    public override async Task<ListRow?> List(Asked asked)
    {
        if (!asked.IsAdministrator)
        {
            return null;
        }

        var sought = SearchText.Read(asked.Query("sok"));
        var number = Paging.Read(asked.Query("side"));
        var found = await Found(asked, sought, number);
        return new ListRow(Text("People"), Root, Crumbs,
            [new ListPart("personer", Text("People"), [.. found.Take(Paging.Rows).Select(person => Lines.Task(person.Name, $"{Root}/{person.Id}", asked.Today, person.ToOn, person.Email) with { IsInvented = person.IsInvented })], Text("People.None"))])
        {
            Links = [new PageLink(Text("Person.New"), $"{Root}/ny"), new PageLink(Text("Import.Title"), PeopleImport.Path)],
            Search = sought,
            Paging = new Paging(number, found.Count > Paging.Rows),
        };
    }

    // The databases take Æ, Ø and Å each in their own way, so names are searched here.
    private static async Task<List<Person>> Found(Asked asked, string sought, int number)
    {
        var people = asked.Db.People.OrderBy(person => person.Name).ThenBy(person => person.Id);
        if (sought.Length == 0)
        {
            return await people.OnPage(number).ToListAsync(asked.Ct);
        }

        var names = await people.Select(person => new { person.Id, person.Name, person.Email }).ToListAsync(asked.Ct);
        var ids = names.Where(person => SearchText.Fits(sought, $"{person.Name} {person.Email}")).AsQueryable().OnPage(number).Select(person => person.Id).ToList();
        return await people.Where(person => ids.Contains(person.Id)).ToListAsync(asked.Ct);
    }

    public override async Task<ListRow?> Show(Asked asked)
    {
        if (await Find(asked) is not { } person)
        {
            return null;
        }

        var roles = await Roles.Lines(asked, asked.Db.Roles.Where(role => role.PersonId == person.Id), named: false);
        var seats = await asked.Db.Bodies.Where(body => body.Seats.Any(seat => seat.PersonId == person.Id)).ToListAsync(asked.Ct);
        return new ListRow(person.Name, $"{Root}/{person.Id}", [.. Crumbs, new Crumb(person.Name, $"{Root}/{person.Id}")],
        [
            new ListPart("roller", Text("Roles"), roles, Text("Roles.None"), [.. person.LastsOn(asked.Today) ? new[] { new PageLink(Text("Role.New.Administrator"), $"{AdminRoom.Path}/roller/ny?i={person.Id}") } : []]),
            new ListPart("plasser", Text("Seats"), [.. seats.SelectMany(body => body.Seats.Where(seat => seat.PersonId == person.Id), (body, seat) => Lines.Task($"{body.Name}: {Seats.RoleText(seat.Role)}", $"{AdminRoom.Path}/organer/{body.Id}", asked.Today, seat.ToOn, fromOn: seat.FromOn))], Text("Seats.None")),
        ])
        {
            IsInvented = person.IsInvented,
            Summary = [new SummaryRow(Text("Field.epost"), person.Email), new SummaryRow(Text("Field.sprak"), Layout.Languages.Find(person.Language)!.Value.OwnName()), .. Parties(person), .. Lines.Ended(person.ToOn)],
            Links = [new PageLink(Text("Change"), $"{Root}/{person.Id}/endre"), new PageLink(Text(person.ToOn is null ? "End" : "End.Again"), $"{Root}/{person.Id}/avslutt")],
        };
    }

    public override Task<FormRow?> New(Asked asked) => Task.FromResult(Registers.MayAdminister(asked.Me)
        ? new FormRow(Text("Person.New"), $"{Root}/ny", asked.IsAdministrator ? Root : AdminRoom.Path, [.. Crumbs, new Crumb(Text("New"), $"{Root}/ny")], Fields("", "", "nb", "")) { Lead = Text("Person.New.Lead") } : null);

    public override async Task<FormRow?> Edit(Asked asked) => await Find(asked) is { } person
        ? new FormRow(person.Name, $"{Root}/{person.Id}/endre", $"{Root}/{person.Id}", [.. Crumbs, new Crumb(person.Name, $"{Root}/{person.Id}"), new Crumb(Text("Change"), $"{Root}/{person.Id}/endre")], Fields(person.Name, person.Email, person.Language, person.Party))
        {
            Version = asked.Version(person),
        }
        : null;

    public override async Task<FormRow?> End(Asked asked)
    {
        if (await Find(asked) is not { } person)
        {
            return null;
        }

        var row = Ending(asked, person.Name, $"{Root}/{person.Id}/avslutt", $"{Root}/{person.Id}", [.. Crumbs, new Crumb(person.Name, $"{Root}/{person.Id}")], person.ToOn, person);
        row = person.ToOn is null ? row with { Lead = Text("Person.End.Lead") } : row with { Title = Text("End.Again.Title", person.Name), Lead = Text("Person.End.Lead.Again"), Button = Text("Save") };
        var offered = await EndedWith(asked, person);
        return offered.Count == 0 ? row : row with
        {
            Fields = [.. row.Fields, new FieldRow(FieldKind.Several, "tilbake", string.Join(',', offered.Select(one => one.Value))) { Hint = Text("Hint.tilbake"), Choices = offered, IsOptional = true }],
        };
    }

    public override async Task<Refusal?> Add(Saving saving)
    {
        var typed = Read(saving.Form);
        if (await Refused(saving, typed.Address, default) is { } refusal)
        {
            return refusal;
        }

        var person = new Person(saving.Writing.Ids.Next<PersonId>(), typed.Name, typed.Address!.Text, typed.Language, typed.Party, isInvented: false, secrets.Token());
        saving.Db.Add(person);
        saving.Next = saving.Asked.IsAdministrator ? $"{Root}/{person.Id}" : null;
        saving.Added("person", person.Id);
        return null;
    }

    public override async Task<Refusal?> Change(Saving saving)
    {
        var person = (await Find(saving.Asked))!;
        var typed = Read(saving.Form);
        if (await Refused(saving, typed.Address, person.Id) is { } refusal)
        {
            return refusal;
        }

        var isMoved = person.Email != typed.Address!.Text;
        person.Change(typed.Name, typed.Address.Text, typed.Language, typed.Party);
        saving.Changed("person", person.Id, person);
        if (isMoved)
        {
            await Move(saving, person.Id);
        }

        return null;
    }

    // The old address may be somebody else's: what was sent there opens nothing more, and what waits for an answer is asked for anew.
    private async Task Move(Saving saving, PersonId person)
    {
        var (w, ct) = (saving.Writing, saving.Asked.Ct);
        await Links.Revoke(w, person, LinkEnd.NewAddress, ct);
        if (person != saving.Asked.Me.Id)
        {
            await Sessions.EndAll(w, person, ct);
        }

        await links.Send(w, person, $"address/{w.Now.ToUnixTimeMilliseconds()}", onlyUnanswered: true, may: null, ct);
    }

    // Roles end with the person. A seat does not: it stands vacant until somebody else has it.
    public override async Task<Refusal?> Finish(Saving saving)
    {
        var person = (await Find(saving.Asked))!;
        var last = saving.Form.OptionalDate("siste");
        var back = saving.Form.Several("tilbake", [.. (await EndedWith(saving.Asked, person)).Select(one => one.Value)]);
        if (saving.Form.Faults.Count > 0)
        {
            return null;
        }

        if (last is null || last > person.ToOn)
        {
            await TakeBack(saving, person, back);
        }

        if (last is { } day && await Leave(saving, person, day) is { } refusal)
        {
            return refusal;
        }

        person.End(last);
        if (last is null)
        {
            saving.Changed("person", person.Id, person);
        }
        else
        {
            saving.Ended("person", person.Id);
        }

        return null;
    }

    private static async Task<Refusal?> Leave(Saving saving, Person person, NodaTime.LocalDate last)
    {
        var after = last.PlusDays(1);
        var roles = (await saving.Db.Roles.Where(role => role.PersonId == person.Id).ToListAsync(saving.Asked.Ct)).Where(role => role.LastsOn(after)).ToList();
        if (roles.Exists(role => role.Role == Role.Administrator) && await Roles.IsLastAdministrator(saving, person.Id, last))
        {
            return new AdminRefusal.LastAdministrator("siste");
        }

        if (roles.Where(role => role.FromOn > last).Select(role => role.FromOn).Order().Cast<NodaTime.LocalDate?>().LastOrDefault() is { } begins)
        {
            return new AdminRefusal.EndsBeforeItBegins("siste", begins);
        }

        roles.ForEach(role => role.End(last));
        foreach (var body in await BodiesOf(saving.Asked, person))
        {
            foreach (var seat in body.Seats.Where(seat => seat.PersonId == person.Id && seat.LastsOn(after)).ToList())
            {
                if (seat.FromOn > last)
                {
                    return new AdminRefusal.EndsBeforeItBegins("siste", seat.FromOn);
                }

                // Who leaves earlier than was said leaves one vacancy, from that day.
                if (body.LeftVacant(seat, saving.Asked.Today) is { } vacancy)
                {
                    await Seats.Rejoin(saving, body, seat, vacancy);
                }

                body.Succeed(seat, null, after, saving.Writing.Ids.Next<SeatId>);
            }
        }

        return null;
    }

    // What has the person's own last day ended with it, as far as anything stored tells: whoever takes the person back sees each, and chooses.
    private static async Task<IReadOnlyList<Choice>> EndedWith(Asked asked, Person person)
    {
        if (person.ToOn is not { } last)
        {
            return [];
        }

        var bodies = await BodiesOf(asked, person);
        return
        [
            .. await Roles.Choices(asked, asked.Db.Roles.Where(role => role.PersonId == person.Id && role.ToOn == last && role.FromOn <= last)),
            .. bodies.SelectMany(body => Vacated(asked, body, person).Select(one => new Choice($"{one.Vacancy.Id}", $"{body.Name}: {Seats.RoleText(one.Left.Role)}"))),
        ];
    }

    private static async Task TakeBack(Saving saving, Person person, IReadOnlyList<string> chosen)
    {
        var slugs = await saving.Db.Programmes.Where(programme => saving.Db.Roles.Any(role => role.PersonId == person.Id && role.ProgrammeId == programme.Id) || saving.Db.Bodies.Any(body => body.ProgrammeId == programme.Id && body.Seats.Any(seat => seat.PersonId == person.Id)))
            .ToDictionaryAsync(programme => programme.Id, programme => programme.Slug, saving.Asked.Ct);
        foreach (var role in (await saving.Db.Roles.Where(role => role.PersonId == person.Id).OrderBy(role => role.Id).ToListAsync(saving.Asked.Ct)).Where(role => chosen.Contains($"{role.Id}")))
        {
            role.GoOn();
            saving.Changed("role", role.Id, role, role.ProgrammeId is { } programme ? slugs[programme] : "");
        }

        foreach (var body in await BodiesOf(saving.Asked, person))
        {
            foreach (var (left, vacancy) in Vacated(saving.Asked, body, person).Where(one => chosen.Contains($"{one.Vacancy.Id}")).ToList())
            {
                if (await Seats.Rejoin(saving, body, left, vacancy))
                {
                    saving.Changed("seat", left.Id, left, slugs[body.ProgrammeId]);
                    continue;
                }

                vacancy.Fill(person.Id);
                saving.Changed("seat", vacancy.Id, vacancy, slugs[body.ProgrammeId]);
            }
        }
    }

    // The seats that ended with the person, each with the one that stands vacant since.
    private static IEnumerable<(Seat Left, Seat Vacancy)> Vacated(Asked asked, Body body, Person person) => body.Seats.Where(seat => body.ToOn is null && seat.PersonId == person.Id && seat.ToOn == person.ToOn)
        .Select(seat => (Left: seat, Vacancy: body.LeftVacant(seat, asked.Today)!)).Where(one => one.Vacancy is not null).DistinctBy(one => one.Vacancy);

    private static Task<List<Body>> BodiesOf(Asked asked, Person person) =>
        asked.Db.Bodies.Where(body => body.Seats.Any(seat => seat.PersonId == person.Id)).OrderBy(body => body.Id).ToListAsync(asked.Ct);

    private static string Root => $"{AdminRoom.Path}/personer";

    private static IReadOnlyList<Crumb> Crumbs => [Lines.Front, new Crumb(Text("People"), Root)];

    private static async Task<Person?> Find(Asked asked) => asked.IsAdministrator ? await asked.Db.People.SingleOrDefaultAsync(person => person.Id == new PersonId(asked.Id), asked.Ct) : null;

    private static FieldRow[] Fields(string name, string address, string language, string party) =>
    [
        new(FieldKind.Line, "navn", name) { Label = ".Person" },
        new(FieldKind.Email, "epost", address) { Longest = EmailAddress.Longest },
        new(FieldKind.Choice, "sprak", language) { Choices = [.. Layout.Languages.All.Select(known => new Choice(known.Code(), known.OwnName()))] },
        new(FieldKind.Line, "parti", party) { IsOptional = true, Hint = Text("Hint.parti"), Longest = LongestParty },
    ];

    private static (string Name, EmailAddress? Address, string Language, string Party) Read(TypedForm form) =>
        (form.Line("navn", AdminRoom.LongestName), EmailAddress.Read(form.Text("epost")), form.Choice("sprak", Languages) ?? "nb", form.OptionalLine("parti", LongestParty));

    private static async Task<Refusal?> Refused(Saving saving, EmailAddress? address, PersonId but) =>
        address is null ? new AdminRefusal.AddressWrong("epost")
        : await saving.Db.People.AnyAsync(other => other.Email == address.Text && other.Id != but, saving.Asked.Ct) ? new AdminRefusal.AddressTaken("epost") : null;

    private static IEnumerable<SummaryRow> Parties(Person person)
    {
        if (person.Party.Length > 0)
        {
            yield return new SummaryRow(Text("Field.parti"), person.Party);
        }
    }
}
