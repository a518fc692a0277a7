using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;
using Tilskudd.Elsa.Engine;
using Tilskudd.Workflows;

namespace Tilskudd.Elsa.Studio;

/// <summary>What Studio may draw with: our steps, and the ways of writing a value that our reader takes.</summary>
internal sealed class StudioSteps(StepCatalogue catalogue)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(), new TypeName() } };

    // Json is nothing our reader takes and nothing that can be chosen; but Studio stops where there is none beside the other three.
    private static readonly string[] Ways = ["Literal", "Object", "Variable", "Json"];

    private static readonly InputKind[] Singles = [InputKind.Text, InputKind.Number, InputKind.Flag];

    public IEnumerable<JsonNode> Steps => new StepActivities(catalogue).Descriptors.Select(WithPhase).Prepend(Written(new ActivityDescriptor
    {
        TypeName = "Elsa.Flowchart",
        ClrType = typeof(Flowchart),
        Namespace = "Elsa",
        Name = "Flowchart",
        DisplayName = "Flyt",
        Category = "Flyt",
        Version = 1,
        IsContainer = true,
        IsBrowsable = false,
    }));

    public static IEnumerable<JsonNode> Expressions => Ways.Select(type => (JsonNode)new JsonObject
    {
        ["type"] = type,
        ["displayName"] = type,
        ["isSerializable"] = true,
        ["isBrowsable"] = type == "Variable",
        ["properties"] = type is "Object" or "Json" ? new JsonObject { ["monacoLanguage"] = "json" } : [],
    });

    public static IEnumerable<JsonNode> VariableTypes => Singles.Select(kind => (JsonNode)new JsonObject
    {
        ["typeName"] = StepActivities.TypeName(kind),
        ["displayName"] = StepActivities.TypeName(kind),
        ["category"] = "Primitives",
    });

    // A step's phase is no input of its class, but Studio has no other field to show it in.
    private JsonNode WithPhase(ActivityDescriptor step)
    {
        step.Inputs.Add(new InputDescriptor
        {
            Name = DrawnFlow.Phase,
            Type = typeof(string),
            IsWrapped = true,
            IsSynthetic = true,
            DisplayName = $"Fase ({DrawnFlow.Phase})",
            Description = "Kolonnen i oversikten.",
            Order = -1,
            UIHint = InputUIHints.DropDown,
            UISpecifications = new Dictionary<string, object>
            {
                [InputUIHints.DropDown] = new { SelectList = new { Items = catalogue.Vocabulary.Phases.Select(phase => new { Text = phase, Value = phase }).ToArray(), SortItems = false } },
            },
        });
        return Written(step);
    }

    private static JsonNode Written(ActivityDescriptor step) => JsonSerializer.SerializeToNode(step, Form)!;

    private sealed class TypeName : JsonConverter<Type>
    {
        public override Type Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Type value, JsonSerializerOptions options) => writer.WriteStringValue(StepActivities.TypeName(value));
    }
}
