using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Tests.Layout;
using Tilskudd.Tests.Planning;

namespace Tilskudd.Tests.Administration;

/// <summary>A database in which there is an administrator and a municipality, and nothing else: what the first start leaves.</summary>
internal sealed class GivenOffice : GivenSite
{
    private GivenOffice(RunningSite site) : base(site)
    {
    }

    public PersonId Kari { get; private set; }

    public static async Task<GivenOffice> Start()
    {
        var given = new GivenOffice(await RunningSite.Start());
        await given.Database.Write(w =>
        {
            var kari = new Person(w.Ids.Next<PersonId>(), "Kari Nordby", "kari@lund.example", "nb", "", isInvented: true, "salt");
            w.Db.AddRange(kari, new Municipality(w.Ids.Next<MunicipalityId>(), "Lund", "nb"), new RoleAssignment(w.Ids.Next<RoleId>(), kari.Id, Role.Administrator, null, null, null, new LocalDate(2024, 1, 1), null));
            given.Kari = kari.Id;
        });
        return given;
    }

    /// <summary>Posts the form of a page, and comes to where it leads.</summary>
    public static async Task<Answer> Fill(Browsing browser, string path, params (string Name, string Value)[] typed)
    {
        var answer = await browser.Post(await browser.Get(path), "main form", typed);
        Assert.True(answer.Status == HttpStatusCode.SeeOther, $"{path}: {answer.Status} {answer.Text}");
        return await browser.Get(answer.Location!);
    }

    /// <summary>The path of the first link on a page that has this text.</summary>
    public static string Link(Answer page, string text) =>
        page.Page.QuerySelectorAll("main a").First(link => link.TextContent.Trim().StartsWith(text, StringComparison.Ordinal)).GetAttribute("href")!;

    public static Task Add(Browsing browser, string name, string address) => Fill(browser, "/admin/personer/ny", ("navn", name), ("epost", address));

    public async Task<PersonId> PersonAt(string address)
    {
        await using var db = Database.Read();
        return await db.People.Where(person => person.Email == address).Select(person => person.Id).SingleAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A programme with a leader of its own, as pages make it.</summary>
    /// <returns>The path of its page.</returns>
    public async Task<string> Programme(Browsing browser, string name, string leader)
    {
        await Add(browser, leader, $"{leader.Split(' ')[0].ToLowerInvariant()}@lund.example");
        await using var db = Database.Read();
        var municipality = await db.Municipalities.Select(one => one.Id).SingleAsync(TestContext.Current.CancellationToken);
        var page = await Fill(browser, "/admin/programmer/ny", ("kommune", municipality.ToString()), ("navn", name), ("fra", "2024"), ("til", "2030"));
        await Fill(browser, Link(page, "Gi en rolle"), ("epost", $"{leader.Split(' ')[0].ToLowerInvariant()}@lund.example"), ("rolle", "ProgrammeLeader"), ("fra", "01.01.2024"));
        return page.Find(".ds-breadcrumbs ol li:last-child a").GetAttribute("href")!;
    }
}
