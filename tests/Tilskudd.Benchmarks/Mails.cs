using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Benchmarks;

/// <summary>
/// A long queue of mails on its way to a server: each is claimed durably, written, handed over and told of durably. Beside the lines that are used
/// stands one line alone.
/// </summary>
internal static class Mails
{
    /// <param name="queues">How many reminders wait beside as many tasks, how long the server thinks about each mail, in milliseconds, and whether one line alone is measured too.</param>
    public static async Task Run(IReadOnlyList<(int Reminders, int Thinks, bool Beside)> queues, int rounds)
    {
        var table = new Table("Database", "Mails", "The server thinks, ms", "Lines, /s", "One line, /s", "Lines ÷ one line");
        foreach (var kind in Ground.Kinds)
        {
            foreach (var (reminders, thinks, beside) in queues)
            {
                await using var ground = await ReminderSweeps.Lay(kind, reminders);
                await ReminderSweeps.Sweep(ground, reminders);
                var mails = await Count(ground, NoticeState.Queued);
                var lines = new Case("Lines", () => Send(ground, mails, thinks, mailer => mailer));
                var seconds = await Harness.Rounds(rounds, beside ? [lines, new Case("One", () => Send(ground, mails, thinks, mailer => new OneLine(mailer)))] : [lines]);
                table.Add(
                    $"{kind}", $"{mails:#,0}", $"{thinks}", Rate(mails, seconds["Lines"]), beside ? Rate(mails, seconds["One"]) : "",
                    beside ? $"{Harness.Ratio(seconds["One"], seconds["Lines"])}" : "");
            }
        }

        table.Print("A queue of mails to a server");

        static string Rate(int mails, IReadOnlyList<double> seconds) => Spread.Write(mails / Spread.Of(seconds).Median);
    }

    private static async Task<TimeSpan> Send(Ground ground, int mails, int thinks, Func<IMailer, IMailer> over)
    {
        await using var copy = await ground.Copy();
        await using var server = new MailServer(TimeProvider.System, TimeSpan.FromMilliseconds(thinks));
        var settings = copy.Services.GetRequiredService<Settings>().Mail with { Kind = MailKind.Smtp, Host = "127.0.0.1", Port = server.Port, Security = MailSecurity.None };
        await using var mailer = new SmtpMailer(settings, TimeProvider.System);
        var outbox = ActivatorUtilities.CreateInstance<OutboxSweep>(copy.Services, over(mailer));
        var time = await Harness.Time(async () =>
        {
            while (await outbox.Run(copy.Clock.GetUtcNow(), CancellationToken.None) > 0)
            {
            }
        });
        var (sent, taken) = (await Count(copy, NoticeState.Sent), server.Taken.Count);
        Ground.Demand(
            sent == mails && taken == sent && server.Taken.Distinct().Count() == sent,
            string.Create(CultureInfo.InvariantCulture, $"{sent} of {mails} are told as sent, and the server took {taken}."));
        return time;
    }

    private static async Task<int> Count(Ground ground, NoticeState state)
    {
        await using var db = await ground.Databases.CreateDbContextAsync();
        return await db.Set<Notice>().CountAsync(notice => notice.State == state);
    }

    private sealed class OneLine(IMailer mailer) : IMailer
    {
        public int AtOnce(int waiting) => 1;

        public Task<MailResult> Send(OutgoingMail mail, CancellationToken ct) => mailer.Send(mail, ct);
    }
}
