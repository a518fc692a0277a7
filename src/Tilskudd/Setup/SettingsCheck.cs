using Microsoft.Data.Sqlite;
using Npgsql;
using Tilskudd.Storage;

namespace Tilskudd.Setup;

/// <summary>What cannot hold at the same time, though each value alone is allowed.</summary>
internal static class SettingsCheck
{
    private const string OtherKind = "Mail:Kind til det andre";

    private static readonly string[] NeededInProduction = ["Database:Connection", "Mail:Kind", "Mail:From"];

    /// <summary>Every impossible combination.</summary>
    public static IEnumerable<SettingFault> Combinations(GivenSettings given) =>
        [.. Site(given), .. Database(given), .. Mail(given), .. OAuth(given), .. Inbound(given), .. SignIn(given)];

    /// <summary>True without a public https address.</summary>
    public static bool IsDevelopment(GivenSettings given) =>
        given.Find("Site:BaseUrl") is not { } address || SettingsTable.BaseAddress(address)?.Scheme != Uri.UriSchemeHttps;

    private static IEnumerable<SettingFault> Site(GivenSettings given)
    {
        if (IsDevelopment(given))
        {
            foreach (var open in SettingsTable.ListeningAddresses(given["Urls"])?.Where(url => !SettingsTable.IsThisMachine(url.Host)) ?? [])
            {
                yield return new("Urls", $"Urls er «{open}», som er åpen for andre maskiner. Uten en https-adresse i Site:BaseUrl er bare denne maskinen tillatt, som http://localhost:5080.");
            }

            yield break;
        }

        foreach (var key in NeededInProduction.Where(key => given.Find(key) is null))
        {
            yield return new(key, $"{key} mangler. Et nettsted i drift (Site:BaseUrl er https) må ha den satt. Tillatt er {SettingsTable.Find(key)!.Allowed}.");
        }
    }

    private static IEnumerable<SettingFault> Database(GivenSettings given)
    {
        var provider = given.Choice<DatabaseProvider>("Database:Provider");
        if (provider == DatabaseProvider.Postgres && given.Find("Database:Connection") is null)
        {
            yield return new("Database:Connection", "Database:Connection mangler. Med Database:Provider Postgres må den settes, som «Host=db.example;Database=tilskudd;Username=tilskudd».");
            yield break;
        }

        var fault = provider switch
        {
            DatabaseProvider.Sqlite => SqliteFault(given["Database:Connection"]),
            DatabaseProvider.Postgres => PostgresFault(given["Database:Connection"]),
        };
        if (fault is not null)
        {
            yield return new("Database:Connection", $"Database:Connection {fault} Verdien vises ikke, siden den kan ha et passord i seg.");
        }
    }

    private static string? SqliteFault(string connection)
    {
        try
        {
            var file = new SqliteConnectionStringBuilder(connection).DataSource;
            return file.Length == 0 ? "mangler «Data Source=…» med databasens fil."
                : file.Contains(":memory:", StringComparison.OrdinalIgnoreCase) ? "peker på minnet. En database som skal vare, må være en fil."
                : Directory.Exists(file) ? "peker på en mappe. Oppgi en fil, som «Data Source=data/tilskudd.db»."
                : SqliteFile.Read(connection).File is null ? "må peke på en fil, som «Data Source=data/tilskudd.db»."
                : null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return "er ikke en tilkoblingsstreng for Sqlite, som «Data Source=data/tilskudd.db».";
        }
    }

