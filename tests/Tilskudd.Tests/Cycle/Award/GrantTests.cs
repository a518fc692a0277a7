using NodaTime;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Award;

public sealed class GrantTests
{
    [Fact]
    public void Only_the_approved_version_is_sent()
    {
        var grant = Sample.NewGrant();
        var version = Frozen(Sample.ReadyPlan());

        var unapproved = grant.Submit(Id(1), [new PlanToSend(grant.PlanId, version, null)], Sample.Kari, Sample.At);
        var other = grant.Submit(Id(1), [new PlanToSend(grant.PlanId, version, 2)], Sample.Kari, Sample.At);
        var approved = grant.Submit(Id(1), [new PlanToSend(grant.PlanId, version, 1)], Sample.Kari, Sample.At);

        Assert.Equal(new GrantRefusal.NotApproved(), unapproved);
        Assert.Equal(new GrantRefusal.NotApproved(), other);
        Assert.Null(approved);
        Assert.Equal((1, 1, version.Hash), (grant.LatestSubmission!.Number, grant.LatestSubmission.PlanVersion, grant.LatestSubmission.PlanHash));
    }

    [Fact]
    public void What_is_on_its_way_is_not_sent_again_before_the_grantor_has_answered()
    {
        var grant = Submitted(out var version);

        var twice = grant.Submit(Id(2), [new PlanToSend(grant.PlanId, version, 1)], Sample.Kari, Sample.At.AddHours(1));
        grant.AskForCorrection("Mangler mål", Sample.At.AddDays(1));
        var corrected = grant.Submit(Id(2), [new PlanToSend(grant.PlanId, version, 1)], Sample.Kari, Sample.At.AddDays(2));

        Assert.Equal(new GrantRefusal.AlreadySubmitted(Sample.At), twice);
        Assert.Null(corrected);
        Assert.Equal(["Mangler mål", ""], grant.Submissions.Select(s => s.Correction));
        Assert.Equal(2, grant.LatestSubmission!.Number);
    }

    [Fact]
    public void A_receipt_is_given_once_and_for_something_sent()
    {
        var before = Sample.NewGrant().Receive("2025/1", Sample.At);
        var grant = Submitted(out _);

        var received = grant.Receive("2025/1", Sample.At.AddDays(1));
        var again = grant.Receive("2025/2", Sample.At.AddDays(2));
        var correction = grant.AskForCorrection("For sent", Sample.At.AddDays(2));

        Assert.Equal(new GrantRefusal.NothingSubmitted(), before);
        Assert.Null(received);
        Assert.Equal(new GrantRefusal.NothingSubmitted(), again);
        Assert.Equal(new GrantRefusal.NothingSubmitted(), correction);
        Assert.Equal(("2025/1", Sample.At.AddDays(1)), (grant.LatestSubmission!.Journal, grant.LatestSubmission.ReceivedAt));
    }

    [Fact]
    public void A_correction_says_what_is_wrong_within_4000_characters_and_a_journal_number_has_120()
    {
        var grant = Submitted(out _);

        Assert.Equal(new GrantRefusal.CorrectionMissing(), grant.AskForCorrection(" \n", Sample.At));
        Assert.Equal(new GrantRefusal.TextTooLong("retting", 4_001, 4_000), grant.AskForCorrection(new string('x', 4_001), Sample.At));
        Assert.Equal(new GrantRefusal.TextTooLong("journal", 121, 120), grant.Receive(new string('1', 121), Sample.At));
        Assert.Null(grant.Receive(new string('1', 120), Sample.At));
    }

    [Fact]
    public void A_journal_number_and_the_paper_of_a_vote_stand_on_one_line()
    {
        var (grant, voted, source) = (Submitted(out _), Sample.NewGrant(), Sample.Source(Sample.Kdd, "KDD", 500_000));

        Assert.Null(grant.Receive("25/1\r\n7\u001B", Sample.At));
        Assert.Null(voted.RecordVote(source, Sample.Kroner(450_000), Sample.Today, Sample.At, "Innst. 16 S\n(2024–2025)", Sample.Today));

        Assert.Equal(("25/1 7 ", "Innst. 16 S (2024–2025)"), (grant.LatestSubmission!.Journal, source.Amounts[^1].Basis));
    }

