using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using NodaTime;
using Tilskudd.Approval;
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
internal sealed record NamedDocument(string Title, string Path, Place Place)
{
    public required GrantYear Year { get; init; }
}

/// <summary>Reads what the mails tell about, as it is now.</summary>
internal static class MailFacts
{
    /// <summary>More names than this under one heading are told by their number.</summary>
    private const int MostNames = 8;

    private static readonly Func<TilskuddDb, HandlingsplanId, LocalDate, IAsyncEnumerable<Found>> PlanWithPlace = WithPlace((TilskuddDb db, HandlingsplanId id) =>
        db.Handlingsplaner.IgnoreAutoIncludes().Where(plan => plan.Id == id).Select(plan => new Key { Unit = plan.PlanUnitId, Year = plan.Year }));

    private static readonly Func<TilskuddDb, GrantId, LocalDate, IAsyncEnumerable<Found>> GrantWithPlace = WithPlace((TilskuddDb db, GrantId id) =>
        db.Grants.IgnoreAutoIncludes().Where(grant => grant.Id == id)
            .Join(db.FundingSources.IgnoreAutoIncludes(), grant => grant.SourceId, source => source.Id, (grant, source) => new Key { Unit = grant.PlanUnitId, Year = grant.Year, Source = source.Code }));

    private static readonly Func<TilskuddDb, RapportId, LocalDate, IAsyncEnumerable<Found>> RapportWithPlace = WithPlace((TilskuddDb db, RapportId id) =>
        db.Rapporter.IgnoreAutoIncludes().Where(rapport => rapport.Id == id).Join(db.Grants.IgnoreAutoIncludes(), rapport => rapport.GrantId, grant => grant.Id, (rapport, grant) => new { rapport, grant.SourceId })
            .Join(db.FundingSources.IgnoreAutoIncludes(), both => both.SourceId, source => source.Id, (both, source) => new Key { Unit = both.rapport.PlanUnitId, Year = both.rapport.Year, Source = source.Code }));

    private static readonly Func<TilskuddDb, EvaluationId, LocalDate, IAsyncEnumerable<Found>> EvaluationWithPlace = WithPlace((TilskuddDb db, EvaluationId id) =>
        db.Set<Evaluation>().Where(evaluation => evaluation.Id == id).Select(evaluation => new Key { Unit = evaluation.PlanUnitId, Year = evaluation.Year }));

    private static readonly Func<TilskuddDb, PlanChangeId, LocalDate, IAsyncEnumerable<Found>> ChangeWithPlace = WithPlace((TilskuddDb db, PlanChangeId id) =>
        db.Set<PlanChange>().Where(change => change.Id == id).Select(change => new Key { Unit = change.PlanUnitId, Year = change.Year }));

    public static async Task<NamedDocument> Document(TilskuddDb db, DocumentKind kind, Guid id, Language language, DateTimeOffset now, CancellationToken ct) => kind switch
    {
        DocumentKind.Handlingsplan => await Plan(db, HandlingsplanId.From(id), language, now, ct),
        DocumentKind.Tilskuddsbrev => await Letter(db, GrantId.From(id), language, now, ct),
        DocumentKind.Rapport => await Rapport(db, RapportId.From(id), language, now, ct),
        DocumentKind.Evaluation => await Named("Document.Evaluation", $"/evaluering/{id}", EvaluationWithPlace(db, EvaluationId.From(id), Dates.On(now)), language, ct),
        DocumentKind.Change => await Named("Document.Change", $"/endring/{id}", ChangeWithPlace(db, PlanChangeId.From(id), Dates.On(now)), language, ct),
    };

    public static Task<NamedDocument> Plan(TilskuddDb db, HandlingsplanId id, Language language, DateTimeOffset now, CancellationToken ct) =>
        Named("Document.Handlingsplan", $"/plan/{id}", PlanWithPlace(db, id, Dates.On(now)), language, ct);

