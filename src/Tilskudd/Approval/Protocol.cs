using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;

namespace Tilskudd.Approval;

/// <summary>
/// What a body did in a round, as its protocol tells it: the case, who was called, who answered what and for which party, habilitet, the
/// count in words and the outcome (kommuneloven § 11-4). All of it is public: no reason for inhabilitet and no address stands here.
/// </summary>
public sealed record Protocol(string Title, IReadOnlyList<ProtocolPart> Parts)
{
    /// <summary>The whole as plain text: what the leader of the body signs off.</summary>
    public string Text => string.Join("\n\n", Parts.Select(part => $"{part}").Prepend(Title));

    /// <summary>SHA-256 of the text.</summary>
    public string Hash => Canonical.Hash(Text);

    /// <param name="language">The written form of the municipality, so that there is one text, whoever reads it.</param>
    internal static Protocol Of(Round round, ProtocolCase about, Language language)
    {
        var protocol = new Writer(round, about, language).Write();
        if (round.SignedHash is not { } signed || protocol.Hash == signed)
        {
            return protocol;
        }

        // What was signed as earlier versions wrote it, stands so: in other words, and without answers that fell away with the seat; and before that, with a
        // deadline without a clock time as the first instant of the next day.
        return Former(instants: false) ?? Former(instants: true) ?? protocol;

        Protocol? Former(bool instants) => new Writer(round, about, language) { WritesAsFormerly = true, WritesInstants = instants }.Write() is var former && former.Hash == signed ? former : null;
    }

    /// <summary>What the body decided in its meetings, line by line.</summary>
    internal static ProtocolPart Decided(IEnumerable<Decision> decisions, Language language) => new(
        Texts.Of<ProtocolWords>(language, "Meeting"),
        [.. decisions.Select(decision => new ProtocolLine(
            Texts.Of<ProtocolWords>(language, "Meeting.Item", Dates.WithYear(decision.DecidedOn, language), decision.Reference),
            Texts.Of<ProtocolWords>(language, decision.IsApproved ? "Meeting.Approved" : "Meeting.NotApproved", decision.Text)))]);

    /// <summary>What was decided of a member's habilitet, in words, without the reason.</summary>
    internal static string Told(Round round, Doubt doubt, IReadOnlyDictionary<PersonId, Person> people, Language language) =>
        new Writer(round, new ProtocolCase("", "", "", people, []), language).Decision(doubt);

    /// <summary>What those who reported doubt about their habilitet gave as their reason. It is restricted, and stands in no protocol.</summary>
    internal static IReadOnlyList<ProtocolLine> Reasons(Round round, IReadOnlyDictionary<PersonId, Person> people) =>
        [.. round.Doubts.Where(doubt => doubt.Reason.Length > 0).OrderBy(doubt => doubt.Number).Select(doubt => new ProtocolLine(people[doubt.PersonId].Name, doubt.Reason)).Distinct()];

    private sealed class Writer(Round round, ProtocolCase about, Language language)
    {
        private readonly CountResult _count = round.Count();
        private readonly Dictionary<SeatId, RoundAnswer> _standing = round.Standing.ToDictionary(answer => answer.SeatId);

        public bool WritesInstants { get; init; }

        public bool WritesAsFormerly { get; init; }

        private List<RoundSeat> Seats { get; } = [.. round.Seats.OrderBy(seat => seat.Number)];

        // The seats of the body, and the deputies who stepped in.
        private IEnumerable<RoundSeat> Called => Seats.Where(seat => seat.Role is SeatRole.Leader or SeatRole.DeputyLeader or SeatRole.Member || round.Entitled.Contains(seat) || seat.InhabilAt is not null || seat.AbsentAt is not null);

        public Protocol Write() => new(
            Words(round.IsOpen ? "Title.Provisional" : "Title", about.Body),
            [
                Case(),
                new(Words("Called"), [.. Called.Select(seat => new ProtocolLine("", Seated(seat)))]),
                new(Words(round.TakesPositionsOnly ? "Positions" : "Answers"), [.. round.Entitled.Select(seat => new ProtocolLine(Seated(seat), Answered(seat)))]),
                .. Parties(),
                Outside(),
                .. Observers(),
                .. Counted(),
                new(Words("Outcome"), [new("", Words($"Outcome.{Outcome}"))]),
                .. about.Decisions.Count == 0 ? Array.Empty<ProtocolPart>() : [Decided(about.Decisions, language)],
            ]);

