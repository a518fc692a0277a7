using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Trail;

/// <summary>The hashes were computed with sha256sum over lines written by hand.</summary>
public sealed class TrailEntryTests
{
    private const string FirstHash = "533d7c0ff3a5a61d70a3adacc4292197926e06bb03f704e2aa214bc665bf5865";

    private static readonly DateTimeOffset Morning = new(2024, 11, 20, 8, 0, 0, TimeSpan.Zero);

    private static readonly TrailEvent Frozen = new(Actor.System, "plan-frozen", "handlingsplan", "p1", "3", new JsonObject
    {
        ["tekst"] = "Strømsø 😀 \"sitat\" \\ / \n\t\u0001\u007f",
        ["a"] = new JsonArray(1, -2, true, null),
    });

    [Fact]
    public void An_entry_is_hashed_as_its_fields_in_order_without_spaces_in_utf8()
    {
        var entry = TrailEntry.After((0, TrailEntry.Genesis), Frozen, Morning);

        Assert.Equal(FirstHash, entry.Hash);
        Assert.Equal(
            """{"seq":1,"at":"2024-11-20T08:00:00.000Z","actor":"system","event":"plan-frozen","object":"handlingsplan/p1","version":"3","data":{"a":[1,-2,true,null],"tekst":"Strømsø 😀 \"sitat\" \\ / \n\t\u0001"""
            + "\u007f" + "\"},\"prev\":\"" + TrailEntry.Genesis + "\",\"hash\":\"" + FirstHash + "\"}",
            entry.ToLine());
    }

    [Fact]
    public void The_next_entry_holds_the_hash_of_the_one_before()
    {
        var person = new PersonId(Guid.Parse("019342b0-5c00-7000-8000-000000000001"));
        var approved = new TrailEvent(Actor.Of(person), "plan-approved", "handlingsplan", "p1", "", []);

        var entry = TrailEntry.After((1, FirstHash), approved, new DateTimeOffset(2024, 11, 20, 10, 30, 0, 250, TimeSpan.FromHours(1)));

        Assert.Equal("fdc8a308edbcbb5bbd6f675ac4a9f973360967e41331635fef4ed3736018d728", entry.Hash);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(1e30)]
    public void A_number_that_has_more_than_one_written_form_is_a_bug(double number)
    {
        var told = Frozen with { Data = new JsonObject { ["deep"] = new JsonArray(new JsonObject { ["n"] = number }) } };

        Assert.Throws<InvalidOperationException>(() => TrailEntry.After((0, TrailEntry.Genesis), told, Morning));
    }

    [Theory]
    [InlineData("\u2028\u00a0\ufeff\ue000<>&'+", "\"\u2028\u00a0\ufeff\ue000<>&'+\"")]
    [InlineData("\b\f\r\u001f", "\"\\b\\f\\r\\u001f\"")]
    public void A_text_has_one_form_and_only_what_json_demands_is_escaped(string text, string expected)
    {
        var form = Canonical.Text(JsonValue.Create(text));

        Assert.Equal(expected, form);
        Assert.Equal(expected, Canonical.Text(JsonNode.Parse(form)));
    }

    [Fact]
    public void Half_a_character_is_written_as_every_reader_would_read_it()
    {
        Assert.Equal("\"a\ufffdb\"", Canonical.Text(JsonValue.Create("a\ud83db")));
    }

    [Fact]
    public void Ids_may_stand_in_an_entry_as_they_are()
    {
        var id = Guid.Parse("019342B0-5C00-7000-8000-000000000001");

        Assert.Equal("""{"id":"019342b0-5c00-7000-8000-000000000001"}""", Canonical.Text(new JsonObject { ["id"] = id }));
    }

    [Fact]
    public void A_pseudonym_is_the_same_for_the_same_person_and_value_and_for_no_other()
    {
        // printf 'Kari' | openssl dgst -sha256 -hmac salt
        const string Expected = "5538e306d8f2d173545c9e1668e575d2b3b8176cb783d486bb7b8310ea48f1e7";

        Assert.Equal(Expected, Pseudonym.Of("salt", "Kari"));
        Assert.NotEqual(Expected, Pseudonym.Of("other", "Kari"));
        Assert.Throws<InvalidOperationException>(() => Pseudonym.Of("", "Kari"));
    }
}
