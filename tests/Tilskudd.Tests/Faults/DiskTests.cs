using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.People;
using Tilskudd.SignIn;
using Tilskudd.Tests.Layout;
using Tilskudd.Tests.SignIn;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Faults;

/// <summary>The disk is full, closed or taken by another (F14, F18, F19): what could not be kept is said to be so, and the site recovers by itself.</summary>
[OnSqlite]
public sealed class DiskTests
{
    private const string Kari = "kari@drammen.example";

    [Fact]
    public async Task On_a_full_disk_nothing_is_acknowledged_and_when_there_is_room_again_the_site_goes_on()
    {
        Served.NeedsRoot("/usr/bin/unshare");
        await using var database = await TestDatabase.CreateInFile();
        await database.Write(w => w.Db.Add(new Person(w.Ids.Next<PersonId>(), "Kari Nordby", Kari, "nb", "", isInvented: true, "salt")));
        await Served.Appoint(database);
        await database.Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        var folder = Path.Combine(database.Folder, "liten");
        Directory.CreateDirectory(folder);

        // A small disk of its own, seen by the process only; from outside it lies below the process's own root.
        var script = $"mount -t tmpfs -o size=8m none '{folder}' && cp '{database.File.Path}' '{folder}' && exec \"$@\"";
        await using var served = await Served.Start(folder, ["/usr/bin/unshare", "-m", "/bin/sh", "-c", script, "sh"]);
        var disk = $"/proc/{served.Id}/root{folder}";
        using var browser = new Browser(served.Address, new CookieContainer());

        var before = await browser.Submit("/logg-inn", null, ("epost", Kari));
        Fill(Path.Combine(disk, "fyll"));
        var full = await browser.Submit("/logg-inn", null, ("epost", Kari));
        var reads = await browser.Get("/om");
        File.Delete(Path.Combine(disk, "fyll"));
        var after = await browser.Submit("/logg-inn", null, ("epost", Kari));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.ServiceUnavailable, HttpStatusCode.SeeOther), (before.Status, full.Status, after.Status));
        Assert.Equal(HttpStatusCode.OK, reads.Status);
        Assert.DoesNotContain("Sqlite", full.Text, StringComparison.OrdinalIgnoreCase);
        served.Kill();
        await served.Ended();
    }

    [Fact]
    public async Task While_another_program_holds_the_file_a_form_is_answered_that_it_was_not_saved_and_when_to_try_again()
    {
        await using var site = await RunningSite.Start(patience: 1);
        await using var other = new SqliteConnection(site.Database.File.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        using var browser = new Browser(site);
        var page = await browser.Get("/logg-inn");
        var form = Approval.Member.Fields(page.Text);

        var held = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        using var content = new FormUrlEncodedContent([.. form.Select(field => KeyValuePair.Create(field.Name, field.Value)), new("epost", Kari)]);
        using var closed = await site.Send(HttpMethod.Post, "/logg-inn", browser.Cookies.GetCookieHeader(browser.Address), content);
        await held.DisposeAsync();
        var opened = await browser.Post("/logg-inn", [.. form, ("epost", Kari)]);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, closed.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), closed.Headers.RetryAfter?.Delta);
        Assert.Contains("Tjenesten er ikke tilgjengelig", await closed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, opened.Status);
        await using var db = site.Database.Read();
        Assert.Equal(1, await db.Set<SignInWish>().CountAsync(TestContext.Current.CancellationToken));
        Assert.Contains(site.Log.Lines, line => line.StartsWith("Error: The database could not be used (Busy)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_can_no_longer_be_written_makes_the_site_unready_but_keeps_it_alive()
    {
        Served.NeedsRoot("/usr/bin/chattr");
        await using var site = await RunningSite.Start();
        using var browser = new Browser(site);
        var form = Approval.Member.Fields((await browser.Get("/logg-inn")).Text);

        Guard(site.Database, "+i");
        try
        {
            const string Long = "Jeg skrev lenge på dette, og vil ikke skrive det en gang til.";
            var posted = await browser.Post("/logg-inn", [.. form, ("epost", Kari), ("melding", Long)]);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, posted.Status);
            Assert.Contains(Long, WebUtility.HtmlDecode(posted.Text), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await browser.Get("/om")).Status);
            Assert.Equal(HttpStatusCode.OK, (await browser.Get("/health/live")).Status);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.Get("/health/ready")).Status);
        }
        finally
        {
            Guard(site.Database, "-i");
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Post("/logg-inn", [.. form, ("epost", Kari)])).Status);
        Assert.Contains(site.Log.Lines, line => line.StartsWith("Error: The database could not be used (ReadOnly)", StringComparison.Ordinal));
    }

    // Connections opened before would go on writing, so the pool's are closed.
    private static void Guard(TestDatabase database, string flag)
    {
        using var pooled = new SqliteConnection(database.File.ConnectionString);
        SqliteConnection.ClearPool(pooled);
        using var chattr = Process.Start("/usr/bin/chattr", [flag, database.File.Path]);
        chattr.WaitForExit();
        Assert.SkipUnless(chattr.ExitCode == 0, "The file system of the temporary folder keeps no such mark.");
    }

    private static void Fill(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException full)
        {
            Assert.Contains("space", full.Message, StringComparison.OrdinalIgnoreCase);
        }
    }
}
