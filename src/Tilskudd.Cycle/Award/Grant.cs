using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Award;

/// <summary>
/// What one grantor gives one plan unit from one funding source in one year: the submissions, the budget vote, the tilskuddsbrev.
/// KDD and AID each have theirs, with their own letter, dates and terms (domain.md 1.4). Where a programme sends its plans together, one
/// grant answers them all.
/// </summary>
public sealed class Grant
{
    public const int LongestText = 4_000;

    private readonly List<Submission> _submissions = [];

    private Grant() { }

    /// <summary>A grant that answers the plan of its own unit.</summary>
    public Grant(GrantId id, PlanUnitId unit, GrantYear year, FundingSourceId source, HandlingsplanId plan)
        : this(id, unit, year, source, [plan], isGathered: false) { }

    private Grant(GrantId id, PlanUnitId unit, GrantYear year, FundingSourceId source, IReadOnlyList<HandlingsplanId> plans, bool isGathered)
    {
        (Id, PlanUnitId, Year, SourceId, IsGathered) = (id, unit, year, source, isGathered);
        (PlanId, OtherPlans) = (plans[0], [.. plans.Skip(1)]);
    }

    /// <summary>A grant that answers several plans together.</summary>
    /// <param name="unit">The unit that gathers them.</param>
    public static Grant Gathering(GrantId id, PlanUnitId unit, GrantYear year, FundingSourceId source, IReadOnlyList<HandlingsplanId> plans) => new(id, unit, year, source, plans, isGathered: true);

    public GrantId Id { get; private set; }

    /// <summary>The unit whose people see to the letter and the report: the plan's own, or the one that gathers the plans.</summary>
    public PlanUnitId PlanUnitId { get; private set; }

    public GrantYear Year { get; private set; }

    public FundingSourceId SourceId { get; private set; }

    /// <summary>Whether several units' plans are sent together, so that one letter answers them all.</summary>
    public bool IsGathered { get; private set; }

    /// <summary>The plan it answers; of several the first.</summary>
    public HandlingsplanId PlanId { get; private set; }

    /// <summary>The plans it answers beside the first; none where nothing is gathered.</summary>
    public List<HandlingsplanId> OtherPlans { get; private set; } = [];

    /// <summary>Why the plans were sent before all of them were approved; empty where they were not.</summary>
    public string WithoutReason { get; private set; } = "";

    /// <summary>Every plan it answers, in the order of their units' words in addresses.</summary>
    public IReadOnlyList<HandlingsplanId> Plans => [PlanId, .. OtherPlans];

    /// <summary>The plan it answers, where it is one alone; null for a gathered grant, which has them to choose among.</summary>
    public HandlingsplanId? OnlyPlan => IsGathered ? null : PlanId;

    /// <summary>The unit its figures are kept for; null for a gathered grant, whose figures are the whole source's.</summary>
    public PlanUnitId? Part => IsGathered ? null : PlanUnitId;

    public IReadOnlyList<Submission> Submissions => _submissions;

    public Submission? LatestSubmission => _submissions.OrderBy(s => s.Number).LastOrDefault();

    /// <summary>What the grantor asked to have put right in the submission before the latest; null where it did not.</summary>
    public string? CorrectionBefore => _submissions.Count > 1 && _submissions.OrderBy(sent => sent.Number).ElementAt(_submissions.Count - 2) is { CorrectionAskedAt: not null } before ? before.Correction : null;

    /// <summary>The latest submission while the grantor has neither confirmed it nor asked for a correction.</summary>
    private Submission? Awaiting => LatestSubmission is { ReceivedAt: null, CorrectionAskedAt: null } latest ? latest : null;

    /// <summary>Whether the grantor has something it has neither confirmed nor asked to have put right.</summary>
    public bool IsAwaited => Awaiting is not null;

    /// <summary>What the Storting's vote leaves for this grant, once known.</summary>
    public Money? Voted { get; private set; }

