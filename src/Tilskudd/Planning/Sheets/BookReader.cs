using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Tilskudd.Setup;

namespace Tilskudd.Planning.Sheets;

/// <summary>
/// Reads the sheets of an .xlsx. A formula is never worked out: what it gave when the file was last saved is what it says. Nothing in the
/// file is run, and nothing it points to is fetched.
/// </summary>
internal static partial class BookReader
{
    /// <summary>Bytes of a file: far more than a year's plan.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    /// <summary>Bytes it may unpack to, so that a small file cannot fill the machine's memory.</summary>
    public const int MostUnpacked = 32 * 1024 * 1024;

    private const int MostParts = 1_000;
    private const int MostCells = 200_000;

    // Formatted cells without content too: a sheet that is coloured to its edges has many.
    private const int MostFormatted = 1_000_000;

    // Elements within elements; a workbook has a dozen. Whoever reads it goes down into them on the stack.
    private const int Deepest = 64;
    private const int MostMerged = 10_000;
    private const int LastRow = 1_048_576;
    private const int LastColumn = 16_384;

    // No number anyone means is larger, and all that are smaller are exact enough.
    private const double Largest = 1e18;

    private static readonly byte[] ZipMark = [0x50, 0x4B, 0x03, 0x04];
    private static readonly byte[] OldMark = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>Reads a file from the disk.</summary>
    /// <returns>The sheets in the workbook's order and the file's bytes, or null with what is wrong in Norwegian.</returns>
    public static (IReadOnlyList<BookSheet>? Sheets, byte[] Bytes, string Fault) Open(string path)
    {
        try
        {
            if (Directory.Exists(path) || !File.Exists(path))
            {
                return (null, [], Directory.Exists(path) ? $"«{path}» er en mappe. Oppgi en .xlsx-fil." : $"Fila «{path}» finnes ikke.");
            }

            using var file = File.OpenRead(path);
            if (file.Length > MostBytes)
            {
                return (null, [], $"Fila «{path}» er for stor. En plan kan være på høyst {MostBytes / 1024 / 1024} MB. Ta bort bilder og ark som ikke hører til planen.");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var (sheets, fault) = Read(bytes);
            return (sheets, bytes, sheets is null ? $"«{path}»: {fault}" : "");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, [], $"Fila «{path}» kan ikke leses. Gi den som kjører programmet, lesetilgang til den.{SystemReason.Of(failure)}");
        }
    }

    /// <returns>The sheets in the workbook's order, or null with what is wrong in Norwegian.</returns>
    public static (IReadOnlyList<BookSheet>? Sheets, string Fault) Read(byte[] bytes)
    {
        if (Kind(bytes) is { } other)
        {
            return (null, other);
        }

        try
        {
            return Unpacked(bytes) is { } tooMuch ? (null, tooMuch) : Sheets(bytes);
        }
        catch (Exception failure) when (failure is InvalidDataException or FileFormatException or OpenXmlPackageException or XmlException or IOException or FormatException or OverflowException
            or ArgumentException or InvalidOperationException or NotSupportedException or KeyNotFoundException)
        {
            // Each layer of the format has failures of its own for a file that is not what it says.
            return (null, Broken);
        }
    }

    private static string? Kind(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return "Fila er tom.";
        }

        if (bytes.AsSpan().StartsWith(OldMark))
        {
            return bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
                ? "Fila er beskyttet med passord. Ta bort passordet, og lagre på nytt."
                : "Fila er i det gamle formatet .xls. Lagre den som .xlsx.";
        }