    /// <summary>What was last sent to a grantor: a plan, or several together.</summary>
    public static Task<NamedDocument> Submission(TilskuddDb db, Grant grant, Language language, DateTimeOffset now, CancellationToken ct) =>
        (grant.LatestSubmission is { Plans: [var only] } ? only.PlanId : grant.OnlyPlan) is { } plan
            ? Plan(db, plan, language, now, ct)
            : Named("Document.Handlingsplaner", $"/tilskudd/{grant.Id}", GrantWithPlace(db, grant.Id, Dates.On(now)), language, ct);

    public static Task<NamedDocument> Letter(TilskuddDb db, GrantId id, Language language, DateTimeOffset now, CancellationToken ct) =>
        Named("Document.Tilskuddsbrev", $"/tilskudd/{id}", GrantWithPlace(db, id, Dates.On(now)), language, ct);

    public static Task<NamedDocument> Rapport(TilskuddDb db, RapportId id, Language language, DateTimeOffset now, CancellationToken ct) =>
        Named("Document.Rapport", $"/rapport/{id}", RapportWithPlace(db, id, Dates.On(now)), language, ct);

    /// <summary>The money and the tiltak of a version that is up for decision, beside the one approved before it, else last year's.</summary>
    public static IReadOnlyList<MailFact> Version(PlanSight plan, Language language)
    {
        var content = plan.Content;
        return
        [
            new(Words("Budget"), [Total(content, plan.Before)]),
            .. Sources(content),
            .. Changed("Change.New", [TiltakChange.New], DifferenceKind.Added),
            .. Changed("Change.Changed", [TiltakChange.Increased, TiltakChange.Reduced], DifferenceKind.MoreMoney, DifferenceKind.LessMoney, DifferenceKind.MoneyMoved, DifferenceKind.TextChanged),
            .. Changed("Change.Ending", [TiltakChange.Ending], DifferenceKind.Ending, DifferenceKind.Removed),
            .. Changed("Change.Merged", [], DifferenceKind.Merged),
        ];

        string Words(string key, params object[] arguments) => Texts.Of<MailWords>(language, key, arguments);

        string Total(HandlingsplanContent now, HandlingsplanContent? then)
        {
            var total = new Money(now.TotalOre);
            var shown = total.InMillions(language.Culture());
            return then is null ? shown
                : total == new Money(then.TotalOre) ? Words("Budget.Same", shown, plan.Since(language))
                : total > new Money(then.TotalOre) ? Words("Budget.More", shown, (total - new Money(then.TotalOre)).InMillions(language.Culture()), plan.Since(language))
                : Words("Budget.Less", shown, (new Money(then.TotalOre) - total).InMillions(language.Culture()), plan.Since(language));
        }

        IEnumerable<MailFact> Sources(HandlingsplanContent now)
        {
            var lines = now.Sources.Where(source => source.PlannedOre > 0).Select(source => source.IsOwnShare
                ? Words("Sources.Own", new Money(source.PlannedOre).InMillions(language.Culture()))
                : source.AsReceived.Length == 0 ? Words("Sources.Line", new Money(source.PlannedOre).InMillions(language.Culture()), source.Code)
                : Words("Sources.Line.As", new Money(source.PlannedOre).InMillions(language.Culture()), source.Code, source.AsReceived)).ToList();
            return lines.Count == 0 ? [] : [new(Words("Sources"), lines)];
        }

        // What the page the mail leads to shows; of the first year what the plan says of itself.
        IEnumerable<MailFact> Changed(string key, TiltakChange[] said, params DifferenceKind[] kinds)
        {
            var names = plan.Before is null
                ? content.Tiltak.Where(tiltak => said.Contains(tiltak.Change)).Select(tiltak => tiltak.Name).ToList()
                : [.. plan.Changes.Where(change => change.Tiltak is not null && kinds.Contains(change.Kind)).Select(change => change.Name)];
            return names.Count == 0 ? []
                : names.Count <= MostNames ? [new(Words(key), names)]
                : [new(Words(key), [.. names.Take(MostNames - 1), Words("Change.More", names.Count - MostNames + 1)])];
        }
    }

    /// <summary>The accounts of a report that is up for decision.</summary>
    public static IReadOnlyList<MailFact> Accounts(RapportContent rapport, Language language)
    {
        return [Line("Rapport.Granted", rapport.GrantedOre + rapport.CarriedInOre), Line("Rapport.Spent", rapport.SpentOre), Line("Rapport.Unspent", rapport.UnspentOre)];

        MailFact Line(string key, long ore) => new(Texts.Of<MailWords>(language, key), [new Money(ore).ToKroner(language.Culture())]);
    }

