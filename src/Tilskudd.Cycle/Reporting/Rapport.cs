using NodaTime;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Reporting;

/// <summary>Report and accounts for one letter: results per tiltak, and money that closes to the øre (domain.md section 10).</summary>
public sealed class Rapport
{
    public const int LongestText = 4_000;

    private readonly List<TiltakResult> _results = [];
    private readonly List<RapportVersion> _versions = [];

    private Rapport() { }

    private Rapport(RapportId id, Grant grant, Money carriedIn) =>
        (Id, GrantId, PlanUnitId, IsGathered, Year, Granted, CarriedIn) = (id, grant.Id, grant.PlanUnitId, grant.IsGathered, grant.Year, grant.Granted!.Value, carriedIn);

    public RapportId Id { get; private set; }

    public GrantId GrantId { get; private set; }

    public PlanUnitId PlanUnitId { get; private set; }

    /// <summary>Whether the letter answered several units' plans, so that the figures are the whole source's.</summary>
    public bool IsGathered { get; private set; }

    private PlanUnitId? Part => IsGathered ? null : PlanUnitId;

    public GrantYear Year { get; private set; }

    /// <summary>The letter's amount, or what it was revised to, copied: the accounts are for that letter.</summary>
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

    /// <summary>The version the auditor has spoken of; null until then, and for what was kept before it was noted.</summary>
    public int? AuditedVersion { get; private set; }

