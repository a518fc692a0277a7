using System.Net.Sockets;

namespace Tilskudd.Setup;

/// <summary>A fault that is told in the house's own words, to whoever runs the program.</summary>
/// <param name="told">The fault and the remedy, in Norwegian.</param>
internal sealed class ToldFault(string told) : IOException(told);

/// <summary>Why the system did not do what it was asked to, in Norwegian: its own words are in another language, and name what the reader does not know of.</summary>
internal static class SystemReason
{
    // Numbers of Linux and macOS, and of Windows.
    private const int NoSpace = 28;
    private const int NoMoreQuota = 122;
    private const int ReadOnly = 30;
    private const int Broken = 5;
    private const int DiskFull = unchecked((int)0x80070070);
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int InUseOnLinux = 11;
    private const int InUseOnMac = 35;

    /// <returns>A sentence with a space before it, to stand after what could not be done; empty where nothing certain can be said.</returns>
    public static string Of(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (Known(cause) is { } reason)
            {
                return " " + reason;
            }
        }

        return "";
    }

    private static string? Known(Exception cause) => cause switch
    {
        ToldFault told => told.Message,
        SocketException socket => Known(socket.SocketErrorCode),
        UnauthorizedAccessException => "Tilgangen er nektet.",
        FileNotFoundException or DirectoryNotFoundException => "Den, eller en mappe over den, finnes ikke.",
        PathTooLongException => "Navnet er for langt.",
        TimeoutException => "Det kom ikke noe svar.",
        IOException => cause.HResult switch
        {
            NoSpace or NoMoreQuota or DiskFull => "Det er ikke plass på disken.",
            ReadOnly => "Disken tar bare imot lesing.",
            Broken => "Disken melder en feil.",
            SharingViolation or InUseOnLinux or InUseOnMac => "Et annet program bruker den.",
            _ => null,
        },
        _ => null,
    };

    private static string? Known(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => "Porten er opptatt.",
        SocketError.AddressNotAvailable => "Adressen er ikke denne maskinens.",
        SocketError.AccessDenied => "Tilgangen er nektet.",
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "Navnet er ukjent.",
        SocketError.ConnectionRefused => "Ingen lytter der.",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown => "Maskinen kan ikke nås.",
        SocketError.TimedOut => "Det kom ikke noe svar.",
        _ => null,
    };
}
