using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Layout;
using Tilskudd.Tests.Runs;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Trail;

public sealed class TrailPageTests
{
    [Fact]
    public async Task The_trail_is_told_in_words_with_the_names_people_have_now()
    {
        await using var given = await GivenAYear.Create();
        await given.Answer("Done", given.Leader);
        using var leader = await given.SignedIn(given.Leader);

        var page = (await leader.Get("/spor")).Text;

        Assert.Contains("Ingrid Solli", page, StringComparison.Ordinal);
        Assert.Contains("avsluttet «Rammer og orientering» med «Rammen er satt».", page, StringComparison.Ordinal);
        Assert.Contains("Sporet er ikke signert ennå.", page, StringComparison.Ordinal);

        // Where it belongs is told by the programme's name, and not by what its address has.
        Assert.Contains(" · Strømsø 2030 · Rammer og orientering", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" · stromso-2030", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_without_words_of_its_own_is_told_by_its_name()
    {
        await using var given = await GivenAYear.Create();
        await given.Write(w =>
        {
            w.Record(new TrailEvent(Actor.System, "moon-risen", "programme", given.Programme) with { Data = new() { ["programme"] = "stromso-2030" } });
            return Task.CompletedTask;
        });
        using var leader = await given.SignedIn(given.Leader);

        var page = (await leader.Get("/spor")).Text;

        Assert.Contains("gjorde noe som heter «moon-risen» i sporet.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_than_administrators_see_and_carry_out_their_own_programmes_only()
    {
        await using var given = await GivenAYear.Create();
        await given.Write(w =>
        {
            w.Record(new TrailEvent(Actor.System, "moon-risen", "programme", "fjell") with { Data = new() { ["programme"] = "fjell", ["note"] = "\"programme\":\"stromso-2030\"" } });
            return Task.CompletedTask;
        });
        using var leader = await given.SignedIn(given.Leader);
        using var administrator = await given.SignedIn(given.Administrator);
        using var coordinator = await given.SignedIn(given.Coordinator);

        var some = await leader.Get("/spor/eksport");
        var all = await administrator.Get("/spor/eksport");
        var none = await coordinator.Get("/spor/eksport");

        await using var db = given.Read();
        var entries = await db.Trail.OrderBy(entry => entry.Seq).ToListAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("moon-risen", some.Text, StringComparison.Ordinal);
        Assert.Equal(string.Concat(entries.Select(entry => entry.ToLine() + "\n")), all.Text);
        Assert.Equal(HttpStatusCode.Forbidden, none.Status);
    }

    [Fact]
    public async Task A_filter_is_matched_literally()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);

        var wild = await leader.Get("/spor?program=%25");
        var sql = await leader.Get("/spor?hendelse=%27%3B+drop+table+Trail%3B--");
        var dates = await leader.Get("/spor?fra=20.9.2024&til=20.9.2024");
        var wrong = await leader.Get("/spor?fra=i+fjor");

        Assert.Contains("Ingen linjer", wild.Text, StringComparison.Ordinal);
        Assert.Contains("Ingen linjer", sql.Text, StringComparison.Ordinal);
        Assert.Contains("startet løpet.", dates.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
    }

    [Fact]
    public async Task A_day_no_calendar_here_knows_is_told_of()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        foreach (var asked in new[] { "fra=01.01.0001", "fra=-0001-01-01", "til=-0001-01-01", "fra=31.12.1899", "til=31.12.9999" })
        {
            var (page, export) = (await leader.Get($"/spor?{asked}"), await leader.Get($"/spor/eksport?{asked}"));

            Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (page.Status, export.Status));
            Assert.Contains("utenfor årene 1900–2199", page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_long_trail_is_read_page_by_page_without_a_gap()
    {
        await using var given = await GivenAYear.Create();
        await given.Write(w =>
        {
            for (var i = 0; i < 120; i++)
            {
                w.Record(new TrailEvent(Actor.System, "moon-risen", "programme", given.Programme) with { Data = new() { ["programme"] = "stromso-2030" } });
            }

            return Task.CompletedTask;
        });
        using var leader = await given.SignedIn(given.Leader);

        var first = await leader.Get("/spor?hendelse=moon-risen");
        var older = System.Text.RegularExpressions.Regex.Match(first.Text, "href=\"(/spor\\?[^\"]*for=\\d+)\"").Groups[1].Value;
        var second = await leader.Get(WebUtility.HtmlDecode(older));

        await using var db = given.Read();
        var last = await db.Trail.MaxAsync(entry => entry.Seq, TestContext.Current.CancellationToken);
        Assert.Contains($"Linje {last}<", first.Text.Replace(" · ", "<", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains($"Linje {last - 50}<", second.Text.Replace(" · ", "<", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain($"Linje {last - 49}<", second.Text.Replace(" · ", "<", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=cmd|'/c calc'!A1", "\"'=cmd|'/c calc'!A1\"")]
    [InlineData("+47", "\"'+47\"")]
    [InlineData("@sum", "\"'@sum\"")]
    [InlineData("en \"to\"; tre", "\"en \"\"to\"\"; tre\"")]
    public void A_cell_is_never_a_formula(string text, string cell) => Assert.Equal(cell, CsvLine.Cell(text));
}
