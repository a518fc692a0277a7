using System.Security.Authentication;
using System.Text.RegularExpressions;
using Tilskudd.Setup;

namespace Tilskudd.Notices.Mailing;

/// <summary>What another mail server said, as it may be kept and shown: on one line, not long, and without the addresses servers like to repeat.</summary>
internal static partial class MailReason
{
    /// <summary>The line to the server could not be made secure.</summary>
    public const string NotSecured = "Forbindelsen kunne ikke sikres: serverens sertifikat godtas ikke, eller den snakker ikke TLS.";

    private const int Longest = 300;

    public static string Of(string said)
    {
        var line = Address().Replace(string.Concat(said.Select(letter => char.IsControl(letter) ? ' ' : letter)), "[adresse]");
        return line.Length <= Longest ? line : line[..Longest];
    }

    /// <summary>Why the line to a mail server broke, in Norwegian.</summary>
    public static string Of(Exception broken) => SystemReason.Of(broken) is { Length: > 0 } reason ? reason.TrimStart()
        : broken is AuthenticationException ? NotSecured
        : broken is OperationCanceledException ? "Det kom ikke noe svar."
        : broken is InvalidDataException ? Of(broken.Message)
        : "Forbindelsen ble brutt.";

    [GeneratedRegex(@"\S+@\S+")]
    private static partial Regex Address();
}
