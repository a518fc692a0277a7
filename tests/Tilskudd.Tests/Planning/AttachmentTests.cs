using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Tilskudd.Cycle.Planning;
using Tilskudd.Planning;
using Tilskudd.Tests.Approval;

namespace Tilskudd.Tests.Planning;

/// <summary>Files that go with a plan: in through the form, part of what is decided, and out to those who may see the plan.</summary>
public sealed class AttachmentTests
{
    private static readonly byte[] _pdf = [.. "%PDF-1.7\nnoe"u8];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_goes_with_the_plan_into_its_version_and_out_again_to_be_kept()
    {
        await using var given = await Written();
        using var amina = await given.SignIn(given.Amina);
        var added = await amina.Upload(given.Path, "fil", _pdf, "Kart over området.pdf", given.Path + "/vedlegg");
        var again = await amina.Upload(given.Path, "fil", _pdf, "Kart over området.pdf", given.Path + "/vedlegg");
        await given.Send();
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path);
        var link = page.Find("section[aria-labelledby=les-vedlegg] a").GetAttribute("href")!;
        var (status, bytes, headers, policy) = await ingrid.Download(link);

        Assert.Equal((HttpStatusCode.SeeOther, $"{given.Path}?lagt-ved=1", HttpStatusCode.SeeOther), (added.Status, added.Location, again.Status));
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (status, headers.ContentType!.MediaType));
        Assert.Equal(_pdf, bytes);
        Assert.Equal(("attachment", "Kart over området.pdf"), (headers.ContentDisposition!.DispositionType, headers.ContentDisposition.FileNameStar));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        var version = (await given.Stored()).LatestVersion!;
        Assert.Equal([new AttachmentContent("Kart over området.pdf", "application/pdf", _pdf.Length, link.Split('/')[^1])], version.Read().Attachments);
        Assert.Contains(link.Split('/')[^1], version.Content, StringComparison.Ordinal);
        await using var db = given.Database.Read();
        Assert.Equal(1, await db.Trail.CountAsync(entry => entry.Event == "attachment-added", Ct));
    }

    [Fact]
    public async Task A_file_that_is_taken_away_stays_in_the_versions_that_were_sent_with_it()
    {
        await using var given = await Written();
        using var amina = await given.SignIn(given.Amina);
        await amina.Upload(given.Path, "fil", _pdf, "kart.pdf", given.Path + "/vedlegg");
        await given.Send();
        var sent = (await given.Stored()).LatestVersion!.Read().Attachments![0].Sha256;
        using var ingrid = await given.SignIn(given.Ingrid);
        await ingrid.Post(await ingrid.Get(given.Path), "form[action$='/gjennomgang']", "Returned", ("grunn", "Ta bort kartet."));
        var removed = await amina.Post(await amina.Get(given.Path), $"form[action$='/vedlegg/{sent}/fjern']");
        await given.Send();
        var changes = await ingrid.Get(given.Path + "/endringer");

        Assert.Equal(HttpStatusCode.SeeOther, removed.Status);
        Assert.Null((await given.Stored()).LatestVersion!.Read().Attachments);
        Assert.Equal(HttpStatusCode.OK, (await ingrid.Download($"{given.Path}/vedlegg/{sent}")).Status);
        Assert.Contains("kart.pdf", changes.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_taken_away_before_anybody_was_sent_it_is_not_kept_and_can_be_added_again()
    {
        await using var given = await Written();
        using var amina = await given.SignIn(given.Amina);
        await amina.Upload(given.Path, "fil", _pdf, "feil fil.pdf", given.Path + "/vedlegg");
        var path = $"{given.Path}/vedlegg/{(await given.Stored()).Attachments[0].File.Sha256}";
        await amina.Post(await amina.Get(given.Path), $"form[action$='{path}/fjern']");
        await using (var db = given.Database.Read())
        {
            Assert.False(await db.Set<StoredFile>().AnyAsync(Ct));
        }

        await amina.Upload(given.Path, "fil", _pdf, "rett fil.pdf", given.Path + "/vedlegg");

        Assert.Equal(HttpStatusCode.OK, (await amina.Download(path)).Status);
    }

    [Fact]
    public async Task A_file_another_plan_has_too_stays_there()
    {
        await using var given = await Written();
        using var amina = await given.SignIn(given.Amina);
        await amina.Upload(given.Path, "fil", _pdf, "kart.pdf", given.Path + "/vedlegg");
        var sha256 = (await given.Stored()).Attachments[0].File.Sha256;
        await given.Database.Write(w => w.Db.Add(new StoredFile(w.Ids.Next<HandlingsplanId>(), sha256, _pdf, w.Now)));
        await amina.Post(await amina.Get(given.Path), $"form[action$='/vedlegg/{sha256}/fjern']");
        await using var db = given.Database.Read();

        Assert.NotEqual((await given.Stored()).Id, (await db.Set<StoredFile>().SingleAsync(Ct)).PlanId);
    }

    [Theory]
    [InlineData("its draft")]
    [InlineData("a version that was sent")]
    public async Task A_database_from_when_a_file_was_kept_once_for_all_plans_gives_it_to_each_plan_that_shows_it(string shownBy)
    {
        await using var given = await Written();
        using var amina = await given.SignIn(given.Amina);
        await amina.Upload(given.Path, "fil", _pdf, "kart.pdf", given.Path + "/vedlegg");
        if (shownBy != "its draft")
        {
            await given.Send();
            await given.Database.Sql("UPDATE \"Handlingsplaner\" SET \"Attachments\" = '[]'");
        }

        await using (var db = given.Database.Read())
        {
            await db.GetService<IMigrator>().MigrateAsync("20240805000030_MeetingsOfBodies", Ct);
            await db.GetService<IMigrator>().MigrateAsync(targetMigration: null, Ct);
        }

        await using var after = given.Database.Read();
        Assert.Equal((await given.Stored()).Id, (await after.Set<StoredFile>().SingleAsync(Ct)).PlanId);
    }

    [Fact]
    public async Task Without_files_a_version_reads_as_one_from_before_plans_had_them()
    {
        await using var given = await Written();
        await given.Send();

        Assert.DoesNotContain("attachments", (await given.Stored()).LatestVersion!.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_not_found_by_those_who_may_not_see_the_plan_nor_under_another_plan()
    {
        await using var given = await Written();
        using var amina = await given.SignIn(given.Amina);
        await amina.Upload(given.Path, "fil", _pdf, "kart.pdf", given.Path + "/vedlegg");
        var path = $"{given.Path}/vedlegg/{(await given.Stored()).Attachments[0].File.Sha256}";
        using var stranger = await given.SignIn(given.Stranger);
        using var ingrid = await given.SignIn(given.Ingrid);

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Download(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await amina.Download($"{given.Path}/vedlegg/{new string('0', 64)}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await amina.Download($"{given.Path}/vedlegg/..%2f..%2fetc")).Status);
        Assert.Equal(HttpStatusCode.OK, (await amina.Download(path)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await ingrid.PostTo(await ingrid.Get("/"), path + "/fjern")).Status);
    }

    [Theory]
    [InlineData("kart.pdf", "<html><script>alert(1)</script>", "dette slaget")]
    [InlineData("tegning.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "dette slaget")]
    [InlineData("kart.pdf.exe", "%PDF-1.7", "slutter på «.exe»")]
    [InlineData("kart.docx", "PK\u0003\u0004 ikke en pakke", "dette slaget")]
    [InlineData("tom.pdf", "", "tom")]
    public async Task What_is_no_file_of_a_kind_we_take_is_refused_at_the_field_and_nothing_is_kept(string name, string content, string told)
    {
        await using var given = await Written();
        using var amina = await given.SignIn(given.Amina);
        var answer = await amina.Upload(given.Path, "fil", System.Text.Encoding.UTF8.GetBytes(content), name, given.Path + "/vedlegg");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(told, answer.Find("#fil-feil").TextContent, StringComparison.Ordinal);
        Assert.Empty((await given.Stored()).Attachments);
        await using var db = given.Database.Read();
        Assert.False(await db.Set<StoredFile>().AnyAsync(Ct));
    }

    [Fact]
    public async Task A_file_larger_than_we_take_is_refused_before_it_is_kept_and_ten_is_the_most()
    {
        await using var given = await Written();
        using var amina = await given.SignIn(given.Amina);
        var large = await amina.Upload(given.Path, "fil", [.. _pdf, .. new byte[AttachmentFile.Largest]], "stor.pdf", given.Path + "/vedlegg");
        var huge = await amina.Upload(given.Path, "fil", new byte[51_000_000], "svær.pdf", given.Path + "/vedlegg");
        for (var number = 1; number <= 10; number++)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await amina.Upload(given.Path, "fil", [.. _pdf, (byte)number], $"kart-{number}.pdf", given.Path + "/vedlegg")).Status);
        }

        var eleventh = await amina.Upload(given.Path, "fil", [.. _pdf, 11], "kart-11.pdf", given.Path + "/vedlegg");
        var taken = await amina.Upload(given.Path, "fil", [.. _pdf, 12], "KART-1.pdf", given.Path + "/vedlegg");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (large.Status, huge.Status));
        Assert.Contains("høyst 20 MB", huge.Find("#fil-feil").TextContent, StringComparison.Ordinal);
        Assert.Contains("høyst 10 vedlegg", eleventh.Find("#fil-feil").TextContent, StringComparison.Ordinal);
        Assert.Contains("heter «KART-1.pdf»", taken.Find("#fil-feil").TextContent, StringComparison.Ordinal);
        Assert.Equal(10, (await given.Stored()).Attachments.Count);
    }

    [Theory]
    [InlineData("../../etc/passwd.pdf", "passwd.pdf")]
    [InlineData("C:\\Users\\Kari\\plan.pdf", "plan.pdf")]
    [InlineData("CON.pdf", "vedlegg-CON.pdf")]
    [InlineData("a\r\nb.pdf", "ab.pdf")]
    [InlineData("plan\u202Efdp.pdf", "planfdp.pdf")]
    [InlineData("  ..pdf", "pdf.pdf")]
    [InlineData("...", "vedlegg.pdf")]
    [InlineData("A\u030alesund.pdf", "Ålesund.pdf")]
    [InlineData("uten", "uten.pdf")]
    public void A_name_is_a_name_and_nothing_more(string given, string kept) => Assert.Equal(kept, AttachmentFile.Read(given, _pdf).File!.Name);

    [Fact]
    public void A_long_name_is_cut_and_keeps_its_ending() => Assert.Equal(104, AttachmentFile.Read(new string('a', 300) + ".pdf", _pdf).File!.Name.Length);

    [Fact]
    public void An_office_file_is_told_by_what_it_holds_and_one_with_macros_is_not_taken()
    {
        Assert.Equal("application/vnd.openxmlformats-officedocument.wordprocessingml.document", AttachmentFile.Read("brev.docx", Package("word/document.xml")).File!.MediaType);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", AttachmentFile.Read("budsjett.xlsx", Package("xl/workbook.xml")).File!.MediaType);
        Assert.Null(AttachmentFile.Read("budsjett.xlsx", Package("xl/workbook.xml", "xl/vbaProject.bin")).File);
        Assert.Null(AttachmentFile.Read("brev.docx", Package("xl/workbook.xml")).File);
        Assert.Null(AttachmentFile.Read("pakke.zip", Package("virus.js")).File);
    }

    [Fact]
    public async Task A_member_reads_the_file_by_the_link_as_part_of_what_is_decided()
    {
        await using var given = await GivenARound.Open();
        var file = AttachmentFile.Read("kart.pdf", _pdf).File!;
        await given.Tell(async w =>
        {
            var plan = await w.Db.Handlingsplaner.SingleAsync();
            Assert.Null(plan.Attach(file, given["Jonas"], w.Now));
            w.Db.Add(new StoredFile(plan.Id, file.Sha256, _pdf, w.Now));
        });
        using var before = await given.Member("Kari");
        var early = await before.Get($"/vedlegg/{file.Sha256}");
        await given.SendAnewVersion();
        using var kari = await given.Member("Kari");
        var page = await kari.Get();
        var read = await kari.Get($"/vedlegg/{file.Sha256}");
        using var nobody = new Tilskudd.Tests.SignIn.Browser(given.Site);

        Assert.Equal(HttpStatusCode.NotFound, early.Status);
        Assert.Contains($"href=\"{given.Page}/vedlegg/{file.Sha256}\"", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.NotEqual(HttpStatusCode.OK, (await nobody.Get($"{given.Page}/vedlegg/{file.Sha256}")).Status);
    }

    private static async Task<GivenPlan> Written()
    {
        var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        return given;
    }

    private static byte[] Package(params string[] entries)
    {
        using var bytes = new MemoryStream();
        using (var package = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries.Prepend("[Content_Types].xml"))
            {
                package.CreateEntry(entry);
            }
        }

        return bytes.ToArray();
    }
}
