using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Administration;

/// <summary>
/// The mails that did not arrive, or that nobody knows of: who was to have each, what it was, and why it failed. It is sent again as it is,
/// or after the address is put right. Administrators see all; a programme leader those of the programme, from the page of the case.
/// </summary>
internal sealed class FailedMails() : Register("varsler")
{
    public override async Task<ListRow?> List(Asked asked)
    {
        if (!asked.IsAdministrator)
        {
            return null;
        }

        var number = Paging.Read(asked.Query("side"));
        var found = await Open(asked.Db).Join(asked.Db.People, notice => notice.PersonId, person => person.Id, (notice, person) => new { notice, person.Name })
            .OrderByDescending(both => both.notice.QueuedAt).ThenBy(both => both.notice.Id).OnPage(number).ToListAsync(asked.Ct);
        return new ListRow(Text("FailedMails"), Root, [Lines.Front, new Crumb(Text("FailedMails"), Root)],
            [new ListPart("varsler", Text("FailedMails"), [.. found.Take(Paging.Rows).Select(both => Line(both.notice, both.Name))], Text("FailedMails.None"))])
        {
            Lead = Text("FailedMails.Lead"),
            Paging = new Paging(number, found.Count > Paging.Rows),
        };
    }

    public override async Task<ListRow?> Show(Asked asked)
    {
        if (await Find(asked) is not { } notice)
        {
            return null;
        }

        var person = await asked.Db.People.SingleAsync(person => person.Id == notice.PersonId, asked.Ct);
        return new ListRow(KindText(notice.Kind), $"{Root}/{notice.Id}", [Lines.Front, new Crumb(Text("FailedMails"), Root), new Crumb(person.Name, $"{Root}/{notice.Id}")], [])
        {
            Lead = Text($"Mail.{notice.State}.Lead"),
            Summary =
            [
                new SummaryRow(Text("Mail.To"), $"{person.Name}, {person.Email}"), new SummaryRow(Text("Mail.Queued"), Dates.Stamp(notice.QueuedAt)), new SummaryRow(Text("Mail.Attempts"), $"{notice.Attempts}"),
                new SummaryRow(Text("Mail.Why"), notice.LastError.Length == 0 ? Text("Mail.NoReason") : notice.LastError),
            ],
            Links =
            [
                .. notice.State == NoticeState.Failed ? new[] { new PageLink(Text("Mail.Send"), $"{Root}/{notice.Id}/endre") } : [],
                .. asked.IsAdministrator ? new[] { new PageLink(Text("Mail.Address"), $"{AdminRoom.Path}/personer/{person.Id}/endre") } : [],
            ],
        };
    }

    public override async Task<FormRow?> Edit(Asked asked) => await Find(asked) is { State: NoticeState.Failed } notice
        ? new FormRow(Text("Mail.Send"), $"{Root}/{notice.Id}/endre", asked.IsAdministrator ? Root : AdminRoom.Path, [Lines.Front, new Crumb(Text("FailedMails"), Root), new Crumb(Text("Mail.Send"), $"{Root}/{notice.Id}/endre")], [])
        {
            Lead = Text("Mail.Send.Lead", KindText(notice.Kind)),
            Button = Text("Mail.Send"),
            Version = asked.Version(notice),
        }
        : null;

    public override async Task<Refusal?> Change(Saving saving)
    {
        var notice = (await Find(saving.Asked))!;
        notice.Release(saving.Writing.Now);
        saving.Writing.Record(new Trail.TrailEvent(Trail.Actor.Of(saving.Asked.Me.Id), "mail-resent", "notice", notice.Id));
        return null;
    }

