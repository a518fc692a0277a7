using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Tests.Workflows;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("Tilskudd.Notfy", "Tilskudd.Notify")]
    [InlineData("Tilskudd.Ntoify", "Tilskudd.Notify")]
    [InlineData("tilskudd.notify", "Tilskudd.Notify")]
    public void A_word_mistyped_is_answered_with_the_nearest(string word, string nearest)
    {
        var suggestion = Suggestion.For(word, ["Tilskudd.Submit", "Tilskudd.Notify", "Tilskudd.Close"]);

        Assert.Equal($"Mente du '{nearest}'?", suggestion);
    }

    [Fact]
    public void A_word_like_none_is_answered_with_the_list()
    {
        Assert.Equal("Tillatt er: Yes, No.", Suggestion.For("Perhaps", ["Yes", "No"]));
        Assert.Equal("Tillatt er: Yes, No.", Suggestion.For(new string('y', 1_000_000), ["Yes", "No"]));
        Assert.Equal("Ingen er tillatt her.", Suggestion.For("Yes", []));
    }

    [Fact]
    public void A_quoted_text_is_short_and_on_one_line()
    {
        Assert.Equal("'a b'", Suggestion.Quote("a\nb"));
        Assert.Equal(83, Suggestion.Quote(new string('a', 1_000_000)).Length);
    }
}
