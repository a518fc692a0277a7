using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>Tells those who work with a grant what has come of the money.</summary>
internal sealed class GrantNews(NoticeQueue notices)
{
    /// <param name="what">What has come, so that each thing is told once: <c>vote</c>, <c>letter</c>.</param>
    public async Task Tell(Writing w, Run run, GrantId grant, string what)
    {
        var told = new HashSet<PersonId>();
        foreach (var role in new[] { RoleKeys.Coordinator, RoleKeys.Accountant })
        {
            foreach (var person in (await Who.Holding(w.Db, role, run.Subject, OsloTime.On(w.Now).Date)).Where(person => told.Add(person.Id)))
            {
                await notices.Queue(w, NoticeKind.MoneyNews, person.Id, $"grant/{grant}/{what}/{run.VisitNumber}", new NoticeAbout { GrantId = grant });
            }
        }
    }
}
