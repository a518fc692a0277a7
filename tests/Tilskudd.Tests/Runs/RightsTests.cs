using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;

namespace Tilskudd.Tests.Runs;

/// <summary>Which programmes a person sees, asked for alone and together with what is read of them.</summary>
public sealed class RightsTests
{
    [Fact]
    public async Task A_programme_is_seen_by_role_and_by_seat_by_an_administrator_and_by_nobody_else()
    {
        await using var given = await GivenAYear.Create();

        Assert.Equal(["stromso-2030"], await Seen(given, given.Leader));
        Assert.Equal(["stromso-2030"], await Seen(given, given.Members[1]));
        Assert.Equal(["fjell"], await Seen(given, given.Stranger));
        Assert.Equal(["fjell", "stromso-2030"], await Seen(given, given.Administrator));
        Assert.Empty(await Seen(given, given.Grantor));
    }

    [Fact]
    public async Task A_role_or_a_seat_shows_nothing_before_it_begins_or_after_it_has_ended()
    {
        await using var given = await GivenAYear.Create();
        await given.Write(async w =>
        {
            var role = await w.Db.Roles.SingleAsync(role => role.PersonId == given.Secretary);
            w.Db.Remove(role);
            w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), given.Secretary, Role.Secretary, given.Programme, null, null, role.FromOn, new LocalDate(2024, 6, 30)));
        });

        Assert.Equal(["stromso-2030"], await Seen(given, given.Secretary, new LocalDate(2024, 6, 30)));
        Assert.Empty(await Seen(given, given.Secretary, new LocalDate(2024, 7, 1)));
        Assert.Empty(await Seen(given, given.Leader, new LocalDate(2022, 12, 31)));
        Assert.Empty(await Seen(given, given.Members[1], new LocalDate(2022, 12, 31)));
        Assert.Empty(await Seen(given, given.Administrator, new LocalDate(2022, 12, 31)));
    }

    [Fact]
    public async Task A_body_that_is_ended_shows_its_members_nothing_though_their_seats_were_never_ended()
    {
        await using var given = await GivenAYear.Create();
        await given.Write(async w =>
        {
            foreach (var body in await w.Db.Bodies.Where(body => body.Seats.Any(seat => seat.PersonId == given.Members[1])).ToListAsync())
            {
                body.End(new LocalDate(2024, 6, 30));
            }
        });

        Assert.Equal(["stromso-2030"], await Seen(given, given.Members[1], new LocalDate(2024, 6, 30)));
        Assert.Empty(await Seen(given, given.Members[1], new LocalDate(2024, 7, 1)));
    }

    // Both ways of asking, which must tell the same.
    private static async Task<IReadOnlyList<string>> Seen(GivenAYear given, PersonId person, LocalDate? on = null)
    {
        await using var db = given.Read();
        var day = on ?? OsloTime.On(given.Site.Database.Clock.GetUtcNow()).Date;
        var together = await Rights.SeenBy(db, person, day).OrderBy(programme => programme.Slug).Select(programme => programme.Slug).ToListAsync(TestContext.Current.CancellationToken);
        var alone = (await Rights.Seen(db, person, day, TestContext.Current.CancellationToken)).ToList();
        Assert.Equal(together, await db.Programmes.Where(programme => alone.Contains(programme.Id)).OrderBy(programme => programme.Slug).Select(programme => programme.Slug).ToListAsync(TestContext.Current.CancellationToken));
        return together;
    }
}
