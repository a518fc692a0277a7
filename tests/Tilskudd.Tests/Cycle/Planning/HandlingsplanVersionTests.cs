using Tilskudd.Cycle.Planning;

namespace Tilskudd.Tests.Cycle.Planning;

public sealed class HandlingsplanVersionTests
{
    private static readonly HandlingsplanContent _content = new(
        2025, "m", "u", "s", "d", "f", [new SourceContent(Sample.Kdd.Value, "KDD", "kap. 590", false, 100, true, 5)],
        new Dictionary<string, string> { ["DRM-1"] = "k" },
        [new TiltakContent(Sample.First.Value, 1, "n", "t", "v", "b", "a", "r", TiltakStatus.Running, TiltakChange.New, ["DRM-1"], null, false, new Dictionary<Guid, long> { [Sample.Kdd.Value] = 5 })]);

    public static TheoryData<string> Changes => [.. _changes.Keys];

    private static readonly Dictionary<string, Func<HandlingsplanContent, HandlingsplanContent>> _changes = new()
    {
        ["year"] = c => c with { Year = 2026 },
        ["goal"] = c => c with { Goal = "m2" },
        ["challenges"] = c => c with { Challenges = "u2" },
        ["signals"] = c => c with { Signals = "s2" },
        ["participation"] = c => c with { Participation = "d2" },
        ["proposal"] = c => c with { Proposal = "f2" },
        ["criteria"] = c => c with { Criteria = new Dictionary<string, string> { ["DRM-1"] = "k2" } },
        ["no source"] = c => c with { Sources = [] },
        ["source id"] = c => c with { Sources = [c.Sources[0] with { Id = Sample.Aid.Value }] },
        ["source code"] = c => c with { Sources = [c.Sources[0] with { Code = "AID" }] },
        ["source as received"] = c => c with { Sources = [c.Sources[0] with { AsReceived = "kap. 291" }] },
        ["own share"] = c => c with { Sources = [c.Sources[0] with { IsOwnShare = true }] },
        ["frame"] = c => c with { Sources = [c.Sources[0] with { FrameOre = 101 }] },
        ["unknown frame"] = c => c with { Sources = [c.Sources[0] with { FrameOre = null }] },
        ["reserved"] = c => c with { Sources = [c.Sources[0] with { IsReserved = false }] },
        ["planned"] = c => c with { Sources = [c.Sources[0] with { PlannedOre = 6 }] },
        ["no tiltak"] = c => c with { Tiltak = [] },
        ["tiltak id"] = c => c with { Tiltak = [c.Tiltak[0] with { Id = Sample.Second.Value }] },
        ["number"] = c => c with { Tiltak = [c.Tiltak[0] with { Number = 2 }] },
        ["name"] = c => c with { Tiltak = [c.Tiltak[0] with { Name = "n2" }] },
        ["theme"] = c => c with { Tiltak = [c.Tiltak[0] with { Theme = "t2" }] },
        ["sub-theme"] = c => c with { Tiltak = [c.Tiltak[0] with { SubTheme = "v2" }] },
        ["description"] = c => c with { Tiltak = [c.Tiltak[0] with { Description = "b2" }] },
        ["target"] = c => c with { Tiltak = [c.Tiltak[0] with { Target = "a2" }] },
        ["baseline"] = c => c with { Tiltak = [c.Tiltak[0] with { Baseline = "u2" }] },
        ["no baseline"] = c => c with { Tiltak = [c.Tiltak[0] with { HasNoBaseline = true }] },
        ["responsible"] = c => c with { Tiltak = [c.Tiltak[0] with { Responsible = "r2" }] },
        ["status"] = c => c with { Tiltak = [c.Tiltak[0] with { Status = TiltakStatus.Ending }] },
        ["change"] = c => c with { Tiltak = [c.Tiltak[0] with { Change = TiltakChange.Continued }] },
        ["criteria of a tiltak"] = c => c with { Tiltak = [c.Tiltak[0] with { Criteria = ["DRM-2"] }] },
        ["merged into"] = c => c with { Tiltak = [c.Tiltak[0] with { MergedInto = Sample.Second.Value }] },
        ["invented"] = c => c with { Tiltak = [c.Tiltak[0] with { HasInventedDetails = true }] },
        ["an ore more"] = c => c with { Tiltak = [c.Tiltak[0] with { BudgetOre = new Dictionary<Guid, long> { [Sample.Kdd.Value] = 6 } }] },
        ["another source"] = c => c with { Tiltak = [c.Tiltak[0] with { BudgetOre = new Dictionary<Guid, long> { [Sample.Aid.Value] = 5 } }] },
    };

