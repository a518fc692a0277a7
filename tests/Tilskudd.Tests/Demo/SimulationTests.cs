using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tilskudd.Notices.Mailing;
using Tilskudd.Tests.House;
using Tilskudd.Tests.Storage;
using Tilskudd.Verbs;

namespace Tilskudd.Tests.Demo;

/// <summary>Strømsø's year 2025 played twice with the same seed: once on SQLite as this machine is set, once on PostgreSQL in Turkish and in Tokyo.</summary>
public sealed class SimulatedTwice : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tilskudd-simulate-");

    public string First => Path.Combine(_folder.FullName, "first");

    public string Second => Path.Combine(_folder.FullName, "second");

    public async ValueTask InitializeAsync()
    {
        Assert.Equal((0, ""), await Simulate(First));
        var (culture, zone) = (CultureInfo.CurrentCulture, Environment.GetEnvironmentVariable("TZ"));
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("tr-TR");
        Environment.SetEnvironmentVariable("TZ", "Asia/Tokyo");
        TimeZoneInfo.ClearCachedData();
        try
        {
            // A machine without PostgreSQL is told of by the tests that skip for it.
            var server = PostgresProcess.Programs is null ? null : await PostgresCluster.CreateEmpty();
            Assert.Equal((0, ""), await Simulate(Second, server is null ? [] : ["--Database:Provider", "Postgres", "--Database:Connection", server.ConnectionString]));
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }
    }

    public ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <returns>The status, and what was written to standard output: nothing, since everything goes to files.</returns>
    internal static async Task<(int Status, string Output)> Simulate(string folder, params string[] more)
    {
        using var output = new StringWriter();
        var programmes = more.Contains("--programmes") ? Array.Empty<string>() : ["--programmes", "stromso-2030"];
        var status = await CommandLine.Run(
            ["simulate", "--year", "2025", "--seed", "1", "--out", folder, .. programmes, .. more], new Terminal(output, TextWriter.Null, IsInteractive: false), VerbTable.All);
        return (status, output.ToString());
    }
}

public sealed partial class SimulationTests(SimulatedTwice years) : IClassFixture<SimulatedTwice>
{
    private static readonly string[] Counts = ["year", "seed", "programmes", "runs", "closed", "votes", "notices", "reminders", "trailEntries", "trailHead", "byFlow", "byOutcome"];

    [Fact]
    public void The_same_seed_gives_the_same_timeline_and_the_same_counts_on_both_kinds_of_database()
    {
        var first = File.ReadAllBytes(Path.Combine(years.First, "timeline.jsonl"));
        var second = File.ReadAllBytes(Path.Combine(years.Second, "timeline.jsonl"));

        Assert.Equal(first, second);
        Assert.Equal(Counts.Select(name => Summary(years.First)[name]!.ToJsonString()), Counts.Select(name => Summary(years.Second)[name]!.ToJsonString()));
        Assert.Equal(Mails(years.First).Select(mail => (mail.To, mail.Subject, mail.Text)), Mails(years.Second).Select(mail => (mail.To, mail.Subject, mail.Text)));
    }

    [Fact]
    public void Every_run_is_closed()
    {
        var summary = Summary(years.First);

        Assert.Equal(7, (int)summary["runs"]!);
        Assert.Equal(7, (int)summary["closed"]!);
        Assert.Equal("""{"endring":1,"evaluering":1,"handlingsplan":1,"rapport":2,"tilskudd":2}""", summary["byFlow"]!.ToJsonString());
        Assert.Equal("""{"accepted":1,"approved":1,"ended":2,"in-force":1,"noted":1,"repaid":1}""", summary["byOutcome"]!.ToJsonString());
        Assert.Equal((long)summary["trailEntries"]!, Timeline(years.First).Count);
    }

    [Theory]
    [InlineData("round-closed", "Returned")]
    [InlineData("inhabil-reported", "")]
    [InlineData("habilitet-decided", "Inhabil")]
    [InlineData("correction-asked", "Correction")]
    [InlineData("deadline-reminded", "")]
    [InlineData("deadline-escalated", "")]
    [InlineData("run-moved", "No")]
    [InlineData("run-closed", "repaid")]
    [InlineData("run-closed", "accepted")]
    [InlineData("change-opened", "")]
    [InlineData("run-closed", "in-force")]
    [InlineData("evaluation-registered", "")]
    [InlineData("run-closed", "noted")]
    public void What_goes_wrong_in_a_year_is_found_in_the_timeline(string happening, string outcome)
    {
        Assert.Contains(Timeline(years.First), line => (string)line["event"]! == happening && (string)line["outcome"]! == outcome);
    }

