using System.Diagnostics;
using System.Runtime.Versioning;
using Tilskudd.Tests.Faults;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Verbs;

/// <summary>The program as the shell starts it, in surroundings it is not made for.</summary>
public sealed class ProcessTests
{
    private const string Deadline = "deadline --date 2025-05-16 --remind 3";

    [Fact]
    public async Task The_runtimes_invariant_mode_changes_no_result()
    {
        Served.Needs("/bin/sh");

        var (usual, invariant) = (await Run(Deadline), await Run(Deadline, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1"));

        Assert.Contains("mai", usual.Output, StringComparison.Ordinal);
        Assert.Equal(usual, invariant);
    }

    [Theory]
    [InlineData(Deadline + " >/dev/full", "Resultatet kunne ikke skrives.")]
    [InlineData(Deadline + " >&-", "Resultatet kunne ikke skrives.")]
    [InlineData("--help >/dev/full", "Resultatet kunne ikke skrives.")]
    [InlineData("count ingen.json 2>&-", "")]
    public async Task A_result_nobody_can_take_is_a_refusal_and_no_crash(string words, string told)
    {
        Served.Needs("/dev/full");

        var (status, _, error) = await Run(words);

        Assert.Equal(1, status);
        Assert.StartsWith(told, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task What_the_one_who_runs_it_may_not_read_or_write_is_named_and_nothing_is_written()
    {
        Served.NeedsRoot("/usr/bin/setpriv");
        const string Nobody = "/usr/bin/setpriv --reuid=65534 --regid=65534 --clear-groups";
        const UnixFileMode Ours = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        var folder = Directory.CreateTempSubdirectory("tilskudd-rights-").FullName;
        try
        {
            var (data, key) = (Path.Combine(folder, "data"), Path.Combine(folder, "nokkel.pem"));
            File.SetUnixFileMode(folder, Ours);
            File.SetUnixFileMode(Directory.CreateDirectory(data).FullName, Ours | UnixFileMode.OtherWrite);
            (await TrailKey.Open(key, TestContext.Current.CancellationToken)).Dispose();

            var check = await Run($"check --Data:Folder {data} --Database:Connection 'Data Source={data}/x.db' --Trail:KeyFile {key} --Trail:CheckpointFolder {folder} --Mail:Folder {folder}/mail", $"NOTHING=1 {Nobody}");
            var verify = await Run($"verify --export {key} --checkpoints {folder} --key {key}", $"NOTHING=1 {Nobody}");

            Assert.Equal((1, 1), (check.Status, verify.Status));
            Assert.All(
                [$"Trail:KeyFile «{key}» kan ikke leses.", $"Trail:CheckpointFolder «{folder}» kan ikke skrives.", $"Mail:Folder «{folder}/mail» kan ikke skrives."],
                told => Assert.Contains(told, check.Error, StringComparison.Ordinal));
            Assert.StartsWith("En fil eller mappe som skal kontrolleres, kan ikke leses.", verify.Error, StringComparison.Ordinal);
            Assert.Equal([data, key], Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int Status, string Output, string Error)> Run(string words, string variable = "NOTHING=1")
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec env {variable} '{Served.Program}' {words}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
