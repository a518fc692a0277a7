using NodaTime;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle;

/// <summary>One small programme with two state sources and an own share, and its plan for 2025: the least a rule can be tried on.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset At = new(2024, 11, 20, 8, 0, 0, TimeSpan.Zero);
    public static readonly LocalDate Today = new(2025, 2, 3);
    public static readonly GrantYear Year = new(2025);
    public static readonly ProgrammeId Programme = new(Number(1));
    public static readonly PlanUnitId Unit = new(Number(2));
    public static readonly PlanUnitId OtherUnit = new(Number(3));
    public static readonly PersonId Kari = new(Number(4));
    public static readonly PersonId Ola = new(Number(14));
    public static readonly FundingSourceId Kdd = new(Number(11));
    public static readonly FundingSourceId Aid = new(Number(12));
    public static readonly FundingSourceId Own = new(Number(13));
    public static readonly TiltakId First = new(Number(21));
    public static readonly TiltakId Second = new(Number(22));

    public static readonly Criterion[] Criteria = [new("DRM-1", Programme, 1, "Bedre oppvekst", ["K1"]), new("DRM-2", Programme, 2, "Flere i jobb", ["K2"])];

    public static readonly TiltakText Text = new(
        "Leksehjelp", "Oppvekst", "Skole", "Leksehjelp to dager i uka", "60 barn", "Oppvekst", TiltakStatus.Running, TiltakChange.Continued,
        ["DRM-1"], new Dictionary<FundingSourceId, Money> { [Kdd] = Kroner(300_000) }, "40 barn i 2024", false);

    public static Guid Number(int number) => new(number, 0, 0, new byte[8]);

    public static Money Kroner(long kroner) => Money.FromKroner(kroner);

    public static Dictionary<FundingSourceId, Money> Budget(FundingSourceId source, Money amount) => new() { [source] = amount };

    /// <summary>A state source with the frame proposed for it, or none.</summary>
    public static FundingSource Source(FundingSourceId id, string code, long? proposedKroner)
    {
        var source = new FundingSource(id, Programme, Year, code == "KDD" ? 1 : 2, new GrantorId(Number(9)), code, 590, 65, "kap. 590 post 65", "");
        if (proposedKroner is { } kroner)
        {
            source.Record(AmountState.Proposed, null, Kroner(kroner), At, "Prop. 1 S");
        }

        return source;
    }

    public static FundingSource OwnShare() => new(Own, Programme, Year, 3, null, "Egen", null, null, "", "");

    /// <summary>KDD 500 000 kr, AID 100 000 kr and the own share.</summary>
    public static FundingSource[] Sources() => [Source(Kdd, "KDD", 500_000), Source(Aid, "AID", 100_000), OwnShare()];

    public static Handlingsplan EmptyPlan() => Handlingsplan.Start(new HandlingsplanId(Number(5)), Unit, Year, At);

    /// <summary>A plan with one tiltak of 300 000 kr from KDD, and nothing wrong with it.</summary>
    public static Handlingsplan ReadyPlan()
    {
        var plan = EmptyPlan();
        foreach (var section in Enum.GetValues<PlanSection>())
        {
            Assert.Null(plan.WriteSection(section, "Tekst", plan.Revision, Kari, At));
        }

        plan.Add(First, "", Kari, At);
        Assert.Null(plan.WriteTiltak(First, Text, plan.Revision, Kari, At));
        return plan;
    }

    /// <summary>The ready plan with more money: what the tiltak gets from KDD.</summary>
    public static Handlingsplan PlanOf(Money fromKdd)
    {
        var plan = ReadyPlan();
        Assert.Null(plan.WriteTiltak(First, Text with { Budget = Budget(Kdd, fromKdd) }, plan.Revision, Kari, At));
        return plan;
    }

    /// <summary>The ready plan, approved in its first version.</summary>
    public static Handlingsplan ApprovedPlan()
    {
        var plan = ReadyPlan();
        Assert.Null(plan.Freeze(new VersionId(Number(51)), Kari, At, Sources(), Criteria));
        plan.Approve(1, At);
        return plan;
    }

    public static HandlingsplanContent Content(Handlingsplan plan) => HandlingsplanContent.Of(plan, Sources(), Criteria);

    public static Grant NewGrant() => new(new GrantId(Number(31)), Unit, Year, Kdd, new HandlingsplanId(Number(5)));

    public static LetterTerms Terms => new(new LocalDate(2026, 3, 1), null, MayCarryOver: true, "");

    /// <summary>A grant with a letter on an amount.</summary>
    public static Grant WithLetter(Money amount, LetterTerms? terms = null)
    {
        var grant = NewGrant();
        var source = Source(Kdd, "KDD", 500_000);
        Assert.Null(grant.RegisterLetter(new TilskuddsbrevId(Number(41)), source, "25/1", new LocalDate(2025, 1, 20), amount, terms ?? Terms, Kari, At, Today));
        return grant;
    }
}
