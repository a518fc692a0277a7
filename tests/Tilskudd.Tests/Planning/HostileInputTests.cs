using System.Net;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Tests.Award;

namespace Tilskudd.Tests.Planning;

/// <summary>What nobody means to type, on every form with money, dates and titles (reliability B31 to B41): refused beside its field, or kept as it is.</summary>
public sealed class HostileInputTests
{
    private static readonly string[] NoAmounts = ["1000000.50", "1e9", "-1", "\u22121", "NaN", "0,001", "999999999999999999", "\uFF11\uFF12\uFF13", "1\u00A0000\u00A000", "=1+1"];

    private static readonly string[] NoDates = ["31.02.2027", "2027-02-30", "01/02/2027", "0001-01-01", "9999-12-31", "20.11.24", "\uFF12\uFF10.11.2024", "i dag"];

    [Fact]
    public async Task What_is_no_amount_comes_back_from_the_frame_and_sets_none()
    {
        await using var given = await GivenPlan.Start();
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path + "/ramme");

        foreach (var typed in NoAmounts)
        {
            var answer = await ingrid.Post(page, "form.form", ("belop-1", "11 500 000"), ("grunnlag-1", "Prop. 1 S"), ("belop-2", typed), ("grunnlag-2", "Prop. 1 S"));
            Refused(answer, "belop-2", typed);
        }

