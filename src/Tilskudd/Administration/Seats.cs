using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices.Mailing;
using Tilskudd.Year;

namespace Tilskudd.Administration;

/// <summary>The seats of a body: who has each for which period, for which party or list, and whose deputy.</summary>
internal sealed class Seats() : Register("plasser")
{
    public static string RoleText(SeatRole role) => Texts.Of<YearWords>($"Seat.{role}");

    /// <summary>A seat as it is listed: who has it, and for which part.</summary>
    public static TaskRow Line(Body body, Seat seat, IReadOnlyDictionary<PersonId, Person> people, NodaTime.LocalDate today)
    {
        var person = seat.PersonId is { } id ? people[id] : null;
        return Lines.Task($"{person?.Name ?? Text("Vacant")}: {RoleText(seat.Role)}", $"{Root}/{seat.Id}/endre", today, seat.ToOn, Hint(body, seat, people), seat.FromOn) with { IsInvented = person?.IsInvented == true };
    }

    // Group, order, whose deputy, and since when.
    private static string Hint(Body body, Seat seat, IReadOnlyDictionary<PersonId, Person> people) => string.Join(", ", new[]
    {
        seat.Group, seat.Order is { } order ? Text("Seat.Order", order) : null,
        seat.StandsInFor is { } other && body.Seats.Single(one => one.Id == other).PersonId is { } person ? Text("Seat.For", people[person].Name) : null,
        Text("Since", Dates.WithYear(seat.FromOn)),
    }.Where(part => !string.IsNullOrEmpty(part)));

    public override async Task<FormRow?> New(Asked asked)
    {
        var (body, programme) = await Of(asked, new BodyId(asked.In));
        return body is null || programme is null ? null
            : new FormRow(Text("Seat.New"), $"{Root}/ny?i={body.Id}", PathOf(body), [.. CrumbsOf(programme, body), new Crumb(Text("New"), $"{Root}/ny?i={body.Id}")],
            [
                Person(""),
                Kind("") with { Empty = Text("Choose") },
                .. await Fields(asked, body, null),
                new(FieldKind.Date, "fra", Dates.ToField(asked.Today)),
            ])
            {
                Version = asked.Version(body),
            };
    }

    public override async Task<FormRow?> Edit(Asked asked)
    {
        var (body, seat, programme) = await Find(asked);
        if (body is null || seat is null || programme is null)
        {
            return null;
        }

        var person = seat.PersonId is { } id ? await asked.Db.People.SingleAsync(person => person.Id == id, asked.Ct) : null;
        return new FormRow(Text("Seat.Change", person?.Name ?? Text("Vacant"), RoleText(seat.Role)), $"{Root}/{seat.Id}/endre", PathOf(body), [.. CrumbsOf(programme, body), new Crumb(Text("Change"), $"{Root}/{seat.Id}/endre")],
            [Person(person?.Email ?? ""), Kind(seat.Role.ToString()), new(FieldKind.Date, "fra", "") { Label = ".Succeed", Hint = Text("Hint.fra.Succeed"), IsOptional = true }, .. await Fields(asked, body, seat)])
        {
            Version = asked.Version(body),
            End = $"{Root}/{seat.Id}/avslutt",
            Beside = seat.PersonId is not null && seat.Role is SeatRole.Leader or SeatRole.DeputyLeader or SeatRole.Member && seat.HoldsOn(asked.Today)
                ? new PageLink(Text("Seat.Substitute"), Approval.SubstitutePages.PathOf(seat.Id)) : null,
        };
    }

    public override async Task<FormRow?> End(Asked asked)
    {
        var (body, seat, programme) = await Find(asked);
        var name = seat?.PersonId is { } id ? await asked.Db.People.Where(person => person.Id == id).Select(person => person.Name).SingleAsync(asked.Ct) : Text("Vacant");
        return body is null || seat is null || programme is null ? null
            : Ending(asked, $"{name}: {RoleText(seat.Role)}", $"{Root}/{seat.Id}/avslutt", PathOf(body), CrumbsOf(programme, body), seat.ToOn, body, mayLastAgain: false) with { Lead = Text("Seat.End.Lead") };
    }

