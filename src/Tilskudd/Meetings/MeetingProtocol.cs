using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Notices;

namespace Tilskudd.Meetings;

/// <summary>What the protocol of a meeting needs to know beside the meeting.</summary>
/// <param name="Body">The body's name.</param>
/// <param name="Proposals">The text each case came with, by its round; empty where there is none.</param>
internal sealed record MeetingFacts(
    string Body, IReadOnlyDictionary<PersonId, Person> People, IReadOnlyDictionary<RoundId, Round> Rounds, IReadOnlyDictionary<DecisionId, Decision> Decisions, IReadOnlyDictionary<RoundId, string> Proposals);

/// <summary>
/// The protocol of a meeting (kommuneloven § 11-4): time and place, who was called and when, who was there, and of each case the proposals,
/// who voted for which and for which party, habilitet and what was decided. All of it is public: what was said and proposed behind closed doors
/// stands by itself.
/// </summary>
internal sealed class MeetingProtocol
{
    private readonly Meeting _meeting;
    private readonly MeetingFacts _about;
    private readonly Language _language;
    private bool _writesFormerWords;

    private MeetingProtocol(Meeting meeting, MeetingFacts about, Language language) => (_meeting, _about, _language) = (meeting, about, language);

    /// <param name="language">The written form of the municipality, so that there is one text, whoever reads it.</param>
    public static Protocol Of(Meeting meeting, MeetingFacts about, Language language)
    {
        var protocol = new MeetingProtocol(meeting, about, language).Write();
        if (meeting.SignedHash is not { } signed || protocol.Hash == signed)
        {
            return protocol;
        }

        // What was signed in an earlier version's words stands in them.
        var former = new MeetingProtocol(meeting, about, language) { _writesFormerWords = true }.Write();
        return former.Hash == signed ? former : protocol;
    }

    /// <summary>"Kari Nordby (A), leder".</summary>
    public static string Seated(MeetingSeat seat, IReadOnlyDictionary<PersonId, Person> people, Language language)
    {
        var name = seat.PersonId is { } person ? people[person].Name : Texts.Of<MeetingWords>(language, "Vacant");
        var party = PartyOf(seat, people);
        return Texts.Of<MeetingWords>(language, $"Seat.{seat.Role}", party.Length > 0 ? Texts.Of<MeetingWords>(language, "Seat.Party", name, party) : name);
    }

    /// <summary>Why the doors are closed while an item is dealt with, in words.</summary>
    public static string Ground(AgendaItem item, Language language) => item.ClosedFor is not { } ground ? "" : ground == ClosedGround.Own ? item.ClosedText : Texts.Of<MeetingWords>(language, $"Ground.{ground}");

    /// <summary>Restricted: what was said and proposed in some items behind closed doors, for those who may hear it.</summary>
    public static IReadOnlyList<ProtocolLine> Screened(Meeting meeting, MeetingFacts about, Language language, Func<AgendaItem, bool> mayHear)
    {
        var protocol = new MeetingProtocol(meeting, about, language);
        return [.. meeting.Agenda.Where(item => item.IsClosed && mayHear(item)).SelectMany(protocol.Hidden)];
    }

    private IEnumerable<ProtocolLine> Hidden(AgendaItem item)
    {
        if (item.Text.Length > 0)
        {
            yield return new ProtocolLine(Words("Protocol.Screened.Told", item.Number), item.Text);
        }

        foreach (var proposal in _meeting.Proposals.Where(proposal => proposal.ItemId == item.Id).OrderBy(proposal => proposal.Number))
        {
            yield return new ProtocolLine(Words("Protocol.Screened.Proposal", item.Number, proposal.Number), proposal.Text);
        }
    }

    private IEnumerable<ProtocolLine> Doors(AgendaItem item) => item.IsClosed ? [new ProtocolLine(Words("Protocol.Closed"), Words("Protocol.Closed.Text", Ground(item, _language)))] : [];

    private IEnumerable<MeetingSeat> Seats => _meeting.Seats.OrderBy(seat => seat.Number);

    private Protocol Write() => new(
        Words("Protocol.Title", _about.Body),
        [
            Frame(),
            new(Words("Protocol.Called"), [.. Calls().DefaultIfEmpty(Words("Protocol.Called.None")).Select(line => new ProtocolLine("", line))]),
            new(Words("Protocol.Present"), [.. Present().DefaultIfEmpty(Words("Protocol.Nobody")).Select(line => new ProtocolLine("", line))]),
            new(Words("Protocol.Away"), [.. Away().DefaultIfEmpty(Words("Protocol.Nobody")).Select(line => new ProtocolLine("", line))]),
            .. _meeting.Agenda.Select(item => new ProtocolPart(Words("Protocol.Item", item.Number, item.Title), [.. Doors(item), .. item.RoundId is { } round ? Case(item, _about.Rounds[round]) : Told(item)])),
        ]);

