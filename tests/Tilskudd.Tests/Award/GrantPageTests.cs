using System.Net;
using Tilskudd.Tests.Planning;

namespace Tilskudd.Tests.Award;

public sealed class GrantPageTests
{
    private static readonly (string Name, string Value)[] RightLetter =
    [
        ("referanse", "24/1234"), ("mottatt", "20.11.2024"), ("belop", "1 000 000"), ("rapportfrist", "01.03.2026"), ("revisor", ""), ("overforing", "ja"), ("vilkar", ""),
    ];

    [Fact]
    public async Task Nobody_learns_of_a_grant_they_may_not_see()
    {
        await using var given = await GivenGrant.Start();
        using var stranger = await given.SignIn(given.Stranger);
        using var nobody = new Browsing(given.Address, ("ingen", "x"));

        var hidden = await stranger.Get(given.Path);
        var unknown = await stranger.Get($"/tilskudd/{Guid.Empty}");
        var asked = await nobody.Get(given.Path);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (hidden.Status, unknown.Status));
        Assert.Equal(hidden.Text, unknown.Text);
        Assert.Equal((HttpStatusCode.SeeOther, true), (asked.Status, asked.Location!.StartsWith("/logg-inn", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_late_is_told_in_words_beside_its_colour()
    {
        await using var given = await GivenGrant.Start();
        var due = (await given.RunOf(given.Grant.Value)).DueAt!.Value;

        var before = await Tags();
        given.Database.Clock.SetTo(due);
        var after = await Tags();

        Assert.DoesNotContain("Forsinket", before);
        Assert.Contains("Forsinket", after);

        async Task<IEnumerable<string>> Tags()
        {
            using var ingrid = await given.SignIn(given.Ingrid);
            return (await ingrid.Get(given.Path)).Page.QuerySelectorAll("main .ds-tag[data-color=danger]").Select(tag => tag.TextContent);
        }
    }

    [Fact]
    public async Task What_is_sent_is_shown_before_it_is_sent()
    {
        await using var given = await GivenGrant.Start();
        using var ingrid = await given.SignIn(given.Ingrid);

        var page = await ingrid.Get(given.Path);

        var task = page.Find("section[aria-labelledby=oppgave]").TextContent;
        await using var db = given.Database.Read();
        Assert.Contains("Handlingsplan 2025 for Strømsø, versjon 1", task, StringComparison.Ordinal);
        Assert.Contains("1 000 000 kr", task.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("Ola Vest", task, StringComparison.Ordinal);
        Assert.Contains(db.Handlingsplaner.Single().LatestVersion!.Hash, task, StringComparison.Ordinal);
        Assert.Equal("Send inn planen", page.Find("#send button").TextContent);
    }

    [Fact]
    public async Task Only_the_one_whose_turn_it_is_has_a_form_and_others_are_refused()
    {
        await using var given = await GivenGrant.Start();
        using var ingrid = await given.SignIn(given.Ingrid);
        using var amina = await given.SignIn(given.Amina);
        using var stranger = await given.SignIn(given.Stranger);
        var form = await ingrid.Get(given.Path);

        var seen = await amina.Get(given.Path);
        var posted = await amina.Post(form, "#send", await amina.Token());
        var unseen = await stranger.Post(form, "#send", await stranger.Token());

        Assert.Null(seen.Page.QuerySelector("#send"));
        Assert.Contains("Ingrid Solli", seen.Find("section[aria-labelledby=venter]").TextContent, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound), (posted.Status, unseen.Status));
        Assert.Empty((await given.StoredGrant()).Submissions);
    }

    [Fact]
    public async Task The_same_form_twice_is_one_submission()
    {
        await using var given = await GivenGrant.Start();
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path);

        var first = await ingrid.Post(page, "#send");
        var second = await ingrid.Post(page, "#send");

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (first.Status, second.Status));
        Assert.Equal(first.Location, second.Location);
        Assert.Single((await given.StoredGrant()).Submissions);
    }

    [Theory]
    [InlineData("belop", "1000000.50", "punktum")]
    [InlineData("belop", "1e9", "ikke et beløp")]
    [InlineData("belop", "-1", "under null")]
    [InlineData("belop", "NaN", "ikke et beløp")]
    [InlineData("belop", "0,001", "to siffer")]
    [InlineData("belop", "999999999999999999", "siffer for mye")]
    [InlineData("belop", "１２３", "ikke et beløp")]
    [InlineData("belop", "0", "over null")]
    [InlineData("belop", "", "Skriv et beløp")]
    [InlineData("dato", "31.02.2024", "ikke en dato")]
    [InlineData("dato", "2024-02-30", "ikke en dato")]
    [InlineData("dato", "01/02/2024", "ikke en dato")]
    [InlineData("dato", "0001-01-01", "mellom år 2000 og år 2100")]
    [InlineData("dato", "9999-12-31", "mellom år 2000 og år 2100")]
    [InlineData("dato", "21.11.2024", "ikke kommet ennå")]
    [InlineData("dato", "", "Skriv en dato")]
    public async Task A_vote_with_a_bad_amount_or_date_is_refused_beside_its_field(string field, string typed, string remedy)
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "");
        List<(string Name, string Value)> form = [("belop", "1 000 000"), ("dato", "2024-11-20"), ("grunnlag", "Innst. 16 S")];
        form[form.FindIndex(one => one.Name == field)] = (field, typed);

