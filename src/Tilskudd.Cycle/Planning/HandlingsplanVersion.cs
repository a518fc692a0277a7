using System.Text.Encodings.Web;
using System.Text.Json;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Planning;

/// <summary>A plan as it was shown to those who decide: it never changes, and its hash is what a vote is bound to.</summary>
public sealed class HandlingsplanVersion
{
    private HandlingsplanVersion() { }

    internal HandlingsplanVersion(VersionId id, int number, HandlingsplanContent content, PersonId by, DateTimeOffset at) =>
        (Id, Number, Content, Hash, FrozenBy, FrozenAt) = (id, number, content.Text(), content.Hash(), by, at);

    public VersionId Id { get; private set; }

    public int Number { get; private set; }

    /// <summary><see cref="HandlingsplanContent"/> as canonical JSON.</summary>
    public string Content { get; private set; } = "";

    /// <summary>SHA-256 of <see cref="Content"/>.</summary>
    public string Hash { get; private set; } = "";

    public PersonId FrozenBy { get; private set; }

    public DateTimeOffset FrozenAt { get; private set; }

    public HandlingsplanContent Read() => HandlingsplanContent.Parse(Content);
}

/// <summary>A source as the plan shows it, in øre: the frame of the day stays in the version.</summary>
/// <param name="FrameOre">What the plan may spend, carried over money with it.</param>
public sealed record SourceContent(Guid Id, string Code, string AsReceived, bool IsOwnShare, long? FrameOre, bool IsReserved, long PlannedOre)
{
    /// <summary>What of the frame was carried over from the year before; null where nothing was, so that a plan without reads as one from before plans had it.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public long? CarriedInOre { get; init; }

    internal static SourceContent Of(FundingSource source, Handlingsplan plan) => new(
        source.Id.Value, source.Code, source.AsReceived, source.IsOwnShare, source.RoomFor(plan.PlanUnitId)?.Ore, source.IsReservedFor(plan.PlanUnitId), plan.Planned(source.Id).Ore)
    {
        CarriedInOre = source.CarriedInFor(plan.PlanUnitId) is { Ore: > 0 } carried ? carried.Ore : null,
    };
}

/// <summary>A tiltak as the plan shows it, its budget in øre per source.</summary>
public sealed record TiltakContent(
    Guid Id, int Number, string Name, string Theme, string SubTheme, string Description, string Target, string Responsible,
    TiltakStatus Status, TiltakChange Change, IReadOnlyList<string> Criteria, Guid? MergedInto, bool HasInventedDetails, IReadOnlyDictionary<Guid, long> BudgetOre)
{
    /// <summary>Empty in versions from before plans had it.</summary>
    public string Baseline { get; init; } = "";

    public bool HasNoBaseline { get; init; }

    public static TiltakContent Of(Tiltak t) => new(
        t.TiltakId.Value, t.Number, t.Name, t.Theme, t.SubTheme, t.Description, t.Target, t.Responsible, t.Status, t.Change,
        [.. t.Criteria.Order(StringComparer.Ordinal)], t.MergedInto?.Value, t.HasInventions,
        t.Budget.ToDictionary(line => line.SourceId.Value, line => line.Amount.Ore)) { Baseline = t.Baseline, HasNoBaseline = t.HasNoBaseline };
}

/// <summary>Everything a version shows: the sections, the forslag til vedtak, the tiltak and the money.</summary>
public sealed record HandlingsplanContent(
    int Year, string Goal, string Challenges, string Signals, string Participation, string Proposal,
    IReadOnlyList<SourceContent> Sources, IReadOnlyDictionary<string, string> Criteria, IReadOnlyList<TiltakContent> Tiltak)
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    /// <summary>The files that go with the plan; null where there are none, so that a plan without reads as one from before plans had them.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AttachmentContent>? Attachments { get; init; }

    /// <summary>All the plan's money, in øre.</summary>
    public long TotalOre => Tiltak.Sum(tiltak => tiltak.BudgetOre.Values.Sum());

    public string Section(PlanSection section) => section switch
    {
        PlanSection.Goal => Goal,
        PlanSection.Challenges => Challenges,
        PlanSection.Signals => Signals,
        PlanSection.Participation => Participation,
        PlanSection.Proposal => Proposal,
    };

    public static HandlingsplanContent Of(Handlingsplan plan, IReadOnlyCollection<FundingSource> sources, IReadOnlyCollection<Criterion> criteria) => new(
        plan.Year.Number, plan.Goal, plan.Challenges, plan.Signals, plan.Participation, plan.Proposal,
        [.. sources.OrderBy(s => s.Number).Select(s => SourceContent.Of(s, plan))],
        criteria.Where(c => plan.Tiltak.Any(t => t.Criteria.Contains(c.Id))).ToDictionary(c => c.Id, c => c.Text),
        [.. plan.Tiltak.OrderBy(t => t.Number).Select(TiltakContent.Of)])
    {
        Attachments = plan.Attachments.Count == 0 ? null : [.. plan.Attachments.Select(attached => attached.File).OrderBy(file => file.Name, StringComparer.Ordinal)],
    };

    public static HandlingsplanContent Parse(string json) =>
        JsonSerializer.Deserialize<HandlingsplanContent>(json, _options) ?? throw new InvalidOperationException("A stored version of a handlingsplan is empty.");

    public string Text() => Canonical.Text(JsonSerializer.SerializeToNode(this, _options));

    public string Hash() => Canonical.Hash(Text());
}