    public override async Task<Refusal?> Add(Saving saving)
    {
        var (body, programme) = await Of(saving.Asked, new BodyId(saving.Asked.In));
        var (person, refusal) = await saving.Person("epost", isOptional: true);
        var (role, from) = (saving.Form.Choice<SeatRole>("plass"), saving.Form.Date("fra"));
        var (order, group, standsInFor) = Read(saving.Form, body!);
        if (refusal is not null || saving.Form.Faults.Count > 0)
        {
            return refusal;
        }

        if ((Saving.Leaves(person, from, "fra") ?? Clash(body!, null, person?.Id, role, standsInFor, from)) is { } clash)
        {
            return clash;
        }

        var added = body!.Add(saving.Writing.Ids.Next<SeatId>(), role, person?.Id, order, group, standsInFor, from, null);
        LeaveWith(saving, body, added, person);
        saving.Added("seat", added.Id, programme!.Slug);
        return null;
    }

    public override async Task<Refusal?> Change(Saving saving)
    {
        var (body, seat, programme) = await Find(saving.Asked);
        var (person, refusal) = await Holder(saving, seat!);
        var role = saving.Form.Choice<SeatRole>("plass");
        var (order, group, standsInFor) = Read(saving.Form, body!);
        var from = person?.Id == seat!.PersonId ? null : (NodaTime.LocalDate?)saving.Form.Date("fra");
        if (refusal is not null || saving.Form.Faults.Count > 0)
        {
            return refusal;
        }

        // Somebody is to have it from a day on, and nobody is named: it must not look as if that was saved.
        if (person?.Id == seat.PersonId && saving.Form.Text("fra").Length > 0)
        {
            return new AdminRefusal.NobodyTakesOver("fra");
        }

        if (standsInFor == seat.Id)
        {
            return new AdminRefusal.Twice("for");
        }

        if ((role == seat.Role ? null : await Fixed(saving, body!, seat, role)) is { } isFixed)
        {
            return isFixed;
        }

        if ((role, standsInFor, from) != (seat.Role, seat.StandsInFor, null) && Clash(body!, seat, from is null ? seat.PersonId : person?.Id, role, standsInFor, from ?? seat.FromOn) is { } clash)
        {
            return clash;
        }

        seat.Correct(role);
        seat.Place(order, group, standsInFor);
        if (from is { } day && Pass(saving, body!, seat, person, day) is { } no)
        {
            return no;
        }

        saving.Changed("seat", seat.Id, seat, programme!.Slug);
        return null;
    }

    public override async Task<Refusal?> Finish(Saving saving)
    {
        var (body, seat, programme) = await Find(saving.Asked);
        var last = saving.Form.Date("siste");
        if (saving.Form.Faults.Count > 0)
        {
            return null;
        }

        // A personal deputy has nobody to stand in for any more.
        foreach (var ending in body!.Seats.Where(other => other == seat || (other.IsDeputyOf(seat!) && other.LastsOn(last.PlusDays(1)))))
        {
            if (EndsTooEarly(last, ending.FromOn, saving.Asked.Today) is { } early)
            {
                return early;
            }

            // Whoever has taken over has the place, and nobody has two.
            if (body.Seats.Any(other => other.FromOn > ending.ToOn && other.FromOn <= last && (other.PersonId == ending.PersonId || (other.Role, other.Group, other.Order) == (ending.Role, ending.Group, ending.Order))))
            {
                return new AdminRefusal.NotThatDay("siste");
            }

            ending.End(last);
        }

        saving.Ended("seat", seat!.Id, programme!.Slug);
        return null;
    }

