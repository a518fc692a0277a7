using System.Text;
using Tilskudd.Approval;
using Tilskudd.Archive;

namespace Tilskudd.Browser;

public sealed class ProtocolPdfTests(Chromium chromium)
{
    [Fact]
    public async Task A_protocol_is_printed_as_pdf_and_two_at_once_wait_for_each_other()
    {
        using var print = new ProtocolPrint(Set(chromium.Program));
        var row = new ProtocolRow(Guid.Empty, new Protocol("Protokoll fra Politisk styringsgruppe", [new ProtocolPart("Utfall", [new ProtocolLine("", "Godkjent.")])]), IsOpen: false)
        {
            TextLanguage = "nb",
            Municipality = "Drammen kommune",
            Programme = "Strømsø 2030",
        };

        var printed = await Task.WhenAll(print.Print(row, TestContext.Current.CancellationToken), print.Print(row, TestContext.Current.CancellationToken));

        Assert.True(print.IsThere);
        Assert.All(printed, file => Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(file[..5]), StringComparison.Ordinal));
        Assert.All(printed, file => Assert.InRange(file.Length, 2_000, 1_000_000));
    }

    private static Settings Set(string? browser) =>
        Settings.Read([new("Pdf:Browser", browser)], new System.Collections.Hashtable(), AppContext.BaseDirectory).Settings!;
}