    [Fact]
    public void A_vote_is_above_nought_and_not_of_tomorrow()
    {
        var grant = Sample.NewGrant();
        var source = Sample.Source(Sample.Kdd, "KDD", 500_000);

        Assert.Equal(new GrantRefusal.AmountNotPositive("belop"), grant.RecordVote(source, Money.Zero, Sample.Today, Sample.At, "", Sample.Today));
        Assert.Equal(new GrantRefusal.DateLongBefore("dato", new LocalDate(2022, 12, 31), new GrantYear(2025)), grant.RecordVote(source, new Money(1), new LocalDate(2022, 12, 31), Sample.At, "", Sample.Today));
        Assert.Equal(new GrantRefusal.DateInFuture("dato", new LocalDate(2025, 2, 4)), grant.RecordVote(source, new Money(1), new LocalDate(2025, 2, 4), Sample.At, "", Sample.Today));
        Assert.Equal(new GrantRefusal.TextTooLong("grunnlag", 121, 120), grant.RecordVote(source, new Money(1), Sample.Today, Sample.At, new string('x', 121), Sample.Today));
        Assert.Null(grant.Voted);
        Assert.Null(source.LatestFor(Sample.Unit, AmountState.Voted));
    }

    [Fact]
    public void A_vote_becomes_the_units_frame_and_the_proposal_is_kept()
    {
        var grant = Sample.NewGrant();
        var source = Sample.Source(Sample.Kdd, "KDD", 500_000);

        var refusal = grant.RecordVote(source, Sample.Kroner(450_000), Sample.Today, Sample.At, "Innst. 16 S", Sample.Today);

        Assert.Null(refusal);
        Assert.Equal((Sample.Kroner(450_000), Sample.Today), (grant.Voted, grant.VotedOn));
        Assert.Equal((Sample.Kroner(450_000), false), (source.FrameFor(Sample.Unit), source.IsReservedFor(Sample.Unit)));
        Assert.Equal([AmountState.Proposed, AmountState.Voted], source.Amounts.Select(a => a.State));
    }

    [Fact]
    public void A_letter_is_refused_for_each_thing_that_cannot_be_so()
    {
        var long121 = new string('x', 121);
        var long4001 = new string('x', 4_001);

        Assert.Equal(new GrantRefusal.ReferenceMissing(), Register(reference: " "));
        Assert.Equal(new GrantRefusal.TextTooLong("referanse", 121, 120), Register(reference: long121));
        Assert.Equal(new GrantRefusal.TextTooLong("vilkar", 4_001, 4_000), Register(terms: Sample.Terms with { Text = long4001 }));
        Assert.Equal(new GrantRefusal.AmountNotPositive("belop"), Register(amount: Money.Zero));
        Assert.Equal(new GrantRefusal.AmountNotPositive("revisor"), Register(terms: Sample.Terms with { AuditorFrom = new Money(-1) }));
        Assert.Equal(new GrantRefusal.DateLongBefore("mottatt", new LocalDate(2022, 12, 31), new GrantYear(2025)), Register(receivedOn: new LocalDate(2022, 12, 31)));
        Assert.Equal(new GrantRefusal.DateInFuture("mottatt", new LocalDate(2025, 2, 4)), Register(receivedOn: new LocalDate(2025, 2, 4)));
        Assert.Equal(new GrantRefusal.ReportBeforeLetter(Sample.Today, Sample.Today), Register(terms: Sample.Terms with { ReportDueOn = Sample.Today }));
        Assert.Null(Register(terms: Sample.Terms with { ReportDueOn = new LocalDate(2025, 2, 4), AuditorFrom = Money.Zero }));
    }

    [Fact]
    public void A_registered_letter_keeps_its_terms_and_becomes_the_units_frame_alone()
    {
        var grant = Sample.NewGrant();
        var source = Sample.Source(Sample.Kdd, "KDD", 500_000);
        var terms = new LetterTerms(new LocalDate(2026, 4, 1), Sample.Kroner(200_000), false, "Brukes etter planen.");

        var refusal = grant.RegisterLetter(new TilskuddsbrevId(Sample.Number(41)), source, "25/17", Sample.Today, new Money(44_999_999), terms, Sample.Kari, Sample.At, Sample.Today);

        var letter = grant.Letter!;
        Assert.Null(refusal);
        Assert.Equal(("25/17", Sample.Today, new Money(44_999_999)), (letter.Reference, letter.ReceivedOn, letter.Amount));
        Assert.Equal(terms, new LetterTerms(letter.ReportDueOn, letter.AuditorFrom, letter.MayCarryOver, letter.TermsText));
        Assert.Equal(new Money(44_999_999), source.FrameFor(Sample.Unit));
        Assert.Equal(new Money(5_000_001), source.FrameFor(Sample.OtherUnit));
    }

