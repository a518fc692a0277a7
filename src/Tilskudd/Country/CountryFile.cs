using System.Text;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using static Tilskudd.Country.ShowCountry;

namespace Tilskudd.Country;

/// <summary>A sheet to be carried out: text, numbers and amounts, the last line the sums.</summary>
/// <param name="Key">Its word in addresses and file names.</param>
internal sealed record Sheet(string Key, string Name, IReadOnlyList<string> Heading, IReadOnlyList<IReadOnlyList<object?>> Lines);

/// <summary>The tables of the page as files: the same lines and sums, amounts as numbers in kroner, exact to the øre.</summary>
internal static class CountryFile
{
    private const int WidestText = 40;
    private const int AmountWidth = 18;

    public static IReadOnlyList<Sheet> Sheets(CountryContent content) =>
    [
        new("tilskudd", Words("Sheet.Grants"), [Words("Municipality"), Words("Programme"), Words("Unit"), .. content.Ministries.Select(ministry => ministry.Code), Words("Sum"), Words("Marks")], [.. Grants(content)]),
        new("status", Words("Sheet.Statuses"), [Words("Status"), Words("Units"), Words("Amount")], [.. Groups(content.Statuses, content.Total.Sum ?? Money.Zero)]),
        new("tema", Words("Sheet.Themes"), [Words("Theme"), Words("Tiltak"), Words("Amount"), Words("Marks")], [.. Themes(content)]),
        new("kriterium", Words("Sheet.Criteria"), [Words("Criterion"), Words("Tiltak"), Words("Amount.Own"), Words("Amount.Touching"), Words("Marks")], [.. Criteria(content)]),
    ];

    /// <summary>The sheet as text for a spreadsheet, with the mark that says it is UTF-8.</summary>
    public static byte[] Csv(Sheet sheet)
    {
        var lines = new[] { string.Join(';', sheet.Heading.Select(CsvLine.Cell)) }.Concat(sheet.Lines.Select(line => string.Join(';', line.Select(Cell))));
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(string.Concat(lines.Select(line => line + "\r\n")))];
    }

    /// <summary>All sheets as a workbook. What is text stays text: a name that looks like a formula is never one.</summary>
    public static async Task<byte[]> Workbook(IReadOnlyList<Sheet> sheets, CancellationToken ct)
    {
        using var stream = new MemoryStream();
        await using (var book = await Spreadsheet.CreateNewAsync(stream, cancellationToken: ct))
        {
            var bold = book.AddStyle(new Style { Font = { Bold = true } });
            var amount = book.AddStyle(new Style { Format = NumberFormat.Custom("#,##0.00") });
            foreach (var sheet in sheets)
            {
                var options = new WorksheetOptions { FrozenRows = 1 };
                for (var column = 0; column < sheet.Heading.Count; column++)
                {
                    options.Column(column + 1).Width = sheet.Lines.Any(line => line.ElementAtOrDefault(column) is Money) ? AmountWidth
                        : Math.Clamp(sheet.Lines.Select(line => (line.ElementAtOrDefault(column)?.ToString() ?? "").Length).Append(sheet.Heading[column].Length).Max() + 2, 8, WidestText);
                }

                await book.StartWorksheetAsync(sheet.Name, options, ct);
                await book.AddRowAsync(sheet.Heading.Select(text => new Cell(text, bold)).ToArray(), ct);
                foreach (var line in sheet.Lines)
                {
                    await book.AddRowAsync(line.Select(value => Cell(value, amount)).ToArray(), ct);
                }
            }

            await book.FinishAsync(ct);
        }

        return stream.ToArray();
    }

    private static IEnumerable<IReadOnlyList<object?>> Grants(CountryContent content)
    {
        foreach (var row in content.Rows.Append(content.Total))
        {
            yield return [row.Municipality, row.Programme, row.Unit, .. row.Cells.Select(cell => (object?)cell), row.Sum, string.Join("; ", row.Marks)];
        }

        // Below the sums, where no formula over the table takes it in.
        foreach (var outside in content.Outside)
        {
            yield return [outside.Municipality, Words("Outside.Line"), outside.Purpose, .. content.Ministries.Select(_ => (object?)null), null, $"{outside.Amount.ToKroner(Languages.Current.Culture())}, {outside.Ministry ?? Words("Outside.Unknown")}"];
        }
    }

    private static IEnumerable<IReadOnlyList<object?>> Groups(IReadOnlyList<GroupRow> rows, Money sum) =>
        rows.Select(row => (IReadOnlyList<object?>)[row.Name, row.Count, row.Amount]).Append([Words("Total"), rows.Sum(row => row.Count), sum]);

    private static IEnumerable<IReadOnlyList<object?>> Themes(CountryContent content) =>
        content.Themes.Select(row => (IReadOnlyList<object?>)[row.Name, row.Count, row.Amount, Mark(row)]).Append([Words("Total"), content.Themes.Sum(row => row.Count), content.Planned, ""]);

    private static string Mark(GroupRow row) => row.IsInvented ? Texts.Of<Invented>("Tag") : "";

    private static IEnumerable<IReadOnlyList<object?>> Criteria(CountryContent content) =>
        content.Criteria.Select(row => (IReadOnlyList<object?>)[row.Name, row.Count, row.Amount, row.Touching, Mark(row)]).Append([Words("Total"), null, content.Planned, null, ""]);

    private static string Cell(object? value) => value switch
    {
        Money amount => CsvLine.Cell((Money?)amount),
        int count => count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        null => "",
        _ => CsvLine.Cell((string)value),
    };

    private static Cell Cell(object? value, StyleId amount) => value switch
    {
        Money money => new Cell(money.Ore / 100m, amount),
        int count => new Cell(count),
        null => new Cell(),
        _ => new Cell((string)value),
    };
}
