using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Notices.Inbound;

namespace Tilskudd.Meetings;

/// <summary>A meeting as one reader meets it.</summary>
/// <param name="Leads">The reader plans and writes; the others read.</param>
public sealed record MeetingRow(Meeting Meeting, Body Body, bool Leads)
{
    public required PersonId Reader { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Everyone who is named.</summary>
    public required IReadOnlyDictionary<PersonId, Person> People { get; init; }

    public required IReadOnlyDictionary<RoundId, Round> Rounds { get; init; }

    public required IReadOnlyDictionary<DecisionId, Decision> Decisions { get; init; }

    /// <summary>Cases that can be put on the agenda; none for those who only read.</summary>
    public IReadOnlyList<Choice> Cases { get; init; } = [];

    /// <summary>The last day the body can be called and have its notice; null where nothing is demanded.</summary>
    public LocalDate? LastDay { get; init; }

    /// <summary>A call to the whole body now would be later than that.</summary>
    public bool IsLate { get; init; }

    /// <summary>Those who are not called to the meeting as it is.</summary>
    public IReadOnlyList<PersonId> ToCall { get; init; } = [];

    /// <summary>Those who were called, are not needed any more, and have not been told; only for who leads.</summary>
    public IReadOnlyList<PersonId> ToLetGo { get; init; } = [];

    /// <summary>What has come back on the calls; none for those who only read.</summary>
    public IReadOnlyList<NewsRow> News { get; init; } = [];

    /// <summary>Calls that did not arrive; none for those who only read.</summary>
    public IReadOnlyList<PageLink> NotArrived { get; init; } = [];

    /// <summary>The reader can send them again.</summary>
    public bool MaySendAgain { get; init; }

    public string Path => PathOf(Meeting.Id);

    /// <summary>The page of the programme the body decides for; null for one who no longer sees it.</summary>
    public Crumb? Programme { get; init; }

    /// <summary>The way here.</summary>
    /// <param name="below">Pages below the meeting's own, the page itself last.</param>
    public IReadOnlyList<Crumb> Crumbs(params Crumb[] below) => [.. Programme is { } programme ? new[] { programme } : [], new Crumb(Texts.Of<MeetingWords>("Title", Body.Name), Path), .. below];

    /// <summary>The way to the page of an item, and further.</summary>
    public IReadOnlyList<Crumb> Crumbs(AgendaItem item, params Crumb[] below) => Crumbs([new Crumb(Texts.Of<MeetingWords>("Item", item.Number, item.Title), PathOf(item)), .. below]);

    /// <summary>"tirsdag 17. september 2024 kl. 12.00".</summary>
    public string When => Dates.OnOneLine(MeetingMails.When(Meeting, Languages.Current));

    /// <summary>Agenda and time can be changed, and people called.</summary>
    public bool IsOpen => Meeting is { CancelledAt: null, SignedAt: null, IsUnderWay: false };

    /// <summary>What happens in it can be written down.</summary>
    public bool MayHold => Leads && Meeting is { CancelledAt: null, SignedAt: null };

    /// <summary>People can be called: it is planned and has not begun.</summary>
    public bool MayCall => Leads && IsOpen && Now < Meeting.StartsAt;

    public bool NamesInvented => Meeting.Seats.Any(seat => seat.PersonId is { } person && People[person].IsInvented);

    /// <summary>The state of the meeting, by the key of its words.</summary>
    public string State => Meeting switch
    {
        { CancelledAt: not null } => "Off",
        { SignedAt: not null } => "Signed",
        { IsUnderWay: true } => Dates.On(Meeting.StartsAt) < Dates.On(Now) ? "Held" : "UnderWay",
        { IsCalledToAnother: true } => "Stale",
        { IsCalled: true } => "Called",
        _ => "Planned",
    };

    public Tone Tone => State switch
    {
        "Off" => Tone.Danger,
        "Signed" => Tone.Success,
        "Stale" or "Held" => Tone.Warning,
        "Called" or "UnderWay" => Tone.Info,
        _ => Tone.Neutral,
    };

    public static string PathOf(MeetingId id) => $"/mote/{id}";

    public string Name(PersonId person) => People[person].Name;

    public string Name(MeetingSeat seat) => seat.PersonId is { } person ? People[person].Name : Texts.Of<MeetingWords>("Vacant");

    /// <summary>"Kari Nordby, Ola Nordby", in the order of the seats.</summary>
    public string Names(IEnumerable<MeetingSeat> seats) => string.Join(", ", seats.OrderBy(seat => seat.Number).Select(Name));

    /// <summary>"Kari Nordby (A), leder".</summary>
    public string Seated(MeetingSeat seat) => MeetingProtocol.Seated(seat, People, Languages.Current) + (seat.OnLeave is { } member ? ", " + Texts.Of<MeetingWords>("Instead", People[member].Name) : "");

    /// <summary>A text of the count with people's names; the count knows only their seats.</summary>
    public string Named(string counted) => SeatNames.In(counted, Meeting.Seats.Select(seat => ($"{seat.SeatId}", Name(seat))));

    /// <summary>Whether the reader may know what is said of an item: behind closed doors only those who hear it, and those who write it down.</summary>
    public bool MayHear(AgendaItem item) => !item.IsClosed || Leads || Meeting.MayHear(Reader, item, item.RoundId is { } round ? Rounds[round] : null);

    /// <summary>Remarks of those who answered in writing before the case was left to a meeting, each with the member's name: among them why a meeting is asked for.</summary>
    public IReadOnlyList<string> Said(AgendaItem item) => item.RoundId is { } id && Rounds[id] is { Mode: Mode.Written, Outcome: CountOutcome.ToMeeting or CountOutcome.NotQuorate } round
        ? [.. round.Standing.Where(answer => answer.Remark.Length > 0).Select(answer => Texts.Of<MeetingWords>("Said.Line", People[answer.PersonId].Name, Texts.Of<ApprovalWords>($"Answer.{answer.Kind}"), answer.Remark))]
        : [];

    public string PathOf(AgendaItem item) => $"{Path}/saker/{item.Id}";

    /// <summary>Where the case can be read: as the body is asked, while the reader is asked; and as the version itself.</summary>
    public IEnumerable<PageLink> Papers(AgendaItem item)
    {
        if (item.RoundId is not { } id || Rounds[id] is not { } round)
        {
            yield break;
        }

        if (round.IsOpen && round.Seats.Any(seat => seat.PersonId == Reader))
        {
            yield return new PageLink(Texts.Of<MeetingWords>("Paper.Case"), $"/godkjenning/{round.Id}");
        }

        if (round.DocumentKind == DocumentKind.Handlingsplan)
        {
            yield return new PageLink(Texts.Of<MeetingWords>("Paper.Plan", round.Version), $"/plan/{round.DocumentId}/utskrift?versjon={round.Version}");
        }
        else if (round.DocumentKind == DocumentKind.Rapport)
        {
            yield return new PageLink(Texts.Of<MeetingWords>("Paper.Rapport"), $"/rapport/{round.DocumentId}");
        }
    }
}

/// <summary>A meeting that is to be planned.</summary>
/// <param name="Round">A case the agenda begins with; null where it begins empty.</param>
/// <param name="Case">Its title.</param>
public sealed record NewMeetingRow(Guid Body, string BodyName, Guid? Round, string Case)
{
    /// <summary>The page of the programme the body decides for.</summary>
    public required Crumb Programme { get; init; }
}
