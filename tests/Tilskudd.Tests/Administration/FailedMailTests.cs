using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Tests.Runs;

namespace Tilskudd.Tests.Administration;

public sealed class FailedMailTests
{
    [Fact]
    public async Task A_mail_that_failed_is_shown_to_the_administrator_and_on_the_cases_page_and_goes_to_the_corrected_address()
    {
        await using var given = await GivenAYear.Create();
        await given.Site.Turn();
        var run = await given.CurrentRun();
        var id = default(NoticeId);
        await given.Write(async w =>
        {
            var notice = await w.Db.Set<Notice>().SingleAsync(notice => notice.RunId == run.Id.Value);
            notice.Bounced("550 No such user here");
            id = notice.Id;
        });
        using var administrator = await given.SignedIn(given.Administrator);
        using var leader = await given.SignedIn(given.Leader);
        using var coordinator = await given.SignedIn(given.Coordinator);
        using var stranger = await given.SignedIn(given.Stranger);

        var list = await administrator.Get("/admin/varsler");
        var page = await leader.Get($"/prosess/{run.Id}");
        var others = await coordinator.Get($"/prosess/{run.Id}");
        var notice = await leader.Get($"/admin/varsler/{id}");
        HttpStatusCode[] closed = [(await coordinator.Get($"/admin/varsler/{id}")).Status, (await stranger.Get($"/admin/varsler/{id}")).Status, (await leader.Get("/admin/varsler")).Status];
        await given.Write(async w =>
        {
            var person = await w.Db.People.SingleAsync(person => person.Id == given.Leader);
            person.Change(person.Name, "ny.adresse@drammen.example", person.Language, person.Party);
        });
        var sent = await leader.Submit($"/admin/varsler/{id}/endre", null, ("utgave", await Version(given, id)));
        await given.Site.Turn();
        var after = await administrator.Get("/admin/varsler");

        Assert.Contains("550 No such user here", list.Text, StringComparison.Ordinal);
        Assert.Contains($"/admin/varsler/{id}", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"/admin/varsler/{id}", others.Text, StringComparison.Ordinal);
        Assert.Contains("En oppgave venter", notice.Text, StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], closed);
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.Contains("Alt er kommet fram", after.Text, StringComparison.Ordinal);
        var mails = Directory.GetFiles(Path.Combine(given.Site.Database.Folder, "mail"), "*.eml").Select(file => Tilskudd.Notices.Mailing.MailReader.Read(File.ReadAllBytes(file))).ToList();
        Assert.Contains(mails, mail => mail.To == "ny.adresse@drammen.example");
    }

    [Fact]
    public async Task A_mail_about_one_unit_is_its_leaders_and_no_other_units()
    {
        await using var given = await GivenAYear.Create();
        await given.Site.Turn();
        var run = await given.CurrentRun();
        var (notice, unit, other) = (default(NoticeId), PersonId.From(Guid.Empty), PersonId.From(Guid.Empty));
        await given.Write(async w =>
        {
            var failed = await w.Db.Set<Notice>().SingleAsync(notice => notice.RunId == run.Id.Value);
            failed.Bounced("550 No such user here");
            notice = failed.Id;
            var second = new PlanUnit(w.Ids.Next<PlanUnitId>(), given.Programme, "andre", "Andre", PlanUnitKind.Area, null);
            w.Db.Add(second);
            unit = Leader(w, "en@drammen.example", given.Unit);
            other = Leader(w, "to@drammen.example", second.Id);

            PersonId Leader(Tilskudd.Storage.Writing w, string address, PlanUnitId of)
            {
                var person = new Person(w.Ids.Next<PersonId>(), "Leder", address, "nb", "", isInvented: true, "salt");
                w.Db.AddRange(person, new RoleAssignment(w.Ids.Next<RoleId>(), person.Id, Role.ProgrammeLeader, given.Programme, of, null, new LocalDate(2024, 1, 1), null));
                return person.Id;
            }
        });
        using var one = await given.SignedIn(unit);
        using var two = await given.SignedIn(other);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await one.Get($"/admin/varsler/{notice}")).Status, (await two.Get($"/admin/varsler/{notice}")).Status));
    }

    [Fact]
    public void Every_kind_of_mail_and_each_way_it_can_end_has_its_name()
    {
        var names = Enum.GetNames<NoticeKind>().Concat(["Failed", "Uncertain", "Held"]);

        Assert.All(names, name => Assert.NotEmpty(Tilskudd.Layout.Texts.Of<Tilskudd.Administration.AdminWords>($"Mail.{name}")));
    }

    private static async Task<string> Version(GivenAYear given, NoticeId id)
    {
        await using var db = given.Read();
        return $"{await db.Set<Notice>().Where(notice => notice.Id == id).Select(notice => EF.Property<int>(notice, "Writes")).SingleAsync(TestContext.Current.CancellationToken)}";
    }
}
