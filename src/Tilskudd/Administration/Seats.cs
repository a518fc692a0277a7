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
    public static TaskRow Line(Body body, Seat seat, IReadOnlyDictionary<PersonId, Person> people)
    {
        var person = seat.PersonId is { } id ? people[id] : null;
        return Lines.Task($"{person?.Name ?? Text("Vacant")}: {RoleText(seat.Role)}", $"{Root}/{seat.Id}/endre", seat.ToOn, Hint(body, seat, people)) with { IsInvented = person?.IsInvented == true };
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
                new(FieldKind.Choice, "plass", "") { Choices = [.. Enum.GetValues<SeatRole>().Select(role => new Choice(role.ToString(), RoleText(role)))], Empty = Text("Choose") },
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
            [Person(person?.Email ?? ""), new(FieldKind.Date, "fra", "") { Label = ".Succeed", Hint = Text("Hint.fra.Succeed"), IsOptional = true }, .. await Fields(asked, body, seat)])
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

        var lasting = body!.Seats.Where(seat => seat.ToOn is null || seat.ToOn >= from).ToList();
        if (person is not null && lasting.Any(seat => seat.PersonId == person.Id && (seat.Role == SeatRole.Deputy) == (role == SeatRole.Deputy)))
        {
            return new AdminRefusal.Twice("epost");
        }

        if (role is SeatRole.Leader or SeatRole.DeputyLeader && lasting.Any(seat => seat.Role == role))
        {
            return new AdminRefusal.SeatTaken("plass");
        }

        var added = body.Add(saving.Writing.Ids.Next<SeatId>(), role, person?.Id, order, group, standsInFor, from, null);
        saving.Added("seat", added.Id, programme!.Slug);
        return null;
    }

    public override async Task<Refusal?> Change(Saving saving)
    {
        var (body, seat, programme) = await Find(saving.Asked);
        var (person, refusal) = await saving.Person("epost", isOptional: true);
        var (order, group, standsInFor) = Read(saving.Form, body!);
        var from = person?.Id == seat!.PersonId ? null : (NodaTime.LocalDate?)saving.Form.Date("fra");
        if (refusal is not null || saving.Form.Faults.Count > 0)
        {
            return refusal;
        }

        if (standsInFor == seat.Id)
        {
            return new AdminRefusal.Twice("for");
        }

        seat.Place(order, group, standsInFor);
        if (from is { } day)
        {
            // A place that has stood vacant from that very day is filled, and not succeeded.
            var isFilled = seat.PersonId is null && day == seat.FromOn && person is not null;

            // Nobody has had it for a day yet: it was given to another by mistake.
            var isMistaken = seat.PersonId is not null && day == seat.FromOn && day >= saving.Asked.Today && person is not null;
            if (day <= seat.FromOn && !isFilled && !isMistaken)
            {
                return new AdminRefusal.EndsBeforeItBegins("fra", seat.FromOn);
            }

            if (day > seat.ToOn)
            {
                return new AdminRefusal.NotThatDay("fra");
            }

            if (person is not null && body!.Seats.Any(other => other.Id != seat.Id && other.PersonId == person.Id && (other.Role == SeatRole.Deputy) == (seat.Role == SeatRole.Deputy) && (other.ToOn is null || other.ToOn >= day)))
            {
                return new AdminRefusal.Twice("epost");
            }

            if (isFilled)
            {
                seat.Fill(person!.Id);
            }
            else if (isMistaken)
            {
                seat.GiveInstead(person!.Id);
            }
            else
            {
                body!.Succeed(seat, person?.Id, day, saving.Writing.Ids.Next<SeatId>);
            }
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
        foreach (var ending in body!.Seats.Where(other => other == seat || (other.StandsInFor == seat!.Id && (other.ToOn is null || other.ToOn > last))))
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

    private const int LongestGroup = 40;
    private const int MostSeats = 200;

    private static string Root => $"{AdminRoom.Path}/plasser";

    private static string PathOf(Body body) => $"{AdminRoom.Path}/organer/{body.Id}";

    private static IReadOnlyList<Crumb> CrumbsOf(Programme programme, Body body) => [.. Programmes.CrumbsOf(programme), new Crumb(body.Name, PathOf(body))];

    private static FieldRow Person(string address) => new(FieldKind.Email, "epost", address) { Label = ".Seat", Hint = Text("Hint.epost.Seat"), IsOptional = true, Longest = EmailAddress.Longest };

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
                Choices = [.. body.Seats.Where(other => other.ToOn is null && other.Id != seat?.Id && other.Role != SeatRole.Deputy).Select(other => new Choice(other.Id.ToString(), $"{(other.PersonId is { } person ? names[person] : Text("Vacant"))}: {RoleText(other.Role)}"))],
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
