using System.Text;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Administration;

/// <summary>One row of a CSV file.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Cells);

/// <summary>
/// CSV as spreadsheets save it (RFC 4180 and a little more): semicolon, comma or tab between, by what the first line has most of; quotes
/// around what holds those or a line end; any line end; UTF-8 or UTF-16 with its mark, else UTF-8 where it is that, else Windows-1252.
/// </summary>
internal static class CsvText
{
    private static readonly char[] Separators = [';', ',', '\t'];

    public static string Decode(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.Latin1, detectEncodingFromByteOrderMarks: true);
        var marked = reader.ReadToEnd();
        return reader.CurrentEncoding.CodePage == Encoding.Latin1.CodePage ? Charset.Read(bytes, "") : marked;
    }

    /// <summary>The rows that hold something.</summary>
    /// <returns>The rows, and the line of a quote that is never closed, or null.</returns>
    public static (IReadOnlyList<CsvRow> Rows, int? OpenQuote) Read(string text)
    {
        text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        var separator = Separator(text.Split('\n').FirstOrDefault(line => line.Trim().Length > 0) ?? "");
        var rows = new List<CsvRow>();
        var (cells, cell) = (new List<string>(), new StringBuilder());
        var (line, begins, quotedFrom) = (1, 1, (int?)null);
        for (var place = 0; place <= text.Length; place++)
        {
            var letter = place < text.Length ? text[place] : '\n';
            if (quotedFrom is not null && place < text.Length)
            {
                if (letter == '"' && place + 1 < text.Length && text[place + 1] == '"')
                {
                    cell.Append('"');
                    place++;
                }
                else if (letter == '"')
                {
                    quotedFrom = null;
                }
                else
                {
                    line += letter == '\n' ? 1 : 0;
                    cell.Append(letter);
                }
            }
            else if (letter == '"' && cell.Length == 0)
            {
                quotedFrom = line;
            }
            else if (letter == separator || letter == '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (letter == '\n')
                {
                    if (cells.Any(one => one.Trim().Length > 0))
                    {
                        rows.Add(new CsvRow(begins, [.. cells]));
                    }

                    cells.Clear();
                    begins = ++line;
                }
            }
            else
            {
                cell.Append(letter);
            }
        }

        return (rows, quotedFrom);
    }

    private static char Separator(string header) => Separators.MaxBy(separator => header.Count(letter => letter == separator));
}
