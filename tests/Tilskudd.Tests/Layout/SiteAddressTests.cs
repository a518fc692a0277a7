using Microsoft.Extensions.Configuration;
using Tilskudd.Layout;

namespace Tilskudd.Tests.Layout;

public sealed class SiteAddressTests
{
    [Fact]
    public void Without_settings_the_site_is_for_this_machine_only()
    {
        var (site, _) = Read();

        Assert.Equal("http://localhost:5080", site!.Urls);
        Assert.True(site.IsDevelopment);
        Assert.False(site.IsHttps);
        Assert.Equal("http://localhost:5080/innboks", site.Link("/innboks"));
        Assert.Equal("sprak", site.CookieName("sprak"));
    }

    [Fact]
    public void With_an_https_address_it_is_in_production_and_may_be_open_to_others()
    {
        var (site, faults) = Read(("Site:BaseUrl", "https://tilskudd.eksempel.no/"), ("Urls", "http://0.0.0.0:8080;http://*:8081"));

        Assert.Empty(faults);
        Assert.False(site!.IsDevelopment);
        Assert.Equal("https://tilskudd.eksempel.no/innboks", site.Link("/innboks"));
        Assert.Equal("__Host-sprak", site.CookieName("sprak"));
    }

    [Theory]
    [InlineData("http://tilskudd.eksempel.no")]
    [InlineData("https://kari:hemmelig@tilskudd.eksempel.no")]
    [InlineData("https://tilskudd.eksempel.no/tilskudd")]
    [InlineData("https://tilskudd.eksempel.no/?a=b")]
    [InlineData("ftp://tilskudd.eksempel.no")]
    [InlineData("tilskudd.eksempel.no")]
    public void A_base_address_that_cannot_be_used_is_refused_by_its_key(string baseUrl)
    {
        var (site, faults) = Read(("Site:BaseUrl", baseUrl));

        Assert.Null(site);
        Assert.StartsWith("Site:BaseUrl: ", Assert.Single(faults), StringComparison.Ordinal);
        Assert.DoesNotContain("hemmelig", faults[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://localhost:5080;http://10.0.0.4:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("localhost")]
    [InlineData(";")]
    public void Plain_http_is_never_open_to_other_machines(string urls)
    {
        var (site, faults) = Read(("Urls", urls));

        Assert.Null(site);
        Assert.StartsWith("Urls: ", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://[::1]:5080")]
    public void Loopback_addresses_are_this_machine(string urls) => Assert.Empty(Read(("Urls", urls)).Faults);

    private static (SiteAddress? Address, IReadOnlyList<string> Faults) Read(params (string Key, string Value)[] settings) =>
        SiteAddress.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build());
}
