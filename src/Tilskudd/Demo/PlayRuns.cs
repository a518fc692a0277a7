using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Approval;
using Tilskudd.Award;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Planning;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Demo;

/// <summary>A plan unit's year in the demonstration.</summary>
internal sealed record UnitYear(LoadedProgramme Programme, PlanUnit Unit, GrantYear Year)
{
    public LoadedPerson Coordinator => Programme.With(Role.Coordinator, Unit.Slug);

    public LoadedPerson Leader => Programme.With(Role.ProgrammeLeader);

    /// <summary>What a run about a document that is not made yet is about.</summary>
    public Subject Subject => new(DocumentKind.Handlingsplan, Guid.Empty, Programme.Id, Unit.Id, Year);
}

/// <summary>
/// Plays what people do in the grant year through the same rules, flows and door as the pages: the same refusals, trail entries,
/// rounds, deadlines and mails come of it.
/// </summary>
internal sealed class PlayRuns(Door door, Flow flow, IDbContextFactory<TilskuddDb> databases)
{
    public Task Open(UnitYear of) => Tell(async w =>
    {
        await flow.Raise(w, EventKeys.YearOpened, of.Subject, Actor.Of(of.Leader.Id));
        return null;
    });

    /// <summary>Answers the step that waits, as the person whose turn it is.</summary>
    /// <param name="source">The code of the source whose letter it is about, or null for the plan.</param>
    /// <param name="act">What is written before the answer is given.</param>
    public Task Answer(
        UnitYear of, DocumentKind kind, string? source, string outcome, LoadedPerson by, string reason = "", Func<Writing, Run, Task<Refusal?>>? act = null) => Tell(async w =>
    {
        var run = await Waiting(w.Db, of, kind, source);
        if (act is not null && await act(w, run) is { } refusal)
        {
            return refusal;
        }

        return await flow.Answer(w, run, run.VisitNumber, outcome, Actor.Of(by.Id), reason);
    });

