using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Tilskudd.Approval;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Runs;

/// <summary>A new date as typed.</summary>
internal sealed record DeadlineForm(string Date, string Time, string Reason)
{
    /// <summary>Who may have set a programme's own date.</summary>
    public static IReadOnlyList<DateSource> Sources { get; } = [DateSource.Own, DateSource.Call, DateSource.Grantor];

    /// <summary>Who has set a programme's own date; nothing said is the municipality.</summary>
    public string Source { get; init; } = "";

    /// <summary>Who has set the date; null where that cannot be read.</summary>
    public DateSource? SetBy => Prose.IsBlank(Source) ? DateSource.Own : Sources.Cast<DateSource?>().FirstOrDefault(source => $"{source}" == Source);

    /// <summary>The typed date and time; every fault at once.</summary>
    public (LocalDate On, LocalTime? Time, IReadOnlyList<Refusal> Faults) Read(bool asksReason, Deadlines rules, DateTimeOffset now)
    {
        var faults = new List<Refusal>();
        if (!Dates.TryParse(Date, out var on) || on < DeadlinePlan.Earliest || on > DeadlinePlan.Latest)
        {
            faults.Add(Prose.IsBlank(Date) ? new DeadlineRefusal.DateMissing() : new DeadlineRefusal.DateUnreadable());
        }

        var time = ReadTime(faults);
        if (faults.Count == 0 && rules.DueAt(on, time) <= now)
        {
            faults.Add(new DeadlineRefusal.DateHasPassed(on));
        }

        if (SetBy is null)
        {
            faults.Add(new DeadlineRefusal.SourceUnknown());
        }

        if (asksReason && Prose.IsBlank(Reason))
        {
            faults.Add(new DeadlineRefusal.ReasonMissing());
        }
        else if (Prose.Length(Prose.Of(Reason)) is var length && length > DeadlineRefusal.LongestReason)
        {
            faults.Add(new DeadlineRefusal.ReasonTooLong(length, DeadlineRefusal.LongestReason));
        }

        return (on, time, faults);
    }

    private LocalTime? ReadTime(List<Refusal> faults)
    {
        if (Prose.IsBlank(Time))
        {
            return null;
        }

        if (Dates.TryParseTime(Time, out var time))
        {
            return time;
        }

        faults.Add(new DeadlineRefusal.TimeUnreadable());
        return null;
    }
}

/// <summary>Why a deadline is not moved.</summary>
internal abstract record DeadlineRefusal(string Field = "") : Refusal(Field)
{
    public const int LongestReason = 1_000;

    public sealed record DateMissing() : DeadlineRefusal("dato");

    public sealed record DateUnreadable() : DeadlineRefusal("dato");

    public sealed record DateHasPassed(LocalDate Date) : DeadlineRefusal("dato");

    public sealed record TimeUnreadable() : DeadlineRefusal("klokkeslett");

    public sealed record SourceUnknown() : DeadlineRefusal("kilde");

    public sealed record ReasonMissing() : DeadlineRefusal("grunn");

    public sealed record ReasonTooLong(int Length, int Longest) : DeadlineRefusal("grunn");

    /// <summary>What was due is done, or someone else has moved it: this revision no longer holds.</summary>
    public sealed record NoLongerHolds : DeadlineRefusal;
}

/// <summary>Moves a deadline that holds, with a reason; or sets a programme's own date for one that is to come.</summary>
internal sealed class MoveDeadline(Door door, Flow flow, Deadlines deadlines, FlowLibrary library, NoticeQueue notices)
{
    /// <summary>What the trail calls it.</summary>
    public const string Event = "deadline-moved";

    private const string FromField = "from";

    /// <summary>The revision that was replaced, out of the trail entry's facts.</summary>
    public static DeadlineId From(string facts) => new(JsonDocument.Parse(facts).RootElement.GetProperty(FromField).GetGuid());

    /// <param name="id">The revision the person was shown.</param>
    public Task<Refusal?> Move(DeadlineId id, LocalDate on, LocalTime? time, string reason, SignedIn by, CancellationToken ct) => door.Write(async w =>
    {
        if (await RunOf(w.Db, id, ct) is not { } run)
        {
            return await RunOnceOf(w.Db, id, ct) is not { } once || !await MaySee(w, once.ProgrammeId, by, ct) ? new FlowRefusal.NotFound()
                : await WasMoved(w.Db, id, on, time, Prose.Of(reason), ct) ? null : new DeadlineRefusal.NoLongerHolds();
        }

        if (!await MaySee(w, run.ProgrammeId, by, ct))
        {
            return new FlowRefusal.NotFound();
        }

        if (!Staff.Leads(by, run.ProgrammeId, run.PlanUnitId))
        {
            return new FlowRefusal.NotYours();
        }

        if (!run.IsOpen || run.Waiting.DeadlineId != id || (await flow.StepOf(w.Db, run, ct)).Step is not WaitingStep step)
        {
            return new DeadlineRefusal.NoLongerHolds();
        }

        var before = await Deadlines.Of(w, id);
        var moved = await deadlines.Move(w, run, step, on, time, Prose.Of(reason));

        // What a board has ended and signed says the deadline it had.
        foreach (var round in run.Waiting.RoundId is { } lead ? (await StepRounds.Of(w.Db, lead, ct)).Where(round => round.IsOpen) : [])
        {
            round.SetDue(moved.DueAt);
        }

        await RunTrail.Record(w, run, Actor.Of(by.Id), Event, "run", run.Id.Value, $"{moved.Revision}", new JsonObject
        {
            ["key"] = moved.Key,
            [FromField] = id.ToString(),
            ["to"] = moved.Id.ToString(),
            ["on"] = LocalDatePattern.Iso.Format(moved.EffectiveOn),
        });
        await Tell(w, run, before, moved, by, ct);
        return null;
    }, ct);

