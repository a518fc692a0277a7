using Microsoft.EntityFrameworkCore;

namespace Tilskudd.Storage;

/// <summary>Brings a database to this version of the program, once, whoever asks and however often.</summary>
internal sealed class Migrator(IDbContextFactory<TilskuddDb> databases)
{
    // A migration that an abrupt end interrupted leaves EF Core's lock row behind, and the next start would wait for it for ever (efcore #38958).
    private const string ForgetLock = "DROP TABLE IF EXISTS __EFMigrationsLock";

    // Nodes that start at once wait for each other; the number is ours alone. It falls away with the connection, however that ends.
    private const string WaitForOthers = "SELECT pg_advisory_lock(7309453041)";
    private const string LetOthersIn = "SELECT pg_advisory_unlock(7309453041)";

    private const string SqliteTables =
        "SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

    private const string PostgresTables =
        "SELECT tablename::text AS \"Value\" FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE '\\_\\_EF%'";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Migrates.</summary>
    /// <param name="held">Proof that no other program writes to a SQLite file, so that any lock row in it is stale.</param>
    /// <returns>What is wrong, in Norwegian; null when the database has this version's schema.</returns>
    public async Task<string?> Run(ServerLock held, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(held);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await using var db = await databases.CreateDbContextAsync(patience.Token);
            await db.Database.OpenConnectionAsync(patience.Token);
            return db.Database.IsNpgsql() ? await InTurn(db, patience.Token) : await Migrate(db, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"Databasen ble ikke ferdig oppgradert på {Patience.TotalSeconds:0} sekunder. Ingenting er endret; prøv igjen.";
        }
        catch (Exception failure) when (DoorClosed.Because(failure) is { } closed)
        {
            return Explain(closed.Fault);
        }
    }

    /// <summary>What no migration can help: the database is a newer version's, or is for something else. Null when it is one of ours. Writes nothing.</summary>
    public async Task<string?> Foreign(CancellationToken ct = default)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            return await Foreign(db, ct);
        }
        catch (Exception failure) when (DoorClosed.Because(failure) is { } closed)
        {
            return Explain(closed.Fault);
        }
    }

    /// <summary>What keeps this version from using the database as it is, in Norwegian; null when it has this version's schema. Writes nothing.</summary>
    public async Task<string?> Check(CancellationToken ct = default)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            return await Foreign(db, ct)
                ?? ((await db.Database.GetPendingMigrationsAsync(ct)).Any() ? "Databasen er eldre enn programmet. Kjør «migrate» først." : null);
        }
        catch (Exception failure) when (DoorClosed.Because(failure) is { } closed)
        {
            return Explain(closed.Fault);
        }
    }

    private static async Task<string?> InTurn(TilskuddDb db, CancellationToken ct)
    {
        // Another node's migration may take longer than a question may.
        db.Database.SetCommandTimeout(Patience);
        await db.Database.ExecuteSqlRawAsync(WaitForOthers, ct);
        try
        {
            return await Migrate(db, ct);
        }
        finally
        {
            await db.Database.ExecuteSqlRawAsync(LetOthersIn, CancellationToken.None);
        }
    }

    private static async Task<string?> Migrate(TilskuddDb db, CancellationToken ct)
    {
        if (await Foreign(db, ct) is { } foreign)
        {
            return foreign;
        }

        if (!db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlRawAsync(ForgetLock, ct);
        }

        await db.Database.MigrateAsync(ct);
        return null;
    }

    private static async Task<string?> Foreign(TilskuddDb db, CancellationToken ct)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        if (applied.Except(db.Database.GetMigrations()).FirstOrDefault() is { } unknown)
        {
            return $"Databasen er laget av en nyere versjon av programmet (den har «{unknown}»). Installer den versjonen, eller hent fram en sikkerhetskopi.";
        }

        var tables = await db.Database.SqlQueryRaw<string>(db.Database.IsNpgsql() ? PostgresTables : SqliteTables).ToListAsync(ct);
        return applied.Count == 0 && tables.Count > 0
            ? $"Det er en database for noe annet (den har tabellen «{tables.Order(StringComparer.Ordinal).First()}»). Oppgi en annen i Database:Connection."
            : null;
    }

    private static string Explain(DoorFault fault) => fault switch
    {
        DoorFault.Busy => "Databasen er låst av et annet program. Lukk det og prøv igjen.",
        DoorFault.ReadOnly => "Databasen kan ikke skrives. Gi den som kjører programmet, skrivetilgang til filen og mappen.",
        DoorFault.DiskFull => "Disken er full. Frigjør plass og prøv igjen.",
        DoorFault.Unreachable => "Databasen kan ikke leses: filen er borte, skadet eller ikke en SQLite-database, eller PostgreSQL svarer ikke.",
    };
}