    [Fact]
    public void Money_is_never_written_down_on_another_source()
    {
        var grant = Sample.NewGrant();
        var other = Sample.Source(Sample.Aid, "AID", 1);

        Assert.Throws<ArgumentException>(() => grant.RecordVote(other, new Money(1), Sample.Today, Sample.At, "", Sample.Today));
        Assert.Throws<ArgumentException>(() => grant.RegisterLetter(new TilskuddsbrevId(Sample.Number(41)), other, "25/1", Sample.Today, new Money(1), Sample.Terms, Sample.Kari, Sample.At, Sample.Today));
    }

    [Fact]
    public void A_refused_grant_keeps_the_grantors_reason()
    {
        var (grant, source) = (Sample.NewGrant(), Sample.Source(Sample.Kdd, "KDD", 1));

        Assert.Equal(new GrantRefusal.ReasonMissing(), grant.RegisterRefusal(source, " ", Sample.At));
        Assert.Equal(new GrantRefusal.TextTooLong("grunn", 4_001, 4_000), grant.RegisterRefusal(source, new string('x', 4_001), Sample.At));
        Assert.Null(grant.RegisterRefusal(source, "Ingen midler i år", Sample.At));
        Assert.Equal(("Ingen midler i år", Sample.At), (grant.RefusalText, grant.RefusedAt));
    }

    // Planned and granted in øre; the limits are 5 % and 100 000 kr, and both must hold.
    [Theory]
    [InlineData(100_000_000, 100_000_000, true)] // as planned
    [InlineData(100_000_000, 105_000_000, true)] // 1 000 000 kr planned: exactly 5 % more
    [InlineData(100_000_000, 105_000_001, false)]
    [InlineData(100_000_000, 95_000_000, true)] // exactly 5 % less
    [InlineData(100_000_000, 94_999_999, false)]
    [InlineData(1_000_000_000, 1_010_000_000, true)] // 10 000 000 kr planned: exactly 100 000 kr more, 1 %
    [InlineData(1_000_000_000, 1_010_000_001, false)] // 5 % holds, the amount does not
    [InlineData(1_000_000_000, 989_999_999, false)]
    [InlineData(10_000_000, 15_000_000, false)] // 100 000 kr planned: the amount holds, 5 % does not
    [InlineData(200_000_000, 210_000_000, true)] // 2 000 000 kr planned: both limits at once
    [InlineData(0, 1, false)] // nothing planned
    [InlineData(33, 34, true)] // 3,03 % more
    [InlineData(19, 20, false)] // 5,26 % more
    [InlineData(100, 105, true)]
    public void A_letter_is_within_the_limits_to_the_ore(long planned, long granted, bool isWithin)
    {
        var grant = Sample.WithLetter(new Money(granted));
        var comparison = grant.Compare(Lines(Sample.PlanOf(new Money(planned))), Limits.Default);

        Assert.Equal(new LetterComparison(new Money(planned), new Money(granted), new Money(granted - planned), isWithin), comparison);
    }

    [Fact]
    public void Money_from_other_sources_is_not_compared_with_the_letter()
    {
        var plan = Sample.PlanOf(Sample.Kroner(300_000));
        plan.Add(Sample.Second, "", Sample.Kari, Sample.At);
        var budget = new Dictionary<FundingSourceId, Money> { [Sample.Kdd] = new(7), [Sample.Aid] = Sample.Kroner(90_000) };
        plan.WriteTiltak(Sample.Second, Sample.Text with { Budget = budget }, plan.Revision, Sample.Kari, Sample.At);

        var comparison = Sample.WithLetter(Sample.Kroner(300_000)).Compare(Lines(plan), Limits.Default);

        Assert.Equal((new Money(30_000_007), new Money(-7)), (comparison.Planned, comparison.Difference));
    }

