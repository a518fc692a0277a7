using Microsoft.EntityFrameworkCore;
using Tilskudd.Clockwork;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.SignIn;

/// <summary>
/// The first start: a database without an administrator, and a key that only those see who start the server. The key's hash lives in this
/// process alone, so a restart makes the old key worthless. It lives until an administrator has signed in: where the address was mistyped
/// no link arrives, and with the key it is put right.
/// </summary>
internal sealed class FirstStart(IDbContextFactory<TilskuddDb> databases, Door door, SecretSource secrets, Wake wake, TimeProvider clock)
{
    public const string Path = "/forste-start";

    /// <summary>After so many wrong keys only a restart makes a new one.</summary>
    public const int MostTries = 10;

    private readonly Lock _lock = new();
    private string? _hash;
    private int _tries;
    private bool _hasAdministrator;

    /// <summary>Makes a key where no administrator has signed in yet; the one before it no longer counts.</summary>
    /// <returns>The key, which is kept nowhere; null where an administrator has signed in.</returns>
    public async Task<string?> Open(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var hasAdministrator = await Administrators(db).AnyAsync(ct);
        var key = await HasSignedIn(db, ct) ? null : secrets.Token();
        lock (_lock)
        {
            (_hash, _tries, _hasAdministrator) = (key is null ? null : SecretSource.Hash(key), 0, hasAdministrator);
        }

        return key;
    }

    /// <summary>Whether the application still waits for its first administrator.</summary>
    public async Task<bool> Waits(CancellationToken ct)
    {
        if (!IsOpen || HasAdministrator)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        HasAdministrator = await Administrators(db).AnyAsync(ct);
        return !HasAdministrator;
    }

    /// <summary>Whether the key still opens: no administrator has signed in.</summary>
    public async Task<bool> TakesKey(CancellationToken ct)
    {
        if (!IsOpen)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        if (await HasSignedIn(db, ct))
        {
            Close();
        }

        return IsOpen;
    }

    public bool IsLocked
    {
        get
        {
            lock (_lock)
            {
                return _tries >= MostTries;
            }
        }
    }

    /// <summary>Tries a key, and counts it where it is wrong.</summary>
    public bool Opens(string typed)
    {
        lock (_lock)
        {
            if (_hash is null || _tries >= MostTries)
            {
                return false;
            }

            var isRight = SecretSource.AreEqual(SecretSource.Hash(typed), _hash);
            _tries += isRight ? 0 : 1;
            return isRight;
        }
    }

    public int TriesLeft
    {
        get
        {
            lock (_lock)
            {
                return MostTries - _tries;
            }
        }
    }

    /// <summary>
    /// Makes the first administrator and mails the sign-in link; where one is made and has not signed in, puts the address and the municipality right. A link
    /// on its way to the old address opens nothing.
    /// </summary>
    /// <returns>Null when done, also where an administrator signed in meanwhile.</returns>
    public Task<Refusal?> Appoint(FirstAdministrator first, CancellationToken ct) => door.Write(async writing =>
    {
        var today = Dates.On(writing.Now);
        if (await HasSignedIn(writing.Db, ct))
        {
            return null;
        }

        var mistaken = await Administrators(writing.Db).OrderBy(role => role.Id).FirstOrDefaultAsync(ct);
        var person = await writing.Db.People.SingleOrDefaultAsync(known => known.Email == first.Address, ct);
        if (mistaken is not null)
        {
            writing.Db.RemoveRange(await writing.Db.Set<SignInTicket>().Where(ticket => ticket.PersonId == mistaken.PersonId && ticket.UsedAt == null).ToListAsync(ct));
            writing.Db.RemoveRange(await writing.Db.Set<SignInWish>().ToListAsync(ct));
        }

        if (person is null && mistaken is not null)
        {
            person = await writing.Db.People.SingleAsync(known => known.Id == mistaken.PersonId, ct);
            person.Change(first.Name, first.Address, first.Language.Code(), person.Party);
        }
        else if (person is null)
        {
            person = new Person(writing.Ids.Next<PersonId>(), first.Name, first.Address, first.Language.Code(), "", isInvented: false, secrets.Token());
            writing.Db.Add(person);
        }

        var municipality = await MunicipalityOf(writing, first, isAgain: mistaken is not null, ct);
        if (mistaken is null || mistaken.PersonId != person.Id)
        {
            // Nobody has done anything by the role that was given by mistake; the trail tells that it was given.
            writing.Db.RemoveRange(mistaken is null ? [] : [mistaken]);
            writing.Db.Add(new RoleAssignment(writing.Ids.Next<RoleId>(), person.Id, Role.Administrator, null, null, null, today, null));
        }

        writing.Record(new TrailEvent(Actor.Of(person.Id), "administrator-appointed", "person", person.Id.ToString(), "", new() { ["municipality"] = municipality.Id.ToString() }));
        writing.Db.Add(new SignInWish(writing.Ids.Next(), first.Address, "/", writing.Now));
        writing.AfterCommit(wake.Up);
        writing.AfterCommit(() => HasAdministrator = true);
        return null;
    }, ct);

    // The one that was made the last time, where it was mistyped: nobody has signed in, so only what was there before can rest on it.
    private static async Task<Municipality> MunicipalityOf(Writing writing, FirstAdministrator first, bool isAgain, CancellationToken ct)
    {
        var language = (first.Language == Language.Nn ? Language.Nn : Language.Nb).Code();
        var known = await writing.Db.Municipalities.Select(one => new { one, IsUsed = writing.Db.Programmes.Any(programme => programme.MunicipalityId == one.Id) }).ToListAsync(ct);
        var found = known.Find(other => string.Equals(other.one.Name, first.Municipality, StringComparison.OrdinalIgnoreCase)) ?? (isAgain && known is [{ IsUsed: false } only] ? only : null);
        if (found is null)
        {
            var made = new Municipality(writing.Ids.Next<MunicipalityId>(), first.Municipality, language);
            writing.Db.Add(made);
            return made;
        }

        if (isAgain && !found.IsUsed)
        {
            found.one.Change(first.Municipality, language);
        }

        return found.one;
    }

    /// <summary>There is a key that opens, as far as this process knows.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _hash is not null;
            }
        }
    }

    private bool HasAdministrator
    {
        get
        {
            lock (_lock)
            {
                return _hasAdministrator;
            }
        }

        set
        {
            lock (_lock)
            {
                _hasAdministrator = value;
            }
        }
    }

    private void Close()
    {
        lock (_lock)
        {
            _hash = null;
        }
    }

    // One whose time is to come counts too: then it is for that person to begin.
    private IQueryable<RoleAssignment> Administrators(TilskuddDb db)
    {
        var today = Dates.On(clock.GetUtcNow());
        return db.Roles.Where(role => role.Role == Role.Administrator && (role.ToOn == null || role.ToOn >= today));
    }

    private Task<bool> HasSignedIn(TilskuddDb db, CancellationToken ct) => Administrators(db).AnyAsync(role => db.Set<Session>().Any(session => session.PersonId == role.PersonId), ct);
}

/// <summary>Who is to be the first administrator, read and checked.</summary>
/// <param name="Address">The mailbox, in lower case.</param>
internal sealed record FirstAdministrator(string Name, string Address, string Municipality, Language Language);
