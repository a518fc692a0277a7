using NodaTime;
using Tilskudd.Layout;

namespace Tilskudd.Tests.Layout;

public sealed class DatesTests
{
    private static readonly LocalDate Tuesday = new(2024, 11, 26);

    [Theory]
    [InlineData(Language.Nb, "tirsdag 26. november kl. 12", "tirsdag 26. november kl. 08.30", "tirsdag 26. november")]
    [InlineData(Language.Nn, "tysdag 26. november kl. 12", "tysdag 26. november kl. 08.30", "tysdag 26. november")]
    [InlineData(Language.En, "Tuesday 26 November, 12:00", "Tuesday 26 November, 08:30", "Tuesday 26 November")]
    public void A_deadline_is_told_with_its_weekday_and_with_a_clock_time_where_it_has_one(
        Language language, string noon, string halfPastEight, string day)
    {
        Assert.Equal(noon, Dates.Deadline(Tuesday, new LocalTime(12, 0), language));
        Assert.Equal(halfPastEight, Dates.Deadline(Tuesday, new LocalTime(8, 30), language));
        Assert.Equal(day, Dates.Deadline(Tuesday, null, language));
    }

    [Theory]
    [InlineData(Language.Nb, "26. nov", "26. november 2024", "26. nov kl. 12")]
    [InlineData(Language.Nn, "26. nov", "26. november 2024", "26. nov kl. 12")]
    [InlineData(Language.En, "26 Nov", "26 November 2024", "26 Nov, 12:00")]
    public void A_date_has_a_short_and_a_full_form(Language language, string brief, string full, string withTime)
    {
        Assert.Equal(brief, Dates.Short(Tuesday, language));
        Assert.Equal(full, Dates.WithYear(Tuesday, language));
        Assert.Equal(withTime, Dates.ShortDeadline(Tuesday, new LocalTime(12, 0), language));
    }

    [Theory]
    [InlineData("2024-11-20", Language.Nb, "om 6 dager")]
    [InlineData("2024-11-20", Language.Nn, "om 6 dagar")]
    [InlineData("2024-11-20", Language.En, "in 6 days")]
    [InlineData("2024-11-25", Language.Nb, "i morgen")]
    [InlineData("2024-11-26", Language.Nn, "i dag")]
    [InlineData("2024-11-27", Language.Nb, "én dag for sent")]
    [InlineData("2024-12-29", Language.Nb, "33 dager for sent")]
    [InlineData("2024-12-29", Language.Nn, "33 dagar for seint")]
    [InlineData("2024-12-29", Language.En, "33 days late")]
    public void A_deadline_is_so_and_so_far_away(string today, Language language, string told)
    {
        var now = NodaTime.Text.LocalDatePattern.Iso.Parse(today).Value;

        Assert.Equal(told, Dates.Away(Tuesday, now, language));
    }

    [Theory]
    [InlineData("2024-11-20T07:12:00Z", "20.11.2024 kl. 08.12")]
    [InlineData("2024-06-20T22:30:00Z", "21.06.2024 kl. 00.30")]
    public void An_instant_is_shown_by_the_clock_in_Oslo(string at, string shown)
    {
        var instant = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(shown, Dates.Stamp(instant, Language.Nb));
    }

    [Theory]
    [InlineData("26.11.2024")]
    [InlineData(" 26.11.2024 ")]
    [InlineData("2024-11-26")]
    public void A_typed_date_is_read_in_the_forms_people_use(string typed)
    {
        Assert.True(Dates.TryParse(typed, out var date));
        Assert.Equal(Tuesday, date);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("31.02.2025")]
    [InlineData("11/26/2024")]
    [InlineData("26.11.24")]
    [InlineData("i morgen")]
    public void Anything_else_is_no_date(string? typed) => Assert.False(Dates.TryParse(typed, out _));
}
