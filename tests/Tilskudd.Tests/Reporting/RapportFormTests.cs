using Tilskudd.Layout;
using Tilskudd.Reporting;

namespace Tilskudd.Tests.Reporting;

public sealed class RapportFormTests
{
    private static readonly Guid _first = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid _second = new("00000000-0000-0000-0000-000000000002");

    [Fact]
    public void What_was_typed_follows_its_tiltak_when_the_lines_have_got_other_numbers()
    {
        var typed = new Typed(new Dictionary<string, string>
        {
            ["tiltak-1"] = $"{_first}", ["resultat-1"] = "60 barn", ["brukt-1"] = "600 000", ["tiltak-2"] = $"{_second}", ["resultat-2"] = "12 i jobb", ["brukt-2"] = "400 000",
        });

        Assert.Equal(("60 barn", "600 000"), (RapportForm.TypedOf(typed, _first, RapportForm.ResultField), RapportForm.TypedOf(typed, _first, RapportForm.SpentField)));
        Assert.Equal("12 i jobb", RapportForm.TypedOf(typed, _second, RapportForm.ResultField));
    }

    [Theory]
    [InlineData("tiltak-")]
    [InlineData("tiltak-x")]
    [InlineData("tiltak--1")]
    [InlineData("tiltak-99999999999999999999")]
    [InlineData("tiltak-7")]
    public void A_number_nobody_has_is_nothing_typed(string field)
    {
        var typed = new Typed(new Dictionary<string, string> { [field] = $"{_first}", ["resultat-1"] = "60 barn" });

        Assert.Null(RapportForm.TypedOf(typed, _first, RapportForm.ResultField));
        Assert.Null(RapportForm.TypedOf(Typed.Nothing, _first, RapportForm.ResultField));
    }
}
