using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Meetings;

/// <summary>A protocol of a meeting as one reader meets it.</summary>
/// <param name="TextLanguage">The written form of the protocol itself: <c>nb</c> or <c>nn</c>.</param>
/// <param name="Chair">Who signs it, or has signed.</param>
/// <param name="IsChair">The reader is who signs.</param>
public sealed record MeetingProtocolRow(MeetingRow Meeting, Protocol Protocol, string TextLanguage, string Chair, bool IsChair)
{
    public required string Municipality { get; init; }

    public required string Programme { get; init; }

    /// <summary>The number of an item the votes have decided, and whose decision must be registered before the protocol is signed; null where there is none.</summary>
    public int? Unregistered { get; init; }

    /// <summary>Restricted: what was said and proposed behind closed doors, as far as the reader may know it. Null where there is none.</summary>
    public IReadOnlyList<ProtocolLine>? Screened { get; init; }
}

/// <summary>The protocol of a meeting, and that who led it signs it off: the hash of its text is kept with the meeting and in the trail.</summary>
internal sealed class SignMeeting(IDbContextFactory<TilskuddDb> databases, ReadMeeting read, Door door, SignDecision sign)
{
    /// <summary>The protocol, from when the meeting is held; else what to answer.</summary>
    public async Task<(MeetingProtocolRow? Row, IResult? Refused)> Read(MeetingId id, SignedIn reader, CancellationToken ct)
    {
        var (row, refused) = await read.For(id, reader, ct);
        if (row is not { Meeting: { IsUnderWay: true, Chair.PersonId: { } chair } })
        {
            return (null, refused ?? Layout.Refused.NotFound);
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var (about, language, place) = await Facts(db, row.Meeting, row.Body, ct);
        var signs = row.Meeting.SignedBy ?? chair;
        return (new MeetingProtocolRow(row, MeetingProtocol.Of(row.Meeting, about, language), language.Code(), row.Name(signs), signs == reader.Id)
        {
            Municipality = place.Municipality,
            Programme = place.Programme,
            Unregistered = row.Meeting.SignedAt is null ? (await Unregistered(db, row.Meeting, ct))?.Number : null,
            Screened = MeetingProtocol.Screened(row.Meeting, about, language, row.MayHear) is { Count: > 0 } screened ? screened : null,
        }, null);
    }

    /// <param name="shown">The hash of the protocol the page showed; another than it has now is refused.</param>
    /// <returns>Null when it is signed, now or before.</returns>
    public async Task<Refusal?> Sign(MeetingId id, SignedIn person, string shown, CancellationToken ct)
    {
        var refusal = await door.Write(async w =>
        {
            if (await w.Db.Meetings.SingleOrDefaultAsync(meeting => meeting.Id == id, ct) is not { } meeting)
            {
                return new FlowRefusal.NotFound();
            }

            var body = await w.Db.Existing<Body>(meeting.BodyId, ct);
            if (!meeting.IsSeated(person.Id) && !(await Rights.Seen(w.Db, person.Id, OsloTime.On(w.Now).Date, ct)).Contains(body.ProgrammeId))
            {
                return new FlowRefusal.NotFound();
            }

            if (meeting.SignedAt is null && await Unregistered(w.Db, meeting, ct) is { } item)
            {
                return new MeetingRefusal.DecisionMissing(item.Number);
            }

            var (isSigned, hash) = (meeting.SignedAt is not null, (await Of(w.Db, meeting, body, ct)).Protocol.Hash);
            var refusal = meeting.SignProtocol(person.Id, hash, shown, w.Now);
            if (refusal is null && !isSigned)
            {
                await LeadMeeting.Record(w, meeting, body, person.Id, "meeting-signed", new JsonObject { ["protocol"] = hash });
            }

            return refusal;
        }, ct);
        if (refusal is null)
        {
            await sign.Now();
        }

        return refusal;
    }

    // A case the votes have decided, and that is still this meeting's to decide: not decided elsewhere meanwhile, and with no new version.
    private static async Task<AgendaItem?> Unregistered(TilskuddDb db, Meeting meeting, CancellationToken ct)
    {
        foreach (var item in meeting.Items.OrderBy(item => item.Number))
        {
            if (item is { IsDecided: false, RoundId: { } id } && meeting.Votes.Any(vote => vote.ItemId == item.Id) && await db.Existing<Round>(id, ct) is var round && meeting.AwaitsDecision(item, round) && (round.IsOpen || round.WaitsForMeeting)
                && await StepRounds.RunOf(db, round, ct) is { IsOpen: true } run && (await MeetingBoards.Asked(db, run, ct)).Any(asked => asked.Id == round.Id))
            {
                return item;
            }
        }

        return null;
    }

    /// <summary>The protocol as it is now, in the municipality's written form.</summary>
    public static async Task<(Protocol Protocol, Language Language)> Of(TilskuddDb db, Meeting meeting, Body body, CancellationToken ct)
    {
        var (about, language, _) = await Facts(db, meeting, body, ct);
        return (MeetingProtocol.Of(meeting, about, language), language);
    }

    private static async Task<(MeetingFacts About, Language Language, (string Municipality, string Programme) Place)> Facts(TilskuddDb db, Meeting meeting, Body body, CancellationToken ct)
    {
        var place = await db.Programmes.Where(programme => programme.Id == body.ProgrammeId)
            .Join(db.Municipalities, programme => programme.MunicipalityId, municipality => municipality.Id, (programme, municipality) => new { municipality.Language, Municipality = municipality.Name, Programme = programme.Name }).SingleAsync(ct);
        var language = place.Language == Language.Nn.Code() ? Language.Nn : Language.Nb;
        var (rounds, decisions) = (meeting.Items.Select(item => item.RoundId).OfType<RoundId>().ToList(), meeting.Items.Select(item => item.DecisionId).OfType<DecisionId>().ToList());
        var people = meeting.Seats.Select(seat => seat.PersonId).Concat(meeting.Seats.Select(seat => seat.OnLeave)).OfType<PersonId>().Concat(meeting.Calls.SelectMany(call => call.People)).Distinct().ToList();
        var known = await db.Rounds.IgnoreAutoIncludes().Include(round => round.Seats).Where(round => rounds.Contains(round.Id)).ToDictionaryAsync(round => round.Id, ct);
        var proposals = await ReadProtocol.Proposals(db, [.. meeting.Items.Where(item => item.RoundId is not null).Select(item => (known[item.RoundId!.Value], item.Title))], body.Name, language, ct);
        return (new MeetingFacts(
            body.Name,
            await db.People.Where(person => people.Contains(person.Id)).ToDictionaryAsync(person => person.Id, ct),
            known,
            await db.Set<Decision>().Where(decision => decisions.Contains(decision.Id)).ToDictionaryAsync(decision => decision.Id, ct),
            proposals), language, (place.Municipality, place.Programme));
    }
}
