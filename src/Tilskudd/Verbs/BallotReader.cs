using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Tilskudd.Cycle.Approval;

namespace Tilskudd.Verbs;

/// <summary>Reads a ballot out of JSON, strictly: what is misspelt must never change how votes are counted.</summary>
internal sealed class BallotReader
{
    private readonly List<string> _faults = [];

    private BallotReader()
    {
    }

    /// <summary>Reads the whole value.</summary>
    /// <returns>The ballot, or null with every fault, each a Norwegian sentence that begins with its JSON path.</returns>
    public static (Ballot? Ballot, IReadOnlyList<string> Faults) Read(JsonElement root)
    {
        var reader = new BallotReader();
        var ballot = reader.ReadBallot(root);
        return reader._faults.Count == 0 ? (ballot, reader._faults) : (null, reader._faults);
    }

    private Ballot ReadBallot(JsonElement root)
    {
        var keys = Keys(root, "$", ["regime", "mandate", "mode", "seats", "chair", "drafters", "inhabil", "absent", "answers", "closed"]);
        var seats = List(keys, "$", "seats", ReadSeat);
        return new Ballot(
            Word(keys, "$", "regime", BallotWords.Regimes, Regime.Kommuneloven),
            keys.TryGetValue("mandate", out var mandate) ? ReadMandate(mandate, seats.Count(seat => seat.Role is SeatRole.Leader or SeatRole.DeputyLeader or SeatRole.Member)) : Mandate.Default,
            Word(keys, "$", "mode", BallotWords.Modes, Mode.Meeting),
            seats,
            Text(keys, "$", "chair"),
            List(keys, "$", "drafters", ReadName),
            List(keys, "$", "inhabil", ReadName),
            List(keys, "$", "absent", ReadName),
            List(keys, "$", "answers", ReadAnswer),
            Flag(keys, "$", "closed"));
    }

    private Mandate ReadMandate(JsonElement element, int size)
    {
        const string Path = "$.mandate";
        var keys = Keys(element, Path, ["quorum", "majority", "tie", "abstain", "written"]);
        var (part, whole) = ReadQuorum(keys, Path, size);
        return new Mandate(
            part,
            whole,
            Word(keys, Path, "majority", BallotWords.Majorities, Majority.Simple),
            Word(keys, Path, "tie", BallotWords.Ties, TieRule.Falls),
            Flag(keys, Path, "abstain"),
            Word(keys, Path, "written", BallotWords.WrittenRules, WrittenRule.Unanimous));
    }

    private (long Part, long Whole) ReadQuorum(Dictionary<string, JsonElement> keys, string path, int size)
    {
        if (!keys.TryGetValue("quorum", out var element))
        {
            return (1, 2);
        }

        var parts = element.ValueKind == JsonValueKind.String ? element.GetString()!.Split('/') : [];
        if (parts.Length == 2 && WholeNumber(parts[0]) is { } part && WholeNumber(parts[1]) is { } whole && part > 0 && part <= whole)
        {
            return Fitted(part, whole, size);
        }

        return Refuse($"{path}.quorum", $"er {Shown(element)}. Skriv en brøk n/m som tekst, der 0 < n ≤ m, som \"1/2\".", (1L, 2L));
    }

    private static BigInteger? WholeNumber(string digits) =>
        BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Numbers beyond 64 bits: the share asks for a certain number of the body's seats, and that number of that size is the same share.
    private static (long Part, long Whole) Fitted(BigInteger part, BigInteger whole, int size)
    {
        if (whole <= long.MaxValue)
        {
            return ((long)part, (long)whole);
        }

        return size == 0 ? (1, 1) : ((long)(((part * size) + whole - 1) / whole), size);
    }

    private BallotSeat ReadSeat(JsonElement element, string path)
    {
        var keys = Keys(element, path, ["seat", "role", "person", "order", "group", "for", "vacant"]);
        if (element.ValueKind != JsonValueKind.Object)
        {
            return new BallotSeat("", SeatRole.Member, null, null, null, null, IsVacant: true);
        }

        var isVacant = Flag(keys, path, "vacant");
        var seat = Name(keys, path, "seat");
        if (!keys.ContainsKey("role"))
        {
            Refuse($"{path}.role", $"mangler. Tillatt er {Listed(BallotWords.Roles.Keys)}.");
        }

        var role = Word(keys, path, "role", BallotWords.Roles, SeatRole.Member);
        var person = isVacant ? Text(keys, path, "person") : Name(keys, path, "person", " En plass uten person må ha \"vacant\": true.");
        return new BallotSeat(seat, role, person, Number(keys, path, "order"), Text(keys, path, "group"), Text(keys, path, "for"), isVacant);
    }

