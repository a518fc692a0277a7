using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Tests.Planning;

namespace Tilskudd.Tests.Administration;

/// <summary>What has a last day is in use until it, and what begins later is not in use yet.</summary>
public sealed class LastDayTests : IAsyncLifetime
{
    private GivenOffice _given = null!;
    private Browsing _kari = null!;
    private string _programme = "";

    private LocalDate Today => OsloTime.On(_given.Database.Clock.GetUtcNow()).Date;

    private string Id => _programme.Split('/')[^1];

    public async ValueTask InitializeAsync()
    {
        _given = await GivenOffice.Start();
        _kari = await _given.SignIn(_given.Kari);
        _programme = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
    }

    public async ValueTask DisposeAsync()
    {
        _kari.Dispose();
        await _given.DisposeAsync();
    }

    [Fact]
    public async Task What_ends_on_a_later_day_is_in_use_and_may_be_chosen_until_then_and_no_more_after()
    {
        await GivenOffice.Add(_kari, "Amina Yusuf", "amina@lund.example");
        await GivenOffice.Fill(_kari, "/admin/tilskuddsgivere/ny", ("kode", "KDD"), ("navn", "Departementet"));
        await using var db = _given.Database.Read();
        var (unit, municipality, grantor, amina) = (
            (await db.PlanUnits.SingleAsync(TestContext.Current.CancellationToken)).Id, (await db.Municipalities.SingleAsync(TestContext.Current.CancellationToken)).Id, (await db.Grantors.SingleAsync(TestContext.Current.CancellationToken)).Id,
            await _given.PersonAt("amina@lund.example"));
        foreach (var path in new[] { $"personer/{amina}", $"enheter/{unit}", $"kommuner/{municipality}", $"tilskuddsgivere/{grantor}" })
        {
            await GivenOffice.Fill(_kari, $"/admin/{path}/avslutt", ("siste", Field(1)));
        }

        var before = await Offered(_kari);
        var page = await _kari.Get(_programme);
        await GivenOffice.Fill(_kari, $"/admin/roller/ny?i={Id}", ("epost", "amina@lund.example"), ("rolle", "Secretary"), ("fra", Field(0)));
        var late = await _kari.Post(await _kari.Get($"/admin/roller/ny?i={Id}"), "main form", ("epost", "amina@lund.example"), ("rolle", "Accountant"), ("fra", Field(2)));
        _given.Database.Clock.Advance(TimeSpan.FromDays(2));
        using var later = await _given.SignIn(_given.Kari);
        var after = await Offered(later);
        var ended = await later.Post(await later.Get($"/admin/roller/ny?i={Id}"), "main form", ("epost", "amina@lund.example"), ("rolle", "Accountant"), ("fra", Field(0)));

        Assert.Equal((true, true, true, "Ferdig"), before);
        Assert.Contains("I bruk til og med", Row(page, "[aria-labelledby=enheter] li", "Lundåsen"), StringComparison.Ordinal);
        Assert.Contains("Personen er med til og med", late.Find(".ds-error-summary a[href='#fra']").TextContent, StringComparison.Ordinal);
        Assert.Equal(Today.PlusDays(-1), (await db.Roles.SingleAsync(role => role.PersonId == amina, TestContext.Current.CancellationToken)).ToOn);
        Assert.Equal((false, false, false, "Mangler"), after);
        Assert.NotNull(ended.Page.QuerySelector(".ds-error-summary a[href='#epost']"));
    }

