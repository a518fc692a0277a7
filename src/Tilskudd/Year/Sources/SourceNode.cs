using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>
/// A value in a source file that knows where it stands. Reading what is not there, or is of another kind, records a fault and gives an empty
/// answer, so that the reading goes on to the next fault. What is read from an absent value is silent: its fault is already recorded.
/// </summary>
internal sealed partial class SourceNode
{
    private static readonly string[] Documents = ["DOC-000", "DOC-001", "DOC-002", "DOC-003", "DOC-004"];

    private readonly Import import;
    private readonly JsonElement? element;
    private readonly HashSet<string> read = [];
    private readonly Dictionary<string, SourceNode> parts = [];
    private IReadOnlyList<SourceNode>? items;

    private SourceNode(Import import, string file, string path, JsonElement? element)
    {
        this.import = import;
        this.element = element;
        File = file;
        Path = path;
    }

    public string File { get; }

    public string Path { get; }

    public bool IsAbsent => element is null;

    public static SourceNode Absent(Import import, string file, string path) => new(import, file, path, null);

    public static SourceNode Present(Import import, string file, string path, JsonElement element)
    {
        var node = new SourceNode(import, file, path, element);
        if (element.ValueKind == JsonValueKind.Object)
        {
            import.Opened(node);
        }

        return node;
    }

    // ---- what a node is, read by name from its parent ----

    /// <summary>A text that must be there and say something.</summary>
    public string Text(string name) => Required(name).AsText();

    /// <summary>A text that may be blank, as a cell of a table may be. Blank is not nought.</summary>
    public string Cell(string name) => Required(name).AsCell();

    /// <summary>A text whose key must stand there, with null where the source says nothing.</summary>
    public string? TextOrNull(string name) => Nullable(name)?.AsText();

    /// <summary>A text whose key only stands where there is something to say.</summary>
    public string? TextIfAny(string name) => Optional(name)?.AsText();

    public bool Flag(string name) => Required(name).AsFlag();

    public bool FlagIfAny(string name) => FlagOrNothing(name) ?? false;

    /// <summary>Null where the key does not stand there.</summary>
    public bool? FlagOrNothing(string name) => Optional(name)?.AsFlag();

    public decimal Number(string name) => Required(name).AsNumber();

    public decimal? NumberOrNull(string name) => Nullable(name)?.AsNumber();

    /// <summary>A number, or a list of them.</summary>
    public IReadOnlyList<decimal> NumbersOf(string name)
    {
        var found = Required(name);
        return found.element is { ValueKind: JsonValueKind.Array }
            ? [.. found.AsItems().Select(item => item.AsNumber())] : [found.AsNumber()];
    }

    public int Whole(string name) => Required(name).AsWhole();

    public Money Kroner(string name) => Required(name).AsKroner();

    public Money? KronerOrNull(string name) => Nullable(name)?.AsKroner();

    public GrantYear Year(string name) => Required(name).AsYear();

    public GrantYear? YearOrNull(string name) => Nullable(name)?.AsYear();

    public GrantYear? YearIfAny(string name) => Optional(name)?.AsYear();

    public DateOnly Date(string name) => Required(name).AsDate();

    public IReadOnlyList<string> Texts(string name) => [.. Items(name).Select(item => item.AsText())];

    public IReadOnlyList<string> TextsIfAny(string name) => [.. Optional(name)?.AsItems().Select(item => item.AsText()) ?? []];

    public IReadOnlyList<SourceNode> Items(string name) => Required(name).AsItems();

    public IReadOnlyList<SourceNode> ItemsIfAny(string name) => Optional(name)?.AsItems() ?? [];

    public SourceNode Part(string name) => Required(name).AsObject();

    public SourceNode? PartIfAny(string name) => Optional(name)?.AsObject();

    public SourcePlace Place(string name) => Required(name).AsPlace();

    public SourcePlace? PlaceIfAny(string name) => Optional(name)?.AsPlace();

    /// <summary>Whether the key stands there with null: the source says nothing.</summary>
    public bool IsNull(string name) => Required(name).element is null or { ValueKind: JsonValueKind.Null };

    /// <summary>Keys that are known and deliberately not carried over.</summary>
    public void Leave(params ReadOnlySpan<string> names) => read.UnionWith(names.ToArray());

    public IEnumerable<string> Unread() =>
        element is { ValueKind: JsonValueKind.Object } some
            ? some.EnumerateObject().Select(property => property.Name).Where(name => !read.Contains(name))
            : [];

    /// <summary>A fault at this place, unless its absence is already one.</summary>
    public void Fault(string text)
    {
        if (element is not null)
        {
            import.Fault(File, Path, text);
        }
    }

    /// <summary>A fault at a named part of this place.</summary>
    public void Fault(string name, string text)
    {
        if (element is not null)
        {
            import.Fault(File, $"{Path}.{name}", text);
        }
    }

    public void Warn(int discrepancy, string text) => import.Warn(discrepancy, File, Path, text);

