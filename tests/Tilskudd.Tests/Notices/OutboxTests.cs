using Microsoft.EntityFrameworkCore;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Tests.Notices;

public class OutboxTests : IAsyncLifetime
{
    private GivenNotices _given = null!;

    public async ValueTask InitializeAsync() => _given = await GivenNotices.Create();

    public ValueTask DisposeAsync() => _given.DisposeAsync();

    [Fact]
    public async Task A_queued_notice_is_sent_once()
    {
        var id = await _given.Tell(await _given.Person("Kari Nordby", "kari@drammen.example"));

        var first = await _given.Send();
        var second = await _given.Send();

        var notice = await _given.Find(id);
        Assert.Equal((1, 0), (first, second));
        Assert.Equal(NoticeState.Sent, notice.State);
        Assert.Equal(_given.Database.Clock.GetUtcNow(), notice.SentAt);
        var mail = Assert.Single(_given.Mailer.Mails);
        Assert.Equal("Møtet er flyttet", mail.Subject);
        Assert.Equal($"{id.Value:N}@tilskudd.example", mail.MessageId);
        Assert.Equal("Hei Kari Nordby.\n\nMøtet er flyttet.\n\nTil tirsdag.\n\nTilskudd\n", mail.Text);
        Assert.Contains("<h1", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Møtet er flyttet", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_that_is_refused_queues_nothing()
    {
        var kari = await _given.Person("Kari Nordby", "kari@drammen.example");

        await _given.Database.Door.Write(async writing =>
        {
            await _given.Queue.Queue(writing, NoticeKind.Message, kari, "en", new NoticeAbout { Text = "Hei" });
            return new Tilskudd.Cycle.Planning.PlanRefusal.ChangedMeanwhile(writing.Now);
        });

        Assert.Equal(0, await _given.Send());
    }

    [Fact]
    public async Task The_same_occasion_is_one_mail_to_each_person()
    {
        var kari = await _given.Person("Kari Nordby", "kari@drammen.example");
        var ola = await _given.Person("Ola Lie", "ola@drammen.example");
        foreach (var person in new[] { kari, kari, ola })
        {
            await _given.Tell(NoticeKind.Message, person, new NoticeAbout { Text = "Hei" }, "en/anledning");
        }

        var sent = await _given.Send();

        Assert.Equal(2, sent);
    }

    [Fact]
    public async Task A_server_that_grey_lists_for_half_an_hour_gets_few_tries_and_then_the_mail()
    {
        var id = await _given.Tell(await _given.Person("Kari Nordby", "kari@drammen.example"));
        _given.Mailer.Always = new MailResult.Refused("451 4.7.1 Prøv igjen", IsPermanent: false);
        var start = _given.Database.Clock.GetUtcNow();

        for (var minute = 0; minute <= 60; minute++)
        {
            _given.Database.Clock.SetTo(start.AddMinutes(minute));
            _given.Mailer.Always = minute < 30 ? _given.Mailer.Always : new MailResult.Sent();
            await _given.Send();
        }

        Assert.Equal(NoticeState.Sent, (await _given.Find(id)).State);
        Assert.InRange(_given.Mailer.Mails.Count, 2, 12);
        Assert.Single(_given.Mailer.Mails.Select(mail => mail.MessageId).Distinct());
    }

    [Fact]
    public async Task A_refused_recipient_touches_nobody_else_and_is_given_up_at_once()
    {
        var ids = new List<NoticeId>();
        for (var member = 1; member <= 7; member++)
        {
            ids.Add(await _given.Tell(await _given.Person($"Medlem {member}", $"medlem{member}@drammen.example")));
        }

        _given.Mailer.Answers["medlem3@drammen.example"] = new MailResult.Refused("550 5.1.1 Ukjent", IsPermanent: true);

        var sent = await _given.Send();

        var failed = await _given.Find(ids[2]);
        Assert.Equal(6, sent);
        Assert.Equal((NoticeState.Failed, 1, "550 5.1.1 Ukjent"), (failed.State, failed.Attempts, failed.LastError));
    }

    [Fact]
    public async Task A_notice_that_cannot_be_written_is_given_up_after_ten_tries_and_never_stops_the_next()
    {
        var poison = await _given.Tell(await _given.Person("Uten adresse", "ikke en adresse"));
        var good = await _given.Tell(await _given.Person("Kari Nordby", "kari@drammen.example"));

        var first = await _given.Send();
        for (var hour = 0; hour < 12; hour++)
        {
            _given.Database.Clock.Advance(TimeSpan.FromHours(1));
            await _given.Send();
        }

        var notice = await _given.Find(poison);
        Assert.Equal(1, first);
        Assert.Equal(NoticeState.Sent, (await _given.Find(good)).State);
        Assert.Equal((NoticeState.Failed, 10), (notice.State, notice.Attempts));
        Assert.Equal("InvalidOperationException", notice.LastError);
    }

    [Fact]
    public async Task What_became_of_a_mail_is_kept_before_the_next_one_goes()
    {
        var first = await _given.Tell(await _given.Person("Kari Nordby", "kari@drammen.example"));
        var poison = await _given.Tell(await _given.Person("Uten adresse", "ikke en adresse"));
        var second = await _given.Tell(await _given.Person("Ola Lie", "ola@drammen.example"));
        var third = await _given.Tell(await _given.Person("Eli Moe", "eli@drammen.example"));
        var seen = new List<string>();
        _given.Mailer.Breaks = () =>
        {
            using var db = _given.Database.Read();
            var states = db.Set<Notice>().ToDictionary(notice => notice.Id, notice => notice.State);
            seen.Add($"{states[first]} {states[poison]} {states[second]} {states[third]}");
        };

        await _given.Send();

        Assert.Equal(["Sending Queued Queued Queued", "Sent Queued Sending Queued", "Sent Queued Sent Sending"], seen);
        Assert.Equal(NoticeState.Sent, (await _given.Find(third)).State);
        Assert.Equal((NoticeState.Queued, 1), ((await _given.Find(poison)).State, (await _given.Find(poison)).Attempts));
    }

    [Fact]
    public async Task Where_the_mailer_takes_several_at_once_as_many_are_on_their_way_and_each_goes_once()
    {
        await Wait(8);
        _given.Mailer.Lines = 4;
        var (onTheWay, all) = (0, new TaskCompletionSource());
        _given.Mailer.Meanwhile = () =>
        {
            if (Interlocked.Increment(ref onTheWay) == 4)
            {
                all.SetResult();
            }

            return all.Task.WaitAsync(TestContext.Current.CancellationToken);
        };

        var sent = await _given.Send();

        Assert.Equal(8, sent);
        Assert.Equal(8, _given.Mailer.Mails.Select(mail => mail.Id).Distinct().Count());
        await using var db = _given.Database.Read();
        Assert.All(db.Set<Notice>(), notice => Assert.Equal((NoticeState.Sent, 1), (notice.State, notice.Attempts)));
    }

    [Fact]
    public async Task A_way_in_nobody_waits_for_any_more_is_not_sent_and_holds_nobody_up()
    {
        var kari = await _given.Person("Kari Nordby", "kari@drammen.example");
        var old = await _given.Tell(NoticeKind.SignInLink, kari, new NoticeAbout());
        _given.Database.Clock.Advance(TimeSpan.FromMinutes(31));
        var fresh = await _given.Tell(NoticeKind.SignInLink, kari, new NoticeAbout(), "another");

        var done = await _given.Send();

        Assert.Equal((NoticeState.Cancelled, NoticeState.Sent), ((await _given.Find(old)).State, (await _given.Find(fresh)).State));
        Assert.Single(_given.Mailer.Mails);
        Assert.Equal(2, done);
    }

    [Fact]
    public async Task A_failed_mail_that_is_tried_anew_begins_its_waiting_anew()
    {
        var failed = await _given.Tell(await _given.Person("Kari Nordby", "kari@drammen.example"));
        await _given.Database.Write(async w =>
        {
            var notice = await w.Db.Set<Notice>().SingleAsync(notice => notice.Id == failed);
            notice.Bounced("Ukjent mottaker");
            notice.Release(w.Now);
        });

        var notice = await _given.Find(failed);
        Assert.Equal((NoticeState.Queued, 0, ""), (notice.State, notice.Attempts, notice.LastError));
    }

    [Fact]
    public async Task Where_several_are_on_their_way_a_closed_way_out_stops_them_all()
    {
        await Wait(12);
        _given.Mailer.Lines = 4;
        _given.Mailer.Always = new MailResult.Unavailable("Ikke STARTTLS");

        var sent = await _given.Send();

        Assert.Equal(0, sent);
        Assert.InRange(_given.Mailer.Mails.Count, 1, 4);
        await using var db = _given.Database.Read();
        Assert.All(db.Set<Notice>(), notice => Assert.Equal((NoticeState.Queued, 0), (notice.State, notice.Attempts)));
    }

    [Fact]
    public async Task A_closed_way_out_keeps_the_queue_for_days_and_is_no_try()
    {
        var first = await _given.Tell(await _given.Person("Kari Nordby", "kari@drammen.example"));
        var second = await _given.Tell(await _given.Person("Ola Lie", "ola@drammen.example"));
        _given.Mailer.Always = new MailResult.Unavailable("Ikke STARTTLS");
        for (var hour = 0; hour < 48; hour++)
        {
            await _given.Send();
            _given.Database.Clock.Advance(TimeSpan.FromHours(1));
        }

        var tries = _given.Mailer.Mails.Count;
        _given.Mailer.Always = null;
        var sent = await _given.Send();

        Assert.Equal(48, tries);
        Assert.Equal(2, sent);
        Assert.Equal((1, 1), ((await _given.Find(first)).Attempts, (await _given.Find(second)).Attempts));
    }

    [Fact]
    public async Task A_mail_that_was_being_sent_when_the_process_died_is_sent_again_with_the_same_message_id()
    {
        var id = await _given.Tell(await _given.Person("Kari Nordby", "kari@drammen.example"));
        _given.Mailer.Breaks = () => throw new OperationCanceledException();
        await Assert.ThrowsAsync<OperationCanceledException>(_given.Send);
        _given.Mailer.Breaks = null;
        Assert.Equal(NoticeState.Sending, (await _given.Find(id)).State);

        _given.Restart();
        var sent = await _given.Send();

        Assert.Equal(1, sent);
        Assert.Equal(NoticeState.Sent, (await _given.Find(id)).State);
        Assert.Equal(2, _given.Mailer.Mails.Count);
        Assert.Single(_given.Mailer.Mails.Select(mail => mail.MessageId).Distinct());
    }

    [Fact]
    public async Task A_mail_in_hand_is_left_alone_until_its_lease_is_out()
    {
        var id = await _given.Tell(await _given.Person("Kari Nordby", "kari@drammen.example"));
        await _given.Send();
        await _given.Database.Write(writing => writing.Db.Set<Notice>().Single(notice => notice.Id == id).Cancel());
        var other = await _given.Tell(await _given.Person("Ola Lie", "ola@drammen.example"));
        await _given.Database.Write(writing => writing.Db.Set<Notice>().Single(notice => notice.Id == other).Claim(writing.Now, TimeSpan.FromMinutes(10)));

        _given.Database.Clock.Advance(TimeSpan.FromMinutes(9));
        var early = await _given.Send();
        _given.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await _given.Send();

        Assert.Equal((0, 1), (early, late));
    }

    [Fact]
    public async Task An_uncertain_mail_is_sent_again_with_the_same_message_id()
    {
        var id = await _given.Tell(await _given.Person("Kari Nordby", "kari@drammen.example"));
        _given.Mailer.Always = new MailResult.Uncertain("Serveren la på.");
        await _given.Send();
        var uncertain = await _given.Find(id);

        _given.Mailer.Always = null;
        _given.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _given.Send();

        Assert.Equal(NoticeState.Uncertain, uncertain.State);
        Assert.Equal(NoticeState.Sent, (await _given.Find(id)).State);
        Assert.Single(_given.Mailer.Mails.Select(mail => mail.MessageId).Distinct());
    }

    [Fact]
    public async Task A_task_that_no_longer_waits_is_not_mailed_about()
    {
        var id = await _given.Tell(NoticeKind.TaskWaiting, await _given.Person("Kari Nordby", "kari@drammen.example"), new NoticeAbout { RunId = _given.Database.Ids.Next(), Visit = 1 });

        await _given.Send();

        Assert.Equal(NoticeState.Cancelled, (await _given.Find(id)).State);
        Assert.Empty(_given.Mailer.Mails);
    }

    [Theory]
    [InlineData("nb", "Til deg innen 26. november: Handlingsplan 2025 for Strømsø 2030", "FRISTEN ER TIRSDAG 26. NOVEMBER KL. 12")]
    [InlineData("nn", "Til deg innan 26. november: Handlingsplan 2025 for Strømsø 2030", "FRISTEN ER TYSDAG 26. NOVEMBER KL. 12")]
    [InlineData("en", "For you by 26 November: Handlingsplan 2025 for Strømsø 2030", "THE DEADLINE IS TUESDAY 26 NOVEMBER, 12:00")]
    public async Task A_waiting_task_is_told_in_the_reader_s_language(string language, string subject, string deadline)
    {
        var kari = await _given.Person("Kari Nordby", "kari@drammen.example", language);
        _given.Task = new("Skriv handlingsplanen.", "Handlingsplan 2025 for Strømsø 2030", "/plan/1", new(2024, 11, 26), new(12, 0), "Drammen kommune", "Kari Nordby", "", null);
        await _given.Tell(NoticeKind.TaskWaiting, kari, new NoticeAbout { RunId = _given.Database.Ids.Next(), Visit = 1 });

        await _given.Send();

        var mail = Assert.Single(_given.Mailer.Mails);
        Assert.Equal(subject, mail.Subject);
        Assert.Contains(deadline, mail.Text, StringComparison.Ordinal);
        Assert.Contains("\nhttp://localhost:5080/plan/1\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\"", mail.Html, StringComparison.Ordinal);
        Assert.All(mail.Text.Split('\n').Where(line => !line.StartsWith("http", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 72));
    }

    [Fact]
    public async Task A_deadline_of_another_year_is_told_with_its_year()
    {
        var kari = await _given.Person("Kari Nordby", "kari@drammen.example");
        _given.Task = new("Skriv.", "Evaluering 2025", "/evaluering/1", new(2025, 12, 31), null, "Drammen kommune", "Kari Nordby", "", null);
        await _given.Tell(NoticeKind.TaskWaiting, kari, new NoticeAbout { RunId = _given.Database.Ids.Next(), Visit = 1 });

        await _given.Send();

        var mail = Assert.Single(_given.Mailer.Mails);
        Assert.Equal("Til deg innen 31. desember 2025: Evaluering 2025", mail.Subject);
        Assert.Contains("31. DESEMBER 2025", mail.Text, StringComparison.Ordinal);
    }

    // As when the application has been stopped over the day.
    [Theory]
    [InlineData(2023, "er passert", "Fristen var")]
    [InlineData(2031, "nærmer seg", "Fristen er")]
    public async Task A_reminder_that_is_sent_after_the_day_does_not_say_that_the_day_is_near(int year, string heading, string deadline)
    {
        var kari = await _given.Person("Kari Nordby", "kari@drammen.example");
        _given.Task = new("Skriv.", "Evaluering 2025", "/evaluering/1", new(year, 12, 29), null, "Drammen kommune", "Kari Nordby", "", null);
        await _given.Tell(NoticeKind.DeadlineReminder, kari, new NoticeAbout { RunId = _given.Database.Ids.Next(), Visit = 1, DeadlineRung = 2 });

        await _given.Send();

        var mail = Assert.Single(_given.Mailer.Mails);
        Assert.Contains(heading, mail.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(deadline, mail.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Mails_about_the_same_task_stand_in_one_thread()
    {
        var kari = await _given.Person("Kari Nordby", "kari@drammen.example");
        _given.Task = new("Skriv handlingsplanen.", "Handlingsplan 2025", "/plan/1", null, null, "Drammen kommune", "Kari Nordby", "", null);
        var about = new NoticeAbout { RunId = _given.Database.Ids.Next(), Visit = 1 };
        await _given.Tell(NoticeKind.TaskWaiting, kari, about);
        await _given.Tell(NoticeKind.DeadlineReminder, kari, about with { DeadlineRung = 2 });

        await _given.Send();

        var mails = _given.Mailer.Mails.ToArray();
        Assert.Equal(mails[0].MessageId, mails[0].ThreadId);
        Assert.Equal(mails[0].MessageId, mails[1].ThreadId);
        Assert.NotEqual(mails[0].MessageId, mails[1].MessageId);
    }

    private async Task Wait(int mails)
    {
        for (var number = 0; number < mails; number++)
        {
            await _given.Tell(await _given.Person($"Medlem {number}", $"medlem{number}@drammen.example"));
        }
    }
}
