using Tilskudd.Approval;
using Tilskudd.Meetings;

namespace Tilskudd.Archive;

/// <summary>Prints what a round decides on, and the protocol of it or of a meeting, as PDF for its pages: the same pages as in a package for the archive. One at a time, since each starts a browser.</summary>
internal sealed class RoundPrint(Settings settings) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Whether there is a browser to print with.</summary>
    public bool IsThere => settings.PdfBrowser is not null;

    /// <summary>The protocol.</summary>
    /// <returns>The file's content.</returns>
    /// <exception cref="IOException">The browser did not print it.</exception>
    public Task<byte[]> Print(ProtocolRow row, CancellationToken ct) => Print(
        new ArchivedProtocol("protokoll", row.Protocol, row.Later, row.SignedAt is null ? null : row.Chair, row.SignedAt, row.SignedHash),
        new CasePlace(row.Municipality, row.Programme, "", row.TextLanguage), ct);

    /// <summary>The protocol of a meeting; nothing of what was said behind closed doors.</summary>
    /// <inheritdoc cref="Print(ProtocolRow, CancellationToken)"/>
    public Task<byte[]> Print(MeetingProtocolRow row, CancellationToken ct) => Print(
        new ArchivedProtocol("protokoll", row.Protocol, null, row.Meeting.Meeting.SignedAt is null ? null : row.Chair, row.Meeting.Meeting.SignedAt, row.Meeting.Meeting.SignedHash),
        new CasePlace(row.Municipality, row.Programme, "", row.TextLanguage), ct);

    /// <summary>The version that is decided on, every word of it.</summary>
    /// <param name="frozenAt">When the version was made.</param>
    /// <inheritdoc cref="Print(ProtocolRow, CancellationToken)"/>
    public Task<byte[]> Print(RoundRow row, DateTimeOffset frozenAt, CancellationToken ct)
    {
        var document = new ArchivedDocument("dokument", row.Document.Title, row.Round.Version, "", row.Round.Hash, frozenAt) { Plan = row.Plan?.Content, Rapport = row.Rapport };
        var place = row.Document.Place;
        var about = new ArchivedCase("", row.Document.Title, new CasePlace(place.Municipality.Name, place.Programme.Name, place.Unit.Name, place.Municipality.Language), [document], [], [], []);
        return Print<PackagePage>(about, nameof(PackagePage.Document), document, ct);
    }

    private Task<byte[]> Print(ArchivedProtocol archived, CasePlace place, CancellationToken ct) =>
        Print<PackageProtocol>(new ArchivedCase("", archived.Protocol.Title, place, [], [], [], []) { Protocols = [archived] }, nameof(PackageProtocol.Archived), archived, ct);

    private async Task<byte[]> Print<TPage>(ArchivedCase about, string parameter, object shown, CancellationToken ct)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        var pdf = new PrintPdf(settings.PdfBrowser ?? throw new InvalidOperationException("No Pdf:Browser is set, and a page was to be printed."));
        await _turn.WaitAsync(ct);
        try
        {
            return await Print<TPage>(pdf, about, parameter, shown, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<byte[]> Print<TPage>(PrintPdf pdf, ArchivedCase about, string parameter, object shown, CancellationToken ct)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-utskrift-");
        try
        {
            var (page, to) = (Path.Combine(folder.FullName, "side.html"), Path.Combine(folder.FullName, "side.pdf"));
            await File.WriteAllTextAsync(page, await CasePackage.Page<TPage>(about, parameter, shown), ct);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, PackageFiles.Style), CasePackage.Style(), ct);
            await pdf.Print(page, to, ct);
            return await File.ReadAllBytesAsync(to, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public void Dispose() => _turn.Dispose();
}
