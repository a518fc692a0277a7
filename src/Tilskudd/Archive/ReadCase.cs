using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Meetings;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Verbs;

namespace Tilskudd.Archive;

/// <summary>Reads a case out of the database. Writes nothing, and leaves out what is kept from others: reasons for inhabilitet, addresses, links.</summary>
internal static class ReadCase
{
    /// <param name="id">The id of a handlingsplan, a grant or a rapport.</param>
    /// <param name="submission">One sending of a grant alone; null for all of it.</param>
    /// <returns>Null where there is no such case.</returns>
    public static async Task<ArchivedCase?> Of(TilskuddDb db, Guid id, int? submission, CancellationToken ct)
    {
        if (await db.Handlingsplaner.SingleOrDefaultAsync(plan => plan.Id == new HandlingsplanId(id), ct) is { } plan)
        {
            return await Plan(db, plan, ct);
        }

        if (await db.Grants.SingleOrDefaultAsync(grant => grant.Id == new GrantId(id), ct) is { } grant)
        {
            return await Grant(db, grant, submission, ct);
        }

        return await db.Rapporter.SingleOrDefaultAsync(rapport => rapport.Id == new RapportId(id), ct) is { } rapport ? await Rapport(db, rapport, ct) : null;
    }

    private static async Task<ArchivedCase> Plan(TilskuddDb db, Handlingsplan plan, CancellationToken ct)
    {
        var place = await Place(db, plan.PlanUnitId, ct);
        var title = $"Handlingsplan {plan.Year} for {place.Unit}";
        var (decisions, objects, protocols) = await Decisions(db, DocumentKind.Handlingsplan, plan.Id.Value, null, ct);
        var facts = Facts(place, plan.Year, new JsonObject { ["approvedVersion"] = plan.ApprovedVersion });
        return new ArchivedCase(
            $"handlingsplan/{plan.Id}", title, place, [.. plan.Versions.OrderBy(version => version.Number).Select(version => Document(version, title))], facts, decisions,
            [.. objects, .. await Runs(db, DocumentKind.Handlingsplan, plan.Id.Value, ct)]) { Protocols = protocols };
    }

    private static async Task<ArchivedCase> Grant(TilskuddDb db, Grant grant, int? submission, CancellationToken ct)
    {
        var source = await db.FundingSources.SingleAsync(source => source.Id == grant.SourceId, ct);
        var place = await Place(db, grant.PlanUnitId, ct);
        var sent = grant.Submissions.Where(sent => submission is null || sent.Number == submission).OrderBy(sent => sent.Number).ToList();
        var (documents, decisions, objects, protocols) = (new List<ArchivedDocument>(), new JsonArray(), new List<string>(), new List<ArchivedProtocol>());
        foreach (var id in grant.Plans)
        {
            var plan = await db.Handlingsplaner.SingleAsync(plan => plan.Id == id, ct);
            var versions = sent.SelectMany(sent => sent.Plans).Where(one => one.PlanId == id).Select(one => one.Version).Distinct().ToList();
            var unit = (await Place(db, plan.PlanUnitId, ct)).Unit;
            foreach (var version in plan.Versions.Where(version => versions.Contains(version.Number)).OrderBy(version => version.Number))
            {
                documents.Add(Document(version, $"Handlingsplan {plan.Year} for {unit}", grant.IsGathered ? documents.Count + 1 : null));
            }

            var about = await Decisions(db, DocumentKind.Handlingsplan, id.Value, versions, ct);
            foreach (var decision in about.Decisions.ToList())
            {
                about.Decisions.Remove(decision);
                decisions.Add(decision);
            }

            objects.AddRange([.. about.Objects, .. await Runs(db, DocumentKind.Handlingsplan, id.Value, ct)]);
            foreach (var protocol in about.Protocols)
            {
                protocols.Add(protocol with { Name = $"protokoll-{protocols.Count + 1}" });
            }
        }

        var come = submission is null ? await db.Set<PaymentArrival>().Where(one => one.GrantId == grant.Id).OrderBy(one => one.Number).ToListAsync(ct) : null;
        var facts = Facts(place, grant.Year, new JsonObject
        {
            ["source"] = source.Code,
            ["withoutReason"] = grant.WithoutReason.Length > 0 ? grant.WithoutReason : null,
            ["submissions"] = new JsonArray([.. sent.Select(Sent)]),
            ["letter"] = grant.Letter is { } letter && submission is null ? Letter(letter) : null,
            [PackageFiles.Payments] = come is null ? null : new JsonArray([.. come.Select(one => (JsonNode)new JsonObject
            {
                ["number"] = one.Number,
                ["arrivedOn"] = On(one.ArrivedOn),
                ["amountOre"] = one.Amount.Ore,
                ["registeredAt"] = At(one.RegisteredAt),
            })]),
        });
        return new ArchivedCase(
            $"tilskudd/{grant.Id}", $"Tilskudd {source.Code} {grant.Year} til {place.Unit}", place, documents, facts, decisions,
            [.. objects, .. await Runs(db, DocumentKind.Tilskuddsbrev, grant.Id.Value, ct)]) { Protocols = protocols };
    }

