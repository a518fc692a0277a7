using Tilskudd.Notices.Inbound;

namespace Tilskudd.Tests.Notices.Inbound;

public sealed class PlainYesTests
{
    [Theory]
    [InlineData("Godkjent!")]
    [InlineData("godkjent")]
    [InlineData("Godkjend.")]
    [InlineData("Jeg godkjenner planen.")]
    [InlineData("Ja, jeg godkjenner")]
    [InlineData("Hei Silje,\n\nGodkjent!\n\nMvh\nFatima Nordby")]
    [InlineData("Hei,\nGodkjenner saken\n\nMed vennlig hilsen\nKari Nordby")]
    [InlineData("Approved\n\nBest regards,\nKari")]
    public void A_yes_and_nothing_else_is_one(string text) => Assert.True(PlainYes.Is(text));

    [Theory]
    [InlineData("")]
    [InlineData("Hei")]
    [InlineData("Ja")]
    [InlineData("Godkjent?")]
    [InlineData("Ikke godkjent")]
    [InlineData("Godkjenner ikke")]
    [InlineData("Jeg godkjenner planen, men vil ha med lys i parken.")]
    [InlineData("Godkjent\n\nMen jeg vil ha tall på sommerjobbene.")]
    [InlineData("Godkjent med merknad")]
    [InlineData("Godkjent. Ta bort tiltak 4.")]
    [InlineData("Godkjent\nMvh Kari\nPS: ikke tiltak 4")]
    [InlineData("Godkjent\nKari\nNordby\nLeder\nDrammen")]
    [InlineData("Er dette godkjent")]
    [InlineData("Sendt tilbake")]
    [InlineData("Jeg er borte til mandag. Godkjent")]
    public void What_says_more_or_less_is_for_a_person_to_read(string text) => Assert.False(PlainYes.Is(text));
}
