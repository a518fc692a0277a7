using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.Notices.Inbound;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Tests.Notices.Inbound;

public class InboundSweepTests : IAsyncLifetime
{
    private GivenNotices _given = null!;
    private InboundSweep _sweep = null!;
    private string _folder = "";
    private PersonId _kari;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _given = await GivenNotices.Create();
        _folder = _given.Settings.Mail.Inbound.Folder;
        _kari = await _given.Person("Kari Nordby", "kari@drammen.example");
        _sweep = Sweep(new FolderInbound(_folder, NullLogger<FolderInbound>.Instance));
    }

    public ValueTask DisposeAsync() => _given.DisposeAsync();

    [Fact]
    public async Task Without_a_folder_there_is_nothing_to_do()
    {
        Assert.Equal(Path.Combine(_given.Database.Folder, "mail-in"), _folder);
        Assert.Equal(0, await Run());
    }

    [Fact]
    public async Task A_bounce_makes_the_notice_failed_with_the_reason_and_no_address()
    {
        var id = await Sent();
        await Comes("retur", ForeignMails.PostfixBounce, id);

        var done = await Run();

        var notice = await _given.Find(id);
        Assert.Equal(1, done);
        Assert.Equal((NoticeState.Failed, "550 5.1.1 [adresse] Recipient address rejected: User unknown"), (notice.State, notice.LastError));
        Assert.Equal(["behandlet"], Shelves());
        Assert.Equal(0, await _given.Send());
    }

    [Fact]
    public async Task A_delay_and_an_absence_are_noted_and_the_notice_stays_sent()
    {
        var id = await Sent();
        await Comes("a", ForeignMails.PostfixDelay, id);
        await Comes("b", ForeignMails.ExchangeAway, id);

        await Run();

        Assert.Equal(NoticeState.Sent, (await _given.Find(id)).State);
        Assert.Equal([NewsKind.Delayed, NewsKind.Away], (await News()).Select(news => news.Kind).Order());
    }

    [Fact]
    public async Task The_same_mail_twice_is_told_once_even_in_another_file()
    {
        var id = await Sent();
        await Comes("a", ForeignMails.OutlookReply, id);
        await Run();
        await Comes("b", "Received: from en annen vei\r\n" + ForeignMails.OutlookReply, id);

        await Run();

        Assert.Single(await News());
        Assert.Single(await Trail());
        Assert.Equal(["behandlet", "behandlet"], Shelves());
    }

    [Fact]
    public async Task A_crash_between_saving_and_putting_away_does_no_harm()
    {
        var id = await Sent();
        await Comes("a", ForeignMails.PostfixBounce, id);
        var crashing = Sweep(new CrashingInbound(new FolderInbound(_folder, NullLogger<FolderInbound>.Instance)));
        await Assert.ThrowsAsync<OperationCanceledException>(() => crashing.Run(_given.Database.Clock.GetUtcNow(), Ct));
        Assert.Single(await News());
        Assert.Empty(Shelves());

        await Run();

        Assert.Single(await News());
        Assert.Single(await Trail());
        Assert.Equal(["behandlet"], Shelves());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_changed_makes_no_endless_work()
    {
        var id = await Sent();
        await Comes("a", ForeignMails.PostfixBounce, id);
        await File.WriteAllTextAsync(Path.Combine(_folder, "behandlet"), "i veien", Ct);

        Assert.Equal(0, await Run());
        Assert.Equal(0, await Run());
        Assert.Single(await News());
    }

    [Fact]
    public async Task A_mail_that_fits_nothing_or_is_none_is_put_aside_and_changes_nothing()
    {
        var id = await Sent();
        await Comes("fremmed", ForeignMails.OutlookReply.Replace("{id}", "0192f000000070008000000000000001@tilskudd.example", StringComparison.Ordinal), id);
        await Comes("falsk", ForeignMails.OutlookReply.Replace("{id}", $"{id.Value:N}@ond.example", StringComparison.Ordinal), id);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "soppel.eml"), [0, 1, 2, 3], Ct);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "uferdig.tmp"), [0], Ct);

        await Run();

        Assert.Empty(await News());
        Assert.Equal(["ukjent", "ukjent", "ulest"], Shelves());
        Assert.True(File.Exists(Path.Combine(_folder, "uferdig.tmp")));
    }

    [Fact]
    public async Task A_mail_of_ours_that_comes_back_as_it_was_is_no_answer()
    {
        var id = await Sent();
        var own = MimeWriter.Write(_given.Mailer.Mails.Single());
        Directory.CreateDirectory(_folder);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "egen.eml"), own, Ct);

        await Run();

        Assert.Empty(await News());
        Assert.Equal(NoticeState.Sent, (await _given.Find(id)).State);
        Assert.Equal(["ukjent"], Shelves());
    }

    [Fact]
    public async Task A_mail_about_one_that_is_being_sent_waits_until_it_is()
    {
        var id = await _given.Tell(_kari);
        await _given.Database.Write(writing => writing.Db.Set<Notice>().Single(notice => notice.Id == id).Claim(writing.Now, TimeSpan.FromMinutes(10)));
        await Comes("a", ForeignMails.PostfixBounce, id);

        Assert.Equal(0, await Run());
        Assert.Empty(await News());
        await _given.Database.Write(writing => writing.Db.Set<Notice>().Single(notice => notice.Id == id).Delivered(writing.Now));
        Assert.Equal(1, await Run());

        Assert.Equal(NoticeState.Failed, (await _given.Find(id)).State);
    }

    [Fact]
    public async Task More_mails_than_one_batch_are_all_taken()
    {
        var id = await Sent();
        for (var number = 0; number < 50; number++)
        {
            await Comes($"{number:00}", ForeignMails.OutlookReply.Replace("AM9PR", $"AM9PR{number}", StringComparison.Ordinal), id);
        }

        var done = 0;
        for (var turn = 0; turn < 3; turn++)
        {
            done += await Run();
        }

        Assert.Equal((50, 50), (done, (await News()).Count));
    }

    [Fact]
    public async Task Neither_text_nor_address_stands_in_the_trail_and_what_no_page_shows_is_not_kept()
    {
        var id = await Sent();
        await Comes("a", ForeignMails.OutlookReply, id);

        await Run();

        var entry = Assert.Single(await Trail());
        Assert.Equal(("system", "mail-answered", $"notice/{id}"), (entry.Actor, entry.Event, entry.Object));
        Assert.DoesNotContain("kari", entry.Data, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("parken", entry.Data, StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(await News()).Text);
    }

    [Fact]
    public async Task A_mail_larger_than_what_is_read_is_handled_by_its_beginning()
    {
        var id = await Sent();
        await Comes("stor", ForeignMails.OutlookReply + "\r\n" + new string('x', 3 * MailPart.MostBytes), id);

        await Run();

        Assert.Single(await News());
    }

    private InboundSweep Sweep(IInbound inbound) => new(_given.Database, _given.Database.Door, inbound, NullLogger<InboundSweep>.Instance);

    private Task<int> Run() => _sweep.Run(_given.Database.Clock.GetUtcNow(), Ct);

    private async Task<NoticeId> Sent()
    {
        var id = await _given.Tell(_kari);
        Assert.Equal(1, await _given.Send());
        return id;
    }

    private async Task Comes(string name, string shape, NoticeId about)
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, name + ".eml"), shape.Replace("{id}", $"{about.Value:N}@tilskudd.example", StringComparison.Ordinal).ReplaceLineEndings("\r\n"), new UTF8Encoding(false), Ct);
    }

    private async Task<List<NoticeNews>> News()
    {
        await using var db = _given.Database.Read();
        return await db.Set<NoticeNews>().OrderBy(news => news.Key).ToListAsync(Ct);
    }

    private async Task<List<Tilskudd.Trail.TrailEntry>> Trail()
    {
        await using var db = _given.Database.Read();
        return await db.Trail.Where(entry => entry.Event.StartsWith("mail-")).ToListAsync(Ct);
    }

    private IEnumerable<string> Shelves() => Directory.EnumerateDirectories(_folder).SelectMany(shelf => Directory.EnumerateFiles(shelf).Select(_ => Path.GetFileName(shelf)!)).Order(StringComparer.Ordinal);

    /// <summary>Dies before anything is put away.</summary>
    private sealed class CrashingInbound(IInbound inbound) : IInbound
    {
        public TimeSpan Pause => inbound.Pause;

        public Task<IReadOnlyList<ArrivedMail>> Next(int most, CancellationToken ct) => inbound.Next(most, ct);

        public Task PutAway(ArrivedMail mail, Shelf shelf, CancellationToken ct) => throw new OperationCanceledException();
    }
}