    // Who has the seat may stay in it, also one who is ended.
    private static async Task<(Person? Person, Refusal? Refusal)> Holder(Saving saving, Seat seat)
    {
        var held = seat.PersonId is { } id ? await saving.Db.People.SingleAsync(person => person.Id == id, saving.Asked.Ct) : null;
        return held is not null && EmailAddress.Read(saving.Form.Text("epost"))?.Text == held.Email ? (held, null) : await saving.Person("epost", isOptional: true);
    }

    // Why a seat is not this of this person from a day on, beside the others that last then.
    private static AdminRefusal? Clash(Body body, Seat? seat, PersonId? person, SeatRole role, SeatId? standsInFor, NodaTime.LocalDate from)
    {
        var others = body.Seats.Where(other => other != seat && other.LastsOn(from) && !(other.FromOn > seat?.ToOn)).ToList();
        return standsInFor is not null && role != SeatRole.Deputy ? new AdminRefusal.NoDeputy("for")
            : person is not null && others.Exists(other => other.PersonId == person && (other.Role == SeatRole.Deputy) == (role == SeatRole.Deputy)) ? new AdminRefusal.Twice("epost")
            : role is SeatRole.Leader or SeatRole.DeputyLeader && others.Exists(other => other.Role == role) ? new AdminRefusal.SeatTaken("plass")
            : null;
    }

    /// <summary>Lets a seat go on that has not been left yet; what was to come after it is taken away, unless a case, a meeting or a leave has it already.</summary>
    /// <returns>Whether it goes on.</returns>
    public static async Task<bool> Rejoin(Saving saving, Body body, Seat seat, Seat vacancy)
    {
        foreach (var coming in body.Comes(vacancy))
        {
            if (coming.FromOn <= saving.Asked.Today || await IsUsed(saving, coming))
            {
                return false;
            }
        }

        body.Rejoin(seat, vacancy);
        return true;
    }

    private static async Task<bool> IsUsed(Saving saving, Seat seat)
    {
        var (db, ct) = (saving.Db, saving.Asked.Ct);
        return await db.Rounds.AnyAsync(round => round.Seats.Any(known => known.SeatId == seat.Id), ct) || await db.Meetings.AnyAsync(meeting => meeting.Seats.Any(known => known.SeatId == seat.Id), ct)
            || await db.Set<Substitute>().AnyAsync(named => named.SeatId == seat.Id, ct);
    }

    // Why a seat cannot have been written down as another kind than it is.
    private static async Task<AdminRefusal?> Fixed(Saving saving, Body body, Seat seat, SeatRole role) =>
        role == SeatRole.Deputy && body.Seats.Any(other => other.IsDeputyOf(seat) && other.LastsOn(seat.FromOn)) ? new AdminRefusal.SeatHasDeputy("plass")
        : await IsUsed(saving, seat) ? new AdminRefusal.SeatUsed("plass")
        : null;

    // Gives the seat to another person, or lets it stand vacant, from a day on.
    private static AdminRefusal? Pass(Saving saving, Body body, Seat seat, Person? person, NodaTime.LocalDate day)
    {
        // A place that has stood vacant from that very day is filled, and not succeeded.
        var isFilled = seat.PersonId is null && day == seat.FromOn && person is not null;

        // Nobody has had it for a day yet: it was given to another by mistake.
        var isMistaken = seat.PersonId is not null && day == seat.FromOn && day >= saving.Asked.Today && person is not null;
        if (day <= seat.FromOn && !isFilled && !isMistaken)
        {
            return new AdminRefusal.EndsBeforeItBegins("fra", seat.FromOn);
        }

        if (!seat.LastsOn(day))
        {
            return new AdminRefusal.NotThatDay("fra");
        }

        if (Saving.Leaves(person, day, "fra") is { } leaves)
        {
            return leaves;
        }

        if (isFilled)
        {
            seat.Fill(person!.Id);
        }
        else if (isMistaken)
        {
            seat.GiveInstead(person!.Id);
        }

        LeaveWith(saving, body, isFilled || isMistaken ? seat : body.Succeed(seat, person?.Id, day, saving.Writing.Ids.Next<SeatId>), person);
        return null;
    }

