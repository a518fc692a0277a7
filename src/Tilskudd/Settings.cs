using System.Collections;
using System.Globalization;
using System.Net;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices.Mailing;
using Tilskudd.Setup;

namespace Tilskudd;

/// <summary>Where the database is kept.</summary>
internal enum DatabaseProvider
{
    Sqlite,
    Postgres,
}

/// <summary>How mails leave the application.</summary>
internal enum MailKind
{
    /// <summary>Each mail is a file in a folder.</summary>
    Folder,

    /// <summary>Mails go to a server.</summary>
    Smtp,
}

/// <summary>How the way to the mail server is guarded.</summary>
internal enum MailSecurity
{
    /// <summary>The server must offer STARTTLS; nothing is sent before it is on.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>In clear, to this machine only.</summary>
    None,
}

/// <summary>The database.</summary>
internal sealed record DatabaseSettings(DatabaseProvider Provider, string Connection);

/// <summary>The way out for mails, and the way in for what comes back.</summary>
internal sealed record MailSettings(
    MailKind Kind, string Folder, string Host, int Port, MailSecurity Security, string? User, string? Password, EmailAddress From, InboundSettings Inbound)
{
    /// <summary>Where a token is had for a user without a password; null where none is.</summary>
    public OAuthSettings? OAuth { get; init; }
}

/// <summary>Where replies and bounces come in: a folder, or a folder of a mailbox on a server.</summary>
/// <param name="Server">The mailbox as <c>imaps://host:port/folder</c>, or null for the folder.</param>
internal sealed record InboundSettings(string Folder, Uri? Server = null, string? User = null, string? Password = null);

/// <summary>A client of its own at an identity provider (OAuth 2, client credentials), for mail servers that take no passwords.</summary>
/// <param name="Scope">Empty where the provider needs none.</param>
internal sealed record OAuthSettings(Uri TokenEndpoint, string ClientId, string ClientSecret, string Scope);

/// <summary>The trail's signing key and the folder its checkpoints are written to.</summary>
internal sealed record TrailSettings(string KeyFile, string CheckpointFolder);

/// <summary>An identity provider, where the municipality uses one.</summary>
internal sealed record OpenIdConnectSettings(Uri Authority, string ClientId, string ClientSecret);

/// <summary>What an operator has set for this run, read and checked before anything starts.</summary>
internal sealed record Settings
{
    /// <summary>The addresses to listen on, semicolons between them.</summary>
    public required string Urls { get; init; }

    /// <summary>The address people use, without a slash at its end.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>True without a public https address: this machine only, plain http, a mailbox to read.</summary>
    public required bool IsDevelopment { get; init; }

    public required string? Municipality { get; init; }

    /// <summary>The municipality's accessibility statement, which the law asks a public site to lead to; null where it is not set.</summary>
    public required Uri? AccessibilityStatement { get; init; }

    /// <summary>The proxies on other machines whose word on who asks is taken; one on this machine is believed without.</summary>
    public required IReadOnlyList<IPAddress> Proxies { get; init; }

    public required DatabaseSettings Database { get; init; }

    public required string DataFolder { get; init; }

    public required MailSettings Mail { get; init; }

    public required TrailSettings Trail { get; init; }

    public required string? PdfBrowser { get; init; }

    public required OpenIdConnectSettings? OpenIdConnect { get; init; }

    public required string WorkflowsFolder { get; init; }

    /// <summary>Extra closed days as <c>MM-dd</c> (each year) or <c>yyyy-MM-dd</c>.</summary>
    public required IReadOnlyList<string> ClosedDays { get; init; }

    public required Limits Limits { get; init; }

    public required LogLevel LogLevel { get; init; }

    /// <summary>Reads the command line, the environment and <c>appsettings.json</c>, the first that says something winning.</summary>
    /// <param name="commandLine">The settings of the command line, as <see cref="Verbs.Invocation.Settings"/> has them.</param>
    /// <param name="environment">The process's environment variables, of which those beginning with <c>TILSKUDD_</c> are ours.</param>
    /// <param name="folder">Where <c>appsettings.json</c> is.</param>
    /// <returns>The settings, or null with every fault there is.</returns>
    public static (Settings? Settings, IReadOnlyList<SettingFault> Faults) Read(
        IEnumerable<KeyValuePair<string, string?>> commandLine, IDictionary environment, string folder)
    {
        var (given, faults) = SettingsSources.Read(commandLine, environment, folder);
        
        // A value that is wrong in itself counts as not set, and need not be missed as well.
        faults = [.. faults, .. SettingsCheck.Combinations(given).Where(combined => !faults.Any(fault => fault.Key == combined.Key))];
        return faults.Count == 0 ? (Of(given), faults) : (null, faults);
    }