    // Those it is waited for have only heard of the day that no longer holds.
    private async Task Tell(Writing w, Run run, Deadline before, Deadline moved, SignedIn by, CancellationToken ct)
    {
        var today = OsloTime.On(w.Now).Date;
        foreach (var person in (await Who.WaitedFor(w.Db, run, today, ct)).Where(person => person.Id != by.Id))
        {
            var language = Languages.Of(person.Language);
            var document = await MailFacts.Document(w.Db, run.DocumentKind, run.DocumentId, language, w.Now, ct);
            var step = library.StepName(run.Flow, run.StepId, language);
            var text = new MessageText(
                Texts.Of<MailWords>(language, "DeadlineMoved.Subject", step, document.Title),
                Texts.Of<MailWords>(language, "DeadlineMoved.Text", step, Day(before, today, language), Day(moved, today, language)), moved.Reason);
            await notices.Say(w, person.Id, $"deadline/{moved.Id}/moved", text, run.Id, ct);
        }
    }

    private static string Day(Deadline deadline, LocalDate today, Language language) => Dates.Deadline(deadline.EffectiveOn, deadline.Time, today, language);

    /// <summary>Sets the programme's own date for a deadline its runs have not come to.</summary>
    /// <param name="source">Who has set it.</param>
    /// <param name="mark">The date the programme had when the form was shown (<see cref="MarkOf"/>).</param>
    public Task<Refusal?> Set(ProgrammeId programme, GrantYear year, string key, LocalDate on, LocalTime? time, DateSource source, string mark, SignedIn by, CancellationToken ct) => door.Write(async w =>
    {
        if (!await MaySee(w, programme, by, ct))
        {
            return new FlowRefusal.NotFound();
        }

        if (!Staff.Leads(by, programme))
        {
            return new FlowRefusal.NotYours();
        }

        var set = await w.Db.Set<DeadlineOverride>().SingleOrDefaultAsync(date => date.ProgrammeId == programme && date.Year == year && date.Key == key, ct);
        if (set?.On == on && set.Time == time && set.Source == source)
        {
            return null;
        }

        if (SeenMark.IsOld(mark, MarkOf(set)))
        {
            return new FormRefusal.ChangedSince();
        }

        if (set is not null)
        {
            set.MoveTo(on, time, source);
        }
        else
        {
            w.Db.Add(new DeadlineOverride(programme, year, key, on, time, source));
        }

        var slug = (await w.Db.Existing<Programme>(programme, ct)).Slug;
        w.Record(new TrailEvent(Actor.Of(by.Id), "deadline-set", "programme", programme.ToString(), "", new JsonObject
        {
            ["programme"] = slug,
            ["year"] = year.Number,
            ["key"] = key,
            ["on"] = LocalDatePattern.Iso.Format(on),
            ["source"] = $"{source}",
        }));
        return null;
    }, ct);

    /// <param name="set">The programme's own date; null where it has none.</param>
    public static string MarkOf(DeadlineOverride? set) => SeenMark.Of(
        set is null ? "" : LocalDatePattern.Iso.Format(set.On), set?.Time is { } time ? LocalTimePattern.ExtendedIso.Format(time) : "", $"{set?.Source}");

    /// <summary>The run whose waiting step has the deadline, or had it until the step was done.</summary>
    public static Task<Run?> RunOf(TilskuddDb db, DeadlineId id, CancellationToken ct)
    {
        var visits = db.Set<Visit>().Where(visit => visit.DeadlineId == id).Select(visit => EF.Property<RunId>(visit, "RunId"));
        return db.Set<Run>().Where(run => visits.Contains(run.Id)).SingleOrDefaultAsync(ct);
    }

    /// <summary>The run whose step had a revision that others have taken the place of: each was set at the moment the one before it was superseded.</summary>
    public static async Task<Run?> RunOnceOf(TilskuddDb db, DeadlineId id, CancellationToken ct)
    {
        var deadline = await db.Deadlines.IgnoreAutoIncludes().SingleOrDefaultAsync(known => known.Id == id, ct);
        while (deadline is { SupersededAt: { } at } before)
        {
            deadline = await db.Deadlines.IgnoreAutoIncludes().FirstOrDefaultAsync(next => next.Key == before.Key && next.Revision == before.Revision + 1 && next.SetAt == at, ct);
            if (deadline is not null && await RunOf(db, deadline.Id, ct) is { } run)
            {
                return run;
            }
        }

        return null;
    }

    private static async Task<bool> MaySee(Writing w, ProgrammeId programme, SignedIn by, CancellationToken ct) =>
        (await Rights.Seen(w.Db, by.Id, OsloTime.On(w.Now).Date, ct)).Contains(programme);

    // The same form posted again: the revision it made is there already.
    private static async Task<bool> WasMoved(TilskuddDb db, DeadlineId id, LocalDate on, LocalTime? time, string reason, CancellationToken ct) =>
        await db.Deadlines.IgnoreAutoIncludes().SingleOrDefaultAsync(deadline => deadline.Id == id, ct) is { SupersededAt: { } at } old
        && await db.Deadlines.IgnoreAutoIncludes().AnyAsync(
            deadline => deadline.Key == old.Key && deadline.Revision == old.Revision + 1 && deadline.SetAt == at && deadline.On == on && deadline.Time == time && deadline.Reason == reason, ct);
}