        return bytes.AsSpan().StartsWith(ZipMark) ? null
            : "Fila er ikke en .xlsx, hva den enn heter. Er den en tekstfil (CSV) eller en PDF, åpne den i et regnearkprogram og lagre den som .xlsx.";
    }

    // What a zip says of its own sizes is not to be trusted, so every part is unpacked once before it is read.
    private static string? Unpacked(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        var left = MostUnpacked;
        if (zip.Entries.Count > MostParts)
        {
            return $"Fila er satt sammen av flere enn {MostParts} deler. Ta bort bilder og ark som ikke hører til planen.";
        }

        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            using var whole = new MemoryStream();
            var buffer = new byte[81_920];
            for (var read = part.Read(buffer); read > 0; read = part.Read(buffer))
            {
                left -= read;
                if (left < 0)
                {
                    return TooMuch;
                }

                whole.Write(buffer, 0, read);
            }

            if (IsTooDeep(whole))
            {
                return Broken;
            }
        }

        return null;
    }

    private static bool IsTooDeep(MemoryStream part)
    {
        part.Position = 0;
        using var reader = XmlReader.Create(part, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        try
        {
            while (reader.Read())
            {
                if (reader.Depth > Deepest)
                {
                    return true;
                }
            }

            return false;
        }
        catch (XmlException)
        {
            // A picture, or a part that is not needed: whoever needs it comes no further than this reader did, and says so himself.
            return false;
        }
    }

    private static string Broken => "Fila er skadet, eller er ikke en .xlsx. Åpne den i regnearkprogrammet, og lagre den på nytt som .xlsx.";

    private static string TooMuch => $"Fila pakker ut til mer enn en plan kan trenge ({MostUnpacked / 1024 / 1024} MB). Ta bort bilder og ark som ikke hører til planen.";

    // Neither is run nor fetched; but what a workbook says may then be another's, and whoever sends it should know.
    private static string? Active(SpreadsheetDocument book) =>
        book.DocumentType is not SpreadsheetDocumentType.Workbook || book.WorkbookPart?.VbaProjectPart is not null
            ? "Fila har makroer, hva den enn heter. Lagre den som en vanlig .xlsx uten makroer."
        : book.WorkbookPart is { } part && (part.ExternalWorkbookParts.Any() || part.ExternalRelationships.Any())
            ? "Fila henter tall fra andre filer. Bryt koblingene (Data, Koblinger) slik at tallene står i selve fila, og lagre på nytt."
        : null;

    private static (IReadOnlyList<BookSheet>? Sheets, string Fault) Sheets(byte[] bytes)
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(bytes, writable: false), isEditable: false);
        if (Active(book) is { } active)
        {
            return (null, active);
        }

        if (book.WorkbookPart is not { Workbook.Sheets: { } listed } part)
        {
            return (null, "Fila er en pakke, men ikke et regneark i formatet .xlsx. Lagre den som .xlsx.");
        }

        var texts = Texts(part);
        var formats = Formats(part);
        var sheets = new List<BookSheet>();
        var count = 0;
        foreach (var sheet in listed.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>())
        {
            // A sheet that is one picture of a diagram has no cells.
            if (sheet.Id?.Value is { } id && part.GetPartById(id) is WorksheetPart worksheet)
            {
                var read = Cells(worksheet, sheet.Name?.Value ?? "", sheet.State is { } state && state.Value != SheetStateValues.Visible, texts, formats, ref count);
                if (read is null)
                {
                    return (null, $"Fila har flere enn {MostCells} utfylte celler, eller et ark med flere enn {MostFormatted} formaterte. Ta bort det som ikke hører til planen.");
                }

                sheets.Add(read);
            }
        }

        return sheets.Count == 0 ? (null, "Fila har ingen ark med celler.") : (sheets, "");
    }

    private static List<string> Texts(WorkbookPart part)
    {
        var texts = new List<string>();
        if (part.SharedStringTablePart is { } table)
        {
            using var reader = OpenXmlReader.Create(table);
            while (reader.Read())
            {
                if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement)
                {
                    texts.Add(Plain(reader.LoadCurrentElement()!));
                }
            }
        }

        return texts;
    }

    // Without the reading aids of Japanese, which are beside the text; and without the mark that stands for a carriage return.
    private static string Plain(OpenXmlElement item) =>
        string.Concat(item.Descendants<Text>().Where(text => text.Parent is not PhoneticRun).Select(text => text.Text)).Replace("_x000D_", "", StringComparison.Ordinal);

    private static List<CellFormat> Formats(WorkbookPart part)
    {
        if (part.WorkbookStylesPart?.Stylesheet is not { CellFormats: { } styles } sheet)
        {
            return [];
        }

        var own = (sheet.NumberingFormats?.Elements<NumberingFormat>() ?? []).Where(format => format.NumberFormatId is not null)
            .GroupBy(format => format.NumberFormatId!.Value).ToDictionary(same => same.Key, same => same.Last().FormatCode?.Value ?? "");
        return [.. styles.Elements<DocumentFormat.OpenXml.Spreadsheet.CellFormat>().Select(style => Format(style.NumberFormatId?.Value ?? 0, own))];
    }

    private static CellFormat Format(uint id, Dictionary<uint, string> own) => own.TryGetValue(id, out var code) ? Format(code) : id switch
    {
        9 or 10 => CellFormat.Percent,
        (>= 14 and <= 22) or (>= 45 and <= 47) => CellFormat.Date,
        _ => CellFormat.Plain,
    };

    private static CellFormat Format(string code)
    {
        var shown = Bracketed().Replace(code, "");
        var letters = Quoted().Replace(shown, "");

        // A comma at the end shows the number in thousands or millions and leaves the number as it is.
        return letters.Contains('%') ? CellFormat.Percent
            : letters.AsSpan().IndexOfAny("ydYD") >= 0 ? CellFormat.Date
            : shown.Contains("mill", StringComparison.OrdinalIgnoreCase) && !Scaled().IsMatch(letters) ? CellFormat.MillionKroner
            : shown.Contains("kr", StringComparison.OrdinalIgnoreCase) || code.Contains("kr", StringComparison.OrdinalIgnoreCase) ? CellFormat.Kroner
            : CellFormat.Plain;
    }

    private static BookSheet? Cells(WorksheetPart part, string name, bool isHidden, List<string> texts, List<CellFormat> formats, ref int count)
    {
        var (cells, merged, hiddenRows, hiddenColumns) = (new List<SheetCell>(), new List<MergedCells>(), new HashSet<int>(), new HashSet<int>());
        var (row, column, formatted) = (0, 0, 0);
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (!reader.IsStartElement)
            {
                continue;
            }

            if (reader.ElementType == typeof(Row))
            {
                (row, column) = (Number(reader, "r") ?? row + 1, 0);
                if (row is < 1 or > LastRow)
                {
                    throw new InvalidDataException($"Row {row} is none.");
                }

                if (Flag(reader, "hidden"))
                {
                    hiddenRows.Add(row);
                }
            }
            else if (reader.ElementType == typeof(Column) && Flag(reader, "hidden"))
            {
                var (from, to) = (Number(reader, "min") ?? 1, Number(reader, "max") ?? 0);
                hiddenColumns.UnionWith(Enumerable.Range(from, Math.Clamp(to, from, LastColumn) - from + 1));
            }
            else if (reader.ElementType == typeof(Cell))
            {
                if (++formatted > MostFormatted)
                {
                    return null;
                }

                var cell = (Cell)reader.LoadCurrentElement()!;
                column = cell.CellReference?.Value is { } place ? Place(place).Column : column + 1;
                var read = Read(cell, row, column, texts, formats);
                if (!read.IsBlank)
                {
                    cells.Add(read);
                    if (++count > MostCells)
                    {
                        return null;
                    }
                }
            }
            else if (reader.ElementType == typeof(MergeCell) && ((MergeCell)reader.LoadCurrentElement()!).Reference?.Value?.Split(':') is [var first, var last])
            {
                var (from, to) = (Place(first), Place(last));
                merged.Add(new MergedCells(from.Row, from.Column, to.Row, to.Column));
            }
        }

        // One that goes on below everything that is written is cut there, so that it costs what the sheet does.
        var end = cells.Count == 0 ? 0 : cells.Max(cell => cell.Row);
        var within = merged.Where(range => range.FirstRow <= end && range.LastRow >= range.FirstRow && range.LastColumn >= range.FirstColumn).ToList();
        if (within.Count > MostMerged || within.Sum(range => (long)(Math.Min(range.LastRow, end) - range.FirstRow + 1)) > MostCells)
        {
            throw new InvalidDataException("More merged cells than a plan has.");
        }

        return new BookSheet(name, isHidden, cells, [.. within.Select(range => range with { LastRow = Math.Min(range.LastRow, end) })], hiddenRows, hiddenColumns);
    }

    private static int? Number(OpenXmlReader reader, string attribute) =>
        reader.Attributes.FirstOrDefault(one => one.LocalName == attribute).Value is { } value ? int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static bool Flag(OpenXmlReader reader, string attribute) => reader.Attributes.FirstOrDefault(one => one.LocalName == attribute).Value is "1" or "true";

    private static (int Row, int Column) Place(string written)
    {
        var match = Written().Match(written);
        var column = match.Groups["column"].Value.Aggregate(0, (sum, letter) => (sum * 26) + (letter - 'A' + 1));
        return match.Success && column <= LastColumn
            ? (int.Parse(match.Groups["row"].Value, NumberStyles.None, CultureInfo.InvariantCulture), column)
            : throw new InvalidDataException($"{written} is no place in a sheet.");
    }

    private static SheetCell Read(Cell cell, int row, int column, List<string> texts, List<CellFormat> formats)
    {
        var value = cell.CellValue?.Text;
        var type = cell.DataType?.Value ?? CellValues.Number;
        if (type == CellValues.InlineString)
        {
            return Text(cell.InlineString is { } inline ? Plain(inline) : "");
        }

        if (string.IsNullOrEmpty(value))
        {
            return cell.CellFormula is null || type == CellValues.String ? SheetCell.Blank(row, column) : new(row, column, CellKind.NotWorkedOut, cell.CellFormula.Text, null, CellFormat.Plain);
        }

        if (type == CellValues.SharedString)
        {
            return Text(texts[int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture)]);
        }

        if (type == CellValues.Error)
        {
            return new(row, column, CellKind.Error, value, null, CellFormat.Plain);
        }

        if (type == CellValues.Boolean)
        {
            return new(row, column, CellKind.Truth, value == "1" ? "SANN" : "USANN", null, CellFormat.Plain);
        }

        if (type == CellValues.String || type == CellValues.Date)
        {
            return Text(value.Replace("_x000D_", "", StringComparison.Ordinal));
        }

        var format = cell.StyleIndex?.Value is { } style && style < formats.Count ? formats[(int)style] : CellFormat.Plain;
        return Exact(value) is { } number ? new(row, column, CellKind.Number, Shown(number, format), number, format) : Text(value);

        SheetCell Text(string text) => new(row, column, CellKind.Text, text, null, CellFormat.Plain);
    }

    // Spreadsheets reckon in binary: 1,1 mill. is kept as 1100000.0000000002, and fifteen digits are what they vouch for and show.
    private static decimal? Exact(string value)
    {
        var binary = double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture);
        return !(Math.Abs(binary) < Largest) ? null : decimal.Parse(binary.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static string Shown(decimal number, CellFormat format)
    {
        if (format == CellFormat.Date && number is > 0 and < 2_958_466)
        {
            return DateTime.FromOADate((double)number).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
        }

        var written = (format == CellFormat.Percent ? number * 100 : number).ToString("0.###############", CultureInfo.InvariantCulture).Replace('.', ',');
        return format == CellFormat.Percent ? written + " %" : written;
    }

    [GeneratedRegex(@"^\$?(?<column>[A-Z]{1,3})\$?(?<row>[0-9]{1,7})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Written();

    // Colours, conditions and the language of a format; the sign of a currency stands in one too, and is looked for in the whole.
    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"""[^""]*""|\\.")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[0#?],+(?![0#?])")]
    private static partial Regex Scaled();
}
