using NodaTime;
using Tilskudd.Layout;

namespace Tilskudd.Tests.Layout;

public sealed class DatesTests
{
    private static readonly LocalDate Tuesday = new(2024, 11, 26);

    [Theory]
    [InlineData("nb", "tirsdag 26. november kl. 12", "tirsdag 26. november kl. 08.30", "tirsdag 26. november")]
    [InlineData("nn", "tysdag 26. november kl. 12", "tysdag 26. november kl. 08.30", "tysdag 26. november")]
    [InlineData("en", "Tuesday 26 November, 12:00", "Tuesday 26 November, 08:30", "Tuesday 26 November")]
    public void A_deadline_is_told_with_its_weekday_and_with_a_clock_time_where_it_has_one(
        string language, string noon, string halfPastEight, string day)
    {
        Assert.Equal(noon, Dates.Deadline(Tuesday, new LocalTime(12, 0), Languages.Find(language)));
        Assert.Equal(halfPastEight, Dates.Deadline(Tuesday, new LocalTime(8, 30), Languages.Find(language)));
        Assert.Equal(day, Dates.Deadline(Tuesday, null, Languages.Find(language)));
    }

    [Theory]
    [InlineData("nb", "26. nov", "26. november 2024", "26. nov kl. 12")]
    [InlineData("nn", "26. nov", "26. november 2024", "26. nov kl. 12")]
    [InlineData("en", "26 Nov", "26 November 2024", "26 Nov, 12:00")]
    public void A_date_has_a_short_and_a_full_form(string language, string brief, string full, string withTime)
    {
        Assert.Equal(brief, Dates.Short(Tuesday, Languages.Find(language)));
        Assert.Equal(full, Dates.WithYear(Tuesday, Languages.Find(language)));
        Assert.Equal(withTime, Dates.ShortDeadline(Tuesday, new LocalTime(12, 0), Languages.Find(language)));
    }

    [Fact]
    public void On_a_page_no_line_ends_before_a_clock_time_and_in_a_mail_or_a_file_the_space_is_an_ordinary_one()
    {
        var noon = new LocalTime(12, 0);
        var at = new LocalDateTime(2024, 11, 26, 12, 0).InZoneStrictly(DateTimeZoneProviders.Tzdb["Europe/Oslo"]).ToInstant();

        Assert.Equal("tirsdag 26. november kl.\u00A012", Dates.Deadline(Tuesday, noon));
        Assert.Equal("26. nov kl.\u00A012", Dates.ShortDeadline(Tuesday, noon));
        Assert.Equal("26.11.2024 kl.\u00A012.00", Dates.Stamp(at));
        Assert.Equal("26.11.2024 kl. 12.00", Dates.Stamp(at, Language.Nb));
    }

    [Fact]
    public void A_date_of_another_year_than_the_pages_is_told_with_its_year()
    {
        var (same, other) = (new LocalDate(2024, 1, 2), new LocalDate(2025, 1, 2));

        Assert.Equal(("26. nov", "26. nov 2024"), (Dates.Short(Tuesday, same), Dates.Short(Tuesday, other)));
        Assert.Equal(("26. november", "26. november 2024"), (Dates.Long(Tuesday, same), Dates.Long(Tuesday, other)));
        Assert.Equal(("tirsdag 26. november", "tirsdag 26. november 2024 kl.\u00A012"), (Dates.Deadline(Tuesday, null, same), Dates.Deadline(Tuesday, new LocalTime(12, 0), other)));
        Assert.Equal("26. nov 2024 kl.\u00A012", Dates.ShortDeadline(Tuesday, new LocalTime(12, 0), other));
    }

    [Theory]
    [InlineData("2024-11-20", "nb", "om 6 dager")]
    [InlineData("2024-11-20", "nn", "om 6 dagar")]
    [InlineData("2024-11-20", "en", "in 6 days")]
    [InlineData("2024-11-25", "nb", "i morgen")]
    [InlineData("2024-11-26", "nn", "i dag")]
    [InlineData("2024-11-27", "nb", "én dag for sent")]
    [InlineData("2024-12-29", "nb", "33 dager for sent")]
    [InlineData("2024-12-29", "nn", "33 dagar for seint")]
    [InlineData("2024-12-29", "en", "33 days late")]
    public void A_deadline_is_so_and_so_far_away(string today, string language, string told)
    {
        var now = NodaTime.Text.LocalDatePattern.Iso.Parse(today).Value;

        Assert.Equal(told, Dates.Away(Tuesday, now, Languages.Find(language)));
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
    [InlineData("-0001-01-01")]
    [InlineData("0000-01-01")]
    public void Anything_else_is_no_date(string? typed) => Assert.False(Dates.TryParse(typed, out _));
}
