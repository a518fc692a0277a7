using System.Text.Encodings.Web;
using System.Text.Json;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Reporting;

/// <summary>A result as the report shows it, amounts in øre.</summary>
public sealed record ResultContent(Guid Tiltak, int Number, string Name, string Text, long PlannedOre, long SpentOre);

/// <summary>Everything a version of a report shows.</summary>
public sealed record RapportContent(int Year, string Summary, long GrantedOre, long CarriedInOre, long SpentOre, long UnspentOre, IReadOnlyList<ResultContent> Results)
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static RapportContent Of(Rapport rapport) => new(
        rapport.Year.Number, rapport.Summary, rapport.Granted.Ore, rapport.CarriedIn.Ore, rapport.Spent.Ore, rapport.Unspent.Ore,
        [.. rapport.Results.OrderBy(r => r.Number).Select(r => new ResultContent(r.TiltakId.Value, r.Number, r.Name, r.Text, r.Planned.Ore, (r.Spent ?? Money.Zero).Ore))]);

    public static RapportContent Parse(string json) =>
        JsonSerializer.Deserialize<RapportContent>(json, _options) ?? throw new InvalidOperationException("A stored version of a rapport is empty.");

    public string Text() => Canonical.Text(JsonSerializer.SerializeToNode(this, _options));
}
