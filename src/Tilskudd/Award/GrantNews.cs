using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>Tells those who work with a grant what has come of the money; where it was registered wrong, also those who were told that.</summary>
internal sealed class GrantNews(NoticeQueue notices)
{
    /// <param name="what">What has come, so that each thing is told once: <c>vote</c>, <c>letter</c>.</param>
    public async Task Tell(Writing w, Run run, GrantId grant, string what)
    {
        var told = new HashSet<PersonId>();
        foreach (var role in new[] { RoleKeys.Coordinator, RoleKeys.Accountant })
        {
            told.UnionWith((await Who.Holding(w.Db, role, run.Subject, OsloTime.On(w.Now).Date)).Select(person => person.Id));
        }

        if (run.Error is not null)
        {
            told.UnionWith(await Before(w.Db, NoticeKind.MoneyNews, Occasion(grant, what)));
        }

        foreach (var person in told)
        {
            await notices.Queue(w, NoticeKind.MoneyNews, person, $"{Occasion(grant, what)}{run.VisitNumber}", new NoticeAbout { GrantId = grant, Text = run.Error ?? "" });
        }
    }

    /// <summary>Those who have been told of such an occasion before.</summary>
    /// <param name="occasion">What the occasions begin with.</param>
    public static Task<List<PersonId>> Before(TilskuddDb db, NoticeKind kind, string occasion) =>
        db.Set<Notice>().Where(notice => notice.Kind == kind && notice.Occasion.StartsWith(occasion) && notice.State != NoticeState.Cancelled).Select(notice => notice.PersonId).Distinct().ToListAsync();

    /// <summary>What the occasions of a grant's news begin with.</summary>
    public static string Occasion(GrantId grant, string what) => $"grant/{grant}/{what}/";
}
