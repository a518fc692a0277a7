using System.Text.RegularExpressions;

namespace Tilskudd.Notices.Mailing;

/// <summary>What another mail server said, as it may be kept and shown: on one line, not long, and without the addresses servers like to repeat.</summary>
internal static partial class MailReason
{
    private const int Longest = 300;

    public static string Of(string said)
    {
        var line = Address().Replace(string.Concat(said.Select(letter => char.IsControl(letter) ? ' ' : letter)), "[adresse]");
        return line.Length <= Longest ? line : line[..Longest];
    }

    [GeneratedRegex(@"\S+@\S+")]
    private static partial Regex Address();
}
