using System.Text.Json.Nodes;
using Tilskudd.Cycle.Steps;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Tests.Conformance;

/// <summary>
/// A made-up flow of real steps, loops included, and beside it a plain table of where each answer leads. The table is
/// written down while the flow is made, never read back from it, so it can catch an engine or a reader in a lie.
/// </summary>
public sealed class RandomFlow
{
    private static readonly (string Type, string[] Outcomes, (string Name, string TypeName, string Value)[] Inputs)[] Kinds =
    [
        ("Draft", ["Done"], [.. Waiting("coordinator"), ("task", "String", "plan-revision")]),
        ("Review", ["Accepted", "Returned"], [.. Waiting("programme-leader"), ("task", "String", "plan-revision")]),
        ("AskForApproval", ["Approved", "Recommended", "Returned", "ToMeeting", "NotQuorate"], [.. Waiting("deciding-body")]),
        ("RegisterDecision", ["Approved", "Rejected"], [.. Waiting("secretary"), ("task", "String", "budget-vote")]),
        ("Submit", ["Submitted"], [.. Waiting("programme-leader"), ("to", "String", "grantor"), ("task", "String", "plan")]),
        ("AwaitReceipt", ["Received", "Correction"], Waiting("grantor")),
        ("RegisterLetter", ["Registered", "Refused"], Waiting("programme-leader")),
        ("WaitUntil", ["Reached"], Waiting("coordinator")),
        ("Check", ["Yes", "No"], [("question", "String", "letter-within-limit")]),
        ("Notify", ["Done"], [("notice", "String", "plan-approved"), ("to", "String[]", "[\"coordinator\"]")]),
    ];

    private readonly Dictionary<(string Step, string Outcome), string> _next = [];
    private readonly Dictionary<string, string[]> _outcomes = [];
    private readonly HashSet<string> _automatic = [];

    private RandomFlow(int seed, int version)
    {
        var random = new Random(seed);
        var waiting = Enumerable.Range(0, random.Next(1, 9)).Select(number => $"made-up-{number}").ToArray();
        var closing = Enumerable.Range(0, random.Next(1, 4)).Select(number => $"made-up-end-{number}").ToArray();
        var activities = new JsonArray();
        foreach (var id in waiting)
        {
            var (type, outcomes, inputs) = Kinds[random.Next(Kinds.Length)];
            _outcomes[id] = outcomes;
            if (type is "Check" or "Notify")
            {
                _automatic.Add(id);
            }

            activities.Add(Activity(id, type, id == waiting[0], inputs));
        }

        foreach (var id in closing)
        {
            activities.Add(Activity(id, "Close", false, [("as", "String", "approved")]));
        }

        Connect(random, waiting, closing);
        Json = Envelope(version, activities).ToJsonString();
        Start = waiting[0];
    }

    public string Json { get; }

    public string Start { get; }

    public static RandomFlow From(int seed, int version = 1) => new(seed, version);

    public Definition Read()
    {
        var reading = DefinitionReader.Read(Json, "made-up.json", CycleSteps.Catalogue);
        return reading.Value ?? throw new InvalidOperationException(string.Join('\n', reading.Faults) + "\n" + Json);
    }

    /// <summary>The steps a run can stand in.</summary>
    public IReadOnlyList<string> WaitingSteps => [.. _outcomes.Keys];

    /// <summary>The answers at a step; none when the run has ended there.</summary>
    public string[] OutcomesOf(string step) => _outcomes.GetValueOrDefault(step, []);

    public string After(string step, string outcome) => _next[(step, outcome)];

    private static (string, string, string)[] Waiting(string who) =>
        [("who", "String", who), ("deadline", "String", "made-up"), ("due", "String", "+10 workdays")];

    // A chain through all steps to an end makes every step reached and every way able to end; all other answers lead
    // anywhere, but an automatic step's only forward, since a ring of those is refused.
    private void Connect(Random random, string[] waiting, string[] closing)
    {
        var anywhere = waiting.Concat(closing).ToArray();
        for (var i = 0; i < waiting.Length; i++)
        {
            var outcomes = _outcomes[waiting[i]];
            var onward = random.Next(outcomes.Length);
            for (var j = 0; j < outcomes.Length; j++)
            {
                _next[(waiting[i], outcomes[j])] = j == onward
                    ? i + 1 < waiting.Length ? waiting[i + 1] : closing[0]
                    : anywhere[random.Next(_automatic.Contains(waiting[i]) ? i + 1 : 0, anywhere.Length)];
            }
        }
    }

    private JsonObject Envelope(int version, JsonArray activities)
    {
        // An end that no answer happened to lead to would be unreachable.
        var used = _next.Values.ToHashSet();
        foreach (var loose in activities.Where(each => IsLoose(each!, used)).ToArray())
        {
            activities.Remove(loose);
        }

        return new JsonObject
        {
            ["id"] = $"made-up-{version}",
            ["definitionId"] = "made-up",
            ["version"] = version,
            ["name"] = "Made up",
            ["customProperties"] = new JsonObject { ["startsOn"] = "plan-approved", ["document"] = "tilskuddsbrev" },
            ["root"] = new JsonObject
            {
                ["id"] = "Flowchart1",
                ["type"] = "Elsa.Flowchart",
                ["activities"] = activities,
                ["connections"] = new JsonArray([.. _next.Select(pair => Connection(pair.Key.Step, pair.Key.Outcome, pair.Value))]),
            },
        };
    }

    private static bool IsLoose(JsonNode activity, HashSet<string> used)
        => (string?)activity["type"] == "Tilskudd.Close" && !used.Contains((string)activity["id"]!);

    private static JsonObject Connection(string from, string outcome, string to) => new JsonObject
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = outcome },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };

    private static JsonObject Activity(string id, string type, bool isStart, (string Name, string TypeName, string Value)[] inputs)
    {
        var activity = new JsonObject
        {
            ["id"] = id,
            ["type"] = "Tilskudd." + type,
            ["version"] = 1,
            ["customProperties"] = new JsonObject { ["phase"] = "draft", ["canStartWorkflow"] = isStart },
        };
        foreach (var (name, typeName, value) in inputs)
        {
            activity[name] = new JsonObject
            {
                ["typeName"] = typeName,
                ["expression"] = new JsonObject { ["type"] = typeName.EndsWith("[]", StringComparison.Ordinal) ? "Object" : "Literal", ["value"] = value },
            };
        }

        return activity;
    }
}
