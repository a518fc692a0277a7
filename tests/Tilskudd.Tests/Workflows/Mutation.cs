using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Tilskudd.Tests.Workflows;

/// <summary>A good file, spoilt at random: letters lost, changed or doubled, or a value swapped for another.</summary>
internal static class Mutation
{
    private static readonly string[] Values =
        ["null", "true", "0", "-1", "1e400", "99999999999999999999", "\"\"", "\"\\ud800\"", "\"{{7*7}}\"", "[]", "{}", "[[]]", "{\"\":{}}", "\"Done\"", "\"draft\""];

    public static Arbitrary<string> Of(string good)
        => Gen.Choose(0, int.MaxValue - 1).Select(seed => Mutated(good, new Random(seed))).ToArbitrary();

    private static string Mutated(string good, Random random)
    {
        var spoilt = random.Next(2) == 0 ? Swapped(good, random) : good;
        for (var times = random.Next(3); times > 0; times--)
        {
            var at = random.Next(spoilt.Length);
            var length = Math.Min(random.Next(40), spoilt.Length - at);
            spoilt = random.Next(4) switch
            {
                0 => spoilt.Remove(at, length),
                1 => spoilt.Insert(at, spoilt.Substring(at, length)),
                2 => spoilt.Insert(at, ((char)random.Next(0x10000)).ToString()),
                _ => spoilt[..at],
            };
            spoilt = spoilt.Length == 0 ? good : spoilt;
        }

        return spoilt;
    }

    private static string Swapped(string good, Random random)
    {
        var root = JsonNode.Parse(good)!;
        var places = Places(root).ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var place = places[random.Next(places.Count)];
            if (place.Root == root && place != root)
            {
                place.ReplaceWith("SWAPPED" + random.Next(Values.Length));
            }
        }

        return Values.Select((value, index) => (value, index)).Reverse()
            .Aggregate(root.ToJsonString(), (json, swap) => json.Replace($"\"SWAPPED{swap.index}\"", swap.value, StringComparison.Ordinal));
    }

    private static IEnumerable<JsonNode> Places(JsonNode node)
    {
        var below = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        return below.OfType<JsonNode>().SelectMany(Places).Prepend(node);
    }
}