        private string Outcome => round.IsOpen ? "Open" : round.Outcome switch
        {
            null => "Withdrawn",
            CountOutcome.Approved when !round.IsCompetent => "Recommended",
            { } outcome => $"{outcome}",
        };

        private ProtocolPart Case() => new(Words("Case"),
        [
            new(Words("Case.Name"), about.Title),
            new(Words("Case.Version"), $"{round.Version}"),
            new(Words("Case.Hash"), round.Hash),
            .. about.Proposal.Length == 0 ? Array.Empty<ProtocolLine>() : [new(Words("Case.Proposal"), about.Proposal)],
            new(Words("Case.Mode"), Words($"Mode.{round.Mode}")),
            new(Words("Case.Rules"), Words($"Regime.{round.Regime}")),
            new(Words("Case.Opened"), Dates.Stamp(round.OpenedAt, language)),
            .. round.DueAt is { } due ? [new(Words("Case.Due"), WritesInstants ? Dates.Stamp(due, language) : Shown.Due(due, language))] : Array.Empty<ProtocolLine>(),
            .. round.ClosedAt is { } closed ? [new(Words("Case.Closed"), Dates.Stamp(closed, language))] : Array.Empty<ProtocolLine>(),
        ]);

        // The answer that stands, and those that were changed or taken back.
        private string Answered(RoundSeat seat)
        {
            var standing = _standing.GetValueOrDefault(seat.SeatId);
            return string.Join(' ',
            [
                .. standing is null ? [Words(round.IsOpen ? "Answer.Awaited" : "Answer.None")] : Told(standing),
                .. round.Answers.Where(other => other.SeatId == seat.SeatId && other != standing).OrderBy(other => other.Number)
                    .Select(other => (other.PersonId == seat.PersonId || other.PersonId == seat.OnLeave ? "" : about.People[other.PersonId].Name + ": ") + Words(other.RetractedAt is null ? "Answer.Earlier" : "Answer.Retracted", Reply(other.Kind), Dates.Stamp(other.At, language))),
            ]);
        }

        private IEnumerable<string> Told(RoundAnswer answer)
        {
            var channel = answer.Channel is { } known ? Texts.Of<ApprovalWords>(language, $"Channel.{known}") : "";
            yield return Words("Answer", Reply(answer.Kind), Dates.Stamp(answer.At, language), Texts.Of<ApprovalWords>(language, $"Assurance.{answer.Assurance}", channel));
            if (answer is { RegisteredBy: { } by, GivenOn: { } on })
            {
                yield return Words("Answer.Given", Dates.WithYear(on, language), about.People[by].Name);
            }

            if (answer.Remark.Length > 0)
            {
                yield return Words("Answer.Remark", answer.Remark);
            }
        }

        // Which parties voted for what; left out where nobody stands for one.
        private IEnumerable<ProtocolPart> Parties()
        {
            var given = Seats.Where(seat => _standing.ContainsKey(seat.SeatId)).ToList();
            return given.All(seat => Party(seat).Length == 0) ? [] :
            [
                new(Words("Parties"),
                [
                    .. given.GroupBy(seat => Side(_standing[seat.SeatId].Kind)).OrderBy(side => Array.IndexOf(Sides, side.Key))
                        .Select(side => new ProtocolLine(Words($"Side.{side.Key}"), string.Join(", ", side
                            .GroupBy(Party).OrderBy(party => party.Key.Length == 0).ThenBy(party => party.Key, StringComparer.Ordinal)
                            .Select(party => Words("Side.Count", party.Key.Length == 0 ? Words("NoParty") : party.Key, party.Count()))))),
                ]),
            ];
        }

        private static string[] Sides { get; } = ["For", "Against", "Abstained", "Meeting"];

