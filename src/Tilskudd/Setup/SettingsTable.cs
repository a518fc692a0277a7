using System.Globalization;
using System.Net;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Setup;

/// <summary>Every setting there is. The README's table and the checks at the start are both made from it.</summary>
internal static class SettingsTable
{
    public const string VariablePrefix = "TILSKUDD_";

    private const int LongestName = 80;

    public static IReadOnlyList<Setting> All { get; } =
    [
        new("Urls", "http://localhost:5080", "http- eller https-adresser uten sti, med semikolon mellom, som http://localhost:5080",
            "Adressene nettstedet lytter på.", value => ListeningAddresses(value) is not null) { Separator = ';' },
        new("Site:BaseUrl", "", "en https-adresse uten sti og brukernavn, som https://tilskudd.example, eller http://localhost:5080 på egen maskin",
            "Adressen folk bruker. Med https går nettstedet i drift; uten svarer det bare på denne maskinen.", value => BaseAddress(value) is not null),
        new("Site:Municipality", "", $"en tekst på høyst {LongestName} tegn", "Kommunens navn øverst på sidene og i e-postene.", IsName),
        new("Site:Proxies", "", "IP-adresser med semikolon mellom, som 10.0.0.4; 10.0.0.5", "Mellomtjenerne foran nettstedet, når de står på andre maskiner; de sier hvem som spør.",
            value => Proxies(value) is not null) { Separator = ';' },
        new("Site:AccessibilityStatement", "", "en https-adresse, som https://uustatus.no/nb/erklaringer/publisert/…", "Kommunens tilgjengelighetserklæring for nettstedet; siden om tilgjengelighet lenker til den.",
            value => Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0),
        new("Database:Provider", "Sqlite", "Sqlite eller Postgres", "Slaget database.", value => Is<DatabaseProvider>(value)),
        new("Database:Connection", "Data Source=data/tilskudd.db", "en tilkoblingsstreng",
            "Hvor databasen er; en relativ sti regnes fra mappen programmet startes i.", _ => true) { IsSecret = true },
        new("Data:Folder", "data", "en mappe", "Mappen for alt programmet skriver selv.", IsPath),
        new("Mail:Kind", "Folder", "Folder eller Smtp", "Om e-post legges i en mappe eller sendes.", value => Is<MailKind>(value)),
        new("Mail:Folder", "", "en mappe", "Mappen e-post legges i; ellers «mail» under Data:Folder.", IsPath),
        new("Mail:Host", "", "et vertsnavn, som smtp.kommune.example", "E-posttjeneren.", value => Uri.CheckHostName(value) != UriHostNameType.Unknown),
        new("Mail:Port", "587", "et helt tall fra 1 til 65535", "Porten på e-posttjeneren.", value => IsWhole(value, 1, 65_535)),
        new("Mail:Security", "StartTls", "StartTls, Tls eller None, den siste bare til egen maskin", "Hvordan forbindelsen til e-posttjeneren sikres.",
            value => Is<MailSecurity>(value)),
        new("Mail:User", "", "et brukernavn uten linjeskift", "Bruker hos e-posttjeneren.", IsLine),
        new("Mail:Password", "", "et passord uten linjeskift", "Passordet til brukeren.", IsLine) { IsSecret = true },
        new("Mail:From", "ikke-svar@tilskudd.example", "én e-postadresse, som ikke-svar@kommune.example", "Avsenderen av all e-post.",
            value => EmailAddress.Read(value) is not null),
        new("Mail:Inbound", "", "en mappe, eller en postkasse som imaps://imap.kommune.example/INBOX", "Hvor svar og returer på e-post hentes; ellers «mail-in» under Data:Folder.",
            value => value.Contains("://", StringComparison.Ordinal) ? Mailbox(value) is not null : IsPath(value)),
        new("Mail:InboundUser", "", "et brukernavn uten linjeskift", "Bruker av postkassen det hentes fra.", IsLine),
        new("Mail:InboundPassword", "", "et passord uten linjeskift", "Passordet til brukeren.", IsLine) { IsSecret = true },
        new("Mail:OAuth:TokenEndpoint", "", "en https-adresse", "Hvor det hentes tilgang (OAuth 2) til e-posttjenere som ikke tar passord.", TokenEndpoint),
        new("Mail:OAuth:ClientId", "", "en tekst uten linjeskift", "Hva tjenesten der kjenner nettstedet som.", IsLine),
        new("Mail:OAuth:ClientSecret", "", "en tekst uten linjeskift", "Hemmeligheten nettstedet deler med tjenesten der.", IsLine) { IsSecret = true },
        new("Mail:OAuth:Scope", "", "en tekst uten linjeskift", "Hva det bes om tilgang til, som https://outlook.office365.com/.default.", IsLine),
        new("Trail:KeyFile", "", "en fil", "Nøkkelen sporets kontrollpunkter signeres med; ellers «trail-key.pem» under Data:Folder.", IsPath),
        new("Trail:CheckpointFolder", "", "en mappe", "Mappen for sporets kontrollpunkter; ellers «checkpoints» under Data:Folder.", IsPath),
        new("Pdf:Browser", "", "stien til Chromium, eller navnet på et program som ligger i PATH", "Nettleseren som skriver PDF. Uten den får dokumentene bare HTML.", value => IsPath(value) && ProgramFile.IsThere(value)),
        new("SignIn:OpenIdConnect:Authority", "", "en https-adresse", "Innloggingstjenesten for elektronisk ID (OpenID Connect). Registrer «/logg-inn/svar» som svaradresse der. Http godtas bare på egen maskin.",
            value => Uri.TryCreate(value, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) && url.UserInfo.Length == 0),
        new("SignIn:OpenIdConnect:ClientId", "", "en tekst uten linjeskift", "Hva tjenesten kjenner nettstedet som.", IsLine),
        new("SignIn:OpenIdConnect:ClientSecret", "", "en tekst uten linjeskift", "Hemmeligheten nettstedet deler med tjenesten.", IsLine) { IsSecret = true },
        new("Workflows:Folder", "workflows", "en mappe", "Mappen med arbeidsflytene; en relativ sti regnes fra programmets egen mappe.", IsPath),
        new("Calendar:Closed", "", $"høyst {WorkingCalendar.MostClosedDays} datoer som 12-24 eller 2027-05-14, med komma mellom", "Dager kommunen holder stengt ut over helger og helligdager.",
            value => ClosedDays(value) is not null) { Separator = ',' },
        new("Limits:LetterPercent", "5", "et tall fra 0 til 100", "Avviker tilskuddsbrevet mer enn så mange prosent fra planen, må planen behandles på nytt.", IsPercent),
        new("Limits:LetterKroner", "100000", "hele kroner fra 0 til 1000000000", "… eller mer enn så mange kroner.", IsKroner),
        new("Limits:VotePercent", "10", "et tall fra 0 til 100", "Berører Stortingets vedtak mer enn så mange prosent, varsles de som har besluttet.", IsPercent),
        new("Limits:AuditorKroner", "500000", "hele kroner fra 0 til 1000000000", "Revisor må uttale seg fra dette beløpet når tilskuddsbrevet ikke sier noe annet.", IsKroner),
        new("Logging:Level", "Information", "Trace, Debug, Information, Warning, Error, Critical eller None", "Hvor mye som logges.", value => Is<LogLevel>(value)),
    ];

