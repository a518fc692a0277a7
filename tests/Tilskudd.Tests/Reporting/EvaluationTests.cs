using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Tests.Award;

namespace Tilskudd.Tests.Reporting;

/// <summary>The evaluation of a programme, from the leader's button to the body's word on the report. The clock stands at 20 November 2024.</summary>
public sealed class EvaluationTests
{
    [Fact]
    public async Task An_evaluation_goes_from_the_assignment_to_the_bodys_word_on_its_report()
    {
        await using var given = await GivenGrant.Start();
        await Secretary(given);

        await given.Done(given.Ingrid, "/program/stromso-2030/2025", "#evaluer");
        await using var db = given.Database.Read();
        var evaluation = await db.Set<Evaluation>().SingleAsync(TestContext.Current.CancellationToken);
        var path = $"/evaluering/{evaluation.Id}";
        foreach (var note in new[] { "Hva har innsatsen ført til?", "Kunngjort på Doffin.", "Et selskap fikk oppdraget." })
        {
            await given.Done(given.Ingrid, path, "#notatet", ("notat", note));
        }

        (string Name, string Value)[] report = [("tittel", "Midtveisevaluering"), ("utforer", "Et selskap"), ("funn", "Medvirkningen bør styrkes."), ("sted", "Sak 25/7")];
        var early = await given.Post(given.Ingrid, path, "#rapporten", [.. report, ("levert", "21.11.2024")]);
        await given.Done(given.Ingrid, path, "#rapporten", [.. report, ("levert", "20.11.2024")]);
        var run = await given.RunOf(evaluation.Id.Value);
        var more = await given.Post(given.Ingrid, $"/prosess/{run.Id}/vedtak", "form.form", ("utfall", "Rejected"), ("dato", "20.11.2024"), ("ref", "Sak 4"), ("tekst", "Gruppa vil vite mer om ungdom."));
        using var ingrid = await given.SignIn(given.Ingrid);
        var again = await ingrid.Get(path);
        await given.Done(given.Ingrid, path, "#rapporten", [.. report, ("levert", "20.11.2024")]);
        var noted = await given.Post(given.Ingrid, $"/prosess/{run.Id}/vedtak", "form.form", ("utfall", "Approved"), ("dato", "20.11.2024"), ("ref", "Sak 5"), ("tekst", "Tas til orientering."));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (early.Status, more.Status, noted.Status));
        Assert.Equal(("Midtveisevaluering", "20.11.2024", "Medvirkningen bør styrkes."), (again.Field("tittel"), again.Field("levert"), again.Field("funn")));
        Assert.Equal("noted", (await given.RunOf(evaluation.Id.Value)).ClosedAs);
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(path);
        Assert.Contains("Kunngjort på Doffin.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Gruppa vil vite mer om ungdom.", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["Politisk styringsgruppeOm versjon 2, 20. november 2024. Sak 5.Tas til orientering.", "Politisk styringsgruppeOm versjon 1, 20. november 2024. Sak 4.Gruppa vil vite mer om ungdom."],
            page.Page.QuerySelectorAll("section[aria-labelledby=organet] li").Select(said => said.TextContent));
        await given.Turn();
        var told = given.Mails().Single(mail => mail.To.Contains("amina@drammen.example") && mail.Subject.StartsWith("Organet vil ha mer", StringComparison.Ordinal));
        Assert.Contains("Gruppa vil vite mer om ungdom.", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(given.Mails(), mail => mail.Subject.StartsWith("Ikke godkjent", StringComparison.Ordinal));
        Assert.Contains("Versjon 2, av Ingrid Solli", page.Text, StringComparison.Ordinal);
        await using var after = given.Database.Read();
        Assert.Equal(2, await after.Set<Decision>().CountAsync(decision => decision.DocumentKind == DocumentKind.Evaluation, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_vague_date_is_shown_as_an_interval_and_is_late_after_its_last_day()
    {
        await using var given = await GivenGrant.Start();
        await given.Done(given.Ingrid, "/program/stromso-2030/2025", "#evaluer");
        await using var db = given.Database.Read();
        var evaluation = await db.Set<Evaluation>().SingleAsync(TestContext.Current.CancellationToken);

        using var reader = await given.SignIn(given.Ingrid);
        var coming = (await reader.Get("/frister")).Text;
        Assert.Contains("31. desember 2024", coming, StringComparison.Ordinal);
        Assert.Contains("31. desember 2025", coming, StringComparison.Ordinal);

        // September and October are past, so the assignment has some days of grace; the tender is due in December.
        await given.Done(given.Ingrid, $"/evaluering/{evaluation.Id}", "#notatet", ("notat", "Oppdraget er beskrevet."));
        using var ingrid = await given.SignIn(given.Ingrid);

        var run = await given.RunOf(evaluation.Id.Value);
        Assert.Equal(new DateTimeOffset(2024, 12, 31, 23, 0, 0, TimeSpan.Zero), run.DueAt);
        foreach (var page in new[] { "/frister", $"/evaluering/{evaluation.Id}", $"/prosess/{run.Id}" })
        {
            Assert.Contains("mellom 1. des og tirsdag 31. desember", (await ingrid.Get(page)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_is_the_leaders_to_open_once_and_nobody_learns_of_it_who_may_not_see_the_programme()
    {
        await using var given = await GivenGrant.Start();
        using var ingrid = await given.SignIn(given.Ingrid);
        using var amina = await given.SignIn(given.Amina);
        using var stranger = await given.SignIn(given.Stranger);
        var page = await ingrid.Get("/program/stromso-2030/2025");

        var seen = await amina.Get("/program/stromso-2030/2025");
        var first = await ingrid.Post(page, "#evaluer");
        var second = await ingrid.Post(page, "#evaluer");
        await using var db = given.Database.Read();
        var evaluation = await db.Set<Evaluation>().SingleAsync(TestContext.Current.CancellationToken);
        var unseen = await stranger.Get($"/evaluering/{evaluation.Id}");
        var empty = await ingrid.Post(await ingrid.Get($"/evaluering/{evaluation.Id}"), "#notatet", ("notat", " "));

        Assert.Null(seen.Page.QuerySelector("#evaluer"));
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.NotFound, HttpStatusCode.UnprocessableEntity), (first.Status, second.Status, unseen.Status, empty.Status));
        Assert.Equal(1, await db.Set<Run>().CountAsync(run => run.DocumentKind == DocumentKind.Evaluation, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_evaluation_is_begun_until_its_year_is_over_and_that_of_the_agreements_last_year_until_the_year_after_is()
    {
        await using var given = await GivenGrant.Start();
        using var early = await given.SignIn(given.Ingrid);
        var page = await early.Get("/program/stromso-2030/2025");
        given.Database.Clock.Advance(TimeSpan.FromDays(411));
        using var ingrid = await given.SignIn(given.Ingrid);

        var later = await ingrid.Get("/program/stromso-2030/2025");
        var refused = await Begin(given);

        Assert.NotNull(page.Page.QuerySelector("#evaluer"));
        Assert.Null(later.Page.QuerySelector("#evaluer"));
        Assert.Equal(new FlowRefusal.EvaluationYearOver(2025, 2026), refused);
        Assert.StartsWith("2025 er over", RefusalText.Of(refused!), StringComparison.Ordinal);
        await given.Database.Write(w => w.Db.Programmes.Single(one => one.Id == given.Programme).Change("Strømsø 2030", 2021, 2025, ""));
        var last = await ingrid.Post(await ingrid.Get("/program/stromso-2030/2025"), "#evaluer");
        Assert.Equal(HttpStatusCode.SeeOther, last.Status);
    }

    [Fact]
    public async Task When_the_agreement_and_the_year_after_are_over_no_evaluation_is_begun()
    {
        await using var given = await GivenGrant.Start();
        await given.Database.Write(w => w.Db.Programmes.Single(one => one.Id == given.Programme).Change("Strømsø 2030", 2021, 2025, ""));
        given.Database.Clock.Advance(TimeSpan.FromDays(780));

        Assert.Equal(new FlowRefusal.EvaluationAfterAgreement(2025), await Begin(given));
    }

    private static Task<Tilskudd.Cycle.Refusal?> Begin(GivenGrant given) =>
        given.Services.GetRequiredService<Tilskudd.Reporting.OpenEvaluation>().Open("stromso-2030", new Tilskudd.Cycle.Year.GrantYear(2025), given.Ingrid, TestContext.Current.CancellationToken);

    private static Task Secretary(GivenGrant given) => given.Database.Write(w => w.Db.Add(new RoleAssignment(
        w.Ids.Next<RoleId>(), given.Ingrid, Role.Secretary, given.Programme, null, null, new NodaTime.LocalDate(2024, 1, 1), null)));
}