    public int? ApprovedVersion { get; private set; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    public DateTimeOffset? ReceivedAt { get; private set; }

    public string Journal { get; private set; } = "";

    /// <summary>When the grantor asked to have something put right in what was sent last; null while it has not.</summary>
    public DateTimeOffset? CorrectionAskedAt { get; private set; }

    /// <summary>What it asked for last, also once the report has been sent anew; empty where it never has.</summary>
    public string Correction { get; private set; } = "";

    public DateTimeOffset? AcceptedAt { get; private set; }

    /// <summary>What the grantor lets the municipality keep for the next year; null until it has said so.</summary>
    public Money? CarriedOver { get; private set; }

    /// <summary>The day of the grantor's consent.</summary>
    public LocalDate? CarriedOverOn { get; private set; }

    /// <summary>What has been paid back; null until it is.</summary>
    public Money? Repaid { get; private set; }

    public LocalDate? RepaidOn { get; private set; }

    public IReadOnlyList<TiltakResult> Results => _results;

    public IReadOnlyList<RapportVersion> Versions => _versions;

    public RapportVersion? LatestVersion => _versions.OrderBy(v => v.Number).LastOrDefault();

    /// <summary>What the grantor has: a report that is written anew on its wish is another, and comes when it is sent. Null before the first.</summary>
    public RapportVersion? SentVersion => _versions.Where(version => version.FrozenAt <= SubmittedAt).MaxBy(version => version.Number);

    /// <summary>What the year had to spend: granted + carried in.</summary>
    public Money Available => Granted + CarriedIn;

    /// <summary>What has been spent on all tiltak, so far as it is written down.</summary>
    public Money Spent => _results.Aggregate(Money.Zero, (sum, result) => sum + (result.Spent ?? Money.Zero));

    /// <summary>What is left of the year's money: granted + carried in − spent.</summary>
    public Money Unspent => Available - Spent;

    /// <summary>What is still to be carried over or repaid; nought when spent + carried over + repaid = granted + carried in.</summary>
    public Money Outstanding => Unspent - (CarriedOver ?? Money.Zero) - (Repaid ?? Money.Zero);

    /// <summary>Opens the report with a line for every tiltak the approved plans gave money from the source, numbered through all of them.</summary>
    /// <param name="lines">Every plan's lines that the letter answered, also those a letter has left with nought.</param>
    /// <param name="carriedIn">What last year's report on the same source carried over for this unit; nought or more.</param>
    /// <exception cref="InvalidOperationException">No letter is registered: there is nothing to account for.</exception>
    public static Rapport Open(RapportId id, Grant grant, IReadOnlyList<PlannedLine> lines, Money carriedIn, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(carriedIn.Ore, nameof(carriedIn));
        var rapport = new Rapport(id, grant, carriedIn) { SavedAt = at };
        rapport._results.AddRange(Laid(grant, lines));
        return rapport;
    }

    /// <summary>
    /// Lays the lines anew where a plan was changed after the year was over and the report opened. What is written stays with its tiltak; a
    /// tiltak that has gone keeps its line, planned with nought, while something is written on it. Not for a report that others look at:
    /// its flow knows whether it is being written.
    /// </summary>
    /// <param name="lines">As when it is opened.</param>
    public void Follow(Grant grant, IReadOnlyList<PlannedLine> lines)
    {
        var (before, laid) = (Shown(), Laid(grant, lines));
        var gone = _results.Where(result => laid.All(line => line.TiltakId != result.TiltakId)).OrderBy(result => result.Number).ToList();
        _results.RemoveAll(result => gone.Contains(result) && result.IsBlank);
        foreach (var line in laid)
        {
            if (_results.Find(result => result.TiltakId == line.TiltakId) is { } known)
            {
                known.Lay(line.Number, line.Name, line.Planned);
            }
            else
            {
                _results.Add(line);
            }
        }

        var last = laid.Select(line => line.Number).DefaultIfEmpty().Max();
        foreach (var (written, index) in gone.Where(result => !result.IsBlank).Select((result, index) => (result, index)))
        {
            written.Lay(last + index + 1, written.Name, Money.Zero);
        }

        // A form opened on the lines as they were is told so; who wrote last, and when, is still true.
        if (!Shown().SequenceEqual(before))
        {
            Revision++;
        }

        List<(TiltakId, int, string, Money)> Shown() => [.. _results.OrderBy(result => result.Number).Select(result => (result.TiltakId, result.Number, result.Name, result.Planned))];
    }

    private static List<TiltakResult> Laid(Grant grant, IReadOnlyList<PlannedLine> lines)
    {
        var letter = grant.Letter ?? throw new InvalidOperationException($"Grant {grant.Id} has no letter to report on.");
        var amounts = letter.AmountsOf(lines);
        return [.. lines.Select((line, at) => new TiltakResult(line.Tiltak, grant.IsGathered ? at + 1 : line.Number, line.Name, amounts[at]))];
    }

    /// <summary>
    /// Saves what the coordinator wrote; a report under work may be incomplete, and may spend more than there is until it is sent on. What
    /// already stands so is no change, however old the form: it was posted twice.
    /// </summary>
    public Refusal? Write(string summary, IReadOnlyDictionary<TiltakId, (string Text, Money? Spent)> results, int revision, PersonId by, DateTimeOffset at)
    {
        if (Says(summary, results))
        {
            return null;
        }

        if (revision != Revision)
        {
            return by == SavedBy ? new RapportRefusal.ChangedByYourself(SavedAt) : new RapportRefusal.ChangedMeanwhile(SavedAt);
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

    /// <summary>That it spends more than there is; null where it does not.</summary>
    public Refusal? Overspent() => Spent > Available ? new RapportRefusal.SpentMoreThanGranted(Spent, Available) : null;

    /// <summary>Makes the report as it stands into a version people can decide on, unless it equals the latest.</summary>
    public Refusal? Freeze(VersionId id, PersonId by, DateTimeOffset at)
    {
        if (Overspent() is { } overspent)
        {
            return overspent;
        }

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

        if (Year.IsLongAfter(on))
        {
            return new RapportRefusal.DateLongBefore("dato", on, Year);
        }

        (AuditorStatement, AuditedOn, AuditedVersion) = (Prose.Of(statement), on, LatestVersion?.Number);
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

        if (NeedsAuditor(letter, limits) && (AuditedOn is null || AuditedVersion < LatestVersion.Number))
        {
            return new RapportRefusal.AuditorMissing(letter.AuditorFrom ?? limits.AuditorFrom);
        }

        // The run may have been moved back: then another version is sent, and the same one again once it is confirmed.
        if (SubmittedAt is { } sent && CorrectionAskedAt is null && (AcceptedAt is not null || (ReceivedAt is null && SentVersion?.Number == LatestVersion.Number)))
        {
            return new RapportRefusal.AlreadySubmitted(sent);
        }

        // What was asked for stands with what is sent instead.
        (SubmittedAt, ReceivedAt, Journal, CorrectionAskedAt) = (at, null, "", null);
        return null;
    }

    /// <summary>The grantor confirms that the report has come.</summary>
    /// <param name="journal">The grantor's journal number, as given; may be empty.</param>
    public Refusal? Receive(string journal, DateTimeOffset at)
    {
        if (!IsAwaited)
        {
            return new RapportRefusal.NothingSubmitted();
        }

        if (TooLong("journal", journal, Handlingsplan.LongestName) is { } tooLong)
        {
            return tooLong;
        }

        (Journal, ReceivedAt) = (Prose.Line(journal), at);
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

    /// <summary>
    /// What the grantor answered to the report was registered wrong and is to be registered again. What is spent stands until it is; once a part of the
    /// rest is carried over, next year's plans may use it, and the answer stands.
    /// </summary>
    /// <returns>Whether it can be.</returns>
    public bool TakeUpAnswer()
    {
        if (!MayTakeUp)
        {
            return false;
        }

        AcceptedAt = null;
        return true;
    }

    /// <summary>Whether what a grantor has answered can be registered again: nothing is carried over or repaid by it yet.</summary>
    public bool MayTakeUp => AcceptedAt is not null && SettledOn is null;

    /// <summary>The grantor accepts the report, and with it what was spent.</summary>
    public Refusal? Accept(FundingSource source, DateTimeOffset at)
    {
        if (!IsWithGrantor)
        {
            return new RapportRefusal.NothingSubmitted();
        }

        AcceptedAt = at;
        source.Record(AmountState.Spent, Part, Spent, at, Journal);
        return null;
    }

    /// <summary>
    /// Last year's rest has come with the grantor's consent after this report was opened. What a body has approved, or decides on now, is never changed
    /// under it; a form that was open before is refused.
    /// </summary>
    /// <param name="isWritten">Whether the report is being written.</param>
    /// <returns>Whether it is taken in.</returns>
    public bool CarryIn(Money amount, bool isWritten)
    {
        if (!isWritten)
        {
            return false;
        }

        CarriedIn = amount;
        Revision++;
        return true;
    }

    /// <summary>All that is unspent is carried over, which closes the accounts.</summary>
    /// <param name="amount">It must be <see cref="Outstanding"/> to the øre.</param>
    /// <param name="on">The day of the grantor's consent.</param>
    /// <param name="mayCarryOver">The letter's term (<see cref="Tilskuddsbrev.MayCarryOver"/>).</param>
    /// <param name="owners">Whose each tiltak is, in a gathered report: what is kept is then carried over to the units by what each has left.</param>
    public Refusal? CarryOver(
        Money amount, LocalDate on, bool mayCarryOver, FundingSource source, DateTimeOffset at, LocalDate today, IReadOnlyDictionary<TiltakId, PlanUnitId>? owners = null) =>
        SettledOn is { } settled ? new RapportRefusal.AlreadySettled(settled)
        : mayCarryOver && amount != Outstanding ? new RapportRefusal.DoesNotClose(amount, Outstanding)
        : Keep(amount, on, mayCarryOver, source, at, today, "dato", owners);

    /// <summary>A part of what is unspent is carried over. The rest stays <see cref="Outstanding"/> until it is repaid.</summary>
    /// <param name="amount">More than nought, and less than <see cref="Outstanding"/>.</param>
    /// <param name="on">The day of the grantor's consent.</param>
    /// <param name="mayCarryOver">The letter's term (<see cref="Tilskuddsbrev.MayCarryOver"/>).</param>
    /// <param name="owners">As for <see cref="CarryOver"/>.</param>
    public Refusal? CarryOverPart(
        Money amount, LocalDate on, bool mayCarryOver, FundingSource source, DateTimeOffset at, LocalDate today, IReadOnlyDictionary<TiltakId, PlanUnitId>? owners = null) =>
        SettledOn is { } settled ? new RapportRefusal.AlreadySettled(settled)
        : mayCarryOver && (amount <= Money.Zero || amount >= Outstanding) ? new RapportRefusal.NotAPart(amount, Outstanding)
        : Keep(amount, on, mayCarryOver, source, at, today, "samtykke", owners);

    /// <summary>All that is not carried over is repaid, which closes the accounts.</summary>
    /// <param name="amount">It must be <see cref="Outstanding"/> to the øre.</param>
    /// <param name="on">The day the money was paid.</param>
    /// <param name="letter">The day the letter came that gave it.</param>
    public Refusal? Repay(Money amount, LocalDate on, LocalDate letter, FundingSource source, DateTimeOffset at, LocalDate today)
    {
        if (Outstanding == Money.Zero)
        {
            return new RapportRefusal.AlreadySettled(RepaidOn ?? CarriedOverOn ?? today);
        }

        if (amount != Outstanding)
        {
            return new RapportRefusal.DoesNotClose(amount, Outstanding);
        }

        if (on > today)
        {
            return new RapportRefusal.DateInFuture("dato", on);
        }

        if (on < letter)
        {
            return new RapportRefusal.DateBeforeLetter("dato", on, letter);
        }

        (Repaid, RepaidOn) = (amount, on);
        source.Record(AmountState.Repaid, Part, amount, at, Journal);
        return null;
    }

    private LocalDate? SettledOn => RepaidOn ?? CarriedOverOn;

    private RapportRefusal? Keep(
        Money amount, LocalDate on, bool mayCarryOver, FundingSource source, DateTimeOffset at, LocalDate today, string dateField, IReadOnlyDictionary<TiltakId, PlanUnitId>? owners)
    {
        if (!mayCarryOver)
        {
            return new RapportRefusal.LetterForbidsCarryOver();
        }

        if (on > today)
        {
            return new RapportRefusal.DateInFuture(dateField, on);
        }

        if (Year.IsLongAfter(on))
        {
            return new RapportRefusal.DateLongBefore(dateField, on, Year);
        }

        (CarriedOver, CarriedOverOn) = (amount, on);
        foreach (var (unit, part) in Whose(amount, owners))
        {
            source.Record(AmountState.CarriedOver, unit, part, at, Journal);
        }

        return null;
    }

    // Next year's plans are the units' own, so the money goes back to those that have it left; where no line has any, by what each had.
    private IEnumerable<(PlanUnitId? Unit, Money Amount)> Whose(Money kept, IReadOnlyDictionary<TiltakId, PlanUnitId>? owners)
    {
        var units = _results.Where(result => owners?.ContainsKey(result.TiltakId) == true).OrderBy(result => result.Number).GroupBy(result => owners![result.TiltakId])
            .Select(lines => (Unit: lines.Key, Had: Sum(lines, line => line.Planned), Spent: Sum(lines, line => line.Spent ?? Money.Zero))).ToList();
        var left = units.ConvertAll(unit => unit.Had > unit.Spent ? unit.Had - unit.Spent : Money.Zero);
        var shares = left.Exists(amount => amount > Money.Zero) ? left : units.ConvertAll(unit => unit.Had);
        return IsGathered && shares.Exists(amount => amount > Money.Zero)
            ? units.Zip(kept.SharedBy(shares), (unit, amount) => ((PlanUnitId?)unit.Unit, amount)).Where(part => part.amount > Money.Zero)
            : [(Part, kept)];
    }

    private static Money Sum(IEnumerable<TiltakResult> lines, Func<TiltakResult, Money> of) => lines.Aggregate(Money.Zero, (sum, line) => sum + of(line));

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

    /// <summary>Whether the grantor has a version it has neither confirmed nor asked to have put right.</summary>
    public bool IsAwaited => IsWithGrantor && ReceivedAt is null;

    /// <summary>Whether the grantor has it, confirmed or not, and has not decided.</summary>
    public bool IsWithGrantor => SubmittedAt is not null && CorrectionAskedAt is null && AcceptedAt is null;

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

        // What no sum can hold is not kept in a draft either: the page could not add it up. It is told by the largest.
        var all = _results.Select(r => (results.TryGetValue(r.TiltakId, out var written) ? written.Spent : r.Spent) ?? Money.Zero).ToList();
        return Money.TrySum(all, out _) ? null : new RapportRefusal.SpentMoreThanGranted(all.Max(), Available);
    }
}
