using System.Globalization;
using System.Text;

namespace Tilskudd.Demo;

/// <summary>A PDF of one page, written by hand: the demonstration's own file, so that none has to be brought along.</summary>
internal static class InventedPdf
{
    /// <param name="heading">The title.</param>
    /// <param name="lines">What stands below it; letters of Latin-1 only.</param>
    /// <returns>The same bytes for the same text.</returns>
    public static byte[] Of(string heading, params IReadOnlyList<string> lines)
    {
        var shown = new StringBuilder("BT /F1 20 Tf 56 770 Td ").Append(Text(heading)).Append(" Tj /F1 12 Tf 0 -12 Td 18 TL T* ");
        foreach (var line in lines)
        {
            shown.Append(Text(line)).Append(" Tj T* ");
        }

        var content = shown.Append("ET").ToString();
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R /Lang (nb) >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} >>\nstream\n{content}\nendstream"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            $"<< /Title {Text(heading)} >>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        for (var number = 1; number <= objects.Length; number++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{objects[number - 1]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        places.ForEach(place => file.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{table}\n%%EOF\n");

        // A letter is a byte in it, so that the places counted above are those of the bytes.
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Text(string words) =>
        "(" + words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal) + ")";
}
