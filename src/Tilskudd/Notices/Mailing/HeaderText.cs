namespace Tilskudd.Notices.Mailing;

/// <summary>What people wrote, made safe in a mail's headers: plain where it can be, else encoded words (RFC 2047).</summary>
internal static class HeaderText
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
}
