using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Award;

public sealed class PlanChangeTests
{
    private static readonly PlanChangeId Id = new(Sample.Number(95));

    // Before and after in øre, of one source with 1 000 000 kr planned; the limits are 5 % and 100 000 kr.
    [Theory]
    [InlineData(60_000_000, 40_000_000, 60_000_000, 40_000_000, false)]
    [InlineData(60_000_000, 40_000_000, 55_000_000, 45_000_000, false)] // exactly 5 % moved
    [InlineData(60_000_000, 40_000_000, 54_999_999, 45_000_001, true)]
    [InlineData(60_000_000, 40_000_000, 65_000_000, 40_000_000, false)] // exactly 5 % more
    [InlineData(60_000_000, 40_000_000, 60_000_000, 34_999_999, true)]
    public void Money_moved_beyond_the_limit_is_material(long first, long second, long firstAfter, long secondAfter, bool isMaterial)
    {
        Assert.Equal(isMaterial, PlanChange.IsMaterial(Content(first, second), Content(firstAfter, secondAfter), Limits.Default));
    }

    [Fact]
    public void A_tiltak_that_has_come_or_gone_is_material_whatever_its_money()
    {
        Assert.True(PlanChange.IsMaterial(Content(100_000_000, 1), Content(100_000_000), Limits.Default));
        Assert.True(PlanChange.IsMaterial(Content(100_000_000), Content(100_000_000, 1), Limits.Default));
    }

    // Before and after in øre, of KDD and AID in each of two tiltak; what is asked is whether it is another to AID.
    [Theory]
    [InlineData(new[] { 60_000_000L, 10_000_000, 40_000_000, 10_000_000 }, new[] { 40_000_000L, 10_000_000, 60_000_000, 10_000_000 }, false)] // KDD's alone
    [InlineData(new[] { 60_000_000L, 10_000_000, 40_000_000, 10_000_000 }, new[] { 60_000_000L, 11_000_000, 40_000_000, 9_000_000 }, false)] // exactly 5 %
    [InlineData(new[] { 60_000_000L, 10_000_000, 40_000_000, 10_000_000 }, new[] { 60_000_000L, 11_000_001, 40_000_000, 8_999_999 }, true)]
    [InlineData(new[] { 60_000_000L, 10_000_000, 40_000_000, 0 }, new[] { 100_000_000L, 10_000_000 }, false)] // gone, but never AID's
    [InlineData(new[] { 60_000_000L, 10_000_000, 40_000_000, 1 }, new[] { 100_000_000L, 10_000_001 }, true)] // gone, and AID's
    [InlineData(new[] { 60_000_000L, 10_000_000 }, new[] { 60_000_000L, 9_999_999, 0, 1 }, true)] // come
    public void A_grantor_is_touched_by_what_happens_to_its_own_money(long[] before, long[] after, bool isMaterial) =>
        Assert.Equal(isMaterial, PlanChange.IsMaterialTo(Sample.Aid, Shared(before), Shared(after), Limits.Default));

    [Fact]
    public void A_grantor_whose_money_is_moved_is_told_and_one_that_has_changed_its_own_amount_is_not()
    {
        var (kdd, aid) = (Accepted(), Other(32, isAccepted: true));
        var (revised, _) = Open(kdd, Sample.Source(Sample.Kdd, "KDD", 1));
        var (deviation, _) = Open(kdd, Sample.Source(Sample.Kdd, "KDD", 1), reason: ChangeReason.Deviation);
        var before = revised!.MustBeTold;

        revised.Touch([aid.Id, kdd.Id]);
        deviation!.Touch([aid.Id]);
        deviation.Touch([aid.Id]);

        Assert.False(before);
        Assert.True(revised.MustBeTold);
        Assert.Equal([aid.Id], revised.Told);
        Assert.Equal([kdd.Id, aid.Id], deviation.Told);
    }