    private ProtocolPart Frame() => new(Words("Protocol.Frame"),
    [
        new(Words("When"), MeetingMails.When(_meeting, _language)),
        .. _meeting.Place.Length > 0 ? [new(Words("Where"), _meeting.Place)] : Array.Empty<ProtocolLine>(),
        .. _meeting.Link.Length > 0 ? [new(Words("Link"), _meeting.Link)] : Array.Empty<ProtocolLine>(),
        new(Words("Protocol.Chair"), _meeting.Chair is { } chair ? Words(chair.SeatId == _meeting.ElectedChair ? "Protocol.Chair.Elected" : "Protocol.Chair.By", Name(chair)) : Words("Protocol.Nobody")),
    ]);

    private IEnumerable<string> Calls()
    {
        foreach (var call in _meeting.Calls.OrderBy(call => call.Number))
        {
            var names = string.Join(", ", call.People.Select(person => _about.People[person].Name));
            yield return Words(call.Number == 1 ? "Protocol.Call" : "Protocol.Call.Again", Dates.Stamp(call.At, _language), names)
                + (call.LateReason.Length > 0 ? " " + Words("Protocol.Call.Late", call.LateReason) : "");
        }
    }

    private IEnumerable<string> Present() => Seats.Where(seat => seat.Attendance == Attendance.Present)
        .Select(seat => string.Join(' ', new[] { Words("Protocol.Seat", Seated(seat, _about.People, _language)) }.Concat(CameAndWent(seat)).Concat(Steps(seat))));

    private IEnumerable<string> CameAndWent(MeetingSeat seat)
    {
        if (seat.OnLeave is { } member)
        {
            yield return Words("Protocol.OnLeave", _about.People[member].Name);
        }

        if (Number(seat.FromItem) is { } from)
        {
            yield return Words("Protocol.Came", from);
        }

        if (Number(seat.UntilItem) is { } until)
        {
            yield return Words("Protocol.Left", until);
        }
    }

    // For whom a deputy met; it may differ from case to case.
    private IEnumerable<string> Steps(MeetingSeat seat)
    {
        if (seat.Role != SeatRole.Deputy)
        {
            yield break;
        }

        var steps = Decisions().SelectMany(item => _meeting.Count(item, _about.Rounds[item.RoundId!.Value]).StepsIn.Where(step => step.Seat == seat.SeatId.ToString()).Select(step => (step.For, item.Number))).ToList();
        foreach (var step in steps.GroupBy(step => step.For))
        {
            yield return Words("Protocol.MetFor", Name(Known(step.Key)), string.Join(", ", step.Select(one => one.Number)));
        }
    }

    private IEnumerable<AgendaItem> Decisions() => _meeting.Agenda.Where(item => item.RoundId is not null);

    private IEnumerable<string> Away() => Seats.Where(seat => seat.Attendance != Attendance.Present && (seat.IsOfBody || seat.Attendance is Attendance.Excused or Attendance.Absent))
        .Select(seat => Words($"Protocol.Away.{seat.Attendance}", Seated(seat, _about.People, _language)));

    private IEnumerable<ProtocolLine> Told(AgendaItem item)
    {
        if (item.Text.Length > 0)
        {
            yield return new ProtocolLine(Words("Protocol.Told"), item.IsClosed ? Words("Protocol.Screened") : item.Text);
        }

        // Nobody has taken note of anything before somebody is there.
        if (Seats.Any(seat => seat.Attendance == Attendance.Present))
        {
            yield return new ProtocolLine(Words("Protocol.Outcome"), Words("Protocol.Noted"));
        }
    }

