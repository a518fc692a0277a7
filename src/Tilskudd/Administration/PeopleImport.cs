using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Administration;

/// <summary>A line of the file, as it would be imported.</summary>
/// <param name="Number">The line in the file, from 1.</param>
/// <param name="Faults">What is wrong in it, field by field.</param>
public sealed record ImportLine(int Number, string Name, string Address, string Language, string Party, IReadOnlyList<string> Faults);

/// <summary>A file of people, read: every line with what is wrong in it, and what is wrong with the file as a whole.</summary>
/// <param name="Text">The file as text, to be read again when it is confirmed.</param>
public sealed record ImportPreview(string Text, IReadOnlyList<ImportLine> Lines, IReadOnlyList<string> Faults)
{
    public static ImportPreview None { get; } = new("", [], []);

    public int FaultCount => Faults.Count + Lines.Sum(line => line.Faults.Count);

    public bool IsGood => Lines.Count > 0 && FaultCount == 0;
}

/// <summary>
/// People from a CSV file: a preview that tells every fault, then all of them or none. Nothing is kept between the two: the preview carries
/// the text, and what is posted is read as if for the first time.
/// </summary>
internal sealed class PeopleImport(Door door, SecretSource secrets, IDbContextFactory<TilskuddDb> databases)
{
    public const string Path = $"{AdminRoom.Path}/personer/importer";
    public const int MostLines = 2_000;

    /// <summary>Bytes of a file: what two thousand people take, and more.</summary>
    public const int Largest = 400_000;

    private static readonly string[] Required = ["navn", "epost"];

