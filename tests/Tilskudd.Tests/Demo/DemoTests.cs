using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Planning;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Verbs;

namespace Tilskudd.Tests.Demo;

/// <summary>The demonstration as the verb makes it, in a folder of its own.</summary>
public sealed class LoadedDemo : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tilskudd-demo-");

    public int Status { get; private set; }

    internal IReadOnlyList<string[]> Lines { get; private set; } = [];

    public string Folder => _folder.FullName;

    public async ValueTask InitializeAsync() => (Status, Lines) = await Demo();

    public async Task<(int Status, IReadOnlyList<string[]> Lines)> Demo(params string[] more)
    {
        using var output = new StringWriter();
        var status = await CommandLine.Run(["demo", "--no-serve", "--Data:Folder", Folder, .. more], new Terminal(output, TextWriter.Null, IsInteractive: false), VerbTable.All);
        return (status, [.. output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))]);
    }

    internal TilskuddDb Read()
    {
        var options = new DbContextOptionsBuilder<TilskuddDb>();
        StorageSetup.Configure(options, SqliteFile.At(Path.Combine(Folder, "tilskudd.db")).ForReading());
        return new TilskuddDb(options.Options);
    }

    public ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

public sealed class DemoTests(LoadedDemo demo) : IClassFixture<LoadedDemo>
{
    private static readonly GrantYear Coming = new(2025);