    public LocalDate? VotedOn { get; private set; }

    public Tilskuddsbrev? Letter { get; private set; }

    /// <summary>The amount after the revised budget or a later letter; null while the tilskuddsbrev's stands.</summary>
    public Money? Revised { get; private set; }

    /// <summary>What the grantor gives as it stands: the revised amount, else the letter's; null before the letter.</summary>
    public Money? Granted => Revised ?? Letter?.Amount;

    public string RefusalText { get; private set; } = "";

    public DateTimeOffset? RefusedAt { get; private set; }

    /// <summary>Keeps why the plans are sent before all of them are approved.</summary>
    public void GoWithout(string reason) => WithoutReason = Prose.Of(reason);

    /// <summary>Sends approved versions to the grantor, all in one. What is on its way already is not sent again.</summary>
    /// <param name="plans">The versions as they were shown: of every plan, or of the one that was changed.</param>
    public Refusal? Submit(SubmissionId id, IReadOnlyList<PlanToSend> plans, PersonId by, DateTimeOffset at)
    {
        if (plans.Any(plan => plan.ApprovedVersion != plan.Shown.Number))
        {
            return new GrantRefusal.NotApproved();
        }

        if (Awaiting is { } sent && sent.Plans.Select(plan => plan.Hash).ToHashSet().SetEquals(plans.Select(plan => plan.Shown.Hash)))
        {
            return new GrantRefusal.AlreadySubmitted(sent.SentAt);
        }

        _submissions.Add(new Submission(id, _submissions.Count + 1, plans, by, at));
        return null;
    }

    /// <summary>Whether the grantor has got this very version since a moment, and wants nothing put right in it.</summary>
    public bool HasSent(string hash, DateTimeOffset since) => LatestSubmission is { CorrectionAskedAt: null } sent && sent.SentAt >= since && sent.Plans.Any(plan => plan.Hash == hash);

    /// <summary>The grantor confirms that the plan has come.</summary>
    /// <param name="journal">The grantor's journal number, as given; may be empty.</param>
    public Refusal? Receive(string journal, DateTimeOffset at)
    {
        if (Awaiting is not { } submission)
        {
            return new GrantRefusal.NothingSubmitted();
        }

        if (TooLong("journal", journal, Handlingsplan.LongestName) is { } tooLong)
        {
            return tooLong;
        }

        submission.Receive(Prose.Line(journal), at);
        return null;
    }

    /// <summary>The grantor asks for something to be put right before it can be received.</summary>
    public Refusal? AskForCorrection(string what, DateTimeOffset at)
    {
        if (Awaiting is not { } submission)
        {
            return new GrantRefusal.NothingSubmitted();
        }

        if (Prose.IsBlank(what))
        {
            return new GrantRefusal.CorrectionMissing();
        }

        if (TooLong("retting", what, LongestText) is { } tooLong)
        {
            return tooLong;
        }

        submission.AskForCorrection(Prose.Of(what), at);
        return null;
    }

    /// <summary>Writes down what the Storting's vote leaves for this grant. Nought is no vote: then the grant ends.</summary>
    /// <param name="basis">The paper the figure stands in, in its own words.</param>
    public Refusal? RecordVote(FundingSource source, Money amount, LocalDate on, DateTimeOffset at, string basis, LocalDate today)
    {
        Guard(source);
        if (amount <= Money.Zero)
        {
            return new GrantRefusal.AmountNotPositive("belop");
        }

        if (on > today)
        {
            return new GrantRefusal.DateInFuture("dato", on);
        }

        if (Year.IsLongAfter(on))
        {
            return new GrantRefusal.DateLongBefore("dato", on, Year);
        }

        if (TooLong("grunnlag", basis, Handlingsplan.LongestName) is { } tooLong)
        {
            return tooLong;
        }

        (Voted, VotedOn) = (amount, on);
        source.Record(AmountState.Voted, Part, amount, at, Prose.Line(basis));
        return null;
    }

