using System.ComponentModel;
using System.Diagnostics;
using Tilskudd.Setup;

namespace Tilskudd.Archive;

/// <summary>Prints a page as PDF with the browser of <c>Pdf:Browser</c>, without its window and without the net.</summary>
/// <param name="browser">The program.</param>
internal sealed class PrintPdf(string browser)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <exception cref="IOException">The browser did not print it.</exception>
    public async Task Print(string page, string to, CancellationToken ct)
    {
        var profile = Directory.CreateTempSubdirectory("tilskudd-pdf-");
        try
        {
            await Run(page, to, profile.FullName, ct);
        }
        finally
        {
            profile.Delete(recursive: true);
        }

        if (!File.Exists(to))
        {
            throw new ToldFault($"Pdf:Browser «{browser}» skrev ingen PDF. Rett innstillingen, eller la den være tom.");
        }
    }

    private async Task Run(string page, string to, string profile, CancellationToken ct)
    {
        var start = new ProcessStartInfo(browser, [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", $"--user-data-dir={profile}", "--no-pdf-header-footer",

            // A browser will not shut itself in where it is run by the machine's administrator; the page is our own, and has no scripts.
            .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),
            $"--print-to-pdf={to}", new Uri(page).AbsoluteUri])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Longest);
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                await Task.WhenAll(process.StandardError.ReadToEndAsync(patience.Token), process.StandardOutput.ReadToEndAsync(patience.Token), process.WaitForExitAsync(patience.Token));
            }
            catch (OperationCanceledException)
            {
                // Whoever asked may have gone; the browser goes too, and lets go of its folder.
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
                ct.ThrowIfCancellationRequested();
                throw new ToldFault($"Pdf:Browser «{browser}» ble ikke ferdig innen {Longest.TotalSeconds} sekunder.");
            }
        }
        catch (Win32Exception)
        {
            throw new ToldFault($"Pdf:Browser «{browser}» kan ikke startes. Oppgi en nettleser som er installert og kan kjøres, eller la innstillingen være tom.");
        }
    }
}
