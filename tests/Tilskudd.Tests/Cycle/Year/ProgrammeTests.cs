using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Year;

public sealed class ProgrammeTests
{
    [Theory]
    [InlineData(2021, 2030, 2020, false)]
    [InlineData(2021, 2030, 2021, true)]
    [InlineData(2021, 2030, 2030, true)]
    [InlineData(2021, 2030, 2031, false)]
    [InlineData(2025, 2025, 2025, true)]
    [InlineData(null, 2024, 2000, true)]
    [InlineData(null, 2024, 2025, false)]
    [InlineData(2024, null, 2023, false)]
    [InlineData(2024, null, 2100, true)]
    [InlineData(null, null, 2025, true)]
    public void A_programme_covers_the_years_of_its_agreement_only(int? from, int? to, int year, bool covers)
    {
        var programme = new Programme(Sample.Programme, new MunicipalityId(Sample.Number(8)), "stromso", "Strømsø 2030", from, to, "");

        Assert.Equal(covers, programme.Covers(new GrantYear(year)));
    }

    [Fact]
    public void An_agreement_does_not_end_before_it_begins()
    {
        var backwards = () => new Programme(Sample.Programme, new MunicipalityId(Sample.Number(8)), "stromso", "Strømsø 2030", 2030, 2021, "");

        Assert.Contains("'stromso' ends in 2021", Assert.Throws<ArgumentException>(backwards).Message, StringComparison.Ordinal);
    }
}