        private static string Side(AnswerKind kind) => kind switch
        {
            AnswerKind.Approve or AnswerKind.ApproveWithRemark => "For",
            AnswerKind.SendBack => "Against",
            AnswerKind.Abstain => "Abstained",
            AnswerKind.ObjectToWritten => "Meeting",
        };

        // Who took no part, and who stepped in; never why.
        private ProtocolPart Outside()
        {
            List<string> lines =
            [
                .. round.Doubts.OrderBy(doubt => doubt.Number).Select(doubt => doubt.FoundInVersion is null ? Raised(doubt) + " " + Decision(doubt) : Decision(doubt)),
                .. Seats.Where(seat => seat is { AbsentAt: not null, InhabilAt: null }).Select(seat => Words("Outside.Absent", Seated(seat))),
                .. WritesAsFormerly ? [] : Fallen(),
                .. Seats.Where(seat => seat.OnLeave is not null).Select(seat => Words("Outside.Leave", about.People[seat.OnLeave!.Value].Name, Dates.WithYear(seat.LeaveUntil!.Value, language))),
                .. Seats.Where(seat => seat.CalledFor is not null).Select(seat => Words("Outside.Leave", about.People[round.InsteadOf(seat)!.Value].Name, Dates.WithYear(seat.LeaveUntil!.Value, language))),
                .. Called.Where(seat => seat is { InhabilAt: null, AbsentAt: null } && seat.PersonId is { } person && round.Drafters.Contains(person)).Select(seat => Words("Outside.Drafter", Seated(seat))),
                .. _count.StepsIn.Select(step => Words("Outside.StepsIn", Seated(Known(step.Seat)), Name(Known(step.For)))),
            ];
            return new(Words("Outside"), [.. lines.DefaultIfEmpty(Words("Outside.None")).Select(line => new ProtocolLine("", line))]);
        }

        // Who answered and is out since has no line among the answers.
        private IEnumerable<string> Fallen()
        {
            var away = Seats.Except(round.Entitled).Select(seat => seat.SeatId).ToHashSet();
            return round.Answers.Where(answer => away.Contains(answer.SeatId)).OrderBy(answer => answer.Number)
                .Select(answer => Words("Outside.Answered", about.People[answer.PersonId].Name, Reply(answer.Kind), Dates.Stamp(answer.At, language)));
        }

        private string Raised(Doubt doubt) => (doubt.TakenUpBy is null, doubt.RaisedInVersion) switch
        {
            (true, null) => Words("Outside.Doubt", Doubter(doubt), Dates.Stamp(doubt.RaisedAt, language)),
            (true, { } version) => Words("Outside.Doubt.Earlier", Doubter(doubt), Dates.Stamp(doubt.RaisedAt, language), version),
            (false, null) => Words("Outside.Anew", Doubter(doubt), Dates.Stamp(doubt.RaisedAt, language)),
            (false, { } version) => Words("Outside.Anew.Earlier", Doubter(doubt), Dates.Stamp(doubt.RaisedAt, language), version),
        };

        // One who stood in for a member may have left the seat since.
        private string Doubter(Doubt doubt) => Known(doubt.SeatId) is var seat && seat.PersonId == doubt.PersonId ? Seated(seat) : about.People[doubt.PersonId].Name;

        // Who decided, what, and with which votes. That it was asked and decided is public.
        public string Decision(Doubt doubt)
        {
            if (doubt.DecidedAt is not { } at)
            {
                return Words("Doubt.Undecided");
            }

            var (found, when) = (doubt.IsInhabil == true ? "Inhabil" : "Habil", Dates.Stamp(at, language));
            if (doubt.FoundInVersion is { } version)
            {
                return Words($"Doubt.Stands.{found}{(IsTakenUp(doubt) ? ".Anew" : "")}", Doubter(doubt), version, when);
            }

            if (doubt is not { For: { } votesFor, Against: { } votesAgainst })
            {
                return doubt.DecidedBy is { } decider ? Words($"Doubt.InLine.{found}", when, Seated(Known(decider))) : Words($"Doubt.Superior.{found}", when, doubt.Superior);
            }

            return string.Join(' ',
            [
                Words($"Doubt.{found}", when, votesFor, votesAgainst),
                .. doubt.CastingVote ? [Words("Doubt.CastingVote")] : Array.Empty<string>(),
                .. doubt.AllTookPart ? [Words("Doubt.AllTookPart")] : Array.Empty<string>(),
                .. Votes("Doubt.VotesFor", doubt.VotesFor), .. Votes("Doubt.VotesAgainst", doubt.VotesAgainst),
                .. doubt.Reference.Length > 0 ? [Words("Doubt.Reference", doubt.Reference)] : Array.Empty<string>(),
            ]);
        }

