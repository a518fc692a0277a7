using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Tests.Planning;

namespace Tilskudd.Tests.Award;

/// <summary>The grantor's page without sign-in (reliability rules L1–L16 as far as they concern it).</summary>
public sealed class ReceiptTests
{
    [Fact]
    public async Task Looking_changes_nothing_however_often_and_the_link_still_works()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();
        var before = await Rows(given);

        foreach (var path in new[] { ola.Link, ola.Path, $"{ola.Path}/bekreft?svar=Received", $"{ola.Path}/bekreft?svar=Correction", $"{ola.Path}/utskrift", $"{ola.Path}/kvittering" })
        {
            Assert.NotEqual(HttpStatusCode.NotFound, (await ola.Browser.Get(path)).Status);
        }

        Assert.Equal(before, await Rows(given));
        Assert.Null((await given.StoredGrant()).LatestSubmission!.ReceivedAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_grantor_has_to_confirm_waits_in_its_contacts_inbox_and_in_no_other_grantors(bool isReport)
    {
        await using var given = await GivenGrant.Start();
        if (isReport)
        {
            await given.ReachReport("2 000 000");
            await given.WriteReport();
            await given.ApproveReport();
            await given.Done(given.Ingrid, given.RapportPath, "#send");
        }
        else
        {
            await given.SendPlan();
        }

        await given.AlsoPaidByAid();
        await using var db = given.Database.Read();
        var other = await db.People.Where(person => person.Name == "Berit Nord").Select(person => person.Id).SingleAsync(TestContext.Current.CancellationToken);
        using var contact = await given.SignIn(given.Ola);
        using var stranger = await given.SignIn(other);

        Assert.Contains("Én oppgave venter på deg.", (await contact.Get("/innboks")).Text, StringComparison.Ordinal);
        Assert.Contains("Ingenting venter på deg.", (await stranger.Get("/innboks")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nb", "Received", "journal", "Mottaket er registrert: Handlingsplan 2025 for Strømsø", "Handlingsplan 2025 for Strømsø, versjon 1", "Journalnummer: 24/99")]
    [InlineData("nn", "Correction", "retting", "Ønsket om retting er registrert: Handlingsplan 2025 for Strømsø", "Handlingsplan 2025 for Strømsø, versjon 1", "Det som skal rettast: 24/99")]
    [InlineData("en", "Received", "journal", "Receipt registered: ", "version 1", "Journal number: 24/99")]
    public async Task A_contact_that_answers_by_the_link_is_told_once_what_was_registered(string language, string choice, string field, string subject, string version, string text)
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();
        await given.Database.Write(w => w.Db.People.Single(person => person.Id == given.Ola).Speak(language));
        var page = await ola.Browser.Get($"{ola.Path}/bekreft?svar={choice}");

        await ola.Browser.Post(page, "#svaret", (field, "24/99"), ("kode", ola.Code));
        await ola.Browser.Post(page, "#svaret", (field, "24/99"), ("kode", ola.Code));
        await given.Turn();
        await given.Turn();

        var told = Assert.Single(given.Mails(), mail => mail.To.Contains("ola@") && mail.Subject.StartsWith(subject, StringComparison.Ordinal));
        var body = string.Join(' ', told.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(version, body, StringComparison.Ordinal);
        Assert.Contains(text, body, StringComparison.Ordinal);
        Assert.Contains("2024", body, StringComparison.Ordinal);
        Assert.DoesNotContain($"/plan/{given.Plan}", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(given.Path, told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_is_confirmed_is_told_of_with_its_version_and_a_second_sending_is_another_occasion()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.WriteReport();
        await given.ApproveReport();
        await given.Done(given.Ingrid, given.RapportPath, "#send");
        await given.AnswerAsGrantor("Correction", "retting", "Beløpet er feil.");
        given.Database.Clock.Advance(TimeSpan.FromHours(1));
        await given.WriteReport("500 000");
        await given.ApproveReport();
        await given.Done(given.Ingrid, given.RapportPath, "#send");
        await given.AnswerAsGrantor("Received", "journal", "25/7");
        await given.Turn();

        var mails = given.Mails().Where(mail => mail.To.Contains("ola@") && mail.Subject.Contains("er registrert: Rapport", StringComparison.Ordinal)).Select(mail => string.Join(' ', mail.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal(2, mails.Count);
        Assert.Single(mails, mail => mail.Contains("versjon 1", StringComparison.Ordinal) && mail.Contains("Det som skal rettes: Beløpet er feil.", StringComparison.Ordinal));
        Assert.Single(mails, mail => mail.Contains("versjon 2", StringComparison.Ordinal) && mail.Contains("Journalnummer: 25/7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_written_anew_on_the_grantors_wish_is_not_shown_before_it_is_sent()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.WriteReport();
        await given.ApproveReport();
        await given.Done(given.Ingrid, given.RapportPath, "#send");
        using var ola = await given.OpenLink();
        await ola.Browser.Post(await ola.Browser.Get($"{ola.Path}/bekreft?svar=Correction"), "#svaret", ("retting", "Beløpet er feil."), ("kode", ola.Code));
        given.Database.Clock.Advance(TimeSpan.FromHours(1));

        await given.WriteReport("500 000");
        await given.ApproveReport();
        var before = await ola.Browser.Get(ola.Path);
        await given.Done(given.Ingrid, given.RapportPath, "#send");
        var after = await ola.Browser.Get(ola.Path);

        Assert.Contains("versjon 1", before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("versjon 2", before.Text, StringComparison.Ordinal);
        Assert.Contains("versjon 2", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mail_about_a_report_gives_what_it_said_when_it_was_sent()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.WriteReport();
        await given.ApproveReport();
        await given.Done(given.Ingrid, given.RapportPath, "#send");
        await given.Database.Write(async w =>
        {
            var rapport = await w.Db.Rapporter.SingleAsync();
            w.Db.Entry(rapport.Results.Single(result => result.Number == 1)).Property(result => result.Spent).CurrentValue = Money.FromKroner(1);
        });
        await given.Turn();

        var mail = Assert.Single(given.Mails(), mail => mail.To == "ola@kdd.example" && mail.Text.Contains("Brukt", StringComparison.Ordinal)).Text.Replace('\u00A0', ' ');
        Assert.Contains("1 000 000 kr", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("400 001 kr", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_who_takes_part_no_longer_has_no_way_in_by_an_old_link()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();
        var form = await ola.Browser.Get($"{ola.Path}/bekreft?svar=Received");
        await given.Database.Write(async w => (await w.Db.People.SingleAsync(person => person.Id == given.Ola)).End(new LocalDate(2024, 11, 19)));

        var (link, page, posted) = (await ola.Browser.Get(ola.Link), await ola.Browser.Get(ola.Path), await ola.Browser.Post(form, "#svaret", ("journal", "24/1"), ("kode", ola.Code)));

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone, HttpStatusCode.Gone), (link.Status, page.Status, posted.Status));
        Assert.Null((await given.StoredGrant()).LatestSubmission!.ReceivedAt);
    }

    [Fact]
    public async Task One_who_is_contact_no_more_reads_and_answers_nothing_by_an_old_link_though_he_is_another_grantors()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();
        var form = await ola.Browser.Get($"{ola.Path}/bekreft?svar=Received");
        await given.AlsoPaidByAid();
        await given.Database.Write(async w =>
        {
            var role = await w.Db.Roles.SingleAsync(role => role.PersonId == given.Ola);
            var aid = await w.Db.Grantors.SingleAsync(grantor => grantor.Code == "AID");
            role.End(new LocalDate(2024, 11, 19));
            w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), given.Ola, Role.GrantorContact, null, null, aid.Id, new LocalDate(2024, 1, 1), null));
        });

        Answer[] answers = [await ola.Browser.Get(ola.Link), await ola.Browser.Get(ola.Path), await ola.Browser.Get($"{ola.Path}/utskrift"), await ola.Browser.Post(form, "#svaret", ("journal", "24/1"), ("kode", ola.Code))];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Gone, answer.Status));
        Assert.Contains("Du er ikke lenger kontaktperson hos tilskuddsgiveren.", answers[1].Text, StringComparison.Ordinal);
        await using var db = given.Database.Read();
        Assert.Null((await db.Grants.SingleAsync(grant => grant.Id == given.Grant, TestContext.Current.CancellationToken)).LatestSubmission!.ReceivedAt);
    }

    [Fact]
    public async Task The_contact_sees_who_sent_what_and_every_tiltak_of_it()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();

        var page = await ola.Browser.Get(ola.Path);
        var whole = await ola.Browser.Get($"{ola.Path}/utskrift");

        Assert.Contains("Handlingsplan 2025 for Strømsø, versjon 1", page.Text, StringComparison.Ordinal);
        Assert.Contains((await given.StoredGrant()).LatestSubmission!.PlanHash, page.Text, StringComparison.Ordinal);
        Assert.Contains("Ola Vest", page.Text, StringComparison.Ordinal);
        Assert.Contains("Tiltak 2", whole.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ola.Link["/k/".Length..], page.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "fire sifre")]
    [InlineData("abcd", "9 forsøk")]
    public async Task Without_the_code_nothing_is_registered(string code, string remedy)
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();
        var page = await ola.Browser.Get($"{ola.Path}/bekreft?svar=Received");

        var answer = await ola.Browser.Post(page, "#svaret", ("journal", "24/1"), ("kode", code));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(remedy, answer.Find(".ds-error-summary a[href='#kode']").TextContent, StringComparison.Ordinal);
        Assert.Equal("24/1", answer.Field("journal"));
        Assert.Equal("", answer.Field("kode"));
        Assert.Null((await given.StoredGrant()).LatestSubmission!.ReceivedAt);
    }

    [Fact]
    public async Task After_ten_wrong_codes_a_fresh_one_is_mailed_and_works()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();
        var page = await ola.Browser.Get($"{ola.Path}/bekreft?svar=Received");
        Answer last = page;
        for (var miss = 0; miss < 10; miss++)
        {
            last = await ola.Browser.Post(page, "#svaret", ("kode", "0000" == ola.Code ? "1111" : "0000"));
        }

        var locked = await ola.Browser.Post(page, "#svaret", ("kode", ola.Code));
        var asked = await ola.Browser.Post(locked, "#ny-kode");
        await given.Turn();
        var fresh = System.Text.RegularExpressions.Regex.Match(given.Mails().Last(mail => mail.Subject.StartsWith("Ny kode", StringComparison.Ordinal)).Text, "Kode: ([0-9]{6})").Groups[1].Value;
        var answer = await ola.Browser.Post(await ola.Browser.Get(asked.Location!), "#svaret", ("kode", fresh));

        Assert.Contains("for mange ganger", last.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, locked.Status);
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.NotNull((await given.StoredGrant()).LatestSubmission!.ReceivedAt);
    }

    [Fact]
    public async Task The_same_form_twice_gives_the_same_receipt_and_another_answer_is_told_of_the_first()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();
        var receive = await ola.Browser.Get($"{ola.Path}/bekreft?svar=Received");
        var correct = await ola.Browser.Get($"{ola.Path}/bekreft?svar=Correction");

        var first = await ola.Browser.Post(receive, "#svaret", ("journal", "24/5"), ("kode", ola.Code));
        var again = await ola.Browser.Post(receive, "#svaret", ("journal", "24/5"), ("kode", ola.Code));
        var other = await ola.Browser.Post(correct, "#svaret", ("retting", "Nei."), ("kode", ola.Code));
        var receipt = await ola.Browser.Get(first.Location!);
        var opened = await ola.Browser.Get(ola.Path);

        Assert.Equal((HttpStatusCode.SeeOther, first.Location), (again.Status, again.Location));
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Contains("Mottaket er bekreftet", other.Text, StringComparison.Ordinal);
        Assert.Contains("24/5", receipt.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "Mottaket er bekreftet"), (opened.Status, opened.Find("h1").TextContent));
        Assert.Null((await given.StoredGrant()).LatestSubmission!.CorrectionAskedAt);
    }

    [Fact]
    public async Task A_correction_must_say_what_and_a_choice_must_be_made()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();

        var empty = await ola.Browser.Post(await ola.Browser.Get($"{ola.Path}/bekreft?svar=Correction"), "#svaret", ("retting", " "), ("kode", ola.Code));
        var unknown = await ola.Browser.Get($"{ola.Path}/bekreft?svar=Kanskje");
        var none = await ola.Browser.Get($"{ola.Path}/bekreft");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.Equal("Skriv hva som må rettes.", empty.Find(".ds-error-summary a[href='#retting']").TextContent);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (unknown.Status, none.Status));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_token_that_is_none_of_ours_and_a_page_without_its_cookie_say_the_same_of_every_case(string token)
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var nobody = new Browsing(given.Address, ("ingen", "x"));

