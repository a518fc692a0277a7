using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>A protocol as one reader meets it.</summary>
public sealed record ProtocolRow(Guid Id, Protocol Protocol, bool IsOpen)
{
    /// <summary>The written form of the protocol itself: <c>nb</c> or <c>nn</c>.</summary>
    public required string TextLanguage { get; init; }

    public required string Municipality { get; init; }

    public required string Programme { get; init; }

    /// <summary>The page of its run, for those who lead it or look after all; else null.</summary>
    public string? Process { get; init; }

    /// <summary>Restricted: why those who are inhabil are so. Null for who may not see it.</summary>
    public IReadOnlyList<ProtocolLine>? Reasons { get; init; }

    /// <summary>What was registered from meetings after the protocol was signed.</summary>
    public ProtocolPart? Later { get; init; }

    /// <summary>Who signs it, or has signed; null where neither the leader nor the deputy leader took part.</summary>
    public string? Chair { get; init; }

    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>The hash that was signed.</summary>
    public string? SignedHash { get; init; }

    /// <summary>The round has come to something, and nobody has signed yet.</summary>
    public bool WaitsForChair { get; init; }

    /// <summary>The reader is who signs.</summary>
    public bool IsChair { get; init; }

    /// <summary>A link in a mail is enough to read, and not to sign.</summary>
    public bool IsSignedIn { get; init; }

    /// <summary>Some who are named stand in no source.</summary>
    public bool NamesInvented { get; init; }
}

/// <summary>Reads the protocol of a round for those who may see it. Writes nothing.</summary>
internal sealed class ReadProtocol(IDbContextFactory<TilskuddDb> databases, SiteAddress site, TimeProvider clock)
{
    /// <summary>The protocol; or what to answer those who may not know whether it exists.</summary>
    public async Task<(ProtocolRow? Row, IResult? Refused)> For(HttpContext context, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Visitor.Of(context, db, site, new RoundId(id), clock.GetUtcNow(), ct) is not { } visitor)
        {
            return (null, new Refused(StatusCodes.Status404NotFound, Texts.Of<ApprovalWords>("OpenAgain"), AskForLink.Form));
        }

        if (await db.Set<Round>().SingleOrDefaultAsync(round => round.Id == new RoundId(id), ct) is not { } round)
        {
            return (null, Refused.NotFound);
        }

        var run = await StepRounds.RunOf(db, round, ct);
        var signedIn = context.SignedIn();
        var leads = signedIn is not null && await CloseRound.Leads(db, run, signedIn.Id, OsloTime.On(clock.GetUtcNow()).Date, ct);
        var looksAfter = leads || signedIn?.Has(Role.Administrator) == true;
        if (signedIn is not null && MaySee(round, signedIn.Id, looksAfter))
        {
            return (await Row(db, run, round, signedIn.Id, leads, looksAfter, isSignedIn: true, ct), null);
        }

