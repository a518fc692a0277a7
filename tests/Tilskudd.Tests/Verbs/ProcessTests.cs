using System.Diagnostics;
using Tilskudd.Tests.Faults;

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

    private static async Task<(int Status, string Output, string Error)> Run(string words, string variable = "NOTHING=1")
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec env {variable} '{Served.Program}' {words}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