    private static readonly Dictionary<string, string> Columns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["navn"] = "navn", ["namn"] = "navn", ["name"] = "navn", ["epost"] = "epost", ["e-post"] = "epost", ["e-postadresse"] = "epost", ["email"] = "epost", ["e-mail"] = "epost",
        ["språk"] = "sprak", ["sprak"] = "sprak", ["language"] = "sprak", ["målform"] = "sprak", ["parti"] = "parti", ["party"] = "parti", ["liste"] = "parti",
    };

    private static readonly Dictionary<string, string> Written = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = "nb", ["nb"] = "nb", ["bokmål"] = "nb", ["nn"] = "nn", ["nynorsk"] = "nn", ["en"] = "en", ["english"] = "en", ["engelsk"] = "en",
    };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, IResult (SignedIn me) => me.Has(Role.Administrator) ? Page(ImportPreview.None, []) : Refused.NotFound).RequireSignIn();
        app.MapPost(Path, (HttpContext context, PeopleImport import) => import.Preview(context)).RequireSignIn();
        app.MapPost(Path + "/bekreft", (HttpContext context, PeopleImport import) => import.Confirm(context)).RequireSignIn();
    }

    private async Task<IResult> Preview(HttpContext context)
    {
        if (!context.SignedIn()!.Has(Role.Administrator))
        {
            return Refused.NotFound;
        }

        var file = context.Request.Form.Files["fil"];
        if (file is null or { Length: 0 })
        {
            return Page(ImportPreview.None, [new FieldFault("fil", Text("Import.NoFile"))]);
        }

        if (file.Length > Largest)
        {
            return Page(ImportPreview.None, [new FieldFault("fil", Text("Import.TooLarge", Largest / 1000))]);
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, context.RequestAborted);
        var text = CsvText.Decode(bytes.ToArray());

        // A workbook, or another file that is not text.
        if (text.Contains('\0'))
        {
            return Page(ImportPreview.None, [new FieldFault("fil", Text("Import.NotText"))]);
        }

        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        return Page(await Read(db, text, context.RequestAborted), []);
    }

    private async Task<IResult> Confirm(HttpContext context)
    {
        var me = context.SignedIn()!;
        if (!me.Has(Role.Administrator))
        {
            return Refused.NotFound;
        }

        var preview = ImportPreview.None;
        var refusal = await door.Write(async writing =>
        {
            preview = await Read(writing.Db, context.Request.Form["innhold"].ToString(), context.RequestAborted);
            if (!preview.IsGood)
            {
                return new AdminRefusal.Unreadable();
            }

            foreach (var line in preview.Lines)
            {
                var person = new Person(writing.Ids.Next<PersonId>(), line.Name, line.Address, line.Language, line.Party, isInvented: false, secrets.Token());
                writing.Db.Add(person);
                writing.Record(new TrailEvent(Actor.Of(me.Id), "record-added", "person", person.Id.ToString(), "", new() { ["thing"] = "person", ["imported"] = true }));
            }

            return null;
        }, context.RequestAborted);
        return refusal switch
        {
            null => new SeeOtherResult($"{AdminRoom.Path}/personer?lagret=1"),
            AdminRefusal.Unreadable => Page(preview, []),
            _ => Refused.Conflict(RefusalText.Of(refusal)),
        };
    }

    /// <summary>Reads the text and checks every line, also against who is there already and against the lines before it.</summary>
    internal static async Task<ImportPreview> Read(TilskuddDb db, string text, CancellationToken ct)
    {
        var (rows, fault) = CsvText.Read(text);
        var header = rows.Count == 0 ? null : rows[0];
        var faults = new List<string>();
        if (fault is { } broken)
        {
            faults.Add(Text("Import.Quote", broken));
        }

        if (header is null)
        {
            return new ImportPreview(text, [], [Text("Import.Empty")]);
        }

        var names = header.Cells.Select(cell => Columns.GetValueOrDefault(cell.Trim(), "")).ToList();
        faults.AddRange(header.Cells.Where((cell, place) => names[place].Length == 0).Select(cell => Text("Import.Column", cell.Trim())));
        faults.AddRange(names.Where(name => name.Length > 0).GroupBy(name => name).Where(same => same.Count() > 1).Select(same => Text("Import.ColumnTwice", same.Key)));
        faults.AddRange(Required.Except(names).Select(name => Text("Import.ColumnMissing", name)));
        if (rows.Count - 1 > MostLines)
        {
            faults.Add(Text("Import.TooMany", rows.Count - 1, MostLines));
        }

        if (rows.Count == 1)
        {
            faults.Add(Text("Import.Empty"));
        }

        if (Required.Except(names).Any() || rows.Count - 1 > MostLines)
        {
            return new ImportPreview(text, [], faults);
        }

        var lines = rows.Skip(1).Select(row => Line(row, names)).ToList();
        var addresses = lines.Select(line => line.Address).Distinct().ToList();
        var known = (await db.People.Where(person => addresses.Contains(person.Email)).Select(person => person.Email).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        return new ImportPreview(text, [.. lines.Select(line => line with { Faults = [.. line.Faults, .. Doubles(line, known, first)] })], faults);
    }

    private static ImportLine Line(CsvRow row, List<string> names)
    {
        string Cell(string name) => names.IndexOf(name) is var place and >= 0 && place < row.Cells.Count ? Prose.Of(row.Cells[place]).Trim() : "";
        var (name, address, party) = (Cell("navn"), EmailAddress.Read(Cell("epost")), Cell("parti"));
        var language = Written.GetValueOrDefault(Cell("sprak"));
        var faults = new List<string>();
        if (row.Cells.Count != names.Count)
        {
            faults.Add(Text("Import.Cells", row.Cells.Count, names.Count));
        }

        if (Prose.IsBlank(name) || Prose.Length(name) > AdminRoom.LongestName || name.Any(char.IsControl))
        {
            faults.Add(Text(Prose.IsBlank(name) ? "Import.NoName" : "Import.NameWrong", AdminRoom.LongestName));
        }

        if (address is null)
        {
            faults.Add(Text("Import.Address", Cell("epost")));
        }

        if (language is null)
        {
            faults.Add(Text("Import.Language", Cell("sprak")));
        }

        if (Prose.Length(party) > People.LongestParty || party.Any(char.IsControl))
        {
            faults.Add(Text("Import.Party", People.LongestParty));
        }

        return new ImportLine(row.Line, name, address?.Text ?? Cell("epost"), language ?? "nb", party, faults);
    }

    private static IEnumerable<string> Doubles(ImportLine line, HashSet<string> known, Dictionary<string, int> first)
    {
        if (line.Address.Length == 0)
        {
            yield break;
        }

        if (known.Contains(line.Address))
        {
            yield return Text("Import.Known", line.Address);
        }

        if (!first.TryAdd(line.Address, line.Number))
        {
            yield return Text("Import.Twice", line.Address, first[line.Address]);
        }
    }

    private static RazorComponentResult<PeopleImportPage> Page(ImportPreview preview, IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(PeopleImportPage.Preview)] = preview,
        [nameof(PeopleImportPage.Faults)] = faults,
    })
    {
        StatusCode = faults.Count == 0 && preview.FaultCount == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };

    private static string Text(string key, params object[] arguments) => Texts.Of<AdminWords>(key, arguments);
}
