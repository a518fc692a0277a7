using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Tests.Planning;

namespace Tilskudd.Tests.Administration;

/// <summary>What was registered wrongly is put right where nothing contradicts, and refused in words where something does.</summary>
public sealed class CorrectionTests : IAsyncLifetime
{
    private GivenOffice _given = null!;
    private Browsing _kari = null!;
    private string _path = "";

    private ProgrammeId Programme => new(Guid.Parse(_path.Split('/')[^1]));

    private string Today => Dates.ToField(OsloTime.On(_given.Database.Clock.GetUtcNow()).Date);

    public async ValueTask InitializeAsync()
    {
        _given = await GivenOffice.Start();
        _kari = await _given.SignIn(_given.Kari);
        _path = await _given.Programme(_kari, "Lundåsen", "Ingrid Solli");
    }

    public async ValueTask DisposeAsync()
    {
        _kari.Dispose();
        await _given.DisposeAsync();
    }

    [Fact]
    public async Task Only_a_deputy_is_somebodys_personal_deputy_and_ends_with_the_other()
    {
        var body = await MadeBody();
        var member = await Seated(body, "ingrid@lund.example", "Member");
        await GivenOffice.Add(_kari, "Vara Vik", "vara@lund.example");

        var observer = await Post(GivenOffice.Link(body, "Ny plass"), ("epost", "vara@lund.example"), ("plass", "Observer"), ("fra", "01.01.2024"), ("for", $"{member}"));
        var deputy = await Seated(body, "vara@lund.example", "Deputy", ("for", $"{member}"));
        var other = await Seated(body, "kari@lund.example", "Member");
        var changed = await Post($"/admin/plasser/{other}/endre", ("for", $"{member}"));
        await _given.Database.Write(w => w.Db.Bodies.Single().Seats.Single(seat => seat.Id == other).Place(null, null, member));
        await GivenOffice.Fill(_kari, $"/admin/plasser/{member}/avslutt", ("siste", Today));

        Assert.All([observer, changed], refused => Assert.Contains("Bare vara kan være personlig vara", refused.Find(".ds-error-summary a[href='#for']").TextContent, StringComparison.Ordinal));
        await using var db = _given.Database.Read();
        var seats = (await db.Bodies.SingleAsync(TestContext.Current.CancellationToken)).Seats.ToDictionary(seat => seat.Id, seat => seat.ToOn is not null);
        Assert.Equal((true, true, false), (seats[member], seats[deputy], seats[other]));
    }

