using System.Net;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;

namespace Tilskudd.Tests.Meetings;

/// <summary>A case behind closed doors (kommuneloven § 11-5): its ground is public, and what is said of it is for those who take part in it.</summary>
public sealed class ClosedDoorsTests
{
    private const string Privacy = "Hensynet til personvern (kommuneloven § 11-5)";

    [Fact]
    public async Task Agenda_call_and_protocol_tell_the_ground_and_what_was_said_stands_beside_the_protocol()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.Plan();
        await silje.Post(await silje.Get(given.Path), "form[action$='/saker']:has([name=tittel])", ("tittel", "Oppfølging av en familie"), ("tekst", "Familien har fått hjelp"));
        var item = (await given.Read()).Agenda[1];
        var doors = $"{given.Path}/saker/{item.Id}/dorer";
        var form = await silje.Get((await silje.Get(given.Path)).Find($"a[href='{doors}']").GetAttribute("href")!);
        var unsaid = await silje.Post(form, "main form", "lukk");
        var invented = await silje.PostTo(form, doors, ("dorer", "lukk"), ("grunnlag", "Own"));
        var closed = await silje.Post(form, "main form", "lukk", ("grunnlag", "Privacy"));
        var again = await silje.Post(form, "main form", "lukk", ("grunnlag", "Privacy"));
        await silje.Post(await silje.Get(given.Path), "form[action$='/innkalling']");
        await given.Round.Turn();
        var (kari, per) = (await given.SignedIn("Kari"), await given.SignedIn("Per"));
        var (called, uncalled) = (await kari.Get(given.Path), await per.Get(given.Path));
        var outside = await kari.Get(doors);
        silje = await given.Begin("Kari", "Fatima", "Ola");
        var decision = $"{given.Path}/saker/{(await given.Read()).Agenda[0].Id}";
        await silje.Post(await silje.Get(decision + "/dorer"), "main form", "lukk", ("grunnlag", "PublicInterest"));
        await silje.Post(await silje.Get(decision), "form[action$='/forslag']", ("av", $"{given.SeatOf(await given.Read(), "Fatima")}"), ("forslag", "Vent på svaret fra politiet."));
        await given.Vote(silje, ("Kari", "for"), ("Fatima", "forslag-1"), ("Ola", "inhabil"));
        var deal = await silje.Get(decision);
        await silje.Post(deal, "form[action$='/vedtak']", ("ref", "1/24"));
        (kari, per) = (await given.SignedIn("Kari"), await given.SignedIn("Per"));
        var ola = await given.SignedIn("Ola");
        var protocols = (Kari: await kari.Get(given.Path + "/protokoll"), Ola: await ola.Get(given.Path + "/protokoll"), Per: await per.Get(given.Path + "/protokoll"), Silje: await silje.Get(given.Path + "/protokoll"));
        await kari.Post(protocols.Kari, "form[action$='/protokoll']");
        var late = await silje.PostTo(await silje.Get("/innboks"), doors, ("dorer", "apne"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (unsaid.Status, invented.Status, closed.Status, again.Status));
        Assert.Contains("grunnlaget for å lukke dørene", unsaid.Find("#grunnlag-feil").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, outside.Status);
        Assert.Contains("Behandles for lukkede dører. Grunnlag: " + Privacy, called.Text, StringComparison.Ordinal);
        Assert.Contains("Behandles for lukkede dører. Grunnlag: " + Privacy, uncalled.Text, StringComparison.Ordinal);
        Assert.Contains("Familien har fått hjelp", called.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Familien har fått hjelp", uncalled.Text, StringComparison.Ordinal);
        var mail = string.Join(' ', Assert.Single(given.Round.Mails("Fatima"), mail => mail.Subject.StartsWith("Innkalling", StringComparison.Ordinal)).Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Sak 2: Oppfølging av en familie (orientering). For lukkede dører: " + Privacy, mail, StringComparison.Ordinal);
        Assert.DoesNotContain("Familien har fått hjelp", mail, StringComparison.Ordinal);
        Assert.Contains("For lukkede dører: " + Privacy, given.Calendars("Fatima")[^1].Event.Description!, StringComparison.Ordinal);
        Assert.Contains("Organet må vedta å lukke dørene, i åpent møte.", deal.Text, StringComparison.Ordinal);
        foreach (var text in new[] { "Organet vedtok å lukke dørene mens saken ble behandlet. Grunnlag: " + Privacy, "Grunnlag: Tungtveiende offentlige interesser (kommuneloven § 11-5)", "Vedtak, sak 1/24", "Unntatt offentlighet." })
        {
            Assert.Contains(text, protocols.Per.Find("article").TextContent, StringComparison.Ordinal);
        }

        string[] said = ["Familien har fått hjelp", "Vent på svaret fra politiet."];
        Assert.All(said, text => Assert.DoesNotContain(text, protocols.Kari.Find("article").TextContent, StringComparison.Ordinal));
        Assert.All(said, text => Assert.Contains(text, protocols.Kari.Text, StringComparison.Ordinal));
        Assert.All(said, text => Assert.Contains(text, protocols.Silje.Text, StringComparison.Ordinal));
        Assert.All(said, text => Assert.DoesNotContain(text, protocols.Per.Text, StringComparison.Ordinal)); // neither called nor there
        Assert.Contains(said[0], protocols.Ola.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(said[1], protocols.Ola.Text, StringComparison.Ordinal); // inhabil in the first case
        Assert.NotNull((await given.Read()).SignedAt);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Equal(ClosedGround.Privacy, (await given.Read()).Agenda[1].ClosedFor);
        Assert.Equal(2, (await given.Round.Trail("doors-closed")).Count);
        Assert.Contains("\"ground\":\"Privacy\"", (await given.Round.Trail("doors-closed"))[0].ToLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_with_rules_of_its_own_writes_its_ground_and_the_doors_can_be_opened_again()
    {
        await using var given = await GivenMeetings.Start(Regime.Mandat);
        var silje = await given.Plan();
        var doors = await given.Case() + "/dorer";
        var empty = await silje.Post(await silje.Get(doors), "main form", "lukk", ("grunnlag", " \u2800"));
        var tooLong = await silje.Post(await silje.Get(doors), "main form", "lukk", ("grunnlag", new string('x', 301)));
        var neither = await silje.PostTo(await silje.Get(doors), doors, ("grunnlag", "Punkt 4"), ("dorer", "kanskje"));
        await silje.Post(await silje.Get(doors), "main form", "lukk", ("grunnlag", "Mandatet punkt 4"));
        var closed = await silje.Get(given.Path);
        var opened = await silje.Post(await silje.Get(doors), "main form", "apne");
        var after = await silje.Get(given.Path);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound, HttpStatusCode.SeeOther), (empty.Status, tooLong.Status, neither.Status, opened.Status));
        Assert.Contains("Grunnlaget har 301 tegn. Kort det ned til 300.", tooLong.Text, StringComparison.Ordinal);
        Assert.Contains("Grunnlag: Mandatet punkt 4", closed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Mandatet punkt 4", after.Text, StringComparison.Ordinal);
        Assert.Equal((1, 1), ((await given.Round.Trail("doors-closed")).Count, (await given.Round.Trail("doors-opened")).Count));
        Assert.DoesNotContain("Mandatet", (await given.Round.Trail("doors-closed"))[0].ToLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ground_typed_over_an_older_page_is_kept_beside_the_one_that_stands()
    {
        await using var given = await GivenMeetings.Start(Regime.Mandat);
        var (silje, ingrid) = (await given.Plan(), await given.SignedIn("Ingrid"));
        var doors = await given.Case() + "/dorer";
        var old = await ingrid.Get(doors);
        await silje.Post(await silje.Get(doors), "main form", "lukk", ("grunnlag", "Mandatet punkt 4"));

        var refused = await ingrid.Post(old, "main form", "lukk", ("grunnlag", "Mandatet punkt 5"));
        var between = (await given.Read()).Agenda[0].ClosedText;
        var again = await ingrid.Post(refused, "main form", "lukk");

        Assert.Equal((HttpStatusCode.Conflict, "Mandatet punkt 4", HttpStatusCode.SeeOther), (refused.Status, between, again.Status));
        Assert.Contains("Mandatet punkt 4", refused.Find("section[aria-labelledby=star-na]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Mandatet punkt 5", refused.Field("grunnlag"));
        Assert.Equal("Mandatet punkt 5", (await given.Read()).Agenda[0].ClosedText);
    }

    [Fact]
    public async Task What_is_under_a_duty_of_secrecy_is_dealt_with_in_no_meeting_over_a_link()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.Plan();
        var doors = await given.Case() + "/dorer";
        await silje.Post(await silje.Get(given.Path + "/endre"), "form[action$='/endre']", ("lenke", "https://mote.example.no/1"));
        var refused = await silje.Post(await silje.Get(doors), "main form", "lukk", ("grunnlag", "Secrecy"));
        var other = await silje.Post(await silje.Get(doors), "main form", "lukk", ("grunnlag", "Employment"));
        await silje.Post(await silje.Get(given.Path + "/endre"), "form[action$='/endre']", ("lenke", ""));
        var closed = await silje.Post(await silje.Get(doors), "main form", "lukk", ("grunnlag", "Secrecy"));
        var linked = await silje.Post(await silje.Get(given.Path + "/endre"), "form[action$='/endre']", ("lenke", "https://mote.example.no/1"));

        Assert.Contains("kan ikke behandles i et møte noen deltar i over lenke", refused.Find("#grunnlag-feil").TextContent, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (other.Status, closed.Status));
        Assert.Contains("kan ikke behandles i et møte noen deltar i over lenke", linked.Find("#lenke-feil").TextContent, StringComparison.Ordinal);
        Assert.Equal(("", ClosedGround.Secrecy), ((await given.Read()).Link, (await given.Read()).Agenda[0].ClosedFor!.Value));
    }
}
