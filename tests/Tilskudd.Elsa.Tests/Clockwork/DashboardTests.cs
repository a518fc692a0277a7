using System.Net;
using Tilskudd.Cycle.People;

namespace Tilskudd.Elsa.Tests.Clockwork;

/// <summary>Hangfire's dashboard: to look at, for the administrator alone.</summary>
public sealed class DashboardTests : IAsyncLifetime
{
    private const string Path = "/admin/jobber";
    private ElsaSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ElsaSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_administrator_sees_it_in_Norwegian()
    {
        var (status, text) = await _site.Send(HttpMethod.Get, Path, await _site.SignIn(Role.Administrator));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Klokkeverket", text, StringComparison.Ordinal);
        Assert.Contains("Gjentakende", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.ProgrammeLeader)]
    [InlineData(Role.Coordinator)]
    [InlineData(Role.Secretary)]
    public async Task Others_who_are_signed_in_do_not(Role role)
    {
        var (status, text) = await _site.Send(HttpMethod.Get, Path, await _site.SignIn(role));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.DoesNotContain("Klokkeverket", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/recurring")]
    [InlineData("/servers")]
    public async Task Those_who_are_not_signed_in_are_sent_to_sign_in(string page)
    {
        var (status, _) = await _site.Send(HttpMethod.Get, Path + page, cookie: null);

        Assert.Equal(HttpStatusCode.SeeOther, status);
    }

    [Theory]
    [InlineData("/recurring/trigger")]
    [InlineData("/recurring/remove")]
    [InlineData("/jobs/actions/requeue/1")]
    public async Task Nothing_can_be_changed_in_it(string act)
    {
        var (status, _) = await _site.Send(HttpMethod.Post, Path + act, await _site.SignIn(Role.Administrator));

        Assert.InRange((int)status, 400, 499);
    }
}
