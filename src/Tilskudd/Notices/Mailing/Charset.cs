using System.Text;

namespace Tilskudd.Notices.Mailing;

/// <summary>Bytes of a mail as text, by the charset it names where that is known, else by what the bytes look like.</summary>
internal static class Charset
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What is called Latin-1 or ASCII by Windows programs is this in truth.
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <param name="name">The charset's name, or empty.</param>
    public static string Read(byte[] bytes, string name)
    {
        var known = Find(name.Trim('\'', '"', ' '));
        if (known is not null)
        {
            return known.GetString(bytes);
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Windows.GetString(bytes);
        }
    }

    /// <summary>The bytes of base64 text as far as it is that; what is not, such as line breaks, is skipped.</summary>
    public static byte[] Base64(string text)
    {
        var letters = string.Concat(text.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/'));
        var whole = letters.Length % 4 == 1 ? letters[..^1] : letters;
        return Convert.FromBase64String(whole.PadRight((whole.Length + 3) / 4 * 4, '='));
    }

    // UTF-8 and ASCII are left to what the bytes look like, since mails lie about them.
    private static Encoding? Find(string name)
    {
        if (name.Length is 0 or > 40 || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (name.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase) || name.Equals("latin1", StringComparison.OrdinalIgnoreCase))
        {
            return Windows;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
