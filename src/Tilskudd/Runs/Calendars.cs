using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>The days a programme's municipality works: the law's, less those the settings close for all, less those its own office is closed.</summary>
internal sealed class Calendars(IReadOnlyList<ClosedDay> everywhere)
{
    /// <summary>How many days one municipality can close beside those of the settings.</summary>
    public int MostOwn => WorkingCalendar.MostClosedDays - everywhere.Count;

    /// <summary>What holds where no municipality is asked for.</summary>
    public WorkingCalendar Everywhere { get; } = new(everywhere);

    /// <summary>The calendar deadlines of a programme are counted by from a day on.</summary>
    public async Task<WorkingCalendar> Of(TilskuddDb db, ProgrammeId programme, LocalDate on)
    {
        var municipality = await db.Programmes.Where(known => known.Id == programme).Select(known => known.MunicipalityId).SingleOrDefaultAsync();
        var own = await db.Set<OfficeClosedDay>().Where(day => day.MunicipalityId == municipality && (day.ToOn == null || day.ToOn >= on)).ToListAsync();
        return own.Count == 0 ? Everywhere : new WorkingCalendar([.. everywhere, .. own.Select(day => day.Closed)]);
    }
}
