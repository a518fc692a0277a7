using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tilskudd.Notices.Mailing;

/// <summary>
/// One mailbox, checked so strictly that it can stand in a mail's headers and in the talk with a mail server as it is: no quotes, no
/// spaces, no control characters, one at-sign, a domain with a dot.
/// </summary>
internal sealed record EmailAddress
{
    /// <summary>RFC 5321 section 4.5.3.1.3, less the angle brackets.</summary>
    public const int Longest = 254;

    private const int LongestLocal = 64;
    private const int LongestLabel = 63;
    private const string Symbols = "!#$%&'*+/=?^_`{|}~-";
    private static readonly IdnMapping Names = new() { UseStd3AsciiRules = true };

    private EmailAddress(string text) => Text = text;

    /// <summary>The address in lower case, its domain in ASCII.</summary>
    public string Text { get; }

    /// <summary>What stands after the at-sign.</summary>
    public string Domain => Text[(Text.LastIndexOf('@') + 1)..];

    /// <summary>Reads an address as a person typed it; spaces around it and capital letters mean nothing.</summary>
    /// <returns>The address, or null where it is not exactly one.</returns>
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "Addresses are kept and shown in lower case.")]
    public static EmailAddress? Read(string? typed)
    {
        // Far longer than any address: not worth looking at.
        if (typed is null || typed.Length > 4 * Longest)
        {
            return null;
        }

        // Spaces may surround an address; a line break never does by accident.
        var text = typed.Trim(' ', '\u00A0', '\t').ToLowerInvariant();
        var parts = text.Split('@');
        if (parts.Length != 2 || !IsLocal(parts[0]) || AsciiDomain(parts[1]) is not { } domain)
        {
            return null;
        }

        var address = parts[0] + "@" + domain;
        return address.Length <= Longest ? new EmailAddress(address) : null;
    }

    public override string ToString() => Text;

    private static bool IsLocal(string local) =>
        local.Length is > 0 and <= LongestLocal && local.Split('.').All(part => part.Length > 0 && part.All(IsAtom));

    private static bool IsAtom(char letter) => char.IsAsciiLetterOrDigit(letter) || Symbols.Contains(letter);

    private static string? AsciiDomain(string domain)
    {
        try
        {
            var ascii = domain.Length > 0 && !domain.EndsWith('.') ? Names.GetAscii(domain) : "";
            var labels = ascii.Split('.');
            return labels.Length > 1 && labels.All(IsLabel) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && label[0] != '-' && label[^1] != '-';
}

/// <summary>An address with the name shown beside it, which may be empty and is never trusted to be an address.</summary>
internal sealed record Mailbox(EmailAddress Address, string Name);
