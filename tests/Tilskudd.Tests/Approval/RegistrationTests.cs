using System.Net;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Tests.Approval;

/// <summary>An answer that came by phone or on paper. Silje is the secretary; it is 20 November 2024, and the round opened that day.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task The_member_is_told_of_what_was_registered_takes_it_back_and_answers()
    {
        await using var given = await GivenARound.Open(mandate: Mandate.Default with { Written = WrittenRule.Majority });
        using var silje = await given.SignedIn("Silje");

        var page = await silje.Get(given.Page + "/svar");
        var registered = await Register(given, silje, "Kari", ("svar", "tilbake"), ("merk", "Mangler tall."));
        var panel = WebUtility.HtmlDecode((await silje.Get(registered.Location!)).Text);
        await given.Turn();
        var mail = given.Mails("Kari")[^1];
        using var kari = await given.Member("Kari");
        var entered = await kari.Follow();
        var receipt = WebUtility.HtmlDecode((await kari.Get("/kvittering")).Text);
        var counted = await given.Read();
        var form = Member.Fields((await kari.Get("/kvittering")).Text);
        var without = await kari.Browser.Post(given.Page + "/trekk", [.. form]);
        var wrong = await kari.Browser.Post(given.Page + "/trekk", [.. form, ("kode", kari.Code == "0000" ? "1111" : "0000")]);
        var before = await given.Read();
        var retracted = await kari.Browser.Post(given.Page + "/trekk", [.. form, ("kode", kari.Code)]);
        var again = await kari.Browser.Post(given.Page + "/trekk", [.. form, ("kode", kari.Code)]);
        var after = await given.Read();
        var shown = WebUtility.HtmlDecode((await kari.Get()).Text);
        await given.Turn();
        var answered = await kari.Answer("godkjenn");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.SeeOther), (page.Status, registered.Status));
        Assert.Contains("Registrert av sekretæren, telefon", panel, StringComparison.Ordinal);
        Assert.StartsWith("Silje Nordby har registrert svaret ditt: ", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("Mangler tall.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("På telefon", mail.Text, StringComparison.Ordinal);
        Assert.Equal(given.Page + "/kvittering", entered.Location);
        Assert.Contains("Silje Nordby, telefon, svar gitt 20. november 2024", receipt, StringComparison.Ordinal);
        var answer = Assert.Single(counted.Answers);
        Assert.Equal((AnswerKind.SendBack, Assurance.RegisteredBySecretary, given["Silje"]), (answer.Kind, answer.Assurance, answer.RegisteredBy));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (without.Status, wrong.Status));
        Assert.Single(before.Standing);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (retracted.Status, again.Status));
        Assert.NotNull(Assert.Single(after.Answers).RetractedAt);
        Assert.Empty(after.Standing);
        Assert.Contains("er trukket tilbake og teller ikke", shown, StringComparison.Ordinal);
        Assert.StartsWith("Kari Nordby har trukket tilbake svaret du registrerte: ", given.Mails("Silje")[^1].Subject, StringComparison.Ordinal);
        Assert.Contains("Medlemmet kan svare selv, eller du kan registrere det riktige svaret.", GivenARound.Said(given.Mails("Silje")[^1]), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, answered.Status);
        Assert.Equal(AnswerKind.Approve, Assert.Single((await given.Read()).Standing).Kind);
        Assert.Equal((1, 1, 1), ((await given.Trail("answer-registered")).Count, (await given.Trail("answer-retracted")).Count, (await given.Trail("answer-given")).Count));
        Assert.Contains("\"channel\":\"Phone\"", (await given.Trail("answer-registered"))[0].Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_answer_may_come_on_paper_and_decides_and_then_there_is_nothing_to_take_back()
    {
        await using var given = await GivenARound.Open();
        foreach (var name in new[] { "Kari", "Fatima" })
        {
            using var member = await given.Member(name);
            await member.Answer("godkjenn");
        }

        using var ola = await given.Member("Ola");
        var open = await ola.Form("godkjenn");
        using var silje = await given.SignedIn("Silje");
        var form = await Form(given, silje, "Ola", ("kanal", "papir"));
        var registered = await silje.Post(given.Page + "/svar", form);
        var again = await silje.Post(given.Page + "/svar", form);
        var closed = await silje.Get(given.Page + "/svar");
        await given.Turn();
        var retracted = await ola.Browser.Post(given.Page + "/trekk", [.. open, ("kode", ola.Code)]);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.Conflict), (registered.Status, again.Status, closed.Status));
        Assert.Equal((CountOutcome.Approved, 3), ((await given.Read()).Outcome, (await given.Read()).Answers.Count));
        Assert.Equal(1, (await given.Plan()).ApprovedVersion);
        var told = Assert.Single(given.Mails("Ola"), mail => mail.Subject.StartsWith("Silje Nordby har registrert", StringComparison.Ordinal));
        Assert.DoesNotContain("/g/", told.Text, StringComparison.Ordinal);
        Assert.Contains("Runden er avsluttet.", told.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, retracted.Status);
        Assert.Equal(3, (await given.Read()).Standing.Count());
    }

    [Fact]
    public async Task What_is_missing_is_said_all_at_once_and_nothing_is_registered()
    {
        await using var given = await GivenARound.Open();
        using var silje = await given.SignedIn("Silje");
        var form = await Form(given, silje, "Kari");

        var empty = await silje.Post(given.Page + "/svar", [.. form.Where(field => field.Name is "skjema" or "vist" or "__RequestVerificationToken"), ("svar", "tilbake")]);
        var tomorrow = await silje.Post(given.Page + "/svar", [.. form.Where(field => field.Name != "dato"), ("dato", "21.11.2024")]);
        var yesterday = await silje.Post(given.Page + "/svar", [.. form.Where(field => field.Name != "dato"), ("dato", "19.11.2024")]);
        var other = await silje.Post(given.Page + "/svar", [.. form.Where(field => field.Name != "vist"), ("vist", "en annen")]);

        var text = WebUtility.HtmlDecode(empty.Text);
        Assert.All(
            new[] { "Velg hvem som har svart.", "Velg om svaret kom på telefon, papir eller e-post.", "Skriv hvorfor medlemmet sender saken tilbake.", "Skriv datoen svaret ble gitt" },
            fault => Assert.Contains(fault, text, StringComparison.Ordinal));
        Assert.Contains("er ikke kommet ennå", tomorrow.Text, StringComparison.Ordinal);
        Assert.Contains("Svaret kan ikke være gitt før det.", WebUtility.HtmlDecode(yesterday.Text), StringComparison.Ordinal);
        Assert.Equal(
            [HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict],
            new[] { empty.Status, tomorrow.Status, yesterday.Status, other.Status });

        // What was typed over another version is kept, to be sent again over this one.
        Assert.Contains($"name=\"vist\" value=\"{(await given.Read()).Hash}\"", other.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"20.11.2024\"", other.Text, StringComparison.Ordinal);
        Assert.Empty((await given.Read()).Answers);
    }

    [Fact]
    public async Task Only_who_leads_the_round_registers_and_only_for_others_who_may_answer_and_have_not()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        using var silje = await given.SignedIn("Silje");
        var late = await Form(given, silje, "Kari");
        await kari.Answer("godkjenn");

        var answered = await silje.Post(given.Page + "/svar", late);
        var deputy = await Register(given, silje, "Per");
        var invented = await silje.Post(given.Page + "/svar", [.. (await Form(given, silje, "Ola")).Where(field => field.Name != "medlem"), ("medlem", $"{Guid.Empty}")]);
        List<HttpStatusCode> others = [];
        foreach (var name in new[] { "Jonas", "Fatima", "Utenfor" })
        {
            using var browser = await given.SignedIn(name);
            others.Add((await browser.Get(given.Page + "/svar")).Status);
            others.Add((await browser.Submit("/logg-inn", given.Page + "/svar", [.. late.Where(field => field.Name != "__RequestVerificationToken")])).Status);
        }

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (answered.Status, deputy.Status, invented.Status));
        Assert.Contains("Bare medlemmet selv kan endre det.", answered.Text, StringComparison.Ordinal);
        Assert.Contains("Medlemmet kan ikke svare i runden nå", WebUtility.HtmlDecode(deputy.Text), StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.NotFound], others);
        Assert.Equal(Assurance.LinkAndCode, Assert.Single((await given.Read()).Answers).Assurance);
    }

    [Fact]
    public async Task The_link_and_the_phone_at_the_same_moment_are_one_answer()
    {
        await using var given = await GivenARound.Open(mandate: Mandate.Default with { Written = WrittenRule.Majority });
        using var kari = await given.Member("Kari");
        using var silje = await given.SignedIn("Silje");
        var (link, phone) = (await kari.Form("godkjenn"), await Form(given, silje, "Kari", ("svar", "tilbake"), ("merk", "Mangler tall.")));

        var both = await Task.WhenAll(
            [.. Enumerable.Range(0, 5).Select(_ => kari.Post(link, ("kode", kari.Code))), .. Enumerable.Range(0, 5).Select(_ => silje.Post(given.Page + "/svar", phone))]);

        var answer = Assert.Single((await given.Read()).Answers);
        var (taken, refused) = answer.RegisteredBy is null ? (both[..5], both[5..]) : (both[5..], both[..5]);
        Assert.All(taken, one => Assert.Equal(HttpStatusCode.SeeOther, one.Status));
        Assert.All(refused, one => Assert.Contains(one.Status, new[] { HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity }));
        Assert.Equal(1, (await given.Trail("answer-given")).Count + (await given.Trail("answer-registered")).Count);
    }

    [Fact]
    public async Task Before_a_meeting_what_is_registered_is_a_position_and_each_board_has_its_own()
    {
        await using var given = await GivenARound.Open(Regime.Kommuneloven, Mode.Meeting, boards: 2);
        using var silje = await given.SignedIn("Silje");
        var second = await given.PageOf(GivenARound.Second);

        var page = WebUtility.HtmlDecode((await silje.Get(second + "/svar")).Text);
        var registered = await Register(given, silje, "Berit", second);
        var elsewhere = await Register(given, silje, "Kari", second);
        await given.Turn();

        Assert.Contains("Her er det et standpunkt.", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity), (registered.Status, elsewhere.Status));
        var round = await given.Read(new RoundId(Guid.Parse(second["/godkjenning/".Length..])));
        Assert.Equal((1, 0, true), (round.Standing.Count(), round.Count().For, round.IsOpen));
        Assert.Empty((await given.Read()).Answers);
        Assert.Contains(given.Mails("Berit"), mail => mail.Subject.StartsWith("Silje Nordby har registrert svaret ditt", StringComparison.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, string Text, string? Location)> Register(GivenARound given, SignIn.Browser silje, string name, params (string Name, string Value)[] typed) =>
        await silje.Post(given.Page + "/svar", await Form(given, silje, name, typed));

    private static async Task<(HttpStatusCode Status, string Text, string? Location)> Register(GivenARound given, SignIn.Browser silje, string name, string page) =>
        await silje.Post(page + "/svar", await Form(given, silje, name, page: page));

    private static Task<(string Name, string Value)[]> Form(GivenARound given, SignIn.Browser silje, string name, params (string Name, string Value)[] typed) =>
        Form(given, silje, name, given.Page, typed);

    // An approval by phone today, but for what is typed.
    private static async Task<(string Name, string Value)[]> Form(GivenARound given, SignIn.Browser silje, string name, string page, params (string Name, string Value)[] typed)
    {
        var round = await given.Read(new RoundId(Guid.Parse(page["/godkjenning/".Length..])));
        var seat = round.Seats.FirstOrDefault(seat => seat.PersonId == given[name])?.SeatId.ToString() ?? $"{given[name]}";
        (string Name, string Value)[] usual = [("medlem", seat), ("kanal", "telefon"), ("svar", "godkjenn"), ("dato", "20.11.2024"), .. Member.Fields((await silje.Get(page + "/svar")).Text)];
        return [.. usual.Where(field => typed.All(other => other.Name != field.Name)), .. typed];
    }
}
