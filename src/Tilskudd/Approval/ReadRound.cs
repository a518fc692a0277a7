using Microsoft.EntityFrameworkCore;
using Tilskudd.Award;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Reporting;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>Reads a round for the one who comes to it, and turns away those who have no business there. Writes nothing.</summary>
internal sealed class ReadRound(IDbContextFactory<TilskuddDb> databases, SiteAddress site, TimeProvider clock)
{
    private static readonly Func<TilskuddDb, RoundId, IAsyncEnumerable<Round>> ById = Compiled.Query((TilskuddDb db, RoundId id) => db.Rounds.Where(round => round.Id == id));

    private static readonly Func<TilskuddDb, List<PersonId>, IAsyncEnumerable<Person>> ByIds = Compiled.Query((TilskuddDb db, List<PersonId> ids) => db.People.Where(person => ids.Contains(person.Id)));

    private static readonly Func<TilskuddDb, RoundId, RoundId, BodyId, IAsyncEnumerable<Step>> Steps = Compiled.Query((TilskuddDb db, RoundId id, RoundId lead, BodyId of) =>
        db.Bodies.IgnoreAutoIncludes().Where(body => body.Id == of).Select(body => new Step(
            body.Name,
            db.Set<Run>().Where(run => run.ClosedAt == null && run.Visits.Any(visit => visit.RoundId == lead && visit.LeftAt == null)).Select(run => run.DueAt).FirstOrDefault(),
            db.Set<Run>().SelectMany(run => run.Visits, (run, visit) => new { run.DocumentKind, visit.RoundId }).Where(one => one.RoundId == lead).Select(one => (DocumentKind?)one.DocumentKind).FirstOrDefault(),
            db.Set<Run>().SelectMany(run => run.Visits, (run, visit) => new { run.DocumentId, visit.RoundId }).Where(one => one.RoundId == lead).Select(one => (Guid?)one.DocumentId).FirstOrDefault(),
            db.Rounds.Any(other => other.FirstId == id),
            db.Set<AgendaItem>().Any(item => item.RoundId == id))));

    private static readonly Func<TilskuddDb, HandlingsplanId, int, PlanUnitId, GrantYear, IAsyncEnumerable<ShownVersion>> PlanVersions = Compiled.Query(
        (TilskuddDb db, HandlingsplanId id, int number, PlanUnitId unit, GrantYear last) => db.Handlingsplaner.Where(plan => plan.Id == id || (plan.PlanUnitId == unit && plan.Year == last))
            .SelectMany(plan => plan.Versions, (plan, version) => new { plan.Id, plan.ApprovedVersion, version })
            .Where(one => one.version.Number == (one.Id == id ? number : one.ApprovedVersion))
            .Select(one => new ShownVersion(one.Id == id, one.version.Content, one.version.Hash)));

    private static readonly Func<TilskuddDb, RapportId, int, IAsyncEnumerable<ShownVersion>> RapportVersions = Compiled.Query((TilskuddDb db, RapportId id, int number) => db.Rapporter.Where(rapport => rapport.Id == id)
        .SelectMany(rapport => rapport.Versions.Where(version => version.Number == number), (rapport, version) => new ShownVersion(true, version.Content, version.Hash) { Statement = rapport.AuditorStatement, AuditedOn = rapport.AuditedOn, AuditedVersion = rapport.AuditedVersion }));

    /// <summary>The round; or what to answer those who may not know whether it exists.</summary>
    public Task<(RoundRow? Row, IResult? Refused)> For(HttpContext context, Guid id, CancellationToken ct) => Read(context, id, withDocument: true, ct);

    /// <summary>The round without what is decided, the meetings it stands before, and what the person answered to an earlier version.</summary>
    public Task<(RoundRow? Row, IResult? Refused)> Briefly(HttpContext context, Guid id, CancellationToken ct) => Read(context, id, withDocument: false, ct);

    /// <summary>The round and who comes to it, and no more: all that an answer that is taken needs.</summary>
    public async Task<(Round? Round, Visitor? Visitor, IResult? Refused)> Met(HttpContext context, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Met(db, context, new RoundId(id), ct);
    }

