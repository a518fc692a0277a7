using Tilskudd.Approval;

namespace Tilskudd.Archive;

/// <summary>Prints the protocol of a round as PDF for its page: the same page as in a package for the archive. One at a time, since each starts a browser.</summary>
internal sealed class ProtocolPrint(Settings settings) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Whether there is a browser to print with.</summary>
    public bool IsThere => settings.PdfBrowser is not null;

    /// <returns>The file's content.</returns>
    /// <exception cref="IOException">The browser did not print it.</exception>
    public async Task<byte[]> Print(ProtocolRow row, CancellationToken ct)
    {
        var pdf = new PrintPdf(settings.PdfBrowser ?? throw new InvalidOperationException("No Pdf:Browser is set, and a protocol was to be printed."));
        await _turn.WaitAsync(ct);
        var folder = Directory.CreateTempSubdirectory("tilskudd-protokoll-");
        try
        {
            var (page, to) = (Path.Combine(folder.FullName, "protokoll.html"), Path.Combine(folder.FullName, "protokoll.pdf"));
            var archived = new ArchivedProtocol("protokoll", row.Protocol, row.Later, row.SignedAt is null ? null : row.Chair, row.SignedAt, row.SignedHash);
            var about = new ArchivedCase("", row.Protocol.Title, new CasePlace(row.Municipality, row.Programme, "", row.TextLanguage), [], [], [], []) { Protocols = [archived] };
            await File.WriteAllTextAsync(page, await CasePackage.Page<PackageProtocol>(about, nameof(PackageProtocol.Archived), archived), ct);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, PackageFiles.Style), CasePackage.Style(), ct);
            await pdf.Print(page, to, ct);
            return await File.ReadAllBytesAsync(to, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