    [Fact]
    public void The_content_is_one_line_of_canonical_json()
    {
        const string Expected =
            """{"challenges":"u","criteria":{"DRM-1":"k"},"goal":"m","participation":"d","proposal":"f","signals":"s","sources":[{"asReceived":"kap. 590","code":"KDD","frameOre":100,"id":"0000000b-0000-0000-0000-000000000000","isOwnShare":false,"isReserved":true,"plannedOre":5}],"tiltak":[{"baseline":"","budgetOre":{"0000000b-0000-0000-0000-000000000000":5},"change":"New","criteria":["DRM-1"],"description":"b","hasInventedDetails":false,"hasNoBaseline":false,"id":"00000015-0000-0000-0000-000000000000","mergedInto":null,"name":"n","number":1,"responsible":"r","status":"Running","subTheme":"v","target":"a","theme":"t"}],"totalOre":5,"year":2025}""";

        var text = _content.Text();

        Assert.Equal(Expected, text);
    }

    [Fact]
    public void Equal_content_has_the_same_hash_and_reads_back()
    {
        var again = HandlingsplanContent.Parse(_content.Text());

        Assert.Equal(_content.Hash(), again.Hash());
        Assert.Equal(_content.Text(), again.Text());
        Assert.Equal((5L, TiltakStatus.Running, 100L), (again.TotalOre, again.Tiltak[0].Status, again.Sources[0].FrameOre));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Any_changed_field_gives_another_hash(string change)
    {
        var changed = _changes[change](_content);

        Assert.NotEqual(_content.Hash(), changed.Hash());
    }

    [Fact]
    public void Every_field_of_the_content_has_been_changed_above()
    {
        // A field that is added to the content must be added to the list above as well.
        var fields = typeof(HandlingsplanContent).GetConstructors()[0].GetParameters().Length
            + typeof(SourceContent).GetConstructors()[0].GetParameters().Length
            + typeof(TiltakContent).GetConstructors()[0].GetParameters().Length;

        Assert.Equal(9 + 7 + 14, fields);
        Assert.Equal(_changes.Count, _changes.Values.Select(change => change(_content).Hash()).Distinct().Count());
    }

    [Fact]
    public void A_version_never_changes_when_the_draft_does()
    {
        var plan = Sample.ReadyPlan();
        Freeze(plan, 51);
        var (text, hash) = (plan.Versions[0].Content, plan.Versions[0].Hash);

        plan.WriteSection(PlanSection.Goal, "Et annet mål", plan.Revision, Sample.Kari, Sample.At);
        plan.Remove(Sample.First, plan.Revision, Sample.Kari, Sample.At);

        Assert.Equal((text, hash), (plan.Versions[0].Content, plan.Versions[0].Hash));
        Assert.Equal(("Tekst", "Leksehjelp", 30_000_000L), (plan.Versions[0].Read().Goal, plan.Versions[0].Read().Tiltak[0].Name, plan.Versions[0].Read().TotalOre));
    }

    [Fact]
    public void Freezing_makes_a_version_only_when_something_has_changed()
    {
        var plan = Sample.ReadyPlan();
        Freeze(plan, 51);
        Freeze(plan, 52);
        plan.WriteSection(PlanSection.Goal, "Nytt", plan.Revision, Sample.Kari, Sample.At);
        Freeze(plan, 53);

        var versions = plan.Versions;

        Assert.Equal([(1, new VersionId(Sample.Number(51))), (2, new VersionId(Sample.Number(53)))], versions.Select(v => (v.Number, v.Id)));
        Assert.Equal(plan.LatestVersion, versions[1]);
        Assert.Equal(Sample.Kari, versions[0].FrozenBy);
    }

    [Fact]
    public void A_plan_with_faults_is_not_frozen_and_the_refusal_names_them()
    {
        var plan = Sample.ReadyPlan();
        plan.Remove(Sample.First, plan.Revision, Sample.Kari, Sample.At);

        var refusal = plan.Freeze(new VersionId(Sample.Number(51)), Sample.Kari, Sample.At, Sample.Sources(), Sample.Criteria);

        Assert.Equal([new PlanFault.NoTiltak()], Assert.IsType<PlanRefusal.NotReady>(refusal).Faults);
        Assert.Empty(plan.Versions);
    }

    [Fact]
    public void A_version_shows_only_the_criteria_its_tiltak_contribute_to_and_the_frame_of_the_day()
    {
        var plan = Sample.ReadyPlan();

        var content = Sample.Content(plan);

        Assert.Equal(["DRM-1"], content.Criteria.Keys);
        Assert.Equal([("KDD", 50_000_000L, true, 30_000_000L), ("AID", 10_000_000L, true, 0L), ("Egen", (long?)null, false, 0L)], content.Sources.Select(s => (s.Code, s.FrameOre, s.IsReserved, s.PlannedOre)));
    }

    private static void Freeze(Handlingsplan plan, int id) =>
        Assert.Null(plan.Freeze(new VersionId(Sample.Number(id)), Sample.Kari, Sample.At, Sample.Sources(), Sample.Criteria));
}
