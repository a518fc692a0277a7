using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Tests.Planning;

namespace Tilskudd.Tests.Administration;

public sealed class AdministrationTests : IAsyncLifetime
{
    private GivenOffice _given = null!;
    private Browsing _kari = null!;

    public async ValueTask InitializeAsync()
    {
        _given = await GivenOffice.Start();
        _kari = await _given.SignIn(_given.Kari);
    }

    public async ValueTask DisposeAsync()
    {
        _kari.Dispose();
        await _given.DisposeAsync();
    }

    [Fact]
    public async Task A_municipality_is_set_up_from_nothing_by_following_the_page_and_a_plan_is_drafted()
    {
        var first = await _kari.Get("/admin");
        await GivenOffice.Add(_kari, "Amina Yusuf", "amina@lund.example");
        var programme = await _given.Programme(_kari, "Lundåsen løft", "Ingrid Solli");
        var page = await _kari.Get(programme);
        await GivenOffice.Fill(_kari, GivenOffice.Link(page, "Koordinator"), ("epost", "amina@lund.example"), ("rolle", "Coordinator"), ("fra", "01.01.2024"));
        foreach (var role in new[] { "Secretary", "Accountant" })
        {
            await GivenOffice.Fill(_kari, GivenOffice.Link(page, "Gi en rolle"), ("epost", "kari@lund.example"), ("rolle", role), ("fra", "01.01.2024"));
        }

        var body = await GivenOffice.Fill(_kari, GivenOffice.Link(page, "Organet som avgjør"), ("navn", "Politisk styringsgruppe"), ("myndighet", "ja"));
        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Ny plass"), ("epost", "kari@lund.example"), ("plass", "Leader"), ("fra", "01.01.2024"));
        await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Tilskuddsgiver"), ("kode", "KDD"), ("navn", "Kommunal- og distriktsdepartementet"));
        var twice = await _kari.Post(await _kari.Get("/admin/tilskuddsgivere/ny"), "main form", ("kode", "kdd"), ("navn", "Departementet"));
        await using (var db = _given.Database.Read())
        {
            var grantor = (await db.Grantors.SingleAsync(TestContext.Current.CancellationToken)).Id;
            page = await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Kilde"), ("aar", "2025"), ("giver", grantor.ToString()), ("kapittel", "590"), ("post", "65"), ("belop", "11 500 000"), ("grunnlag", "Prop. 1 S"));
        }

        // A contact can wait, and is asked for until there is one.
        Assert.StartsWith("/admin/roller/ny?i=", GivenOffice.Link(page, "Tilskuddsgiver"), StringComparison.Ordinal);
        var open = GivenOffice.Link(page, "Åpne året");
        using var ingrid = await _given.SignIn(await _given.PersonAt("ingrid@lund.example"));
        var opened = await ingrid.Post(await ingrid.Get(open), "form[action$='/apne']");
        var after = await _kari.Get("/admin");
        await using var stored = _given.Database.Read();
        var plan = await stored.Handlingsplaner.SingleAsync(TestContext.Current.CancellationToken);
        await GivenOffice.Fill(ingrid, $"/plan/{plan.Id}/ramme");
        using var amina = await _given.SignIn(await _given.PersonAt("amina@lund.example"));
        var draft = await amina.Get($"/plan/{plan.Id}/tiltak/ny");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.Status);
        Assert.Contains("3. Programmet", first.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, "/program/lundasen-loft/2025?apnet=1"), (opened.Status, opened.Location));
        Assert.DoesNotContain("3. Programmet", after.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, draft.Status);
        Assert.True(await stored.Criteria.CountAsync(TestContext.Current.CancellationToken) == 9);
    }

    [Fact]
    public async Task Two_tabs_do_not_overwrite_each_other_and_what_was_typed_is_kept()
    {
        await GivenOffice.Add(_kari, "Amina Yusuf", "amina@lund.example");
        var path = $"/admin/personer/{await _given.PersonAt("amina@lund.example")}/endre";
        var (one, other) = (await _kari.Get(path), await _kari.Get(path));

        var first = await _kari.Post(one, "main form", ("navn", "Amina Y. Lie"));
        var second = await _kari.Post(other, "main form", ("navn", "Amina Berg"));
        var again = await _kari.Post(second, "main form");

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Conflict, HttpStatusCode.SeeOther), (first.Status, second.Status, again.Status));
        Assert.Equal("Amina Berg", second.Field("navn"));
        Assert.Contains("Amina Y. Lie", second.Find("section[aria-labelledby=star-na]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Amina Berg", (await _kari.Get(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_somebody_has_set_for_the_first_time_are_not_written_over_unseen()
    {
        var path = $"/admin/grenser/{(await _given.Programme(_kari, "Lundåsen", "Ingrid Solli")).Split('/')[^1]}/endre";
        var (one, other) = (await _kari.Get(path), await _kari.Get(path));

        var first = await _kari.Post(one, "main form", ("prosent", "12"));
        var second = await _kari.Post(other, "main form", ("prosent", "15"));
        var between = (await _kari.Get(path)).Field("prosent");
        var again = await _kari.Post(second, "main form");

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Conflict, "12", HttpStatusCode.SeeOther), (first.Status, second.Status, between, again.Status));
        Assert.Contains("12", second.Find("section[aria-labelledby=star-na]").TextContent, StringComparison.Ordinal);
        Assert.Equal("15", (await _kari.Get(path)).Field("prosent"));
    }

    [Fact]
    public async Task A_programme_leader_administers_his_own_programme_and_no_other()
    {
        var (mine, other) = (await _given.Programme(_kari, "Lundåsen", "Ingrid Solli"), await _given.Programme(_kari, "Strandby", "Siri Dahl"));
        await GivenOffice.Add(_kari, "Amina Yusuf", "amina@lund.example");
        using var ingrid = await _given.SignIn(await _given.PersonAt("ingrid@lund.example"));
        using var amina = await _given.SignIn(await _given.PersonAt("amina@lund.example"));

        var page = await ingrid.Get(mine);
        await GivenOffice.Fill(ingrid, GivenOffice.Link(page, "Gi en rolle"), ("epost", "amina@lund.example"), ("rolle", "Coordinator"), ("fra", "01.01.2024"));
        var guessed = await ingrid.PostTo(page: await ingrid.Get(GivenOffice.Link(page, "Gi en rolle")), path: $"/admin/roller/ny?i={await _given.PersonAt("ingrid@lund.example")}", ("fra", "01.01.2024"));
        var list = await ingrid.Get("/admin/programmer");

        Assert.Equal(HttpStatusCode.NotFound, guessed.Status);
        Assert.Contains("Lundåsen", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Strandby", list.Text, StringComparison.Ordinal);
        Assert.All(
            new[] { other, other + "/endre", mine + "/avslutt", "/admin/personer", $"/admin/personer/{_given.Kari}", $"/admin/personer/{_given.Kari}/endre", "/admin/kommuner", "/admin/tilskuddsgivere", "/admin/personer/importer", $"/admin/roller/ny?i={_given.Kari}" },
            path => Assert.Equal(HttpStatusCode.NotFound, ingrid.Get(path).GetAwaiter().GetResult().Status));
        Assert.Equal(HttpStatusCode.Forbidden, (await amina.Get("/admin")).Status);
        Assert.DoesNotContain("Administrasjon", (await amina.Get("/innboks")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_ended_cannot_sign_in_the_roles_end_and_the_seat_stands_vacant()
    {
        var programme = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        var body = await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Nytt organ"), ("navn", "Styringsgruppe"), ("myndighet", "nei"));
        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Ny plass"), ("epost", "ingrid@lund.example"), ("plass", "Member"), ("fra", "01.01.2024"));
        await GivenOffice.Add(_kari, "Vara Vik", "vara@lund.example");
        await using var db = _given.Database.Read();
        var seat = (await db.Bodies.SingleAsync(TestContext.Current.CancellationToken)).Seats.Single();
        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Ny plass"), ("epost", "vara@lund.example"), ("plass", "Deputy"), ("fra", "01.01.2024"), ("for", seat.Id.ToString()));
        var id = await _given.PersonAt("ingrid@lund.example");
        using var ingrid = await _given.SignIn(id);
        var today = Tilskudd.Cycle.Year.OsloTime.On(_given.Database.Clock.GetUtcNow()).Date;

        await GivenOffice.Fill(_kari, $"/admin/personer/{id}/avslutt", ("siste", Tilskudd.Layout.Dates.ToField(today)));
        var before = await ingrid.Get("/innboks");
        _given.Database.Clock.Advance(TimeSpan.FromDays(1));
        var after = await ingrid.Get("/innboks");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.SeeOther), (before.Status, after.Status));
        Assert.Equal(today, (await db.Roles.SingleAsync(role => role.PersonId == id, TestContext.Current.CancellationToken)).ToOn);
        var stored = await db.Bodies.SingleAsync(TestContext.Current.CancellationToken);
        var next = stored.SeatsOn(today.PlusDays(1)).ToList();
        Assert.Equal([(SeatRole.Member, null), (SeatRole.Deputy, (PersonId?)await _given.PersonAt("vara@lund.example"))], next.Select(one => (one.Role, one.PersonId)));
        Assert.Equal(next[0].Id, next[1].StandsInFor);
        Assert.Equal([id, await _given.PersonAt("vara@lund.example")], stored.SeatsOn(today).Select(one => one.PersonId!.Value));
    }

    [Fact]
    public async Task A_vacant_seat_is_filled_from_its_first_day_and_one_that_another_has_taken_over_is_not_prolonged()
    {
        var programme = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        var body = await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Nytt organ"), ("navn", "Styringsgruppe"), ("myndighet", "nei"));
        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Ny plass"), ("epost", "ingrid@lund.example"), ("plass", "Leader"), ("fra", "01.01.2024"));
        await GivenOffice.Add(_kari, "Nora Vik", "nora@lund.example");
        var (id, today) = (await _given.PersonAt("ingrid@lund.example"), Tilskudd.Cycle.Year.OsloTime.On(_given.Database.Clock.GetUtcNow()).Date);
        await GivenOffice.Fill(_kari, $"/admin/personer/{id}/avslutt", ("siste", Tilskudd.Layout.Dates.ToField(today)));
        await using var db = _given.Database.Read();
        var seats = (await db.Bodies.SingleAsync(TestContext.Current.CancellationToken)).Seats.OrderBy(seat => seat.FromOn).ToList();

        await GivenOffice.Fill(_kari, $"/admin/plasser/{seats[1].Id}/endre", ("epost", "nora@lund.example"), ("fra", Tilskudd.Layout.Dates.ToField(today.PlusDays(1))));
        var prolonged = await _kari.Post(await _kari.Get($"/admin/plasser/{seats[0].Id}/avslutt"), "main form", ("siste", "31.12.2025"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, prolonged.Status);
        await using var after = _given.Database.Read();
        var stored = await after.Bodies.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal([await _given.PersonAt("nora@lund.example")], stored.SeatsOn(today.PlusDays(1)).Select(seat => seat.PersonId!.Value));
        Assert.Equal(2, stored.Seats.Count);
    }

    [Fact]
    public async Task A_role_and_a_seat_given_by_mistake_are_taken_back_while_nobody_has_had_them_for_a_day()
    {
        var programme = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        var today = Tilskudd.Cycle.Year.OsloTime.On(_given.Database.Clock.GetUtcNow()).Date;
        var (now, before) = (Tilskudd.Layout.Dates.ToField(today), Tilskudd.Layout.Dates.ToField(today.PlusDays(-1)));
        await GivenOffice.Add(_kari, "Nora Vik", "nora@lund.example");
        await GivenOffice.Add(_kari, "Vara Vik", "vara@lund.example");
        var (nora, vara) = (await _given.PersonAt("nora@lund.example"), await _given.PersonAt("vara@lund.example"));
        await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Gi en rolle"), ("epost", "nora@lund.example"), ("rolle", "Secretary"), ("fra", now));
        var body = await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Nytt organ"), ("navn", "Styringsgruppe"), ("myndighet", "nei"));
        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Ny plass"), ("epost", "nora@lund.example"), ("plass", "Leader"), ("fra", now));
        await using var db = _given.Database.Read();
        var role = (await db.Roles.SingleAsync(role => role.PersonId == nora, TestContext.Current.CancellationToken)).Id;
        var seat = (await db.Bodies.SingleAsync(TestContext.Current.CancellationToken)).Seats.Single().Id;

        var early = await _kari.Post(await _kari.Get($"/admin/roller/{role}/avslutt"), "main form", ("siste", Tilskudd.Layout.Dates.ToField(today.PlusDays(-2))));
        await GivenOffice.Fill(_kari, $"/admin/roller/{role}/avslutt", ("siste", before));
        await GivenOffice.Fill(_kari, $"/admin/plasser/{seat}/endre", ("epost", "vara@lund.example"), ("fra", now));
        var ending = await _kari.Get($"/admin/plasser/{seat}/avslutt");
        _given.Database.Clock.Advance(TimeSpan.FromDays(1));
        using var next = await _given.SignIn(_given.Kari);
        var late = await next.Post(await next.Get($"/admin/plasser/{seat}/avslutt"), "main form", ("siste", before));

        Assert.Contains("skriv dagen før, så har det aldri vært i bruk", early.Text, StringComparison.Ordinal);
        Assert.Contains("Vara Vik", ending.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (early.Status, late.Status));
        Assert.DoesNotContain("aldri vært i bruk", late.Text, StringComparison.Ordinal);
        await using var after = _given.Database.Read();
        Assert.False((await after.Roles.SingleAsync(one => one.Id == role, TestContext.Current.CancellationToken)).HoldsOn(today));
        Assert.Equal([vara], (await after.Bodies.SingleAsync(TestContext.Current.CancellationToken)).SeatsOn(today).Select(one => one.PersonId!.Value));
    }

    [Fact]
    public async Task A_source_that_was_registered_without_its_amount_gets_it_later_and_the_same_once_more_is_nothing_new()
    {
        var programme = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        await _given.Database.Write(w => w.Db.Add(new FundingSource(w.Ids.Next<FundingSourceId>(), w.Db.Programmes.Single().Id, new GrantYear(2025), 1, GrantorIn(w), "AID", 671, 62, "kap. 671 post 62", "")));
        await using var db = _given.Database.Read();
        var path = $"/admin/kilder/{(await db.FundingSources.SingleAsync(TestContext.Current.CancellationToken)).Id}/endre";

        await GivenOffice.Fill(_kari, path, ("belop", "2 000 000"), ("grunnlag", "Prop. 1 S"));
        var shown = (await _kari.Get(path)).Find("[name=belop]").GetAttribute("value");
        await GivenOffice.Fill(_kari, path, ("vilkar", "Til møteplasser."));

        await using var after = _given.Database.Read();
        var source = await after.FundingSources.SingleAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(programme);
        Assert.Equal("2000000", shown!.Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal));
        Assert.Equal((AmountState.Proposed, Money.FromKroner(2_000_000), "Prop. 1 S"), source.Amounts.Select(amount => (amount.State, amount.Amount, amount.Basis)).Single());
        Assert.Equal("Til møteplasser.", source.Condition);

        static GrantorId GrantorIn(Tilskudd.Storage.Writing w)
        {
            var aid = new Grantor(w.Ids.Next<GrantorId>(), "AID", "Arbeids- og inkluderingsdepartementet");
            w.Db.Add(aid);
            return aid.Id;
        }
    }

    [Fact]
    public void Who_leads_one_unit_does_not_run_the_programme_nor_another_unit()
    {
        var (programme, unit, other) = (ProgrammeId.From(new Guid(1, 0, 0, new byte[8])), PlanUnitId.From(new Guid(2, 0, 0, new byte[8])), PlanUnitId.From(new Guid(3, 0, 0, new byte[8])));
        SignedIn Holder(PlanUnitId? of) => new(default, "Ingrid", Tilskudd.Layout.Language.Nb, [new RoleAssignment(default, default, Role.ProgrammeLeader, programme, of, null, new NodaTime.LocalDate(2024, 1, 1), null)], false);

        Assert.Equal((false, true, false), (Staff.Leads(Holder(unit), programme), Staff.Leads(Holder(unit), programme, unit), Staff.Leads(Holder(unit), programme, other)));
        Assert.Equal((true, true), (Staff.Leads(Holder(null), programme), Staff.Leads(Holder(null), programme, other)));
    }

    [Fact]
    public async Task A_search_goes_along_to_the_next_page_of_its_hits()
    {
        await _given.Database.Write(w => w.Db.AddRange(Enumerable.Range(0, 120).Select(number =>
            new Person(w.Ids.Next<PersonId>(), $"Å {number:000} {(number < 60 ? "Vik & Co" : "Berg")}", $"p{number}@lund.example", "nb", "", isInvented: true, "salt"))));

        var first = await _kari.Get("/admin/personer?sok=Vik%20%26%20Co");
        var loosely = await _kari.Get("/admin/personer?sok=co%20a%CC%8A%20007");
        var second = await _kari.Get(GivenOffice.Link(first, "Neste"));

        Assert.Equal("Vik & Co", second.Find("[name=sok]").GetAttribute("value"));
        Assert.DoesNotContain("Berg", second.Find("main").TextContent, StringComparison.Ordinal);
        Assert.Contains("Vik & Co", second.Find("main").TextContent, StringComparison.Ordinal);
        Assert.Contains("Å 007 Vik & Co", loosely.Find("main").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Å 008", loosely.Find("main").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_ended_is_made_no_administrator_and_does_not_count_as_one()
    {
        await GivenOffice.Add(_kari, "Ola Moe", "ola@lund.example");
        var ola = await _given.PersonAt("ola@lund.example");
        var today = Tilskudd.Cycle.Year.OsloTime.On(_given.Database.Clock.GetUtcNow()).Date;
        var typed = Tilskudd.Layout.Dates.ToField(today);
        await GivenOffice.Fill(_kari, $"/admin/personer/{ola}/avslutt", ("siste", Tilskudd.Layout.Dates.ToField(today.PlusDays(-1))));

        var page = await _kari.Get($"/admin/personer/{ola}");
        var given = await _kari.Post(await _kari.Get($"/admin/roller/ny?i={ola}"), "main form", ("fra", typed));
        await _given.Database.Write(w => w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), ola, Role.Administrator, null, null, null, today, null)));
        var ended = await _kari.Post(await _kari.Get($"/admin/personer/{_given.Kari}/avslutt"), "main form", ("siste", typed));

        Assert.Null(page.Page.QuerySelector("main a[href^='/admin/roller/ny']"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (given.Status, ended.Status));
        Assert.Contains("ingen administrator igjen", ended.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_gets_a_code_no_other_source_of_the_year_has()
    {
        var path = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        var (programme, grantor) = (new ProgrammeId(Guid.Parse(path.Split('/')[^1])), default(GrantorId));

        // The year before, the first of the grantor's two posts was ended, so that this year has the second alone.
        await _given.Database.Write(w =>
        {
            var kdd = new Grantor(w.Ids.Next<GrantorId>(), "KDD", "Kommunal- og distriktsdepartementet");
            w.Db.AddRange(kdd, new FundingSource(w.Ids.Next<FundingSourceId>(), programme, new GrantYear(2025), 2, kdd.Id, "KDD-2", 590, 66, "kap. 590 post 66", ""));
            grantor = kdd.Id;
        });
        foreach (var post in new[] { "65", "67" })
        {
            await GivenOffice.Fill(_kari, $"/admin/kilder/ny?i={programme}", ("aar", "2025"), ("giver", $"{grantor}"), ("kapittel", "590"), ("post", post));
        }

        await using var db = _given.Database.Read();
        Assert.Equal(
            [(65, "KDD"), (66, "KDD-2"), (67, "KDD-3")],
            (await db.FundingSources.OrderBy(source => source.Post).ToListAsync(TestContext.Current.CancellationToken)).Select(source => (source.Post!.Value, source.Code)));
    }

    [Fact]
    public async Task A_sources_amount_is_the_frame_of_its_only_unit_and_of_several_no_less_than_they_have_together()
    {
        var path = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        var (programme, id) = (new ProgrammeId(Guid.Parse(path.Split('/')[^1])), default(FundingSourceId));
        await using var db = _given.Database.Read();
        var unit = (await db.PlanUnits.SingleAsync(TestContext.Current.CancellationToken)).Id;
        await _given.Database.Write(w =>
        {
            var kdd = new Grantor(w.Ids.Next<GrantorId>(), "KDD", "Kommunal- og distriktsdepartementet");
            var source = new FundingSource(w.Ids.Next<FundingSourceId>(), programme, new GrantYear(2025), 1, kdd.Id, "KDD", 590, 65, "kap. 590 post 65", "");
            source.Record(AmountState.Proposed, null, Money.FromKroner(5_000_000), w.Now, "Prop. 1 S");
            source.Record(AmountState.Proposed, unit, Money.FromKroner(4_000_000), w.Now, "Rammen");
            id = source.Id;
            w.Db.AddRange(kdd, source, new FundingSource(w.Ids.Next<FundingSourceId>(), programme, new GrantYear(2025), 2, kdd.Id, "KDD-2", 590, 66, "kap. 590 post 66", ""));
        });

        var shown = (await _kari.Get($"/admin/kilder/{id}/endre")).Find("[name=belop]").GetAttribute("value");
        await GivenOffice.Fill(_kari, $"/admin/kilder/{id}/endre", ("belop", "3 000 000"));
        var frame = await Frame();
        await _given.Database.Write(w => w.Db.Add(new PlanUnit(w.Ids.Next<PlanUnitId>(), programme, "fjell", "Fjell", PlanUnitKind.Area, null)));
        var tooLittle = await _kari.Post(await _kari.Get($"/admin/kilder/{id}/endre"), "main form", ("belop", "2 999 999,99"));
        var twice = await _kari.Post(await _kari.Get($"/admin/kilder/{id}/endre"), "main form", ("post", "66"));
        await GivenOffice.Fill(_kari, $"/admin/kilder/{id}/endre", ("belop", "3 000 000,01"));

        Assert.Equal("4000000", string.Concat(shown!.Where(char.IsDigit)));
        Assert.Equal(Money.FromKroner(3_000_000), frame);
        Assert.Contains("3 000 000 kr til sammen", tooLittle.Find(".ds-error-summary a[href='#belop']").TextContent.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.Status);
        Assert.NotNull(twice.Find(".ds-error-summary a[href='#post']"));
        Assert.Equal(Money.FromKroner(3_000_000), await Frame());

        async Task<Money?> Frame()
        {
            await using var now = _given.Database.Read();
            return (await now.FundingSources.SingleAsync(source => source.Id == id, TestContext.Current.CancellationToken)).FrameFor(unit);
        }
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_ended_in_any_way()
    {
        await using var db = _given.Database.Read();
        var role = (await db.Roles.SingleAsync(TestContext.Current.CancellationToken)).Id;
        var today = Tilskudd.Layout.Dates.ToField(Tilskudd.Cycle.Year.OsloTime.On(_given.Database.Clock.GetUtcNow()).Date);

        foreach (var path in new[] { $"/admin/personer/{_given.Kari}/avslutt", $"/admin/roller/{role}/avslutt" })
        {
            var refused = await _kari.Post(await _kari.Get(path), "main form", ("siste", today));

            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains("ingen administrator igjen", refused.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_corrected_address_ends_the_calendar_addresses_and_every_session_that_came_by_the_old_one()
    {
        await GivenOffice.Add(_kari, "Amina Yusuf", "amina@lund.example");
        var amina = await _given.PersonAt("amina@lund.example");
        await _given.Database.Write(w => w.Db.AddRange(
            new Tilskudd.SignIn.FeedKey("a", amina, w.Now), new Tilskudd.SignIn.Session("b", amina, isElectronic: true, w.Now, w.Now.AddHours(12)), new Tilskudd.SignIn.FeedKey("c", _given.Kari, w.Now)));

        await GivenOffice.Fill(_kari, $"/admin/personer/{amina}/endre", ("epost", "amina.yusuf@lund.example"));

        await using var db = _given.Database.Read();
        Assert.Equal([("a", true), ("c", false)], (await db.Set<Tilskudd.SignIn.FeedKey>().OrderBy(key => key.Hash).ToListAsync(TestContext.Current.CancellationToken)).Select(key => (key.Hash, key.EndedAt is not null)));
        Assert.NotNull((await db.Set<Tilskudd.SignIn.Session>().SingleAsync(session => session.PersonId == amina, TestContext.Current.CancellationToken)).EndedAt);
    }

    [Fact]
    public async Task A_body_keeps_a_quorum_that_is_not_among_the_usual_when_something_else_is_changed()
    {
        var programme = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        var body = await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Nytt organ"), ("navn", "Gruppe"), ("myndighet", "ja"));
        await _given.Database.Write(w =>
        {
            var stored = w.Db.Bodies.Single();
            w.Db.Entry(stored).Property(one => one.QuorumNumerator).CurrentValue = 11;
            w.Db.Entry(stored).Property(one => one.QuorumDenominator).CurrentValue = 20;
        });

        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Endre"), ("navn", "Styringsgruppe"));

        await using var db = _given.Database.Read();
        var kept = await db.Bodies.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("Styringsgruppe", 11, 20), (kept.Name, kept.QuorumNumerator, kept.QuorumDenominator));
    }

    [Fact]
    public async Task A_body_that_is_ended_is_asked_no_more_and_another_takes_its_task()
    {
        var programme = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        var body = await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Nytt organ"), ("navn", "Gammel gruppe"), ("myndighet", "nei"));
        var again = await _kari.Get(GivenOffice.Link(await _kari.Get(programme), "Nytt organ"));
        var today = Tilskudd.Cycle.Year.OsloTime.On(_given.Database.Clock.GetUtcNow()).Date;

        var twice = await _kari.Post(again, "main form", ("navn", "Gammel gruppe"), ("myndighet", "ja"));
        var future = await _kari.Post(await _kari.Get(GivenOffice.Link(body, "Avslutt")), "main form", ("siste", Tilskudd.Layout.Dates.ToField(today.PlusDays(1))));
        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Avslutt"), ("siste", Tilskudd.Layout.Dates.ToField(today)));
        await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Nytt organ"), ("navn", "Ny gruppe"), ("myndighet", "ja"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (twice.Status, future.Status));
        await using var db = _given.Database.Read();
        var stored = await db.Programmes.SingleAsync(TestContext.Current.CancellationToken);
        var unit = await db.PlanUnits.SingleAsync(TestContext.Current.CancellationToken);
        var asked = await Tilskudd.Runs.Who.BodiesOf(db, "deciding-body", new(DocumentKind.Handlingsplan, Guid.Empty, stored.Id, unit.Id, new(2025)), TestContext.Current.CancellationToken);
        Assert.Equal(["Ny gruppe"], asked.Select(body => body.Name));
    }

    [Fact]
    public async Task A_programmes_criteria_are_worded_ordered_and_ended_and_none_that_an_approved_plan_uses_ends_before_it()
    {
        var programme = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        var list = GivenOffice.Link(await _kari.Get(programme), "Kriterier");
        await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(list), "Nytt kriterium"), ("ordlyd", "Tryggere skolevei"), ("felles", "K1"), ("felles", "K4"), ("etter", "LUNDASEN-K1"));
        await _given.Database.Write(w =>
        {
            var unit = w.Db.PlanUnits.Single();
            var plan = Tilskudd.Cycle.Planning.Handlingsplan.Start(w.Ids.Next<Tilskudd.Cycle.Planning.HandlingsplanId>(), unit.Id, new(2025), w.Now);
            var tiltak = plan.Add(w.Ids.Next<Tilskudd.Cycle.Planning.TiltakId>(), "", _given.Kari, w.Now);
            plan.WriteTiltak(tiltak.TiltakId, new("Skolevei", "", "", "", "", "", default, default, ["LUNDASEN-L1"], new Dictionary<Tilskudd.Cycle.Year.FundingSourceId, Tilskudd.Cycle.Year.Money>(), "", false), plan.Revision, _given.Kari, w.Now);
            w.Db.Add(plan);
            w.Db.Entry(plan).Property(one => one.ApprovedVersion).CurrentValue = 1;
        });
        var (change, end) = ($"{list}/endre?k=LUNDASEN-L1", $"{list}/avslutt?k=LUNDASEN-L1");
        var two = (await _kari.Get(change), await _kari.Get(change));

        var renamed = await _kari.Post(two.Item1, "main form", ("ordlyd", "Trygg skolevei"), ("etter", "forst"), ("felles", "K4"));
        var stale = await _kari.Post(two.Item2, "main form", ("ordlyd", "En annen"));
        var taken = await _kari.Post(await _kari.Get($"{list}/endre?k=LUNDASEN-K1"), "main form", ("ordlyd", "Trygg skolevei"));
        var early = await _kari.Post(await _kari.Get(end), "main form", ("til", "2024"));
        var ended = await GivenOffice.Fill(_kari, end, ("til", "2025"));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity), (renamed.Status, stale.Status, taken.Status));
        Assert.Equal("Den godkjente planen for 2025 bruker kriteriet. Skriv 2025 eller et senere år.", early.Find(".ds-error-summary a[href='#til']").TextContent);
        Assert.Contains("Til og med 2025", ended.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _kari.Get($"{list}/endre?k=DRM-1")).Status);
        await using var db = _given.Database.Read();
        var stored = await db.Criteria.OrderBy(one => one.Number).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["LUNDASEN-L1", "LUNDASEN-K1", "LUNDASEN-K2"], stored.Take(3).Select(one => one.Id));
        Assert.Equal(Enumerable.Range(1, stored.Count), stored.Select(one => one.Number));
        Assert.Equal(("Trygg skolevei", "K4", 2025), (stored[0].Text, string.Join(',', stored[0].Keys), stored[0].ToYear));
        Assert.Equal((stored.Count, stored.Count - 1), (await Tilskudd.Year.CriteriaOfYear.In(db.Criteria, stored[0].ProgrammeId, new(2025)).CountAsync(TestContext.Current.CancellationToken), await Tilskudd.Year.CriteriaOfYear.In(db.Criteria, stored[0].ProgrammeId, new(2026)).CountAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(3, await db.Trail.CountAsync(entry => entry.Data.Contains("\"criterion\""), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task How_an_answer_by_link_is_confirmed_is_chosen_on_the_bodys_form()
    {
        var programme = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        var body = await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Nytt organ"), ("navn", "Gruppe"), ("myndighet", "nei"), ("sikkerhet", "LinkAndFreshCode"));
        await using var db = _given.Database.Read();
        var made = (await db.Bodies.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).Assurance;

        var wrong = await _kari.Post(await _kari.Get(GivenOffice.Link(body, "Endre")), "main form", ("sikkerhet", "OpenIdConnect"));
        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Endre"), ("sikkerhet", "LinkAndCode"));

        Assert.Equal((Assurance.LinkAndFreshCode, Assurance.LinkAndCode), (made, (await db.Bodies.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).Assurance));
        Assert.Contains("Med en ny kode som sendes når medlemmet svarer", body.Text, StringComparison.Ordinal);
        Assert.NotNull(wrong.Page.QuerySelector(".ds-error-summary a[href='#sikkerhet']"));
    }

    [Fact]
    public async Task Whom_no_source_gives_is_marked_in_every_list_and_who_was_added_here_is_not()
    {
        await _given.Database.Write(writing => writing.Db.Add(new Person(writing.Ids.Next<PersonId>(), "Oda Funnet", "oda@lund.example", "nb", "", isInvented: true, "salt")));
        await GivenOffice.Add(_kari, "Amina Yusuf", "amina@lund.example");
        var programme = await _given.Programme(_kari, "Lundåsen løft", "Ingrid Solli");
        var body = await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Organet som avgjør"), ("navn", "Politisk styringsgruppe"), ("myndighet", "ja"));
        foreach (var email in new[] { "oda@lund.example", "amina@lund.example" })
        {
            await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Gi en rolle"), ("epost", email), ("rolle", "Secretary"), ("fra", "01.01.2024"));
            body = await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Ny plass"), ("epost", email), ("plass", "Member"), ("fra", "01.01.2024"));
        }

        var pages = new[] { body, await _kari.Get(programme), await _kari.Get("/admin/personer") };

        Assert.All(pages, page =>
        {
            Assert.Contains("Oppdiktet", Line(page, "Oda Funnet"), StringComparison.Ordinal);
            Assert.DoesNotContain("Oppdiktet", Line(page, "Amina Yusuf"), StringComparison.Ordinal);
        });

        static string Line(Answer page, string name) => page.Page.QuerySelectorAll(".tasks li").Single(line => line.TextContent.Contains(name, StringComparison.Ordinal)).TextContent;
    }

    [Fact]
    public async Task A_fault_that_suits_any_field_is_told_with_the_fields_name_in_the_summary_and_without_it_beside_the_field()
    {
        var refused = await _kari.Post(await _kari.Get("/admin/personer/ny"), "main form", ("navn", ""), ("epost", "ny@lund.example"));

        Assert.Equal("Fullt navn: Fyll ut feltet.", refused.Find(".ds-error-summary a[href='#navn']").TextContent);
        Assert.DoesNotContain("Fullt navn", refused.Find("#navn-feil").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_cannot_be_used_is_told_of_and_nothing_is_kept()
    {
        await using var db = _given.Database.Read();
        var municipality = (await db.Municipalities.SingleAsync(TestContext.Current.CancellationToken)).Id;
        (string Name, string Value)[] good = [("navn", "Ny"), ("epost", "ny@lund.example"), ("kode", "NY"), ("kommune", municipality.ToString()), ("fra", "2024"), ("til", "2030")];
        (string Path, string Field, string Typed)[] wrong =
        [
            ("personer", "navn", ""), ("personer", "epost", "kari"), ("personer", "epost", "kari@lund.example"), ("personer", "sprak", "se"), ("kommuner", "navn", "Lund"), ("programmer", "til", "2023"),
            ("programmer", "til", "snart"), ("programmer", "kommune", $"{Guid.Empty}"), ("tilskuddsgivere", "kode", "EN KODE SOM ER ALT FOR LANG"),
        ];

        foreach (var (path, field, typed) in wrong)
        {
            var page = await _kari.Get($"/admin/{path}/ny");
            var refused = await _kari.Post(page, "main form", [.. good.Where(one => one.Name != field && page.Page.QuerySelector($"main [name='{one.Name}']") is not null), (field, typed)]);

            Assert.True(refused.Status == HttpStatusCode.UnprocessableEntity, $"{path} {field} '{typed}': {refused.Status}");
            Assert.NotNull(refused.Page.QuerySelector($".ds-error-summary a[href='#{field}']"));
        }

        Assert.Equal((1, 1, 0, 0), (await db.People.CountAsync(TestContext.Current.CancellationToken), await db.Municipalities.CountAsync(TestContext.Current.CancellationToken), await db.Programmes.CountAsync(TestContext.Current.CancellationToken), await db.Grantors.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task One_unit_of_a_programme_gathers_the_plans_and_neither_one_with_a_plan_nor_twice()
    {
        var programme = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        var id = programme.Split('/')[^1];
        await using var db = _given.Database.Read();
        var first = (await db.PlanUnits.SingleAsync(TestContext.Current.CancellationToken)).Id;
        await _given.Database.Write(w => w.Db.Add(Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), first, new GrantYear(2025), w.Now)));

        var withPlan = await Typed($"/admin/enheter/{first}/endre", ("slag", "Gathering"));
        await GivenOffice.Fill(_kari, $"/admin/enheter/ny?i={id}", ("navn", "Lund samlet"), ("slag", "Gathering"));
        var twice = await Typed($"/admin/enheter/ny?i={id}", ("navn", "Lund igjen"), ("slag", "Gathering"));
        var gathering = (await db.PlanUnits.SingleAsync(unit => unit.Kind == PlanUnitKind.Gathering, TestContext.Current.CancellationToken)).Id;
        var renamed = await Typed($"/admin/enheter/{gathering}/endre", ("navn", "Hele Lund"));
        await _given.Database.Write(w =>
        {
            var source = new FundingSource(w.Ids.Next<FundingSourceId>(), new ProgrammeId(Guid.Parse(id)), new GrantYear(2025), 1, null, "KDD", 590, 65, "kap. 590 post 65", "");
            var plan = w.Db.Handlingsplaner.Single().Id;
            w.Db.AddRange(source, Grant.Gathering(w.Ids.Next<GrantId>(), gathering, new GrantYear(2025), source.Id, [plan]));
        });
        var sent = await Typed($"/admin/enheter/{gathering}/endre", ("slag", "Area"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity), (withPlan.Status, twice.Status, renamed.Status, sent.Status));
        Assert.Contains("Legg til en ny planenhet for det.", withPlan.Text, StringComparison.Ordinal);
        Assert.Contains("Velg et annet slag.", twice.Text, StringComparison.Ordinal);
        Assert.Contains("Slaget kan ikke endres.", sent.Text, StringComparison.Ordinal);

        async Task<Answer> Typed(string path, params (string, string)[] fields) => await _kari.Post(await _kari.Get(path), "main form", fields);
    }

    [Fact]
    public async Task A_unit_is_given_its_own_period_and_its_phase_and_its_last_year_is_not_before_its_first()
    {
        var programme = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        await using var db = _given.Database.Read();
        var path = $"/admin/enheter/{(await db.PlanUnits.SingleAsync(TestContext.Current.CancellationToken)).Id}/endre";

        var crossed = await _kari.Post(await _kari.Get(path), "main form", ("fra", "2027"), ("til", "2026"));
        var noYear = await _kari.Post(await _kari.Get(path), "main form", ("fra", "i fjor"));
        var saved = await _kari.Post(await _kari.Get(path), "main form", ("fra", "2026"), ("til", "2027"), ("fase", "Preliminary"));
        var again = await _kari.Get(path);
        await GivenOffice.Fill(_kari, $"/admin/enheter/ny?i={programme.Split('/')[^1]}", ("navn", "Åsen"), ("til", "2030"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (crossed.Status, noYear.Status, saved.Status));
        Assert.NotNull(crossed.Page.QuerySelector(".ds-error-summary a[href='#til']"));
        Assert.NotNull(noYear.Page.QuerySelector(".ds-error-summary a[href='#fra']"));
        Assert.Equal(("2026", "2027"), (again.Find("#fra").GetAttribute("value"), again.Find("#til").GetAttribute("value")));
        var stored = await db.PlanUnits.AsNoTracking().OrderBy(unit => unit.ToYear).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([(2026, 2027, UnitPhase.Preliminary), (null, 2030, UnitPhase.Full)], stored.Select(unit => (unit.FromYear, unit.ToYear, unit.Phase)));
        Assert.Equal([false, true, false], new[] { 2025, 2026, 2028 }.Select(year => stored[0].Makes(new GrantYear(year))));
    }

    [Fact]
    public async Task The_trail_tells_what_was_kept_and_which_fields_were_changed_and_names_nobody()
    {
        await GivenOffice.Add(_kari, "Amina Yusuf", "amina@lund.example");
        await GivenOffice.Fill(_kari, $"/admin/personer/{await _given.PersonAt("amina@lund.example")}/endre", ("navn", "Amina Berg"));

        var page = await _kari.Get("/spor");
        await using var db = _given.Database.Read();
        var told = await db.Trail.OrderBy(entry => entry.Seq).Select(entry => entry.Data).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Contains("la til en person.", page.Text, StringComparison.Ordinal);
        Assert.Contains("endret en person.", page.Text, StringComparison.Ordinal);
        Assert.Contains("\"Name\"", told[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("Amina", string.Join('\n', told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_form_of_ours_sends_is_answered_in_words_by_every_register()
    {
        var programme = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
        var id = programme.Split('/')[^1];
        var body = await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(programme), "Nytt organ"), ("navn", "Gruppe"), ("myndighet", "nei"));
        var seats = GivenOffice.Link(body, "Ny plass");
        await GivenOffice.Fill(_kari, seats, ("epost", ""), ("plass", "Member"), ("fra", "01.01.2024"));
        await using var db = _given.Database.Read();
        var (unit, role, seat) = (await db.PlanUnits.SingleAsync(TestContext.Current.CancellationToken), await db.Roles.SingleAsync(one => one.Role == Role.ProgrammeLeader, TestContext.Current.CancellationToken), (await db.Bodies.SingleAsync(TestContext.Current.CancellationToken)).Seats.Single());
        string[] paths =
        [
            $"{programme}/endre", $"{programme}/avslutt", $"/admin/enheter/ny?i={id}", $"/admin/enheter/{unit.Id}/endre", $"/admin/enheter/{unit.Id}/avslutt", $"/admin/roller/ny?i={id}", $"/admin/roller/{role.Id}/avslutt",
            $"/admin/organer/ny?i={id}", $"/admin/organer/{seats.Split('=')[^1]}/endre", seats, $"/admin/kriterier/ny?i={id}", $"/admin/kriterier/{id}/endre?k=LUNDASEN-K2", $"/admin/kriterier/{id}/avslutt?k=LUNDASEN-K2", $"/admin/plasser/{seat.Id}/endre", $"/admin/plasser/{seat.Id}/avslutt", $"/admin/kilder/ny?i={id}", $"/admin/grenser/{id}/endre",
            "/admin/kommuner/ny", "/admin/personer/ny", "/admin/tilskuddsgivere/ny", "/admin/programmer/ny",
        ];
        string[] hostile = ["", "-1", "<b>x</b>", "31.02.2027", "9999-12-31", "99999999999999999999", "1e9", "00000000-0000-0000-0000-000000000000", "Leader", "2", new string('x', 5000), "a\nb"];

        foreach (var path in paths)
        {
            var page = await _kari.Get(path);
            Assert.True(page.Status == HttpStatusCode.OK, path);
            var fields = page.Page.QuerySelectorAll("main [name]").Select(field => field.GetAttribute("name")!).Where(name => name[0] != '_' && name != "utgave").ToList();
            for (var turn = 0; turn < hostile.Length; turn++)
            {
                var answer = await _kari.Post(page, "main form", [.. fields.Select((name, place) => (name, hostile[(place + turn) % hostile.Length]))]);

                Assert.True(answer.Status is HttpStatusCode.SeeOther or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict or HttpStatusCode.NotFound, $"{path} {turn}: {answer.Status}");
                Assert.DoesNotContain("<b>x</b>", answer.Page.Body!.InnerHtml, StringComparison.Ordinal);
            }
        }
    }
}
