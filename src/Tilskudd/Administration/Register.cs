using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices.Mailing;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Administration;

/// <summary>
/// A kind of thing that is kept on pages: who it is for, what its forms ask, and what is saved. What is over is ended
/// after a day; what was registered by mistake, and nothing rests on, may be taken away. A method that answers null says that there is no such page for the one who asks.
/// </summary>
/// <param name="path">Its word in addresses.</param>
internal abstract class Register(string path)
{
    public string Path => path;

    /// <summary>All of them.</summary>
    public virtual Task<ListRow?> List(Asked asked) => Task.FromResult<ListRow?>(null);

    /// <summary>One of them, with what belongs to it.</summary>
    public virtual Task<ListRow?> Show(Asked asked) => Task.FromResult<ListRow?>(null);

    /// <summary>The empty form. What it is to belong to stands in the address as <c>?i=</c>.</summary>
    public virtual Task<FormRow?> New(Asked asked) => Task.FromResult<FormRow?>(null);

    public virtual Task<FormRow?> Edit(Asked asked) => Task.FromResult<FormRow?>(null);

    /// <summary>The form that asks after which day it is over.</summary>
    public virtual Task<FormRow?> End(Asked asked) => Task.FromResult<FormRow?>(null);

    public virtual Task<Refusal?> Add(Saving saving) => throw new InvalidOperationException($"{path} has no form to add by.");

    public virtual Task<Refusal?> Change(Saving saving) => throw new InvalidOperationException($"{path} has no form to change by.");

    public virtual Task<Refusal?> Finish(Saving saving) => throw new InvalidOperationException($"{path} has no form to end by.");

    /// <summary>The form that takes away what was registered by mistake.</summary>
    public virtual Task<FormRow?> Removal(Asked asked) => Task.FromResult<FormRow?>(null);

    public virtual Task<Refusal?> Remove(Saving saving) => throw new InvalidOperationException($"{path} has no form to take away by.");

    /// <summary>Whether a name is among those in use: one that differs in the size of its letters alone is no other, and databases fold letters each in their own way.</summary>
    protected static async Task<bool> IsAmong(IQueryable<string> names, string name, CancellationToken ct) => (await names.ToListAsync(ct)).Contains(name, StringComparer.OrdinalIgnoreCase);

    protected static string Text(string key, params object[] arguments) => Texts.Of<AdminWords>(key, arguments);

    /// <summary>Why a period cannot be another, or null: a year it has covered, and whose flows are not at their end, stays in it.</summary>
    /// <param name="runs">The flows it is about.</param>
    /// <param name="plans">The plans it is about; those of this year and later are under way also where their flow is at its end.</param>
    /// <param name="covers">Whether it has covered a year.</param>
    protected static async Task<AdminRefusal?> LeftOut(Saving saving, IQueryable<Run> runs, IQueryable<Handlingsplan> plans, Func<GrantYear, bool> covers, int? from, int? to)
    {
        var years = await runs.IgnoreAutoIncludes().Where(run => run.ClosedAt == null).Select(run => run.Year).Distinct().ToListAsync(saving.Asked.Ct);
        years.AddRange((await plans.IgnoreAutoIncludes().Select(plan => plan.Year).Distinct().ToListAsync(saving.Asked.Ct)).Where(year => year.Number >= saving.Asked.Today.Year));
        var left = years.Where(year => covers(year) && (year.Number < from || year.Number > to)).Order().ToList();
        return left.Count == 0 ? null : left[0].Number < from ? new AdminRefusal.YearUnderWay("fra", left[0].Number) : new AdminRefusal.YearUnderWay("til", left[^1].Number);
    }

    /// <summary>Why a seat or a role cannot end on a day, or null: it has been held from its first day, unless that is not over yet.</summary>
    protected static AdminRefusal? EndsTooEarly(LocalDate last, LocalDate begins, LocalDate today) =>
        last >= begins || (last == begins.PlusDays(-1) && begins >= today) ? null
        : begins >= today ? new AdminRefusal.EndsBeforeItIsHeld("siste", begins)
        : new AdminRefusal.EndsBeforeItBegins("siste", begins);

