using NodaTime;

namespace Tilskudd.Cycle;

/// <summary>What is in use until a last day, and on that day.</summary>
public interface ILasting
{
    /// <summary>The last day it is in use, which may be yet to come; null while none is set.</summary>
    LocalDate? ToOn { get; }
}

/// <summary>Asks what is over, and what only will be.</summary>
public static class Lasting
{
    public static bool LastsOn(this ILasting thing, LocalDate day) => thing.ToOn is null || day <= thing.ToOn;

    /// <summary>Those that are not over on a day, asked of the database.</summary>
    public static IQueryable<T> LastingOn<T>(this IQueryable<T> things, LocalDate day) where T : class, ILasting => things.Where(thing => thing.ToOn == null || thing.ToOn >= day);
}
