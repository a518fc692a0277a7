using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>Whose grant it is, and whose money.</summary>
internal sealed record GrantPlace(PlanUnit Unit, Programme Programme, Municipality Municipality, FundingSource Source, Grantor? Grantor)
{
    public static async Task<GrantPlace> Of(TilskuddDb db, Grant grant, CancellationToken ct)
    {
        var place = await db.PlanUnits.Where(unit => unit.Id == grant.PlanUnitId)
            .Join(db.Programmes, unit => unit.ProgrammeId, programme => programme.Id, (unit, programme) => new { unit, programme })
            .Join(db.Municipalities, both => both.programme.MunicipalityId, municipality => municipality.Id, (both, municipality) => new { both.unit, both.programme, municipality })
            .SingleAsync(ct);
        var source = await db.FundingSources.SingleAsync(source => source.Id == grant.SourceId, ct);
        var grantor = await db.Grantors.SingleOrDefaultAsync(grantor => grantor.Id == source.GrantorId, ct);
        return new GrantPlace(place.unit, place.programme, place.municipality, source, grantor);
    }

    /// <summary>The source with chapter and post in the words received (D-10).</summary>
    public string SourceText => Source.AsReceived.Length == 0 ? Source.Code : $"{Source.Code}, {Source.AsReceived}";

    /// <summary>The language people of the municipality write in, where it is another than the page's; else null.</summary>
    public string? TextLanguage => Municipality.Language == Languages.Current.Code() ? null : Municipality.Language;
}