    /// <summary>The form every register ends its things by.</summary>
    protected static FormRow Ending(Asked asked, string name, string path, string back, IReadOnlyList<Crumb> above, LocalDate? toOn, object entity, bool mayLastAgain = true) => new(
        Text("End.Title", name), path, back, [.. above, new Crumb(Text("End"), path)],
        [new FieldRow(FieldKind.Date, "siste", toOn is { } day ? Dates.ToField(day) : "") { Hint = Text(mayLastAgain ? "End.Hint.Again" : "End.Hint"), IsOptional = mayLastAgain }])
    {
        Version = asked.Version(entity),
        Lead = Text("End.Lead"),
        Button = Text("End"),
    };
}

/// <summary>Who asks for a page of the administration, and for which thing.</summary>
internal sealed class Asked(TilskuddDb db, SignedIn me, HttpContext http, DateTimeOffset now)
{
    public TilskuddDb Db => db;

    public SignedIn Me => me;

    public DateTimeOffset Now => now;

    public LocalDate Today => OsloTime.On(now).Date;

    public CancellationToken Ct => http.RequestAborted;

    public bool IsAdministrator => me.Has(Role.Administrator);

    /// <summary>The thing the address names.</summary>
    public Guid Id => http.GetRouteValue("id") is string id ? Guid.Parse(id, CultureInfo.InvariantCulture) : Guid.Empty;

    /// <summary>What a new thing is to belong to.</summary>
    public Guid In => Guid.TryParse(Query("i"), out var id) ? id : Guid.Empty;

    public string Query(string name) => http.Request.Query[name].ToString();

    /// <summary>A programme the asker administers; null for others.</summary>
    public async Task<Programme?> Programme(ProgrammeId id) => Staff.Leads(me, id) ? await db.Programmes.SingleOrDefaultAsync(programme => programme.Id == id, Ct) : null;

    /// <summary>How many times a document has been written: two who save from the same number are told apart.</summary>
    public int Version(object entity) => (int)db.Entry(entity).Property(Mapping.Writes).CurrentValue!;
}

/// <summary>A form of the administration, while it is saved.</summary>
internal sealed class Saving(Asked asked, Writing writing, TypedForm form)
{
    public Asked Asked => asked;

    public Writing Writing => writing;

    public TilskuddDb Db => writing.Db;

    public TypedForm Form => form;

    /// <summary>Where the page of what was saved is, where it is another than the form leads back to.</summary>
    public string? Next { get; set; }

    /// <summary>What is shown once and cannot be shown again; null where one is led on.</summary>
    public ListRow? Shown { get; set; }

    /// <summary>The person who has the typed address, or a refusal that says so; both null where the field may be, and is, empty.</summary>
    public async Task<(Person? Person, Refusal? Refusal)> Person(string field, bool isOptional = false)
    {
        var typed = form.Text(field);
        if (typed.Length == 0 && isOptional)
        {
            return (null, null);
        }

        if (EmailAddress.Read(typed) is not { } address)
        {
            return (null, new AdminRefusal.AddressWrong(field));
        }

        var person = await Db.People.SingleOrDefaultAsync(known => known.Email == address.Text, asked.Ct);
        return person is null ? (null, new AdminRefusal.NobodyThere(field))
            : !person.LastsOn(asked.Today) ? (null, new AdminRefusal.PersonEnded(field)) : (person, null);
    }

    /// <summary>Why a person is given nothing from a day on, or null: who leaves has no part after the last day.</summary>
    public static AdminRefusal? Leaves(Person? person, LocalDate from, string field) =>
        person is null || person.LastsOn(from) ? null : new AdminRefusal.LeavesBefore(field, person.ToOn!.Value);

    public void Added(string thing, object id, string programme = "") => Record("record-added", thing, id, programme, null);

    public void Changed(string thing, object id, object? entity, string programme = "") => Record("record-changed", thing, id, programme, entity);

    public void Ended(string thing, object id, string programme = "") => Record("record-ended", thing, id, programme, null);

    public void Removed(string thing, object id, string programme = "") => Record("record-removed", thing, id, programme, null);

    // Which fields were changed, never to what: that may be a name or an address.
    private void Record(string happening, string thing, object id, string programme, object? entity)
    {
        var told = new System.Text.Json.Nodes.JsonObject { ["thing"] = thing };
        if (programme.Length > 0)
        {
            told["programme"] = programme;
        }

        if (entity is not null)
        {
            told["fields"] = new System.Text.Json.Nodes.JsonArray([.. Db.Entry(entity).Properties.Where(property => property.IsModified).Select(property => (System.Text.Json.Nodes.JsonNode)property.Metadata.Name)]);
        }

        writing.Record(new Trail.TrailEvent(Trail.Actor.Of(asked.Me.Id), happening, thing, id.ToString()!, "", told));
    }
}

