using System.Globalization;
using System.Text.RegularExpressions;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Demo;

namespace Tilskudd.Tests.Demo;

public sealed partial class InventedPeopleTests
{
    [Fact]
    public void Stromso_has_everyone_the_year_needs()
    {
        var cast = InventedPeople.For(1, "drammen", ["stromso-2030"], ["KDD", "AID"]);

        Assert.Equal(
            [Role.Coordinator, Role.ProgrammeLeader, Role.Secretary, Role.Accountant, Role.GrantorContact, Role.GrantorContact],
            cast.Roles.Select(role => role.Role));
        Assert.Equal(9, cast.Seats.Count(seat => seat.Role != SeatRole.Deputy));
        Assert.Equal([SeatRole.Leader, SeatRole.DeputyLeader], cast.Seats.Take(2).Select(seat => seat.Role));
        Assert.All(cast.Seats.GroupBy(seat => seat.Group), group => Assert.Equal([1, 2], group.Where(seat => seat.Role == SeatRole.Deputy).Select(seat => seat.Order)));
        Assert.Equal(3, cast.Seats.Select(seat => seat.Group).Distinct().Count());
        Assert.Equal("kdd.example", cast.With(Role.GrantorContact, "KDD").Email.Split('@')[1]);
    }

    [Fact]
    public void Where_boards_decide_there_is_no_group_and_nobody_sits_in_two()
    {
        var cast = InventedPeople.For(1, "oslo", ["stovner"], ["KDD"], boards: 3);

        Assert.Empty(cast.Seats);
        Assert.Equal(3, cast.Boards.Count);
        Assert.All(cast.Boards, board => Assert.Equal((1, 2, 7), (board.Count(seat => seat.Role == SeatRole.Leader), board.Count(seat => seat.Role == SeatRole.Observer), board.Count)));
        Assert.Equal(21, cast.Seated.Select(seat => seat.Person.Email).Distinct().Count());
    }

    [Fact]
    public void No_address_is_shared_and_every_address_is_one_no_mail_can_reach()
    {
        var people = Enumerable.Range(0, 50).SelectMany(seed => InventedPeople.For(seed, "drammen", ["a", "b", "c"], ["KDD"]).Everyone.Select(person => (seed, person))).ToList();

        Assert.All(people.GroupBy(pair => pair.seed), cast => Assert.Equal(cast.Count(), cast.Select(pair => pair.person.Email).Distinct().Count()));
        Assert.All(people, pair => Assert.Matches(Address(), pair.person.Email));
        Assert.All(people, pair => Assert.True(pair.person.Language is "nb" or "nn" or "en"));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("en-US")]
    public void The_same_seed_gives_the_same_people_whatever_the_culture_and_the_order(string culture)
    {
        var first = InventedPeople.For(7, "drammen", ["stromso-2030"], ["KDD", "AID"]);
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        try
        {
            var bergen = InventedPeople.For(7, "bergen", ["olsvik"], ["KDD"]);
            var again = InventedPeople.For(7, "drammen", ["stromso-2030"], ["KDD", "AID"]);

            Assert.Equal(first.Roles, again.Roles);
            Assert.Equal(first.Seats, again.Seats);
            Assert.Equal(first.With(Role.GrantorContact, "KDD"), bergen.With(Role.GrantorContact, "KDD"));
            Assert.NotEqual(first.Seats, InventedPeople.For(8, "drammen", ["stromso-2030"], ["KDD", "AID"]).Seats);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [GeneratedRegex(@"^[a-z]+(\.[a-z]+)+@[a-z-]+\.example\z")]
    private static partial Regex Address();
}
