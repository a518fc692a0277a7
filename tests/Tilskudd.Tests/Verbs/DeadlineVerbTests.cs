using Tilskudd.Verbs;

namespace Tilskudd.Tests.Verbs;

public sealed class DeadlineVerbTests
{
    [Theory]
    [InlineData(
        "--date 2027-03-28 --remind 10,5,1 --escalate 1",
        """{"effectiveOn":"2027-03-30","dueAt":"2027-03-30T22:00:00Z","reminders":[{"rung":10,"at":"2027-03-11T07:00:00Z"},{"rung":5,"at":"2027-03-18T07:00:00Z"},{"rung":1,"at":"2027-03-24T07:00:00Z"}],"escalations":[{"rung":1,"at":"2027-03-31T06:00:00Z"}],"why":{"nb":""")]
    [InlineData("--date 2027-03-28", """{"effectiveOn":"2027-03-30","dueAt":"2027-03-30T22:00:00Z","reminders":[],"escalations":[],"why":""")]
    [InlineData("--date 2026-11-26 --due-at 12:00", """{"effectiveOn":"2026-11-26","dueAt":"2026-11-26T11:00:00Z",""")]
    [InlineData("--date 2027-03-28 --shift none --remind 0 --at 02:30", """{"effectiveOn":"2027-03-28","dueAt":"2027-03-28T22:00:00Z","reminders":[{"rung":0,"at":"2027-03-28T01:00:00Z"}]""")]
    [InlineData("--date 2027-03-28 --shift previous-working-day", """{"effectiveOn":"2027-03-24",""")]
    [InlineData("--date 2026-12-24 --closed 12-24,2026-12-28", """{"effectiveOn":"2026-12-29",""")]
    [InlineData("--date 2027-03-28 --remind 10,5,1 --now 2027-03-18T08:00", """{"effectiveOn":"2027-03-30","dueAt":"2027-03-30T22:00:00Z","reminders":[{"rung":5,"at":"2027-03-18T07:00:00Z"},{"rung":1,""")]
    [InlineData("--date 2027-03-28 --remind 10,5,1 --now 2027-03-18T08:00:01", """{"effectiveOn":"2027-03-30","dueAt":"2027-03-30T22:00:00Z","reminders":[{"rung":1,""")]
    [InlineData("--date 2026-06-10 --remind 1,10", """{"effectiveOn":"2026-06-10","dueAt":"2026-06-10T22:00:00Z","reminders":[{"rung":10,""")]
    public async Task A_deadline_is_told_as_json(string options, string expected)
    {
        var (status, output, error) = await Run(options);

        Assert.Equal(0, status);
        Assert.StartsWith(expected, output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("--date 2027-02-30", "--date: «2027-02-30» er ikke en dato")]
    [InlineData("--date 31.02", "--date")]
    [InlineData("--date 2027-2-3", "--date")]
    [InlineData("--date 0001-01-01", "utenfor tiden")]
    [InlineData("--date 9999-12-31", "utenfor tiden")]
    [InlineData("--date 2027-02-01 --due-at 24:00", "--due-at: «24:00» er ikke et klokkeslett")]
    [InlineData("--date 2027-02-01 --at 8:00", "--at")]
    [InlineData("--date 2027-02-01 --at 08:00:00", "--at")]
    [InlineData("--date 2027-02-01 --remind -1", "--remind: «-1»")]
    [InlineData("--date 2027-02-01 --remind 401", "--remind: «401»")]
    [InlineData("--date 2027-02-01 --remind 99999999999", "--remind")]
    [InlineData("--date 2027-02-01 --remind 10,,5", "--remind: «»")]
    [InlineData("--date 2027-02-01 --remind 5,5", "--remind: 5 står to ganger")]
    [InlineData("--date 2027-02-01 --escalate 1.5", "--escalate")]
    [InlineData("--date 2027-02-01 --shift next-workingday", "Mente du «next-working-day»?")]
    [InlineData("--date 2027-02-01 --closed 02-30", "--closed")]
    [InlineData("--date 2027-02-01 --now 2027-03-01", "--now")]
    [InlineData("--date 2027-02-01 --now 2027-03-01T25:00", "--now")]
    public async Task A_value_that_cannot_be_used_is_refused_by_its_option(string options, string reason)
    {
        var (status, output, error) = await Run(options);

        Assert.Equal(1, status);
        Assert.Empty(output);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--date")]
    [InlineData("--dato 2027-02-01")]
    [InlineData("--date 2027-02-01 --date 2027-02-02")]
    [InlineData("--date 2027-02-01 2027-02-02")]
    public async Task Options_written_wrongly_are_wrong_usage(string options)
    {
        Assert.Equal(64, (await Run(options)).Status);
    }

    [Fact]
    public async Task Closing_every_day_of_the_year_is_refused_and_not_searched_for_ever()
    {
        var days = string.Join(',', Enumerable.Range(0, 61).Select(i => new NodaTime.LocalDate(2026, 1, 1).PlusDays(i).ToString("MM-dd", null)));

        Assert.Contains("61 dager er for mange", (await Run($"--date 2026-01-01 --closed {days}")).Error, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Out, string Error)> Run(string options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CommandLine.Run(
            ["deadline", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)], new Terminal(output, error, IsInteractive: false), [DeadlineVerb.Verb]);
        return (status, output.ToString(), error.ToString());
    }
}
