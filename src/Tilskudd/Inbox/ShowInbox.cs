using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Meetings;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Inbox;

/// <summary>Reads what waits for a person: steps of the roles held today, and rounds not yet answered. Writes nothing.</summary>
internal sealed class ShowInbox(IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock)
{
    private const int MostDone = 10;

    /// <param name="page">Of what waits, from 1; one after the last is the last. What is not of the tasks stands on the first alone.</param>
    public async Task<InboxContent> Of(SignedIn reader, int page, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var seen = await Rights.Seen(db, reader.Id, Dates.On(now), ct);
        var tasks = await PersonTasks.Of(db, reader, seen, now, ct);
        var paging = new CountedPaging(page, tasks.RunCount);
        var mine = await tasks.MostUrgentFirst.Skip(paging.Skip).Take(paging.PerPage).ToListAsync(ct);
        var isFirst = paging.Number == 1;
        var done = isFirst ? await Done(db, reader, ct) : [];
        var board = await RunBoard.Of(db, library, [.. mine.Concat(done).DistinctBy(run => run.Id)], now, ct);
        return new InboxContent(
            [.. mine.SelectMany(run => Rows(board, run, reader.Id, seen))], tasks.Count, paging, [.. DoneBy(board, done, reader.Id, seen).Take(MostDone)], isFirst ? await Seats(db, reader.Id, Dates.On(now), ct) : [])
        {
            Meetings = isFirst ? await ComingMeetings.Mine(db, reader, seen, now, ct) : [],
        };
    }

    private static Task<List<Run>> Done(TilskuddDb db, SignedIn reader, CancellationToken ct)
    {
        var actor = Actor.Of(reader.Id).ToString();
        // What a body has decided is not the act of the one who answered last.
        var lately = db.Set<Visit>().Where(visit => visit.Actor == actor && visit.LeftAt != null && visit.RoundId == null).OrderByDescending(visit => visit.LeftAt).Take(MostDone).Select(visit => EF.Property<RunId>(visit, "RunId"));
        return db.Set<Run>().AsNoTracking().Where(run => lately.Contains(run.Id)).ToListAsync(ct);
    }

    private static async Task<IReadOnlyList<Choice>> Seats(TilskuddDb db, PersonId reader, NodaTime.LocalDate today, CancellationToken ct) =>
        [.. (await db.Bodies.IgnoreAutoIncludes().Where(body => body.ToOn == null)
            .SelectMany(body => body.Seats, (body, seat) => new { body.Name, seat.Id, seat.PersonId, seat.Role, seat.FromOn, seat.ToOn })
            .Where(seat => seat.PersonId == reader && seat.Role != SeatRole.Deputy && seat.Role != SeatRole.Observer && seat.FromOn <= today && (seat.ToOn == null || seat.ToOn >= today))
            .OrderBy(seat => seat.Name).ThenBy(seat => seat.Id).ToListAsync(ct)).Select(seat => new Choice(SubstitutePages.PathOf(seat.Id), seat.Name))];

    private static bool Waits(RunBoard board, Run run, PersonId reader) => board.Staff.WaitedFor(run).Any(person => person.Id == reader);

    // What is to be decided about a member comes beside one's own answer.
    private static IEnumerable<InboxRow> Rows(RunBoard board, Run run, PersonId reader, IReadOnlySet<ProgrammeId> seen) =>
    [
        .. Waits(board, run, reader) ? [Row(board, run, reader, seen)] : Array.Empty<InboxRow>(),
        .. board.Staff.DoubtsBefore(reader, run).Select(asked => Row(board, run, reader, seen) with
        {
            Path = DecideDoubt.PathOf(asked.Round.Id, asked.Doubt.SeatId),
            Task = Texts.Of<InboxWords>(DecideDoubt.DecidesInLine(asked.Round, reader) ? "Doubt.Yours" : "Doubt", asked.Person.Name),
        }),
    ];

    private static InboxRow Row(RunBoard board, Run run, PersonId reader, IReadOnlySet<ProgrammeId> seen)
    {
        var due = board.DeadlineOf(run);
        var isLate = board.IsLate(run);
        return new InboxRow(
            board.Title(run), PathOf(board, run, reader), board.Words(run).Steps[run.StepId].Task, isLate ? StepState.Late : StepState.Now,
            due is null ? null : Dates.Deadline(due.EffectiveOn, due.Time, board.Today),
            due is null ? null : Dates.Capital(Dates.Away(due.EffectiveOn, board.Today)),
            isLate ? Tone.Danger : Tone.Warning, ProcessOf(run, seen));
    }

    // A grantor's contact has the case by the personal link, and does not see the municipality's process.
    private static string? ProcessOf(Run run, IReadOnlySet<ProgrammeId> seen) => seen.Contains(run.ProgrammeId) ? $"/prosess/{run.Id}" : null;

    private static string? PathOf(RunBoard board, Run run, PersonId reader)
    {
        if (board.Staff.Rounds(run).FirstOrDefault(round => Who.Missing(round).Contains(reader)) is { } round)
        {
            return $"/godkjenning/{round.Id}";
        }

        return run.WaitsFor == RoleKeys.Grantor ? null : board.TaskPage(run);
    }

    private static IEnumerable<DoneRow> DoneBy(RunBoard board, IEnumerable<Run> runs, PersonId reader, IReadOnlySet<ProgrammeId> seen) => runs
        .SelectMany(run => run.Visits.Where(visit => visit.LeftAt is not null && visit.RoundId is null && visit.Actor == Actor.Of(reader).ToString()).Select(visit => (Run: run, Visit: visit)))
        .OrderByDescending(done => done.Visit.LeftAt)
        .Select(done => new DoneRow(
            board.Title(done.Run), $"{board.StepName(done.Run, done.Visit.StepId)}: {board.Outcome(done.Run, done.Visit.StepId, done.Visit.Outcome)}",
            Dates.Stamp(done.Visit.LeftAt!.Value), ProcessOf(done.Run, seen)));
}
