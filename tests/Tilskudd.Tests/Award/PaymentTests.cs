using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Award;
using Tilskudd.Tests.Planning;

namespace Tilskudd.Tests.Award;

public sealed class PaymentTests
{
    [Fact]
    public async Task What_has_come_is_registered_and_what_is_late_stands_on_the_grants_page_and_the_overview()
    {
        await using var given = await Paid();
        using var ingrid = await given.SignIn(given.Ingrid);
        using var tor = await given.SignIn(given.Tor);

        var late = (await ingrid.Get(given.Path), await ingrid.Get("/"));
        var form = await tor.Get(given.Path);
        var first = await tor.Post(form, "#innbetaling", ("innbetalt", "250 000,50"), ("innbetalt-dato", "01.12.2024"));
        var again = await tor.Post(form, "#innbetaling", ("innbetalt", "250 000,50"), ("innbetalt-dato", "01.12.2024"));
        var part = (await ingrid.Get(given.Path), await ingrid.Get("/"));
        var rest = await ingrid.Post(part.Item1, "#innbetaling", ("innbetalt", "749 999,50"), ("innbetalt-dato", "02.12.2024"));
        var all = (await ingrid.Get(given.Path), await ingrid.Get("/"));

        Assert.Contains("600 000 kr skulle vært kommet 1. desember 2024.", Section(late.Item1), StringComparison.Ordinal);
        Assert.Contains("mangler 600 000 kr", Plain(late.Item2), StringComparison.Ordinal);
        Assert.Contains("siden 1. desember 2024", late.Item2.Find("section[aria-labelledby='mangler']").TextContent, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (first.Status, again.Status, rest.Status));
        Assert.Contains("349 999,50 kr skulle vært kommet", Section(part.Item1), StringComparison.Ordinal);
        Assert.Contains("Gjenstår749 999,50 kr", Section(part.Item1), StringComparison.Ordinal);
        Assert.Contains("mangler 349 999,50 kr", Plain(part.Item2), StringComparison.Ordinal);
        Assert.Contains("Registrert av Tor Lie", Section(all.Item1), StringComparison.Ordinal);
        Assert.DoesNotContain("skulle vært kommet", Section(all.Item1), StringComparison.Ordinal);
        Assert.Null(all.Item1.Page.QuerySelector("#innbetaling"));
        Assert.Null(all.Item2.Page.QuerySelector("section[aria-labelledby='mangler']"));
        Assert.Equal([25_000_050L, 74_999_950L], await Stored(given));
        await using var db = given.Database.Read();
        Assert.Equal(2, await db.Trail.CountAsync(entry => entry.Event == "payment-arrived", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_form_that_was_gone_back_to_and_filled_in_otherwise_is_no_second_payment()
    {
        await using var given = await Paid();
        using var tor = await given.SignIn(given.Tor);
        var form = await tor.Get(given.Path);
        await tor.Post(form, "#innbetaling", ("innbetalt", "5 000,11"), ("innbetalt-dato", "01.12.2024"));

        var other = await tor.Post(form, "#innbetaling", ("innbetalt", "7"), ("innbetalt-dato", "01.12.2024"));
        var stored = await Stored(given);
        var again = await tor.Post(other, "#innbetaling");

        Assert.Equal((HttpStatusCode.Conflict, "7"), (other.Status, other.Field("innbetalt")));
        Assert.Equal([500_011L], stored);
        Assert.Equal(HttpStatusCode.SeeOther, again.Status);
        Assert.Equal([500_011L, 700L], await Stored(given));
    }

    [Fact]
    public async Task A_page_from_before_takes_back_no_other_payment_that_has_got_the_same_number_since()
    {
        await using var given = await Paid();
        using var ingrid = await given.SignIn(given.Ingrid);
        await given.Done(given.Tor, given.Path, "#innbetaling", ("innbetalt", "5 000"), ("innbetalt-dato", "01.12.2024"));
        var old = await ingrid.Get(given.Path);
        await given.Done(given.Tor, given.Path, "form[action$='/innbetaling/ta-bort']");
        given.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        await given.Done(given.Tor, given.Path, "#innbetaling", ("innbetalt", "250 000"), ("innbetalt-dato", "01.12.2024"));

        var stale = await ingrid.Post(old, "form[action$='/innbetaling/ta-bort']");

        Assert.Equal(HttpStatusCode.SeeOther, stale.Status);
        Assert.Equal([25_000_000L], await Stored(given));
    }

    [Fact]
    public async Task A_payment_that_cannot_be_so_is_refused_beside_its_field_and_only_those_who_keep_the_money_may_write()
    {
        await using var given = await Paid();
        using var ingrid = await given.SignIn(given.Ingrid);
        await given.Done(given.Tor, given.Path, "#innbetaling", ("innbetalt", "300 000"), ("innbetalt-dato", "01.12.2024"));
        (string Amount, string On, string Field, string Remedy)[] wrong =
        [
            ("700 000,01", "01.12.2024", "innbetalt", "mer enn de 1 000 000 kr som er tildelt. 300 000 kr er registrert fra før"), ("300 000", "01.12.2024", "innbetalt", "er registrert 1. desember 2024 allerede"),
            ("1", "19.11.2024", "innbetalt-dato", "er før tilskuddsbrevet, som kom 20. november 2024"), ("1", "03.12.2024", "innbetalt-dato", "ikke kommet ennå"), ("0", "01.12.2024", "innbetalt", "over null"),
            ("-5", "01.12.2024", "innbetalt", "under null"), ("1e9", "01.12.2024", "innbetalt", "ikke et beløp"), ("1", "31.02.2024", "innbetalt-dato", "ikke en dato"), ("", "01.12.2024", "innbetalt", "Skriv et beløp"),
        ];

        foreach (var (amount, on, field, remedy) in wrong)
        {
            var refused = await ingrid.Post(await ingrid.Get(given.Path), "#innbetaling", ("innbetalt", amount), ("innbetalt-dato", on));

            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains(remedy, refused.Find($".ds-error-summary a[href='#{field}']").TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
            Assert.Equal((amount, on), (refused.Field("innbetalt"), refused.Field("innbetalt-dato")));
        }

        using var amina = await given.SignIn(given.Amina);
        using var stranger = await given.SignIn(given.Stranger);
        var seen = await amina.Get(given.Path);
        (string, string)[] right = [("nummer", "2"), ("innbetalt", "1"), ("innbetalt-dato", "01.12.2024")];
        Assert.Null(seen.Page.QuerySelector("#innbetaling"));
        Assert.Contains("300 000 kr", Section(seen), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await amina.PostTo(seen, given.Path + "/innbetaling", right)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostTo(await stranger.Get("/innboks"), given.Path + "/innbetaling", right)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ingrid.PostTo(await ingrid.Get(given.Path), given.Path + "/innbetaling", ("nummer", "x"))).Status);
        Assert.Equal([30_000_000L], await Stored(given));

        var page = await ingrid.Get(given.Path);
        await ingrid.Post(page, "form[action$='/ta-bort']");
        var gone = await ingrid.Post(page, "form[action$='/ta-bort']");
        Assert.Equal(HttpStatusCode.SeeOther, gone.Status);
        Assert.Empty(await Stored(given));
        await using var db = given.Database.Read();
        Assert.Equal(1, await db.Trail.CountAsync(entry => entry.Event == "payment-withdrawn", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Money_is_missing_from_the_first_promised_day_that_is_not_covered_and_never_more_than_is_granted()
    {
        PlannedPayment[] promised = [new(new(2025, 2, 1), new(600)), new(new(2025, 6, 1), new(400))];
        static MissingMoney? Missing(PlannedPayment[] promised, long granted, long arrived, NodaTime.LocalDate today) => MissingMoney.Of(promised, new(granted), new(arrived), today);

        Assert.Null(Missing(promised, 1000, 0, new(2025, 2, 1)));
        Assert.Equal(new(new(600), new(2025, 2, 1)), Missing(promised, 1000, 0, new(2025, 2, 2)));
        Assert.Equal(new(new(1), new(2025, 2, 1)), Missing(promised, 1000, 599, new(2025, 2, 2)));
        Assert.Null(Missing(promised, 1000, 600, new(2025, 6, 1)));
        Assert.Equal(new(new(400), new(2025, 6, 1)), Missing(promised, 1000, 600, new(2025, 6, 2)));
        Assert.Equal(new(new(200), new(2025, 6, 1)), Missing(promised, 800, 600, new(2025, 6, 2)));
        Assert.Null(Missing(promised, 600, 600, new(2025, 6, 2)));
        Assert.Null(Missing([], 1000, 0, new(2030, 1, 1)));
    }

    [Fact]
    public void No_money_comes_where_there_is_no_letter()
    {
        var grant = Cycle.Sample.NewGrant();

        var (none, refusal) = PaymentArrival.Register(grant, [], Cycle.Sample.Today, new(1), Cycle.Sample.Kari, Cycle.Sample.At, Cycle.Sample.Today);

        Assert.Null(none);
        Assert.Equal(new GrantRefusal.NoLetter(), refusal);
    }

    private static async Task<IReadOnlyList<long>> Stored(GivenGrant given)
    {
        await using var db = given.Database.Read();
        return [.. (await db.Set<PaymentArrival>().OrderBy(one => one.Number).ToListAsync(TestContext.Current.CancellationToken)).Select(one => one.Amount.Ore)];
    }

    private static string Section(Answer page) => page.Find("section[aria-labelledby='innbetalinger']").TextContent.Replace('\u00A0', ' ');

    private static string Plain(Answer page) => page.Text.Replace('\u00A0', ' ');

    // A letter of 1 000 000 kr in two parts; the day after the first of them.
    private static async Task<GivenGrant> Paid()
    {
        var given = await GivenGrant.Start();
        await given.SendPlan();
        Assert.Equal(HttpStatusCode.SeeOther, (await given.AnswerAsGrantor("Received", "journal", "24/99")).Status);
        await given.Vote();
        await given.Done(
            given.Ingrid, given.Path, "#brevet", ("referanse", "24/1234"), ("mottatt", "20.11.2024"), ("belop", "1 000 000"), ("rapportfrist", "2026-03-01"), ("overforing", "ja"), ("vilkar", ""),
            ("utbetaling-1", "600 000"), ("utbetalt-1", "01.12.2024"), ("utbetaling-2", "400 000"), ("utbetalt-2", "01.06.2025"));
        given.Database.Clock.Advance(TimeSpan.FromDays(12));
        return given;
    }
}