    [Fact]
    public async Task A_seat_that_was_written_down_as_another_kind_is_put_right_until_it_is_used()
    {
        var body = await MadeBody();
        var seat = await Seated(body, "ingrid@lund.example", "Member");
        var leader = await Seated(body, "kari@lund.example", "Leader");

        var taken = await Post($"/admin/plasser/{seat}/endre", ("plass", "Leader"));
        await GivenOffice.Fill(_kari, $"/admin/plasser/{seat}/endre", ("plass", "DeputyLeader"));
        var put = await KindOf(seat);
        await GivenOffice.Add(_kari, "Amina Yusuf", "amina@lund.example");
        var amina = await _given.PersonAt("amina@lund.example");
        var today = OsloTime.On(_given.Database.Clock.GetUtcNow()).Date;
        await _given.Database.Write(w =>
        {
            var of = w.Db.Bodies.Single();
            w.Db.Add(Substitute.Name(w.Ids.Next<SubstituteId>(), of, of.Seats.Single(one => one.Id == seat), amina, today, today.PlusDays(9), [], _given.Kari, w.Now, today).Named!);
        });
        var used = await Post($"/admin/plasser/{seat}/endre", ("plass", "Member"));
        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Ny plass"), ("epost", ""), ("plass", "Deputy"), ("fra", "01.01.2024"), ("for", $"{leader}"));
        var withDeputy = await Post($"/admin/plasser/{leader}/endre", ("plass", "Deputy"));

        Assert.Equal(SeatRole.DeputyLeader, put);
        Assert.Contains("allerede en i denne plassen", taken.Find(".ds-error-summary a[href='#plass']").TextContent, StringComparison.Ordinal);
        Assert.Contains("brukt i en sak, et møte eller et fravær", used.Find(".ds-error-summary a[href='#plass']").TextContent, StringComparison.Ordinal);
        Assert.Contains("personlig vara", withDeputy.Find(".ds-error-summary a[href='#plass']").TextContent, StringComparison.Ordinal);
        await using var db = _given.Database.Read();
        Assert.Contains("\"Role\"", (await db.Trail.SingleAsync(entry => entry.Event == "record-changed", TestContext.Current.CancellationToken)).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_up_is_not_done_while_only_a_unit_has_a_leader()
    {
        await using var db = _given.Database.Read();
        var (role, unit) = (await db.Roles.SingleAsync(one => one.Role == Role.ProgrammeLeader, TestContext.Current.CancellationToken), await db.PlanUnits.SingleAsync(TestContext.Current.CancellationToken));
        await GivenOffice.Fill(_kari, $"/admin/roller/{role.Id}/avslutt", ("siste", Today));
        _given.Database.Clock.Advance(TimeSpan.FromDays(1));
        using var kari = await _given.SignIn(_given.Kari);

        var page = await GivenOffice.Fill(kari, $"/admin/roller/ny?i={Programme}", ("epost", "ingrid@lund.example"), ("rolle", "ProgrammeLeader"), ("enhet", $"{unit.Id}"), ("fra", Today));

        var line = page.Page.QuerySelectorAll("[aria-labelledby=mangler] li").Single(one => one.TextContent.Contains("Programleder for hele programmet", StringComparison.Ordinal));
        Assert.Contains("kan ikke åpne året", line.TextContent, StringComparison.Ordinal);
        Assert.Contains("Mangler", line.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/admin/roller/ny?i={Programme}", line.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_source_put_in_the_wrong_year_is_taken_away_and_bars_its_like_no_more()
    {
        var source = await Source("KDD", 2025);

        var page = await _kari.Get($"/admin/kilder/{source}/ta-bort");
        await GivenOffice.Fill(_kari, $"/admin/kilder/{source}/ta-bort");
        var again = await Post($"/admin/kilder/ny?i={Programme}", ("aar", "2025"), ("giver", $"{await GrantorAt("KDD")}"), ("kapittel", "590"), ("post", "65"));

        Assert.Contains("står i sporet", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, again.Status);
        await using var db = _given.Database.Read();
        Assert.Equal(1, await db.Trail.CountAsync(entry => entry.Event == "record-removed" && entry.Object == $"source/{source}", TestContext.Current.CancellationToken));
        Assert.DoesNotContain(await db.FundingSources.ToListAsync(TestContext.Current.CancellationToken), one => one.Id == source);
        Assert.Contains("tok bort en kilde.", (await _kari.Get("/spor")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan", "en handlingsplan bruker penger fra den")]
    [InlineData("grant", "en søknad eller et tilskuddsbrev gjelder den")]
    [InlineData("amount", "vedtatt, gitt eller overført")]
    public async Task A_source_that_something_rests_on_is_not_taken_away_nor_its_grantor_called_anything_else(string what, string told)
    {
        var source = await Source("KDD", 2025);
        var old = await _kari.Get($"/admin/kilder/{source}/ta-bort");
        await _given.Database.Write(w => Rest(w, w.Db.FundingSources.Single(one => one.Id == source)));

        var page = await _kari.Get($"/admin/kilder/{source}/ta-bort");
        var refused = await _kari.Post(old, "main form");
        var recoded = await Post($"/admin/tilskuddsgivere/{await GrantorAt("KDD")}/endre", ("kode", "KMD"));

        // What is known of the source itself has made the old form another than the page is now.
        Assert.Equal((what == "amount" ? HttpStatusCode.Conflict : HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (refused.Status, recoded.Status));
        Assert.All([page, refused], one =>
        {
            Assert.Contains(told, one.Find("main").TextContent, StringComparison.Ordinal);
            Assert.Contains("Avslutt den i stedet", one.Find("main").TextContent, StringComparison.Ordinal);
            Assert.Null(one.Page.QuerySelector("main form"));
            Assert.NotNull(one.Page.QuerySelector($"main a[href='/admin/kilder/{source}/avslutt']"));
        });
        Assert.Contains(told, recoded.Find(".ds-error-summary a[href='#kode']").TextContent, StringComparison.Ordinal);
        await using var db = _given.Database.Read();
        Assert.Equal(["KDD"], await db.FundingSources.Select(one => one.Code).ToListAsync(TestContext.Current.CancellationToken));

        void Rest(Tilskudd.Storage.Writing w, FundingSource of)
        {
            var plan = Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), w.Db.PlanUnits.Single().Id, of.Year, w.Now);
            switch (what)
            {
                case "plan":
                    var tiltak = plan.Add(w.Ids.Next<TiltakId>(), "", _given.Kari, w.Now);
                    var text = new TiltakText("Lys", "", "", "", "", "", TiltakStatus.Starting, TiltakChange.New, [], new Dictionary<FundingSourceId, Money> { [of.Id] = Money.FromKroner(1) }, "", false);
                    Assert.Null(plan.WriteTiltak(tiltak.TiltakId, text, plan.Revision, _given.Kari, w.Now));
                    w.Db.Add(plan);
                    break;
                case "grant":
                    w.Db.AddRange(plan, new Grant(w.Ids.Next<GrantId>(), plan.PlanUnitId, of.Year, of.Id, plan.Id));
                    break;
                default:
                    of.Record(AmountState.CarriedIn, null, Money.FromKroner(1), w.Now, "");
                    break;
            }
        }
    }

    [Fact]
    public async Task A_grantors_short_name_is_put_right_with_its_sources_and_their_criteria()
    {
        await Source("KDD", 2025);
        await GivenOffice.Fill(_kari, "/admin/tilskuddsgivere/ny", ("kode", "AID"), ("navn", "Arbeids- og inkluderingsdepartementet"));
        await _given.Database.Write(w => w.Db.Criteria.OrderBy(one => one.Number).First().Change("Bare KDD", [], "KDD"));
        var path = $"/admin/tilskuddsgivere/{await GrantorAt("KDD")}/endre";

        var taken = await Post(path, ("kode", "aid"));
        await GivenOffice.Fill(_kari, path, ("kode", "KMD"));

        Assert.NotNull(taken.Find(".ds-error-summary a[href='#kode']"));
        await using var db = _given.Database.Read();
        Assert.Equal(["AID", "KMD"], await db.Grantors.OrderBy(one => one.Code).Select(one => one.Code).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["KMD"], await db.FundingSources.Select(one => one.Code).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["KMD"], (await db.Criteria.ToListAsync(TestContext.Current.CancellationToken)).Select(one => one.SourceCode).Where(code => code.Length > 0));
        Assert.Equal(["criterion", "grantor", "source"], (await db.Trail.Where(entry => entry.Event == "record-changed").ToListAsync(TestContext.Current.CancellationToken)).Select(entry => entry.Object.Split('/')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_own_share_has_an_amount_that_can_be_changed()
    {
        await GivenOffice.Fill(_kari, $"/admin/kilder/ny?i={Programme}", ("aar", "2025"), ("giver", "egen"), ("belop", "1 000 000"));
        await using var db = _given.Database.Read();
        var id = (await db.FundingSources.SingleAsync(TestContext.Current.CancellationToken)).Id;

        await GivenOffice.Fill(_kari, $"/admin/kilder/{id}/endre", ("belop", "2 500 000"), ("grunnlag", "Budsjettet"));

        await using var after = _given.Database.Read();
        var source = await after.FundingSources.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((Money.FromKroner(2_500_000), null), (source.Latest(AmountState.Proposed), source.FrameFor(default)));
    }

    [Fact]
    public async Task A_period_keeps_the_years_that_are_under_way()
    {
        await _given.Database.Write(w => w.Db.Add(Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), w.Db.PlanUnits.Single().Id, new GrantYear(2025), w.Now)));

        var (late, early, ended) = (await Post($"{_path}/endre", ("fra", "2026")), await Post($"{_path}/endre", ("til", "2024")), await Post($"{_path}/avslutt", ("til", "2024")));
        var kept = await Post($"{_path}/endre", ("fra", "2025"), ("til", "2025"));

        Assert.All([(late, "fra"), (early, "til"), (ended, "til")], one => Assert.Contains("2025 er i gang", one.Item1.Find($".ds-error-summary a[href='#{one.Item2}']").TextContent, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.SeeOther, kept.Status);
    }

    [Theory]
    [InlineData("2035", "Avtalen for programmet gjelder ikke for 2035.")]
    [InlineData("", "Skriv året")]
    public async Task A_source_of_a_year_outside_the_agreement_or_of_none_is_told_which(string year, string told)
    {
        await GivenOffice.Fill(_kari, "/admin/tilskuddsgivere/ny", ("kode", "AID"), ("navn", "Arbeids- og inkluderingsdepartementet"));

        var refused = await Post($"/admin/kilder/ny?i={Programme}", ("aar", year), ("giver", $"{await GrantorAt("AID")}"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(told, refused.Find(".ds-error-summary a[href='#aar']").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01.01.2030")]
    [InlineData("snart")]
    public async Task A_day_to_take_over_a_seat_with_nobody_named_is_not_said_to_be_saved(string day)
    {
        var seat = await Seated(await MadeBody(), "kari@lund.example", "Member");

        var refused = await Post($"/admin/plasser/{seat}/endre", ("fra", day));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Skriv adressen til den som overtar", refused.Find(".ds-error-summary a[href='#fra']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_units_own_period_keeps_the_years_that_are_under_way_in_it_and_in_no_other_unit()
    {
        await GivenOffice.Fill(_kari, $"/admin/enheter/ny?i={Programme}", ("navn", "Åsen"));
        await using var db = _given.Database.Read();
        var (unit, other) = ((await db.PlanUnits.SingleAsync(one => one.Name == "Lundåsen", TestContext.Current.CancellationToken)).Id, (await db.PlanUnits.SingleAsync(one => one.Name == "Åsen", TestContext.Current.CancellationToken)).Id);
        await _given.Database.Write(w => w.Db.Add(Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), unit, new GrantYear(2025), w.Now)));
        var path = $"/admin/enheter/{unit}/endre";

        var (late, early) = (await Post(path, ("fra", "2026")), await Post(path, ("til", "2024")));
        var (kept, others) = (await Post(path, ("fra", "2025"), ("til", "2025")), await Post($"/admin/enheter/{other}/endre", ("fra", "2026")));

        Assert.All([(late, "fra"), (early, "til")], one => Assert.Contains("2025 er i gang. Ta med 2025 i perioden", one.Item1.Find($".ds-error-summary a[href='#{one.Item2}']").TextContent, StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (kept.Status, others.Status));
    }

    [Fact]
    public async Task A_name_that_differs_in_the_size_of_its_letters_alone_is_taken()
    {
        await GivenOffice.Fill(_kari, $"/admin/enheter/ny?i={Programme}", ("navn", "Åsen"));
        await using var db = _given.Database.Read();
        var unit = await db.PlanUnits.SingleAsync(one => one.Name == "Lundåsen", TestContext.Current.CancellationToken);
        var municipality = await db.Municipalities.SingleAsync(TestContext.Current.CancellationToken);

        Answer[] taken =
        [
            await Post($"/admin/enheter/{unit.Id}/endre", ("navn", "åsen")), await Post($"/admin/enheter/ny?i={Programme}", ("navn", "LUNDÅSEN")), await Post("/admin/kommuner/ny", ("navn", "LUND")),
            await Post("/admin/programmer/ny", ("kommune", $"{municipality.Id}"), ("navn", "lundåsen"), ("til", "2030")),
        ];
        var own = await Post($"/admin/enheter/{unit.Id}/endre", ("navn", "LUNDÅSEN"));

        Assert.All(taken, one => Assert.NotNull(one.Page.QuerySelector(".ds-error-summary a[href='#navn']")));
        Assert.Equal(HttpStatusCode.SeeOther, own.Status);
    }

    [Fact]
    public async Task A_programme_and_the_only_unit_of_its_name_are_renamed_together()
    {
        var form = await _kari.Get($"{_path}/endre");
        await GivenOffice.Fill(_kari, $"{_path}/endre", ("navn", "Lundåsen løft"));
        var together = await Names();
        await GivenOffice.Fill(_kari, $"/admin/enheter/ny?i={Programme}", ("navn", "Åsen"));
        await GivenOffice.Fill(_kari, $"{_path}/endre", ("navn", "Løftet"));

        Assert.Contains("Planenheten, som heter det samme", form.Text, StringComparison.Ordinal);
        Assert.Equal(["Lundåsen løft"], together);
        Assert.Equal(["Lundåsen løft", "Åsen"], await Names());

        async Task<List<string>> Names()
        {
            await using var db = _given.Database.Read();
            return [.. (await db.PlanUnits.ToListAsync(TestContext.Current.CancellationToken)).Select(unit => unit.Name).Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public async Task A_closed_day_of_a_year_no_grant_has_is_told_what_is_wrong_with_it()
    {
        await using var db = _given.Database.Read();
        var municipality = (await db.Municipalities.SingleAsync(TestContext.Current.CancellationToken)).Id;

        var refused = await Post("/admin/kalender/ny", ("kommune", $"{municipality}"), ("dag", "01.01.1999"), ("navn", "Stengt"));

        Assert.EndsWith("Skriv en dato mellom år 2000 og år 2100.", refused.Find("#dag-feil").TextContent.Trim(), StringComparison.Ordinal);
    }

    private async Task<Answer> Post(string path, params (string Name, string Value)[] typed) => await _kari.Post(await _kari.Get(path), "main form", typed);

    private async Task<Answer> MadeBody() => await GivenOffice.Fill(_kari, GivenOffice.Link(await _kari.Get(_path), "Nytt organ"), ("navn", "Styringsgruppe"), ("myndighet", "nei"));

    private async Task<SeatId> Seated(Answer body, string email, string role, params (string Name, string Value)[] more)
    {
        await GivenOffice.Fill(_kari, GivenOffice.Link(body, "Ny plass"), [("epost", email), ("plass", role), ("fra", "01.01.2024"), .. more]);
        await using var db = _given.Database.Read();
        return (await db.Bodies.SingleAsync(TestContext.Current.CancellationToken)).Seats.MaxBy(seat => seat.Number)!.Id;
    }

    private async Task<SeatRole> KindOf(SeatId seat)
    {
        await using var db = _given.Database.Read();
        return (await db.Bodies.SingleAsync(TestContext.Current.CancellationToken)).Seats.Single(one => one.Id == seat).Role;
    }

    private async Task<GrantorId> GrantorAt(string code)
    {
        await using var db = _given.Database.Read();
        return (await db.Grantors.SingleAsync(one => one.Code == code, TestContext.Current.CancellationToken)).Id;
    }

    private async Task<FundingSourceId> Source(string code, int year)
    {
        await GivenOffice.Fill(_kari, "/admin/tilskuddsgivere/ny", ("kode", code), ("navn", $"Departementet {code}"));
        await GivenOffice.Fill(_kari, $"/admin/kilder/ny?i={Programme}", ("aar", $"{year}"), ("giver", $"{await GrantorAt(code)}"), ("kapittel", "590"), ("post", "65"), ("belop", "1 000 000"));
        await using var db = _given.Database.Read();
        return (await db.FundingSources.SingleAsync(TestContext.Current.CancellationToken)).Id;
    }
}
