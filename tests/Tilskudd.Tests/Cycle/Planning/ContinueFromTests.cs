using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Planning;

public sealed class ContinueFromTests
{
    [Fact]
    public void A_tiltak_keeps_its_id_for_life_and_gets_the_new_years_money_and_target()
    {
        var lastYear = Sample.ReadyPlan();

        var plan = NextYear(lastYear);

        var tiltak = Assert.Single(plan.Tiltak);
        Assert.Equal((Sample.First, 1, "Leksehjelp", "Oppvekst", TiltakChange.Continued), (tiltak.TiltakId, tiltak.Number, tiltak.Name, tiltak.Responsible, tiltak.Change));
        Assert.Equal((Money.Zero, "", "Tekst"), (tiltak.Total, tiltak.Target, plan.Goal));
        Assert.Equal(["DRM-1"], tiltak.Criteria);
    }

    [Fact]
    public void What_ended_or_became_part_of_another_is_not_carried_on()
    {
        var lastYear = Sample.ReadyPlan();
        foreach (var (number, status) in Enum.GetValues<TiltakStatus>().Select((status, index) => (index, status)))
        {
            var id = new TiltakId(Sample.Number(500 + number));
            lastYear.Add(id, "", Sample.Kari, Sample.At);
            Assert.Null(lastYear.WriteTiltak(id, Sample.Text with { Name = status.ToString(), Status = status }, lastYear.Revision, Sample.Kari, Sample.At));
        }

        var plan = NextYear(lastYear);

        Assert.Equal(
            ["Leksehjelp", "WorkingTitle", "Starting", "Running", "Expanding", "Developing", "Evaluating", "TowardsOrdinaryOperation"],
            plan.Tiltak.Select(t => t.Name));
        Assert.Equal(Enumerable.Range(1, 8), plan.Tiltak.Select(t => t.Number));
    }

    [Fact]
    public void What_was_only_being_written_when_the_year_ended_is_not_carried_on()
    {
        var lastYear = Sample.ReadyPlan();
        Assert.Null(lastYear.Freeze(new VersionId(Sample.Number(51)), Sample.Kari, Sample.At, Sample.Sources(), Sample.Criteria));
        lastYear.Approve(1, Sample.At);
        Assert.Null(lastYear.WriteSection(PlanSection.Goal, "Et mål ingen har vedtatt", lastYear.Revision, Sample.Kari, Sample.At));
        lastYear.Add(new TiltakId(Sample.Number(500)), "", Sample.Kari, Sample.At);
        Assert.Null(lastYear.Remove(Sample.First, lastYear.Revision, Sample.Kari, Sample.At));

        var plan = NextYear(lastYear);

        Assert.Equal("Tekst", plan.Goal);
        Assert.Equal((Sample.First, "Leksehjelp"), (Assert.Single(plan.Tiltak).TiltakId, plan.Tiltak[0].Name));
    }

    [Fact]
    public void Writing_the_new_plan_leaves_last_years_as_it_was()
    {
        var lastYear = Sample.ReadyPlan();
        var plan = NextYear(lastYear);

        plan.WriteTiltak(Sample.First, Sample.Text with { Name = "Nytt navn", Criteria = ["DRM-2"] }, plan.Revision, Sample.Kari, Sample.At);

        Assert.Equal("Leksehjelp", lastYear.Tiltak[0].Name);
        Assert.Equal(["DRM-1"], lastYear.Tiltak[0].Criteria);
        Assert.Equal(Sample.Kroner(300_000), lastYear.Tiltak[0].Total);
    }

    private static Handlingsplan NextYear(Handlingsplan lastYear)
    {
        var plan = Handlingsplan.Start(new HandlingsplanId(Sample.Number(6)), Sample.Unit, Sample.Year.Next(), Sample.At);
        plan.ContinueFrom(lastYear, Sample.At);
        return plan;
    }
}
