using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Tilskudd.Tests.Storage;

/// <summary>What every page asks the database, on a year with little in it and on one with much.</summary>
[OnSqlite]
public sealed partial class PageQuestionsTests
{
    // What grows with the years and the municipalities. The others are short lists, read whole where that is simplest.
    private static readonly HashSet<string> Growing =
    [
        "AgendaItems", "BudgetLines", "DeadlineRungs", "Deadlines", "Decisions", "FreshCodes", "FundingAmounts", "FundingSources", "Grants", "HandlingsplanVersions", "Handlingsplaner", "LetterPayments",
        "LinkTokens", "Links", "MeetingSeats", "MeetingVotes", "Meetings", "Notices", "PaymentArrivals", "Rapporter", "RapportVersions", "RoundAnswers", "RoundSeats", "Rounds", "Runs", "Sessions", "SignInTickets", "Submissions",
        "Tilskuddsbrev", "Tiltak", "TiltakResults", "Trail", "Visits",
    ];

    private static readonly Lazy<Task<Dictionary<string, (IReadOnlyList<string> Few, IReadOnlyList<string> Many)>>> Asked = new(Ask);

    public static TheoryData<string> Routes => [.. BusyYear.Pages.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Every_page_of_the_application_is_counted()
    {
        await using var year = await BusyYear.Of(1);
        var routes = year.Given.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethod.Get.Method) == true)
            .Select(endpoint => BusyYear.Written(endpoint.RoutePattern.RawText!))
            .Where(route => !route.StartsWith("/prove/", StringComparison.Ordinal)) // the running site's own, which fail on purpose
            .Order(StringComparer.Ordinal).ToList();

