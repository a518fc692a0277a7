using System.Reflection;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Storage;

namespace Tilskudd.SignIn;

/// <summary>Who makes the request. An endpoint that demands sign-in takes it as a parameter.</summary>
/// <param name="Roles">The roles the person holds today.</param>
/// <param name="IsElectronic">Signed in through an identity provider, and not by a mailed link.</param>
internal sealed record SignedIn(PersonId Id, string Name, Language Language, IReadOnlyList<RoleAssignment> Roles, bool IsElectronic)
{
    /// <summary>A person known by a key of their own, who is read for and does nothing.</summary>
    public static async Task<SignedIn> ByKey(TilskuddDb db, Person person, LocalDate today, CancellationToken ct) => new(
        person.Id, person.Name, Languages.Of(person.Language),
        await db.Roles.Where(role => role.PersonId == person.Id && role.FromOn <= today && (role.ToOn == null || role.ToOn >= today)).ToListAsync(ct), IsElectronic: false);

    public bool Has(Role role) => Roles.Any(held => held.Role == role);

    /// <summary>How a minimal API fills the parameter. Null where nobody is signed in.</summary>
    public static ValueTask<SignedIn?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        context.SignedIn() is not { } person && parameter.HasDefaultValue is false && context.GetEndpoint()?.Metadata.GetMetadata<DemandsSignIn>() is not null
            ? throw new InvalidOperationException("An endpoint that demands sign-in was reached without it.")
            : ValueTask.FromResult(context.SignedIn());
}

/// <summary>Marks an endpoint that is for signed-in people only.</summary>
internal sealed record DemandsSignIn;

internal static class SignedInRequests
{
    /// <summary>Who makes the request, or null.</summary>
    public static SignedIn? SignedIn(this HttpContext context) => context.Features.Get<SignedIn>();

    /// <summary>Sends those who are not signed in to <c>/logg-inn</c> and back again; answers 401 to what they post.</summary>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DemandsSignIn());
}

/// <summary>Starts, finds and ends sessions.</summary>
internal sealed partial class Sessions(SecretSource secrets, SiteAddress site, ILogger<Sessions> log)
{
    /// <summary>A working day and some more; then everyone signs in anew.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private static readonly Func<TilskuddDb, string, DateTimeOffset, IAsyncEnumerable<Found>> ByCookie = Compiled.Query((TilskuddDb db, string hash, DateTimeOffset now) =>
        db.Set<Session>().Where(session => session.Hash == hash && session.EndedAt == null && session.ExpiresAt > now)
            .Join(db.People, session => session.PersonId, person => person.Id, (session, person) => new { session, person })
            .SelectMany(both => db.Roles.Where(role => role.PersonId == both.person.Id).DefaultIfEmpty(), (both, role) => new Found(both.session.IsElectronic, both.person, role)));

    public string CookieName => site.CookieName("s");

    /// <summary>Starts a session with a new secret, whatever cookie the browser came with, and ends the one that cookie stands for.</summary>
    /// <returns>The cookie's value, which is kept nowhere.</returns>
    public async Task<string> Start(Writing writing, PersonId person, string? oldCookie, bool isElectronic, CancellationToken ct)
    {
        await End(writing, oldCookie, ct);
        var secret = secrets.Token();
        writing.Db.Add(new Session(SecretSource.Hash(secret), person, isElectronic, writing.Now, writing.Now + Life));
        LogSignedIn(person.Value, isElectronic ? "electronic id" : "mailed link");
        return secret;
    }

    /// <summary>
    /// Ends what a person is signed in by, the links that are on their way, and the calendar addresses: somebody else may have the address they went to,
    /// or be the one an identity provider vouched for.
    /// </summary>
    public static async Task EndAll(Writing writing, PersonId person, CancellationToken ct)
    {
        writing.Db.RemoveRange(await writing.Db.Set<SignInTicket>().Where(ticket => ticket.PersonId == person && ticket.UsedAt == null).ToListAsync(ct));
        foreach (var session in await writing.Db.Set<Session>().Where(session => session.PersonId == person && session.EndedAt == null).ToListAsync(ct))
        {
            session.End(writing.Now);
        }

        foreach (var key in await writing.Db.Set<FeedKey>().Where(key => key.PersonId == person && key.EndedAt == null).ToListAsync(ct))
        {
            key.End(writing.Now);
        }
    }

    [LoggerMessage(LogLevel.Information, "Person {Person} signed in by {Means}")]
    private partial void LogSignedIn(Guid person, string means);

    public static async Task End(Writing writing, string? cookie, CancellationToken ct)
    {
        if (cookie is null)
        {
            return;
        }

        var hash = SecretSource.Hash(cookie);
        (await writing.Db.Set<Session>().SingleOrDefaultAsync(session => session.Hash == hash, ct))?.End(writing.Now);
    }

    /// <summary>Who the cookie stands for now. Writes nothing.</summary>
    public static async Task<SignedIn?> Find(TilskuddDb db, string cookie, DateTimeOffset now, CancellationToken ct)
    {
        var hash = SecretSource.Hash(cookie);
        var found = await ByCookie(db, hash, now).ToListAsync(ct);
        var today = Dates.On(now);
        if (found is not [var (isElectronic, person, _), ..] || !person.TakesPartOn(today))
        {
            return null;
        }

        var roles = found.Select(one => one.Role).OfType<RoleAssignment>().Where(role => role.HoldsOn(today));
        return new SignedIn(person.Id, person.Name, Languages.Of(person.Language), [.. roles], isElectronic);
    }

    /// <param name="Role">One of the person's; null where there is none.</param>
    private sealed record Found(bool IsElectronic, Person Person, RoleAssignment? Role);
}
