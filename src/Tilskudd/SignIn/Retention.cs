using Microsoft.EntityFrameworkCore;
using Tilskudd.Clockwork;
using Tilskudd.Storage;

namespace Tilskudd.SignIn;

/// <summary>
/// Takes away what only tells when people came in: sessions and sign-in links that ended ninety days ago. The trail, the documents and the decisions are
/// the case's own, and are kept with it.
/// </summary>
internal sealed class Retention(Door door) : ISweep
{
    /// <summary>How long it is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private const int Batch = 500;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public string Name => "retention";

    // Once a day, whether something is found or not: it takes a look at everyone's stays.
    public IQueryable<string> Due(TilskuddDb db, DateTimeOffset now)
    {
        if (IsResting(now))
        {
            return db.Set<Session>().Where(_ => false).Select(_ => "retention");
        }

        (_next, var before) = (now + Day, now - Kept);
        return ISweep.OnceIfAny(db, Name, Tickets(db, before)).Concat(ISweep.OnceIfAny(db, Name, Sessions(db, before)));
    }

    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        // Until it is done, it is to be asked for again.
        (_next, var done, var before) = (now, 0, now - Kept);
        await door.Write(async w =>
        {
            var sessions = await Sessions(w.Db, before).OrderBy(session => session.ExpiresAt).Take(Batch).ToListAsync(ct);
            var tickets = await Tickets(w.Db, before).OrderBy(ticket => ticket.ExpiresAt).Take(Batch).ToListAsync(ct);
            w.Db.RemoveRange(sessions);
            w.Db.RemoveRange(tickets);
            done = sessions.Count + tickets.Count;
            return null;
        }, ct);
        _next = done < Batch ? now + Day : now;
        return done;
    }

    // A clock that is put back must not make a day longer.
    private bool IsResting(DateTimeOffset now) => now < _next && _next - now <= Day;

    private static IQueryable<SignInTicket> Tickets(TilskuddDb db, DateTimeOffset before) => db.Set<SignInTicket>().Where(ticket => ticket.ExpiresAt < before);

    // The newest of each person's stays: it tells that the person has been here, without which a site would think it had nobody.
    private static IQueryable<Session> Sessions(TilskuddDb db, DateTimeOffset before)
    {
        var all = db.Set<Session>();
        return all.Where(session => session.ExpiresAt < before && all.Any(newer => newer.PersonId == session.PersonId && newer.ExpiresAt > session.ExpiresAt));
    }
}