/// <summary>Why something of the administration is not saved.</summary>
internal abstract record AdminRefusal(string Field = "") : Refusal(Field)
{
    /// <summary>What is wrong stands beside the fields already.</summary>
    public sealed record Unreadable : AdminRefusal;

    public sealed record AddressWrong(string Where) : AdminRefusal(Where);

    public sealed record AddressTaken(string Where) : AdminRefusal(Where);

    public sealed record NobodyThere(string Where) : AdminRefusal(Where);

    public sealed record PersonEnded(string Where) : AdminRefusal(Where);

    public sealed record LeavesBefore(string Where, LocalDate LastDay) : AdminRefusal(Where);

    public sealed record NameTaken(string Where) : AdminRefusal(Where);

    /// <summary>A unit that makes plans cannot gather those of others.</summary>
    public sealed record UnitHasPlan() : AdminRefusal("slag");

    /// <summary>A unit that has sent the others' plans goes on answering for the letters.</summary>
    public sealed record UnitHasGathered() : AdminRefusal("slag");

    /// <summary>Approved plans of a year wait here to be sent with the others, and would be sent by nobody.</summary>
    public sealed record PlansWait(int Year) : AdminRefusal("siste");

    /// <summary>A programme's plans are gathered in one place.</summary>
    public sealed record AlreadyGathered() : AdminRefusal("slag");

    public sealed record Twice(string Where) : AdminRefusal(Where);

    /// <summary>The units of a source have more together than the whole would be.</summary>
    public sealed record BelowUnits(Money Given) : AdminRefusal("belop");

    public sealed record EndsBeforeItBegins(string Where, LocalDate Begins) : AdminRefusal(Where);

    /// <summary>The same of a seat or a role that nobody has had for a day yet: it can be taken away as never held.</summary>
    public sealed record EndsBeforeItIsHeld(string Where, LocalDate Begins) : AdminRefusal(Where);

    public sealed record YearsCross(string Where) : AdminRefusal(Where);

    /// <summary>A period would leave out a year whose flows are not at their end.</summary>
    public sealed record YearUnderWay(string Where, int Year) : AdminRefusal(Where);

    /// <param name="What">What rests on the source.</param>
    public sealed record SourceInUse(string What) : AdminRefusal;

    /// <param name="Source">One that is called by the code, and cannot be called anything else.</param>
    /// <param name="What">What rests on it.</param>
    public sealed record CodeInUse(string Source, string What) : AdminRefusal("kode");

    public sealed record EndsInFuture(string Where) : AdminRefusal(Where);

    public sealed record LastAdministrator(string Where) : AdminRefusal(Where);

    /// <summary>Another board with the same part has this name; two of a name cannot be told apart.</summary>
    public sealed record BodyHasName(string Where) : AdminRefusal(Where);

    public sealed record BodyHasKey(string Where) : AdminRefusal(Where);

    public sealed record SeatTaken(string Where) : AdminRefusal(Where);

    /// <summary>What a seat was in a case, a meeting or a leave stands there.</summary>
    public sealed record SeatUsed(string Where) : AdminRefusal(Where);

    /// <summary>A deputy has no deputy.</summary>
    public sealed record SeatHasDeputy(string Where) : AdminRefusal(Where);

    /// <summary>Only a deputy stands in for somebody.</summary>
    public sealed record NoDeputy(string Where) : AdminRefusal(Where);

    /// <summary>A day is given for another to have a seat from, and the same person stands in the form.</summary>
    public sealed record NobodyTakesOver(string Where) : AdminRefusal(Where);

    /// <param name="Year">One the programme's agreement does not cover.</param>
    public sealed record YearOutside(string Where, int Year) : AdminRefusal(Where);

    public sealed record YearMissing(string Where) : AdminRefusal(Where);

    public sealed record NotThatDay(string Where) : AdminRefusal(Where);

    public sealed record NoDay(string Where) : AdminRefusal(Where);

    public sealed record TooManyDays(string Where, int Most) : AdminRefusal(Where);

    /// <summary>Its latest approved plan would lose what it was approved by.</summary>
    public sealed record CriterionInUse(string Where, string Year) : AdminRefusal(Where);

    /// <summary>Without one that lasts no plan could be sent.</summary>
    public sealed record LastCriterion(string Where) : AdminRefusal(Where);

    public sealed record TooMuch(string Where, Money Most) : AdminRefusal(Where);
}
