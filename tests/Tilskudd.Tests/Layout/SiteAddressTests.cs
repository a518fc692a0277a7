using Tilskudd.Layout;

namespace Tilskudd.Tests.Layout;

public sealed class SiteAddressTests
{
    [Fact]
    public void On_this_machine_links_and_cookies_are_plain()
    {
        var site = new SiteAddress("http://localhost:5080", new Uri("http://localhost:5080"), null, IsDevelopment: true);

        Assert.False(site.IsHttps);
        Assert.Equal("http://localhost:5080/innboks", site.Link("/innboks"));
        Assert.Equal("sprak", site.CookieName("sprak"));
        Assert.False(site.Cookie().Secure);
    }

    [Fact]
    public void Over_https_cookies_are_bound_to_the_host()
    {
        var site = new SiteAddress("http://0.0.0.0:8080", new Uri("https://tilskudd.example"), null, IsDevelopment: false);

        Assert.Equal("https://tilskudd.example/innboks", site.Link("/innboks"));
        Assert.Equal("__Host-sprak", site.CookieName("sprak"));
        Assert.True(site.Cookie().Secure);
    }
}