    private static async Task<ArchivedCase> Rapport(TilskuddDb db, Rapport rapport, CancellationToken ct)
    {
        var source = await db.Grants.Where(grant => grant.Id == rapport.GrantId).Join(db.FundingSources, grant => grant.SourceId, source => source.Id, (_, source) => source.Code).SingleAsync(ct);
        var place = await Place(db, rapport.PlanUnitId, ct);
        var title = $"Rapport {source} {rapport.Year} for {place.Unit}";
        var (decisions, objects, protocols) = await Decisions(db, DocumentKind.Rapport, rapport.Id.Value, null, ct);
        var facts = Facts(place, rapport.Year, new JsonObject
        {
            ["source"] = source,
            ["grant"] = rapport.GrantId.ToString(),
            ["approvedVersion"] = rapport.ApprovedVersion,
            ["submittedAt"] = At(rapport.SubmittedAt),
            ["receivedAt"] = At(rapport.ReceivedAt),
            ["journal"] = rapport.Journal,
            ["correction"] = rapport.Correction,
            ["acceptedAt"] = At(rapport.AcceptedAt),
            ["auditorStatement"] = rapport.AuditorStatement,
            ["carriedOverOre"] = rapport.CarriedOver?.Ore,
            ["carriedOverOn"] = On(rapport.CarriedOverOn),
            ["repaidOre"] = rapport.Repaid?.Ore,
            ["repaidOn"] = On(rapport.RepaidOn),
        });
        return new ArchivedCase(
            $"rapport/{rapport.Id}", title, place, [.. rapport.Versions.OrderBy(version => version.Number).Select(version => Document(version, title))], facts, decisions,
            [.. objects, .. await Runs(db, DocumentKind.Rapport, rapport.Id.Value, ct)]) { Protocols = protocols };
    }

    /// <param name="number">The document's place among several plans' versions, which may have the same numbers; null where they are of one plan.</param>
    private static ArchivedDocument Document(HandlingsplanVersion version, string title, int? number = null) =>
        new($"handlingsplan-{number ?? version.Number}", title, version.Number, version.Content, version.Hash, version.FrozenAt) { Plan = version.Read() };

    private static ArchivedDocument Document(RapportVersion version, string title) =>
        new($"rapport-{version.Number}", title, version.Number, version.Content, version.Hash, version.FrozenAt) { Rapport = RapportContent.Parse(version.Content) };

    private static async Task<CasePlace> Place(TilskuddDb db, PlanUnitId id, CancellationToken ct)
    {
        var unit = await db.PlanUnits.SingleAsync(unit => unit.Id == id, ct);
        var programme = await db.Programmes.SingleAsync(programme => programme.Id == unit.ProgrammeId, ct);
        var municipality = await db.Municipalities.SingleAsync(municipality => municipality.Id == programme.MunicipalityId, ct);
        return new CasePlace(municipality.Name, programme.Name, unit.Name, municipality.Language);
    }

    private static JsonObject Facts(CasePlace place, GrantYear year, JsonObject more)
    {
        more["municipality"] = place.Municipality;
        more["programme"] = place.Programme;
        more["unit"] = place.Unit;
        more["year"] = year.Number;
        return more;
    }

    private static JsonNode Sent(Submission sent)
    {
        var told = Told(sent);
        if (sent.Others.Count > 0)
        {
            told["others"] = new JsonArray([.. sent.Others.Select(plan => new JsonObject { ["plan"] = plan.PlanId.ToString(), ["version"] = plan.Version, ["hash"] = plan.Hash })]);
        }

        return told;
    }

    private static JsonObject Told(Submission sent) => new()
    {
        ["number"] = sent.Number,
        ["version"] = sent.PlanVersion,
        ["hash"] = sent.PlanHash,
        ["sentAt"] = At(sent.SentAt),
        ["receivedAt"] = At(sent.ReceivedAt),
        ["journal"] = sent.Journal,
        ["correctionAskedAt"] = At(sent.CorrectionAskedAt),
        ["correction"] = sent.Correction,
    };

