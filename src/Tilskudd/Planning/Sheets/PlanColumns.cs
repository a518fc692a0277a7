using System.Globalization;
using System.Text.RegularExpressions;
using Tilskudd.Cycle.Year;
using Tilskudd.Verbs;
using static Tilskudd.Planning.Sheets.SheetText;

namespace Tilskudd.Planning.Sheets;

/// <summary>What a column of a plan's sheet tells.</summary>
internal enum PlanField
{
    Name,
    Number,
    Id,
    Theme,
    SubTheme,
    Criteria,
    Description,
    Target,
    Baseline,
    Responsible,
    Status,
    Change,

    /// <summary>Money from a source.</summary>
    Amount,

    /// <summary>The tiltak's money from all sources together, compared with them.</summary>
    Sum,

    /// <summary>Notes beside the plan, which it has no place for.</summary>
    Note,
}

/// <summary>A column that was recognised by its heading.</summary>
/// <param name="Heading">The heading's cell.</param>
/// <param name="Source">Whose money it is; null for other columns.</param>
internal sealed record PlanColumn(int Column, SheetCell Heading, PlanField Field, FundingSource? Source, SheetUnit Unit);

/// <summary>What can stand in the headings of a plan's sheet in a year, in bokmål and nynorsk. Case, spaces and signs do not matter.</summary>
/// <param name="grantors">The names of those who give the money.</param>
internal sealed partial class PlanColumns(GrantYear year, IReadOnlyList<FundingSource> sources, IReadOnlyDictionary<GrantorId, string> grantors)
{
    private static readonly (PlanField Field, string[] Words)[] Known =
    [
        (PlanField.Name, ["Tiltak", "Navn", "Namn", "Navn på tiltak", "Namn på tiltak", "Navn på tiltaket", "Namn på tiltaket", "Tiltaksnavn", "Tiltaksnamn", "Tiltakets navn"]),
        (PlanField.Number, ["Nr", "Nummer", "Tiltaksnummer", "Tiltaksnr", "Tiltak nr", "Løpenummer", "Løpenr"]),
        (PlanField.Id, ["Id", "Tiltaks-id", "Tiltak-id"]),
        (PlanField.Theme, ["Tema", "Hovedtema", "Hovudtema", "Innsatsområde", "Satsingsområde", "Satsningsområde"]),
        (PlanField.SubTheme, ["Deltema", "Undertema"]),
        (PlanField.Criteria, ["Kriterier", "Kriterium", "Kriteria", "Kriteriar", "Mål i tilskuddsordningen", "Mål i tilskotsordninga"]),
        (PlanField.Description, ["Beskrivelse", "Beskriving", "Skildring", "Omtale", "Innhold", "Innhald", "Hva skal gjøres", "Kva skal gjerast", "Hva skal gjøres i", "Kva skal gjerast i"]),
        (PlanField.Target, ["Mål", "Mål for", "Måltall", "Måltal", "Resultatmål", "Målsetting", "Målsetjing"]),
        (PlanField.Baseline, ["Utgangspunkt", "Nullpunkt", "Startpunkt"]),
        (PlanField.Responsible, ["Ansvarlig", "Ansvarleg", "Ansvar", "Ansvarlig virksomhet", "Ansvarleg verksemd", "Ansvarlig enhet", "Ansvarleg eining", "Virksomhet", "Verksemd"]),
        (PlanField.Status, ["Status", "Hvor er tiltaket nå", "Kvar er tiltaket no"]),
        (PlanField.Change, ["Endring", "Endring fra", "Endring frå", "Endring fra i fjor", "Endring frå i fjor"]),
        (PlanField.Sum, ["Sum", "Totalt", "Total", "I alt", "Til sammen", "Til saman", "Sum budsjett", "Budsjett", "Budsjett for", "Beløp"]),
        (PlanField.Note, ["Merknad", "Merknader", "Merknadar", "Kommentar", "Kommentarer", "Kommentarar", "Notat", "Notater", "Notatar"]),
    ];

    private static readonly Dictionary<string, PlanField> Fields = Known.SelectMany(known => known.Words.Select(word => (Key: Key(word), known.Field))).ToDictionary(word => word.Key, word => word.Field);
    private static readonly string[] Own = ["Egen", "Egne", "Eigen", "Eigne", "Egenandel", "Eigendel", "Kommunen", "Kommunens egen andel", "Kommunens egne", "Kommunens eigne"];

    private readonly List<(string Key, FundingSource Source)> _names = [.. sources.SelectMany(source => Names(source, grantors).Select(name => (Key(name), source))).Distinct()];

    /// <summary>The name of the fields that can stand in a heading, the commonest word of each.</summary>
    public static IEnumerable<string> Words => Known.Select(known => known.Words[0]);

    /// <summary>The sources' codes, in order.</summary>
    public IEnumerable<string> Codes => sources.Select(source => source.Code);