    private BallotAnswer ReadAnswer(JsonElement element, string path)
    {
        var keys = Keys(element, path, ["seat", "answer"]);
        if (element.ValueKind != JsonValueKind.Object)
        {
            return new BallotAnswer("", AnswerKind.Approve);
        }

        var seat = Name(keys, path, "seat");
        if (!keys.ContainsKey("answer"))
        {
            Refuse($"{path}.answer", $"mangler. Tillatt er {Listed(BallotWords.Answers.Keys)}.");
        }

        return new BallotAnswer(seat, Word(keys, path, "answer", BallotWords.Answers, AnswerKind.Approve));
    }

    private string ReadName(JsonElement element, string path) => element.ValueKind == JsonValueKind.String && element.GetString()!.Length > 0
        ? element.GetString()!
        : Refuse(path, $"er {Shown(element)}. Skriv en person som tekst.", "");

    private Dictionary<string, JsonElement> Keys(JsonElement element, string path, string[] known)
    {
        var keys = new Dictionary<string, JsonElement>();
        if (element.ValueKind != JsonValueKind.Object)
        {
            Refuse(path, $"er {Shown(element)}. Her skal det stå et objekt med nøklene {Listed(known)}.");
            return keys;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                Refuse($"{path}.{property.Name}", $"er en ukjent nøkkel.{Nearest.Question(property.Name, known)} Tillatt er {Listed(known)}.");
            }
            else if (!keys.TryAdd(property.Name, property.Value))
            {
                Refuse($"{path}.{property.Name}", "står mer enn én gang. La én stå.");
            }
        }

        return keys;
    }

    private List<T> List<T>(Dictionary<string, JsonElement> keys, string path, string key, Func<JsonElement, string, T> read)
    {
        if (!keys.TryGetValue(key, out var element))
        {
            return [];
        }

        return element.ValueKind == JsonValueKind.Array
            ? [.. element.EnumerateArray().Select((item, index) => read(item, string.Create(CultureInfo.InvariantCulture, $"{path}.{key}[{index}]")))]
            : Refuse<List<T>>($"{path}.{key}", $"er {Shown(element)}. Her skal det stå en liste.", []);
    }

    private T Word<T>(Dictionary<string, JsonElement> keys, string path, string key, IReadOnlyDictionary<string, T> words, T absent)
    {
        if (!keys.TryGetValue(key, out var element))
        {
            return absent;
        }

        if (element.ValueKind == JsonValueKind.String && words.TryGetValue(element.GetString()!, out var value))
        {
            return value;
        }

        var question = element.ValueKind == JsonValueKind.String ? Nearest.Question(element.GetString()!, words.Keys) : "";
        return Refuse($"{path}.{key}", $"er {Shown(element)}.{question} Tillatt er {Listed(words.Keys)}.", absent);
    }

    private bool Flag(Dictionary<string, JsonElement> keys, string path, string key)
    {
        if (!keys.TryGetValue(key, out var element))
        {
            return false;
        }

        return element.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? element.GetBoolean()
            : Refuse($"{path}.{key}", $"er {Shown(element)}. Skriv true eller false.", false);
    }

    private int? Number(Dictionary<string, JsonElement> keys, string path, string key)
    {
        if (!keys.TryGetValue(key, out var element) || element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number)
            ? number
            : Refuse<int?>($"{path}.{key}", $"er {Shown(element)}. Skriv et helt tall, uten desimaler og ikke over {int.MaxValue}.", null);
    }

    // A text that need not be there; null is how many programs write that it is not.
    private string? Text(Dictionary<string, JsonElement> keys, string path, string key)
    {
        if (!keys.TryGetValue(key, out var element) || element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return element.ValueKind == JsonValueKind.String
            ? element.GetString()
            : Refuse<string?>($"{path}.{key}", $"er {Shown(element)}. Skriv en tekst, eller utelat nøkkelen.", null);
    }

    private string Name(Dictionary<string, JsonElement> keys, string path, string key, string remedy = "")
    {
        if (keys.TryGetValue(key, out var element) && element.ValueKind == JsonValueKind.String && element.GetString()!.Length > 0)
        {
            return element.GetString()!;
        }

        var found = element.ValueKind == JsonValueKind.Undefined ? "mangler" : $"er {Shown(element)}";
        return Refuse($"{path}.{key}", $"{found}. Skriv en tekst som ikke er tom.{remedy}", "");
    }

    private void Refuse(string path, string what) => _faults.Add($"{path} {what}");

    private T Refuse<T>(string path, string what, T instead)
    {
        Refuse(path, what);
        return instead;
    }

    private static string Listed(IEnumerable<string> words) => string.Join(", ", words);

    private static string Shown(JsonElement element)
    {
        const int Longest = 40;
        var raw = element.GetRawText();
        return element.ValueKind switch
        {
            JsonValueKind.Object => "et objekt",
            JsonValueKind.Array => "en liste",
            JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined =>
                raw.Length <= Longest ? raw : raw[..Longest] + "…",
        };
    }
}