        Assert.Equal(routes, BusyYear.Pages.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task The_questions_of_a_page_do_not_grow_with_what_there_is(string route)
    {
        var (few, many) = (await Asked.Value)[route];

        Assert.True(few.Count == many.Count, $"{route} asks {few.Count} questions of little and {many.Count} of much:\n{string.Join("\n\n", many.GroupBy(text => text).Where(same => same.Count() != few.Count(text => text == same.Key)).Select(same => $"{same.Count()} × {same.Key}"))}");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_page_reads_through_no_growing_table_from_end_to_end(string route)
    {
        await using var database = await TestDatabase.CreateInFile();
        await using var connection = new SqliteConnection(database.File.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        var scans = new List<string>();
        foreach (var text in (await Asked.Value)[route].Many.Distinct())
        {
            scans.AddRange((await Scans(connection, text)).Select(table => $"{table}:\n{text}"));
        }

        Assert.True(scans.Count == 0, string.Join("\n\n", scans));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/innboks")]
    [InlineData("/landet?aar=2025")]
    public async Task Who_sees_every_programme_reads_through_no_growing_table_either(string path)
    {
        await using var year = await BusyYear.Of(1);
        year.Given.Database.Commands.Reset();
        await year.Kari.Get(path);
        var asked = year.Given.Database.Commands.Texts.Distinct().ToList();
        await using var database = await TestDatabase.CreateInFile();
        await using var connection = new SqliteConnection(database.File.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        var scans = new List<string>();
        foreach (var text in asked)
        {
            scans.AddRange((await Scans(connection, text)).Select(table => $"{table}:\n{text}"));
        }

        Assert.NotEmpty(asked);
        Assert.True(scans.Count == 0, string.Join("\n\n", scans));
    }

    [Fact]
    public async Task A_question_without_an_index_is_found_to_read_its_table_through()
    {
        await using var database = await TestDatabase.CreateInFile();
        await using var connection = new SqliteConnection(database.File.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["Runs"], await Scans(connection, "SELECT r.\"Id\" FROM \"Runs\" AS \"r\" WHERE \"r\".\"Incident\" = @text"));
        Assert.Equal(["Runs"], await Scans(connection, "SELECT r.\"Id\" FROM \"Runs\" AS \"r\" WHERE \"r\".\"Incident\" = @text ORDER BY \"r\".\"Moves\" LIMIT @p"));
        Assert.Empty(await Scans(connection, "SELECT r.\"Id\" FROM \"Runs\" AS \"r\" WHERE \"r\".\"Id\" = @id"));
        Assert.Empty(await Scans(connection, "SELECT t.\"At\" FROM \"Trail\" AS \"t\" ORDER BY \"t\".\"Seq\" DESC LIMIT 1"));
    }

    // Every unit's run is of the same year, and with the mail server away all mails wait: by those columns alone, what there is of it is read.
    [Theory]
    [InlineData("""SELECT "Id" FROM "Runs" WHERE "PlanUnitId" = '1' AND "Year" = 2025 AND "DocumentKind" = 'Rapport' AND "ClosedAt" IS NULL ORDER BY "Id" """, "IX_Runs_PlanUnitId_Year (PlanUnitId=? AND Year=?)")]
    [InlineData("""SELECT "Id" FROM "Notices" WHERE "RoundId" = '1' AND "State" = 'Queued' AND "Kind" IN ('FreshCode') """, "IX_Notices_RoundId_State (RoundId=? AND State=?)")]
    public async Task What_is_looked_up_for_one_is_not_sought_among_all(string text, string index)
    {
        await using var database = await TestDatabase.CreateInFile();
        await using var connection = new SqliteConnection(database.File.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The command is the test's own.
        command.CommandText = "EXPLAIN QUERY PLAN " + text;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await reader.ReadAsync(TestContext.Current.CancellationToken);

        Assert.EndsWith(index, reader.GetString(reader.GetOrdinal("detail")), StringComparison.Ordinal);
    }

    /// <summary>The growing tables a command reads row by row, by SQLite's own plan for it.</summary>
    private static async Task<IReadOnlyList<string>> Scans(SqliteConnection connection, string text)
    {
        var named = Alias().Matches(text).ToLookup(match => match.Groups["alias"].Value, match => match.Groups["table"].Value);
        await using var command = connection.CreateCommand();

        // A value of any kind stands for what was asked for: the plan hangs on the columns, not on the values.
#pragma warning disable CA2100 // The command is the application's own.
        command.CommandText = "EXPLAIN QUERY PLAN " + Parameter().Replace(text, "'1'");
#pragma warning restore CA2100
        var (scans, isSorted) = (new List<string>(), false);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            var detail = reader.GetString(reader.GetOrdinal("detail"));
            isSorted |= detail.Contains("TEMP B-TREE", StringComparison.Ordinal);
            if (Scan().Match(detail) is { Success: true } scan)
            {
                scans.AddRange(named[scan.Groups["alias"].Value].Where(Growing.Contains));
            }
        }

        // Where what is asked for is an empty list, EF says so, and nothing is read.
        if (text.Contains("WHERE 0\n", StringComparison.Ordinal))
        {
            return [];
        }

        // Read in the order asked for, a table is left after as many rows as are shown; put in order afterwards, it is read to its end.
        return StopsAtLimit().IsMatch(text) && !isSorted ? [] : scans;
    }

    private static async Task<Dictionary<string, (IReadOnlyList<string> Few, IReadOnlyList<string> Many)>> Ask()
    {
        var (few, many) = (await AskAll(1), await AskAll(7));
        return BusyYear.Pages.Keys.ToDictionary(route => route, route => (few[route], many[route]));
    }

    private static async Task<Dictionary<string, IReadOnlyList<string>>> AskAll(int times)
    {
        await using var year = await BusyYear.Of(times);
        var asked = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (route, page) in BusyYear.Pages)
        {
            var browser = page.Reader(year);
            var path = page.Path(year);
            year.Given.Database.Commands.Reset();
            var answer = await browser.Get(path);
            asked[route] = year.Given.Database.Commands.Texts;
            Assert.True(answer.Status == page.Status, $"{path} answered {answer.Status}: {answer.Text}");
        }

        return asked;
    }

    // As EF names every table, and as it names the values it sends.
    [GeneratedRegex("(?:FROM|JOIN) \"(?<table>[A-Za-z]+)\" AS \"(?<alias>[a-z0-9]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Alias();

    [GeneratedRegex(@"@[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Parameter();

    [GeneratedRegex("^SCAN (?<alias>[a-z0-9]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Scan();

    [GeneratedRegex(@"\bLIMIT (@[A-Za-z0-9_]+|[0-9]+)\s*\z")]
    private static partial Regex StopsAtLimit();
}
