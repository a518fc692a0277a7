using System.Globalization;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Reporting;

public sealed class RapportTests
{
    private static readonly DateTimeOffset _at = new(2026, 2, 10, 9, 0, 0, TimeSpan.Zero);
    private static readonly LocalDate _today = new(2026, 2, 10);

    [Fact]
    public void A_report_has_a_line_for_each_tiltak_with_money_from_the_letters_source()
    {
        var plan = Sample.PlanOf(Sample.Kroner(300_000));
        plan.Add(Sample.Second, "", Sample.Kari, Sample.At);
        plan.WriteTiltak(Sample.Second, Sample.Text with { Name = "Jobbsjansen", Budget = Sample.Budget(Sample.Aid, Sample.Kroner(1)) }, plan.Revision, Sample.Kari, Sample.At);

        var rapport = Rapport.Open(new RapportId(Sample.Number(71)), Sample.WithLetter(Sample.Kroner(290_000)), Lines(Sample.Content(plan)), Money.Zero, _at);

        Assert.Equal([(Sample.First, "Leksehjelp", Sample.Kroner(300_000), (Money?)null)], rapport.Results.Select(r => (r.TiltakId, r.Name, r.Planned, r.Spent)));
        Assert.Equal((Sample.Kroner(290_000), Sample.Unit, Sample.Year), (rapport.Granted, rapport.PlanUnitId, rapport.Year));
    }

    [Fact]
    public void A_report_under_work_follows_a_changed_plan_and_keeps_what_is_written()
    {
        var (grant, plan) = (Sample.WithLetter(Sample.Kroner(300_000)), Sample.EmptyPlan().Id);
        var (third, fourth) = (TiltakId.From(Sample.Number(93)), TiltakId.From(Sample.Number(94)));
        PlannedLine Line(TiltakId tiltak, int number, string name, int kroner) => new(plan, tiltak, number, name, Sample.Kroner(kroner));
        var rapport = Rapport.Open(
            new RapportId(Sample.Number(71)), grant, [Line(Sample.First, 1, "Leksehjelp", 100_000), Line(Sample.Second, 2, "Jobbsjansen", 150_000), Line(third, 3, "Kafé", 50_000)], Money.Zero, _at);
        Assert.Null(rapport.Write("", Spent((Sample.First, 40_000_00), (Sample.Second, 1)), 0, Sample.Kari, _at));
        IReadOnlyList<PlannedLine> changed = [Line(Sample.First, 1, "Leksehjelp", 60_000), Line(fourth, 2, "Fritidsklubb", 240_000)];

        rapport.Follow(grant, changed);
        rapport.Follow(grant, changed);

        Assert.Equal((2, Sample.Kari), (rapport.Revision, rapport.SavedBy));
        Assert.Equal(
            [(1, "Leksehjelp", Sample.Kroner(60_000), Sample.Kroner(40_000)), (2, "Fritidsklubb", Sample.Kroner(240_000), (Money?)null), (3, "Jobbsjansen", Money.Zero, new Money(1))],
            rapport.Results.OrderBy(result => result.Number).Select(result => (result.Number, result.Name, result.Planned, result.Spent)));
    }