    private static JsonObject Letter(Tilskuddsbrev letter) => new()
    {
        ["reference"] = letter.Reference,
        ["receivedOn"] = On(letter.ReceivedOn),
        ["amountOre"] = letter.Amount.Ore,
        ["reportDueOn"] = On(letter.ReportDueOn),
        ["auditorFromOre"] = letter.AuditorFrom?.Ore,
        ["mayCarryOver"] = letter.MayCarryOver,
        ["terms"] = letter.TermsText,
        ["acceptedAt"] = At(letter.AcceptedAt),
    };

    private static async Task<IReadOnlyList<string>> Runs(TilskuddDb db, DocumentKind kind, Guid document, CancellationToken ct)
    {
        var objects = new List<string>();
        foreach (var run in await db.Set<Run>().Where(run => run.DocumentKind == kind && run.DocumentId == document).ToListAsync(ct))
        {
            objects.AddRange(RunObjects.Of(run, await StepRounds.IdsOf(db, run, ct)));
        }

        return objects;
    }

    /// <summary>The rounds and the registered decisions about a document, oldest first, with the trail objects they are told under.</summary>
    /// <param name="versions">Only about these; null for all.</param>
    private static async Task<(JsonArray Decisions, IReadOnlyList<string> Objects, IReadOnlyList<ArchivedProtocol> Protocols)> Decisions(
        TilskuddDb db, DocumentKind kind, Guid document, IReadOnlyList<int>? versions, CancellationToken ct)
    {
        var rounds = (await db.Rounds.Where(round => round.DocumentKind == kind && round.DocumentId == document).ToListAsync(ct))
            .Where(round => versions?.Contains(round.Version) != false).OrderBy(round => round.OpenedAt).ThenBy(round => round.Id.Value).ToList();
        var registered = (await db.Set<Decision>().Where(decision => decision.DocumentKind == kind && decision.DocumentId == document).ToListAsync(ct))
            .Where(decision => versions?.Contains(decision.Version) != false).OrderBy(decision => decision.RegisteredAt).ThenBy(decision => decision.Id.Value).ToList();
        var bodies = await db.Bodies.IgnoreAutoIncludes().Select(body => new { body.Id, body.Name }).ToDictionaryAsync(body => body.Id, body => body.Name, ct);
        var asked = rounds.SelectMany(round => round.Seats.SelectMany(seat => new[] { seat.PersonId, seat.OnLeave }).Concat(round.Answers.SelectMany(answer => new[] { answer.PersonId, answer.RegisteredBy })).Concat(round.Doubts.SelectMany(doubt => new[] { doubt.PersonId, doubt.TakenUpBy }))).OfType<Cycle.People.PersonId>().Distinct().ToList();
        var names = await db.People.Where(person => asked.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, ct);
        var meetings = await Meetings(db, [.. rounds.Select(round => round.Id)], ct);
        return (
            new JsonArray([
                .. rounds.Select(round => Round(round, bodies[round.BodyId], person => person is { } known ? names.GetValueOrDefault(known) : null)),
                .. registered.Select(decision => Registered(decision, decision.BodyId is { } body ? bodies[body] : null)),
            ]),
            [.. rounds.Select(round => $"round/{round.Id}"), .. registered.Select(decision => $"decision/{decision.Id}"), .. meetings.Select(meeting => $"meeting/{meeting.Id}")],
            [.. await Protocols(db, rounds, ct), .. await Protocols(db, meetings, ct)]);
    }

    private static async Task<IReadOnlyList<ArchivedProtocol>> Protocols(TilskuddDb db, IEnumerable<Round> rounds, CancellationToken ct)
    {
        var protocols = new List<ArchivedProtocol>();
        foreach (var round in rounds.Where(round => round.Outcome is not null))
        {
            var (protocol, later, _, about) = await ReadProtocol.Of(db, await StepRounds.RunOf(db, round, ct), round, round.ClosedAt!.Value, ct);
            protocols.Add(new ArchivedProtocol(
                $"protokoll-{protocols.Count + 1}", protocol, later, round.SignedBy is { } person ? about.People[person].Name : null, round.SignedAt, round.SignedHash));
        }

        return protocols;
    }

    // Those that were held with a case on their agenda.
    private static async Task<IReadOnlyList<Meeting>> Meetings(TilskuddDb db, IReadOnlyList<RoundId> rounds, CancellationToken ct) =>
        [.. (await db.Meetings.Where(meeting => meeting.CancelledAt == null && meeting.Items.Any(item => item.RoundId != null && rounds.Contains(item.RoundId.Value))).OrderBy(meeting => meeting.StartsAt).ThenBy(meeting => meeting.Id).ToListAsync(ct))
            .Where(meeting => meeting.IsUnderWay)];

