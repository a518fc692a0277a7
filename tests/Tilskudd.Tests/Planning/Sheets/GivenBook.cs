using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Tilskudd.Planning.Sheets;

namespace Tilskudd.Tests.Planning.Sheets;

/// <summary>A formula as a spreadsheet saves it.</summary>
/// <param name="Gave">What it gave when it was saved; null where it was never worked out.</param>
internal sealed record Formula(string Text, decimal? Gave);

/// <summary>What a failed formula gives.</summary>
internal sealed record Failed(string Error);

/// <summary>A number with one of the styles of <see cref="GivenBook"/>.</summary>
internal sealed record Styled(decimal Number, int Style);

/// <summary>A workbook written part by part, so that a test can have in it what no writer of ours makes.</summary>
internal sealed class GivenBook
{
    public const int Percent = 1;
    public const int Date = 2;
    public const int Kroner = 3;
    public const int Millions = 4;
    public const int ShownInMillions = 5;

    private readonly List<string> _texts = [];
    private readonly List<(string Name, string Xml, bool IsHidden)> _sheets = [];

    /// <summary>A workbook of one sheet.</summary>
    public static GivenBook Of(params object?[][] rows) => new GivenBook().Sheet("Budsjett", rows);

    public GivenBook Sheet(string name, object?[][] rows, string[]? merged = null, int[]? hiddenRows = null, int[]? hiddenColumns = null, bool isHidden = false)
    {
        var cells = string.Concat(rows.Select((row, place) =>
            $"<row r=\"{place + 1}\"{(hiddenRows?.Contains(place + 1) == true ? " hidden=\"1\"" : "")}>{string.Concat(row.Select((value, column) => Cell(value, SheetCell.Letters(column + 1) + (place + 1))))}</row>"));
        var columns = string.Concat((hiddenColumns ?? []).Select(column => $"<col min=\"{column}\" max=\"{column}\" hidden=\"1\"/>"));
        _sheets.Add((name,
            $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{(columns.Length == 0 ? "" : $"<cols>{columns}</cols>")}<sheetData>{cells}</sheetData>"
            + $"{(merged is null ? "" : $"<mergeCells>{string.Concat(merged.Select(range => $"<mergeCell ref=\"{range}\"/>"))}</mergeCells>")}</worksheet>",
            isHidden));
        return this;
    }

    public byte[] Bytes(params (string Name, Action<Stream> Write)[] more)
    {
        const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"bin\" ContentType=\"application/octet-stream\"/>"
                + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Types}sheet.main+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{Types}sharedStrings+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{Types}styles+xml\"/>"
                + string.Concat(_sheets.Select((_, place) => $"<Override PartName=\"/xl/worksheets/sheet{place + 1}.xml\" ContentType=\"{Types}worksheet+xml\"/>")) + "</Types>");
            Add(zip, "_rels/.rels", Relationships(("r1", Relations + "/officeDocument", "xl/workbook.xml")));
            Add(zip, "xl/workbook.xml",
                $"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{Relations}\"><sheets>"
                + string.Concat(_sheets.Select((sheet, place) => $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{place + 1}\"{(sheet.IsHidden ? " state=\"hidden\"" : "")} r:id=\"s{place + 1}\"/>")) + "</sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", Relationships(
                [.. _sheets.Select((_, place) => ($"s{place + 1}", Relations + "/worksheet", $"worksheets/sheet{place + 1}.xml")), ("t", Relations + "/sharedStrings", "sharedStrings.xml"), ("y", Relations + "/styles", "styles.xml")]));
            Add(zip, "xl/sharedStrings.xml", $"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{string.Concat(_texts.Select(text => $"<si><r><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></r></si>"))}</sst>");
            Add(zip, "xl/styles.xml",
                "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"3\"><numFmt numFmtId=\"164\" formatCode=\"#,##0 &quot;kr&quot;\"/><numFmt numFmtId=\"165\" formatCode=\"0.0 &quot;mill. kr&quot;\"/>"
                + "<numFmt numFmtId=\"166\" formatCode=\"0.0,, &quot;mill. kr&quot;\"/></numFmts><cellXfs count=\"6\"><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/></cellXfs></styleSheet>");
            foreach (var (sheet, place) in _sheets.Select((sheet, place) => (sheet, place)))
            {
                Add(zip, $"xl/worksheets/sheet{place + 1}.xml", sheet.Xml);
            }

            foreach (var (name, write) in more)
            {
                using var part = zip.CreateEntry(name).Open();
                write(part);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The sheets as the application reads them.</summary>
    public IReadOnlyList<BookSheet> Read()
    {
        var (sheets, fault) = BookReader.Read(Bytes());
        Assert.Equal("", fault);
        return sheets!;
    }

    /// <summary>Writes it to a file.</summary>
    public string Save(string folder, string name = "plan.xlsx")
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, Bytes());
        return path;
    }

    private string Cell(object? value, string place)
    {
        switch (value)
        {
            case null:
                return "";
            case string text:
                _texts.Add(text);
                return $"<c r=\"{place}\" t=\"s\"><v>{_texts.Count - 1}</v></c>";
            case bool truth:
                return $"<c r=\"{place}\" t=\"b\"><v>{(truth ? 1 : 0)}</v></c>";
            case Formula formula:
                return $"<c r=\"{place}\"><f>{SecurityElement.Escape(formula.Text)}</f>{(formula.Gave is { } gave ? $"<v>{Number(gave)}</v>" : "")}</c>";
            case Failed failed:
                return $"<c r=\"{place}\" t=\"e\"><f>Ark2!A1</f><v>{failed.Error}</v></c>";
            case Styled styled:
                return $"<c r=\"{place}\" s=\"{styled.Style}\"><v>{Number(styled.Number)}</v></c>";
            case double binary:
                return $"<c r=\"{place}\"><v>{binary.ToString("R", CultureInfo.InvariantCulture)}</v></c>";
            default:
                return $"<c r=\"{place}\"><v>{Number(Convert.ToDecimal(value, CultureInfo.InvariantCulture))}</v></c>";
        }
    }

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Relationships(params (string Id, string Type, string Target)[] all) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(all.Select(one => $"<Relationship Id=\"{one.Id}\" Type=\"{one.Type}\" Target=\"{one.Target}\"/>")) + "</Relationships>";

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var part = zip.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }
}