    private static string? PostgresFault(string connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection) is { Host.Length: > 0, Database.Length: > 0 }
                ? null
                : "er ikke en tilkoblingsstreng for Postgres, som «Host=db.example;Database=tilskudd;Username=tilskudd».";
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return "er ikke en tilkoblingsstreng for Postgres, som «Host=db.example;Database=tilskudd;Username=tilskudd».";
        }
    }

    private static IEnumerable<SettingFault> Mail(GivenSettings given) => given.Choice<MailKind>("Mail:Kind") switch
    {
        MailKind.Folder => Idle(given, "Mail:Kind er Folder", OtherKind, "Mail:Host", "Mail:Port", "Mail:Security", "Mail:User", "Mail:Password"),
        MailKind.Smtp => [.. Idle(given, "Mail:Kind er Smtp", OtherKind, "Mail:Folder"), .. Smtp(given)],
    };

    private static bool HasOAuth(GivenSettings given) => given.Find("Mail:OAuth:TokenEndpoint") is not null;

    // A password is used where there is one; the token is for a user without.
    private static IEnumerable<SettingFault> OAuth(GivenSettings given)
    {
        string[] needed = ["Mail:OAuth:TokenEndpoint", "Mail:OAuth:ClientId", "Mail:OAuth:ClientSecret"];
        if (!needed.Append("Mail:OAuth:Scope").Any(key => given.Find(key) is not null))
        {
            yield break;
        }

        foreach (var key in needed.Where(key => given.Find(key) is null))
        {
            yield return new(key, $"{key} mangler. OAuth til e-post trenger alle tre: {string.Join(", ", needed)}.");
        }

        var isUsed = (given.Find("Mail:User") is not null && given.Find("Mail:Password") is null) || (given.Find("Mail:InboundUser") is not null && given.Find("Mail:InboundPassword") is null);
        if (HasOAuth(given) && !isUsed)
        {
            yield return new("Mail:OAuth:TokenEndpoint", "Mail:OAuth:TokenEndpoint er satt, men brukes ikke. Den brukes for Mail:User eller Mail:InboundUser når passordet til brukeren ikke er satt.");
        }
    }

    private static IEnumerable<SettingFault> Inbound(GivenSettings given)
    {
        if (given.Find("Mail:Inbound") is not { } inbound || SettingsTable.Mailbox(inbound) is null)
        {
            return Idle(given, "Mail:Inbound er en mappe", "en postkasse (imaps://…) i Mail:Inbound", "Mail:InboundUser", "Mail:InboundPassword");
        }

        return given.Find("Mail:InboundUser") is null ? [new("Mail:InboundUser", "Mail:InboundUser mangler. En postkasse (imaps://…) i Mail:Inbound trenger en bruker.")]
            : given.Find("Mail:InboundPassword") is null && !HasOAuth(given) ? [new("Mail:InboundPassword", "Mail:InboundPassword mangler. Sett den, eller sett Mail:OAuth:TokenEndpoint.")]
            : [];
    }

    private static IEnumerable<SettingFault> Idle(GivenSettings given, string because, string otherwise, params string[] keys) =>
        keys.Where(key => given.Find(key) is not null).Select(key => new SettingFault(key, $"{key} er satt, men brukes ikke når {because}. Ta den bort, eller sett {otherwise}."));

    private static IEnumerable<SettingFault> Smtp(GivenSettings given)
    {
        var host = given.Find("Mail:Host");
        if (host is null)
        {
            yield return new("Mail:Host", "Mail:Host mangler. Med Mail:Kind Smtp må den settes, som smtp.kommune.example.");
        }

        if (given.Find("Mail:User") is null != given.Find("Mail:Password") is null && !(HasOAuth(given) && given.Find("Mail:User") is not null))
        {
            var missing = given.Find("Mail:User") is null ? "Mail:User" : "Mail:Password";
            yield return new(missing, $"{missing} mangler. Mail:User og Mail:Password settes sammen, eller ingen av dem.");
        }

        if (given.Choice<MailSecurity>("Mail:Security") == MailSecurity.None)
        {
            if (host is not null && !SettingsTable.IsThisMachine(host))
            {
                yield return new("Mail:Security", $"Mail:Security er None, men Mail:Host er «{host}». Ukryptert er bare tillatt til egen maskin (localhost). Sett StartTls eller Tls.");
            }

            if (given.Find("Mail:User") is not null)
            {
                yield return new("Mail:Security", "Mail:Security er None, men Mail:User er satt. Et passord sendes ikke ukryptert. Sett StartTls eller Tls.");
            }
        }
    }

    private static IEnumerable<SettingFault> SignIn(GivenSettings given)
    {
        string[] keys = ["SignIn:OpenIdConnect:Authority", "SignIn:OpenIdConnect:ClientId", "SignIn:OpenIdConnect:ClientSecret"];
        return keys.Any(key => given.Find(key) is not null)
            ? keys.Where(key => given.Find(key) is null).Select(key => new SettingFault(key, $"{key} mangler. OpenID Connect trenger alle tre: {string.Join(", ", keys)}."))
            : [];
    }
}
