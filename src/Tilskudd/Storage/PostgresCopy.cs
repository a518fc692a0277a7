using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Tilskudd.Storage;

/// <summary>Takes and brings back copies with PostgreSQL's own programs, which must be on the machine.</summary>
internal sealed class PostgresCopy(NpgsqlConnectionStringBuilder connection, string schema)
{
    private static readonly Dictionary<SslMode, string> SslModes = new()
    {
        [SslMode.Disable] = "disable", [SslMode.Allow] = "allow", [SslMode.Prefer] = "prefer",
        [SslMode.Require] = "require", [SslMode.VerifyCA] = "verify-ca", [SslMode.VerifyFull] = "verify-full",
    };

    // A schema named is made by the copy itself, and that of everybody is there in every new database.
    private IEnumerable<string> Tables => schema == PostgresServer.PublicSchema ? ["--exclude-schema=tilskudd_*"] : [$"--schema={schema}"];

    /// <returns>What is wrong, in Norwegian; null when the copy is whole.</returns>
    public Task<string?> Take(string file, CancellationToken ct) => Run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", .. Tables, $"--file={file}"], ct);

    /// <returns>What is wrong, in Norwegian; then nothing of the copy is there.</returns>
    public Task<string?> BringBack(string file, CancellationToken ct) =>
        Run("pg_restore", ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", $"--dbname={connection.Database}", file], ct);

    // The password goes where other users of the machine do not see it.
    private async Task<string?> Run(string program, string[] words, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardError = true };
        (start.Environment["PGHOST"], start.Environment["PGPORT"]) = (connection.Host, connection.Port.ToString(CultureInfo.InvariantCulture));
        (start.Environment["PGDATABASE"], start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) = (connection.Database, connection.Username, connection.Password);
        start.Environment["PGSSLMODE"] = SslModes[connection.SslMode];
        try
        {
            using var process = Process.Start(start)!;
            var said = await process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0 ? null : $"{program} ga opp: {said.Trim()}";
        }
        catch (Win32Exception)
        {
            return $"Programmet «{program}» finnes ikke. Installer PostgreSQLs klientprogrammer i samme versjon som tjeneren, eller nyere.";
        }
    }
}
