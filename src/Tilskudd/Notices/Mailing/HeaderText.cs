using System.Text;
using System.Text.RegularExpressions;

namespace Tilskudd.Notices.Mailing;

/// <summary>What people wrote, made safe in a mail's headers: plain where it can be, else encoded words (RFC 2047); and back.</summary>
internal static partial class HeaderText
{
    private const int LongestPlain = 60;

    // 42 bytes become 56 letters, which with the marks around them and the longest name of a header stay under 78.
    private const int BytesInWord = 42;

    /// <summary>A name and its address. The name is quoted or encoded, so it cannot add an address of its own.</summary>
    public static string Mailbox(Mailbox mailbox)
    {
        var name = OnOneLine(mailbox.Name);
        return name.Length == 0 ? mailbox.Address.Text
            : IsPlain(name) ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"\r\n <{mailbox.Address.Text}>"
            : $"{Encoded(name)}\r\n <{mailbox.Address.Text}>";
    }

    public static string Unstructured(string text)
    {
        var line = OnOneLine(text);
        return IsPlain(line) ? line : Encoded(line);
    }

    /// <summary>A header as people read it: its encoded words decoded, whatever their charset, and no control characters.</summary>
    public static string Read(string header) => OnOneLine(EncodedWords().Replace(BetweenWords().Replace(header, "$1"), run => Decoded(run.Value)));

    // Some senders split a letter between two words, so the bytes of neighbours in one charset are read together.
    private static string Decoded(string run)
    {
        var text = new StringBuilder();
        var bytes = new List<byte>();
        var charset = "";
        foreach (Match word in EncodedWord().Matches(run))
        {
            if (bytes.Count > 0 && !charset.Equals(word.Groups["charset"].Value, StringComparison.OrdinalIgnoreCase))
            {
                text.Append(Charset.Read([.. bytes], charset));
                bytes.Clear();
            }

            charset = word.Groups["charset"].Value;
            var content = word.Groups["text"].Value;
            bytes.AddRange(word.Groups["way"].Value is "B" or "b" ? Charset.Base64(content) : QuotedPrintable.Read(content.Replace('_', ' ')));
        }

        return text.Append(Charset.Read([.. bytes], charset)).ToString();
    }

    // A line break in a header would begin a new one.
    private static string OnOneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();

    private static bool IsPlain(string text) =>
        text.Length <= LongestPlain && text.All(letter => letter is >= ' ' and < '\u007F') && !text.Contains("=?", StringComparison.Ordinal);

    private static string Encoded(string text)
    {
        var words = new List<string>();
        var word = new List<byte>();
        Span<byte> bytes = stackalloc byte[4];

        // Rune by rune, so that no letter is split between two words; half a surrogate pair becomes U+FFFD.
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(bytes);
            if (word.Count + length > BytesInWord)
            {
                words.Add(Word(word));
                word.Clear();
            }

            word.AddRange(bytes[..length]);
        }

        words.Add(Word(word));
        return string.Join("\r\n ", words);
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";

    [GeneratedRegex(@"(?:=\?[^?\s]{1,40}\?[BbQq]\?[^?\s]*\?=)+")]
    private static partial Regex EncodedWords();

    [GeneratedRegex(@"=\?(?<charset>[^?*\s]{1,40})(?:\*[^?\s]*)?\?(?<way>[BbQq])\?(?<text>[^?\s]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"(\?=)\s+(?==\?[^?\s]{1,40}\?[BbQq]\?)")]
    private static partial Regex BetweenWords();
}