    /// <summary>The Storting's vote leaves nothing for this grant. It is a figure like another, so that no sum goes on with what was proposed.</summary>
    public Refusal? RecordNoVote(FundingSource source, string basis, DateTimeOffset at)
    {
        Guard(source);
        if (TooLong("grunn", basis, LongestText) is { } tooLong)
        {
            return tooLong;
        }

        source.Record(AmountState.Voted, Part, Money.Zero, at, Prose.Of(basis));
        return null;
    }

    /// <summary>Registers the tilskuddsbrev: the amount, copied since the letter quotes its own figures, and the terms.</summary>
    public Refusal? RegisterLetter(
        TilskuddsbrevId id, FundingSource source, string reference, LocalDate receivedOn, Money amount, LetterTerms terms, PersonId by, DateTimeOffset at, LocalDate today)
    {
        Guard(source);
        if (WrongReference(reference) is { } refusal)
        {
            return refusal;
        }

        if (amount <= Money.Zero)
        {
            return new GrantRefusal.AmountNotPositive("belop");
        }

        if (WrongTerms(terms.AuditorFrom, terms.Text) is { } wrong)
        {
            return wrong;
        }

        if (receivedOn > today)
        {
            return new GrantRefusal.DateInFuture("mottatt", receivedOn);
        }

        if (Year.IsLongAfter(receivedOn))
        {
            return new GrantRefusal.DateLongBefore("mottatt", receivedOn, Year);
        }

        if (WrongPayments(terms, amount) is { } payments)
        {
            return payments;
        }

        if (terms.ReportDueOn <= receivedOn)
        {
            return new GrantRefusal.ReportBeforeLetter(terms.ReportDueOn, receivedOn);
        }

        Letter = new Tilskuddsbrev(id, Prose.Line(reference), receivedOn, amount, terms with { Text = Prose.Of(terms.Text) }, by, at);
        source.Record(AmountState.Granted, Part, amount, at, Letter.Reference);
        return null;
    }

    /// <summary>
    /// The letter, or the vote before it, was registered wrong and is to be registered again. The letter stands until the right one does; that it
    /// was accepted, and how it was laid on the lines, does not.
    /// </summary>
    public void TakeUpAgain() => Letter?.TakeUpAgain();

    /// <summary>The terms a report hangs on were registered wrong; amount, dates and how it was laid on the lines stand.</summary>
    public Refusal? CorrectTerms(Money? auditorFrom, bool mayCarryOver, string text)
    {
        if (Letter is null)
        {
            return new GrantRefusal.NoLetter();
        }

        if (WrongTerms(auditorFrom, text) is { } refusal)
        {
            return refusal;
        }

        Letter.Correct(auditorFrom, mayCarryOver, Prose.Of(text));
        return null;
    }

    /// <summary>The grantor refuses: no money comes from this source this year, which is a figure like another.</summary>
    public Refusal? RegisterRefusal(FundingSource source, string text, DateTimeOffset at)
    {
        Guard(source);
        if (Prose.IsBlank(text))
        {
            return new GrantRefusal.ReasonMissing();
        }

        if (TooLong("grunn", text, LongestText) is { } tooLong)
        {
            return tooLong;
        }

        (RefusalText, RefusedAt) = (Prose.Of(text), at);
        source.Record(AmountState.Granted, Part, Money.Zero, at, "");
        return null;
    }