    /// <summary>The programme leader of a day; null while the role is vacant.</summary>
    public static Task<Person?> LeaderOf(TilskuddDb db, ProgrammeId programme, LocalDate today, CancellationToken ct) => db.Roles
        .Where(role => role.Role == Role.ProgrammeLeader && role.FromOn <= today && (role.ToOn == null || role.ToOn >= today) && role.ProgrammeId == programme)
        .OrderBy(role => role.FromOn).ThenBy(role => role.Id)
        .Join(db.People, role => role.PersonId, person => person.Id, (_, person) => person).FirstOrDefaultAsync(ct);

    /// <summary>What a plan unit is called to those outside it: the programme, where it is the whole of it.</summary>
    public static Task<string> PlaceOf(TilskuddDb db, PlanUnitId id, CancellationToken ct = default) => db.PlanUnits.Where(unit => unit.Id == id)
        .Join(db.Programmes, unit => unit.ProgrammeId, programme => programme.Id, (unit, programme) => unit.Kind == PlanUnitKind.Programme ? programme.Name : unit.Name).SingleAsync(ct);

    private static async Task<NamedDocument> Named(string title, string path, IAsyncEnumerable<Found> document, Language language, CancellationToken ct)
    {
        var found = await document.FirstAsync(ct);
        return new NamedDocument(Texts.Of<MailWords>(language, title, found.Year, found.Unit.Name, found.Source), path, new Place(found.Unit, found.Programme, found.Municipality, found.Leader))
        {
            Year = found.Year,
        };
    }

    // Every mail and page about a document asks where it belongs, so that is part of the question.
    private static Func<TilskuddDb, TId, LocalDate, IAsyncEnumerable<Found>> WithPlace<TId>(Expression<Func<TilskuddDb, TId, IQueryable<Key>>> document)
    {
        Expression<Func<TilskuddDb, IQueryable<Key>, LocalDate, IQueryable<Found>>> place = (db, keys, today) => keys
            .Join(db.PlanUnits, key => key.Unit, unit => unit.Id, (key, unit) => new { key, unit })
            .Join(db.Programmes, both => both.unit.ProgrammeId, programme => programme.Id, (both, programme) => new { both.key, both.unit, programme })
            .Join(db.Municipalities, all => all.programme.MunicipalityId, municipality => municipality.Id, (all, municipality) => new { all.key, all.unit, all.programme, municipality })
            .SelectMany(
                all => db.Roles.Where(role => role.Role == Role.ProgrammeLeader && role.FromOn <= today && (role.ToOn == null || role.ToOn >= today) && role.ProgrammeId == all.programme.Id).DefaultIfEmpty(),
                (all, role) => new { all, role })
            .SelectMany(both => db.People.Where(person => person.Id == both.role!.PersonId).DefaultIfEmpty(), (both, leader) => new { both.all, both.role, leader })
            .OrderBy(both => both.role!.FromOn).ThenBy(both => both.role!.Id)
            .Select(both => new Found(both.all.key.Year, both.all.key.Source, both.all.unit, both.all.programme, both.all.municipality, both.leader)).Take(1);
        var whole = ReplacingExpressionVisitor.Replace(place.Parameters[1], document.Body, ReplacingExpressionVisitor.Replace(place.Parameters[0], document.Parameters[0], place.Body));
        return Compiled.Query(Expression.Lambda<Func<TilskuddDb, TId, LocalDate, IQueryable<Found>>>(whole, [.. document.Parameters, place.Parameters[2]]));
    }

    private sealed record Found(GrantYear Year, string Source, PlanUnit Unit, Programme Programme, Municipality Municipality, Person? Leader);

    private sealed class Key
    {
        public PlanUnitId Unit { get; init; }

        public GrantYear Year { get; init; }

        /// <summary>Whose money a letter or a report is about, by its code: a programme has one of each from several. Empty for other documents.</summary>
        public string Source { get; init; } = "";
    }
}