    [Fact]
    public async Task A_seat_given_to_somebody_who_leaves_stands_vacant_after_the_last_day()
    {
        await GivenOffice.Add(_kari, "Amina Yusuf", "amina@lund.example");
        await GivenOffice.Fill(_kari, $"/admin/personer/{await _given.PersonAt("amina@lund.example")}/avslutt", ("siste", Field(5)));
        var body = await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(_programme), "Nytt organ"), ("navn", "Styringsgruppe"), ("myndighet", "nei"));

        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Ny plass"), ("epost", "amina@lund.example"), ("plass", "Member"), ("fra", Field(0)));

        await using var db = _given.Database.Read();
        var stored = await db.Bodies.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal([await _given.PersonAt("amina@lund.example")], stored.SeatsOn(Today.PlusDays(5)).Select(seat => seat.PersonId!.Value));
        Assert.Equal([null], stored.SeatsOn(Today.PlusDays(6)).Select(seat => seat.PersonId));
    }

    [Fact]
    public async Task A_role_and_a_seat_that_begin_later_say_from_when()
    {
        await GivenOffice.Fill(_kari, $"/admin/roller/ny?i={Id}", ("epost", "ingrid@lund.example"), ("rolle", "Secretary"), ("fra", Field(10)));
        var body = await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(_programme), "Nytt organ"), ("navn", "Styringsgruppe"), ("myndighet", "nei"));

        body = await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Ny plass"), ("epost", "ingrid@lund.example"), ("plass", "Member"), ("fra", Field(10)));

        var begins = $"Begynner {Dates.WithYear(Today.PlusDays(10))}";
        var lines = new[] { Row(await _kari.Get(_programme), "[aria-labelledby=roller] li", "Ingrid Solli: Sekretær"), Row(await _kari.Get($"/admin/personer/{await _given.PersonAt("ingrid@lund.example")}"), "[aria-labelledby=roller] li", "Sekretær"), Row(body, "[aria-labelledby=plasser] li", "Ingrid Solli") };
        Assert.All(lines, line =>
        {
            Assert.Contains(begins, line, StringComparison.Ordinal);
            Assert.DoesNotContain("I bruk", line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Who_is_taken_back_has_again_the_roles_and_the_seat_that_ended_with_the_person_and_no_others()
    {
        var (body, id) = await EndedByMistake();
        using var kari = await _given.SignIn(_given.Kari);
        var page = await kari.Get($"/admin/personer/{id}/avslutt");

        await GivenOffice.Fill(kari, $"/admin/personer/{id}/avslutt", ("siste", ""));

        Assert.Contains("Styringsgruppe: Medlem", page.Text, StringComparison.Ordinal);
        Assert.Contains("Programleder, Lundåsen", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sekretær", page.Find("main form").TextContent, StringComparison.Ordinal);
        await using var db = _given.Database.Read();
        Assert.Equal([Role.ProgrammeLeader], (await db.Roles.Where(role => role.PersonId == id).ToListAsync(TestContext.Current.CancellationToken)).Where(role => role.HoldsOn(Today)).Select(role => role.Role));
        var seats = (await db.Bodies.SingleAsync(one => one.Id == body, TestContext.Current.CancellationToken)).SeatsOn(Today).ToList();
        Assert.Equal([(SeatRole.Member, (PersonId?)id), (SeatRole.Deputy, await _given.PersonAt("vara@lund.example"))], seats.Select(seat => (seat.Role, seat.PersonId)));
        Assert.Equal(seats[0].Id, seats[1].StandsInFor);
        Assert.Equal(["person", "role", "seat"], (await db.Trail.Where(entry => entry.Event == "record-changed").ToListAsync(TestContext.Current.CancellationToken)).Select(entry => entry.Object.Split('/')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_not_ticked_stays_ended_and_what_is_lasts_as_long_as_the_person()
    {
        var (body, id) = await EndedByMistake();
        using var kari = await _given.SignIn(_given.Kari);
        await using var db = _given.Database.Read();
        var leads = await db.Roles.SingleAsync(role => role.PersonId == id && role.Role == Role.ProgrammeLeader, TestContext.Current.CancellationToken);

        await GivenOffice.Fill(kari, $"/admin/personer/{id}/avslutt", ("siste", Field(30)), ("tilbake", $"{leads.Id}"));
        var foreign = await kari.Post(await kari.Get($"/admin/personer/{id}/avslutt"), "main form", ("siste", ""), ("tilbake", $"{Guid.Empty}"));

        await using var after = _given.Database.Read();
        Assert.Equal(Today.PlusDays(30), (await after.Roles.SingleAsync(role => role.Id == leads.Id, TestContext.Current.CancellationToken)).ToOn);
        Assert.DoesNotContain((await after.Bodies.SingleAsync(one => one.Id == body, TestContext.Current.CancellationToken)).SeatsOn(Today), seat => seat.PersonId == id);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.Status);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(5, null)]
    [InlineData(5, 30)]
    [InlineData(5, 2)]
    public async Task Who_is_taken_back_or_leaves_on_another_day_before_the_last_day_has_one_seat_that_goes_on(int first, int? then)
    {
        var (body, id) = await Seated();
        await GivenOffice.Fill(_kari, $"/admin/personer/{id}/avslutt", ("siste", Field(first)));

        await GivenOffice.Fill(_kari, $"/admin/personer/{id}/avslutt", ("siste", then is { } day ? Field(day) : ""));

        await using var db = _given.Database.Read();
        var seats = (await db.Bodies.SingleAsync(one => one.Id == body, TestContext.Current.CancellationToken)).Seats;
        var own = Assert.Single(seats, seat => seat.PersonId == id);
        Assert.Equal(then is { } last ? Today.PlusDays(last) : null, own.ToOn);
        Assert.Equal(then is null ? 0 : 1, seats.Count(seat => seat.PersonId is null));
        var deputy = Assert.Single(seats, seat => seat.Role == SeatRole.Deputy && seat.HoldsOn(Today));
        Assert.Equal((own.Id, own.ToOn), (deputy.StandsInFor, deputy.ToOn));
        Assert.Equal(then is null ? 2 : 4, seats.Count);
        Assert.Equal(seats.Count, seats.Select(seat => seat.Number).Distinct().Count());
    }

    [Fact]
    public async Task A_seat_that_a_meeting_has_already_is_filled_and_not_taken_away_from_it()
    {
        var (body, id) = await Seated();
        await GivenOffice.Fill(_kari, $"/admin/personer/{id}/avslutt", ("siste", Field(5)));
        await _given.Database.Write(w =>
        {
            var of = w.Db.Bodies.Single(one => one.Id == body);
            var at = OsloTime.On(w.Now).Date.PlusDays(10).AtMidnight().InUtc().ToDateTimeOffset().AddHours(10);
            w.Db.Add(new Tilskudd.Cycle.Meetings.Meeting(w.Ids.Next<Tilskudd.Cycle.Meetings.MeetingId>(), of, new(at, at.AddHours(2), "Rådhuset", ""), _given.Kari, w.Now));
        });

        await GivenOffice.Fill(_kari, $"/admin/personer/{id}/avslutt", ("siste", ""));

        await using var db = _given.Database.Read();
        var seats = (await db.Bodies.SingleAsync(one => one.Id == body, TestContext.Current.CancellationToken)).Seats;
        Assert.Equal(2, seats.Count(seat => seat.PersonId == id));
        Assert.All(await db.Meetings.SelectMany(meeting => meeting.Seats).ToListAsync(TestContext.Current.CancellationToken), seat => Assert.Contains(seats, one => one.Id == seat.SeatId));
    }

    // Ingrid is a member, with a deputy of her own.
    private async Task<(BodyId Body, PersonId Ingrid)> Seated()
    {
        var body = await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(_programme), "Nytt organ"), ("navn", "Styringsgruppe"), ("myndighet", "nei"));
        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Ny plass"), ("epost", "ingrid@lund.example"), ("plass", "Member"), ("fra", "01.01.2024"));
        await GivenOffice.Add(_kari, "Vara Vik", "vara@lund.example");
        await using var db = _given.Database.Read();
        var seated = await db.Bodies.SingleAsync(TestContext.Current.CancellationToken);
        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Ny plass"), ("epost", "vara@lund.example"), ("plass", "Deputy"), ("fra", "01.01.2024"), ("for", seated.Seats.Single().Id.ToString()));
        return (seated.Id, await _given.PersonAt("ingrid@lund.example"));
    }

    // Ingrid leads and is a member; a role of hers ended before she did. She has been ended yesterday.
    private async Task<(BodyId Body, PersonId Ingrid)> EndedByMistake()
    {
        var id = await _given.PersonAt("ingrid@lund.example");
        await _given.Database.Write(w => w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), id, Role.Secretary, new ProgrammeId(Guid.Parse(Id)), null, null, new LocalDate(2024, 1, 1), Today.PlusDays(-10))));
        var (body, _) = await Seated();
        await GivenOffice.Fill(_kari, $"/admin/personer/{id}/avslutt", ("siste", Field(0)));
        _given.Database.Clock.Advance(TimeSpan.FromDays(1));
        return (body, id);
    }

    private string Field(int days) => Dates.ToField(Today.PlusDays(days));

    // Whether the unit, the municipality and the grantor are offered, and what set-up says of the unit.
    private async Task<(bool Unit, bool Municipality, bool Grantor, string Standing)> Offered(Browsing browser)
    {
        bool Has(Answer page, string field, string text) => page.Page.QuerySelectorAll($"[name={field}] option").Any(option => option.TextContent.Trim() == text);
        var standing = Row(await browser.Get(_programme), "[aria-labelledby=mangler] li", "Planenhet");
        return (
            Has(await browser.Get($"/admin/roller/ny?i={Id}"), "enhet", "Lundåsen"), Has(await browser.Get("/admin/programmer/ny"), "kommune", "Lund"),
            Has(await browser.Get($"/admin/kilder/ny?i={Id}"), "giver", "KDD – Departementet"), standing.Contains("Ferdig", StringComparison.Ordinal) ? "Ferdig" : "Mangler");
    }

    private static string Row(Answer page, string lines, string begins) => page.Page.QuerySelectorAll(lines).Single(line => line.TextContent.Trim().StartsWith(begins, StringComparison.Ordinal)).TextContent;
}