    // Who leaves on a day that is yet to come has the seat until then, and then it stands vacant.
    private static void LeaveWith(Saving saving, Body body, Seat seat, Person? person)
    {
        if (person?.ToOn is { } last && seat.LastsOn(last.PlusDays(1)))
        {
            body.Succeed(seat, null, last.PlusDays(1), saving.Writing.Ids.Next<SeatId>);
        }
    }

    private const int LongestGroup = 40;
    private const int MostSeats = 200;

    private static string Root => $"{AdminRoom.Path}/plasser";

    private static string PathOf(Body body) => $"{AdminRoom.Path}/organer/{body.Id}";

    private static IReadOnlyList<Crumb> CrumbsOf(Programme programme, Body body) => [.. Programmes.CrumbsOf(programme), new Crumb(body.Name, PathOf(body))];

    private static FieldRow Person(string address) => new(FieldKind.Email, "epost", address) { Label = ".Seat", Hint = Text("Hint.epost.Seat"), IsOptional = true, Longest = EmailAddress.Longest };

    private static FieldRow Kind(string role) => new(FieldKind.Choice, "plass", role) { Choices = [.. Enum.GetValues<SeatRole>().Select(one => new Choice(one.ToString(), RoleText(one)))] };

    private static async Task<IEnumerable<FieldRow>> Fields(Asked asked, Body body, Seat? seat)
    {
        var people = body.Seats.Select(other => other.PersonId).OfType<PersonId>().ToList();
        var names = await asked.Db.People.Where(person => people.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, asked.Ct);
        return
        [
            new(FieldKind.Line, "gruppe", seat?.Group ?? "") { Hint = Text("Hint.gruppe"), IsOptional = true, Longest = LongestGroup },
            new(FieldKind.Line, "rekkefolge", $"{seat?.Order}") { Hint = Text("Hint.rekkefolge"), IsOptional = true, Longest = 3 },
            new(FieldKind.Choice, "for", $"{seat?.StandsInFor}")
            {
                Hint = Text("Hint.for"),
                Choices = [.. body.Seats.Where(other => (other.LastsOn(asked.Today) || other.Id == seat?.StandsInFor) && other.Id != seat?.Id && other.Role != SeatRole.Deputy).Select(other => new Choice(other.Id.ToString(), $"{(other.PersonId is { } person ? names[person] : Text("Vacant"))}: {RoleText(other.Role)}"))],
                Empty = Text("Nobody"),
                IsOptional = true,
            },
        ];
    }

    private static (int? Order, string? Group, SeatId? StandsInFor) Read(TypedForm form, Body body)
    {
        var (order, group) = (form.OptionalNumber("rekkefolge", 1, MostSeats), form.OptionalLine("gruppe", LongestGroup));
        var other = form.Text("for").Length == 0 ? null : form.Choice("for", body.Seats.Select(seat => seat.Id.ToString()));
        return (order, group.Length == 0 ? null : group, other is null ? null : body.Seats.Single(seat => seat.Id.ToString() == other).Id);
    }

    private static async Task<(Body? Body, Programme? Programme)> Of(Asked asked, BodyId id)
    {
        var body = await asked.Db.Bodies.SingleOrDefaultAsync(body => body.Id == id, asked.Ct);
        return (body, body is null ? null : await asked.Programme(body.ProgrammeId));
    }

    private static async Task<(Body? Body, Seat? Seat, Programme? Programme)> Find(Asked asked)
    {
        var id = new SeatId(asked.Id);
        var body = await asked.Db.Bodies.SingleOrDefaultAsync(body => body.Seats.Any(seat => seat.Id == id), asked.Ct);
        return (body, body?.Seats.Single(seat => seat.Id == id), body is null ? null : await asked.Programme(body.ProgrammeId));
    }
}