    private IEnumerable<ProtocolLine> Case(AgendaItem item, Round round)
    {
        var count = _meeting.Count(item, round);
        var proposals = _meeting.Proposals.Where(proposal => proposal.ItemId == item.Id).OrderBy(proposal => proposal.Number).ToList();
        yield return new ProtocolLine(Words("Protocol.Version"), Words("Protocol.Version.Of", round.Version, round.Hash));
        if (_about.Proposals.GetValueOrDefault(round.Id, "") is { Length: > 0 } standing)
        {
            yield return new ProtocolLine(Words("Protocol.Standing"), standing);
        }

        foreach (var proposal in proposals)
        {
            yield return new ProtocolLine(Words("Protocol.Proposal", proposal.Number, Seated(Seats.Single(seat => seat.SeatId == proposal.By), _about.People, _language)), item.IsClosed ? Words("Protocol.Screened") : proposal.Text);
        }

        foreach (var seat in Seats.Where(seat => seat.PersonId is { } person && (item.Inhabil.Contains(person) || round.IsInhabil(person))))
        {
            yield return new ProtocolLine(Words("Protocol.Habilitet"), !item.Inhabil.Contains(seat.PersonId!.Value) && round.FoundInhabilIn(seat.PersonId.Value) is { } version ? Words("Protocol.Inhabil.Stands", Name(seat), version) : Words("Protocol.Inhabil", Name(seat)));
        }

        foreach (var step in count.StepsIn)
        {
            yield return new ProtocolLine(Words("Protocol.Deputy"), Words("Protocol.StepsIn", Name(Known(step.Seat)), Name(Known(step.For))));
        }

        foreach (var side in Sides(item, round, proposals))
        {
            yield return side;
        }

        yield return new ProtocolLine(Words("Protocol.Count"), Seats.Aggregate(count.Why.In(_language.Code()), (text, seat) => text.Replace(seat.SeatId.ToString(), Name(seat), StringComparison.Ordinal)));
        if (item.DecisionId is { } id && _about.Decisions[id] is { } decision)
        {
            yield return new ProtocolLine(Words("Protocol.Decision", decision.Reference), decision.Text);
        }

        yield return new ProtocolLine(Words("Protocol.Outcome"), Words(item.Outcome switch
        {
            CountOutcome.Approved => round.IsCompetent ? "Protocol.Approved" : "Protocol.Recommended",
            CountOutcome.Returned => "Protocol.Returned",
            _ => "Protocol.NotDecided",
        }));
    }

    // Who voted for which proposal, each with the party, and how many of each.
    private IEnumerable<ProtocolLine> Sides(AgendaItem item, Round round, IReadOnlyList<MeetingProposal> proposals)
    {
        var votes = _meeting.Votes.Where(vote => vote.ItemId == item.Id).Select(vote => (Vote: vote, Seat: Seats.Single(seat => seat.SeatId == vote.SeatId))).OrderBy(one => one.Seat.Number).ToList();
        yield return Side(Words("Protocol.For"), [.. votes.Where(one => one.Vote.Kind == AnswerKind.Approve).Select(one => one.Seat)]);
        foreach (var proposal in proposals)
        {
            yield return Side(Words("Protocol.ForProposal", proposal.Number), [.. votes.Where(one => one.Vote.Proposal == proposal.Number).Select(one => one.Seat)]);
        }

        yield return Side(Words("Protocol.Against"), [.. votes.Where(one => one.Vote is { Kind: AnswerKind.SendBack, Proposal: null }).Select(one => one.Seat)]);
        if (votes.Any(one => one.Vote.Kind == AnswerKind.Abstain))
        {
            yield return Side(Words("Protocol.Abstained"), [.. votes.Where(one => one.Vote.Kind == AnswerKind.Abstain).Select(one => one.Seat)]);
        }

        if (item.IsDecided && _meeting.Silent(item, round) is { Count: > 0 } silent)
        {
            yield return Side(Words("Protocol.Silent"), silent, "Protocol.Seats");
        }
    }

    private ProtocolLine Side(string term, IReadOnlyList<MeetingSeat> seats, string? told = null) => seats.Count == 0
        ? new ProtocolLine(term, Words("Protocol.Nobody"))
        : new ProtocolLine(term, Words(told ?? (seats.Count == 1 ? "Protocol.Side.One" : "Protocol.Side"), seats.Count, string.Join(", ", seats
            .GroupBy(seat => PartyOf(seat, _about.People)).OrderBy(party => party.Key.Length == 0).ThenBy(party => party.Key, StringComparer.Ordinal)
            .Select(party => Words("Protocol.Party", party.Key.Length == 0 ? Words("Protocol.NoParty") : party.Key, party.Count(), string.Join(", ", party.Select(Name)))))));

    private int? Number(AgendaItemId? item) => _meeting.Items.SingleOrDefault(known => known.Id == item)?.Number;

    private MeetingSeat Known(string seat) => Seats.Single(known => known.SeatId.ToString() == seat);

    private string Name(MeetingSeat seat) => seat.PersonId is { } person ? _about.People[person].Name : Words("Vacant");

    // What the seat is held for; the person's own party where the seat is for none.
    private static string PartyOf(MeetingSeat seat, IReadOnlyDictionary<PersonId, Person> people) =>
        seat.Group is { Length: > 0 } group ? group : seat.PersonId is { } person ? people[person].Party : "";

    private string Words(string key, params object[] values) => Texts.Of<MeetingWords>(_language, _writesFormerWords && key is ("Protocol.Standing" or "Protocol.Proposal" or "Protocol.For" or "Protocol.ForProposal") ? $"{key}.Former" : key, values);
}