    [Fact]
    public async Task Two_other_programmes_in_another_year_with_another_seed_close_every_run_and_one_has_more_money_in_two_parts()
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-simulate-");
        try
        {
            using var output = new StringWriter();
            var status = await CommandLine.Run(
                ["simulate", "--programmes", "omradesatsing-i-halden,omradesatsing-i-gjovik", "--year", "2026", "--seed", "7", "--out", folder.FullName], new Terminal(output, TextWriter.Null, IsInteractive: false), VerbTable.All);

            var (summary, timeline) = (Summary(folder.FullName), Timeline(folder.FullName));
            Assert.Equal((0, ""), (status, output.ToString()));
            Assert.Equal((int)summary["runs"]!, (int)summary["closed"]!);
            Assert.Contains(timeline, line => (string)line["event"]! == "round-closed" && (string)line["outcome"]! == "Returned");
            Assert.Contains(timeline, line => (string)line["event"]! == "run-closed" && (string)line["outcome"]! == "repaid");
            Assert.Equal(2, timeline.Count(line => (string)line["event"]! == "payment-arrived"));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_letter_that_gives_less_makes_a_new_version_and_a_new_round()
    {
        var grants = Timeline(years.First).Where(line => (string)line["flow"]! == "tilskudd").ToList();

        var letters = grants.Where(line => (string)line["event"]! == "letter-registered").Select(line => (string)line["at"]!).ToList();
        var rounds = grants.Where(line => (string)line["event"]! == "round-opened").ToList();

        Assert.Equal(2, letters.Count);
        Assert.StartsWith("2025-02", letters[0], StringComparison.Ordinal);
        Assert.StartsWith("2025-03", letters[1], StringComparison.Ordinal);
        Assert.True(string.CompareOrdinal((string)Assert.Single(rounds)["at"]!, letters[1]) > 0);
    }

    [Fact]
    public void The_deputy_answers_for_the_one_who_is_inhabil()
    {
        var plan = Timeline(years.First).Where(line => (string)line["flow"]! == "handlingsplan").ToList();

        var (inhabil, at) = plan.Where(line => (string)line["event"]! == "inhabil-reported").Select(line => ((string)line["actor"]!, (string)line["at"]!)).Single();
        var answers = plan.Where(line => (string)line["event"]! == "answer-given").Select(line => ((string)line["actor"]!, (string)line["at"]!)).ToList();

        // Nine answered the first version; of the second, eight and one who had not answered before.
        Assert.Equal(18, answers.Count);
        Assert.Single(answers, answer => answer.Item1 == inhabil);
        Assert.Equal(10, answers.Select(answer => answer.Item1).Distinct().Count());
        Assert.Contains(answers, answer => string.CompareOrdinal(answer.Item2, at) > 0);
    }

    [Fact]
    public void The_late_report_was_told_of_before_it_came()
    {
        var report = Timeline(years.First).Where(line => (string)line["flow"]! == "rapport").ToList();

        var escalated = report.First(line => (string)line["event"]! == "deadline-escalated");
        var frozen = report.Last(line => (string)line["event"]! == "rapport-frozen");

        Assert.Equal((string)escalated["run"]!, (string)frozen["run"]!);
        Assert.True(string.CompareOrdinal((string)escalated["at"]!, (string)frozen["at"]!) < 0);
    }

    [Fact]
    public void Every_mail_about_a_decision_has_one_link_and_its_code_and_goes_to_someone_made_up()
    {
        var mails = Mails(years.First);
        var personal = mails.Where(mail => Link().IsMatch(mail.Text)).ToList();

        Assert.Equal((int)Summary(years.First)["notices"]!, mails.Count);
        Assert.All(mails, mail => Assert.EndsWith(".example", mail.To, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.NotEqual("", mail.Subject));
        Assert.True(personal.Count >= 45);
        Assert.All(personal, mail => Assert.Single(Link().Matches(mail.Text)));
        Assert.All(personal, mail => Assert.Single(Code().Matches(mail.Text).Select(code => code.Value).Distinct()));
    }

    [Fact]
    public async Task The_trail_verifies_offline_with_its_checkpoints_and_the_public_key()
    {
        using var output = new StringWriter();

        var status = await CommandLine.Run(
            ["verify", "--export", Path.Combine(years.First, "trail.jsonl"), "--checkpoints", Path.Combine(years.First, "checkpoints"), "--key", Path.Combine(years.First, "checkpoint-key.pem")],
            new Terminal(output, TextWriter.Null, IsInteractive: false), VerbTable.All);

        Assert.Equal(0, status);
        Assert.Contains((string)Summary(years.First)["trailHead"]!, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_submitted_is_kept_as_it_was_sent()
    {
        var packages = Directory.GetDirectories(Path.Combine(years.First, "packages")).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(["stromso-2030-2025-aid-1", "stromso-2030-2025-kdd-1", "stromso-2030-2025-kdd-2"], packages.Select(Path.GetFileName));
        foreach (var package in packages)
        {
            using var error = new StringWriter();
            var status = await CommandLine.Run(
                ["verify", "--package", package, "--key", Path.Combine(years.First, "checkpoint-key.pem")], new Terminal(TextWriter.Null, error, IsInteractive: false), VerbTable.All);

            Assert.Equal((0, ""), (status, error.ToString()));
            Assert.Contains("Strømsø 2030", await File.ReadAllTextAsync(Directory.GetFiles(package, "handlingsplan-*.html").Single(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-simulate-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "mine.txt"), "x", TestContext.Current.CancellationToken);

        var (refused, _) = await SimulatedTwice.Simulate(folder.FullName);
        var (forced, _) = await SimulatedTwice.Simulate(folder.FullName, "--force");
        var (played, _) = await SimulatedTwice.Simulate(years.First);

        Assert.Equal((1, 1, 1), (refused, forced, played));
        Assert.True(File.Exists(Path.Combine(folder.FullName, "mine.txt")));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_unknown_programme_is_refused_with_the_one_that_was_meant()
    {
        using var error = new StringWriter();

        var status = await CommandLine.Run(
            ["simulate", "--programmes", "stromso-2031", "--out", Path.Combine(years.First, "none")], new Terminal(TextWriter.Null, error, IsInteractive: false), VerbTable.All);

        Assert.Equal(1, status);
        Assert.Contains("Mente du «stromso-2030»?", error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(years.First, "none")));
    }

    [Theory]
    [InlineData("all,stromso-2030", "har noe annet i seg")]
    [InlineData("STROMSO-2030, stromso-2030 ,", "har noe annet i seg")]
    [InlineData(" ALL ", "har noe annet i seg")]
    [InlineData("all,stromso-2031", "Mente du «stromso-2030»?")]
    [InlineData(" , ", "«--programmes» nevner ingen.")]
    public async Task All_among_the_programmes_is_all_and_a_slug_is_the_same_however_it_is_written(string programmes, string told)
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-simulate-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "mine.txt"), "", TestContext.Current.CancellationToken);
        using var error = new StringWriter();

        var status = await CommandLine.Run(
            ["simulate", "--programmes", programmes, "--out", folder.FullName], new Terminal(TextWriter.Null, error, IsInteractive: false), VerbTable.All);

        folder.Delete(recursive: true);
        Assert.Equal(1, status);
        Assert.Contains(told, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--year", "1999")]
    [InlineData("--year", "tjuefem")]
    [InlineData("--seed", "-1")]
    public async Task A_year_or_a_seed_that_is_none_is_wrong_usage(string option, string value)
    {
        var status = await CommandLine.Run(
            ["simulate", option, value, "--out", Path.Combine(years.First, "none")], new Terminal(TextWriter.Null, TextWriter.Null, IsInteractive: false), VerbTable.All);

        Assert.Equal(64, status);
    }

    [Fact]
    public async Task A_year_that_is_killed_midway_leaves_a_trail_that_verifies()
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-killed-");
        var start = new ProcessStartInfo("dotnet", [typeof(Site).Assembly.Location, "simulate", "--programmes", "stromso-2030", "--out", folder.FullName])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;

        // The second month has begun: the plan is being written.
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line != "2024-11")
        {
        }

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        var status = await CommandLine.Run(
            ["verify", "--Data:Folder", Path.Combine(folder.FullName, "data"), "--Database:Connection", $"Data Source={Path.Combine(folder.FullName, "data", "tilskudd.db")}"],
            new Terminal(output, output, IsInteractive: false), VerbTable.All);

        Assert.Equal((0, true), (status, output.ToString().Contains("Sporet er i orden", StringComparison.Ordinal)));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_simulated_clock_and_the_made_up_people_cannot_be_reached_from_the_application()
    {
        var users = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Demo"))
            .Where(file => File.ReadAllText(file).Contains("Tilskudd.Demo", StringComparison.Ordinal))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal);

        Assert.Equal(["DemoVerb.cs", "Simulate.cs"], users);
    }

    private static JsonObject Summary(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "summary.json")))!.AsObject();

    private static List<JsonObject> Timeline(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, "timeline.jsonl")).Select(line => JsonNode.Parse(line)!.AsObject())];

    private static List<ReadMail> Mails(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, "mail"), "*.eml").Order(StringComparer.Ordinal).Select(file => MailReader.Read(File.ReadAllBytes(file)))];

    [GeneratedRegex("http://localhost:5080/[gk]/[A-Za-z0-9_-]{43}")]
    private static partial Regex Link();

    [GeneratedRegex("(?<=Kode: |Code: |koden? )[0-9]{4}")]
    private static partial Regex Code();
}