        var answer = await given.Post(given.Ingrid, given.Path, "#bevilget", [.. form]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(remedy, answer.Find($".ds-error-summary a[href='#{field}']").TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, answer.Field(field));
        Assert.Equal("Innst. 16 S", answer.Field("grunnlag"));
        Assert.Null((await given.StoredGrant()).Voted);
    }

    [Theory]
    [InlineData("referanse", "", "Skriv referansen")]
    [InlineData("mottatt", "21.11.2024", "ikke kommet ennå")]
    [InlineData("belop", "0", "over null")]
    [InlineData("rapportfrist", "20.11.2024", "ikke etter brevet")]
    [InlineData("revisor", "-5", "under null")]
    [InlineData("overforing", "", "Velg ja eller nei")]
    public async Task A_letter_with_something_wrong_is_refused_beside_its_field(string field, string typed, string remedy)
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "");
        await given.Vote();
        var form = RightLetter.Select(one => one.Name == field ? (field, typed) : one).ToArray();

        var answer = await given.Post(given.Ingrid, given.Path, "#brevet", form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(remedy, answer.Find($".ds-error-summary a[href='#{field}']").TextContent, StringComparison.Ordinal);
        Assert.NotNull(answer.Page.GetElementById(field));
        Assert.StartsWith("Feil: ", answer.Page.Title, StringComparison.Ordinal);
        Assert.Null((await given.StoredGrant()).Letter);
    }

    [Fact]
    public async Task Texts_that_are_too_long_or_missing_are_refused_and_kept_on_the_page()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "");
        await given.Vote();
        var tooLong = new string('x', 4_001);

        var terms = await given.Post(given.Ingrid, given.Path, "#brevet", [.. RightLetter.Where(one => one.Name != "vilkar"), ("vilkar", tooLong)]);
        var reason = await given.Post(given.Ingrid, given.Path, "#avslaget", ("grunn", "  "));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (terms.Status, reason.Status));
        Assert.Equal(tooLong, terms.Field("vilkar"));
        Assert.True(reason.Find("details").HasAttribute("open"));
        Assert.NotNull(reason.Find(".ds-error-summary a[href='#grunn']"));
    }

    [Fact]
    public async Task What_people_write_is_text_on_the_page()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "<script>alert(1)</script>");
        using var ingrid = await given.SignIn(given.Ingrid);

        var page = await ingrid.Get(given.Path);

        Assert.Contains("<script>alert(1)</script>", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Page.QuerySelectorAll("main script"));
    }

    [Fact]
    public async Task The_pages_questions_to_the_database_do_not_grow_with_the_plan()
    {
        await using var few = await GivenGrant.Start();
        await using var many = await GivenGrant.Start(tiltak: 41);

        var counts = (await Count(few), await Count(many));

        Assert.Equal(counts.Item1, counts.Item2);
        Assert.InRange(counts.Item1, 1, 17);
    }

    [Fact]
    public async Task The_trail_tells_of_each_act_without_names()
    {
        await using var given = await GivenGrant.Start();

        await given.ReachLetter();
        await given.Done(given.Ingrid, given.Path, "#aksepter");

        await using var db = given.Database.Read();
        var told = db.Trail.OrderBy(entry => entry.Seq).ToList();
        Assert.Equal(
            ["handlingsplan-submitted", "receipt-confirmed", "vote-recorded", "letter-registered", "letter-accepted"],
            told.Where(entry => entry.Object.StartsWith("grant/", StringComparison.Ordinal)).Select(entry => entry.Event));
        Assert.DoesNotContain(told, entry => entry.Data.Contains("Ola Vest", StringComparison.Ordinal) || entry.Data.Contains("kdd.example", StringComparison.Ordinal));
    }

    private static async Task<int> Count(GivenGrant given)
    {
        await given.ReachLetter();
        using var ingrid = await given.SignIn(given.Ingrid);
        given.Database.Commands.Reset();
        Assert.Equal(HttpStatusCode.OK, (await ingrid.Get(given.Path)).Status);
        return given.Database.Commands.Count;
    }
}
