using System.Net;
using System.Text;
using Tilskudd.Approval;
using Tilskudd.Archive;
using Tilskudd.Tests.Approval;
using Tilskudd.Tests.Meetings;

namespace Tilskudd.Browser;

public sealed class RoundPdfTests(Chromium chromium)
{
    [Fact]
    public async Task A_protocol_is_printed_as_pdf_and_two_at_once_wait_for_each_other()
    {
        using var print = new RoundPrint(Set(chromium.Program));
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

    [Fact]
    public async Task A_member_reads_the_whole_plan_as_pdf_by_the_link_and_nothing_in_it_holds_the_token()
    {
        await using var given = await GivenARound.Open(settings: [new("Pdf:Browser", chromium.Program)]);
        using var kari = await given.Member("Kari");
        using var nobody = new Tests.SignIn.Browser(given.Site);
        var page = await kari.Get("/utskrift");
        var pdf = await kari.Get("/utskrift.pdf");
        var stranger = await nobody.Get(given.Page + "/utskrift.pdf");

        Assert.Contains($"href=\"{given.Page}/utskrift.pdf\"", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, pdf.Status);
        Assert.StartsWith("%PDF-", pdf.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(kari.Token, pdf.Text, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, stranger.Status);
    }

    [Fact]
    public async Task The_protocol_of_a_meeting_is_printed_for_the_body_and_for_nobody_else()
    {
        await using var given = await GivenMeetings.Start(settings: [new("Pdf:Browser", chromium.Program)]);
        await given.Plan();
        await given.Begin("Kari", "Fatima");
        var (kari, outside) = (await given.SignedIn("Kari"), await given.SignedIn("Utenfor"));
        var page = await kari.Get(given.Path + "/protokoll");
        var pdf = await kari.Get(given.Path + "/protokoll.pdf");
        var stranger = await outside.Get(given.Path + "/protokoll.pdf");

        Assert.NotNull(page.Page.QuerySelector($"a[href='{given.Path}/protokoll.pdf']"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (pdf.Status, stranger.Status));
    }

    private static Settings Set(string? browser) =>
        Settings.Read([new("Pdf:Browser", browser)], new System.Collections.Hashtable(), AppContext.BaseDirectory).Settings!;
}
