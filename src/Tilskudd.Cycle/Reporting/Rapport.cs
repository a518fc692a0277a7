using NodaTime;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Reporting;

/// <summary>What came of a tiltak, and what was spent on it from the source the report is about.</summary>
public sealed class TiltakResult
{
    private TiltakResult() { }

    internal TiltakResult(TiltakId tiltak, int number, string name, Money planned) => (TiltakId, Number, Name, Planned) = (tiltak, number, name, planned);

    public TiltakId TiltakId { get; private set; }

    public int Number { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The budget line of the approved plan.</summary>
    public Money Planned { get; private set; }

    public string Text { get; private set; } = "";

    public Money? Spent { get; private set; }

    internal void Write(string text, Money? spent) => (Text, Spent) = (text, spent);
}

/// <summary>What becomes of unspent money.</summary>
public enum Settlement
{
    CarriedOver,
    Repaid,
}

/// <summary>A report as it was shown to those who decide; it never changes.</summary>
public sealed class RapportVersion
{
    private RapportVersion() { }

    internal RapportVersion(VersionId id, int number, string content, PersonId by, DateTimeOffset at) =>
        (Id, Number, Content, Hash, FrozenBy, FrozenAt) = (id, number, content, Canonical.Hash(content), by, at);

    public VersionId Id { get; private set; }

    public int Number { get; private set; }

    public string Content { get; private set; } = "";

    public string Hash { get; private set; } = "";

    public PersonId FrozenBy { get; private set; }

    public DateTimeOffset FrozenAt { get; private set; }
}

/// <summary>Report and accounts for one letter: results per tiltak, and money that closes to the øre (domain.md section 10).</summary>
public sealed class Rapport
{
    public const int LongestText = 4_000;

    private readonly List<TiltakResult> _results = [];
    private readonly List<RapportVersion> _versions = [];

    private Rapport() { }

    private Rapport(RapportId id, GrantId grant, PlanUnitId unit, GrantYear year, Money granted, Money carriedIn) =>
        (Id, GrantId, PlanUnitId, Year, Granted, CarriedIn) = (id, grant, unit, year, granted, carriedIn);

    public RapportId Id { get; private set; }

    public GrantId GrantId { get; private set; }

    public PlanUnitId PlanUnitId { get; private set; }

    public GrantYear Year { get; private set; }

    /// <summary>The letter's amount, copied: the accounts are for that letter.</summary>
    public Money Granted { get; private set; }

    /// <summary>Unspent money of the year before that came with consent (domain.md 2.2, Drammen 2021).</summary>
    public Money CarriedIn { get; private set; }

    public string Summary { get; private set; } = "";

    public int Revision { get; private set; }

    public DateTimeOffset SavedAt { get; private set; }

    public PersonId? SavedBy { get; private set; }

    /// <summary>Everyone who has written in it or sent it on. They neither check it nor decide on it.</summary>
    public List<PersonId> Writers { get; private set; } = [];

    public string AuditorStatement { get; private set; } = "";

    public LocalDate? AuditedOn { get; private set; }

