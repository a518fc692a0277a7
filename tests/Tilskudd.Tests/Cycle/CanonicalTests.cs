using System.Text.Json;
using System.Text.Json.Nodes;
using Tilskudd.Cycle;

namespace Tilskudd.Tests.Cycle;

public sealed class CanonicalTests
{
    // Each line's hash was made by hand: printf '%s' LINE | sha256sum
    [Theory]
    [InlineData("{}", "{}", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")]
    [InlineData(" { \"a\" : 1 } ", "{\"a\":1}", "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862")]
    [InlineData("\"\"", "\"\"", "12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126")]
    [InlineData(
        """{ "å": "\uD83D\uDE00", "b": {"c": "\u0022\u005c\u000a\u0009\u001F\/\u003c"}, "a": [1, -2, true, null, "\u00e6\u00F8å"] }""",
        """{"a":[1,-2,true,null,"æøå"],"b":{"c":"\"\\\n\t\u001f/<"},"å":"😀"}""",
        "9c8771eb0fbc39df4aca3ad304e0405f6d20002b4579de597c3d90c9dec544a1")]
    public void A_line_has_one_form_and_one_hash(string json, string line, string hash)
    {
        var text = Canonical.Text(JsonNode.Parse(json));

        Assert.Equal(line, text);
        Assert.Equal(hash, Canonical.Hash(text));
    }

    [Fact]
    public void Keys_stand_in_the_order_of_their_code_units_at_every_depth()
    {
        var text = Canonical.Text(JsonNode.Parse("""{"b":{"z":1,"Z":2,"10":3,"9":4},"a_":5,"aA":6,"a":7}"""));

        Assert.Equal("""{"a":7,"aA":6,"a_":5,"b":{"10":3,"9":4,"Z":2,"z":1}}""", text);
    }

    [Fact]
    public void Whole_numbers_are_exact_to_the_last_ore()
    {
        var made = new JsonObject { ["most"] = long.MaxValue, ["least"] = long.MinValue };

        Assert.Equal("""{"least":-9223372036854775808,"most":9223372036854775807}""", Canonical.Text(made));
        Assert.Equal(Canonical.Text(made), Canonical.Text(JsonNode.Parse(made.ToJsonString())));
    }

    [Theory]
    [InlineData("\u0000\b\f\n\r\t\u000B\u007F", "\"\\u0000\\b\\f\\n\\r\\t\\u000b\u007F\"")]
    [InlineData("'&+<>\u00A0\u2028\uFEFF", "\"'&+<>\u00A0\u2028\uFEFF\"")]
    public void Only_what_json_demands_is_escaped(string value, string line)
    {
        var text = Canonical.Text(JsonValue.Create(value));

        Assert.Equal(line, text);
        Assert.Equal(value, JsonSerializer.Deserialize<string>(text));
    }
}