    private static Settings Of(GivenSettings given)
    {
        var data = given["Data:Folder"];
        var baseUrl = given.Find("Site:BaseUrl") is { } address ? SettingsTable.BaseAddress(address)! : Listening(given["Urls"]);
        return new Settings
        {
            Urls = given["Urls"],
            BaseUrl = baseUrl,
            IsDevelopment = SettingsCheck.IsDevelopment(given),
            Municipality = given.Find("Site:Municipality"),
            AccessibilityStatement = given.Find("Site:AccessibilityStatement") is { } statement ? new Uri(statement) : null,
            Proxies = given.Find("Site:Proxies") is { } proxies ? SettingsTable.Proxies(proxies)! : [],
            Database = new(given.Choice<DatabaseProvider>("Database:Provider"), given["Database:Connection"]),
            DataFolder = data,
            Mail = ReadMail(given, data),
            Trail = new(given.Find("Trail:KeyFile") ?? Path.Combine(data, "trail-key.pem"), given.Find("Trail:CheckpointFolder") ?? Path.Combine(data, "checkpoints")),
            PdfBrowser = given.Find("Pdf:Browser"),
            OpenIdConnect = given.Find("SignIn:OpenIdConnect:Authority") is { } authority
                ? new(new Uri(authority), given["SignIn:OpenIdConnect:ClientId"], given["SignIn:OpenIdConnect:ClientSecret"])
                : null,
            WorkflowsFolder = Path.Combine(AppContext.BaseDirectory, given["Workflows:Folder"]),
            ClosedDays = given.Find("Calendar:Closed") is { } days ? SettingsTable.ClosedDays(days)! : [],
            Limits = new(given.Number("Limits:LetterPercent"), Kroner(given, "Limits:LetterKroner"), Kroner(given, "Limits:AuditorKroner")) { VotePercent = given.Number("Limits:VotePercent") },
            LogLevel = given.Choice<LogLevel>("Logging:Level"),
        };
    }

    private static MailSettings ReadMail(GivenSettings given, string data) => new(
        given.Choice<MailKind>("Mail:Kind"),
        given.Find("Mail:Folder") ?? Path.Combine(data, "mail"),
        given["Mail:Host"],
        (int)given.Number("Mail:Port"),
        given.Choice<MailSecurity>("Mail:Security"),
        given.Find("Mail:User"),
        given.Find("Mail:Password"),
        EmailAddress.Read(given["Mail:From"])!,
        ReadInbound(given, data))
    {
        OAuth = given.Find("Mail:OAuth:TokenEndpoint") is { } endpoint
            ? new(new Uri(endpoint), given["Mail:OAuth:ClientId"], given["Mail:OAuth:ClientSecret"], given["Mail:OAuth:Scope"])
            : null,
    };

    private static InboundSettings ReadInbound(GivenSettings given, string data)
    {
        var inbound = given.Find("Mail:Inbound") ?? Path.Combine(data, "mail-in");
        return new(inbound, SettingsTable.Mailbox(inbound), given.Find("Mail:InboundUser"), given.Find("Mail:InboundPassword"));
    }

    private static Money Kroner(GivenSettings given, string key) => Money.FromKroner((long)given.Number(key));

    // Without a public address people are on this machine, so links lead to the first address listened on.
    private static Uri Listening(string urls)
    {
        var first = SettingsTable.ListeningAddresses(urls)![0];
        return new UriBuilder(first.Scheme, first.Host, first.Port).Uri;
    }
}

/// <summary>The values that hold, by key.</summary>
internal sealed class GivenSettings(IReadOnlyDictionary<string, string> values)
{
    /// <summary>What was set, or the default, which may be empty.</summary>
    public string this[string key] => values.GetValueOrDefault(key) ?? SettingsTable.Find(key)?.Default ?? throw new ArgumentException($"There is no setting '{key}'.", nameof(key));

    /// <summary>What was set, or null.</summary>
    public string? Find(string key) => SettingsTable.Find(key) is null ? throw new ArgumentException($"There is no setting '{key}'.", nameof(key)) : values.GetValueOrDefault(key);

    public TEnum Choice<TEnum>(string key) where TEnum : struct, Enum => Enum.Parse<TEnum>(this[key], ignoreCase: true);

    public decimal Number(string key) => decimal.Parse(this[key], CultureInfo.InvariantCulture);
}