    /// <summary>
    /// Compares the letter with what the approved plans gave money from this source, counted from what was planned. Both limits must
    /// hold; exactly at a limit is within it. Where nothing was planned, any grant is beyond.
    /// </summary>
    /// <param name="lines">Every plan's lines that the letter answers.</param>
    /// <param name="carriedIn">What was carried over from the year before: the plans may use it beside the letter, and may leave it.</param>
    /// <exception cref="InvalidOperationException">No letter is registered.</exception>
    public LetterComparison Compare(IReadOnlyList<PlannedLine> lines, Limits limits, Money carriedIn = default)
    {
        var granted = Granted ?? throw new InvalidOperationException($"Grant {Id} has no letter to compare.");
        var planned = lines.Aggregate(Money.Zero, (sum, line) => sum + line.Amount);
        var bare = granted - planned;
        var difference = !bare.IsNegative ? bare : (bare + carriedIn) is { IsNegative: true } lacking ? lacking : Money.Zero;
        return new LetterComparison(planned, granted, difference, !limits.AreCrossedBy(difference, planned));
    }

    /// <summary>
    /// Accepts the letter's terms. Where it differs within the limit, the difference is laid on the lines; the plans themselves are not changed.
    /// </summary>
    /// <param name="spread">How; not read where there is no difference to lay.</param>
    /// <param name="carriedIn">As in <see cref="Compare"/>.</param>
    public Refusal? AcceptLetter(IReadOnlyList<PlannedLine> lines, LetterSpread? spread, Limits limits, PersonId by, DateTimeOffset at, Money carriedIn = default)
    {
        if (Letter is null)
        {
            return new GrantRefusal.NoLetter();
        }

        if (Compare(lines, limits, carriedIn) is { NeedsSpread: true } compared)
        {
            if (spread is null)
            {
                return new GrantRefusal.SpreadMissing();
            }

            var (amounts, refusal) = spread.Over(lines, compared.ToLay);
            if (refusal is not null)
            {
                return refusal;
            }

            Letter.LayOut(spread.Rule, lines.Zip(amounts, (line, amount) => new LetterLine(line.Tiltak, line.Amount, amount)));
        }

        Letter!.Accept(by, at);
        return null;
    }

    /// <summary>The grantor's own amount is another from now on.</summary>
    /// <param name="basis">Where the figure stands, in the words of the one who tells of it.</param>
    internal void Revise(FundingSource source, Money amount, DateTimeOffset at, string basis)
    {
        Guard(source);
        Revised = amount;
        source.Record(AmountState.Revised, Part, amount, at, basis);
    }

    /// <summary>A plan has been approved anew since the amount became another: what was laid on its lines to come to the letter's holds no longer.</summary>
    public void FollowRevised(Handlingsplan plan)
    {
        if (Revised is not null)
        {
            Letter!.LiftSpread(plan.Tiltak.Select(tiltak => tiltak.TiltakId).ToHashSet());
        }
    }

    private static GrantRefusal? WrongReference(string reference) => Prose.IsBlank(reference) ? new GrantRefusal.ReferenceMissing() : TooLong("referanse", reference, Handlingsplan.LongestName);

    // Of the terms a report hangs on, whether the letter is registered or they are put right.
    private static GrantRefusal? WrongTerms(Money? auditorFrom, string text) =>
        auditorFrom is { IsNegative: true } ? new GrantRefusal.AmountNotPositive("revisor") : TooLong("vilkar", text, LongestText);

    private static GrantRefusal? WrongPayments(LetterTerms terms, Money amount) =>
        terms.Payments.Any(payment => payment.Amount <= Money.Zero) ? new GrantRefusal.AmountNotPositive("utbetaling-1")
        : terms.Payments.Count > 0 && (!Money.TrySum(terms.Payments.Select(payment => payment.Amount), out var sum) || sum != amount) ? new GrantRefusal.PaymentsNotTheLetter(amount)
        : null;

    private static GrantRefusal.TextTooLong? TooLong(string field, string typed, int longest) =>
        Prose.Length(Prose.Of(typed)) is var length && length > longest ? new GrantRefusal.TextTooLong(field, length, longest) : null;

    private void Guard(FundingSource source)
    {
        if (source.Id != SourceId)
        {
            throw new ArgumentException($"Grant {Id} comes from source {SourceId}, not from {source.Id}.", nameof(source));
        }
    }
}
