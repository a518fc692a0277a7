using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Archive;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Approval;

public sealed partial class ProtocolPageTests
{
    private const string Reason = "Søsteren min leder et av tiltakene.";

    [Fact]
    public async Task An_open_round_has_a_provisional_protocol_for_those_who_lead_it_and_the_reason_is_no_part_of_it()
    {
        await using var given = await GivenARound.Open();
        using var ola = await given.Member("Ola");
        await ola.Answer("inhabil", Reason);
        await given.Decide("Ola");
        using var kari = await given.Member("Kari");
        await kari.Answer("godkjenn");
        using var ingrid = await given.SignedIn("Ingrid");
        using var fatima = await given.SignedIn("Fatima");
        using var outside = await given.SignedIn("Utenfor");
        using var nobody = new SignIn.Browser(given.Site);

        var panel = await ingrid.Get($"/prosess/{(await given.Run()).Id}");
        var (leads, answered, waits) = (await ingrid.Get(given.Page + "/protokoll"), await kari.Get("/protokoll"), await fatima.Get(given.Page + "/protokoll"));
        var (other, none) = (await outside.Get(given.Page + "/protokoll"), await nobody.Get(given.Page + "/protokoll"));
        var (signs, signsOpen) = (await fatima.Submit("/logg-inn", given.Page + "/protokoll"), await ingrid.Submit("/logg-inn", given.Page + "/protokoll"));

        Assert.Contains($"{given.Page}/protokoll", panel.Text, StringComparison.Ordinal);
        Assert.Contains("Foreløpig protokoll fra Politisk styringsgruppe", Read(leads.Text), StringComparison.Ordinal);
        Assert.Contains("Ola Nordby, medlem, meldte tvil om egen habilitet", Read(leads.Text), StringComparison.Ordinal);
        Assert.Contains("Per Nordby, vara, trådte inn for Ola Nordby.", Read(leads.Text), StringComparison.Ordinal);
        Assert.DoesNotContain(Reason, Read(Public().Match(leads.Text).Value), StringComparison.Ordinal);
        Assert.DoesNotContain("@drammen.example", leads.Text, StringComparison.Ordinal);
        Assert.Contains(Reason, Read(Screened().Match(leads.Text).Value), StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (answered.Status, waits.Status, other.Status, none.Status));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (signs.Status, signsOpen.Status));
    }

    [Fact]
    public async Task The_body_reads_the_protocol_when_the_round_has_ended_and_its_leader_signs_it_once()
    {
        await using var given = await GivenARound.Open();
        using var link = await given.Member("Kari");
        await link.Answer("godkjenn");
        using var ola = await given.Member("Ola");
        await ola.Answer("inhabil", Reason);
        await given.Decide("Ola");
        foreach (var name in new[] { "Fatima", "Per" })
        {
            using var member = await given.Member(name);
            await member.Answer("godkjenn");
        }

        using var kari = await given.SignedIn("Kari");
        using var fatima = await given.SignedIn("Fatima");
        using var jonas = await given.SignedIn("Jonas");
        var path = given.Page + "/protokoll";
        var (receipt, byLink, coordinator) = (await ola.Get("/kvittering"), await link.Get("/protokoll"), await jonas.Get(path));
        var shown = await kari.Get(path);

        var (member1, outsider, other) = (await fatima.Submit("/logg-inn", path), await jonas.Submit("/logg-inn", path), await kari.Submit("/logg-inn", path, ("vist", "noe annet")));
        var before = await given.Read();
        var signed = await kari.Post(path, [.. Member.Fields(shown.Text)]);
        given.Site.Database.Clock.Advance(TimeSpan.FromMinutes(10));
        var again = await kari.Submit("/logg-inn", path, ("vist", "noe annet"));
        var (after, round) = (await fatima.Get(path), await given.Read());

        Assert.Contains(path, receipt.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (byLink.Status, coordinator.Status));
        Assert.DoesNotContain("name=\"vist\"", byLink.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Reason, Read(byLink.Text + shown.Text + after.Text), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Conflict, null), (member1.Status, outsider.Status, other.Status, before.SignedAt));
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (signed.Status, again.Status));
        Assert.Equal((given["Kari"], Hash().Match(shown.Text).Groups[1].Value), (round.SignedBy, round.SignedHash));
        Assert.Contains($"\"protocol\":\"{round.SignedHash}\"", Assert.Single(await given.Trail("protocol-signed")).ToLine(), StringComparison.Ordinal);
        Assert.Contains("Protokollen er godkjent av Kari Nordby, 20.11.2024", Read(after.Text), StringComparison.Ordinal);
        Assert.DoesNotContain("Teksten er ikke lenger den som ble godkjent", Read(after.Text), StringComparison.Ordinal);
        var folder = await Packed(given);
        Assert.Equal(round.SignedHash, Canonical.Hash(await File.ReadAllTextAsync(Path.Combine(folder, "protokoll-1.txt"), TestContext.Current.CancellationToken)));
        Assert.Contains("Protokollen er godkjent av Kari Nordby", Read(await File.ReadAllTextAsync(Path.Combine(folder, "protokoll-1.html"), TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        await given.Tell(async w => (await w.Db.People.SingleAsync(person => person.Id == given["Fatima"])).Change("Et annet navn", "fatima@drammen.example", "nb", ""));
        Assert.Contains("Teksten er ikke lenger den som ble godkjent", Read((await kari.Get(path)).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_municipality_that_writes_nynorsk_has_its_protocol_so_and_a_meetings_decision_stands_in_the_protocol_of_its_round()
    {
        await using var given = await GivenARound.Open(Regime.Kommuneloven, Mode.Meeting);
        await given.Tell(async w => (await w.Db.Set<Municipality>().SingleAsync()).Change("Drammen kommune", "nn"));
        using var silje = await given.SignedIn("Silje");
        await silje.Submit("/logg-inn", given.Page + "/avslutt");
        using var kari = await given.SignedIn("Kari");
        var path = given.Page + "/protokoll";
        await kari.Post(path, [.. Member.Fields((await kari.Get(path)).Text)]);
        given.Site.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var decision = $"/prosess/{(await given.Run()).Id}/vedtak";

        var registered = await silje.Post(decision, [.. Member.Fields((await silje.Get(decision)).Text), ("utfall", "Approved"), ("dato", "20.11.2024"), ("ref", "87/24"), ("tekst", "Planen blir godkjend.")]);
        await kari.Get(path + "?sprak=en");
        var page = Read((await kari.Get(path)).Text);

        Assert.Equal(HttpStatusCode.SeeOther, registered.Status);
        Assert.Contains("lang=\"nn\"", page, StringComparison.Ordinal);
        Assert.Contains("Protokoll frå Politisk styringsgruppe", page, StringComparison.Ordinal);
        Assert.Contains("Standpunkta blir ikkje talde.", page, StringComparison.Ordinal);
        Assert.Contains("The minutes were approved by Kari Nordby", page, StringComparison.Ordinal);
        Assert.Contains("20. november 2024, sak 87/24", page, StringComparison.Ordinal);
        Assert.Contains("This was registered after the minutes were approved", page, StringComparison.Ordinal);
        Assert.DoesNotContain("The text is no longer", page, StringComparison.Ordinal);
    }

    private static async Task<string> Packed(GivenARound given)
    {
        var (database, folder) = (given.Site.Database, Path.Combine(given.Site.Database.Folder, "sak"));
        var package = new CasePackage(database, new TrailSettings(Path.Combine(database.Folder, "pakkens-key.pem"), Path.Combine(database.Folder, "pakkens-checkpoints")), null, database.Clock);
        Assert.Null(await package.Write((await given.Plan()).Id.Value, null, folder, TestContext.Current.CancellationToken));
        return folder;
    }

    private static string Read(string html) => WebUtility.HtmlDecode(html);

    [GeneratedRegex("<article.*</article>", RegexOptions.Singleline)]
    private static partial Regex Public();

    [GeneratedRegex("<section class=\"card stack no-print\" aria-labelledby=\"skjermet\">.*?</section>", RegexOptions.Singleline)]
    private static partial Regex Screened();

    [GeneratedRegex("name=\"vist\" value=\"([0-9a-f]{64})\"")]
    private static partial Regex Hash();
}
