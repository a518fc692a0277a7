using System.Net;
using Tilskudd.Tests.Runs;

namespace Tilskudd.Tests.Inbox;

public sealed class InboxTests
{
    [Fact]
    public async Task What_waits_for_a_role_stands_in_the_inbox_with_its_deadline_and_its_page()
    {
        await using var given = await GivenAYear.Create();
        var run = await given.CurrentRun();
        using var leader = await given.SignedIn(given.Leader);

        var page = await leader.Get("/innboks");

        Assert.Contains("Én oppgave venter på deg.", page.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"/plan/{run.DocumentId}/ramme\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("Frist tirsdag 15. oktober", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_finds_the_round_until_it_is_answered()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        using var member = await given.SignedIn(given.Members[1]);

        var before = await member.Get("/innboks");
        await given.Approve(given.Members[1]);
        var after = await member.Get("/innboks");

        Assert.Contains($"href=\"/godkjenning/{(await given.CurrentRun()).Waiting.RoundId}\"", before.Text, StringComparison.Ordinal);
        Assert.Contains("Innboksen er tom", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_done_is_listed_as_done_and_waits_no_longer()
    {
        await using var given = await GivenAYear.Create();
        await given.Answer("Done", given.Leader);
        using var leader = await given.SignedIn(given.Leader);

        var page = await leader.Get("/innboks");

        Assert.Contains("Innboksen er tom", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nylig gjort", page.Text, StringComparison.Ordinal);
        Assert.Contains("Rammer og orientering: Rammen er satt", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_grantors_contact_is_told_to_use_the_personal_link_and_sees_nothing_else()
    {
        await using var given = await GivenAYear.Create();
        using var contact = await given.SignedIn(given.Grantor);

        var inbox = await contact.Get("/innboks");
        var process = await contact.Get($"/prosess/{given.Run}");

        Assert.Contains("Innboksen er tom", inbox.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, process.Status);
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_sign_in_and_back()
    {
        await using var given = await GivenAYear.Create();
        using var nobody = new SignIn.Browser(given.Site);

        var answer = await nobody.Get("/innboks");

        Assert.Equal((HttpStatusCode.SeeOther, "/logg-inn?til=%2Finnboks"), (answer.Status, answer.Location));
    }
}