    public int? ApprovedVersion { get; private set; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    public DateTimeOffset? ReceivedAt { get; private set; }

    public string Journal { get; private set; } = "";

    public DateTimeOffset? CorrectionAskedAt { get; private set; }

    public string Correction { get; private set; } = "";

    public DateTimeOffset? AcceptedAt { get; private set; }

    public Settlement? Settled { get; private set; }

    public Money? SettledAmount { get; private set; }

    public LocalDate? SettledOn { get; private set; }

    public IReadOnlyList<TiltakResult> Results => _results;

    public IReadOnlyList<RapportVersion> Versions => _versions;

    public RapportVersion? LatestVersion => _versions.OrderBy(v => v.Number).LastOrDefault();

    /// <summary>What the year had to spend: granted + carried in.</summary>
    public Money Available => Granted + CarriedIn;

    /// <summary>What has been spent on all tiltak, so far as it is written down.</summary>
    public Money Spent => _results.Aggregate(Money.Zero, (sum, result) => sum + (result.Spent ?? Money.Zero));

    /// <summary>What is left to carry over or repay: granted + carried in − spent.</summary>
    public Money Unspent => Available - Spent;

    /// <summary>Opens the report with a line for every tiltak the approved plan gave money from the source.</summary>
    /// <param name="carriedIn">What last year's report on the same source carried over for this unit; nought or more.</param>
    /// <exception cref="InvalidOperationException">No letter is registered: there is nothing to account for.</exception>
    public static Rapport Open(RapportId id, Grant grant, HandlingsplanContent approved, Money carriedIn, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(carriedIn.Ore, nameof(carriedIn));
        var letter = grant.Letter ?? throw new InvalidOperationException($"Grant {grant.Id} has no letter to report on.");
        var rapport = new Rapport(id, grant.Id, grant.PlanUnitId, grant.Year, letter.Amount, carriedIn) { SavedAt = at };
        foreach (var tiltak in approved.Tiltak.Where(t => t.BudgetOre.ContainsKey(grant.SourceId.Value)).OrderBy(t => t.Number))
        {
            rapport._results.Add(new TiltakResult(new TiltakId(tiltak.Id), tiltak.Number, tiltak.Name, new Money(tiltak.BudgetOre[grant.SourceId.Value])));
        }

        return rapport;
    }

    /// <summary>
    /// Saves what the coordinator wrote; a report under work may be incomplete, but never spend what it does not have. What already
    /// stands so is no change, however old the form: it was posted twice.
    /// </summary>
    public Refusal? Write(string summary, IReadOnlyDictionary<TiltakId, (string Text, Money? Spent)> results, int revision, PersonId by, DateTimeOffset at)
    {
        if (Says(summary, results))
        {
            return null;
        }

        if (revision != Revision)
        {
            return new RapportRefusal.ChangedMeanwhile(SavedAt);
        }

        if (TooLong("sammendrag", summary) is { } tooLong)
        {
            return tooLong;
        }

        if (Wrong(results) is { } refusal)
        {
            return refusal;
        }

        Summary = Prose.Of(summary);
        foreach (var result in _results.Where(r => results.ContainsKey(r.TiltakId)))
        {
            result.Write(Prose.Of(results[result.TiltakId].Text), results[result.TiltakId].Spent);
        }

        Revision++;
        (SavedBy, SavedAt) = (by, at);
        Wrote(by);
        return null;
    }

    /// <summary>What is missing before the report can be checked and decided; each with its tiltak's number, or 0 for the summary; in the order they are written in.</summary>
    public IReadOnlyList<RapportFault> Faults() =>
    [
        .. Prose.IsBlank(Summary) ? new[] { new RapportFault(0, "", RapportFaultKind.NoSummary) } : [],
        .. _results.OrderBy(r => r.Number).SelectMany(Missing),
    ];

    /// <summary>Makes the report as it stands into a version people can decide on, unless it equals the latest.</summary>
    public Refusal? Freeze(VersionId id, PersonId by, DateTimeOffset at)
    {
        var faults = Faults();
        if (faults.Count > 0)
        {
            return new RapportRefusal.NotReady(faults);
        }

        Wrote(by);
        var content = RapportContent.Of(this).Text();
        if (LatestVersion?.Hash != Canonical.Hash(content))
        {
            _versions.Add(new RapportVersion(id, _versions.Count + 1, content, by, at));
        }

        return null;
    }

    private void Wrote(PersonId by)
    {
        if (!Writers.Contains(by))
        {
            Writers.Add(by);
        }
    }

    /// <summary>Whether an auditor must sign: from the letter's amount, else the setting's (domain.md 1.3).</summary>
    public bool NeedsAuditor(Tilskuddsbrev letter, Limits limits) => Granted >= (letter.AuditorFrom ?? limits.AuditorFrom);

    /// <summary>Keeps the auditor's statement on the accounts, with the day it was given.</summary>
    public Refusal? RecordAuditor(string statement, LocalDate on, LocalDate today)
    {
        if (Prose.IsBlank(statement))
        {
            return new RapportRefusal.StatementMissing();
        }

        if (TooLong("uttalelse", statement) is { } tooLong)
        {
            return tooLong;
        }

        if (on > today)
        {
            return new RapportRefusal.DateInFuture("dato", on);
        }

        (AuditorStatement, AuditedOn) = (Prose.Of(statement), on);
        return null;
    }

    /// <summary>A competent body has approved a version.</summary>
    /// <exception cref="InvalidOperationException">There is no such version: nobody can have seen it.</exception>
    public void Approve(int version)
    {
        if (_versions.All(v => v.Number != version))
        {
            throw new InvalidOperationException($"Rapport {Id} has no version {version} to approve.");
        }

        ApprovedVersion = version;
    }

    /// <summary>Sends the approved version to the grantor, with the auditor's statement where the letter or the setting asks for one.</summary>
    public Refusal? Submit(Tilskuddsbrev letter, Limits limits, DateTimeOffset at)
    {
        if (LatestVersion is null || ApprovedVersion != LatestVersion.Number)
        {
            return new RapportRefusal.NotApproved();
        }

        if (NeedsAuditor(letter, limits) && AuditedOn is null)
        {
            return new RapportRefusal.AuditorMissing(letter.AuditorFrom ?? limits.AuditorFrom);
        }

        if (SubmittedAt is { } sent && CorrectionAskedAt is null)
        {
            return new RapportRefusal.AlreadySubmitted(sent);
        }

        (SubmittedAt, ReceivedAt, CorrectionAskedAt) = (at, null, null);
        (Journal, Correction) = ("", "");
        return null;
    }

    /// <summary>The grantor confirms that the report has come.</summary>
    /// <param name="journal">The grantor's journal number, as given; may be empty.</param>
    public Refusal? Receive(string journal, DateTimeOffset at)
    {
        if (!IsWithGrantor || ReceivedAt is not null)
        {
            return new RapportRefusal.NothingSubmitted();
        }

        if (TooLong("journal", journal, Handlingsplan.LongestName) is { } tooLong)
        {
            return tooLong;
        }

        (Journal, ReceivedAt) = (Prose.Of(journal), at);
        return null;
    }

    /// <summary>The grantor wants something put right, before or after it has confirmed receipt.</summary>
    public Refusal? AskForCorrection(string what, DateTimeOffset at)
    {
        if (!IsWithGrantor)
        {
            return new RapportRefusal.NothingSubmitted();
        }

        if (Prose.IsBlank(what))
        {
            return new RapportRefusal.CorrectionMissing();
        }

        if (TooLong("retting", what) is { } tooLong)
        {
            return tooLong;
        }

        (Correction, CorrectionAskedAt) = (Prose.Of(what), at);
        return null;
    }

    /// <summary>The grantor accepts the report.</summary>
    /// <exception cref="InvalidOperationException">It is not with the grantor.</exception>
    public void Accept(DateTimeOffset at) =>
        AcceptedAt = IsWithGrantor ? at : throw new InvalidOperationException($"Rapport {Id} is not with the grantor, and so cannot be accepted.");

    /// <summary>Closes the accounts: all that is unspent is carried over or repaid, so that spent + carried over + repaid = granted + carried in.</summary>
    /// <param name="amount">What is carried over or repaid; it must be <see cref="Unspent"/> to the øre.</param>
    /// <param name="on">The day of the grantor's consent, or of the repayment.</param>
    /// <param name="mayCarryOver">The letter's term (<see cref="Tilskuddsbrev.MayCarryOver"/>).</param>
    public Refusal? Settle(Settlement settlement, Money amount, LocalDate on, bool mayCarryOver, FundingSource source, DateTimeOffset at, LocalDate today)
    {
        if (SettledOn is { } settled)
        {
            return new RapportRefusal.AlreadySettled(settled);
        }

        if (settlement == Settlement.CarriedOver && !mayCarryOver)
        {
            return new RapportRefusal.LetterForbidsCarryOver();
        }

        if (amount != Unspent)
        {
            return new RapportRefusal.DoesNotClose(amount, Unspent);
        }

        if (on > today)
        {
            return new RapportRefusal.DateInFuture("dato", on);
        }

        (Settled, SettledAmount, SettledOn) = (settlement, amount, on);
        source.Record(AmountState.Spent, PlanUnitId, Spent, at, Journal);
        source.Record(StateOf(settlement), PlanUnitId, amount, at, Journal);
        return null;
    }

    private bool Says(string summary, IReadOnlyDictionary<TiltakId, (string Text, Money? Spent)> results) =>
        Prose.Of(summary) == Summary
        && _results.All(r => !results.TryGetValue(r.TiltakId, out var written) || (Prose.Of(written.Text) == r.Text && written.Spent == r.Spent));

    private static IEnumerable<RapportFault> Missing(TiltakResult result)
    {
        if (Prose.IsBlank(result.Text))
        {
            yield return new RapportFault(result.Number, result.Name, RapportFaultKind.NoResult);
        }

        if (result.Spent is null)
        {
            yield return new RapportFault(result.Number, result.Name, RapportFaultKind.NoAmount);
        }
    }

    private bool IsWithGrantor => SubmittedAt is not null && CorrectionAskedAt is null && AcceptedAt is null;

    private static AmountState StateOf(Settlement settlement) => settlement switch
    {
        Settlement.CarriedOver => AmountState.CarriedOver,
        Settlement.Repaid => AmountState.Repaid,
    };

    private static RapportRefusal.TextTooLong? TooLong(string field, string typed, int longest = LongestText) =>
        Prose.Length(Prose.Of(typed)) is var length && length > longest ? new RapportRefusal.TextTooLong(field, length, longest) : null;

    private RapportRefusal? Wrong(IReadOnlyDictionary<TiltakId, (string Text, Money? Spent)> results)
    {
        foreach (var result in _results.Where(r => results.ContainsKey(r.TiltakId)))
        {
            var (text, spent) = results[result.TiltakId];
            if (TooLong($"resultat-{result.Number}", text) is { } tooLong)
            {
                return tooLong;
            }

            if (spent < Money.Zero)
            {
                return new RapportRefusal.NegativeAmount($"brukt-{result.Number}");
            }
        }

        // One amount alone may be beyond all there is; only the others are safe to add up.
        var all = _results.Select(r => (results.TryGetValue(r.TiltakId, out var written) ? written.Spent : r.Spent) ?? Money.Zero).ToList();
        var total = all.Any(spent => spent > Available) ? all.Max() : all.Aggregate(Money.Zero, (sum, spent) => sum + spent);
        return total > Available ? new RapportRefusal.SpentMoreThanGranted(total, Available) : null;
    }
}

public enum RapportFaultKind
{
    NoSummary,
    NoResult,
    NoAmount,
}

/// <summary>One thing missing in a report.</summary>
public sealed record RapportFault(int Number, string Name, RapportFaultKind Kind);

/// <summary>Why a report cannot be saved, sent or settled.</summary>
public abstract record RapportRefusal(string Field = "") : Refusal(Field)
{
    public sealed record ChangedMeanwhile(DateTimeOffset SavedAt) : RapportRefusal;