    private async Task<(RoundRow? Row, IResult? Refused)> Read(HttpContext context, Guid id, bool withDocument, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (round, visitor, refused) = await Met(db, context, new RoundId(id), ct);
        return round is null ? (null, refused) : (await Of(db, round, visitor!, withDocument, ct), null);
    }

    private async Task<(Round? Round, Visitor? Visitor, IResult? Refused)> Met(TilskuddDb db, HttpContext context, RoundId id, CancellationToken ct)
    {
        if (await Visitor.Of(context, db, site, id, clock.GetUtcNow(), ct) is not { } visitor)
        {
            // The same for a cookie that is gone, one of another round, and a round that never was.
            return (null, null, new Refused(StatusCodes.Status404NotFound, Texts.Of<ApprovalWords>("OpenAgain"), AskForLink.Form));
        }

        var round = await ById(db, id).SingleOrDefaultAsync(ct);
        return round is null || (visitor.Found is null && !round.Seats.Any(seat => seat.PersonId == visitor.Person || seat.OnLeave == visitor.Person))
            ? (null, null, Refused.NotFound)
            : (round, visitor, null);
    }

    private async Task<RoundRow> Of(TilskuddDb db, Round round, Visitor visitor, bool withDocument, CancellationToken ct)
    {
        var id = round.Id;
        var people = await PeopleOf(db, round, visitor.Person, ct);
        var document = await MailFacts.Document(db, round.DocumentKind, round.DocumentId, Languages.Current, clock.GetUtcNow(), ct);
        var lead = round.Lead;
        var step = await Steps(db, id, lead, round.BodyId).SingleAsync(ct);
        var row = new RoundRow(round, visitor, step.Name, document, people)
        {
            DueAt = step.DueAt ?? round.DueAt,
            Now = clock.GetUtcNow(),
            IsReviewed = IsReviewed(step.About),
            Boards = step.HasOthers || round.FirstId is not null ? [.. (await BoardRow.In(db, [lead], ct))[lead]] : [],
        };
        if (!withDocument)
        {
            return row;
        }

        row.Change = step is { About: DocumentKind.Change, Document: { } change } ? await Change(db, change, ct) : null;
        row.Fitted = step is { About: DocumentKind.Tilskuddsbrev, Document: { } grant } ? await FittedPlan.Why(db, new GrantId(grant), Languages.Current, ct) : null;
        return await Whole(db, row, step.HasMeeting, ct);
    }

    /// <summary>Why a plan is changed, in the words of the one who told of it.</summary>
    public static Task<string> Change(TilskuddDb db, Guid change, CancellationToken ct) => db.Set<PlanChange>().Where(known => known.Id == new PlanChangeId(change)).Select(known => known.Text).SingleAsync(ct);

    /// <summary>Whether the programme leader looks through a case before a body has it: a plan and a report, but not a plan that is fitted to a letter or changed.</summary>
    public static bool IsReviewed(DocumentKind? run) => run is not (DocumentKind.Tilskuddsbrev or DocumentKind.Change);

    private static async Task<RoundRow> Whole(TilskuddDb db, RoundRow row, bool hasMeeting, CancellationToken ct)
    {
        var (round, person) = (row.Round, row.Visitor.Person);
        row.Plan = round.DocumentKind == DocumentKind.Handlingsplan ? await Plan(db, round, row.Document, ct) : null;
        if (round.DocumentKind == DocumentKind.Rapport)
        {
            var shown = await Shown(db, round, ct);
            (row.Rapport, row.Auditor) = (RapportContent.Parse(shown.Content), Audited.Shown(shown.Statement, shown.AuditedOn, shown.AuditedVersion, round.Version));
        }

        if (hasMeeting)
        {
            row.Meetings = [.. (await MeetingBoards.OfRounds(db, db.Rounds.IgnoreAutoIncludes().Where(known => known.Id == round.Id).Select(known => known.Id)).ToListAsync(ct)).Where(meeting => meeting.Decides)];
        }

        row.Earlier = round.IsOpen && round.Version > 1 && round.SeatOf(person) is not null && round.LastOf(person) is null ? await Earlier(db, round, person, ct) : null;
        return row;
    }

