using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Tests.Approval;

namespace Tilskudd.Tests.Runs;

/// <summary>Whom the flows' keys mean.</summary>
public sealed class WhoTests
{
    [Fact]
    public async Task A_body_is_told_through_those_who_sit_in_it_and_no_deputy_who_has_not_been_called_in()
    {
        await using var given = await GivenARound.Open();
        var subject = (await given.Run()).Subject;
        await using var db = given.Site.Database.Read();

        var told = await Who.Holding(db, BodyKeys.Deciding, subject, OsloTime.On(given.Site.Database.Clock.GetUtcNow()).Date, TestContext.Current.CancellationToken);

        Assert.Equal(new[] { given["Kari"], given["Fatima"], given["Ola"] }.ToHashSet(), told.Select(person => person.Id).ToHashSet());
    }

    [Fact]
    public async Task The_contact_of_a_grantor_is_told_of_a_grant_that_is_opened_in_the_same_story_and_after_it()
    {
        await using var given = await GivenAYear.Create();
        Subject? subject = null;
        IReadOnlyList<Person> opening = [];

        await given.Write(async w =>
        {
            var plan = await w.Db.Handlingsplaner.Select(plan => plan.Id).SingleAsync(TestContext.Current.CancellationToken);
            var source = await w.Db.FundingSources.Where(source => source.Year == GivenAYear.Year).Select(source => source.Id).SingleAsync(TestContext.Current.CancellationToken);
            var grant = new Grant(w.Ids.Next<GrantId>(), given.Unit, GivenAYear.Year, source, plan);
            w.Db.Add(grant);
            subject = new Subject(DocumentKind.Tilskuddsbrev, grant.Id.Value, given.Programme, given.Unit, GivenAYear.Year);
            opening = await Who.Holding(w.Db, RoleKeys.Grantor, subject, OsloTime.On(w.Now).Date, TestContext.Current.CancellationToken);
        });
        await using var db = given.Read();
        var after = await Who.Holding(db, RoleKeys.Grantor, subject!, OsloTime.On(given.Site.Database.Clock.GetUtcNow()).Date, TestContext.Current.CancellationToken);

        Assert.Equal([given.Grantor], opening.Select(person => person.Id));
        Assert.Equal([given.Grantor], after.Select(person => person.Id));
    }

    [Fact]
    public void A_units_own_boards_are_asked_in_the_programmes_place()
    {
        var unit = new PlanUnitId(new Guid(1, 0, 0, new byte[8]));
        var (ours, theirs) = (new[] { Board("Styret for skole", unit), Board("Styret for arbeid", unit) }, Board("Politisk styringsgruppe", null));

        Assert.Equal(["Styret for arbeid", "Styret for skole"], Who.Nearest([theirs, .. ours]).Select(board => board.Name));
        Assert.Equal(["Politisk styringsgruppe"], Who.Nearest([theirs]).Select(board => board.Name));
        Assert.Empty(Who.Nearest([]));
    }

    private static Body Board(string name, PlanUnitId? unit) => new(default, default, unit, BodyKeys.Deciding, name, Regime.Mandat, Mandate.Default, Mode.Written, isCompetent: true, "");
}
