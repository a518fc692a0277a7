using System.Collections;
using System.Text;
using Tilskudd.Cycle.Year;
using Tilskudd.Setup;

namespace Tilskudd.Tests.Setup;

public sealed class SettingsTests : IDisposable
{
    private static readonly KeyValuePair<string, string?>[] Production =
    [
        new("Site:BaseUrl", "https://tilskudd.kommune.example"), new("Database:Connection", "Data Source=tilskudd.db"),
        new("Mail:Kind", "Smtp"), new("Mail:Host", "smtp.kommune.example"), new("Mail:From", "ikke-svar@kommune.example"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void With_nothing_set_the_application_is_in_development_on_this_machine_only()
    {
        var (settings, faults) = Read("{}");

        Assert.Empty(faults);
        Assert.True(settings!.IsDevelopment);
        Assert.Equal("http://localhost:5080", settings.Urls);
        Assert.Equal("http://localhost:5080/", settings.BaseUrl.AbsoluteUri);
        Assert.Equal(MailKind.Folder, settings.Mail.Kind);
        Assert.Equal(Path.Combine("data", "mail"), settings.Mail.Folder);
        Assert.Equal("Data Source=data/tilskudd.db", settings.Database.Connection);
        Assert.Equal(new Limits(5m, Money.FromKroner(100_000), Money.FromKroner(500_000)), settings.Limits);
        Assert.Equal(10m, settings.Limits.VotePercent);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        var environment = new Hashtable { ["TILSKUDD_Site__Municipality"] = "Fra miljøet", ["TILSKUDD_Limits__VotePercent"] = "12.5", ["PATH"] = "/bin" };

        var (settings, _) = Read(
            """{"Site":{"Municipality":"Fra filen"},"Limits":{"VotePercent":11,"LetterPercent":7},"Calendar":{"Closed":["12-24","2027-05-14"]}}""",
            environment, new KeyValuePair<string, string?>("Site:Municipality", "Drammen kommune"));

        Assert.Equal("Drammen kommune", settings!.Municipality);
        Assert.Equal(12.5m, settings.Limits.VotePercent);
        Assert.Equal(7m, settings.Limits.LetterPercent);
        Assert.Equal(["12-24", "2027-05-14"], settings.ClosedDays);
    }

    [Fact]
    public void A_byte_order_mark_and_comments_are_no_fault()
    {
        File.WriteAllText(Path.Combine(_folder, "appsettings.json"), "\uFEFF{ // hvem\n \"Site\": { \"Municipality\": \"Drammen\" } }", new UTF8Encoding(false));

        var (settings, faults) = Settings.Read([], new Hashtable(), _folder);

        Assert.Empty(faults);
        Assert.Equal("Drammen", settings!.Municipality);
    }

    [Fact]
    public void A_missing_file_is_a_fault()
    {
        var (settings, faults) = Settings.Read([], new Hashtable(), _folder);

        Assert.Null(settings);
        Assert.Contains("mangler", Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "er tom")]
    [InlineData(" \r\n", "er tom")]
    [InlineData("{\n\"Site\": {\n\"Municipality\": \"A\",,\n}}", "linje 3")]
    [InlineData("{\"Site\": {}", "linje 1")]
    [InlineData("[]", "objekt")]
    [InlineData("7", "objekt")]
    public void A_file_that_cannot_be_read_is_told_with_its_line(string content, string told)
    {
        var (settings, faults) = Read(content);

        Assert.Null(settings);
        Assert.Contains(faults, fault => fault.Message.Contains("appsettings.json", StringComparison.Ordinal) || fault.Message.Contains("liste", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Message.Contains(told, StringComparison.Ordinal) || fault.Message.Contains("liste", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_in_the_files_place_and_a_file_in_another_encoding_are_told_with_the_remedy()
    {
        var file = Path.Combine(_folder, "appsettings.json");
        File.WriteAllText(file, """{"Site":{"Municipality":"Tromsø"}}""", Encoding.Latin1);
        var (_, encoded) = Settings.Read([], new Hashtable(), _folder);
        File.Delete(file);
        Directory.CreateDirectory(file);
        var (_, placed) = Settings.Read([], new Hashtable(), _folder);

        Assert.Contains("Lagre filen på nytt som UTF-8", Assert.Single(encoded).Message, StringComparison.Ordinal);
        Assert.Contains("er en mappe. Legg filen appsettings.json der i stedet", Assert.Single(placed).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Mail": null}""")]
    [InlineData("""{"Mail": "Smtp"}""")]
    public void A_value_where_a_group_of_settings_belongs_is_told_of(string content)
    {
        var (settings, faults) = Read(content);

        Assert.Null(settings);
        Assert.Equal("Mail (appsettings.json, linje 1) er en gruppe av innstillinger. Skriv dem mellom { og }, eller ta bort gruppen.", Assert.Single(faults).Message);
    }

    [Theory]
    [InlineData("Pdf:Browser", "/finnes/ikke/chromium", "ligger i PATH")]
    [InlineData("Pdf:Browser", "finnes-ikke-chromium", "ligger i PATH")]
    [InlineData("Pdf:Browser", "/etc/passwd", "ligger i PATH")]
    [InlineData("Site:AccessibilityStatement", "http://uustatus.no/erklaring", "en https-adresse")]
    public void A_browser_that_is_not_there_and_an_address_in_clear_are_refused_before_the_start(string key, string value, string allowed)
    {
        var (settings, faults) = Read("{}", null, new KeyValuePair<string, string?>(key, value));

        Assert.Null(settings);
        var fault = Assert.Single(faults);
        Assert.Equal(key, fault.Key);
        Assert.Contains(allowed, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_browser_may_be_named_alone_where_it_is_found_when_it_is_started()
    {
        var (settings, faults) = Read("{}", null, new KeyValuePair<string, string?>("Pdf:Browser", "dotnet"));

        Assert.Empty(faults);
        Assert.Equal("dotnet", settings!.PdfBrowser);
    }

    [Fact]
    public void An_unknown_key_stops_the_start_with_its_line_and_a_suggestion_but_without_its_value()
    {
        var (settings, faults) = Read("{\n  \"Smpt\": {\n    \"Host\": \"hemmelig.example\" } }");

        Assert.Null(settings);
        Assert.Equal("Smpt:Host (appsettings.json, linje 3) er en ukjent innstilling. Mente du «Mail:Host»?", Assert.Single(faults).Message);
    }

    [Fact]
    public void A_key_given_twice_in_the_file_is_a_fault_with_its_line()
    {
        var (_, faults) = Read("{\"Site\": {\n\"Municipality\": \"A\",\n\"municipality\": \"B\" } }");

        Assert.Contains("linje 3", Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_every_place_is_listed_at_once()
    {
        var environment = new Hashtable { ["TILSKUDD_Mail__Port"] = "0", ["TILSKUDD_Nope__Nope"] = "1" };

        var (_, faults) = Read("""{"Database":{"Provider":"Oracle"},"Limits":{"LetterPercent":-1}}""", environment, new KeyValuePair<string, string?>("Mail:Kind", "Brev"), new KeyValuePair<string, string?>("Urls", "tull"));

        Assert.Equal(
            ["Database:Provider", "Limits:LetterPercent", "Mail:Port", "Nope:Nope", "Mail:Kind", "Urls"],
            faults.Select(fault => fault.Key));
        Assert.Contains(faults, fault => fault.Message == "Mail:Port (miljøvariabelen TILSKUDD_Mail__Port) er «0». Tillatt er et helt tall fra 1 til 65535.");
    }

    [Theory]
    [InlineData("Mail:Password", "hemm\neligXYZ")]
    [InlineData("Site:BaseUrl", "https://kari:hemmeligXYZ@tilskudd.example")]
    [InlineData("Database:Connection", "Tull=1;Password=hemmeligXYZ")]
    [InlineData("Mail:Pasword", "hemmeligXYZ")]
    public void A_password_is_never_shown(string key, string value)
    {
        var (settings, faults) = Read("{}", new Hashtable(), new KeyValuePair<string, string?>(key, value));

        Assert.Null(settings);
        Assert.NotEmpty(faults);
        Assert.DoesNotContain(faults, fault => fault.Message.Contains("XYZ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://tilskudd.example", "https://tilskudd.example/", false)]
    [InlineData("https://tilskudd.example/", "https://tilskudd.example/", false)]
    [InlineData("http://localhost:5081/", "http://localhost:5081/", true)]
    [InlineData("http://[::1]:5081", "http://[::1]:5081/", true)]
    public void A_base_url_is_taken_with_or_without_its_slash(string given, string read, bool isDevelopment)
    {
        var (settings, faults) = Read("{}", new Hashtable(), [.. Production.Where(row => row.Key != "Site:BaseUrl"), new("Site:BaseUrl", given)]);

        Assert.Empty(faults);
        Assert.Equal(read, settings!.BaseUrl.AbsoluteUri);
        Assert.Equal(isDevelopment, settings.IsDevelopment);
    }

    [Theory]
    [InlineData("http://tilskudd.kommune.example")]
    [InlineData("https://tilskudd.example/sti")]
    [InlineData("https://tilskudd.example/?a=1")]
    [InlineData("https://tilskudd.example/#a")]
    [InlineData("https://kari@tilskudd.example")]
    [InlineData("ftp://tilskudd.example")]
    [InlineData("tilskudd.example")]
    public void Any_other_base_url_is_refused(string given)
    {
        var (settings, faults) = Read("{}", new Hashtable(), [.. Production.Where(row => row.Key != "Site:BaseUrl"), new("Site:BaseUrl", given)]);

        Assert.Null(settings);
        Assert.Contains(faults, fault => fault.Key == "Site:BaseUrl");
    }

    [Theory]
    [InlineData("Database:Connection")]
    [InlineData("Mail:Kind")]
    [InlineData("Mail:From")]
    public void In_production_what_people_rely_on_must_be_set(string key)
    {
        var (_, faults) = Read("{}", new Hashtable(), [.. Production.Where(row => row.Key != key && (key != "Mail:Kind" || row.Key != "Mail:Host"))]);

        Assert.Equal(key, Assert.Single(faults).Key);
    }

    [Theory]
    [InlineData("Mail:Host", "smtp.kommune.example", "Mail:Kind", "Folder", "Mail:Host")]
    [InlineData("Mail:Folder", "post", "Mail:Kind", "Smtp", "Mail:Folder")]
    [InlineData("Mail:Security", "None", "Mail:Host", "smtp.kommune.example", "Mail:Security")]
    [InlineData("Mail:User", "tilskudd", "Mail:Host", "smtp.kommune.example", "Mail:Password")]
    [InlineData("Urls", "http://0.0.0.0:5080", "Site:BaseUrl", "http://localhost:5080", "Urls")]
    [InlineData("Urls", "http://*:5080", "Site:BaseUrl", "http://localhost:5080", "Urls")]
    [InlineData("Database:Provider", "Postgres", "Database:Connection", "Data Source=x.db", "Database:Connection")]
    [InlineData("Database:Connection", "Host=db;Database=t", "Database:Provider", "Sqlite", "Database:Connection")]
    [InlineData("Database:Connection", "Data Source=/tmp", "Database:Provider", "Sqlite", "Database:Connection")]
    [InlineData("Database:Connection", "Data Source=:memory:", "Database:Provider", "Sqlite", "Database:Connection")]
    [InlineData("SignIn:OpenIdConnect:Authority", "https://id.example", "SignIn:OpenIdConnect:ClientId", "t", "SignIn:OpenIdConnect:ClientSecret")]
    public void What_cannot_hold_at_the_same_time_is_refused(string firstKey, string first, string secondKey, string second, string faulty)
    {
        var given = Production.Where(row => row.Key != firstKey && row.Key != secondKey && (second != "Folder" || row.Key != "Mail:Host"));

        var (settings, faults) = Read("{}", new Hashtable(), [.. given, new(firstKey, first), new(secondKey, second)]);

        Assert.Null(settings);
        Assert.Contains(faults, fault => fault.Key == faulty);
    }

    [Theory]
    [InlineData("https://id.kommune.example", true)]
    [InlineData("http://localhost:8080/realms/kommune", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://id.kommune.example", false)]
    [InlineData("https://kari@id.kommune.example", false)]
    [InlineData("id.kommune.example", false)]
    public void What_vouches_for_people_is_reached_in_cipher_or_on_this_machine(string authority, bool isTaken)
    {
        var (_, faults) = Read("{}", new Hashtable(), [.. Production, new("SignIn:OpenIdConnect:Authority", authority), new("SignIn:OpenIdConnect:ClientId", "t"), new("SignIn:OpenIdConnect:ClientSecret", "h")]);

        Assert.Equal(isTaken ? [] : ["SignIn:OpenIdConnect:Authority"], faults.Select(fault => fault.Key));
    }

    [Fact]
    public void In_clear_is_allowed_to_this_machine()
    {
        var given = Production.Where(row => row.Key != "Mail:Host");

        var (settings, faults) = Read("{}", new Hashtable(), [.. given, new("Mail:Host", "localhost"), new("Mail:Security", "None")]);

        Assert.Empty(faults);
        Assert.Equal(MailSecurity.None, settings!.Mail.Security);
    }

    [Fact]
    public void A_mailbox_is_read_with_its_user_and_a_folder_without()
    {
        var (folder, _) = Read("{}");
        var (mailbox, faults) = Read("{}", null, new("Mail:Inbound", "imaps://imap.kommune.example/INBOX/svar"), new("Mail:InboundUser", "svar@kommune.example"), new("Mail:InboundPassword", "x"));

        Assert.Equal(new InboundSettings(Path.Combine("data", "mail-in")), folder!.Mail.Inbound);
        Assert.Empty(faults);
        Assert.Equal(("imap.kommune.example", "/INBOX/svar"), (mailbox!.Mail.Inbound.Server!.Host, mailbox.Mail.Inbound.Server.AbsolutePath));
    }

    [Theory]
    [InlineData("Mail:Inbound", "Mail:Inbound=imap://imap.kommune.example/INBOX")]
    [InlineData("Mail:Inbound", "Mail:Inbound=imaps://kari:x@imap.kommune.example/INBOX")]
    [InlineData("Mail:Inbound", "Mail:Inbound=imaps://imap.kommune.example/")]
    [InlineData("Mail:InboundUser", "Mail:Inbound=imaps://imap.kommune.example/INBOX")]
    [InlineData("Mail:InboundPassword", "Mail:Inbound=imaps://imap.kommune.example/INBOX", "Mail:InboundUser=svar")]
    [InlineData("Mail:InboundUser", "Mail:InboundUser=svar")]
    [InlineData("Mail:OAuth:TokenEndpoint", "Mail:OAuth:TokenEndpoint=http://login.example/token")]
    [InlineData("Mail:OAuth:ClientSecret", "Mail:OAuth:TokenEndpoint=https://login.example/token", "Mail:OAuth:ClientId=a")]
    [InlineData("Mail:OAuth:TokenEndpoint", "Mail:OAuth:TokenEndpoint=https://login.example/token", "Mail:OAuth:ClientId=a", "Mail:OAuth:ClientSecret=b")]
    public void What_cannot_be_of_the_way_in_for_mails_is_refused_by_its_key(string key, params string[] words)
    {
        var (settings, faults) = Read("{}", null, [.. words.Select(word => word.Split('=', 2)).Select(word => new KeyValuePair<string, string?>(word[0], word[1]))]);

        Assert.Null(settings);
        Assert.Contains(key, faults.Select(fault => fault.Key));
        Assert.DoesNotContain("kari:x", string.Join(' ', faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mail:Inbound", "Mail:Inbound=imaps://imap.kommune.example/INBOX", "Mail:InboundUser=svar", "Mail:InboundPassword=x")]
    [InlineData("Mail:OAuth:TokenEndpoint", "Mail:Kind=Smtp", "Mail:Host=smtp.kommune.example", "Mail:User=a", "Mail:OAuth:TokenEndpoint=https://login.example/token", "Mail:OAuth:ClientId=a", "Mail:OAuth:ClientSecret=b")]
    public void What_the_built_in_parts_cannot_keep_is_refused_there_and_nowhere_else(string key, params string[] words)
    {
        File.WriteAllText(Path.Combine(_folder, "appsettings.json"), "{}");
        var given = words.Select(word => word.Split('=', 2)).Select(word => new KeyValuePair<string, string?>(word[0], word[1])).ToList();

        var builtIn = Composition.BuiltIn.Read(given, new Hashtable(), _folder);
        var other = new Composition("other", static (_, _) => { }).Read(given, new Hashtable(), _folder);

        Assert.Null(builtIn.Settings);
        var fault = Assert.Single(builtIn.Faults);
        Assert.Equal(key, fault.Key);
        Assert.Contains("Tilskudd.Elsa", fault.Message, StringComparison.Ordinal);
        Assert.NotNull(other.Settings);
    }

    [Fact]
    public void Every_default_in_the_table_is_allowed_by_its_own_rule_and_no_key_stands_twice()
    {
        var wrong = SettingsTable.All.Where(setting => setting.Default.Length > 0 && !setting.IsAllowed(setting.Default));

        Assert.Empty(wrong);
        Assert.Equal(SettingsTable.All.Count, SettingsTable.All.Select(setting => setting.Key.ToUpperInvariant()).Distinct().Count());
    }

    [Fact]
    public void The_repository_s_own_file_is_read_without_faults()
    {
        var (settings, faults) = Settings.Read([], new Hashtable(), House.Repository.Root);

        Assert.Empty(faults);
        Assert.NotNull(settings);
    }

    private (Settings? Settings, IReadOnlyList<SettingFault> Faults) Read(string file, IDictionary? environment = null, params KeyValuePair<string, string?>[] words)
    {
        File.WriteAllText(Path.Combine(_folder, "appsettings.json"), file);
        return Settings.Read(words, environment ?? new Hashtable(), _folder);
    }
}