    /// <summary>Everyone with a seat, those who registered an answer, and whoever else is named.</summary>
    public static async Task<IReadOnlyDictionary<PersonId, Person>> PeopleOf(TilskuddDb db, Round round, PersonId? another, CancellationToken ct)
    {
        var ids = round.Seats.SelectMany(seat => new[] { seat.PersonId, seat.OnLeave }).Concat(round.Answers.SelectMany(answer => new[] { answer.PersonId, answer.RegisteredBy })).Concat(round.Doubts.SelectMany(doubt => new[] { doubt.PersonId, doubt.RegisteredBy, doubt.TakenUpBy })).Append(another).OfType<PersonId>().Distinct().ToList();
        return await ByIds(db, ids).ToDictionaryAsync(person => person.Id, cancellationToken: ct);
    }

    /// <summary>The version of a plan a round decides on, beside the one its body approved before, as when a plan is fitted to a letter or changed; else last year's.</summary>
    /// <param name="document">The plan.</param>
    public static async Task<PlanSight> Plan(TilskuddDb db, Round round, NamedDocument document, CancellationToken ct)
    {
        var versions = await PlanVersions(db, new HandlingsplanId(round.DocumentId), round.Version, document.Place.Unit.Id, document.Year.Previous()).ToListAsync(ct);
        var shown = versions.Single(version => version.IsDecidedOn);
        Demand(round, shown.Hash);
        var content = HandlingsplanContent.Parse(shown.Content);
        if (round.Version > 1 && await ApprovedBefore(db, round, ct) is { } number)
        {
            var approved = await PlanVersions(db, new HandlingsplanId(round.DocumentId), number, document.Place.Unit.Id, document.Year.Previous()).SingleAsync(version => version.IsDecidedOn, ct);
            return new PlanSight(content, HandlingsplanContent.Parse(approved.Content), number);
        }

        var before = versions.SingleOrDefault(version => !version.IsDecidedOn)?.Content;
        return new PlanSight(content, before is null ? null : HandlingsplanContent.Parse(before));
    }

    // The last version before the round's that its body approved, by its answers or in a meeting whose decision was registered.
    private static async Task<int?> ApprovedBefore(TilskuddDb db, Round round, CancellationToken ct)
    {
        var answered = db.Rounds.Where(known => known.DocumentKind == round.DocumentKind && known.DocumentId == round.DocumentId && known.BodyId == round.BodyId && known.Outcome == CountOutcome.Approved)
            .Select(known => known.Version);
        var registered = db.Set<Decision>().Where(known => known.DocumentKind == round.DocumentKind && known.DocumentId == round.DocumentId && known.BodyId == round.BodyId && known.IsApproved)
            .Select(known => known.Version);
        return await answered.Concat(registered).Where(version => version < round.Version).MaxAsync(version => (int?)version, ct);
    }

    public static async Task<RapportContent> Rapport(TilskuddDb db, Round round, CancellationToken ct) => RapportContent.Parse((await Shown(db, round, ct)).Content);

    private static async Task<ShownVersion> Shown(TilskuddDb db, Round round, CancellationToken ct)
    {
        var shown = await RapportVersions(db, new RapportId(round.DocumentId), round.Version).SingleAsync(ct);
        Demand(round, shown.Hash);
        return shown;
    }

    /// <summary>The versions of plans some rounds decide on, asked for all at once.</summary>
    public static async Task<IReadOnlyDictionary<RoundId, HandlingsplanContent>> Plans(TilskuddDb db, IReadOnlyCollection<Round> rounds, CancellationToken ct)
    {
        var (ids, versions) = (rounds.Select(round => new HandlingsplanId(round.DocumentId)).Distinct().ToList(), rounds.Select(round => round.Version).Distinct().ToList());
        var shown = rounds.Count == 0 ? [] : await db.Handlingsplaner.Where(plan => ids.Contains(plan.Id))
            .SelectMany(plan => plan.Versions.Where(version => versions.Contains(version.Number)), (plan, version) => new { plan.Id, version.Number, version.Content, version.Hash }).ToListAsync(ct);
        return rounds.ToDictionary(round => round.Id, round =>
        {
            var version = shown.Single(version => version.Id.Value == round.DocumentId && version.Number == round.Version);
            Demand(round, version.Hash);
            return HandlingsplanContent.Parse(version.Content);
        });
    }

