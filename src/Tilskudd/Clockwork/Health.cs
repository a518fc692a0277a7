using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.Setup;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Clockwork;

/// <summary>One thing the application needs, and how it is with it.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Detail">What was found, in Norwegian.</param>
internal sealed record HealthCheck(string Name, bool IsGood, string Detail);

/// <summary>Looks whether the application can do its work: the database and its schema, the files and folders of the settings, the clock, the outbox, the signatures, and whether somebody guesses links. Writes nothing.</summary>
internal sealed class Health(IDbContextFactory<TilskuddDb> databases, Migrator migrator, IDatabasePlace place, Settings settings, Misses misses, TimeProvider clock)
{
    /// <summary>A mail that could have gone this long ago and has not means that the outbox stands still.</summary>
    internal static readonly TimeSpan LongestOutbox = TimeSpan.FromHours(1);

    /// <summary>A clock this far behind what is already written would date new facts before old ones.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    /// <summary>How long an alarm over guessing is shown.</summary>
    private static readonly TimeSpan LongestAlarm = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<HealthCheck>> Look(CancellationToken ct)
    {
        var database = await Database(ct);
        return database.IsGood ? [database, Places(), .. await Contents(ct)] : [database, Places()];
    }

    private async Task<HealthCheck> Database(CancellationToken ct)
    {
        var fault = await migrator.Check(ct);
        fault ??= await place.Ailment(ct);
        return new HealthCheck("database", fault is null, fault ?? "Databasen svarer og har denne versjonens skjema.");
    }

    private HealthCheck Places()
    {
        var faults = PlacesCheck.Faults(settings);
        return new HealthCheck("places", faults.Count == 0, faults.Count == 0 ? "Filene og mappene i innstillingene kan brukes." : string.Join(' ', faults.Select(fault => fault.Message)));
    }

    private async Task<IReadOnlyList<HealthCheck>> Contents(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var written = await db.Trail.OrderByDescending(entry => entry.Seq).Select(entry => (DateTimeOffset?)entry.At).FirstOrDefaultAsync(ct);
        var waiting = db.Set<Notice>().Where(notice => notice.State == NoticeState.Queued || notice.State == NoticeState.Uncertain);

        // While the way out is closed a mail is put back each minute, untried; it has waited since it was queued.
        var putBack = await waiting.Where(notice => notice.Attempts == 0 && notice.LastError != "").MinAsync(notice => (DateTimeOffset?)notice.QueuedAt, ct);
        var due = putBack ?? await waiting.MinAsync(notice => notice.NextAttemptAt, ct);
        return [ClockIsRight(now, written), await OutboxHold.Since(db, ct) is { } held ? OutboxIsHeld(held) : OutboxMoves(now, due), Signed(now), Guessed(now)];
    }

    private static HealthCheck ClockIsRight(DateTimeOffset now, DateTimeOffset? written) => written is { } at && at - now > ClockSlack
        ? new HealthCheck("clock", false, $"Klokka er {TrailEntry.Write(now)}, men sporet er skrevet til {TrailEntry.Write(at)}.")
        : new HealthCheck("clock", true, $"Klokka er {TrailEntry.Write(now)}.");

    private static HealthCheck OutboxMoves(DateTimeOffset now, DateTimeOffset? due) => due is not { } at || at > now
        ? new HealthCheck("outbox", true, "Ingen e-post venter på å bli sendt.")
        : new HealthCheck("outbox", now - at <= LongestOutbox, $"Eldste e-post har ventet i {(int)(now - at).TotalMinutes} minutter.");

    // People may use the site meanwhile; that mails wait is what the operator asked for.
    private static HealthCheck OutboxIsHeld(DateTimeOffset since) =>
        new("outbox", true, $"En kopi ble hentet fram {TrailEntry.Write(since)}, og e-post holdes tilbake. Kjør «release» når alt er som det skal.");

    // Told of, and no reason to turn people away: every guess was refused.
    private HealthCheck Guessed(DateTimeOffset now) => new(
        "guessing", true,
        misses.AlarmedAt is { } at && now - at <= LongestAlarm ? $"Noen prøvde {Misses.Alarming} lenker eller adresser på ett minutt for {(int)(now - at).TotalMinutes} minutter siden." : "Ingen gjetter lenker.");

    // An old signature is told of and is no reason to turn people away: the trail itself is whole.
    private HealthCheck Signed(DateTimeOffset now) => new(
        "checkpoint", true,
        LatestCheckpoint.Of(settings.Trail) is { } latest ? $"Sporet er signert til linje {latest.Seq} for {(int)(now - latest.At).TotalMinutes} minutter siden." : "Sporet er ikke signert ennå.");
}

/// <summary>What monitoring asks: is the process alive, and can it do its work. Only an administrator is told details.</summary>
internal static class HealthRoom
{
    public static void AddHealth(this IServiceCollection services) => services.AddSingleton<Health>();

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("alive"));
        app.MapGet("/health/ready", Ready);
    }

    private static async Task<IResult> Ready(HttpContext context, Health health, CancellationToken ct)
    {
        var checks = await health.Look(ct);
        var isGood = checks.All(check => check.IsGood);
        var details = context.SignedIn()?.Has(Role.Administrator) == true ? checks.Select(check => new { check.Name, check.IsGood, check.Detail }) : null;
        return TypedResults.Json(new { status = isGood ? "ready" : "unready", checks = details }, statusCode: isGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
