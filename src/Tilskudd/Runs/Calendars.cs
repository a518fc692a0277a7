using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>The days a programme's municipality works: the law's, less those the settings close for all, less those its own office is closed.</summary>
internal sealed class Calendars(IReadOnlyList<ClosedDay> everywhere)
{
    /// <summary>What holds where no municipality is asked for.</summary>
    public WorkingCalendar Everywhere { get; } = new(everywhere);

    /// <summary>The calendar deadlines of a programme are counted by from a day on.</summary>
    public async Task<WorkingCalendar> Of(TilskuddDb db, ProgrammeId programme, LocalDate on)
    {
        var own = await db.Programmes.Where(known => known.Id == programme)
            .Join(ClosedFrom(db, on), known => known.MunicipalityId, day => day.MunicipalityId, (_, day) => day).ToListAsync();
        return With(own);
    }

    /// <summary>The same for many programmes, in one question whatever their number.</summary>
    public async Task<OfficeCalendars> Of(TilskuddDb db, IReadOnlyCollection<ProgrammeId> programmes, LocalDate on, CancellationToken ct)
    {
        var ids = programmes.Distinct().ToList();
        var own = await db.Programmes.Where(programme => ids.Contains(programme.Id))
            .Join(ClosedFrom(db, on), programme => programme.MunicipalityId, day => day.MunicipalityId, (programme, day) => new { programme.Id, day }).ToListAsync(ct);
        return new OfficeCalendars(Everywhere, own.GroupBy(one => one.Id).ToDictionary(programme => programme.Key, programme => With([.. programme.Select(one => one.day)])));
    }

    /// <summary>The days municipalities close on from a day on.</summary>
    public static IQueryable<OfficeClosedDay> ClosedFrom(TilskuddDb db, LocalDate on) => db.Set<OfficeClosedDay>().LastingOn(on);

    /// <summary>The calendar of a municipality that closes on these days.</summary>
    public WorkingCalendar With(IReadOnlyCollection<OfficeClosedDay> own) => own.Count == 0 ? Everywhere : new WorkingCalendar([.. everywhere, .. own.Select(day => day.Closed)]);
}

/// <summary>The working days of some programmes' municipalities.</summary>
/// <param name="own">Those that have closed days of their own.</param>
internal sealed class OfficeCalendars(WorkingCalendar everywhere, IReadOnlyDictionary<ProgrammeId, WorkingCalendar> own)
{
    public WorkingCalendar Of(ProgrammeId programme) => own.GetValueOrDefault(programme, everywhere);
}