    /// <summary>Those of a run that failed, for one who leads it.</summary>
    public static async Task<IReadOnlyList<TaskRow>> Of(TilskuddDb db, Run run, SignedIn reader, CancellationToken ct)
    {
        if (!Staff.Leads(reader, run.ProgrammeId, run.PlanUnitId))
        {
            return [];
        }

        var rounds = await Approval.StepRounds.IdsOf(db, run, ct);
        var (id, grant, rapport) = (run.Id.Value, new Cycle.Award.GrantId(run.DocumentId), new Cycle.Reporting.RapportId(run.DocumentId));
        var failed = await Open(db).Where(notice => notice.RunId == id || (notice.RoundId != null && rounds.Contains(notice.RoundId.Value)) || notice.GrantId == grant || notice.RapportId == rapport)
            .Join(db.People, notice => notice.PersonId, person => person.Id, (notice, person) => new { notice, person.Name })
            .OrderByDescending(both => both.notice.QueuedAt).ThenBy(both => both.notice.Id).Take(Most).ToListAsync(ct);
        return [.. failed.Select(both => Line(both.notice, both.Name))];
    }

    private const int Most = 50;

    private static string Root => $"{AdminRoom.Path}/varsler";

    private static string KindText(NoticeKind kind) => Text($"Mail.{kind}");

    private static TaskRow Line(Notice notice, string name) => new(
        $"{name}: {KindText(notice.Kind)}", $"{Root}/{notice.Id}", Text($"Mail.{notice.State}"), notice.State == NoticeState.Failed ? Tone.Danger : Tone.Warning,
        notice.LastError.Length == 0 ? Dates.Stamp(notice.QueuedAt) : $"{Dates.Stamp(notice.QueuedAt)}. {notice.LastError}");

    private static IQueryable<Notice> Open(TilskuddDb db)
    {
        NoticeState[] states = [NoticeState.Failed, NoticeState.Uncertain];
        return db.Set<Notice>().Where(notice => states.Contains(notice.State));
    }

    private static async Task<Notice?> Find(Asked asked)
    {
        var id = new NoticeId(asked.Id);
        var notice = await Open(asked.Db).SingleOrDefaultAsync(notice => notice.Id == id, asked.Ct);
        return notice is not null && (asked.IsAdministrator || await About(asked, notice) is { } about && Staff.Leads(asked.Me, about.Programme, about.Unit)) ? notice : null;
    }

    // The programme the mail is about, and the unit where it is one unit's alone.
    private static async Task<(ProgrammeId Programme, PlanUnitId? Unit)?> About(Asked asked, Notice notice)
    {
        var (db, ct) = (asked.Db, asked.Ct);
        if (notice.RunId is { } run)
        {
            var found = await db.Set<Run>().IgnoreAutoIncludes().Where(one => one.Id == new RunId(run)).Select(one => new { one.ProgrammeId, one.PlanUnitId }).SingleOrDefaultAsync(ct);
            return found is null ? null : (found.ProgrammeId, found.PlanUnitId);
        }

        var body = notice.RoundId is { } round ? db.Rounds.IgnoreAutoIncludes().Where(one => one.Id == round).Select(one => one.BodyId)
            : notice.MeetingId is { } meeting ? db.Meetings.IgnoreAutoIncludes().Where(one => one.Id == meeting).Select(one => one.BodyId) : null;
        if (body is not null)
        {
            var found = await body.Join(db.Bodies.IgnoreAutoIncludes(), id => id, one => one.Id, (_, one) => new { one.ProgrammeId, one.PlanUnitId }).SingleOrDefaultAsync(ct);
            return found is null ? null : (found.ProgrammeId, found.PlanUnitId);
        }

        var unit = notice.GrantId is { } grant ? db.Grants.Where(one => one.Id == grant).Select(one => one.PlanUnitId)
            : notice.RapportId is { } rapport ? db.Rapporter.Where(one => one.Id == rapport).Select(one => one.PlanUnitId) : null;
        if (unit is null)
        {
            return null;
        }

        var known = await unit.Join(db.PlanUnits, id => id, one => one.Id, (_, one) => new { one.ProgrammeId, one.Id }).SingleOrDefaultAsync(ct);
        return known is null ? null : (known.ProgrammeId, known.Id);
    }
}