    /// <summary>What the heading says its column is.</summary>
    /// <returns>The column, or null with what is wrong in Norwegian; an empty fault where nothing is, since the cell says nothing.</returns>
    public (PlanColumn? Column, string Fault) Read(SheetCell heading, int column)
    {
        var (unit, rest) = UnitIn(heading.Text);
        var key = heading.Text.Trim() == "#" ? "nr" : Undated(Key(rest));
        if (Fields.TryGetValue(key, out var field) || Fields.TryGetValue(Undated(Key(heading.Text)), out field))
        {
            return (new(column, heading, field, null, unit), "");
        }

        var found = Sources(key);
        return found switch
        {
            [var source] => (new(column, heading, PlanField.Amount, source, unit), ""),
            [_, ..] => (null, $"«{heading.Text}» kan være flere kilder. Skriv kapittel og post også, som «{string.Join("» eller «", found.Select(Full))}»."),
            [] when key.Length == 0 => (null, ""),
            [] => (null, Unknown(heading.Text, rest.Trim(), unit)),
        };
    }

    /// <summary>What a text says the numbers beside or below it count, and the text without that.</summary>
    public static (SheetUnit Unit, string Label) UnitIn(string text)
    {
        var match = Unit().Match(text);
        return !match.Success ? (SheetUnit.Unstated, text)
            : (match.Groups["millions"].Success ? SheetUnit.MillionKroner : match.Groups["thousands"].Success ? SheetUnit.ThousandKroner : SheetUnit.Kroner, match.Groups["rest"].Value);
    }

    /// <summary>The sources a heading without its unit may mean.</summary>
    private List<FundingSource> Sources(string key)
    {
        var bare = Around().Replace(key, "");
        return [.. _names.Where(name => name.Key == key || name.Key == bare).Select(name => name.Source).Distinct()];
    }

    private string Unknown(string heading, string word, SheetUnit unit)
    {
        var codes = sources.Select(source => source.Code).ToList();
        var looksLikeSource = unit != SheetUnit.Unstated || Code().IsMatch(word) || Nearest.To(word, codes) is not null;
        return looksLikeSource
            ? $"«{heading}» er ingen kilde i {year}.{Nearest.Question(word, codes)} Kildene er {string.Join(", ", codes)}. Rett overskriften, eller ta bort kolonnen."
            : $"«{heading}» er en ukjent kolonne.{Nearest.Question(word, Known.SelectMany(known => known.Words).Concat(codes))} Rett overskriften, eller ta bort kolonnen.";
    }

    // The plan's year and the year before stand in many headings: «Mål for 2025», «Endring fra 2024».
    private string Undated(string key)
    {
        var now = year.Number.ToString(CultureInfo.InvariantCulture);
        var before = (year.Number - 1).ToString(CultureInfo.InvariantCulture);
        return key.StartsWith("endring", StringComparison.Ordinal) ? key.Replace(before, "", StringComparison.Ordinal) : key.Length == now.Length ? key : key.Replace(now, "", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(FundingSource source, IReadOnlyDictionary<GrantorId, string> grantors)
    {
        yield return source.Code;
        if (source.AsReceived.Length > 0)
        {
            yield return source.AsReceived;
            yield return source.Code + source.AsReceived;
        }

        if (source is { Chapter: { } chapter, Post: { } post })
        {
            foreach (var place in new[] { $"{chapter}{post}", $"kap{chapter}post{post}", $"kapittel{chapter}post{post}" })
            {
                yield return place;
                yield return source.Code + place;
            }
        }

        if (source.GrantorId is { } id && grantors.TryGetValue(id, out var grantor))
        {
            yield return grantor;
            yield return grantor + source.Code;
        }

        foreach (var word in source.IsOwnShare ? Own : [])
        {
            yield return word;
        }
    }

    private static string Full(FundingSource source) => source is { Chapter: { } chapter, Post: { } post } ? $"{source.Code} kap. {chapter} post {post}" : source.Code;

    [GeneratedRegex(@"^(?:midler|midlar|tilskudd|tilskot|budsjett|beløp)?(?:fra|frå)|(?:midler|midlar|budsjett|beløp)\z")]
    private static partial Regex Around();

    [GeneratedRegex(@"^[A-ZÆØÅ]{2,6}\z")]
    private static partial Regex Code();

    [GeneratedRegex(
        @"^(?<rest>.*?)(?<![\p{L}\p{Nd}])[(\[]?\s*(?:i\s+)?(?:hei?le\s+)?(?:(?<millions>mill(?:ion(?:er|ar)?)?\.?(?:\s*(?:kroner|kr\.?|nok))?)|(?<thousands>1\s?000\s*(?:kroner|kr\.?|nok)?|1000-?(?:kroner|kr\.?)|tusen\s*(?:kroner|kr\.?)?|t\.?\s?kr\.?)|(?<kroner>kroner|kr\.?|nok))\s*[)\]]?\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Unit();
}
