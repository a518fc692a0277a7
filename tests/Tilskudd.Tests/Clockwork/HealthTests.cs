using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Notices;
using Tilskudd.Tests.Runs;

namespace Tilskudd.Tests.Clockwork;

public sealed class HealthTests
{
    [Fact]
    public async Task A_site_in_order_is_alive_and_ready_and_tells_a_stranger_no_more()
    {
        await using var given = await GivenAYear.Create();
        using var nobody = new SignIn.Browser(given.Site);

        var alive = await nobody.Get("/health/live");
        var ready = await nobody.Get("/health/ready");

        Assert.Equal(HttpStatusCode.OK, alive.Status);
        Assert.Equal((HttpStatusCode.OK, "{\"status\":\"ready\",\"checks\":null}"), (ready.Status, ready.Text));
    }

    [Fact]
    public async Task An_administrator_is_told_details()
    {
        await using var given = await GivenAYear.Create();
        using var administrator = await given.SignedIn(given.Administrator);

        var ready = await administrator.Get("/health/ready");

        Assert.Contains("\"name\":\"outbox\"", ready.Text, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"checkpoint\"", ready.Text, StringComparison.Ordinal);
        Assert.Contains("Ingen gjetter lenker.", ready.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_that_has_waited_more_than_an_hour_makes_the_site_unready()
    {
        await using var given = await GivenAYear.Create();
        Assert.NotEmpty(await given.Notices(NoticeKind.TaskWaiting));
        given.At(2024, 9, 20, 11);
        using var nobody = new SignIn.Browser(given.Site);

        var ready = await nobody.Get("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
    }

    [Fact]
    public async Task Mail_that_is_tried_and_put_back_each_minute_has_waited_since_it_was_queued()
    {
        await using var given = await GivenAYear.Create();
        given.At(2024, 9, 20, 11);
        await given.Site.Database.Write(async w =>
        {
            foreach (var notice in await w.Db.Set<Notice>().Where(notice => notice.State == NoticeState.Queued).ToListAsync())
            {
                notice.Claim(w.Now, TimeSpan.FromMinutes(10));
                notice.PutBack("Tjeneren svarer ikke.", w.Now.AddMinutes(1));
            }
        });
        using var nobody = new SignIn.Browser(given.Site);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await nobody.Get("/health/ready")).Status);
    }

    [Fact]
    public async Task A_clock_that_has_been_put_back_makes_the_site_unready()
    {
        await using var given = await GivenAYear.Create();
        given.At(2024, 9, 20, 8);
        using var nobody = new SignIn.Browser(given.Site);

        var ready = await nobody.Get("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
    }

    [Fact]
    public async Task A_key_or_a_folder_that_cannot_be_used_makes_the_site_unready_and_an_administrator_is_told_which()
    {
        await using var given = await GivenAYear.Create();
        using var administrator = await given.SignedIn(given.Administrator);
        using var nobody = new SignIn.Browser(given.Site);
        var folder = given.Site.Database.Folder;
        await File.WriteAllTextAsync(Path.Combine(folder, "trail-key.pem"), "ikke en nøkkel", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "checkpoints"), "en fil", TestContext.Current.CancellationToken);

        var told = await administrator.Get("/health/ready");
        var stranger = await nobody.Get("/health/ready");
        File.Delete(Path.Combine(folder, "trail-key.pem"));
        File.Delete(Path.Combine(folder, "checkpoints"));
        var mended = await nobody.Get("/health/ready");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (told.Status, stranger.Status, mended.Status));
        using var answer = System.Text.Json.JsonDocument.Parse(told.Text);
        var detail = answer.RootElement.GetProperty("checks").EnumerateArray().Single(check => !check.GetProperty("isGood").GetBoolean()).GetProperty("detail").GetString();
        Assert.Contains("Trail:KeyFile «", detail, StringComparison.Ordinal);
        Assert.Contains("Trail:CheckpointFolder «", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Trail", stranger.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_writes_nothing()
    {
        await using var given = await GivenAYear.Create();
        using var nobody = new SignIn.Browser(given.Site);
        var before = await given.Site.Database.Everything();

        await nobody.Get("/health/ready");

        Assert.Equal(before, await given.Site.Database.Everything());
    }
}