    /// <summary>Whether there are settings below this word, as «Mail».</summary>
    public static bool IsGroup(string key) => key.Length > 0 && All.Any(setting => setting.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase));

    public static Setting? Find(string key) => All.FirstOrDefault(setting => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>The public address with its slash taken off, or null where it is not one.</summary>
    public static Uri? BaseAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url is { UserInfo.Length: 0, AbsolutePath: "/", Query.Length: 0, Fragment.Length: 0 }
            && !value.Contains('?') && !value.Contains('#')
            && (url.Scheme == Uri.UriSchemeHttps || IsThisMachine(url.Host))
            ? url
            : null;

    /// <summary>The addresses to listen on, or null where one of them is none.</summary>
    public static IReadOnlyList<BindingAddress>? ListeningAddresses(string value)
    {
        var addresses = new List<BindingAddress>();
        foreach (var text in value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (ListeningAddress(text) is not { } address)
            {
                return null;
            }

            addresses.Add(address);
        }

        return addresses.Count > 0 ? addresses : null;
    }

    /// <summary>The closed days as they were written, or null where they are too many or one of them is no date: <c>12-24</c> is every year's.</summary>
    public static IReadOnlyList<string>? ClosedDays(string value)
    {
        var days = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        // 2000 is a leap year, so 29 February is a day to close on.
        return days.Length <= WorkingCalendar.MostClosedDays && days.All(day => IsDate(day) || IsDate("2000-" + day)) ? days : null;
    }

    /// <summary>Addresses on the net, or null where one of them is none.</summary>
    public static IReadOnlyList<IPAddress>? Proxies(string value)
    {
        var addresses = value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(given => IPAddress.TryParse(given, out var address) ? address : null).ToList();
        return addresses.Contains(null) ? null : [.. addresses.OfType<IPAddress>()];
    }

    /// <summary>A mailbox as <c>imaps://host[:port]/folder</c>, or null where it is not one. Who reads it stands elsewhere.</summary>
    public static Uri? Mailbox(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme == "imaps" && url is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0, Host.Length: > 0 } && url.AbsolutePath.Length > 1
            ? url
            : null;

    public static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // A secret goes there.
    private static bool TokenEndpoint(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsThisMachine(url.Host)));

    private static BindingAddress? ListeningAddress(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return address.Scheme is "http" or "https" && address.PathBase.Length == 0 && address.Port is > -1 and < 65_536 && !address.Host.Contains('@') ? address : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // Enum.TryParse alone would take any number for a value.
    private static bool Is<TEnum>(string value) where TEnum : struct, Enum => Enum.GetNames<TEnum>().Contains(value, StringComparer.OrdinalIgnoreCase);

    private static bool IsName(string value) => value.Length <= LongestName && IsLine(value);

    private static bool IsLine(string value) => !value.Any(char.IsControl);

    private static bool IsPath(string value) => IsLine(value) && value.IndexOfAny(Path.GetInvalidPathChars()) < 0;

    private static bool IsWhole(string value, long from, long to) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to;

    private static bool IsKroner(string value) => IsWhole(value, 0, 1_000_000_000);

    private static bool IsPercent(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100;
}