    public sealed record TextTooLong(string In, int Length, int Longest) : RapportRefusal(In);

    public sealed record NegativeAmount(string In) : RapportRefusal(In);

    public sealed record SpentMoreThanGranted(Money Spent, Money Available) : RapportRefusal("brukt");

    public sealed record NotReady(IReadOnlyList<RapportFault> Faults) : RapportRefusal;

    /// <summary>Sending back asks for a reason, so that the coordinator knows what to change.</summary>
    public sealed record ReasonMissing() : RapportRefusal("grunn");

    public sealed record StatementMissing() : RapportRefusal("uttalelse");

    public sealed record DateInFuture(string In, LocalDate Date) : RapportRefusal(In);

    public sealed record NotApproved : RapportRefusal;

    /// <summary>The letter, or the setting where it is silent, asks for an auditor's statement from this amount.</summary>
    public sealed record AuditorMissing(Money From) : RapportRefusal;

    /// <summary>The report is with the grantor already.</summary>
    public sealed record AlreadySubmitted(DateTimeOffset At) : RapportRefusal;

    public sealed record NothingSubmitted : RapportRefusal;

    public sealed record CorrectionMissing() : RapportRefusal("retting");

    /// <summary>The accounts were closed on this day.</summary>
    public sealed record AlreadySettled(LocalDate On) : RapportRefusal;

    public sealed record LetterForbidsCarryOver : RapportRefusal;

    public sealed record DoesNotClose(Money Given, Money Unspent) : RapportRefusal("belop");
}