    [Theory]
    [InlineData(100_000_000, 0, true)] // the plans leave what was carried over
    [InlineData(110_000_000, 0, true)] // they use half of it
    [InlineData(120_000_000, 0, true)] // they use all of it
    [InlineData(121_000_000, -1_000_000, true)]
    [InlineData(95_000_000, 5_000_000, false)]
    [InlineData(150_000_000, -30_000_000, false)]
    public void The_plans_may_use_what_was_carried_over_beside_the_letter(long planned, long difference, bool isWithin)
    {
        var comparison = Sample.WithLetter(new Money(100_000_000)).Compare(Lines(Sample.PlanOf(new Money(planned))), Limits.Default, new Money(20_000_000));

        Assert.Equal((new Money(difference), isWithin, new Money(planned + difference)), (comparison.Difference, comparison.IsWithinLimit, comparison.ToLay));
    }

    [Fact]
    public void Without_a_letter_there_is_nothing_to_compare_or_accept()
    {
        var grant = Sample.NewGrant();

        Assert.Throws<InvalidOperationException>(() => grant.Compare([], Limits.Default));
        Assert.Equal(new GrantRefusal.NoLetter(), grant.AcceptLetter([], null, Limits.Default, Sample.Kari, Sample.At));
    }

    [Fact]
    public void A_letter_that_answers_two_plans_is_compared_with_both()
    {
        IReadOnlyList<PlannedLine> both = [.. Lines(Sample.PlanOf(Sample.Kroner(300_000))), .. Lines(Sample.PlanOf(Sample.Kroner(200_000)))];

        var comparison = Sample.WithLetter(Sample.Kroner(499_000)).Compare(both, Limits.Default);

        Assert.Equal((Sample.Kroner(500_000), Sample.Kroner(-1_000), true), (comparison.Planned, comparison.Difference, comparison.NeedsSpread));
    }

    [Fact]
    public void The_payments_come_to_the_letter_or_it_is_refused()
    {
        PlannedPayment[] halves = [new(new LocalDate(2025, 3, 1), new Money(50)), new(new LocalDate(2025, 9, 1), new Money(51))];
        PlannedPayment[] empty = [halves[0], halves[1] with { Amount = Money.Zero }];

        Assert.Equal(new GrantRefusal.PaymentsNotTheLetter(new Money(100)), Register(amount: new Money(100), terms: Sample.Terms with { Payments = halves }));
        Assert.Equal(new GrantRefusal.AmountNotPositive("utbetaling-1"), Register(amount: new Money(50), terms: Sample.Terms with { Payments = empty }));
        Assert.Null(Register(amount: new Money(101), terms: Sample.Terms with { Payments = halves }));
    }

    private static IReadOnlyList<PlannedLine> Lines(Handlingsplan plan) => [.. PlannedLine.Of(plan.Id, Sample.Content(plan), Sample.Kdd).Where(line => line.Amount != Money.Zero)];

    private static Tilskudd.Cycle.Refusal? Register(string reference = "25/1", LocalDate? receivedOn = null, Money? amount = null, LetterTerms? terms = null) =>
        Sample.NewGrant().RegisterLetter(
            new TilskuddsbrevId(Sample.Number(41)), Sample.Source(Sample.Kdd, "KDD", 1), reference, receivedOn ?? Sample.Today, amount ?? new Money(1),
            terms ?? Sample.Terms, Sample.Kari, Sample.At, Sample.Today);

    private static Grant Submitted(out HandlingsplanVersion version)
    {
        var grant = Sample.NewGrant();
        version = Frozen(Sample.ReadyPlan());
        Assert.Null(grant.Submit(Id(1), [new PlanToSend(grant.PlanId, version, 1)], Sample.Kari, Sample.At));
        return grant;
    }

    private static HandlingsplanVersion Frozen(Handlingsplan plan)
    {
        Assert.Null(plan.Freeze(new VersionId(Sample.Number(51)), Sample.Kari, Sample.At, Sample.Sources(), Sample.Criteria));
        return plan.Versions[0];
    }

    private static SubmissionId Id(int number) => new(Sample.Number(60 + number));
}