    /// <summary>The versions of reports some rounds decide on, asked for all at once.</summary>
    public static async Task<IReadOnlyDictionary<RoundId, RapportContent>> Rapporter(TilskuddDb db, IReadOnlyCollection<Round> rounds, CancellationToken ct)
    {
        var (ids, versions) = (rounds.Select(round => new RapportId(round.DocumentId)).Distinct().ToList(), rounds.Select(round => round.Version).Distinct().ToList());
        var shown = rounds.Count == 0 ? [] : await db.Rapporter.Where(rapport => ids.Contains(rapport.Id))
            .SelectMany(rapport => rapport.Versions.Where(version => versions.Contains(version.Number)), (rapport, version) => new { rapport.Id, version.Number, version.Content, version.Hash }).ToListAsync(ct);
        return rounds.ToDictionary(round => round.Id, round =>
        {
            var version = shown.Single(version => version.Id.Value == round.DocumentId && version.Number == round.Version);
            Demand(round, version.Hash);
            return RapportContent.Parse(version.Content);
        });
    }

    // The last version the person answered in the body, if that answer stood.
    private static async Task<EarlierAnswer?> Earlier(TilskuddDb db, Round now, PersonId person, CancellationToken ct)
    {
        var before = await db.Set<Round>()
            .Where(round => round.DocumentKind == now.DocumentKind && round.DocumentId == now.DocumentId && round.Version < now.Version && round.BodyId == now.BodyId)
            .Where(round => round.Answers.Any(answer => answer.PersonId == person && answer.RetractedAt == null))
            .OrderByDescending(round => round.Version).ThenByDescending(round => round.OpenedAt).FirstOrDefaultAsync(ct);
        if (before?.Standing.FirstOrDefault(answer => answer.PersonId == person) is not { } answer)
        {
            return null;
        }

        var (plan, rapport) = (new HandlingsplanId(now.DocumentId), new RapportId(now.DocumentId));
        return now.DocumentKind switch
        {
            DocumentKind.Handlingsplan => new EarlierAnswer(before.Version, answer, HandlingsplanContent.Parse(await db.Handlingsplaner.Where(known => known.Id == plan)
                .SelectMany(known => known.Versions.Where(version => version.Number == before.Version), (_, version) => version.Content).SingleAsync(ct)), null),
            DocumentKind.Rapport => new EarlierAnswer(before.Version, answer, null, RapportContent.Parse(await db.Rapporter.Where(known => known.Id == rapport)
                .SelectMany(known => known.Versions.Where(version => version.Number == before.Version), (_, version) => version.Content).SingleAsync(ct))),
            DocumentKind.Tilskuddsbrev or DocumentKind.Change or DocumentKind.Evaluation => new EarlierAnswer(before.Version, answer, null, null),
        };
    }

    /// <param name="Name">The body's.</param>
    /// <param name="About">What the run is about that the round is in, with its id in <paramref name="Document"/>: of a change it is another than what is decided on.</param>
    /// <param name="HasOthers">Most bodies are asked alone.</param>
    /// <param name="HasMeeting">Most rounds stand before no meeting.</param>
    private sealed record Step(string Name, DateTimeOffset? DueAt, DocumentKind? About, Guid? Document, bool HasOthers, bool HasMeeting);

    /// <param name="IsDecidedOn">Else it is the plan approved the year before.</param>
    private sealed record ShownVersion(bool IsDecidedOn, string Content, string Hash)
    {
        // What the auditor has said of a report.
        public string Statement { get; init; } = "";

        public NodaTime.LocalDate? AuditedOn { get; init; }

        public int? AuditedVersion { get; init; }
    }

    // What is shown is what is decided (reliability rule L5).
    private static void Demand(Round round, string hash)
    {
        if (hash != round.Hash)
        {
            throw new InvalidOperationException($"Round {round.Id} decides on {round.Hash}, and version {round.Version} is {hash}.");
        }
    }
}
