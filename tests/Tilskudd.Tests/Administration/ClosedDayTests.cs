using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Tests.Runs;

namespace Tilskudd.Tests.Administration;

public sealed class ClosedDayTests
{
    [Fact]
    public async Task A_deadline_that_is_set_moves_past_the_days_the_municipality_is_closed_until_they_are_ended()
    {
        await using var given = await GivenAYear.Create();
        using var administrator = await given.SignedIn(given.Administrator);
        using var leader = await given.SignedIn(given.Leader);
        await using var db = given.Read();
        var municipality = (await db.Programmes.SingleAsync(programme => programme.Id == given.Programme, TestContext.Current.CancellationToken)).MunicipalityId;

        var wrong = await administrator.Submit("/admin/kalender/ny", null, ("kommune", $"{municipality}"), ("dag", "31.2"), ("navn", "Feil"));
        var added = await administrator.Submit("/admin/kalender/ny", null, ("kommune", $"{municipality}"), ("dag", "8.11."), ("navn", "Planleggingsdag"));
        var twice = await administrator.Submit("/admin/kalender/ny", null, ("kommune", $"{municipality}"), ("dag", "08.11"), ("navn", "Igjen"));
        await given.Answer("Done", given.Leader);
        await Move(given, leader, "8.11.2024");
        var closed = await Due(given);
        var day = (await db.Set<Tilskudd.Cycle.Year.OfficeClosedDay>().SingleAsync(TestContext.Current.CancellationToken)).Id;
        var ended = await administrator.Submit($"/admin/kalender/{day}/avslutt", null, ("utgave", "0"), ("siste", "1.10.2024"));
        await Move(given, leader, "8.11.2024");
        var open = await Due(given);
        var list = await administrator.Get("/admin/kalender");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (wrong.Status, added.Status, twice.Status, ended.Status));
        Assert.Equal((new LocalDate(2024, 11, 11), new LocalDate(2024, 11, 8)), (closed, open));
        Assert.Contains("8. november hvert år: Planleggingsdag", list.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await leader.Get("/admin/kalender")).Status);
    }

    [Fact]
    public async Task A_municipality_closes_on_sixty_days_and_no_more_whatever_is_ended_and_made_to_last_again()
    {
        await using var given = await GivenAYear.Create();
        using var administrator = await given.SignedIn(given.Administrator);
        await using var db = given.Read();
        var municipality = (await db.Programmes.SingleAsync(programme => programme.Id == given.Programme, TestContext.Current.CancellationToken)).MunicipalityId;
        await given.Write(w =>
        {
            w.Db.AddRange(Enumerable.Range(1, 60).Select(day => new Tilskudd.Cycle.Year.OfficeClosedDay(w.Ids.Next<Tilskudd.Cycle.Year.OfficeClosedDayId>(), municipality, $"2026-{((day - 1) / 28) + 1:00}-{((day - 1) % 28) + 1:00}", "Kursdag")));
            return Task.CompletedTask;
        });
        var first = (await db.Set<Tilskudd.Cycle.Year.OfficeClosedDay>().OrderBy(day => day.Day).FirstAsync(TestContext.Current.CancellationToken)).Id;

        var over = await Add("1.7.2026");
        var ended = await administrator.Submit($"/admin/kalender/{first}/avslutt", null, ("utgave", "0"), ("siste", "1.9.2024"));
        var same = await Add("1.1.2026");
        var again = await administrator.Submit($"/admin/kalender/{first}/avslutt", null, ("utgave", "1"), ("siste", ""));

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity), (over.Status, ended.Status, same.Status, again.Status));

        Task<(HttpStatusCode Status, string Text, string? Location)> Add(string day) => administrator.Submit("/admin/kalender/ny", null, ("kommune", $"{municipality}"), ("dag", day), ("navn", "Stengt"));
    }

    [Fact]
    public async Task A_date_that_is_expected_is_a_working_day_of_the_municipality_and_the_programmes_own_date_too()
    {
        await using var given = await GivenAYear.Create();
        using var administrator = await given.SignedIn(given.Administrator);
        using var leader = await given.SignedIn(given.Leader);
        await using var db = given.Read();
        var municipality = (await db.Programmes.SingleAsync(programme => programme.Id == given.Programme, TestContext.Current.CancellationToken)).MunicipalityId;
        var run = await given.CurrentRun();

        // The draft is due on Friday 1 November 2024.
        var before = (await leader.Get("/frister"), await leader.Get($"/prosess/{run.Id}"), await leader.Get("/"));
        await administrator.Submit("/admin/kalender/ny", null, ("kommune", $"{municipality}"), ("dag", "1.11.2024"), ("navn", "Planleggingsdag"));
        var after = (await leader.Get("/frister"), await leader.Get($"/prosess/{run.Id}"), await leader.Get("/"));
        await leader.Submit("/frister/kommende/stromso-2030/2025/plan-draft", null, ("dato", "1.11.2024"), ("klokkeslett", ""));
        var own = await leader.Get("/frister");
        await given.Answer("Done", given.Leader);

        Assert.Contains("1. november 2024", before.Item1.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4. november 2024", before.Item1.Text, StringComparison.Ordinal);
        Assert.Contains("4. november 2024", after.Item1.Text, StringComparison.Ordinal);
        Assert.Contains("4. november 2024", after.Item2.Text, StringComparison.Ordinal);
        Assert.Contains("4. nov", after.Item3.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4. nov", before.Item3.Text, StringComparison.Ordinal);
        Assert.Contains("4. november 2024", own.Text, StringComparison.Ordinal);
        Assert.Equal(new LocalDate(2024, 11, 4), await Due(given));
    }

    private static async Task Move(GivenAYear given, SignIn.Browser leader, string day) => Assert.Equal(HttpStatusCode.SeeOther, (await leader.Submit(
        $"/frister/{(await given.CurrentRun()).Waiting.DeadlineId}/flytt", null, ("dato", day), ("klokkeslett", ""), ("grunn", "Prøve"))).Status);

    private static async Task<LocalDate> Due(GivenAYear given)
    {
        await using var db = given.Read();
        var id = (await given.CurrentRun()).Waiting.DeadlineId;
        return (await db.Deadlines.SingleAsync(deadline => deadline.Id == id, TestContext.Current.CancellationToken)).EffectiveOn;
    }
}
