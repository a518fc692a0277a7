using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Tests.Approval;

public sealed class MembersTests
{
    [Fact]
    public void A_deputy_who_steps_in_for_a_vacant_seat_is_told_of_in_words()
    {
        var since = new LocalDate(2024, 1, 1);
        var body = new Body(new(Id(1)), new(Id(2)), null, "deciding-body", "Gruppa", Regime.Mandat, Mandate.Default, Mode.Meeting, isCompetent: true, "");
        body.Add(new(Id(10)), SeatRole.Leader, new PersonId(Id(20)), null, null, null, since, null);
        body.Add(new(Id(11)), SeatRole.Member, null, null, null, null, since, null);
        body.Add(new(Id(12)), SeatRole.Deputy, new PersonId(Id(21)), 1, null, null, since, null);
        var round = Round.Open(new(Id(3)), body, body.SeatsOn(since), DocumentKind.Handlingsplan, Id(4), 1, "hash", [], mayChangeAnswer: true, null, new DateTimeOffset(2024, 11, 20, 8, 0, 0, TimeSpan.Zero));
        var people = new[] { (20, "Kari"), (21, "Per") }.ToDictionary(one => new PersonId(Id(one.Item1)), one => new Person(new(Id(one.Item1)), one.Item2, "x@by.example", "nb", "", isInvented: true, "salt"));

        var told = Members.Name(round.Count().Why.Nb, round, people);

        Assert.Contains("Per trer inn for en ledig plass.", told, StringComparison.Ordinal);
        Assert.DoesNotContain("00000000-0000", told, StringComparison.Ordinal);
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
