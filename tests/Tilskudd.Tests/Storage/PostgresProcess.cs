using System.Diagnostics;

namespace Tilskudd.Tests.Storage;

/// <summary>
/// A PostgreSQL server of this process's own, gone with it, however that ends. It sorts as in Norway, so that a query that leans on the
/// server's language is found out.
/// </summary>
internal static class PostgresProcess
{
    // Whoever started this script holds the other end of its input, and the server is stopped when that is let go.
    private const string Script = """
        d=$(mktemp -d -t tilskudd-pg-XXXXXX) || exit 1
        "$1/initdb" -D "$d/data" -U tilskudd -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=nb-NO --no-sync >"$d/log" 2>&1 \
          && "$1/pg_ctl" -D "$d/data" -l "$d/log" -w -o "-c listen_addresses='' -k $d -c fsync=$2 -c full_page_writes=$2 -c max_connections=400 -c shared_buffers=64MB" start >/dev/null 2>&1 \
          && echo "$d" || { cat "$d/log"; rm -rf "$d"; exit 1; }
        read -r _
        "$1/pg_ctl" -D "$d/data" -m immediate stop >/dev/null 2>&1
        rm -rf "$d"
        """;

    // Held for as long as this process runs: letting go of its input is what ends the server.
    private static Process? _process;

    /// <summary>The folder of the newest server on this machine, or null.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    /// <summary>Starts it, once in a process.</summary>
    /// <param name="isDurable">Whether a commit waits for the disk.</param>
    /// <returns>The folder that is its host, for the user <c>tilskudd</c>.</returns>
    public static async Task<string> Start(bool isDurable)
    {
        string[] shell = ["/bin/sh", "-c", Script, "sh", Programs!, isDurable ? "on" : "off"];

        // The server refuses to run as root.
        string[] words = Environment.IsPrivilegedProcess ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", .. shell] : shell;
        _process = Process.Start(new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        var folder = await _process.StandardOutput.ReadLineAsync();
        return Directory.Exists(folder) ? folder : throw new InvalidOperationException($"PostgreSQL did not start: {folder}\n{await _process.StandardOutput.ReadToEndAsync()}");
    }
}
