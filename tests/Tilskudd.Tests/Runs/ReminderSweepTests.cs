using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Runs;

public class ReminderSweepTests
{
    [Fact]
    public async Task The_one_a_step_waits_for_is_reminded_five_working_days_before()
    {
        // The frame is due 15 October 2024, with rungs 5 and 1 working days before it at 08:00.
        await using var given = await GivenAYear.Create();
        given.At(2024, 10, 8, 7);
        var early = await Sweep(given);
        given.At(2024, 10, 8, 8);

        var taken = await Sweep(given);

        Assert.Equal(0, early);
        Assert.Equal(1, taken);
        var notice = Assert.Single(await given.Notices(NoticeKind.DeadlineReminder));
        Assert.Equal((given.Leader, 5), (notice.PersonId, notice.DeadlineRung!.Value));
    }

    [Fact]
    public async Task A_rung_is_taken_once_however_often_the_clockwork_turns()
    {
        await using var given = await GivenAYear.Create();
        given.At(2024, 10, 8, 8);
        await Sweep(given);

        var again = await Sweep(given);

        Assert.Equal(0, again);
        Assert.Single(await given.Notices(NoticeKind.DeadlineReminder));
    }

    [Fact]
    public async Task A_rung_taken_twice_by_a_restored_row_sends_no_second_notice()
    {
        await using var given = await GivenAYear.Create();
        given.At(2024, 10, 8, 8);
        await Sweep(given);
        await given.Site.Database.Sql("UPDATE DeadlineRungs SET HandledAt = NULL");

        var taken = await Sweep(given);

        Assert.Equal(1, taken);
        Assert.Single(await given.Notices(NoticeKind.DeadlineReminder));
    }

    [Fact]
    public async Task After_a_long_stop_every_rung_is_sent_once()
    {
        await using var given = await GivenAYear.Create();
        given.At(2024, 10, 17, 9);

        var taken = await Sweep(given);

        Assert.Equal(3, taken);
        Assert.Equal([1, 5], (await given.Notices(NoticeKind.DeadlineReminder)).Select(notice => notice.DeadlineRung!.Value).Order());
        Assert.Equal(given.Leader, Assert.Single(await given.Notices(NoticeKind.Escalation)).PersonId);
    }

    [Fact]
    public async Task What_is_done_is_not_reminded_of_and_its_rungs_are_used_up()
    {
        await using var given = await GivenAYear.Create();
        given.At(2024, 10, 1, 9);
        await given.Answer("Done", given.Leader);
        given.At(2024, 10, 17, 9);

        var taken = await Sweep(given);

        // Three rungs of the frame, and none yet of the draft, which is due 1 November: ten working days before is 18 October.
        Assert.Equal(3, taken);
        Assert.Empty(await given.Notices(NoticeKind.DeadlineReminder));
        Assert.Empty(await given.Notices(NoticeKind.Escalation));
        Assert.Equal(0, await Sweep(given));
    }

    [Fact]
    public async Task Only_members_who_have_not_answered_are_reminded_with_their_own_link()
    {
        // The group is to answer by 26 November at 12; two working days before is 22 November.
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        await given.Approve(given.Members[1], given.Members[2]);
        given.At(2024, 11, 22, 8);

        await Sweep(given);

        Assert.Equal(
            new HashSet<PersonId> { given.Members[0], given.Members[3], given.Members[4] },
            (await given.Notices(NoticeKind.ApprovalReminder)).Select(notice => notice.PersonId).ToHashSet());
    }

    [Fact]
    public async Task When_the_group_is_late_the_programme_leader_and_the_groups_leader_are_told()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        given.At(2024, 11, 27, 8);

        await given.Site.Turn();

        var told = await given.Notices(NoticeKind.Escalation);
        Assert.Equal(new HashSet<PersonId> { given.Leader, given.Members[0] }, told.Select(notice => notice.PersonId).ToHashSet());
        Assert.All(told, notice => Assert.Equal(NoticeState.Sent, notice.State));
    }

    [Fact]
    public async Task A_reminder_stands_in_the_trail_without_names()
    {
        await using var given = await GivenAYear.Create();
        given.At(2024, 10, 8, 8);

        await Sweep(given);

        await using var db = given.Read();
        var entry = await db.Trail.SingleAsync(entry => entry.Event == "deadline-reminded", TestContext.Current.CancellationToken);
        Assert.Contains("\"days\":5", entry.Data, StringComparison.Ordinal);
        Assert.Contains("\"people\":1", entry.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("Ingrid", entry.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_rungs_are_found_in_few_questions()
    {
        await using var database = await TestDatabase.Create();
        var calendar = new WorkingCalendar([]);
        await database.Write(w =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                w.Db.Add(Deadline.Set(w.Ids.Next<DeadlineId>(), "frame", new LocalDate(2024, 12, 2), null, "Y-1 12-02", new Ladder([5], [], new LocalTime(8, 0)), calendar, w.Now));
            }
        });
        database.Clock.Advance(TimeSpan.FromDays(14));
        var wake = new Wake();
        var (settings, _) = Settings.Read([new("Data:Folder", database.Folder)], new System.Collections.Hashtable(), House.Repository.Root);
        var sweep = new ReminderSweep(database, database.Door, new Reminding(new NoticeQueue(settings!, wake)), NullLogger<ReminderSweep>.Instance);
        database.Commands.Reset();

        var taken = 0;
        for (int some; (some = await sweep.Run(database.Clock.GetUtcNow(), TestContext.Current.CancellationToken)) > 0;)
        {
            taken += some;
        }

        // Fifty batches of two hundred, each with what is due, the deadlines, their rungs and the runs that wait.
        var questions = database.Commands.Texts.Count(text => text.StartsWith("SELECT", StringComparison.Ordinal));
        Assert.Equal(10_000, taken);
        Assert.InRange(questions, 1, 51 * 5);
    }

    [Fact]
    public async Task Reminders_about_many_runs_ask_the_database_no_more_than_those_about_one()
    {
        await using var given = await GivenAYear.Create();
        given.At(2024, 10, 8, 8);
        given.Commands.Reset();
        await Sweep(given);
        var aboutOne = Questions(given);
        given.At(2024, 9, 20, 9);
        await given.MoreRuns(20);
        given.At(2024, 10, 8, 8);
        given.Commands.Reset();

        var taken = await Sweep(given);

        Assert.Equal(aboutOne, Questions(given));
        Assert.Equal(20, taken);
        Assert.Equal(21, (await given.Notices(NoticeKind.DeadlineReminder)).Count);
    }

    private static int Questions(GivenAYear given) => given.Commands.Texts.Count(text => text.StartsWith("SELECT", StringComparison.Ordinal));

    private static Task<int> Sweep(GivenAYear given) =>
        given.Site.Services.GetServices<ISweep>().OfType<ReminderSweep>().Single().Run(given.Site.Database.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
}