    public void Warn(int discrepancy, string name, string text) => import.Warn(discrepancy, File, $"{Path}.{name}", text);

    // ---- what the node itself is ----

    public string AsText()
    {
        var text = AsCell();
        if (element is { ValueKind: JsonValueKind.String } && string.IsNullOrWhiteSpace(text))
        {
            Fault("Teksten er tom. Fyll den ut.");
        }
        else if (EmailAddress().IsMatch(text))
        {
            Fault("Teksten har en e-postadresse. Personopplysninger hentes ikke inn; ta den bort.");
        }
        else if (text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && !LeadsSomewhere(text))
        {
            Fault("Lenken kan ikke åpnes. Skriv hele adressen, eller ta den bort.");
        }

        return text;
    }

    public string AsCell()
    {
        if (element is not { ValueKind: JsonValueKind.String } some)
        {
            return Wrong("en tekst", "");
        }

        var text = some.GetString()!;
        if (text.Any(char.IsControl))
        {
            Fault("Teksten inneholder et styretegn. Ta det bort.");
        }

        return text;
    }

    public bool AsFlag() =>
        element is { ValueKind: JsonValueKind.True or JsonValueKind.False } some ? some.GetBoolean() : Wrong("true eller false", false);

    public decimal AsNumber() =>
        element is { ValueKind: JsonValueKind.Number } some && some.TryGetDecimal(out var number) ? number : Wrong("et tall", 0m);

    public int AsWhole() =>
        element is { ValueKind: JsonValueKind.Number } some && some.TryGetInt32(out var number) ? number : Wrong("et helt tall", 0);

    public Money AsKroner()
    {
        var readable = element is { ValueKind: JsonValueKind.Number } some && some.TryGetInt64(out var kroner)
            && kroner >= 0 && kroner <= Money.Largest.Ore / 100;
        return readable ? Money.FromKroner(element!.Value.GetInt64()) : Wrong("et beløp i hele kroner", Money.Zero);
    }

    public GrantYear AsYear() =>
        element is { ValueKind: JsonValueKind.Number } some && some.TryGetInt32(out var number) && GrantYear.TryFrom(number, out var year)
            ? year
            : Wrong("et årstall mellom 2000 og 2100", default(GrantYear));

    public DateOnly AsDate() =>
        element is { ValueKind: JsonValueKind.String } some
        && DateOnly.TryParseExact(some.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : Wrong("en dato som 2024-11-26", default(DateOnly));

    public IReadOnlyList<SourceNode> AsItems() => items ??=
        element is { ValueKind: JsonValueKind.Array } some
            ? [.. some.EnumerateArray().Select((item, index) => Present(import, File, $"{Path}[{index}]", item))]
            : Wrong<IReadOnlyList<SourceNode>>("en liste", []);

    public SourceNode AsObject() =>
        element is null or { ValueKind: JsonValueKind.Object } ? this : Wrong("et objekt", Absent(import, File, Path));

    private SourcePlace AsPlace()
    {
        var node = AsObject();
        var document = node.Text("fil");
        var lines = node.Items("linjer");
        if (node.IsAbsent)
        {
            return new("", 0, 0);
        }

        if (!Documents.Contains(document))
        {
            node.Fault("fil", $"«{document}» er ikke et av kildedokumentene DOC-000 til DOC-004.");
        }

        var (first, last) = lines.Count == 2 ? (lines[0].AsWhole(), lines[1].AsWhole()) : (0, 0);
        if (first < 1 || last < first)
        {
            node.Fault("linjer", "Skriv første og siste linje som to hele tall: [158, 161].");
        }

        return new(document, first, last);
    }

    private SourceNode Required(string name)
    {
        var found = Find(name);
        if (found is null)
        {
            Fault(name, $"Feltet «{name}» mangler. Fyll det ut.");
        }

        return found ?? Absent(import, File, $"{Path}.{name}");
    }

    private SourceNode? Nullable(string name) => IsNull(name) ? null : Find(name);

    private SourceNode? Optional(string name)
    {
        var found = Find(name);
        return found?.element is null or { ValueKind: JsonValueKind.Null } ? null : found;
    }

    private SourceNode? Find(string name)
    {
        read.Add(name);
        if (!parts.TryGetValue(name, out var part)
            && element is { ValueKind: JsonValueKind.Object } some
            && some.TryGetProperty(name, out var value))
        {
            part = parts[name] = Present(import, File, $"{Path}.{name}", value);
        }

        return part;
    }

    private T Wrong<T>(string wanted, T instead)
    {
        Fault($"Her skal det stå {wanted}.");
        return instead;
    }

    private static bool LeadsSomewhere(string link) =>
        !link.Any(char.IsWhiteSpace) && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Host.Contains('.', StringComparison.Ordinal)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    [GeneratedRegex(@"[^\s@]+@[^\s@]+\.[^\s@]+", RegexOptions.CultureInvariant)]
    private static partial Regex EmailAddress();
}
