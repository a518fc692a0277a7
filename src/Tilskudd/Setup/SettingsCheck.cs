using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Tilskudd.Setup;

/// <summary>What cannot hold at the same time, though each value alone is allowed.</summary>
internal static class SettingsCheck
{
    private static readonly string[] NeededInProduction = ["Database:Connection", "Mail:Kind", "Mail:From"];

    /// <summary>Every impossible combination.</summary>
    public static IEnumerable<SettingFault> Combinations(GivenSettings given) =>
        [.. Site(given), .. Database(given), .. Mail(given), .. SignIn(given)];

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
                : null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException)
        {
            return "er ikke en tilkoblingsstreng for Sqlite, som «Data Source=data/tilskudd.db».";
        }
    }

    private static string? PostgresFault(string connection)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connection }.ContainsKey("Host")
                ? null
                : "er ikke en tilkoblingsstreng for Postgres, som «Host=db.example;Database=tilskudd;Username=tilskudd».";
        }
        catch (ArgumentException)
        {
            return "er ikke en tilkoblingsstreng for Postgres, som «Host=db.example;Database=tilskudd;Username=tilskudd».";
        }
    }

    private static IEnumerable<SettingFault> Mail(GivenSettings given) => given.Choice<MailKind>("Mail:Kind") switch
    {
        MailKind.Folder => Idle(given, "Mail:Kind er Folder", "Mail:Host", "Mail:Port", "Mail:Security", "Mail:User", "Mail:Password"),
        MailKind.Smtp => [.. Idle(given, "Mail:Kind er Smtp", "Mail:Folder"), .. Smtp(given)],
    };

    private static IEnumerable<SettingFault> Idle(GivenSettings given, string because, params string[] keys) =>
        keys.Where(key => given.Find(key) is not null).Select(key => new SettingFault(key, $"{key} er satt, men brukes ikke når {because}. Ta den bort, eller sett Mail:Kind til det andre."));

    private static IEnumerable<SettingFault> Smtp(GivenSettings given)
    {
        var host = given.Find("Mail:Host");
        if (host is null)
        {
            yield return new("Mail:Host", "Mail:Host mangler. Med Mail:Kind Smtp må den settes, som smtp.kommune.example.");
        }

        if (given.Find("Mail:User") is null != given.Find("Mail:Password") is null)
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
