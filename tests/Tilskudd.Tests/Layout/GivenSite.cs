using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Tests.Planning;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Layout;

/// <summary>
/// What a programme's year needs of a running site: people who sign in and post forms, and the mails they get. What is in it is the
/// concern of each kind of fixture.
/// </summary>
internal abstract class GivenSite : IAsyncDisposable
{
    private readonly RunningSite _site;

    protected GivenSite(RunningSite site) => _site = site;

    public TestDatabase Database => _site.Database;

    public Uri Address => _site.Client.BaseAddress!;

    public IServiceProvider Services => _site.Services;

    /// <summary>A browser in which somebody is signed in.</summary>
    public async Task<Browsing> SignIn(PersonId person)
    {
        var secret = Services.GetRequiredService<SecretSource>().Token();
        await Database.Write(w => w.Db.Add(new Session(SecretSource.Hash(secret), person, isElectronic: false, w.Now, w.Now + Sessions.Life)));
        return new Browsing(Address, (Services.GetRequiredService<Sessions>().CookieName, secret));
    }

    /// <summary>Posts a form of a page as a person.</summary>
    public async Task<Answer> Post(PersonId person, string path, string form, params (string Name, string Value)[] typed)
    {
        using var browser = await SignIn(person);
        return await browser.Post(await browser.Get(path), form, typed);
    }

    /// <summary>The same, which must be taken.</summary>
    public async Task Done(PersonId person, string path, string form, params (string Name, string Value)[] typed)
    {
        var answer = await Post(person, path, form, typed);
        Assert.True(answer.Status == HttpStatusCode.SeeOther, $"{answer.Status}: {answer.Text}");
    }

    public IReadOnlyList<ReadMail> Mails()
    {
        var folder = Path.Combine(Database.Folder, "mail");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MailReader.Read(File.ReadAllBytes(file)))] : [];
    }

    /// <summary>Sends what waits to be sent.</summary>
    public Task Turn() => _site.Turn();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    /// <param name="role">What the person is in the programme from 2024 on; null for somebody who is nothing in it.</param>
    protected static PersonId Person(Writing w, ProgrammeId programme, string name, string email, Role? role)
    {
        var id = w.Ids.Next<PersonId>();
        w.Db.Add(new Person(id, name, email, "nb", "", isInvented: true, "salt"));
        if (role is { } held)
        {
            w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), id, held, programme, null, null, new LocalDate(2024, 1, 1), null));
        }

        return id;
    }
}
