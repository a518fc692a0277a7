using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Notices;
using Tilskudd.Tests.Approval;
using Tilskudd.Tests.Award;
using Tilskudd.Tests.Meetings;
using Tilskudd.Tests.Planning;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Faults;

/// <summary>Every route of the application under attack (section 2.5, Q01, Q02 and Q04), by a stranger and by each who has a part in the case.</summary>
[OnSqlite]
public sealed class EveryRouteTests
{
    [Fact]
    public async Task A_plan_in_draft_withstands_what_anybody_sends()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        await using var attack = await Attack.On(given.Address, given.Services, given.Database);

        await All(attack, "", await attack.Session(given.Services, given.Amina), await attack.Session(given.Services, given.Ingrid));
    }

    [Fact]
    public async Task A_report_to_be_written_withstands_what_anybody_sends()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport();
        await using var attack = await Attack.On(given.Address, given.Services, given.Database);

        await All(attack, await attack.Session(given.Services, given.Amina), await attack.Session(given.Services, given.Ingrid), await attack.Session(given.Services, given.Tor));
    }

    [Fact]
    public async Task A_sending_that_waits_for_its_receipt_withstands_what_anybody_sends_with_its_link()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();
        await using var attack = await Attack.On(given.Address, given.Services, given.Database, ola.Link["/k/".Length..]);
        var holder = $"k-{given.Grant}={ola.Link["/k/".Length..]}";

        await All(attack, holder, await attack.Session(given.Services, given.Ingrid));

        var sent = (await given.StoredGrant()).LatestSubmission!;
        Assert.Equal((null, null), (sent.ReceivedAt, sent.CorrectionAskedAt));
        await NoLinkIsClosed(given.Database);
    }

    [Fact]
    public async Task A_round_withstands_what_anybody_sends_with_its_link_and_the_link_still_works()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        using var ola = await given.Member("Ola");
        await ola.Answer("inhabil", "Sitter i styret");
        await using var attack = await Attack.On(given.Site.Client.BaseAddress!, given.Site.Services, given.Site.Database, kari.Token);

        await All(attack, $"g-{given.Round}={kari.Token}", await attack.Session(given.Site.Services, given["Silje"]));
        Assert.False(Assert.Single((await given.Read()).Doubts).IsDecided);
        Assert.Empty((await given.Read()).Answers);
        await NoLinkIsClosed(given.Site.Database);
        Assert.DoesNotContain(given.Site.Log.Lines, line => line.Contains(" failed: ", StringComparison.Ordinal));

        // Wrong codes have locked what the mail gave; a fresh code opens it again (L10).
        await Fresh(given, kari);
    }

    [Fact]
    public async Task A_meeting_under_way_withstands_what_anybody_sends_and_nothing_is_decided()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        await given.Begin("Kari", "Fatima", "Ola");
        await using var attack = await Attack.On(given.Round.Site.Client.BaseAddress!, given.Round.Site.Services, given.Round.Site.Database, room: "/mote");

        await All(attack, "", await attack.Session(given.Round.Site.Services, given.Round["Kari"]), await attack.Session(given.Round.Site.Services, given.Round["Silje"]));

        var meeting = await given.Read();
        Assert.Equal((1, null, null), (meeting.Items.Count(item => item.Kind == AgendaKind.Decision), meeting.Agenda[0].Outcome, meeting.SignedAt));
        Assert.Empty(meeting.Calls);
    }

    private static async Task Fresh(GivenARound given, Member kari)
    {
        // The codes asked for meanwhile are mailed first; the last one counts.
        await given.Turn();
        var form = await kari.Form("godkjenn");
        given.Site.Database.Clock.Advance(TimeSpan.FromMinutes(5));
        await kari.Browser.Post(given.Page + "/kode", [.. form]);
        await given.Turn();
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, (await kari.Post(form, ("kode", given.FreshCode("Kari")))).Status);
    }

    private static async Task All(Attack attack, params string[] people)
    {
        foreach (var cookie in people)
        {
            await attack.Look(cookie);
            await attack.PostWhatIsNoFormOfOurs(cookie);
        }

        foreach (var cookie in people)
        {
            await attack.PostHostileForms(cookie);
        }
    }

    private static async Task NoLinkIsClosed(Storage.TestDatabase database)
    {
        await using var db = database.Read();
        Assert.False(await db.Set<Link>().AnyAsync(link => link.RevokedAt != null, TestContext.Current.CancellationToken));
    }
}
