using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Storage;

namespace Tilskudd.Notices;

/// <summary>Whose year a document belongs to.</summary>
/// <param name="Leader">The programme leader of the day, or null while the role is vacant.</param>
internal sealed record Place(PlanUnit Unit, Programme Programme, Municipality Municipality, Person? Leader);

/// <summary>A document as mails speak of it.</summary>
/// <param name="Path">Its page.</param>
internal sealed record NamedDocument(string Title, string Path, Place Place);

/// <summary>Reads what the mails tell about, as it is now.</summary>
internal static class MailFacts
{
    public static async Task<NamedDocument> Document(TilskuddDb db, DocumentKind kind, Guid id, Language language, DateTimeOffset now, CancellationToken ct) => kind switch
    {
        DocumentKind.Handlingsplan => await Plan(db, HandlingsplanId.From(id), language, now, ct),
        DocumentKind.Tilskuddsbrev => await Letter(db, GrantId.From(id), language, now, ct),
        DocumentKind.Rapport => await Rapport(db, RapportId.From(id), language, now, ct),
    };

    public static async Task<NamedDocument> Plan(TilskuddDb db, HandlingsplanId id, Language language, DateTimeOffset now, CancellationToken ct)
    {
        var plan = await db.Handlingsplaner.Where(plan => plan.Id == id).IgnoreAutoIncludes().Select(plan => new { plan.PlanUnitId, plan.Year }).SingleAsync(ct);
        return await Named(db, "Document.Handlingsplan", $"/plan/{id}", plan.PlanUnitId, plan.Year, language, now, ct);
    }

    public static async Task<NamedDocument> Letter(TilskuddDb db, GrantId id, Language language, DateTimeOffset now, CancellationToken ct)
    {
        var grant = await db.Grants.Where(grant => grant.Id == id).IgnoreAutoIncludes().Select(grant => new { grant.PlanUnitId, grant.Year }).SingleAsync(ct);
        return await Named(db, "Document.Tilskuddsbrev", $"/tilskudd/{id}", grant.PlanUnitId, grant.Year, language, now, ct);
    }

    public static async Task<NamedDocument> Rapport(TilskuddDb db, RapportId id, Language language, DateTimeOffset now, CancellationToken ct)
    {
        var rapport = await db.Rapporter.Where(rapport => rapport.Id == id).IgnoreAutoIncludes().Select(rapport => new { rapport.PlanUnitId, rapport.Year }).SingleAsync(ct);
        return await Named(db, "Document.Rapport", $"/rapport/{id}", rapport.PlanUnitId, rapport.Year, language, now, ct);
    }

    /// <summary>The money and the tiltak of a version that is up for decision, beside last year's.</summary>
    public static async Task<IReadOnlyList<MailFact>> Version(TilskuddDb db, HandlingsplanId id, int version, Language language, CancellationToken ct)
    {
        var plan = await db.Handlingsplaner.SingleAsync(plan => plan.Id == id, ct);
        var content = plan.Versions.Single(known => known.Number == version).Read();
        var before = new GrantYear(plan.Year.Number - 1);
        var last = await db.Handlingsplaner.SingleOrDefaultAsync(other => other.PlanUnitId == plan.PlanUnitId && other.Year == before, ct);
        var approved = last?.Versions.SingleOrDefault(known => known.Number == last.ApprovedVersion)?.Read();
        return
        [
            new(Words("Budget"), [Total(content, approved)]),
            .. Sources(content),
            .. Changed("Change.New", TiltakChange.New),
            .. Changed("Change.Changed", TiltakChange.Increased, TiltakChange.Reduced),
            .. Changed("Change.Ending", TiltakChange.Ending),
        ];

        string Words(string key, params object[] arguments) => Texts.Of<MailWords>(language, key, arguments);

        string Total(HandlingsplanContent now, HandlingsplanContent? then)
        {
            var total = new Money(now.TotalOre);
            var shown = total.InMillions(language.Culture());
            return then is null ? shown
                : total == new Money(then.TotalOre) ? Words("Budget.Same", shown, before)
                : total > new Money(then.TotalOre) ? Words("Budget.More", shown, (total - new Money(then.TotalOre)).InMillions(language.Culture()), before)
                : Words("Budget.Less", shown, (new Money(then.TotalOre) - total).InMillions(language.Culture()), before);
        }

        IEnumerable<MailFact> Sources(HandlingsplanContent now)
        {
            var lines = now.Sources.Where(source => source.PlannedOre > 0).Select(source => source.AsReceived.Length == 0
                ? Words("Sources.Line", new Money(source.PlannedOre).InMillions(language.Culture()), source.Code)
                : Words("Sources.Line.As", new Money(source.PlannedOre).InMillions(language.Culture()), source.Code, source.AsReceived)).ToList();
            return lines.Count == 0 ? [] : [new(Words("Sources"), lines)];
        }

        IEnumerable<MailFact> Changed(string key, params TiltakChange[] changes)
        {
            var names = content.Tiltak.Where(tiltak => changes.Contains(tiltak.Change)).Select(tiltak => tiltak.Name).ToList();
            return names.Count == 0 ? [] : [new(Words(key), names)];
        }
    }

    /// <summary>The accounts of a report that is up for decision.</summary>
    public static async Task<IReadOnlyList<MailFact>> Accounts(TilskuddDb db, RapportId id, Language language, CancellationToken ct)
    {
        var rapport = await db.Rapporter.SingleAsync(rapport => rapport.Id == id, ct);
        return
        [
            new(Texts.Of<MailWords>(language, "Rapport.Granted"), [rapport.Available.ToKroner(language.Culture())]),
            new(Texts.Of<MailWords>(language, "Rapport.Spent"), [rapport.Spent.ToKroner(language.Culture())]),
            new(Texts.Of<MailWords>(language, "Rapport.Unspent"), [rapport.Unspent.ToKroner(language.Culture())]),
        ];
    }

    private static async Task<NamedDocument> Named(
        TilskuddDb db, string title, string path, PlanUnitId unit, GrantYear year, Language language, DateTimeOffset now, CancellationToken ct)
    {
        var place = await Whose(db, unit, now, ct);
        return new NamedDocument(Texts.Of<MailWords>(language, title, year, place.Unit.Name), path, place);
    }

    private static async Task<Place> Whose(TilskuddDb db, PlanUnitId id, DateTimeOffset now, CancellationToken ct)
    {
        var unit = await db.PlanUnits.SingleAsync(unit => unit.Id == id, ct);
        var programme = await db.Programmes.SingleAsync(programme => programme.Id == unit.ProgrammeId, ct);
        var municipality = await db.Municipalities.SingleAsync(municipality => municipality.Id == programme.MunicipalityId, ct);
        var today = Dates.On(now);
        var leaders = await db.Roles.Where(role => role.Role == Role.ProgrammeLeader && role.ProgrammeId == programme.Id).ToListAsync(ct);
        var leader = leaders.Where(role => role.HoldsOn(today)).OrderBy(role => role.FromOn).FirstOrDefault();
        return new Place(unit, programme, municipality, leader is null ? null : await db.People.SingleAsync(person => person.Id == leader.PersonId, ct));
    }
}
