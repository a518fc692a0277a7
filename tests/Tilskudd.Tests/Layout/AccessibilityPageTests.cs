using System.Net;

namespace Tilskudd.Tests.Layout;

public sealed class AccessibilityPageTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("https://uustatus.no/nb/erklaringer/publisert/1")]
    public async Task The_page_leads_to_the_municipalitys_statement_where_it_is_set(string? statement)
    {
        await using var site = await RunningSite.Start(more: [new("Site:AccessibilityStatement", statement)]);

        var (status, text) = await site.Read("/tilgjengelighet");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(statement is not null, text.Contains($"href=\"{statement}\">Les tilgjengelighetserklæringen</a>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://uustatus.no/1")]
    [InlineData("uustatus.no")]
    [InlineData("https://navn:ord@uustatus.no/1")]
    public void A_statement_that_is_no_https_address_is_told_of_by_its_key(string statement)
    {
        var (settings, faults) = Settings.Read([new("Site:AccessibilityStatement", statement)], new System.Collections.Hashtable(), AppContext.BaseDirectory);

        Assert.Null(settings);
        Assert.StartsWith("Site:AccessibilityStatement", Assert.Single(faults).Message, StringComparison.Ordinal);
    }
}