    /// <summary>Writes the draft, last year's tiltak keeping the ids they have for life.</summary>
    /// <param name="known">The id of each tiltak by its key; new ones are added.</param>
    public Task Write(UnitYear of, PlanDraft draft, Dictionary<string, TiltakId> known) => Tell(async w =>
    {
        var plan = await Plan(w.Db, of);
        var sources = await w.Db.FundingSources.Where(source => source.ProgrammeId == of.Programme.Id && source.Year == of.Year).ToDictionaryAsync(source => source.Code, source => source.Id);
        var by = of.Coordinator.Id;
        foreach (var (section, text) in draft.Sections.OrderBy(section => section.Key))
        {
            if (plan.WriteSection(section, text, plan.Revision, by, w.Now) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var tiltak in draft.Tiltak)
        {
            if (Write(w, plan, tiltak, known, sources, by) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var ending in draft.Tiltak.Where(tiltak => tiltak.MergesInto is not null))
        {
            plan.Merge(known[ending.Key], known[ending.MergesInto!], by, w.Now);
        }

        return null;
    });

    /// <summary>Puts a file beside the draft.</summary>
    public async Task Attach(UnitYear of, string name, byte[] bytes)
    {
        await using var db = await databases.CreateDbContextAsync();
        var (file, fault) = AttachmentFile.Read(name, bytes);
        Demand(await new AttachFile(door, flow).Attach((await Plan(db, of)).Id, file ?? throw new InvalidOperationException($"The demonstration's file {name} was refused: {fault}"), bytes, of.Coordinator.Id, CancellationToken.None));
    }

    /// <summary>The last of those an open round waits for reports doubt about habilitet, and those who decide on it are told.</summary>
    public Task RaiseDoubt(UnitYear of, string reason, NoticeQueue notices) => Tell(async w =>
    {
        var plan = await Plan(w.Db, of);
        var round = await w.Db.Rounds.Where(round => round.DocumentId == plan.Id.Value && round.ClosedAt == null).OrderBy(round => round.Id).FirstAsync();
        var run = await Waiting(w.Db, of, DocumentKind.Handlingsplan, null);
        var person = round.Missing[^1].PersonId!.Value;
        if (round.RaiseDoubt(person, reason, w.Ids.Next(), w.Now) is { } refusal)
        {
            return refusal;
        }

        await AnswerRound.TellDoubt(w, notices, run, round, person);
        return null;
    });

    /// <summary>Takes the source's own words of each tiltak into a new plan; the rest is for the coordinator to write.</summary>
    public Task Import(UnitYear of, PlanDraft draft) => Tell(async w =>
    {
        var plan = await Plan(w.Db, of);
        foreach (var tiltak in draft.Tiltak.Where(tiltak => tiltak.Verbatim.Length > 0))
        {
            var id = w.Ids.Next<TiltakId>();
            plan.Add(id, tiltak.Verbatim, null, w.Now);
            var text = new TiltakText(
                tiltak.Name, tiltak.Theme, tiltak.SubTheme, "", "", "", tiltak.Status, TiltakChange.Continued, [], new Dictionary<FundingSourceId, Money>(), "", false);
            if (plan.WriteTiltak(id, text, plan.Revision, null, w.Now) is { } refusal)
            {
                return refusal;
            }
        }

        var run = await Waiting(w.Db, of, DocumentKind.Handlingsplan, null);
        await RunTrail.Record(w, run, Actor.System, "tiltak-imported", "handlingsplan", plan.Id.Value, "", new JsonObject { ["tiltak"] = plan.Tiltak.Count });
        return null;
    });

    /// <summary>Sends the draft on: a version is made, and the run goes on.</summary>
    public Task Send(UnitYear of) => Answer(of, DocumentKind.Handlingsplan, null, "Done", of.Coordinator, act: async (w, run) =>
    {
        var plan = await Plan(w.Db, of);
        var sources = await w.Db.FundingSources.Where(source => source.ProgrammeId == of.Programme.Id && source.Year == of.Year).ToListAsync();
        var criteria = await w.Db.Criteria.Where(criterion => criterion.ProgrammeId == of.Programme.Id).ToListAsync();
        if (plan.Freeze(w.Ids.Next<VersionId>(), of.Coordinator.Id, w.Now, sources, criteria) is { } refusal)
        {
            return refusal;
        }

        var version = plan.LatestVersion!;
        await RunTrail.Record(
            w, run, Actor.Of(of.Coordinator.Id), "handlingsplan-sent", "handlingsplan", plan.Id.Value, $"{version.Number}", new JsonObject { ["hash"] = version.Hash });
        return null;
    });

    /// <summary>The next so many of those a round waits for answer it.</summary>
    public async Task Vote(UnitYear of, int members, AnswerKind kind = AnswerKind.Approve, string remark = "")
    {
        for (var member = 0; member < members; member++)
        {
            await Tell(w => Vote(w, of, kind, remark));
        }
    }

    public Task Submit(UnitYear of, string source) => Answer(of, DocumentKind.Tilskuddsbrev, source, "Submitted", of.Leader, act: async (w, run) =>
    {
        var (plan, grant) = (await Plan(w.Db, of), (await Who.GrantOf(w.Db, run.Subject))!);
        var version = plan.Versions.Single(version => version.Number == plan.ApprovedVersion);
        return grant.Submit(w.Ids.Next<SubmissionId>(), [new PlanToSend(plan.Id, version, plan.ApprovedVersion)], of.Leader.Id, w.Now);
    });

    public Task Receive(UnitYear of, string source, string journal) =>
        Answer(of, DocumentKind.Tilskuddsbrev, source, "Received", of.Programme.With(Role.GrantorContact, source), act: async (w, run) =>
            (await Who.GrantOf(w.Db, run.Subject))!.Receive(journal, w.Now));

    public Task RecordVote(UnitYear of, string source, LocalDate on) => Answer(of, DocumentKind.Tilskuddsbrev, source, "Approved", of.Leader, act: async (w, run) =>
    {
        var grant = (await Who.GrantOf(w.Db, run.Subject))!;
        var funding = await w.Db.Existing<FundingSource>(grant.SourceId);
        return grant.RecordVote(funding, funding.FrameFor(of.Unit.Id)!.Value, on, w.Now, $"Stortingets budsjettvedtak ({InventedPerson.Mark})", OsloTime.On(w.Now).Date);
    });

    /// <summary>Registers a letter of the planned amount less a part of it.</summary>
    public Task RegisterLetter(UnitYear of, string source, Money less, LocalDate reportDueOn) => Answer(of, DocumentKind.Tilskuddsbrev, source, "Registered", of.Leader, act: async (w, run) =>
    {
        var grant = (await Who.GrantOf(w.Db, run.Subject))!;
        var funding = await w.Db.Existing<FundingSource>(grant.SourceId);
        var planned = (await Plan(w.Db, of)).Planned(grant.SourceId);
        var today = OsloTime.On(w.Now).Date;
        var terms = new LetterTerms(reportDueOn, null, MayCarryOver: true, $"Midlene brukes etter handlingsplanen. Teksten er {InventedPerson.Mark}.");
        return grant.RegisterLetter(w.Ids.Next<TilskuddsbrevId>(), funding, $"{source} {of.Year}/{100 + today.DayOfYear}", today, planned - less, terms, of.Leader.Id, w.Now, today);
    });

    public Task AcceptLetter(UnitYear of, string source) => Answer(of, DocumentKind.Tilskuddsbrev, source, "Done", of.Leader, act: async (w, run) =>
    {
        var grant = (await Who.GrantOf(w.Db, run.Subject))!;
        return grant.AcceptLetter(await AnsweredPlans.Lines(w.Db, grant), LetterSpread.Proportional, Limits.Default, of.Leader.Id, w.Now);
    });

    /// <summary>The coordinator reports that the year does not go as planned.</summary>
    public Task OpenChange(UnitYear of, string source, string text) => Tell(async w =>
    {
        var grant = (await Who.GrantOf(w.Db, (await Waiting(w.Db, of, DocumentKind.Tilskuddsbrev, source)).Subject))!;
        var (change, refusal) = PlanChange.Open(
            w.Ids.Next<PlanChangeId>(), grant, await w.Db.Existing<FundingSource>(grant.SourceId), await Plan(w.Db, of), ChangeReason.Deviation, text, Money.Zero, of.Coordinator.Id, w.Now);
        if (change is not null)
        {
            w.Db.Add(change);
            await flow.Raise(w, EventKeys.ChangeOpened, of.Subject with { Kind = DocumentKind.Change, Document = change.Id.Value }, Actor.Of(of.Coordinator.Id));
        }

        return refusal;
    });

    public Task OpenEvaluation(UnitYear of) => Tell(async w =>
    {
        await Reporting.OpenEvaluation.Raise(w, flow, await w.Db.Existing<Programme>(of.Programme.Id), of.Year, Actor.Of(of.Leader.Id));
        return null;
    });

    /// <summary>The year is over; where the clockwork has seen it already, nothing is left to do.</summary>
    public async Task EndYear(UnitYear of, string source)
    {
        await using var db = await databases.CreateDbContextAsync();
        if (await Find(db, of, DocumentKind.Tilskuddsbrev, source) is { StepKind: nameof(WaitUntil) })
        {
            await Answer(of, DocumentKind.Tilskuddsbrev, source, "Reached", of.Coordinator);
        }
    }

    private static Refusal? Write(
        Writing w, Handlingsplan plan, DraftTiltak tiltak, Dictionary<string, TiltakId> known, Dictionary<string, FundingSourceId> sources, PersonId by)
    {
        if (!known.TryGetValue(tiltak.Key, out var id))
        {
            known.Add(tiltak.Key, id = w.Ids.Next<TiltakId>());
        }

        // What was taken along from last year gets this year's own source text, under the same id.
        if (plan.Tiltak.FirstOrDefault(other => other.TiltakId == id) is { } old && old.Verbatim != tiltak.Verbatim && plan.Remove(id, plan.Revision, by, w.Now) is { } refusal)
        {
            return refusal;
        }

        if (plan.Tiltak.All(other => other.TiltakId != id))
        {
            plan.Add(id, tiltak.Verbatim, by, w.Now);
        }

        var text = new TiltakText(
            tiltak.Name, tiltak.Theme, tiltak.SubTheme, tiltak.Description, tiltak.Target, tiltak.Responsible, tiltak.Status, tiltak.Change, tiltak.Criteria,
            tiltak.Budget.ToDictionary(line => sources[line.Key], line => line.Value), tiltak.Baseline, HasNoBaseline: tiltak.Baseline.Length == 0);
        return plan.WriteTiltak(id, text, plan.Revision, by, w.Now, isInvented: true);
    }

    private async Task<Refusal?> Vote(Writing w, UnitYear of, AnswerKind kind, string remark)
    {
        var plan = await Plan(w.Db, of);
        var round = await w.Db.Rounds.Where(round => round.DocumentId == plan.Id.Value && round.ClosedAt == null).OrderBy(round => round.Id).FirstAsync();
        var run = await Waiting(w.Db, of, DocumentKind.Handlingsplan, null);
        var seat = round.Count().WaitingFor[0];
        var person = round.Seats.Single(other => other.SeatId.ToString() == seat).PersonId!.Value;
        var answer = w.Ids.Next<RoundAnswerId>();
        if (round.Answer(answer, person, kind, remark, round.Hash, Assurance.LinkAndCode, w.Ids.Next(), w.Now) is { } refusal)
        {
            return refusal;
        }

        await RunTrail.Record(
            w, run, Actor.Of(person), "answer-given", "round", round.Id.Value, $"{round.Version}", run.StepId, $"{kind}", new JsonObject { ["answer"] = answer.ToString(), ["hash"] = round.Hash });
        if (!round.CloseIfDecided(w.Now))
        {
            return null;
        }

        await Links.Revoke(w, round.Id, LinkEnd.RoundClosed);
        if (JointDecision.Of([.. (await StepRounds.Of(w.Db, round.Lead)).Select(board => board.Result())]) is not { } outcome)
        {
            return null;
        }

        if (outcome == JointOutcome.Approved)
        {
            plan.Approve(round.Version, w.Now);
        }

        return await flow.Answer(w, run, run.VisitNumber, $"{outcome}", Actor.Of(person));
    }

    private static Task<Handlingsplan> Plan(TilskuddDb db, UnitYear of) => db.Handlingsplaner.SingleAsync(plan => plan.PlanUnitId == of.Unit.Id && plan.Year == of.Year);

    private static async Task<Run> Waiting(TilskuddDb db, UnitYear of, DocumentKind kind, string? source) =>
        await Find(db, of, kind, source) ?? throw new InvalidOperationException($"Nothing waits about the {kind} of {of.Unit.Slug} in {of.Year}.");

    private static async Task<Run?> Find(TilskuddDb db, UnitYear of, DocumentKind kind, string? source)
    {
        var open = await db.Set<Run>().AsSingleQuery().Where(run => run.PlanUnitId == of.Unit.Id && run.Year == of.Year && run.DocumentKind == kind && run.ClosedAt == null).ToListAsync();
        foreach (var run in open)
        {
            if (source is null || await Who.SourceOf(db, run.Subject) == source)
            {
                return run;
            }
        }

        return null;
    }

    private async Task Tell(Func<Writing, Task<Refusal?>> story) => Demand(await door.Write(story));

    private static void Demand(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException($"The demonstration was refused: {refusal}.");
        }
    }
}