        return visitor.Found is { End: null or LinkEnd.RoundClosed or LinkEnd.OtherBoardReturned } && MaySee(round, visitor.Person, looksAfter: false)
            ? (await Row(db, run, round, visitor.Person, leads: false, looksAfter: false, isSignedIn: false, ct), null)
            : (null, Refused.NotFound);
    }

    /// <summary>Whether a person may see a round's protocol: those of the body when it has ended, and before that who leads it, but never a member who has yet to answer.</summary>
    /// <param name="looksAfter">The person leads rounds of what it is about, or is an administrator.</param>
    public static bool MaySee(Round round, PersonId reader, bool looksAfter) => round.IsOpen
        ? looksAfter && !round.MayYetAnswer(reader)
        : looksAfter || round.Seats.Any(seat => seat.PersonId == reader || seat.OnLeave == reader);

    /// <summary>The protocol as it is now, in the municipality's written form, and what has been decided in meetings since it was signed.</summary>
    public static async Task<(Protocol Protocol, ProtocolPart? Later, Language Language, ProtocolCase Case)> Of(TilskuddDb db, Run run, Round round, DateTimeOffset now, CancellationToken ct)
    {
        var written = await db.Programmes.Where(programme => programme.Id == run.ProgrammeId)
            .Join(db.Municipalities, programme => programme.MunicipalityId, municipality => municipality.Id, (_, municipality) => municipality.Language).SingleAsync(ct);
        var language = written == Language.Nn.Code() ? Language.Nn : Language.Nb;
        var body = await db.Bodies.IgnoreAutoIncludes().Where(body => body.Id == round.BodyId).Select(body => body.Name).SingleAsync(ct);
        var title = (await MailFacts.Document(db, round.DocumentKind, round.DocumentId, language, now, ct)).Title;
        var people = await ReadRound.PeopleOf(db, round, round.SignedBy, ct);
        var decided = (await Decided(db, round, ct)).ToLookup(decision => round.SignedAt is null || decision.RegisteredAt <= round.SignedAt);
        var about = new ProtocolCase(body, title, await Proposal(db, round, body, title, language, ct), people, [.. decided[true]]);
        return (Protocol.Of(round, about, language), decided[false].Any() ? Protocol.Decided(decided[false], language) : null, language, about);
    }

    private async Task<ProtocolRow> Row(TilskuddDb db, Run run, Round round, PersonId reader, bool leads, bool looksAfter, bool isSignedIn, CancellationToken ct)
    {
        var (protocol, later, language, about) = await Of(db, run, round, clock.GetUtcNow(), ct);
        var chair = round.SignedBy ?? round.Chair?.PersonId;
        var place = await db.Programmes.Where(programme => programme.Id == run.ProgrammeId)
            .Join(db.Municipalities, programme => programme.MunicipalityId, municipality => municipality.Id, (programme, municipality) => new { Municipality = municipality.Name, Programme = programme.Name }).SingleAsync(ct);
        return new ProtocolRow(round.Id.Value, protocol, round.IsOpen)
        {
            TextLanguage = language.Code(),
            Municipality = place.Municipality,
            Programme = place.Programme,
            Process = looksAfter ? $"/prosess/{run.Id}" : null,
            Reasons = leads && round.Doubts.Count > 0 ? Protocol.Reasons(round, about.People) : null,
            Later = later,
            Chair = chair is { } person ? about.People[person].Name : null,
            SignedAt = round.SignedAt,
            SignedHash = round.SignedHash,
            WaitsForChair = round is { Outcome: not null, SignedAt: null },
            IsChair = chair == reader,
            IsSignedIn = isSignedIn,
            NamesInvented = round.Seats.Any(seat => seat.PersonId is { } seated && about.People[seated].IsInvented),
        };
    }

    // What was registered from the body's meeting on what it had before it here.
    private static async Task<IReadOnlyList<Decision>> Decided(TilskuddDb db, Round round, CancellationToken ct) => round.ClosedAt is not { } closed ? [] :
        await db.Set<Decision>()
            .Where(decision => decision.DocumentKind == round.DocumentKind && decision.DocumentId == round.DocumentId && decision.Version == round.Version && decision.BodyId == round.BodyId && decision.RegisteredAt >= closed)
            .OrderBy(decision => decision.RegisteredAt).ThenBy(decision => decision.Id).ToListAsync(ct);

    /// <summary>The text members answer to; empty where there is none.</summary>
    public static async Task<string> Proposal(TilskuddDb db, Round round, string body, string title, Language language, CancellationToken ct) =>
        (await Proposals(db, [(round, title)], body, language, ct))[round.Id];

    /// <summary>The texts members of a body answer to in some rounds, asked for all at once; empty where there is none.</summary>
    /// <param name="cases">The rounds, each with the title of its case.</param>
    public static async Task<IReadOnlyDictionary<RoundId, string>> Proposals(TilskuddDb db, IReadOnlyCollection<(Round Round, string Title)> cases, string body, Language language, CancellationToken ct)
    {
        var plans = await ReadRound.Plans(db, Of(DocumentKind.Handlingsplan), ct);
        var rapporter = await ReadRound.Rapporter(db, Of(DocumentKind.Rapport), ct);
        return cases.ToDictionary(one => one.Round.Id, one => one.Round.DocumentKind switch
        {
            DocumentKind.Handlingsplan => plans[one.Round.Id].Proposal,
            DocumentKind.Rapport => Told(rapporter[one.Round.Id], one.Title),
            DocumentKind.Evaluation or DocumentKind.Tilskuddsbrev or DocumentKind.Change => "",
        });

        IReadOnlyCollection<Round> Of(DocumentKind kind) => [.. cases.Select(one => one.Round).Where(round => round.DocumentKind == kind)];

        string Told(RapportContent rapport, string title) => Texts.Of<ApprovalWords>(
            language, "Proposal.Rapport", body, title, new Money(rapport.SpentOre).ToKroner(language.Culture()), new Money(rapport.UnspentOre).ToKroner(language.Culture()));
    }
}