    [Fact]
    public void A_report_is_opened_on_a_letter_and_with_nothing_below_nought_carried_in()
    {
        var content = Sample.Content(Sample.ReadyPlan());

        Assert.Throws<InvalidOperationException>(() => Rapport.Open(new RapportId(Sample.Number(71)), Sample.NewGrant(), Lines(content), Money.Zero, _at));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rapport.Open(new RapportId(Sample.Number(71)), Sample.WithLetter(new Money(1)), Lines(content), new Money(-1), _at));
    }

    [Theory]
    [InlineData(30_000_000, 0, 30_000_000, 0)]
    [InlineData(30_000_000, 0, 29_999_999, 1)]
    [InlineData(30_000_000, 5_000_000, 34_999_999, 1)]
    [InlineData(30_000_000, 5_000_000, 0, 35_000_000)]
    public void What_is_unspent_is_granted_and_carried_in_less_spent(long granted, long carriedIn, long spent, long unspent)
    {
        var rapport = Opened(new Money(granted), new Money(carriedIn));

        var refusal = Write(rapport, "Gjennomført", new Money(spent));

        Assert.Null(refusal);
        Assert.Equal((new Money(spent), new Money(unspent)), (rapport.Spent, rapport.Unspent));
    }

    [Fact]
    public void A_draft_that_spends_an_ore_more_than_there_is_is_kept_and_not_sent_on()
    {
        var rapport = Opened(Sample.Kroner(300_000), Sample.Kroner(50_000));

        var kept = Write(rapport, "", new Money(35_000_001));
        var sent = rapport.Freeze(new VersionId(Sample.Number(81)), Sample.Kari, _at);
        var (spent, unspent) = (rapport.Spent, rapport.Unspent);
        var right = rapport.Write("", Spent((Sample.First, 35_000_000)), 1, Sample.Kari, _at);

        Assert.Null(kept);
        Assert.Equal((new Money(35_000_001), new Money(-1)), (spent, unspent));
        Assert.Equal(new RapportRefusal.SpentMoreThanGranted(new Money(35_000_001), new Money(35_000_000)), sent);
        Assert.Empty(rapport.Versions);
        Assert.Null(right);
        Assert.Null(rapport.Overspent());
    }

    [Fact]
    public void What_no_sum_can_hold_is_not_kept_in_a_draft()
    {
        var rapport = Opened(Sample.Kroner(300_000), Sample.Kroner(50_000));

        var far = Write(rapport, "", new Money(long.MaxValue));

        Assert.Equal(new RapportRefusal.SpentMoreThanGranted(new Money(long.MaxValue), new Money(35_000_000)), far);
        Assert.Equal(0, rapport.Revision);
    }

    [Fact]
    public void All_tiltak_together_spend_no_more_than_there_is()
    {
        var rapport = OpenedOnTwo();

        var told = new List<Refusal?>();
        foreach (var (first, second) in new[] { (15_000_001, 15_000_000), (15_000_000, 15_000_000), (40_000_000, 20_000_000) })
        {
            Assert.Null(rapport.Write("", Spent((Sample.First, first), (Sample.Second, second)), rapport.Revision, Sample.Kari, _at));
            told.Add(rapport.Overspent());
        }

        Refusal?[] expected =
        [
            new RapportRefusal.SpentMoreThanGranted(new Money(30_000_001), new Money(30_000_000)), null, new RapportRefusal.SpentMoreThanGranted(new Money(60_000_000), new Money(30_000_000)),
        ];
        Assert.Equal(expected, told);
    }

    [Fact]
    public void A_report_refuses_each_thing_that_cannot_be_saved()
    {
        var rapport = Opened(Sample.Kroner(1));

        Assert.Equal(new RapportRefusal.NegativeAmount("brukt-1"), Write(rapport, "", new Money(-1)));
        Assert.Equal(new RapportRefusal.TextTooLong("resultat-1", 4_001, 4_000), Write(rapport, new string('x', 4_001), null));
        Assert.Equal(new RapportRefusal.TextTooLong("sammendrag", 4_001, 4_000), rapport.Write(new string('x', 4_001), Spent(), 0, Sample.Kari, _at));
        Assert.Null(rapport.Write(new string('x', 4_000), Spent(), 0, Sample.Kari, _at));
        Assert.Equal(new RapportRefusal.ChangedMeanwhile(_at), rapport.Write("", Spent(), 0, Sample.Ola, _at.AddHours(1)));
        Assert.Equal(new RapportRefusal.ChangedByYourself(_at), rapport.Write("", Spent(), 0, Sample.Kari, _at.AddHours(1)));
    }

    [Fact]
    public void A_report_lacks_a_summary_and_for_each_tiltak_a_result_and_an_amount()
    {
        var rapport = Opened(Sample.Kroner(300_000));
        rapport.Write(" ", new Dictionary<TiltakId, (string, Money?)> { [Sample.First] = ("\n", null) }, 0, Sample.Kari, _at);

        var refusal = rapport.Freeze(new VersionId(Sample.Number(81)), Sample.Kari, _at);

        RapportFault[] expected = [new(0, "", RapportFaultKind.NoSummary), new(1, "Leksehjelp", RapportFaultKind.NoResult), new(1, "Leksehjelp", RapportFaultKind.NoAmount)];
        Assert.Equal(expected, Assert.IsType<RapportRefusal.NotReady>(refusal).Faults);
        Assert.Empty(rapport.Versions);
    }

    [Fact]
    public void Nought_spent_is_an_amount()
    {
        var rapport = Opened(Sample.Kroner(300_000));

        Write(rapport, "Ikke satt i gang", Money.Zero);

        Assert.Equal([new RapportFault(0, "", RapportFaultKind.NoSummary)], rapport.Faults());
    }

    [Fact]
    public void A_version_of_the_report_never_changes_and_shows_the_accounts()
    {
        var rapport = Ready(spent: 29_000_000, carriedIn: 1_000_000);
        var (content, hash) = (rapport.Versions[0].Content, rapport.Versions[0].Hash);

        rapport.Write("Noe annet", Spent((Sample.First, 1)), rapport.Revision, Sample.Kari, _at);

        Assert.Equal((content, hash), (rapport.Versions[0].Content, rapport.Versions[0].Hash));
        Assert.Equal(
            """{"carriedInOre":1000000,"grantedOre":30000000,"results":[{"name":"Leksehjelp","number":1,"plannedOre":30000000,"spentOre":29000000,"text":"Gjennomført","tiltak":"00000015-0000-0000-0000-000000000000"}],"spentOre":29000000,"summary":"Et godt år","unspentOre":2000000,"year":2025}""",
            content);
        Assert.Equal(content, RapportContent.Parse(content).Text());
    }

    [Fact]
    public void Freezing_a_report_makes_a_version_only_when_something_has_changed()
    {
        var rapport = Ready(spent: 1);
        rapport.Freeze(new VersionId(Sample.Number(82)), Sample.Kari, _at);
        rapport.Write("Et annet år", Spent(), rapport.Revision, Sample.Kari, _at);
        rapport.Freeze(new VersionId(Sample.Number(83)), Sample.Kari, _at);

        var versions = rapport.Versions;

        Assert.Equal([(1, Sample.Number(81)), (2, Sample.Number(83))], versions.Select(v => (v.Number, v.Id.Value)));
        Assert.NotEqual(versions[0].Hash, versions[1].Hash);
    }

    [Theory]
    [InlineData(19_999_999, 20_000_000L, false)] // the letter says 200 000 kr
    [InlineData(20_000_000, 20_000_000L, true)]
    [InlineData(50_000_000, 60_000_000L, false)] // a letter with a higher limit than the setting
    [InlineData(49_999_999, null, false)] // the letter is silent: 500 000 kr
    [InlineData(50_000_000, null, true)]
    [InlineData(1, 0L, true)] // from the first øre
    public void An_auditor_signs_from_the_letters_amount_else_the_settings(long granted, long? from, bool needs)
    {
        var grant = Sample.WithLetter(new Money(granted), Sample.Terms with { AuditorFrom = from is { } ore ? new Money(ore) : null });
        var rapport = Rapport.Open(new RapportId(Sample.Number(71)), grant, Lines(Sample.Content(Sample.ReadyPlan())), Money.Zero, _at);

        var needed = rapport.NeedsAuditor(grant.Letter!, Limits.Default);

        Assert.Equal(needs, needed);
    }

    [Fact]
    public void An_auditors_statement_has_a_text_and_a_day_that_has_been()
    {
        var rapport = Opened(new Money(1));

        Assert.Equal(new RapportRefusal.StatementMissing(), rapport.RecordAuditor("\t", _today, _today));
        Assert.Equal(new RapportRefusal.TextTooLong("uttalelse", 4_001, 4_000), rapport.RecordAuditor(new string('x', 4_001), _today, _today));
        Assert.Equal(new RapportRefusal.DateLongBefore("dato", new LocalDate(2005, 12, 31), rapport.Year), rapport.RecordAuditor("Uten merknad", new LocalDate(2005, 12, 31), _today));
        Assert.Equal(new RapportRefusal.DateInFuture("dato", _today.PlusDays(1)), rapport.RecordAuditor("Uten merknad", _today.PlusDays(1), _today));
        Assert.Null(rapport.RecordAuditor("Uten merknad", _today, _today));
        Assert.Equal(("Uten merknad", _today), (rapport.AuditorStatement, rapport.AuditedOn));
    }

    [Fact]
    public void A_report_is_sent_as_approved_and_audited_where_it_must_be()
    {
        var letter = Sample.WithLetter(Sample.Kroner(300_000), Sample.Terms with { AuditorFrom = Sample.Kroner(300_000) }).Letter!;
        var rapport = Ready(spent: 1);

        var unapproved = rapport.Submit(letter, Limits.Default, _at);
        rapport.Approve(1);
        var unaudited = rapport.Submit(letter, Limits.Default, _at);
        rapport.RecordAuditor("Uten merknad", _today, _today);
        var sent = rapport.Submit(letter, Limits.Default, _at);
        var again = rapport.Submit(letter, Limits.Default, _at.AddHours(1));

        Assert.Equal(new RapportRefusal.NotApproved(), unapproved);
        Assert.Equal(new RapportRefusal.AuditorMissing(Sample.Kroner(300_000)), unaudited);
        Assert.Null(sent);
        Assert.Equal(new RapportRefusal.AlreadySubmitted(_at), again);
        Assert.Equal(_at, rapport.SubmittedAt);
    }

    [Fact]
    public void What_the_auditor_said_of_an_earlier_version_is_not_enough_for_another()
    {
        var letter = Sample.WithLetter(Sample.Kroner(300_000), Sample.Terms with { AuditorFrom = Sample.Kroner(300_000) }).Letter!;
        var rapport = Ready(spent: 1);
        Assert.Null(rapport.RecordAuditor("Uten merknad", _today, _today));
        Assert.Null(rapport.Write("Nytt", Spent(), rapport.Revision, Sample.Kari, _at.AddHours(1)));
        Assert.Null(rapport.Freeze(new VersionId(Sample.Number(82)), Sample.Kari, _at.AddHours(1)));
        rapport.Approve(2);

        Assert.Equal(new RapportRefusal.AuditorMissing(Sample.Kroner(300_000)), rapport.Submit(letter, Limits.Default, _at.AddHours(2)));
        Assert.Null(rapport.RecordAuditor("Heller ikke nå", _today, _today));
        Assert.Null(rapport.Submit(letter, Limits.Default, _at.AddHours(3)));
        Assert.Equal(2, rapport.AuditedVersion);
    }

    [Fact]
    public void Another_version_is_sent_though_the_grantor_has_not_answered_the_first()
    {
        var rapport = Ready(spent: 1);
        rapport.Approve(1);
        Assert.Null(rapport.Submit(Letter, Limits.Default, _at));
        Assert.Null(rapport.Write("Nytt", Spent(), rapport.Revision, Sample.Kari, _at.AddHours(1)));
        Assert.Null(rapport.Freeze(new VersionId(Sample.Number(82)), Sample.Kari, _at.AddHours(1)));
        rapport.Approve(2);

        Assert.Null(rapport.Submit(Letter, Limits.Default, _at.AddHours(2)));
        Assert.Equal((2, _at.AddHours(2)), (rapport.SentVersion!.Number, rapport.SubmittedAt));
        Assert.Equal(new RapportRefusal.AlreadySubmitted(_at.AddHours(2)), rapport.Submit(Letter, Limits.Default, _at.AddHours(3)));
    }

    [Fact]
    public void Money_carried_in_late_changes_only_a_report_that_is_being_written()
    {
        var rapport = Ready(spent: 1);
        var opened = rapport.Revision;

        Assert.False(rapport.CarryIn(new Money(5), isWritten: false));
        Assert.True(rapport.CarryIn(new Money(5), isWritten: true));

        Assert.Equal(new Money(5), rapport.CarriedIn);
        Assert.IsType<RapportRefusal.ChangedByYourself>(rapport.Write("Nytt", Spent(), opened, Sample.Kari, _at));
    }

    [Fact]
    public void An_approval_of_an_older_version_does_not_send_a_newer_one()
    {
        var rapport = Ready(spent: 1);
        rapport.Approve(1);
        rapport.Write("Nytt", Spent(), rapport.Revision, Sample.Kari, _at);
        rapport.Freeze(new VersionId(Sample.Number(82)), Sample.Kari, _at);

        var refusal = rapport.Submit(Letter, Limits.Default, _at);

        Assert.Equal(new RapportRefusal.NotApproved(), refusal);
        Assert.Throws<InvalidOperationException>(() => rapport.Approve(3));
    }

    [Fact]
    public void A_report_that_is_returned_is_sent_anew_and_then_received_and_accepted()
    {
        var rapport = Sent();

        Assert.Null(rapport.Receive("26/1", _at.AddDays(1)));
        Assert.Null(rapport.AskForCorrection("Resultatene mangler tall", _at.AddDays(2)));
        Assert.Null(rapport.Submit(Letter, Limits.Default, _at.AddDays(3)));
        Assert.Equal(("", "Resultatene mangler tall", (DateTimeOffset?)null, (DateTimeOffset?)null), (rapport.Journal, rapport.Correction, rapport.CorrectionAskedAt, rapport.ReceivedAt));
        Assert.Null(rapport.Receive("26/2", _at.AddDays(4)));
        var source = Sample.Source(Sample.Kdd, "KDD", null);
        Assert.Null(rapport.Accept(source, _at.AddDays(5)));

        Assert.Equal(("26/2", _at.AddDays(5)), (rapport.Journal, rapport.AcceptedAt));
        Assert.Equal([(AmountState.Spent, (PlanUnitId?)Sample.Unit, new Money(1), "26/2")], source.Amounts.Select(a => (a.State, a.PlanUnitId, a.Amount, a.Basis)));
        Assert.Equal(new RapportRefusal.NothingSubmitted(), rapport.AskForCorrection("For sent", _at.AddDays(6)));
    }

    [Fact]
    public void Nothing_is_received_corrected_or_accepted_before_it_is_sent()
    {
        var rapport = Ready(spent: 1);

        Assert.Equal(new RapportRefusal.NothingSubmitted(), rapport.Receive("26/1", _at));
        Assert.Equal(new RapportRefusal.NothingSubmitted(), rapport.AskForCorrection("x", _at));
        Assert.Equal(new RapportRefusal.NothingSubmitted(), rapport.Accept(Sample.Source(Sample.Kdd, "KDD", null), _at));
    }

    [Fact]
    public void A_receipt_is_given_once_and_a_correction_says_what_is_wrong()
    {
        var rapport = Sent();

        Assert.Equal(new RapportRefusal.TextTooLong("journal", 121, 120), rapport.Receive(new string('1', 121), _at));
        Assert.Null(rapport.Receive("26/1", _at));
        Assert.Equal(new RapportRefusal.NothingSubmitted(), rapport.Receive("26/1", _at));
        Assert.Equal(new RapportRefusal.CorrectionMissing(), rapport.AskForCorrection("", _at));
        Assert.Equal(new RapportRefusal.TextTooLong("retting", 4_001, 4_000), rapport.AskForCorrection(new string('x', 4_001), _at));
        Assert.Null(rapport.AskForCorrection("Feil", _at));
        Assert.Equal(new RapportRefusal.NothingSubmitted(), rapport.AskForCorrection("Feil", _at));
    }

    [Fact]
    public void All_that_is_left_is_carried_over_to_the_ore()
    {
        var rapport = Ready(spent: 29_999_999, carriedIn: 100);
        var source = Sample.Source(Sample.Kdd, "KDD", null);

        var oneLess = rapport.CarryOver(new Money(100), _today, true, source, _at, _today);
        var oneMore = rapport.CarryOver(new Money(102), _today, true, source, _at, _today);
        var exact = rapport.CarryOver(new Money(101), _today, true, source, _at, _today);

        Assert.Equal(new RapportRefusal.DoesNotClose(new Money(100), new Money(101)), oneLess);
        Assert.Equal(new RapportRefusal.DoesNotClose(new Money(102), new Money(101)), oneMore);
        Assert.Null(exact);
        Assert.Equal((new Money(101), _today, null, Money.Zero), (rapport.CarriedOver, rapport.CarriedOverOn, rapport.Repaid, rapport.Outstanding));
        Assert.Equal([(AmountState.CarriedOver, (PlanUnitId?)Sample.Unit, new Money(101))], source.Amounts.Select(a => (a.State, a.PlanUnitId, a.Amount)));
    }

    [Theory]
    [InlineData(600_000_00, 250_000_00, 300_000_00, "50000.00|0")] // The second unit has nothing left.
    [InlineData(600_000_00, 299_999_99, 299_999_98, "0.01|0.02")]
    [InlineData(600_000_00, 310_000_00, 250_000_00, "0|40000.00")] // The first has spent more than it had.
    [InlineData(700_000_01, 300_000_00, 300_000_00, "50000.01|50000.00")] // All lines are spent: the letter was more.
    public void What_a_gathered_report_carries_over_is_each_units_own_by_what_it_has_left(long granted, long first, long second, string kept)
    {
        var (plan, other, source) = (Sample.EmptyPlan().Id, new HandlingsplanId(Sample.Number(6)), Sample.Source(Sample.Kdd, "KDD", null));
        var grant = Grant.Gathering(new GrantId(Sample.Number(31)), new PlanUnitId(Sample.Number(7)), Sample.Year, Sample.Kdd, [plan, other]);
        Assert.Null(grant.RegisterLetter(new TilskuddsbrevId(Sample.Number(41)), Sample.Source(Sample.Kdd, "KDD", 500_000), "25/1", new LocalDate(2025, 1, 20), new Money(granted), Sample.Terms, Sample.Kari, Sample.At, Sample.Today));
        var rapport = Rapport.Open(
            new RapportId(Sample.Number(71)), grant, [new PlannedLine(plan, Sample.First, 1, "Leksehjelp", Sample.Kroner(300_000)), new PlannedLine(other, Sample.Second, 1, "Jobbsjansen", Sample.Kroner(300_000))], Money.Zero, _at);
        Assert.Null(rapport.Write("Et godt år", Spent((Sample.First, first), (Sample.Second, second)), 0, Sample.Kari, _at));
        Assert.Null(rapport.Freeze(new VersionId(Sample.Number(81)), Sample.Kari, _at));

        Assert.Null(rapport.CarryOver(rapport.Outstanding, _today, true, source, _at, _today, new Dictionary<TiltakId, PlanUnitId> { [Sample.First] = Sample.Unit, [Sample.Second] = Sample.OtherUnit }));

        Money Of(PlanUnitId unit) => source.LatestFor(unit, AmountState.CarriedOver) ?? Money.Zero;
        Assert.Equal(kept, string.Join('|', new[] { Of(Sample.Unit), Of(Sample.OtherUnit) }.Select(amount => amount == Money.Zero ? "0" : (amount.Ore / 100m).ToString("F2", CultureInfo.InvariantCulture))));
        Assert.Null(source.LatestFor(null, AmountState.CarriedOver));
    }

    [Fact]
    public void All_that_is_left_is_repaid_to_the_ore()
    {
        var rapport = Ready(spent: 29_999_999, carriedIn: 100);
        var source = Sample.Source(Sample.Kdd, "KDD", null);

        var oneLess = rapport.Repay(new Money(100), _today, _today, source, _at, _today);
        var oneMore = rapport.Repay(new Money(102), _today, _today, source, _at, _today);
        var exact = rapport.Repay(new Money(101), _today, _today, source, _at, _today);

        Assert.Equal(new RapportRefusal.DoesNotClose(new Money(100), new Money(101)), oneLess);
        Assert.Equal(new RapportRefusal.DoesNotClose(new Money(102), new Money(101)), oneMore);
        Assert.Null(exact);
        Assert.Equal((null, new Money(101), _today, Money.Zero), (rapport.CarriedOver, rapport.Repaid, rapport.RepaidOn, rapport.Outstanding));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(100)]
    public void A_part_is_carried_over_and_the_rest_is_repaid_so_that_the_accounts_close(long kept)
    {
        var rapport = Ready(spent: 29_999_999, carriedIn: 100);
        var source = Sample.Source(Sample.Kdd, "KDD", null);

        var part = rapport.CarryOverPart(new Money(kept), _today, true, source, _at, _today);
        var left = rapport.Outstanding;
        var all = rapport.Repay(new Money(101), _today, _today, source, _at, _today);
        var rest = rapport.Repay(left, _today, _today, source, _at, _today);

        Assert.Null(part);
        Assert.Equal(new Money(101 - kept), left);
        Assert.Equal(new RapportRefusal.DoesNotClose(new Money(101), left), all);
        Assert.Null(rest);
        Assert.Equal(rapport.Granted + rapport.CarriedIn, rapport.Spent + rapport.CarriedOver!.Value + rapport.Repaid!.Value);
        Assert.Equal([(AmountState.CarriedOver, new Money(kept)), (AmountState.Repaid, left)], source.Amounts.Select(a => (a.State, a.Amount)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(102)]
    public void A_part_is_neither_nothing_nor_all(long kept)
    {
        var rapport = Ready(spent: 29_999_999, carriedIn: 100);
        var source = Sample.Source(Sample.Kdd, "KDD", null);

        var refused = rapport.CarryOverPart(new Money(kept), _today, true, source, _at, _today);

        Assert.Equal(new RapportRefusal.NotAPart(new Money(kept), new Money(101)), refused);
        Assert.Equal("overfores", refused!.Field);
        Assert.Equal((new Money(101), 0), (rapport.Outstanding, source.Amounts.Count));
    }

    [Fact]
    public void A_letter_that_forbids_carrying_over_leaves_only_repayment()
    {
        var rapport = Ready(spent: 29_999_999);
        var source = Sample.Source(Sample.Kdd, "KDD", null);

        var carried = rapport.CarryOver(new Money(1), _today, mayCarryOver: false, source, _at, _today);
        var part = rapport.CarryOverPart(new Money(1), _today, mayCarryOver: false, source, _at, _today);
        var repaid = rapport.Repay(new Money(1), _today, _today, source, _at, _today);

        Assert.Equal(new RapportRefusal.LetterForbidsCarryOver(), carried);
        Assert.Equal(new RapportRefusal.LetterForbidsCarryOver(), part);
        Assert.Null(repaid);
    }

    [Fact]
    public void Consent_and_payment_have_happened_and_closed_accounts_stay_closed()
    {
        var (rapport, other) = (Ready(spent: 29_999_900), Ready(spent: 29_999_900));
        var source = Sample.Source(Sample.Kdd, "KDD", null);
        var tomorrow = _today.PlusDays(1);

        Assert.Equal(new RapportRefusal.DateInFuture("dato", tomorrow), rapport.CarryOver(new Money(100), tomorrow, true, source, _at, _today));
        Assert.Equal(new RapportRefusal.DateLongBefore("samtykke", new LocalDate(2005, 12, 31), rapport.Year), rapport.CarryOverPart(new Money(60), new LocalDate(2005, 12, 31), true, source, _at, _today));
        Assert.Equal(new RapportRefusal.DateInFuture("samtykke", tomorrow), rapport.CarryOverPart(new Money(60), tomorrow, true, source, _at, _today));
        Assert.Equal(new RapportRefusal.DateInFuture("dato", tomorrow), rapport.Repay(new Money(100), tomorrow, _today, source, _at, _today));
        Assert.Equal(new RapportRefusal.DateBeforeLetter("dato", _today, tomorrow), rapport.Repay(new Money(100), _today, tomorrow, source, _at, _today));
        Assert.Null(rapport.CarryOverPart(new Money(60), _today, true, source, _at, _today));
        Assert.Equal(new RapportRefusal.AlreadySettled(_today), rapport.CarryOverPart(new Money(1), _today, true, source, _at, _today));
        Assert.Null(rapport.Repay(new Money(40), _today, _today, source, _at, _today));
        Assert.Equal(new RapportRefusal.AlreadySettled(_today), rapport.Repay(Money.Zero, _today, _today, source, _at, _today));
        Assert.Null(other.CarryOver(new Money(100), _today, true, source, _at, _today));
        Assert.Equal(new RapportRefusal.AlreadySettled(_today), other.CarryOver(new Money(100), _today, true, source, _at, _today));
        Assert.Equal(new RapportRefusal.AlreadySettled(_today), other.Repay(Money.Zero, _today, _today, source, _at, _today));
    }

    private static Tilskuddsbrev Letter => Sample.WithLetter(Sample.Kroner(300_000)).Letter!;

    private static Rapport Opened(Money granted, Money? carriedIn = null) =>
        Rapport.Open(new RapportId(Sample.Number(71)), Sample.WithLetter(granted), Lines(Sample.Content(Sample.ReadyPlan())), carriedIn ?? Money.Zero, _at);

    private static Rapport OpenedOnTwo()
    {
        var plan = Sample.ReadyPlan();
        plan.Add(Sample.Second, "", Sample.Kari, Sample.At);
        plan.WriteTiltak(Sample.Second, Sample.Text with { Name = "Jobbsjansen" }, plan.Revision, Sample.Kari, Sample.At);
        return Rapport.Open(new RapportId(Sample.Number(71)), Sample.WithLetter(Sample.Kroner(300_000)), Lines(Sample.Content(plan)), Money.Zero, _at);
    }

    /// <summary>A frozen report on 300 000 kr, amounts in øre.</summary>
    private static Rapport Ready(long spent, long carriedIn = 0)
    {
        var rapport = Opened(Sample.Kroner(300_000), new Money(carriedIn));
        Assert.Null(rapport.Write("Et godt år", Spent((Sample.First, spent)), 0, Sample.Kari, _at));
        Assert.Null(rapport.Freeze(new VersionId(Sample.Number(81)), Sample.Kari, _at));
        return rapport;
    }

    private static Rapport Sent()
    {
        var rapport = Ready(spent: 1);
        rapport.Approve(1);
        Assert.Null(rapport.Submit(Letter, Limits.Default, _at));
        return rapport;
    }

    private static Refusal? Write(Rapport rapport, string text, Money? spent) =>
        rapport.Write("", new Dictionary<TiltakId, (string, Money?)> { [Sample.First] = (text, spent) }, rapport.Revision, Sample.Kari, _at);

    private static Dictionary<TiltakId, (string Text, Money? Spent)> Spent(params (TiltakId Tiltak, long Ore)[] spent) =>
        spent.ToDictionary(line => line.Tiltak, line => ("Gjennomført", (Money?)new Money(line.Ore)));

    private static IReadOnlyList<PlannedLine> Lines(HandlingsplanContent plan) => [.. PlannedLine.Of(Sample.EmptyPlan().Id, plan, Sample.Kdd)];
}