    [Fact]
    public void A_change_is_opened_of_an_accepted_letter_with_what_has_happened_and_a_new_amount()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 1);
        var grant = Accepted();

        Assert.Equal(new ChangeRefusal.NotUnderWay(), Open(Sample.WithLetter(Sample.Kroner(300_000)), source).Refusal);
        Assert.Equal(new ChangeRefusal.TextMissing(), Open(grant, source, text: " ").Refusal);
        Assert.Equal(new ChangeRefusal.TextTooLong(4_001, 4_000), Open(grant, source, text: new string('x', 4_001)).Refusal);
        Assert.Equal(new ChangeRefusal.SameAmount(Sample.Kroner(300_000)), Open(grant, source, amount: 300_000).Refusal);
        Assert.Equal(new ChangeRefusal.SameAmount(Sample.Kroner(300_000)), Open(grant, source, amount: 0).Refusal);
        Assert.Null(grant.Revised);
    }

    [Fact]
    public void A_revised_budget_becomes_the_units_frame_and_the_letters_amount_is_kept()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 1);
        var grant = Accepted();

        var (change, refusal) = Open(grant, source, amount: 250_000);

        Assert.Null(refusal);
        Assert.Equal((ChangeReason.RevisedBudget, Sample.Kroner(250_000), 1), (change!.Reason, change.Amount, change.FromVersion));
        Assert.Equal((Sample.Kroner(250_000), Sample.Kroner(300_000)), (grant.Granted, grant.Letter!.Amount));
        Assert.Equal(Sample.Kroner(250_000), source.FrameFor(Sample.Unit));
    }

    [Fact]
    public void What_the_grantor_does_not_consent_to_leaves_the_plan_as_it_was_approved()
    {
        var plan = Sample.ReadyPlan();
        Assert.Null(plan.Freeze(new VersionId(Sample.Number(51)), Sample.Kari, Sample.At, Sample.Sources(), Sample.Criteria));
        plan.Approve(1, Sample.At);
        var (change, _) = Open(Accepted(), Sample.Source(Sample.Kdd, "KDD", 1), reason: ChangeReason.Deviation);
        Assert.Null(plan.WriteSection(PlanSection.Goal, "Et annet mål", plan.Revision, Sample.Kari, Sample.At));
        Assert.Null(plan.Freeze(new VersionId(Sample.Number(52)), Sample.Kari, Sample.At, Sample.Sources(), Sample.Criteria));
        plan.Approve(2, Sample.At);

        var silent = change!.RecordConsent(change.GrantId, false, " ", Sample.At);
        var withheld = change.RecordConsent(change.GrantId, false, "Tiltaket er et vilkår.", Sample.At);
        change.Undo(plan, isWritten: false, Sample.At);

        Assert.Equal(new ChangeRefusal.GroundsMissing(), silent);
        Assert.Null(withheld);
        Assert.Equal((1, false), (plan.ApprovedVersion, change.IsConsentedTo));
    }

    [Fact]
    public void What_the_grantor_refused_is_gone_from_the_draft_too()
    {
        var plan = Sample.ReadyPlan();
        Assert.Null(plan.Freeze(new VersionId(Sample.Number(51)), Sample.Kari, Sample.At, Sample.Sources(), Sample.Criteria));
        plan.Approve(1, Sample.At);
        var approved = HandlingsplanContent.Of(plan, Sample.Sources(), Sample.Criteria);
        var (change, _) = Open(Accepted(), Sample.Source(Sample.Kdd, "KDD", 1), reason: ChangeReason.Deviation);
        var gone = plan.Tiltak[0].TiltakId;
        Assert.Null(plan.WriteSection(PlanSection.Goal, "Et annet mål", plan.Revision, Sample.Kari, Sample.At));
        plan.Add(new TiltakId(Sample.Number(77)), "", Sample.Kari, Sample.At);
        Assert.Null(plan.Remove(gone, plan.Revision, Sample.Kari, Sample.At));
        Assert.Null(plan.Attach(new AttachmentContent("kart.pdf", "application/pdf", 3, new string('a', 64)), Sample.Kari, Sample.At));
        var opened = plan.Revision;

        change!.Undo(plan, isWritten: false, Sample.At);

        Assert.Equal(approved.Text(), HandlingsplanContent.Of(plan, Sample.Sources(), Sample.Criteria).Text());
        Assert.Equal(new PlanRefusal.ChangedMeanwhile(Sample.At), plan.WriteSection(PlanSection.Goal, "Et tredje mål", opened, Sample.Kari, Sample.At));
    }

    [Fact]
    public void What_is_written_for_another_letter_meanwhile_is_left_to_its_writer()
    {
        var plan = Sample.ReadyPlan();
        Assert.Null(plan.Freeze(new VersionId(Sample.Number(51)), Sample.Kari, Sample.At, Sample.Sources(), Sample.Criteria));
        plan.Approve(1, Sample.At);
        var (change, _) = Open(Accepted(), Sample.Source(Sample.Kdd, "KDD", 1), reason: ChangeReason.Deviation);
        Assert.Null(plan.WriteSection(PlanSection.Goal, "Et annet mål", plan.Revision, Sample.Kari, Sample.At));

        change!.Undo(plan, isWritten: true, Sample.At);

        Assert.Equal((1, "Et annet mål"), (plan.ApprovedVersion, plan.Goal));
    }

    [Fact]
    public void What_a_grantor_said_of_one_version_says_nothing_of_the_next()
    {
        var (kdd, aid) = (Accepted(), Other(32, isAccepted: true));
        var (change, _) = Open(kdd, Sample.Source(Sample.Kdd, "KDD", 1), reason: ChangeReason.Deviation);
        Assert.Null(change!.TellAlso([aid]));
        Assert.Null(change.RecordConsent(kdd.Id, true, "", Sample.At));
        Assert.Null(change.RecordConsent(aid.Id, false, "Nei.", Sample.At));

        change.AskAnew();

        Assert.Empty(change.Consents);
        Assert.False(change.IsWithheld);
        Assert.Null(change.RecordConsent(kdd.Id, true, "", Sample.At));
    }

    [Fact]
    public void Each_grantor_a_deviation_touches_answers_once_and_one_that_does_not_consent_is_enough()
    {
        var (kdd, aid, early) = (Accepted(), Other(32, isAccepted: true), Other(33, isAccepted: false));
        var (change, _) = Open(kdd, Sample.Source(Sample.Kdd, "KDD", 1), reason: ChangeReason.Deviation);

        Assert.Equal(new ChangeRefusal.NotPaying(), change!.TellAlso([kdd, early]));
        Assert.Null(change.TellAlso([aid, kdd]));
        Assert.Equal([kdd.Id, aid.Id], change.Grants);
        Assert.Equal(new ChangeRefusal.AnswererMissing(), change.RecordConsent(early.Id, true, "", Sample.At));
        Assert.Null(change.RecordConsent(aid.Id, false, "Nei.", Sample.At));
        Assert.Equal(new ChangeRefusal.Answered(), change.RecordConsent(aid.Id, true, "", Sample.At));
        Assert.Null(change.RecordConsent(kdd.Id, true, "", Sample.At));
        Assert.Equal([(kdd.Id, true), (aid.Id, false)], change.Consents.Select(consent => (consent.Grant, consent.IsGiven)));
        Assert.True(change.IsWithheld);
    }

    [Fact]
    public void A_revised_amount_is_one_sources_own()
    {
        var (change, _) = Open(Accepted(), Sample.Source(Sample.Kdd, "KDD", 1));

        Assert.Throws<InvalidOperationException>(() => change!.TellAlso([Other(32, isAccepted: true)]));
    }

    private static Grant Other(int number, bool isAccepted)
    {
        var grant = new Grant(new GrantId(Sample.Number(number)), Sample.Unit, Sample.Year, Sample.Aid, Sample.ApprovedPlan().Id);
        Assert.Null(grant.RegisterLetter(new TilskuddsbrevId(Sample.Number(number + 10)), Sample.Source(Sample.Aid, "AID", 1), "25/2", Sample.Today, Sample.Kroner(1), Sample.Terms, Sample.Kari, Sample.At, Sample.Today));
        if (isAccepted)
        {
            Assert.Null(grant.AcceptLetter([], null, Limits.Default, Sample.Kari, Sample.At));
        }

        return grant;
    }

    private static Grant Accepted()
    {
        var grant = Sample.WithLetter(Sample.Kroner(300_000));
        Assert.Null(grant.AcceptLetter([.. PlannedLine.Of(Sample.PlanOf(Sample.Kroner(300_000)).Id, Sample.Content(Sample.PlanOf(Sample.Kroner(300_000))), Sample.Kdd)], null, Limits.Default, Sample.Kari, Sample.At));
        return grant;
    }

    private static (PlanChange? Change, Tilskudd.Cycle.Refusal? Refusal) Open(
        Grant grant, FundingSource source, ChangeReason reason = ChangeReason.RevisedBudget, string text = "Revidert budsjett", long amount = 250_000) =>
        PlanChange.Open(Id, grant, source, Sample.ApprovedPlan(), reason, text, Sample.Kroner(amount), Sample.Kari, Sample.At);

    // The tiltak in turn: what KDD gives, and what AID does.
    private static HandlingsplanContent Shared(long[] ore)
    {
        var plan = Sample.PlanOf(Money.Zero);
        foreach (var (at, amounts) in ore.Chunk(2).Index())
        {
            var id = at == 0 ? plan.Tiltak[0].TiltakId : new TiltakId(Sample.Number(600 + at));
            if (at > 0)
            {
                plan.Add(id, "", Sample.Kari, Sample.At);
            }

            Assert.Null(plan.WriteTiltak(id, Sample.Text with { Budget = new Dictionary<FundingSourceId, Money> { [Sample.Kdd] = new(amounts[0]), [Sample.Aid] = new(amounts[1]) } }, plan.Revision, Sample.Kari, Sample.At));
        }

        return Sample.Content(plan);
    }

    private static HandlingsplanContent Content(params long[] ore)
    {
        var plan = Sample.PlanOf(new Money(ore[0]));
        foreach (var (at, amount) in ore.Index().Skip(1))
        {
            var id = new TiltakId(Sample.Number(600 + at));
            plan.Add(id, "", Sample.Kari, Sample.At);
            Assert.Null(plan.WriteTiltak(id, Sample.Text with { Budget = new Dictionary<FundingSourceId, Money> { [Sample.Kdd] = new(amount) } }, plan.Revision, Sample.Kari, Sample.At));
        }

        return Sample.Content(plan);
    }
}
