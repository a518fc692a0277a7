using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Storage;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Faults;

/// <summary>The built application as a process of its own over a folder of the test's, to be killed, stopped and started again.</summary>
internal sealed partial class Served : IAsyncDisposable
{
    /// <summary>The calls by which SQLite brings what it has written to the disk; which of them depends on how it was built.</summary>
    public const string ToDisk = "fsync,fdatasync";

    private readonly Process _process;
    private readonly List<string> _said = [];
    private readonly TaskCompletionSource<Uri?> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Served(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => _address.TrySetResult(null);
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The program as it was built, beside the tests.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Tilskudd.exe" : "Tilskudd");

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>All it has written.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said);
            }
        }
    }

    /// <summary>Gives a database an administrator, without whom the application waits for the first one and does nothing else.</summary>
    public static Task Appoint(TestDatabase database) => database.Write(w =>
    {
        var id = w.Ids.Next<PersonId>();
        w.Db.Add(new Person(id, "Astrid Lie", "astrid@drammen.example", "nb", "", isInvented: true, "salt"));
        w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), id, Role.Administrator, null, null, null, Dates.On(w.Now), null));
    });

    /// <summary>Starts the application on the database of a folder, and waits until it listens.</summary>
    /// <param name="under">Another program it runs under, with its arguments; none by default.</param>
    /// <param name="settings">More settings, as on the command line.</param>
    public static async Task<Served> Start(string folder, string[]? under = null, params string[] settings)
    {
        var served = new Served(Run([.. under ?? [], Program, "serve", .. Words(folder), "--Urls", "http://127.0.0.1:0", .. settings]));
        served.Address = await served._address.Task ?? throw new InvalidOperationException("The application ended before it listened:\n" + served.Said);
        return served;
    }

    /// <summary>Starts the application on a test's database, and waits until it listens.</summary>
    /// <param name="settings">More settings, as on the command line.</param>
    public static async Task<Served> Start(TestDatabase database, params string[] settings)
    {
        var served = new Served(Run([Program, "serve", "--Data:Folder", database.Folder, .. database.Words, "--Urls", "http://127.0.0.1:0", .. settings]));
        served.Address = await served._address.Task ?? throw new InvalidOperationException("The application ended before it listened:\n" + served.Said);
        return served;
    }

    /// <summary>Runs <c>migrate</c> to its end, under another program.</summary>
    /// <returns>How it ended: 0 when it was not disturbed.</returns>
    public static async Task<int> Migrate(string folder, params string[] under)
    {
        using var process = Run([.. under, Program, "migrate", .. Words(folder)]);
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    /// <summary>The file of a folder, as the application is told to use it.</summary>
    public static SqliteFile Database(string folder) => SqliteFile.At(Path.Combine(folder, "tilskudd.db"));

    /// <summary>What kills a process at its n-th call of a kind: strace counts the calls of each thread.</summary>
    public static string[] KilledAt(string call, int n, params string[] more) =>
        ["/usr/bin/strace", "-f", .. more, "-e", "trace=" + call, "-e", $"inject={call}:signal=KILL:when={n.ToString(CultureInfo.InvariantCulture)}", "-o", "/dev/null"];

    /// <summary>Skips a test where the machine cannot do what it needs. With CI=true a skipped test is a failure.</summary>
    public static void Needs(string program) =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(program), $"{program} is needed to make the fault.");

    /// <summary>The same for what only root may do.</summary>
    public static void NeedsRoot(string program)
    {
        Needs(program);
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can make the fault.");
    }

    /// <summary>Has the process killed at its next call of a kind, whichever thread makes it.</summary>
    public async Task KillAtNext(string call)
    {
        var strace = Process.Start(new ProcessStartInfo("/usr/bin/strace", ["-f", "-e", "trace=" + call, "-e", $"inject={call}:signal=KILL:when=1", "-o", "/dev/null", "-p", Id.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardError = true,
        })!;

        // It says so when it holds the threads.
        while (await strace.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("attached", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException("strace could not take hold of the process.");
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("/bin/sh", ["-c", "kill -TERM " + Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<int> Ended()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static string[] Words(string folder) => ["--Data:Folder", folder, "--Database:Connection", "Data Source=" + Database(folder).Path];

    private static Process Run(IReadOnlyList<string> words) =>
        Process.Start(new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() })!;

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_said)
        {
            _said.Add(line);
        }

        if (Listening().Match(line) is { Success: true } found)
        {
            _address.TrySetResult(new Uri(found.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"svarer på (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