        Assert.Equal("programme-leader", (await given.Run()).WaitsFor);
    }

    [Fact]
    public async Task What_is_no_amount_comes_back_from_a_tiltak_and_saves_nothing()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path + "/tiltak/ny");

        foreach (var typed in NoAmounts)
        {
            Refused(await amina.Post(page, "form.form", "kladd", ("navn", "Sommerjobb"), ("belop-1", typed)), "belop-1", typed);
        }

        Assert.Empty((await given.Stored()).Tiltak);
    }

    [Fact]
    public async Task Amounts_that_cannot_be_added_up_are_refused_and_never_turn_around()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);

        var saved = await amina.Post(await amina.Get(given.Path + "/tiltak/ny"), "form.form", "kladd", ("navn", "Ett"), ("belop-1", "900 000 000 000"));
        var second = await amina.Post(await amina.Get(given.Path + "/tiltak/ny"), "form.form", "kladd", ("navn", "To"), ("belop-1", "100 000 000 001"));
        var each = await amina.Post(await amina.Get(given.Path + "/tiltak/ny"), "form.form", "kladd", ("navn", "Tre"), ("belop-1", "90 000 000 000 000"));

        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Equal("#belop", Assert.Single(second.Page.QuerySelectorAll(".ds-error-summary a")).GetAttribute("href"));
        Assert.NotNull(second.Page.GetElementById("belop"));
        Refused(each, "belop-1", "90 000 000 000 000");
        Assert.Equal(Money.FromKroner(900_000_000_000), Assert.Single((await given.Stored()).Tiltak).Total);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\",\"x\")")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Ærø")]
    [InlineData("🎒 Leksehjelp")]
    public async Task A_title_of_any_signs_is_kept_as_typed_and_shown_as_text(string title)
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);

        var saved = await amina.Post(await amina.Get(given.Path + "/tiltak/ny"), "form.form", "kladd", ("navn", title));
        var plan = await amina.Get(given.Path);

        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        Assert.Equal(title, Assert.Single((await given.Stored()).Tiltak).Name);
        Assert.Contains(title, plan.Text, StringComparison.Ordinal);
        Assert.Empty(plan.Page.QuerySelectorAll("main script"));
    }

    [Fact]
    public async Task A_title_is_kept_composed_and_counted_in_signs_people_see()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path + "/tiltak/ny");
        var emoji = string.Concat(Enumerable.Repeat("🎒", Handlingsplan.LongestName));

        foreach (var none in new[] { "", " ", "\u00A0", "\t" })
        {
            Assert.Equal("#navn", Assert.Single((await amina.Post(page, "form.form", "kladd", ("navn", none))).Page.QuerySelectorAll(".ds-error-summary a")).GetAttribute("href"));
        }

        Refused(await amina.Post(page, "form.form", "kladd", ("navn", new string('x', 300))), "navn", new string('x', 300));
        Refused(await amina.Post(page, "form.form", "kladd", ("navn", emoji + "🎒")), "navn", emoji + "🎒");
        var saved = await amina.Post(page, "form.form", "kladd", ("navn", "A\u030Apent hus"));

        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        Assert.Equal("\u00C5pent hus", Assert.Single((await given.Stored()).Tiltak).Name);
        Assert.Equal(HttpStatusCode.SeeOther, (await amina.Post(await amina.Get(given.Path + "/tiltak/ny"), "form.form", "kladd", ("navn", emoji))).Status);
    }

    [Fact]
    public async Task A_baseline_is_written_or_said_to_be_unknown_and_not_both()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path + "/tiltak/ny");

        var both = await amina.Post(page, "form.form", "kladd", ("navn", "Sommerjobb"), ("utgangspunkt", "45 i 2024"), ("ikke-kjent", "ja"));
        var unknown = await amina.Post(page, "form.form", "kladd", ("navn", "Sommerjobb"), ("ikke-kjent", "ja"));
        var shown = await amina.Get(unknown.Location!);

        Refused(both, "utgangspunkt", "45 i 2024");
        Assert.True(both.Page.QuerySelector("#ikke-kjent")!.HasAttribute("checked"));
        Assert.True(Assert.Single((await given.Stored()).Tiltak).HasNoBaseline);
        Assert.True(shown.Page.QuerySelector("#ikke-kjent")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task Another_programmes_plan_is_not_there_to_write_either()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        using var stranger = await given.SignIn(given.Stranger);
        var form = await amina.Get(given.Path + "/del/hovedmal");
        var token = ("__RequestVerificationToken", (await stranger.Get("/logg-inn")).Field("__RequestVerificationToken"));

        var section = await stranger.Post(form, "form.form", ("tekst", "Ikke min plan"), token);
        var tiltak = await stranger.Post(await amina.Get(given.Path + "/tiltak/ny"), "form.form", ("navn", "Ikke mitt"), token);
        var sent = await stranger.Post(await amina.Get(given.Path), "form[action$='/send']", token);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (section.Status, tiltak.Status, sent.Status));
        Assert.Equal(("", 0), ((await given.Stored()).Goal, (await given.Stored()).Tiltak.Count));
    }

    [Fact]
    public async Task What_is_no_amount_or_date_comes_back_from_the_letter_and_registers_none()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "");
        await given.Vote();
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path);
        (string Name, string Value)[] right =
            [("referanse", "24/1234"), ("mottatt", "20.11.2024"), ("belop", "1 000 000"), ("rapportfrist", "01.03.2026"), ("revisor", ""), ("overforing", "ja"), ("vilkar", "")];

        foreach (var (field, values) in new[] { ("belop", NoAmounts), ("revisor", NoAmounts), ("mottatt", NoDates), ("rapportfrist", NoDates) })
        {
            foreach (var typed in values)
            {
                Refused(await ingrid.Post(page, "#brevet", [.. right.Where(one => one.Name != field), (field, typed)]), field, typed);
            }
        }

        Assert.Null((await given.StoredGrant()).Letter);
    }

    [Fact]
    public async Task What_is_no_amount_comes_back_from_the_report_and_saves_nothing()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport();
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.RapportPath);

        foreach (var typed in NoAmounts)
        {
            Refused(await amina.Post(page, "#rapporten", "lagre", ("sammendrag", "Året"), ("brukt-1", typed)), "brukt-1", typed);
        }

        Assert.Equal(0, (await given.StoredRapport()).Revision);
    }

    [Fact]
    public async Task What_is_no_amount_or_date_comes_back_from_consent_and_repayment()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.ReachGrantorDecision("500 000");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");
        using var ingrid = await given.SignIn(given.Ingrid);
        var consent = await ingrid.Get(given.RapportPath);

        await RefusedEach(ingrid, consent, "#overfort");
        await given.Done(given.Ingrid, given.RapportPath, "#krav");
        using var tor = await given.SignIn(given.Tor);
        await RefusedEach(tor, await tor.Get(given.RapportPath), "#tilbakebetalt");

        var rapport = await given.StoredRapport();
        Assert.Equal((null, null, Money.FromKroner(100_000)), (rapport.CarriedOver, rapport.Repaid, rapport.Outstanding));
    }

    [Fact]
    public async Task A_settlement_posted_twice_is_one_and_ends_at_the_same_page()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.ReachGrantorDecision("500 000");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");
        using var ingrid = await given.SignIn(given.Ingrid);
        var consent = await ingrid.Get(given.RapportPath);
        (string, string)[] part = [("overfores", "60 000"), ("samtykke", "20.11.2024")];

        var first = await ingrid.Post(consent, "#krav", part);
        var second = await ingrid.Post(consent, "#krav", part);

        Assert.Equal((HttpStatusCode.SeeOther, given.RapportPath), (first.Status, first.Location));
        Assert.Equal((first.Status, first.Location), (second.Status, second.Location));
        Assert.Equal(Money.FromKroner(60_000), (await given.StoredRapport()).CarriedOver);
        Assert.Single(await given.Amounts(), amount => amount.State == AmountState.CarriedOver);
    }

    private static async Task RefusedEach(Browsing browser, Answer page, string form)
    {
        foreach (var typed in NoAmounts)
        {
            Refused(await browser.Post(page, form, ("belop", typed), ("dato", "20.11.2024")), "belop", typed);
        }

        foreach (var typed in NoDates)
        {
            Refused(await browser.Post(page, form, ("belop", "100 000"), ("dato", typed)), "dato", typed);
        }
    }

    // Beside its field, which exists, with what was typed kept for the person.
    private static void Refused(Answer answer, string field, string typed)
    {
        Assert.True(answer.Status == HttpStatusCode.UnprocessableEntity, $"«{typed}» in {field} was answered {answer.Status}.");
        Assert.Equal("#" + field, Assert.Single(answer.Page.QuerySelectorAll(".ds-error-summary a")).GetAttribute("href"));
        Assert.NotNull(answer.Page.GetElementById(field));
        Assert.Equal(typed, answer.Field(field));
    }
}
