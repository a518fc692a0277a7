using System.IO.Compression;
using System.Text;
using Tilskudd.Planning.Sheets;

namespace Tilskudd.Tests.Planning.Sheets;

public sealed class BookReaderTests
{
    [Fact]
    public void Cells_say_what_they_show_and_a_formula_what_it_gave()
    {
        var sheet = Assert.Single(GivenBook.Of(["Tiltak", 1100000.0000000002, new Formula("B1*2", 2_200_000m), new Failed("#REF!"), new Formula("B1", null), true, new Styled(0.8m, GivenBook.Percent)], [null, null, "  "]).Read());

        var cells = sheet.Row(1);

        Assert.Equal(
            [CellKind.Text, CellKind.Number, CellKind.Number, CellKind.Error, CellKind.NotWorkedOut, CellKind.Truth, CellKind.Number], cells.Select(cell => cell.Kind));
        Assert.Equal(["Tiltak", "1100000", "2200000", "#REF!", "B1", "SANN", "80 %"], cells.Select(cell => cell.Text));
        Assert.Equal((1_100_000m, "G1"), (cells[1].Number, cells[6].Place));
        Assert.Empty(sheet.Row(2));
    }

    [Fact]
    public void A_merged_cell_is_seen_in_all_its_places_and_written_in_one()
    {
        var sheet = Assert.Single(new GivenBook().Sheet("Ark", [["Oppvekst", 1], [null, 2]], merged: ["A1:A2"], hiddenRows: [2], hiddenColumns: [2]).Read());

        Assert.Equal("Oppvekst", sheet.Seen(2, 1).Text);
        Assert.True(sheet.At(2, 1).IsBlank);
        Assert.Equal((true, false, true), (sheet.IsRowHidden(2), sheet.IsRowHidden(1), sheet.IsColumnHidden(2)));
    }

    public static TheoryData<string, string> Strange => new()
    {
        { "empty", "Fila er tom" },
        { "csv", "ikke en .xlsx" },
        { "pdf", "ikke en .xlsx" },
        { "xls", "det gamle formatet .xls" },
        { "encrypted", "beskyttet med passord" },
        { "zip", "ikke et regneark i formatet .xlsx" },
        { "half", "skadet, eller er ikke en .xlsx" },
        { "not xml", "skadet, eller er ikke en .xlsx" },
        { "a reference outside", "skadet, eller er ikke en .xlsx" },
        { "entities", "skadet, eller er ikke en .xlsx" },
        { "deep", "skadet, eller er ikke en .xlsx" },
        { "wide", "flere enn" },
        { "bomb", "pakker ut til mer enn" },
        { "many parts", "flere enn 1000 deler" },
        { "macros", "Fila har makroer" },
        { "another file", "Fila henter tall fra andre filer" },
    };

    [Theory]
    [MemberData(nameof(Strange))]
    public void A_file_that_is_no_workbook_is_refused_with_what_to_do(string kind, string told)
    {
        var (sheets, fault) = BookReader.Read(Make(kind));

        Assert.Null(sheets);
        Assert.Contains(told, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_or_changed_anywhere_is_read_or_refused_and_never_thrown_over()
    {
        var whole = GivenBook.Of(["Tiltak", "KDD"], ["Leksehjelp", 1_000_000]).Bytes();
        var random = new Random(1);

        for (var round = 0; round < 300; round++)
        {
            var spoilt = whole[..(round % 2 == 0 ? whole.Length : random.Next(whole.Length))];
            for (var change = 0; change < 3 && spoilt.Length > 0; change++)
            {
                spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
            }

            var (sheets, fault) = BookReader.Read(spoilt);
            Assert.Equal(sheets is null, fault.Length > 0);
        }
    }

    [Fact]
    public void A_part_with_any_letter_changed_is_read_or_refused_and_never_thrown_over()
    {
        var whole = new GivenBook().Sheet("Ark", [["Tiltak", "KDD"], ["Leksehjelp", new Styled(1_000_000, GivenBook.Kroner)], ["Sum", new Formula("B2", 1_000_000)]], merged: ["A1:A2"], hiddenRows: [2], hiddenColumns: [2]).Bytes();
        var random = new Random(2);

        foreach (var name in new[] { "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml" })
        {
            var text = Text(whole, name);
            for (var round = 0; round < 150; round++)
            {
                var place = random.Next(text.Length);
                var spoilt = string.Concat(text.AsSpan(0, place), (round % 3) switch { 0 => "", 1 => "9", _ => "-" }, text.AsSpan(place + 1));

                var (sheets, fault) = BookReader.Read(Replaced(whole, name, spoilt));
                Assert.Equal(sheets is null, fault.Length > 0);
            }
        }
    }

    private static string Text(byte[] whole, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(whole), ZipArchiveMode.Read);
        using var part = new StreamReader(zip.GetEntry(name)!.Open());
        return part.ReadToEnd();
    }

    private static byte[] Make(string kind)
    {
        var whole = GivenBook.Of(["Tiltak", "KDD"], ["Leksehjelp", 1]).Bytes();
        byte[] old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        return kind switch
        {
            "empty" => [],
            "csv" => Encoding.UTF8.GetBytes("Tiltak;KDD\nLeksehjelp;1"),
            "pdf" => Encoding.UTF8.GetBytes("%PDF-1.7"),
            "xls" => [.. old, .. Encoding.Unicode.GetBytes("Workbook")],
            "encrypted" => [.. old, .. Encoding.Unicode.GetBytes("EncryptionInfo EncryptedPackage")],
            "zip" => Zip(("brev.txt", "hei")),
            "half" => whole[..(whole.Length / 2)],
            "not xml" => Replaced(whole, "xl/worksheets/sheet1.xml", "<worksheet"),
            "a reference outside" => Replaced(whole, "xl/worksheets/sheet1.xml", "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row></sheetData></worksheet>"),
            "entities" => Replaced(whole, "xl/worksheets/sheet1.xml", "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>"),
            "deep" => Replaced(whole, "xl/workbook.xml", $"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{string.Concat(Enumerable.Repeat("<a>", 500_000))}{string.Concat(Enumerable.Repeat("</a>", 500_000))}</workbook>"),
            "wide" => Replaced(whole, "xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">{string.Concat(Enumerable.Repeat("<c r=\"A1\"><v>1</v></c>", 200_001))}</row></sheetData></worksheet>"),
            "macros" => Replaced(whole, "[Content_Types].xml", Text(whole, "[Content_Types].xml").Replace("openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main", StringComparison.Ordinal)),
            "another file" => Replaced(whole, "xl/_rels/workbook.xml.rels", Text(whole, "xl/_rels/workbook.xml.rels").Replace("</Relationships>", "<Relationship Id=\"ut\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath\" Target=\"annen.xlsx\" TargetMode=\"External\"/></Relationships>", StringComparison.Ordinal)),
            "bomb" => GivenBook.Of(["Tiltak"]).Bytes(("xl/media/image1.bin", part =>
            {
                var zeros = new byte[1024 * 1024];
                for (var million = 0; million <= 32; million++)
                {
                    part.Write(zeros);
                }
            })),
            _ => Zip([.. Enumerable.Range(0, 1_001).Select(number => ($"{number}.txt", ""))]),
        };
    }

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    private static byte[] Replaced(byte[] whole, string name, string text)
    {
        using var stream = new MemoryStream();
        stream.Write(whole);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(name)!.Delete();
            using var part = zip.CreateEntry(name).Open();
            part.Write(Encoding.UTF8.GetBytes(text));
        }

        return stream.ToArray();
    }
}
