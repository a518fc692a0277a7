using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Award;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>Why a run is not moved to another version of its flow.</summary>
internal abstract record MoveRefusal(string Field = "") : Refusal(Field)
{
    public const int LongestReason = 1_000;

    /// <summary>No step was chosen.</summary>
    public sealed record StepMissing() : MoveRefusal("steg");

    /// <summary>The version has no such step, or nobody is waited for in it.</summary>
    public sealed record NoSuchStep() : MoveRefusal("steg");

    /// <summary>The step waits for a grantor's receipt, and no grantor has anything it has not answered: the run would stand there for ever.</summary>
    public sealed record NothingSent() : MoveRefusal("steg");

    /// <summary>What the step is about is not there, or is done: no answer in it could be taken, and the run would stand there for ever.</summary>
    public sealed record NothingToAnswer() : MoveRefusal("steg");

    public sealed record ReasonMissing() : MoveRefusal("grunn");

    public sealed record ReasonTooLong(int Length, int Longest) : MoveRefusal("grunn");

    /// <summary>The run is closed; it stays as it ended.</summary>
    public sealed record IsClosed : MoveRefusal;

    /// <summary>The run walks the newest version, or the version shown is no longer the newest.</summary>
    public sealed record NoNewerVersion : MoveRefusal;
}

/// <summary>Where a person wants a run moved, as posted.</summary>
/// <param name="Visit">The visit the page showed; when the run has gone on since, nothing is done.</param>
/// <param name="Version">The version the page showed.</param>
internal sealed record MoveForm(int Visit, int Version, string Step, string Reason)
{
    public static MoveForm Read(IFormCollection form) => new(Number(form["besok"]), Number(form["versjon"]), form["steg"].ToString(), form["grunn"].ToString());

    public IReadOnlyList<Refusal> Faults(Definition newer)
    {
        var faults = new List<Refusal>();
        if (MoveRun.StepFault(newer, Step) is { } noStep)
        {
            faults.Add(noStep);
        }

        if (Prose.IsBlank(Reason))
        {
            faults.Add(new MoveRefusal.ReasonMissing());
        }
        else if (Prose.Length(Prose.Of(Reason)) is var length && length > MoveRefusal.LongestReason)
        {
            faults.Add(new MoveRefusal.ReasonTooLong(length, MoveRefusal.LongestReason));
        }

        return faults;
    }

    private static int Number(string? typed) => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}

/// <summary>What moving a run would do.</summary>
/// <param name="Run">The run as it would be.</param>
/// <param name="Deadline">Its new deadline, or null where the step goes on by itself.</param>
/// <param name="WaitsFor">Those who would be waited for.</param>
/// <param name="Ended">The deadline that would no longer hold.</param>
/// <param name="Rounds">The rounds that would end without a result.</param>
/// <param name="Fails">The step cannot begin: the run would stand there with an incident.</param>
internal sealed record MoveTrial(Run Run, Deadline? Deadline, IReadOnlyList<Person> WaitsFor, Deadline? Ended, IReadOnlyList<Round> Rounds, bool Fails);

/// <summary>
/// Moves a run from the version of its flow it began on to the newest one, at a step someone names and with a reason. An administrator's
/// act: it can pass by steps that others would have had a say in.
/// </summary>
internal sealed class MoveRun(Door door, Flow flow, FlowLibrary library, IDbContextFactory<TilskuddDb> databases, TimeProvider clock, Ids ids)
{
    public static bool MayMove(SignedIn person) => person.Has(Role.Administrator);

    /// <summary>The steps a run can be moved to: those in which somebody is waited for.</summary>
    public static IEnumerable<StepDefinition> StepsOf(Definition version) => version.WaitingSteps.Where(step => step.Step is WaitingStep);

    public static MoveRefusal? StepFault(Definition version, string step) =>
        step.Length == 0 ? new MoveRefusal.StepMissing() : StepsOf(version).All(known => known.Id != step) ? new MoveRefusal.NoSuchStep() : null;

    /// <summary>Why a run cannot go on in a step, or null.</summary>
    /// <param name="step">As typed.</param>
    public async Task<MoveRefusal?> StepFault(Run run, Definition version, string step, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return StepFault(version, step) ?? await Barred(db, run, version.Find(step)!);
    }

    // What a step builds on, where it cannot be made in the step itself.
    private static async Task<MoveRefusal?> Barred(TilskuddDb db, Run run, StepDefinition step) => step.Step switch
    {
        AwaitReceipt => await OpenReceipt.IsAwaited(db, run) ? null : new MoveRefusal.NothingSent(),
        _ when run.DocumentKind == DocumentKind.Rapport => CanAnswer(await db.Existing<Rapport>(new RapportId(run.DocumentId)), step) ? null : new MoveRefusal.NothingToAnswer(),
        Draft { Task: TaskKeys.LetterAcceptance } => (await Who.GrantsOf(db, run.Subject)).All(grant => grant.Letter is not null) ? null : new MoveRefusal.NothingToAnswer(),
        RegisterDecision { Task: TaskKeys.Consent } => await IsConsentLeft(db, run) ? null : new MoveRefusal.NothingToAnswer(),
        _ => null,
    };

