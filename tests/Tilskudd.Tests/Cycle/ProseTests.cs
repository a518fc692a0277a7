using Tilskudd.Cycle;
using Tilskudd.Cycle.People;

namespace Tilskudd.Tests.Cycle;

public sealed class ProseTests
{
    [Theory]
    [InlineData("A\u030alesund", "Ålesund")]
    [InlineData("en\r\nto", "en\nto")]
    [InlineData("nu\0ll", "null")]
    [InlineData("1000\u202E0005", "10000005")]
    [InlineData("\u2066Kari\u2069", "Kari")]
    [InlineData("Kari\u200F", "Kari\u200F")]
    [InlineData(" \r\n\t", "")]
    [InlineData("\u00A0\u200B\u2066", "")]
    [InlineData(" Kari ", " Kari ")]
    public void Text_is_kept_in_one_form_that_reads_as_it_is_written(string typed, string kept) => Assert.Equal(kept, Prose.Of(typed));

    [Fact]
    public void A_name_cannot_turn_the_text_that_stands_beside_it()
    {
        var person = new Person(new PersonId(Guid.Empty), "Kari \u202Enednyt", "kari@drammen.example", "nb", "", isInvented: true, "salt");

        Assert.Equal("Kari nednyt", person.Name);
    }

    [Fact]
    public void A_text_on_one_line_has_spaces_for_line_ends_and_orders_to_a_terminal() => Assert.Equal("Leksehjelp  i helga [2J", Prose.Line("Leksehjelp\t\ni helga\u001B[2J"));

    [Theory]
    [InlineData("", true)]
    [InlineData(" \u00A0\u200B\u00AD", true)]
    [InlineData("\u2800\u3164\u115F", true)]
    [InlineData("\u200Ba", false)]
    public void What_nobody_could_read_is_blank(string text, bool isBlank) => Assert.Equal(isBlank, Prose.IsBlank(text));
}
