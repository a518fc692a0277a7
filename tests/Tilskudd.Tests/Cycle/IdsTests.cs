using Tilskudd.Cycle;
using Tilskudd.Cycle.Planning;
using Tilskudd.Demo;

namespace Tilskudd.Tests.Cycle;

public sealed class IdsTests
{
    [Fact]
    public void Every_id_is_a_version_7_guid_with_the_clocks_milliseconds_first()
    {
        // 2024-11-20T08:00:00.123Z is 1732089600123 milliseconds after 1970: 0x01934895d87b.
        var clock = new SimulatedClock(new DateTimeOffset(2024, 11, 20, 8, 0, 0, 123, TimeSpan.Zero));
        var ids = new Ids(clock, new SeededRandom(1));

        var many = Enumerable.Range(0, 1_000).Select(_ => ids.Next()).ToList();

        Assert.All(many, id => Assert.Matches("^01934895-d87b-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id.ToString()));
        Assert.Equal(1_000, many.Distinct().Count());
        Assert.True(many.Select(id => id.ToString()[15..18]).Distinct().Count() > 500, "the twelve bits after the version are random");
        Assert.Equal(4, many.Select(id => id.ToString()[19]).Distinct().Count());
    }

    [Fact]
    public void Ids_as_text_stand_in_the_order_they_were_made()
    {
        var clock = new SimulatedClock(Sample.At);
        var ids = new Ids(clock, new SeededRandom(1));

        var made = Enumerable.Range(0, 300).Select(_ =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            return ids.Next<HandlingsplanId>().ToString();
        }).ToList();

        Assert.Equal(made.Order(StringComparer.Ordinal), made);
    }

    [Fact]
    public void The_same_seed_and_clock_give_the_same_ids_and_another_seed_others()
    {
        var first = new Ids(new SimulatedClock(Sample.At), new SeededRandom(7));
        var same = new Ids(new SimulatedClock(Sample.At), new SeededRandom(7));
        var other = new Ids(new SimulatedClock(Sample.At), new SeededRandom(8));

        TiltakId[] made = [first.Next<TiltakId>(), first.Next<TiltakId>()];

        Assert.Equal(made, new[] { same.Next<TiltakId>(), same.Next<TiltakId>() });
        Assert.NotEqual(made[0], other.Next<TiltakId>());
    }
}