        // It did not stand to the end where it was decided anew.
        private bool IsTakenUp(Doubt finding) => round.Doubts.Any(other => other.PersonId == finding.PersonId && other.Number > finding.Number && other.IsDecided);

        private IEnumerable<string> Votes(string key, IReadOnlyList<SeatId> seats) => seats.Count == 0 ? [] : [Words(key, string.Join(", ", Seats.Where(seat => seats.Contains(seat.SeatId)).Select(Name)))];

        private IEnumerable<ProtocolPart> Observers() => round.Observers.Any()
            ? [new(Words("Observers"), [.. round.Observers.Select(seat => new ProtocolLine("", Words("Observers.Line", Name(seat))))])]
            : [];

        // A round that was withdrawn came to nothing, so there is nothing to count.
        private IEnumerable<ProtocolPart> Counted() => round is { IsOpen: false, Outcome: null } ? [] :
            [new(Words("Count"), [new("", round.TakesPositionsOnly ? Words("Count.Positions") : Named(_count.Why.In(language.Code())))])];

        // The count knows only the seats.
        private string Named(string why) => Seats.Aggregate(why, (text, seat) => text.Replace(seat.SeatId.ToString(), Name(seat), StringComparison.Ordinal));

        private RoundSeat Known(SeatId seat) => Seats.Single(known => known.SeatId == seat);

        private RoundSeat Known(string seat) => Seats.Single(known => known.SeatId.ToString() == seat);

        private string Seated(RoundSeat seat) => Words($"Seat.{seat.Role}", Party(seat) is { Length: > 0 } party ? Words("Seat.Party", Name(seat), party) : Name(seat));

        private string Name(RoundSeat seat) => seat.PersonId is not { } person ? Words("Vacant")
            : round.InsteadOf(seat) is { } member ? Words("InsteadOf", about.People[person].Name, about.People[member].Name)
            : about.People[person].Name;

        // What the seat is held for was copied into the round; the person's own party may have changed since.
        private string Party(RoundSeat seat) => seat.Group is { Length: > 0 } group ? group : seat.PersonId is { } person ? about.People[person].Party : "";

        private string Reply(AnswerKind kind) => Texts.Of<ApprovalWords>(language, $"Answer.{kind}");

        private string Words(string key, params object[] values) => Texts.Of<ProtocolWords>(language, WritesAsFormerly && key is ("Case.Proposal" or "Outcome.NotQuorate" or "Doubt.AllTookPart") ? $"{key}.Former" : key, values);
    }
}

/// <summary>A part of a protocol with its heading.</summary>
public sealed record ProtocolPart(string Heading, IReadOnlyList<ProtocolLine> Lines)
{
    public override string ToString() => string.Join('\n', Lines.Select(line => $"{line}").Prepend(Heading));
}

/// <summary>A line of a protocol.</summary>
/// <param name="Term">What or whom it is about; empty where the text says it all.</param>
public sealed record ProtocolLine(string Term, string Text)
{
    public override string ToString() => Term.Length == 0 ? Text : $"{Term}: {Text}";
}

/// <summary>What a protocol needs to know beside the round.</summary>
/// <param name="Body">The body's name.</param>
/// <param name="Title">The case.</param>
/// <param name="Proposal">The text members answered to; empty where there is none.</param>
/// <param name="Decisions">What the body has decided in a meeting since, and was known when the protocol was signed.</param>
internal sealed record ProtocolCase(string Body, string Title, string Proposal, IReadOnlyDictionary<PersonId, Person> People, IReadOnlyList<Decision> Decisions);
