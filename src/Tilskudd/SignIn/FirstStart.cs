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
/// The first start: a database without an administrator, and a one-time key that only those see who start the server. The key's hash lives
/// in this process alone, so a restart makes the old key worthless.
/// </summary>
internal sealed class FirstStart(IDbContextFactory<TilskuddDb> databases, Door door, SecretSource secrets, Wake wake, TimeProvider clock)
{
    public const string Path = "/forste-start";

    /// <summary>After so many wrong keys only a restart makes a new one.</summary>
    public const int MostTries = 10;

    private readonly Lock _lock = new();
    private string? _hash;
    private int _tries;

    /// <summary>Makes a key where the database has no administrator; the one before it no longer counts.</summary>
    /// <returns>The key, which is kept nowhere; null where there is an administrator.</returns>
    public async Task<string?> Open(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var key = await HasAdministrator(db, Dates.On(clock.GetUtcNow()), ct) ? null : secrets.Token();
        lock (_lock)
        {
            (_hash, _tries) = (key is null ? null : SecretSource.Hash(key), 0);
        }

        return key;
    }

    /// <summary>Whether the application still waits for its first administrator.</summary>
    public async Task<bool> Waits(CancellationToken ct)
    {
        if (!IsOpen)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        if (await HasAdministrator(db, Dates.On(clock.GetUtcNow()), ct))
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

    /// <summary>Makes the first administrator and mails the sign-in link. Who came second finds that there is one.</summary>
    /// <returns>Null when done, also by somebody else.</returns>
    public Task<Refusal?> Appoint(FirstAdministrator first, CancellationToken ct) => door.Write(async writing =>
    {
        var today = Dates.On(writing.Now);
        if (await HasAdministrator(writing.Db, today, ct))
        {
            return null;
        }

        var person = await writing.Db.People.SingleOrDefaultAsync(known => known.Email == first.Address, ct);
        if (person is null)
        {
            person = new Person(writing.Ids.Next<PersonId>(), first.Name, first.Address, first.Language.Code(), "", isInvented: false, secrets.Token());
            writing.Db.Add(person);
        }

        var municipality = await writing.Db.Municipalities.FirstOrDefaultAsync(known => known.Name == first.Municipality, ct);
        if (municipality is null)
        {
            municipality = new Municipality(writing.Ids.Next<MunicipalityId>(), first.Municipality, (first.Language == Language.Nn ? Language.Nn : Language.Nb).Code());
            writing.Db.Add(municipality);
        }

        writing.Db.Add(new RoleAssignment(writing.Ids.Next<RoleId>(), person.Id, Role.Administrator, null, null, null, today, null));
        writing.Record(new TrailEvent(Actor.Of(person.Id), "administrator-appointed", "person", person.Id.ToString(), "", new() { ["municipality"] = municipality.Id.ToString() }));
        writing.Db.Add(new SignInWish(writing.Ids.Next(), first.Address, "/", writing.Now));
        writing.AfterCommit(wake.Up);
        writing.AfterCommit(Close);
        return null;
    }, ct);

    private bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _hash is not null;
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
    private static Task<bool> HasAdministrator(TilskuddDb db, NodaTime.LocalDate today, CancellationToken ct) =>
        db.Roles.AnyAsync(role => role.Role == Role.Administrator && (role.ToOn == null || role.ToOn >= today), ct);
}

/// <summary>Who is to be the first administrator, read and checked.</summary>
/// <param name="Address">The mailbox, in lower case.</param>
internal sealed record FirstAdministrator(string Name, string Address, string Municipality, Language Language);
