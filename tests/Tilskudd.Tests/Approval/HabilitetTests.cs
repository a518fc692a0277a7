using System.Net;
using Tilskudd.Cycle.Approval;

namespace Tilskudd.Tests.Approval;

/// <summary>A member's doubt about habilitet on the pages: who sees why, who decides, and what the member, the deputy and the others meet.</summary>
public sealed class HabilitetTests
{
    private const string Reason = "Søsteren min leder et av tiltakene.";

    [Fact]
    public async Task A_doubt_is_asked_about_at_once_and_only_those_who_decide_or_lead_the_round_see_why()
    {
        await using var given = await GivenARound.Open();
        using var ola = await given.Member("Ola");
        await ola.Answer("inhabil", Reason);
        await given.Turn();
        var path = await given.HabilitetOf("Ola");
        using var ingrid = await given.SignedIn("Ingrid");
        using var leader = await given.SignedIn("Kari");
        using var fatima = await given.SignedIn("Fatima");
        using var jonas = await given.SignedIn("Jonas");
        using var himself = await given.SignedIn("Ola");
        using var outside = await given.SignedIn("Utenfor");
        var process = $"/prosess/{(await given.Run()).Id}";

        var (leads, heads, member, coordinator, own, other) = (await ingrid.Get(path), await leader.Get(path), await fatima.Get(path), await jonas.Get(path), await himself.Get(path), await outside.Get(path));
        var (panel, seen, inbox) = (await ingrid.Get(process), await fatima.Get(process), await ingrid.Get("/innboks"));
        var headDecides = await leader.Submit(path, null, ("utfall", "inhabil"), ("for", "2"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (leads.Status, heads.Status));
        Assert.Contains(Reason, WebUtility.HtmlDecode(leads.Text), StringComparison.Ordinal);
        Assert.Contains(Reason, WebUtility.HtmlDecode(heads.Text), StringComparison.Ordinal);
        Assert.DoesNotContain("Registrer avgjørelsen", heads.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (member.Status, coordinator.Status, own.Status, other.Status));
        Assert.Equal(HttpStatusCode.Forbidden, headDecides.Status);
        Assert.Contains("Organet avgjør om Ola Nordby er inhabil.", panel.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{path}\"", panel.Text, StringComparison.Ordinal);
        Assert.Contains("(habiliteten avgjøres)", panel.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(path, seen.Text, StringComparison.Ordinal);
        Assert.Contains("Registrer hva som ble avgjort om habiliteten til Ola Nordby.", inbox.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{path}\"", inbox.Text, StringComparison.Ordinal);
        foreach (var name in new[] { "Ingrid", "Silje", "Kari" })
        {
            var mail = given.Mails(name).Single(mail => mail.Subject.StartsWith("Habilitet skal avgjøres", StringComparison.Ordinal));
            var said = GivenARound.Said(mail);
            Assert.Contains(path, mail.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Søsteren", mail.Text, StringComparison.Ordinal);
            Assert.Contains("Handlingsplan 2025 for Strømsø.", said, StringComparison.Ordinal);
            Assert.Contains("HABILITETEN BØR VÆRE AVGJORT INNEN TIRSDAG 26. NOVEMBER KL. 12", said, StringComparison.Ordinal);
            Assert.Contains(name == "Kari" ? "Du får e-posten fordi du leder organet når spørsmålet avgjøres." : "Du får e-posten fordi du er programleder eller sekretær.", said, StringComparison.Ordinal);

            // Who leads the body reads the reason, and registers nothing.
            Assert.Equal(name != "Kari", said.Contains("registrer avgjørelsen", StringComparison.Ordinal));
            Assert.Equal(name != "Ingrid", mail.Text.Contains("så kommer den til Ingrid", StringComparison.Ordinal));
        }

        Assert.Contains("avgjør spørsmålet uten deg", given.Mails("Ola")[^2].Text + given.Mails("Ola")[^1].Text, StringComparison.Ordinal);
        Assert.Contains(given.Mails("Ola"), mail => mail.Subject.StartsWith("Meldingen din om habilitet er registrert", StringComparison.Ordinal) && GivenARound.Said(mail).Contains("Var det ikke du som meldte fra?", StringComparison.Ordinal));
        Assert.DoesNotContain(given.Mails("Ola"), mail => mail.Subject.StartsWith("Svaret ditt", StringComparison.Ordinal));
        Assert.DoesNotContain(given.Mails("Fatima"), mail => mail.Subject.StartsWith("Habilitet", StringComparison.Ordinal));
        Assert.Empty((await given.Read()).Answers);
    }

    [Fact]
    public async Task Until_it_is_decided_the_member_answers_nothing_the_round_stays_open_and_nobody_is_reminded_of_it()
    {
        await using var given = await GivenARound.Open(mandate: Mandate.Default with { Written = WrittenRule.Majority });
        using var ola = await given.Member("Ola");
        var form = await ola.Form("godkjenn");
        var asked = await ola.Get("/bekreft?svar=inhabil");
        await ola.Answer("inhabil", Reason);
        foreach (var name in new[] { "Kari", "Fatima" })
        {
            using var member = await given.Member(name);
            await member.Answer("godkjenn");
        }

        var late = await ola.Post(form, ("kode", ola.Code));
        var twice = await ola.Follow();
        var page = await ola.Get();
        var before = given.Mails("Ola").Count;
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(8));
        using var silje = await given.SignedIn("Silje");
        var closed = await silje.Submit("/logg-inn", given.Page + "/avslutt");
        var panel = await silje.Get($"/prosess/{(await given.Run()).Id}");

        Assert.Contains("Til det er avgjort, kan du ikke svare.", asked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Du kan endre det", asked.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal(given.Page + "/kvittering", twice.Location);
        Assert.Contains("Du svarer ikke før spørsmålet er avgjort.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"svar\"", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, closed.Status);
        Assert.Contains("Habiliteten til et medlem er ikke avgjort.", closed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/avslutt\"", panel.Text, StringComparison.Ordinal);
        Assert.True((await given.Read()).IsOpen);
        Assert.DoesNotContain(given.Mails("Ola").Skip(before), mail => mail.Subject.StartsWith("Påminnelse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_others_votes_find_the_member_inhabil_and_the_deputy_answers_in_the_members_place()
    {
        await using var given = await GivenARound.Open();
        using var ola = await given.Member("Ola");
        await ola.Answer("inhabil", Reason);
        var path = await given.HabilitetOf("Ola");
        using var silje = await given.SignedIn("Silje");
        var seats = (await given.Read()).Seats.Where(seat => seat.PersonId is not null).ToDictionary(seat => seat.PersonId!.Value, seat => $"stemme-{seat.SeatId}");

        var empty = await silje.Submit(path);
        var own = await silje.Submit(path, null, (seats[given["Kari"]], "habil"), (seats[given["Fatima"]], "inhabil"), (seats[given["Ola"]], "habil"));
        var both = await silje.Submit(path, null, (seats[given["Kari"]], "inhabil"), ("for", "2"));
        var few = await silje.Submit(path, null, (seats[given["Kari"]], "inhabil"));
        var done = await silje.Submit(path, null, (seats[given["Kari"]], "inhabil"), (seats[given["Fatima"]], "inhabil"), ("ref", "sak 3/24"));
        var again = await silje.Submit("/logg-inn", path, (seats[given["Kari"]], "habil"), (seats[given["Fatima"]], "habil"));
        var shown = await silje.Get(path);
        await given.Turn();
        var gone = await ola.Get();
        foreach (var name in new[] { "Kari", "Fatima", "Per" })
        {
            using var member = await given.Member(name);
            Assert.Equal(HttpStatusCode.SeeOther, (await member.Answer("godkjenn")).Status);
        }

        await given.Turn();
        Assert.Contains(given.Mails("Ola"), mail => mail.Subject.StartsWith("Godkjent: ", StringComparison.Ordinal));
        Assert.All(new[] { empty, own, both, few }, refused => Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status));
        Assert.Contains("Den som selv har meldt fra i saken, stemmer ikke", own.Text, StringComparison.Ordinal);
        Assert.Contains("Bare 1 stemte, og minst 2 må til", few.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, path), (done.Status, again.Status, again.Location));
        Assert.Contains("at medlemmet er inhabilt, med 2 mot 0 stemmer.", shown.Text, StringComparison.Ordinal);
        Assert.Contains("Det er avgjort at du er inhabil.", gone.Text, StringComparison.Ordinal);
        Assert.Contains(given.Mails("Ola"), mail => mail.Subject.StartsWith("Habiliteten din er avgjort", StringComparison.Ordinal) && mail.Text.Contains("Du er funnet inhabil", StringComparison.Ordinal) && !mail.Text.Contains("/g/", StringComparison.Ordinal));
        Assert.Contains("hva som er avgjort i Politisk styringsgruppe.", GivenARound.Said(given.Mails("Ola").Single(mail => mail.Subject.StartsWith("Habiliteten din", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.Contains("Du er kalt inn som vara for Ola Nordby.", GivenARound.Said(given.Mails("Per").First(mail => mail.Text.Contains("/g/", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.Equal(CountOutcome.Approved, (await given.Read()).Outcome);
        var told = Assert.Single(await given.Trail("habilitet-decided")).ToLine();
        Assert.Contains("\"outcome\":\"Inhabil\"", told, StringComparison.Ordinal);
        Assert.Contains("\"for\":2", told, StringComparison.Ordinal);
        var trail = await silje.Get($"/spor?lop={(await given.Run()).Id}");
        Assert.Contains("registrerte hva som ble avgjort om et medlems habilitet: inhabil.", WebUtility.HtmlDecode(trail.Text), StringComparison.Ordinal);
        Assert.Contains("meldte tvil om egen habilitet.", WebUtility.HtmlDecode(trail.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_found_habil_is_told_by_mail_and_answers_with_its_link_and_the_answer_from_before_counts_no_longer()
    {
        await using var given = await GivenARound.Open(mandate: Mandate.Default with { Written = WrittenRule.Majority });
        using var before = await given.Member("Ola");
        await before.Answer("tilbake", "For dyrt");
        await before.Answer("inhabil", Reason);
        await given.Decide("Ola", isInhabil: false);

        Assert.Empty((await given.Read()).Standing);
        Assert.Empty(given.Mails("Per"));
        using var ola = await given.Member("Ola");
        var page = await ola.Get();
        var answered = await ola.Answer("godkjenn");

        Assert.Contains("Det er avgjort at du er habil.", page.Text, StringComparison.Ordinal);
        Assert.Contains(given.Mails("Ola"), mail => mail.Text.Contains("Du er funnet habil", StringComparison.Ordinal) && mail.Text.Contains("/g/", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.SeeOther, answered.Status);
        Assert.Equal(AnswerKind.Approve, Assert.Single((await given.Read()).Standing).Kind);
    }

    [Fact]
    public async Task The_decision_that_leaves_nothing_to_answer_ends_the_round_in_the_same_story()
    {
        await using var given = await GivenARound.Open(Regime.Administrativ);
        await Report(given, "Ola");
        using var kari = await given.Member("Kari");
        await kari.Answer("godkjenn");
        var before = await given.Read();
        using var leader = await given.SignedIn("Kari");

        await leader.Submit(await given.HabilitetOf("Ola"), null, ("utfall", "inhabil"));

        Assert.True(before.IsOpen);
        Assert.Equal((CountOutcome.Approved, "approved"), ((await given.Read()).Outcome, (await given.Run()).ClosedAs));
        Assert.Single(await given.Trail("round-closed"));
    }

    [Fact]
    public async Task In_line_the_leader_decides_signed_in_and_over_the_leader_a_superior_is_registered()
    {
        await using var given = await GivenARound.Open(Regime.Administrativ);
        await Report(given, "Ola");
        await given.Turn();
        using var kari = await given.SignedIn("Kari");
        var inbox = await kari.Get("/innboks");
        var decided = await kari.Submit(await given.HabilitetOf("Ola"), null, ("utfall", "habil"));
        using var herself = await given.Member("Kari");
        await herself.Answer("inhabil", Reason);
        var path = await given.HabilitetOf("Kari");
        using var silje = await given.SignedIn("Silje");

        var panel = await silje.Get($"/prosess/{(await given.Run()).Id}");
        var (own, nobody, nameless) = (await kari.Submit("/logg-inn", path, ("utfall", "habil")), await silje.Submit(path, null, ("utfall", "inhabil")), await silje.Submit(path, null, ("utfall", "inhabil"), ("avgjort-av", "overordnet")));
        var done = await silje.Submit(path, null, ("utfall", "inhabil"), ("avgjort-av", "overordnet"), ("overordnet", "Kommunaldirektør Else Vik"));

        Assert.Contains("Avgjør om Ola Nordby er inhabil.", inbox.Text, StringComparison.Ordinal);
        Assert.Contains("Nestlederen, eller en overordnet, avgjør om Kari Nordby er inhabil.", WebUtility.HtmlDecode(panel.Text), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Forbidden), (decided.Status, own.Status));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (nobody.Status, nameless.Status, done.Status));
        var round = await given.Read();
        Assert.Equal([(false, given["Kari"], ""), (true, given["Silje"], "Kommunaldirektør Else Vik")], round.Doubts.OrderBy(doubt => doubt.Number).Select(doubt => (doubt.IsInhabil!.Value, doubt.RegisteredBy!.Value, doubt.Superior)));
        using var ingrid = await given.SignedIn("Ingrid");
        Assert.Contains("Nærmeste overordnede, Kommunaldirektør Else Vik, avgjorde", WebUtility.HtmlDecode((await ingrid.Get(given.Page + "/protokoll")).Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nn", "Organet avgjer sjølv, utan medlemen.")]
    [InlineData("en", "The body itself decides, without the member.")]
    public async Task The_page_stands_in_every_language_and_takes_no_other_seat(string language, string said)
    {
        await using var given = await GivenARound.Open();
        using var ola = await given.Member("Ola");
        await ola.Answer("inhabil");
        using var silje = await given.SignedIn("Silje");
        var path = await given.HabilitetOf("Ola");
        await silje.Get($"{path}?sprak={language}");

        var page = await silje.Get(path);
        var other = await silje.Get(await given.HabilitetOf("Fatima"));
        var none = await silje.Get($"{given.Page}/habilitet/{Guid.Empty}");

        Assert.Contains(said, WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (other.Status, none.Status));
    }

    // In line the others are not asked, and may say it all the same.
    private static async Task Report(GivenARound given, string name)
    {
        using var browser = await given.SignedIn(name);
        var shown = await browser.Get(given.Page + "/bekreft?svar=inhabil");
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Post(given.Page + "/bekreft", [.. Member.Fields(shown.Text), ("merk", Reason)])).Status);
    }
}