        var unknown = await nobody.Get($"/k/{token}");
        var cut = await nobody.Get("/k/");
        var without = await nobody.Get($"/mottak/{given.Grant}");
        var nothing = await nobody.Get($"/mottak/{Guid.Empty}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unknown.Status, cut.Status));
        Assert.Equal(unknown.Text, cut.Text);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (without.Status, nothing.Status));
        Assert.Equal(without.Text, nothing.Text);
        Assert.Contains("Åpne lenken i e-posten igjen", without.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_mail_programs_have_mangled_at_its_end_is_mended_and_a_revoked_one_says_so()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();

        var mangled = await ola.Browser.Get(ola.Link + ").");
        await given.Database.Write(w => w.Db.Set<Link>().Single().Revoke(LinkEnd.PersonRemoved, w.Now));
        var revoked = await ola.Browser.Get(ola.Link);
        var page = await ola.Browser.Get(ola.Path);

        Assert.Equal(HttpStatusCode.SeeOther, mangled.Status);
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (revoked.Status, page.Status));
        Assert.Contains("gjelder ikke lenger", revoked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_lost_the_mail_asks_for_a_new_link_and_every_address_gets_the_same_answer()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var first = await given.OpenLink();
        using var anybody = new Browsing(given.Address, ("ingen", "x"));
        var lost = await anybody.Get("/k/" + new string('A', 43));
        var contact = await anybody.Post(lost, "form[action='/g']", ("epost", " OLA@kdd.example "));
        var leader = await anybody.Post(lost, "form[action='/g']", ("epost", "ingrid@drammen.example"));
        var nobody = await anybody.Post(lost, "form[action='/g']", ("epost", "ingen@drammen.example"));

        using var second = await given.OpenLink();
        var answer = await second.Browser.Post(await second.Browser.Get($"{second.Path}/bekreft?svar=Received"), "#svaret", ("journal", "24/1"), ("kode", second.Code));
        await anybody.Post(lost, "form[action='/g']", ("epost", "ola@kdd.example"));
        await given.Turn();

        Assert.Equal(HttpStatusCode.NotFound, lost.Status);
        Assert.Equal((HttpStatusCode.SeeOther, "/g/sendt"), (contact.Status, contact.Location));
        Assert.Equal((contact.Status, contact.Location), (leader.Status, leader.Location));
        Assert.Equal((contact.Status, contact.Location), (nobody.Status, nobody.Location));
        Assert.NotEqual(first.Link, second.Link);
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);

        // What is received is not asked for again.
        Assert.Equal(2, given.Mails().Count(mail => mail.Text.Contains("/k/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_contact_is_mailed_a_new_link_five_times_an_hour_at_most()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.Turn();
        using var anybody = new Browsing(given.Address, ("ingen", "x"));
        var lost = await anybody.Get("/mottak/" + Guid.Empty);

        for (var wish = 0; wish < 8; wish++)
        {
            await anybody.Post(lost, "form[action='/g']", ("epost", "ola@kdd.example"));
        }

        await given.Turn();

        Assert.Equal(5, given.Mails().Count(mail => mail.Text.Contains("/k/", StringComparison.Ordinal)));
    }

    private static async Task<string> Rows(GivenGrant given)
    {
        await using var db = given.Database.Read();
        return string.Join(',', await db.Trail.CountAsync(), await db.Set<LinkToken>().CountAsync(), await db.Set<Link>().CountAsync(), await db.Set<Notice>().CountAsync(), await db.Set<LinkToken>().SumAsync(token => token.WrongCodes));
    }
}
