using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Runs;

namespace Tilskudd.Tests.Approval;

/// <summary>What was found of a member's habilitet in an earlier version, on the pages and in the mails of the next: it stands, is told, and is taken up anew in one act.</summary>
public sealed class FindingPageTests
{
    private const string Reason = "Søsteren min leder et av tiltakene.";

    private static readonly Mandate ByMajority = Mandate.Default with { Written = WrittenRule.Majority };

    [Fact]
    public async Task Who_was_found_inhabil_is_not_asked_in_the_next_version_the_deputy_is_and_the_protocol_tells_it_without_the_reason()
    {
        await using var given = await GivenARound.Open(mandate: ByMajority);
        await Report(given, "Ola");
        await given.Decide("Ola");
        var before = given.Mails("Ola").Count;

        await given.SendAnewVersion();

        var round = await given.Read();
        Assert.Equal((2, 1), (round.Version, Assert.Single(round.Doubts).FoundInVersion));
        Assert.Equal((true, 2), (round.IsInhabil(given["Ola"]), round.Count().Quorum));
        Assert.Contains(round.Missing, seat => seat.PersonId == given["Per"]);
        var mail = Assert.Single(given.Mails("Ola").Skip(before));
        Assert.StartsWith("Du er fortsatt inhabil", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("Politisk styringsgruppe behandler nå versjon 2. Du ble funnet inhabil i behandlingen av versjon 1, og det står ved lag.", GivenARound.Said(mail), StringComparison.Ordinal);
        Assert.DoesNotContain("/g/", mail.Text, StringComparison.Ordinal);
        Assert.Contains(given.Mails("Per"), asked => asked.Text.Contains("/g/", StringComparison.Ordinal));
        using var ola = await given.SignedIn("Ola");
        using var silje = await given.SignedIn("Silje");
        using var fatima = await given.SignedIn("Fatima");
        var path = await given.HabilitetOf("Ola");
        var process = $"/prosess/{(await given.Run()).Id}";
        var (own, panel, seen, inbox) = (await ola.Get(given.Page), await silje.Get(process), await fatima.Get(process), await silje.Get("/innboks"));
        Assert.Contains("Du ble funnet inhabil i behandlingen av versjon 1, og det står ved lag.", own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"svar\"", own.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ola.Get(given.Page + "/kvittering")).Status);
        Assert.All(new[] { panel, seen }, page => Assert.Contains("Ola Nordby ble funnet inhabil i behandlingen av versjon 1. Det står ved lag.", page.Text, StringComparison.Ordinal));
        Assert.Contains($"href=\"{path}\"", panel.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(path, seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("habiliteten til Ola", inbox.Text, StringComparison.Ordinal);
        var protocol = WebUtility.HtmlDecode((await silje.Get(given.Page + "/protokoll")).Text);
        Assert.Contains("Ola Nordby, medlem, funnet inhabil i behandlingen av versjon 1, ", protocol, StringComparison.Ordinal);
        Assert.Contains("Avgjørelsen står ved lag. Medlemmet deltok ikke i saken.", protocol, StringComparison.Ordinal);
        Assert.Contains("trådte inn for Ola Nordby", protocol, StringComparison.Ordinal);
        var followed = Assert.Single(await given.Trail("habilitet-followed")).ToLine();
        Assert.Contains("\"earlier\":1", followed, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"Inhabil\"", followed, StringComparison.Ordinal);
        Assert.DoesNotContain("Søsteren", followed, StringComparison.Ordinal);
        Assert.Contains("i behandlingen av versjon 1, gjelde også for versjon 2: inhabil.", WebUtility.HtmlDecode((await silje.Get(process)).Text), StringComparison.Ordinal);
        foreach (var name in new[] { "Kari", "Fatima", "Per" })
        {
            using var member = await given.Member(name);
            Assert.Equal(HttpStatusCode.SeeOther, (await member.Answer("godkjenn")).Status);
        }

        Assert.Equal((CountOutcome.Approved, 3), ((await given.Read()).Outcome, (await given.Read()).Count().For));
    }

    [Fact]
    public async Task It_follows_the_plan_into_another_run_as_when_it_is_fitted_to_a_letter()
    {
        await using var given = await GivenARound.Open(mandate: ByMajority);
        await Report(given, "Ola");
        await given.Decide("Ola");
        var (earlier, plans, ids) = (await given.Read(), await given.Run(), given.Site.Database.Ids);
        await using var db = given.Site.Database.Read();
        var body = await db.Bodies.SingleAsync(TestContext.Current.CancellationToken);
        var letters = new Run(ids.Next<RunId>(), "tilskudd", 2, new Subject(DocumentKind.Tilskuddsbrev, ids.Next(), plans.ProgrammeId, plans.PlanUnitId, plans.Year), earlier.OpenedAt);

        var (second, first) = (Anew(2), Anew(1));
        (await EarlierFindings.Of(db, letters, DocumentKind.Handlingsplan, earlier.DocumentId, version: 2)).Follow(second);
        (await EarlierFindings.Of(db, letters, DocumentKind.Handlingsplan, ids.Next(), version: 2)).Follow(first);

        Assert.True(second.IsInhabil(given["Ola"]));
        Assert.False(first.IsInhabil(given["Ola"]));

        Round Anew(int version) => Round.Open(
            ids.Next<RoundId>(), body, body.SeatsOn(new LocalDate(2024, 11, 20)), DocumentKind.Handlingsplan, earlier.DocumentId, version, new string('a', 64), [], true, null, earlier.OpenedAt);
    }

    [Fact]
    public async Task It_is_taken_up_anew_in_one_act_and_the_member_found_habil_answers_in_the_deputys_place()
    {
        await using var given = await GivenARound.Open(mandate: ByMajority);
        await Report(given, "Ola");
        await given.Decide("Ola");
        await given.SendAnewVersion();
        using var per = await given.Member("Per");
        await per.Answer("tilbake", "For dyrt");
        var path = await given.HabilitetOf("Ola");
        using var silje = await given.SignedIn("Silje");
        using var fatima = await given.SignedIn("Fatima");
        using var ola = await given.SignedIn("Ola");

        var shown = await silje.Get(path);
        var (others, own) = (await fatima.Submit("/logg-inn", path + "/paa-nytt"), await ola.Submit("/logg-inn", path + "/paa-nytt"));
        Assert.Empty((await given.Read()).Undecided);
        var done = await silje.Submit(path, path + "/paa-nytt");
        var again = await silje.Submit("/logg-inn", path + "/paa-nytt");
        await given.Turn();

        Assert.Contains(Reason, WebUtility.HtmlDecode(shown.Text), StringComparison.Ordinal);
        Assert.Contains("Ta habiliteten opp på nytt", shown.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (others.Status, own.Status));
        Assert.Equal((HttpStatusCode.SeeOther, path, HttpStatusCode.SeeOther, path), (done.Status, done.Location, again.Status, again.Location));
        var asked = Assert.Single((await given.Read()).Undecided);
        Assert.Equal(given["Silje"], asked.TakenUpBy);
        var form = await silje.Get(path);
        Assert.Contains("av Silje Nordby, og avgjøres som enhver tvil om habilitet.", WebUtility.HtmlDecode(form.Text), StringComparison.Ordinal);
        Assert.Contains(Reason, WebUtility.HtmlDecode(form.Text), StringComparison.Ordinal);
        Assert.Contains("Habiliteten din er tatt opp på nytt.", (await ola.Get(given.Page)).Text, StringComparison.Ordinal);
        Assert.Contains("tok et medlems habilitet opp på nytt.", WebUtility.HtmlDecode((await silje.Get($"/prosess/{(await given.Run()).Id}")).Text), StringComparison.Ordinal);
        Assert.Contains("Registrer hva som ble avgjort om habiliteten til Ola Nordby.", (await silje.Get("/innboks")).Text, StringComparison.Ordinal);
        Assert.Contains(given.Mails("Ola"), mail => mail.Subject.StartsWith("Habiliteten din er tatt opp på nytt", StringComparison.Ordinal));
        foreach (var name in new[] { "Ingrid", "Kari" })
        {
            var told = given.Mails(name).Last(mail => mail.Subject.StartsWith("Habilitet skal avgjøres", StringComparison.Ordinal));
            Assert.Contains("Nå som versjon 2 er kommet, er spørsmålet tatt opp på nytt.", GivenARound.Said(told), StringComparison.Ordinal);
            Assert.DoesNotContain("Søsteren", told.Text, StringComparison.Ordinal);
        }

        await given.Decide("Ola", isInhabil: false);

        Assert.Contains(given.Mails("Per"), mail => mail.Subject.StartsWith("Du er ikke lenger kalt inn som vara", StringComparison.Ordinal) && GivenARound.Said(mail).Contains("Svaret du ga, teller ikke lenger.", StringComparison.Ordinal));
        Assert.Contains("Du er ikke lenger kalt inn som vara i denne saken", (await per.Get()).Text, StringComparison.Ordinal);
        Assert.Empty((await given.Read()).Standing);
        foreach (var name in new[] { "Kari", "Fatima", "Ola" })
        {
            using var member = await given.Member(name);
            Assert.Equal(HttpStatusCode.SeeOther, (await member.Answer("godkjenn")).Status);
        }

        Assert.Equal((CountOutcome.Approved, 3), ((await given.Read()).Outcome, (await given.Read()).Count().For));
        var protocol = WebUtility.HtmlDecode((await silje.Get(given.Page + "/protokoll")).Text);
        Assert.Contains("habiliteten ble tatt opp på nytt", protocol, StringComparison.Ordinal);
        Assert.DoesNotContain("Avgjørelsen står ved lag", protocol, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_doubt_that_was_not_decided_waits_in_the_next_version_and_both_the_member_and_those_who_decide_are_told()
    {
        await using var given = await GivenARound.Open(mandate: ByMajority);
        await Report(given, "Ola");
        var before = given.Mails("Ola").Count;

        await given.SendAnewVersion();

        var doubt = Assert.Single((await given.Read()).Undecided);
        Assert.Equal((1, given["Ola"]), (doubt.RaisedInVersion, doubt.PersonId));
        var mail = Assert.Single(given.Mails("Ola").Skip(before), mail => mail.Subject.StartsWith("Habiliteten din er ikke avgjort", StringComparison.Ordinal));
        Assert.Contains("Du trenger ikke melde fra på nytt.", GivenARound.Said(mail), StringComparison.Ordinal);
        Assert.DoesNotContain(given.Mails("Ola").Skip(before), sent => sent.Text.Contains("/g/", StringComparison.Ordinal));
        var path = await given.HabilitetOf("Ola");
        foreach (var name in new[] { "Ingrid", "Silje", "Kari" })
        {
            var asked = given.Mails(name).Last(sent => sent.Subject.StartsWith("Habilitet skal avgjøres", StringComparison.Ordinal));
            Assert.Contains(path, asked.Text, StringComparison.Ordinal);
            Assert.Contains("Den følger saken til versjon 2.", GivenARound.Said(asked), StringComparison.Ordinal);
        }

        foreach (var name in new[] { "Kari", "Fatima" })
        {
            using var member = await given.Member(name);
            await member.Answer("godkjenn");
        }

        Assert.True((await given.Read()).IsOpen);
        using var ola = await given.SignedIn("Ola");
        Assert.Contains("Du meldte tvil om egen habilitet i behandlingen av versjon 1.", (await ola.Get(given.Page)).Text, StringComparison.Ordinal);
        await given.Decide("Ola");
        using var silje = await given.SignedIn("Silje");
        Assert.Contains("i behandlingen av versjon 1. Organet avgjorde", WebUtility.HtmlDecode((await silje.Get(given.Page + "/protokoll")).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_line_the_leader_takes_it_up_and_decides_it_anew()
    {
        await using var given = await GivenARound.Open(Regime.Administrativ);
        using (var browser = await given.SignedIn("Ola"))
        {
            var shown = await browser.Get(given.Page + "/bekreft?svar=inhabil");
            Assert.Equal(HttpStatusCode.SeeOther, (await browser.Post(given.Page + "/bekreft", [.. Member.Fields(shown.Text), ("merk", Reason)])).Status);
        }

        using var kari = await given.SignedIn("Kari");
        Assert.Equal(HttpStatusCode.SeeOther, (await kari.Submit(await given.HabilitetOf("Ola"), null, ("utfall", "inhabil"))).Status);
        await given.SendAnewVersion();
        var path = await given.HabilitetOf("Ola");

        var taken = await kari.Submit(path, path + "/paa-nytt");
        var decided = await kari.Submit(path, path, ("utfall", "habil"));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (taken.Status, decided.Status));
        Assert.False((await given.Read()).IsInhabil(given["Ola"]));
        Assert.DoesNotContain(given.Mails("Kari"), mail => mail.Text.Contains("tatt opp på nytt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nn", "vart funnen inhabil i handsaminga av versjon 1", "Ta habiliteten opp på nytt")]
    [InlineData("en", "was found disqualified when version 1 was considered", "Consider the impartiality anew")]
    public async Task The_pages_stand_in_every_language(string language, string said, string button)
    {
        await using var given = await GivenARound.Open();
        await Report(given, "Ola");
        await given.Decide("Ola");
        await given.SendAnewVersion();
        using var silje = await given.SignedIn("Silje");
        var path = await given.HabilitetOf("Ola");
        await silje.Get($"{path}?sprak={language}");

        Assert.Contains(said, WebUtility.HtmlDecode((await silje.Get($"/prosess/{(await given.Run()).Id}")).Text), StringComparison.Ordinal);
        Assert.Contains(button, WebUtility.HtmlDecode((await silje.Get(path)).Text), StringComparison.Ordinal);
    }

    private static async Task Report(GivenARound given, string name)
    {
        using var member = await given.Member(name);
        Assert.Equal(HttpStatusCode.SeeOther, (await member.Answer("inhabil", Reason)).Status);
    }
}
