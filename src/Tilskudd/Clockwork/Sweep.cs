using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;

namespace Tilskudd.Clockwork;

/// <summary>Work that comes due by itself: mails, reminders, checkpoints. What is due stands in the database; a sweep finds it and does it.</summary>
internal interface ISweep
{
    /// <summary>For logs and counters.</summary>
    string Name { get; }

    /// <summary>
    /// Its own name, once, if the database has something due for it. All sweeps are asked in one query, and while nothing is due none runs and no
    /// node borrows the right to. Null where the database cannot tell: then it always runs.
    /// </summary>
    IQueryable<string>? Due(TilskuddDb db, DateTimeOffset now) => null;

    /// <summary>A sweep's name, once, if there is any of what it does: the database stops at the first it finds, in whatever order it looks.</summary>
    static IQueryable<string> OnceIfAny<T>(TilskuddDb db, string name, IQueryable<T> due) => db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\"").Where(_ => due.Any()).Select(_ => name);

    /// <summary>Does what is due now. Doing it twice does no harm.</summary>
    /// <returns>How many things were done.</returns>
    Task<int> Run(DateTimeOffset now, CancellationToken ct);
}
