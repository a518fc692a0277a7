using NodaTime;
using NodaTime.Text;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Steps;

public sealed class DueRuleTests
{
    [Fact]
    public void A_date_counts_from_the_grant_year()
    {
        var noon = Assert.IsType<DueRule.OnDate>(Parse("Y-1 11-26 12:00"));
        var wholeDay = Assert.IsType<DueRule.OnDate>(Parse("Y 02-15"));
        var after = Assert.IsType<DueRule.OnDate>(Parse("Y+1 03-01"));

        Assert.Equal((new LocalDate(2024, 11, 26), new LocalTime(12, 0)), (noon.In(2025), noon.At));
        Assert.Equal((new LocalDate(2025, 2, 15), null), (wholeDay.In(2025), wholeDay.At));
        Assert.Equal(new LocalDate(2026, 3, 1), after.In(2025));
    }

    [Fact]
    public void The_twenty_ninth_of_february_is_the_twenty_eighth_in_other_years()
    {
        var rule = Assert.IsType<DueRule.OnDate>(Parse("Y 02-29"));

        Assert.Equal(new LocalDate(2028, 2, 29), rule.In(2028));
        Assert.Equal(new LocalDate(2027, 2, 28), rule.In(2027));
    }

    [Fact]
    public void A_vague_date_has_a_first_day_and_a_last()
    {
        Assert.True(DueRule.TryParse("Y-1 09-01..10-31", out var rule, out _));

        Assert.Equal((new LocalDate(2024, 9, 1), new LocalDate(2024, 10, 31)), Assert.IsType<DueRule.Within>(rule).In(2025));
    }

    [Fact]
    public void A_wait_counts_from_the_day_the_step_is_entered()
    {
        Assert.Equal(new DueRule.AfterWorkingDays(10), Parse("+10 workdays"));
        Assert.Equal(new DueRule.AfterDays(14), Parse("+14 days"));
        Assert.Equal(new DueRule.AfterWorkingDays(1), Parse("+1 workdays"));
        Assert.Equal(new DueRule.AfterDays(400), Parse("+400 days"));
    }

    [Fact]
    public void A_letter_gives_the_date_of_the_report()
    {
        Assert.Equal(new DueRule.FromLetter("report-due"), Parse("letter report-due"));
    }

    [Theory]
    [InlineData("letter report-due -1 workdays", "2026-03-13")]
    [InlineData("letter report-due -20 workdays", "2026-02-16")]
    [InlineData("letter report-due", "2026-03-15")]
    public void A_step_may_be_due_some_working_days_before_the_letters_date(string text, string on)
    {
        var rule = Assert.IsType<DueRule.FromLetter>(Parse(text));

        Assert.Equal(LocalDatePattern.Iso.Parse(on).Value, rule.Of(new LocalDate(2026, 3, 15), WorkingCalendar.Norwegian));
    }

    [Theory]
    [InlineData("", "Fristen kan ikke leses")]
    [InlineData("tomorrow", "Fristen kan ikke leses")]
    [InlineData("D-0", "Fristen kan ikke leses")]
    [InlineData("Y-1", "Fristen kan ikke leses")]
    [InlineData("Y-1 26-11 ", "Fristen kan ikke leses")]
    [InlineData("Y-10 11-26", "Fristen kan ikke leses")]
    [InlineData("y-1 11-26", "Fristen kan ikke leses")]
    [InlineData("Y-1 11-26 12.00", "Fristen kan ikke leses")]
    [InlineData("Y-1 11-26\n", "Fristen kan ikke leses")]
    [InlineData("Y-1 １１-26", "Fristen kan ikke leses")]
    [InlineData("-10 workdays", "Fristen kan ikke leses")]
    [InlineData("+10 weeks", "Fristen kan ikke leses")]
    [InlineData("{{7*7}}", "Fristen kan ikke leses")]
    [InlineData("Y-1 26-11", "Datoen 26-11 finnes ikke")]
    [InlineData("Y 02-30", "Datoen 02-30 finnes ikke")]
    [InlineData("Y 00-10", "Datoen 00-10 finnes ikke")]
    [InlineData("Y 11-00", "Datoen 11-00 finnes ikke")]
    [InlineData("Y 11-26 24:00", "Klokkeslettet 24:00 finnes ikke")]
    [InlineData("Y 11-26 12:60", "Klokkeslettet 12:60 finnes ikke")]
    [InlineData("Y 10-01..", "Fristen kan ikke leses")]
    [InlineData("Y 10-01..12-32", "finnes ikke")]
    [InlineData("Y 13-01..12-31", "finnes ikke")]
    [InlineData("Y 10-01..10-01", "må være etter den første")]
    [InlineData("Y 10-01..09-30", "må være etter den første")]
    [InlineData("+0 days", "fra 1 til 400")]
    [InlineData("+401 days", "fra 1 til 400")]
    [InlineData("+99999999999999999999 days", "fra 1 til 400")]
    [InlineData("letter report-dew", "'report-dew'")]
    [InlineData("letter report-due -0 workdays", "fra 1 til 400")]
    [InlineData("letter report-due -401 workdays", "fra 1 til 400")]
    [InlineData("letter report-due -99999999999999999999 workdays", "fra 1 til 400")]
    [InlineData("letter report-due +5 workdays", "Fristen kan ikke leses")]
    [InlineData("letter report-due -5 days", "Fristen kan ikke leses")]
    [InlineData("letter", "Fristen kan ikke leses")]
    public void A_rule_that_gives_no_date_is_refused(string text, string words)
    {
        var isRule = DueRule.TryParse(text, out var rule, out var fault);

        Assert.False(isRule);
        Assert.Null(rule);
        Assert.Contains(words, fault, StringComparison.Ordinal);
    }

    private static DueRule Parse(string text) => DueRule.TryParse(text, out var rule, out var fault) ? rule : throw new ArgumentException(fault);
}