    private static bool CanAnswer(Rapport rapport, StepDefinition step) => step.Step switch
    {
        Submit => rapport.LatestVersion is { } latest && latest.Number == rapport.ApprovedVersion,
        RegisterDecision { Task: TaskKeys.GrantorDecision } => rapport.IsWithGrantor,
        RegisterDecision { Task: TaskKeys.CarryOver } or Draft { Task: TaskKeys.Repayment } => rapport.AcceptedAt is not null && rapport.Outstanding > Money.Zero,
        _ => true,
    };

    private static async Task<bool> IsConsentLeft(TilskuddDb db, Run run)
    {
        var change = await db.Existing<PlanChange>(new PlanChangeId(run.DocumentId));
        return (await Who.GrantsOf(db, run.Subject)).Any(grant => change.NeedsConsent(grant) && change.Consents.All(consent => consent.Grant != grant.Id));
    }

    public Task<Refusal?> Move(RunId id, MoveForm form, SignedIn by, CancellationToken ct) => door.Write(async w =>
    {
        if (await w.Db.Set<Run>().SingleOrDefaultAsync(run => run.Id == id, ct) is not { } run || !(await Rights.Seen(w.Db, by.Id, OsloTime.On(w.Now).Date, ct)).Contains(run.ProgrammeId))
        {
            return new FlowRefusal.NotFound();
        }

        if (!MayMove(by))
        {
            return new FlowRefusal.NotYours();
        }

        var actor = Actor.Of(by.Id);
        if (IsRepeated(run, form, actor))
        {
            return null;
        }

        if (!run.IsOpen)
        {
            return new MoveRefusal.IsClosed();
        }

        if (library.NewerThan(run) is not { } newer || newer.Version != form.Version)
        {
            return new MoveRefusal.NoNewerVersion();
        }

        if (run.VisitNumber != form.Visit)
        {
            return new FlowRefusal.AlreadyDone();
        }

        if (form.Faults(newer) is [var fault, ..])
        {
            return fault;
        }

        var step = newer.Find(form.Step)!;
        if (await Barred(w.Db, run, step) is { } barred)
        {
            return barred;
        }

        await flow.MoveTo(w, run, newer, step, actor, Prose.Of(form.Reason).Trim());
        return null;
    }, ct);

    /// <summary>The same act on a copy of the facts that nobody saves.</summary>
    /// <param name="run">The run as it stands.</param>
    /// <param name="step">One of <see cref="StepsOf"/>.</param>
    public async Task<MoveTrial> Try(Run run, Definition newer, StepDefinition step, SignedIn by, CancellationToken ct)
    {
        var leftOut = new HashSet<int>();
        while (true)
        {
            try
            {
                return await Try(run.Id, newer, step, by, leftOut, ct);
            }
            catch (AttemptFailed failed) when (leftOut.Add(failed.Number))
            {
                // As the door does with the act itself.
            }
        }
    }

    private async Task<MoveTrial> Try(RunId id, Definition newer, StepDefinition step, SignedIn by, IReadOnlySet<int> leftOut, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        var w = new Writing(db, clock.GetUtcNow(), ids, leftOut);
        var run = await db.Set<Run>().SingleAsync(run => run.Id == id, ct);
        var left = run.Waiting;
        var ended = left.DeadlineId is { } deadline ? await db.Existing<Deadline>(deadline, ct) : null;
        var rounds = left.RoundId is { } lead ? (await StepRounds.Of(db, lead, ct)).Where(round => round.IsOpen).ToList() : [];
        await flow.MoveTo(w, run, newer, step, Actor.Of(by.Id), "");
        var set = run.IsOpen && run.Waiting.DeadlineId is { } due ? await db.Existing<Deadline>(due, ct) : null;
        var waited = run.IsOpen ? await Who.Holding(db, run.WaitsFor, run.Subject, OsloTime.On(w.Now).Date, ct) : [];
        return new MoveTrial(run, set, waited, ended, rounds, Fails: leftOut.Count > 0);
    }

    // The same form posted again by the same person: it is done.
    private static bool IsRepeated(Run run, MoveForm form, Actor by) => run.DefinitionVersion == form.Version
        && run.Visits.Any(visit => visit.Number == form.Visit && visit.LeftAt is not null && visit.Outcome.Length == 0 && visit.Actor == by.ToString())
        && run.Visits.Any(visit => visit.Number == form.Visit + 1 && visit.StepId == form.Step);
}
