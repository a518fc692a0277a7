using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Tests.Cycle.People;

public sealed class PeopleTests
{
    private static readonly LocalDate _from = new(2025, 1, 1);
    private static readonly LocalDate _to = new(2025, 6, 30);

    public static TheoryData<int, int, int, bool> Days => new()
    {
        { 2024, 12, 31, false },
        { 2025, 1, 1, true },
        { 2025, 6, 30, true },
        { 2025, 7, 1, false },
    };

    [Theory]
    [MemberData(nameof(Days))]
    public void Roles_and_seats_hold_on_their_first_and_last_day(int year, int month, int day, bool holds)
    {
        var on = new LocalDate(year, month, day);
        var body = NewBody();

        var role = NewRole(_to);
        var seat = body.Add(new SeatId(Sample.Number(1)), SeatRole.Leader, Sample.Kari, null, null, null, _from, _to);

        Assert.Equal((holds, holds, holds ? 1 : 0), (role.HoldsOn(on), seat.HoldsOn(on), body.SeatsOn(on).Count()));
    }

    [Fact]
    public void A_role_without_a_last_day_lasts()
    {
        var role = NewRole(null);

        Assert.True(role.HoldsOn(new LocalDate(2099, 1, 1)));
        Assert.False(role.HoldsOn(_from.PlusDays(-1)));
    }

    [Fact]
    public void Neither_role_nor_seat_ends_before_it_begins()
    {
        Assert.Throws<ArgumentException>(() => NewRole(_from.PlusDays(-1)));
        Assert.Throws<ArgumentException>(() => NewBody().Add(new SeatId(Sample.Number(1)), SeatRole.Member, null, null, null, null, _from, _from.PlusDays(-1)));
        Assert.True(NewRole(_from).HoldsOn(_from));
    }

    [Fact]
    public void The_seats_of_a_day_stand_in_the_order_of_the_list_with_vacant_ones()
    {
        var body = NewBody();
        body.Add(new SeatId(Sample.Number(1)), SeatRole.Leader, Sample.Kari, null, "A", null, _from, _to);
        body.Add(new SeatId(Sample.Number(2)), SeatRole.Member, null, null, null, null, _from, null);
        body.Add(new SeatId(Sample.Number(3)), SeatRole.Leader, Sample.Kari, null, "A", null, _to.PlusDays(1), null);

        Assert.Equal([1, 2], body.SeatsOn(_to).Select(seat => seat.Number));
        Assert.Equal([2, 3], body.SeatsOn(_to.PlusDays(1)).Select(seat => seat.Number));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(-1, 2)]
    [InlineData(3, 2)]
    public void A_quorum_is_a_part_of_the_body(long numerator, long denominator)
    {
        var mandate = Mandate.Default with { QuorumNumerator = numerator, QuorumDenominator = denominator };

        Assert.Throws<ArgumentException>(() => NewBody(mandate));
        Assert.Equal(Mandate.Default, NewBody().Mandate);
    }

    [Fact]
    public void A_person_has_an_address_in_lower_case_and_one_of_the_products_languages()
    {
        var person = new Person(Sample.Kari, "Kari Nordmann", "Kari@Kommune.Example", "nn", "", true, "salt");

        person.Speak("en");

        Assert.Equal(("kari@kommune.example", "en"), (person.Email, person.Language));
        Assert.Throws<ArgumentException>(() => person.Speak("se"));
        Assert.Throws<ArgumentException>(() => new Person(Sample.Kari, "", "", "no", "", true, ""));
    }

    private static RoleAssignment NewRole(LocalDate? to) => new(new RoleId(Sample.Number(6)), Sample.Kari, Role.Coordinator, Sample.Programme, null, null, _from, to);

    private static Body NewBody(Mandate? mandate = null) =>
        new(new BodyId(Sample.Number(7)), Sample.Programme, null, "deciding-body", "Styringsgruppa", Regime.Mandat, mandate ?? Mandate.Default, Mode.Written, false, "");
}
