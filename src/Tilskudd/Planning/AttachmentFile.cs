using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Tilskudd.Cycle.Planning;
using Tilskudd.Layout;

namespace Tilskudd.Planning;

/// <summary>A file as somebody sent it: what it is, is read out of its bytes, and its name is made fit to be kept and to be given out again. Nothing in it is run or drawn.</summary>
internal static class AttachmentFile
{
    /// <summary>In megabytes.</summary>
    public const int LargestMegabytes = 20;

    public const long Largest = LargestMegabytes * 1_000_000L;

    private const int LongestName = 100;
    private const int MostEntries = 5_000;

    private static readonly (string Ending, string Type, string Folder)[] _office =
    [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word/"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xl/"),
        ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "ppt/"),
    ];

    // Names that mean a device where Windows reads them.
    private static readonly HashSet<string> _devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(1, 9).SelectMany(number => new[] { $"com{number}", $"lpt{number}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the file; else what is wrong with it, in words.</summary>
    public static (AttachmentContent? File, string? Fault) Read(string name, byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return (null, Text("Empty"));
        }

        if (bytes.Length > Largest)
        {
            return (null, TooLarge);
        }

        if (Kind(bytes) is not var (endings, type))
        {
            return (null, Text("Kind"));
        }

        var safe = SafeName(name, endings[0]);
        var ending = Path.GetExtension(safe).TrimStart('.').ToLowerInvariant();
        return endings.Contains(ending)
            ? (new AttachmentContent(safe, type, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), null)
            : (null, Text("Ending", "." + ending, endings[0].ToUpperInvariant()));
    }

    public static string TooLarge => Text("TooLarge", LargestMegabytes);

    public static string Text(string fault, params object[] arguments) => Texts.Of<PlanWords>($"Attachments.Fault.{fault}", arguments);

    /// <summary>The last part of the name alone, without anything a file system, a header or a reader could take for more than a name.</summary>
    internal static string SafeName(string name, string ending)
    {
        var last = name.Normalize(NormalizationForm.FormC).Split('/', '\\')[^1];
        var kept = string.Concat(last.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter) && !"<>:\"|?*;".Contains(letter, StringComparison.Ordinal) && char.GetUnicodeCategory(letter) != System.Globalization.UnicodeCategory.Format)).Trim(' ', '.');
        var (stem, extension) = (Path.GetFileNameWithoutExtension(kept).Trim(' ', '.'), Path.GetExtension(kept));
        if (stem.Length == 0 || _devices.Contains(stem.Split('.')[0]))
        {
            stem = "vedlegg" + (stem.Length == 0 ? "" : "-" + stem);
        }

        return stem[..Math.Min(stem.Length, LongestName)] + (extension.Length is > 1 and <= 12 ? extension : "." + ending);
    }

    private static (string[] Endings, string Type)? Kind(byte[] bytes)
    {
        var head = bytes.AsSpan();
        return head.StartsWith("%PDF-"u8) ? (["pdf"], "application/pdf")
            : head.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? (["png"], "image/png")
            : head.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? (["jpg", "jpeg"], "image/jpeg")
            : head.StartsWith("PK\u0003\u0004"u8) ? Office(bytes)
            : null;
    }

    // The list of what the package holds is enough; nothing is unpacked. Macros are programs, and are not taken in.
    private static (string[] Endings, string Type)? Office(byte[] bytes)
    {
        try
        {
            using var package = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (package.Entries.Count > MostEntries || package.GetEntry("[Content_Types].xml") is null || package.Entries.Any(entry => entry.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            {
                return null;
            }

            var found = _office.Where(kind => package.Entries.Any(entry => entry.FullName.StartsWith(kind.Folder, StringComparison.Ordinal))).ToList();
            return found.Count == 1 ? ([found[0].Ending], found[0].Type) : null;
        }
        catch (InvalidDataException)
        {
            // It begins as a package and is none.
            return null;
        }
    }
}
