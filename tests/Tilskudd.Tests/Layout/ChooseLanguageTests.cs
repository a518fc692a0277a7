using System.Net;

namespace Tilskudd.Tests.Layout;

public sealed class ChooseLanguageTests
{
    [Theory]
    [InlineData("/om?sprak=nn", "/om")]
    [InlineData("/om?side=2&sprak=en&sok=%C3%A5s+%26", "/om?side=2&sok=%C3%A5s%20%26")]
    [InlineData("/finnes%20ikke?sprak=nb", "/finnes%20ikke")]
    public async Task A_choice_of_language_comes_back_to_the_same_page(string path, string back)
    {
        await using var site = await RunningSite.Start();

        using var answer = await site.Get(path);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(back, answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_choice_of_language_never_leads_to_another_host()
    {
        await using var site = await RunningSite.Start();

        using var answer = await site.Get(site.Client.BaseAddress + "/ond.eksempel?sprak=nn");

        Assert.Equal("/ond.eksempel", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/om?sprak=de")]
    [InlineData("/om?sprak=")]
    [InlineData("/om?sprak=nn&sprak=en")]
    public async Task An_unknown_language_is_ignored(string path)
    {
        await using var site = await RunningSite.Start();

        var (status, text) = await site.Read(path);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("<html lang=\"nb\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_footer_leads_to_the_same_page_in_the_other_languages()
    {
        await using var site = await RunningSite.Start();

        var (_, text) = await site.Read("/om?side=2", "sprak=nn");

        Assert.Contains("href=\"?side=2&amp;sprak=en\" lang=\"en\" hreflang=\"en\"", text, StringComparison.Ordinal);
        Assert.Contains("href=\"?side=2&amp;sprak=nn\" lang=\"nn\" hreflang=\"nn\" aria-current=\"true\"", text, StringComparison.Ordinal);
    }
}