    private static async Task<IReadOnlyList<ArchivedProtocol>> Protocols(TilskuddDb db, IReadOnlyList<Meeting> meetings, CancellationToken ct)
    {
        var protocols = new List<ArchivedProtocol>();
        foreach (var meeting in meetings)
        {
            var (protocol, _) = await SignMeeting.Of(db, meeting, await db.Bodies.SingleAsync(body => body.Id == meeting.BodyId, ct), ct);
            var signed = meeting.SignedBy is { } person ? await db.People.Where(known => known.Id == person).Select(known => known.Name).SingleAsync(ct) : null;
            protocols.Add(new ArchivedProtocol($"moteprotokoll-{protocols.Count + 1}", protocol, null, signed, meeting.SignedAt, meeting.SignedHash));
        }

        return protocols;
    }

    private static JsonNode Round(Round round, string body, Func<Cycle.People.PersonId?, string?> name)
    {
        var count = round.Count();
        return new JsonObject
        {
            ["kind"] = "round",
            ["id"] = round.Id.ToString(),
            ["body"] = body,
            ["binds"] = round.IsCompetent,
            ["regime"] = round.Regime.ToString(),
            ["mode"] = BallotWords.Modes.Single(word => word.Value == round.Mode).Key,
            ["version"] = round.Version,
            ["hash"] = round.Hash,
            ["openedAt"] = At(round.OpenedAt),
            ["closedAt"] = At(round.ClosedAt),
            ["outcome"] = round.Outcome is { } outcome ? BallotWords.Of(outcome) : null,
            ["protocolSignedAt"] = At(round.SignedAt),
            ["protocolHash"] = round.SignedHash,
            ["size"] = count.Size,
            ["quorum"] = count.Quorum,
            ["present"] = count.Present,
            ["for"] = count.For,
            ["against"] = count.Against,
            ["abstained"] = count.Abstained,
            ["castingVote"] = count.CastingVote,
            ["answers"] = new JsonArray([.. round.Standing.Select(answer => (JsonNode)new JsonObject
            {
                ["seat"] = round.Seats.Single(seat => seat.SeatId == answer.SeatId).Number,
                ["name"] = name(answer.PersonId),
                ["insteadOf"] = name(round.InsteadOf(round.Seats.Single(seat => seat.SeatId == answer.SeatId))),
                ["answer"] = BallotWords.Answers.Single(word => word.Value == answer.Kind).Key,
                ["remark"] = answer.Remark,
                ["assurance"] = answer.Assurance.ToString(),
                ["channel"] = answer.Channel?.ToString(),
                ["registeredBy"] = answer.RegisteredBy is { } by ? name(by) : null,
                ["givenOn"] = On(answer.GivenOn),
                ["at"] = At(answer.At),
            })]),
            ["habilitet"] = new JsonArray([.. round.Doubts.OrderBy(doubt => doubt.Number).Select(doubt => (JsonNode)new JsonObject
            {
                ["seat"] = round.Seats.Single(seat => seat.SeatId == doubt.SeatId).Number,
                ["name"] = name(doubt.PersonId),
                ["askedAt"] = At(doubt.RaisedAt),
                ["decidedAt"] = At(doubt.DecidedAt),
                ["inhabil"] = doubt.IsInhabil,
                ["askedInVersion"] = doubt.RaisedInVersion,
                ["decidedInVersion"] = doubt.FoundInVersion,
                ["takenUpAnewBy"] = doubt.TakenUpBy is { } anew ? name(anew) : null,
                ["for"] = doubt.For,
                ["against"] = doubt.Against,
                ["castingVote"] = doubt.CastingVote,
                ["allTookPart"] = doubt.AllTookPart,
                ["reference"] = doubt.Reference,
            })]),
        };
    }

    private static JsonNode Registered(Decision decision, string? body) => new JsonObject
    {
        ["kind"] = "registered",
        ["id"] = decision.Id.ToString(),
        ["body"] = body,
        ["version"] = decision.Version,
        ["approved"] = decision.IsApproved,
        ["decidedOn"] = On(decision.DecidedOn),
        ["reference"] = decision.Reference,
        ["text"] = decision.Text,
        ["registeredAt"] = At(decision.RegisteredAt),
    };

    private static string? At(DateTimeOffset? at) => at is { } known ? TrailEntry.Write(known) : null;

    private static string? On(LocalDate? on) => on is { } day ? LocalDatePattern.Iso.Format(day) : null;

    private static string On(LocalDate on) => LocalDatePattern.Iso.Format(on);
}