    [Fact]
    public async Task With_flows_that_are_not_whole_it_refuses_and_leaves_an_earlier_demonstration_as_it_was()
    {
        var empty = Directory.CreateDirectory(Path.Combine(demo.Folder, "ingen-flyter")).FullName;
        using var error = new StringWriter();

        var status = await CommandLine.Run(
            ["demo", "--no-serve", "--fresh", "--Data:Folder", demo.Folder, "--Workflows:Folder", empty], new Terminal(TextWriter.Null, error, IsInteractive: false), VerbTable.All);

        Assert.Equal(ExitStatus.Refused, status);
        Assert.Contains("ingen-flyter: $", error.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(demo.Folder, "tilskudd.db")));
    }

    [Fact]
    public async Task Stromso_has_its_eighteen_tiltak_in_the_sources_words_and_money_that_fills_the_frames()
    {
        await using var db = demo.Read();

        var plan = await db.Handlingsplaner.SingleAsync(plan => plan.Year == Coming && plan.PlanUnitId == db.PlanUnits.Single(unit => unit.Slug == "stromso-2030").Id);
        var sources = await db.FundingSources.Where(source => source.Year == Coming && source.ProgrammeId == db.Programmes.Single(programme => programme.Slug == "stromso-2030").Id).ToListAsync();

        Assert.Equal(18, plan.Tiltak.Count(tiltak => tiltak.Verbatim.Length > 0));
        Assert.All(plan.Tiltak, tiltak => Assert.True(tiltak.HasInventedDetails));
        Assert.Equal(Money.FromKroner(11_500_000), plan.Planned(sources.Single(source => source.Code == "KDD").Id));
        Assert.Equal(Money.FromKroner(1_100_000), plan.Planned(sources.Single(source => source.Code == "AID").Id));
        Assert.All(sources.Where(source => !source.IsOwnShare), source => Assert.True(source.IsReserved));
        Assert.Equal((590, 65), (sources.Single(source => source.Code == "KDD").Chapter, sources.Single(source => source.Code == "KDD").Post));
        Assert.Single(plan.Tiltak, tiltak => tiltak.Status == TiltakStatus.Merged && tiltak.MergedInto is not null);
    }

    [Fact]
    public async Task The_fourteen_programmes_are_there_and_everyone_in_them_is_made_up()
    {
        await using var db = demo.Read();

        var programmes = await db.Programmes.Select(programme => programme.Slug).ToListAsync();
        var units = await db.PlanUnits.CountAsync(unit => unit.Kind != PlanUnitKind.Gathering);
        var people = await db.People.ToListAsync();

        Assert.Equal(14, programmes.Count);
        Assert.Contains("oslo", programmes);
        Assert.Equal(25, units);
        Assert.Equal("Oslo samlet", (await db.PlanUnits.SingleAsync(unit => unit.Kind == PlanUnitKind.Gathering)).Name);
        Assert.All(people, person => Assert.True(person.IsInvented && person.Email.EndsWith(".example", StringComparison.Ordinal)));
        Assert.Equal(13, await db.Bodies.CountAsync(body => body.LegalBasis.Contains("antatt")));
    }

    [Fact]
    public async Task Oslos_plan_is_before_three_boards_that_are_marked_as_made_up()
    {
        await using var db = demo.Read();

        var oslo = await db.Programmes.SingleAsync(programme => programme.Slug == "oslo");
        var boards = await db.Bodies.Where(body => body.ProgrammeId == oslo.Id).ToListAsync();
        var run = await db.Set<Run>().SingleAsync(run => run.ProgrammeId == oslo.Id && run.ClosedAt == null);
        var rounds = await db.Rounds.Where(round => round.Id == run.Waiting.RoundId || round.FirstId == run.Waiting.RoundId).ToListAsync();

        Assert.Equal(
            ["Styret for delprogram nærmiljø", "Styret for delprogram oppvekst og utdanning", "Styret for delprogram sysselsetting"],
            boards.Select(board => board.Name).Order(StringComparer.Ordinal));
        Assert.All(boards, board => Assert.Contains("oppdiktet", board.LegalBasis, StringComparison.Ordinal));
        Assert.All(boards, board => Assert.Equal(2, board.Seats.Count(seat => seat.Role == SeatRole.Observer)));
        Assert.Equal([0, 2, 5], rounds.Select(round => round.Answers.Count).Order());
        Assert.Single(rounds, round => round.Outcome == CountOutcome.Approved);
        Assert.All(rounds, round => Assert.Equal(5, round.Entitled.Count));
    }

    [Fact]
    public async Task A_file_of_its_own_goes_with_Oslos_plan_and_one_member_there_waits_for_what_is_decided_of_habilitet()
    {
        await using var db = demo.Read();

        var rounds = await db.Rounds.ToListAsync();
        var asked = Assert.Single(rounds, round => round.Doubts.Count > 0);
        var doubt = Assert.Single(asked.Undecided);
        var member = await db.People.Where(person => person.Id == doubt.PersonId).Select(person => person.Name).SingleAsync();
        var plan = await db.Handlingsplaner.SingleAsync(plan => plan.Id == new HandlingsplanId(asked.DocumentId));
        var file = Assert.Single(plan.Versions.Single(version => version.Number == asked.Version).Read().Attachments!);
        var stored = await db.Set<StoredFile>().SingleAsync();
        var pdf = System.Text.Encoding.Latin1.GetString(stored.Bytes);

        Assert.Equal((plan.Id, file.Sha256, "Kart over tiltakene (oppdiktet).pdf", "application/pdf"), (stored.PlanId, stored.Sha256, file.Name, file.MediaType));
        Assert.StartsWith("%PDF-1.4", pdf, StringComparison.Ordinal);
        Assert.Contains("oppdiktet for demonstrasjonen", pdf, StringComparison.Ordinal);
        Assert.Equal(pdf.IndexOf("xref\n", StringComparison.Ordinal), int.Parse(pdf.Split('\n')[^3], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("oslo", (await db.Programmes.SingleAsync(programme => db.Bodies.Any(body => body.Id == asked.BodyId && body.ProgrammeId == programme.Id))).Slug);
        Assert.Contains("oppdiktet", doubt.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(await db.Set<Notice>().Where(notice => notice.Kind == NoticeKind.DoubtRaised && notice.State == NoticeState.Sent).ToListAsync());
        Assert.DoesNotContain(demo.Lines, line => line[0] == "waiting-member" && line[1] == member);
    }

    [Fact]
    public async Task The_group_of_Stromso_was_informed_on_the_day_the_source_gives_and_voted_on_nothing()
    {
        await using var db = demo.Read();

        var meeting = await db.Meetings.SingleAsync();

        Assert.Equal(new LocalDate(2024, 9, 17), meeting.Frame.On);
        Assert.Equal((AgendaKind.Information, "Orientering til politisk styringsgruppe"), (Assert.Single(meeting.Items).Kind, meeting.Items[0].Title));
        Assert.Contains("oppdiktet", meeting.Place, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(9, Assert.Single(meeting.Calls).People.Count);
        Assert.True(meeting.IsUnderWay);
    }

    [Fact]
    public async Task The_runs_stand_at_the_telling_places()
    {
        await using var db = demo.Read();
        var now = new DateTimeOffset(2024, 11, 20, 8, 0, 0, TimeSpan.Zero);

        var open = await db.Set<Run>().Where(run => run.ClosedAt == null).ToListAsync();
        var stromso = await db.Programmes.SingleAsync(programme => programme.Slug == "stromso-2030");
        var decision = open.Single(run => run.ProgrammeId == stromso.Id && run.Year == Coming && run.DocumentKind == DocumentKind.Handlingsplan);
        var round = await db.Rounds.SingleAsync(round => round.Id == decision.Waiting.RoundId);

        Assert.Equal(2, round.Answers.Count);
        Assert.Equal(7, round.Count().WaitingFor.Count);
        Assert.Equal(CountOutcome.Undecided, round.Count().Outcome);
        Assert.Contains(open, run => run is { DocumentKind: DocumentKind.Handlingsplan, Phase: "draft" } && run.DueAt > now);
        Assert.Contains(open, run => run is { DocumentKind: DocumentKind.Rapport } && run.DueAt < now);
        Assert.Contains(open, run => run is { DocumentKind: DocumentKind.Tilskuddsbrev, Phase: "letter", WaitsFor: "coordinator" });
        Assert.Contains(open, run => run is { Phase: "submission", WaitsFor: "grantor" });
        Assert.Contains(open, run => run is { DocumentKind: DocumentKind.Change, WaitsFor: "coordinator" });
        Assert.Contains(open, run => run is { DocumentKind: DocumentKind.Evaluation, WaitsFor: "programme-leader" } && run.DueAt > now);
        Assert.All(open, run => Assert.Equal("", run.Incident));
    }

    [Fact]
    public async Task Every_mail_has_gone_out_and_the_trail_holds()
    {
        await using var db = demo.Read();

        var left = await db.Set<Notice>().Where(notice => notice.State != NoticeState.Sent && notice.State != NoticeState.Cancelled).CountAsync();
        var report = await TrailVerification.Verify(TrailVerification.Lines(db), [], key: null);

        Assert.Equal(0, left);
        Assert.Equal(TrailVerdict.Whole, report.Verdict);
        Assert.True(report.Count > 100);
    }

    [Fact]
    public void A_line_for_each_role_holds_role_name_and_link()
    {
        Assert.Equal(0, demo.Status);
        Assert.All(demo.Lines, line => Assert.Equal(3, line.Length));
        Assert.All(demo.Lines, line => Assert.StartsWith("http://localhost:5080/", line[2], StringComparison.Ordinal));
        Assert.Equal(
            ["coordinator", "programme-leader", "secretary", "accountant", "leader", "deputy-leader"],
            demo.Lines.Take(6).Select(line => line[0]));
        Assert.Contains(demo.Lines, line => line[0] == "administrator");
        Assert.True(demo.Lines.Count(line => line[0] == "waiting-member" && line[2].Contains("/g/")) >= 7);
        Assert.Contains(demo.Lines, line => line[0] == "waiting-grantor" && line[2].Contains("/k/"));
    }

    [Fact]
    public async Task It_goes_on_where_it_was_left_and_starts_over_when_told()
    {
        await using var own = new LoadedDemoOfOne();
        var first = await own.Entries();

        await own.Demo();
        var continued = await own.Entries();
        await own.Demo("--fresh", "--at", "2024-10-08T09:00");
        var fresh = await own.Entries();

        Assert.Equal(first, continued);
        Assert.True(fresh.Count < first.Count);
        Assert.NotEqual(first[0], fresh[0]);
    }

    [Theory]
    [InlineData("--at", "i morgen")]
    [InlineData("--at", "2024-11-31T09:00")]
    public async Task A_time_that_is_none_is_wrong_usage(string option, string value)
    {
        var (status, lines) = await demo.Demo(option, value);

        Assert.Equal(64, status);
        Assert.Empty(lines);
    }

    [Fact]
    public async Task It_is_never_more_than_a_demonstration_on_this_machine()
    {
        var (status, _) = await demo.Demo("--Site:BaseUrl", "https://tilskudd.example", "--Mail:From", "a@tilskudd.example");

        Assert.Equal(1, status);
    }

    private sealed class LoadedDemoOfOne : IAsyncDisposable
    {
        private readonly LoadedDemo _demo = new();
        private bool _isLoaded;

        public async Task<IReadOnlyList<string>> Entries()
        {
            if (!_isLoaded)
            {
                await _demo.InitializeAsync();
                _isLoaded = true;
            }

            await using var db = _demo.Read();
            return await db.Trail.OrderBy(entry => entry.Seq).Select(entry => entry.Hash).ToListAsync();
        }

        public Task Demo(params string[] more) => _demo.Demo(more);

        public ValueTask DisposeAsync() => _demo.DisposeAsync();
    }
}
