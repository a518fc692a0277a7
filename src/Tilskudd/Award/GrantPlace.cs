using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>Whose grant it is, and whose money, for pages to tell. The source comes without its amounts.</summary>
internal sealed record GrantPlace(PlanUnit Unit, Programme Programme, Municipality Municipality, FundingSource Source, Grantor? Grantor)
{
    public static async Task<GrantPlace> Of(TilskuddDb db, Grant grant, CancellationToken ct) =>
        await Among(db, db.Programmes, grant).SingleAsync(ct);

    /// <summary>The same for a person who may see it; null for one who is not to know of it.</summary>
    public static Task<GrantPlace?> SeenBy(TilskuddDb db, Grant grant, PersonId reader, LocalDate on, CancellationToken ct) =>
        Among(db, Rights.SeenBy(db, reader, on), grant).SingleOrDefaultAsync(ct);

    private static IQueryable<GrantPlace> Among(TilskuddDb db, IQueryable<Programme> programmes, Grant grant) =>
        from unit in db.PlanUnits.AsNoTracking().Where(unit => unit.Id == grant.PlanUnitId)
        join programme in programmes on unit.ProgrammeId equals programme.Id
        join municipality in db.Municipalities on programme.MunicipalityId equals municipality.Id
        from source in db.FundingSources.IgnoreAutoIncludes().Where(source => source.Id == grant.SourceId)
        from grantor in db.Grantors.Where(grantor => grantor.Id == source.GrantorId).DefaultIfEmpty()
        select new GrantPlace(unit, programme, municipality, source, grantor);

    /// <summary>The source with chapter and post in the words received (D-10).</summary>
    public string SourceText => Source.AsReceived.Length == 0 ? Source.Code : $"{Source.Code}, {Source.AsReceived}";

    /// <summary>The language people of the municipality write in, where it is another than the page's; else null.</summary>
    public string? TextLanguage => Municipality.Language == Languages.Current.Code() ? null : Municipality.Language;

    /// <summary>The head of a page about the grant or its report.</summary>
    public GrantHead Head(string path, string title, string shortTitle) => new(
        path, title, shortTitle, Programme.Name, $"/program/{Programme.Slug}", SourceText, Grantor?.Name ?? Source.Code, TextLanguage);
}

/// <summary>What the pages of a grant and of its report say first: which it is, whose, and whose money.</summary>
/// <param name="Source">The source with chapter and post in the words received.</param>
/// <param name="TextLanguage">The language people of the municipality write in, where it is another than the page's; else null.</param>
public sealed record GrantHead(string Path, string Title, string ShortTitle, string Programme, string ProgrammePath, string Source, string Grantor, string? TextLanguage)
{
    /// <summary>Programme, what lies between, and the page itself.</summary>
    public IReadOnlyList<Crumb> Crumbs(Crumb between) => [new(Programme, ProgrammePath), between, new(ShortTitle, Path)];
}
