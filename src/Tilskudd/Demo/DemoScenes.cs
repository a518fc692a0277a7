using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Storage;
using Tilskudd.Year.Sources;

namespace Tilskudd.Demo;

/// <summary>How far a plan has come in a scene; each stands for all before it.</summary>
internal enum Phase
{
    Opened,
    FrameSet,
    Written,
    Sent,
    Returned,
    Reviewed,
    Approved,
    Submitted,
    Received,
    Voted,
    LetterRegistered,
    LetterAccepted,
}

/// <summary>
/// The places the demonstration shows: Strømsø 2025 before its political group with two answers in, and the other programmes spread over the
/// year. What lies after the instant the demonstration begins at is left out.
/// </summary>
internal sealed class DemoScenes(PlayRuns play, PlayMeetings meetings, PlayedTime time, NoticeQueue notices, IDbContextFactory<TilskuddDb> databases, RealWorld world, int seed)
{
    private static readonly GrantYear Past = new(2023);
    private static readonly GrantYear Present = new(2024);
    private static readonly GrantYear Coming = new(2025);

    private readonly List<(DateTimeOffset At, Func<Task> Act)> _scenes = [];
    private readonly Dictionary<string, TiltakId> _tiltak = [];

    /// <summary>The years whose money the scenes need.</summary>
    public static IReadOnlyList<GrantYear> Years { get; } = [Past, Present, Coming];

    /// <summary>When the earliest scene begins.</summary>
    public static DateTimeOffset Start { get; } = OsloTime.At(new LocalDate(2022, 10, 3), new LocalTime(9, 0));

    public async Task Play(IReadOnlyList<LoadedProgramme> programmes, DateTimeOffset until)
    {
        Arrange(programmes.ToDictionary(programme => programme.Slug));
        foreach (var (at, act) in _scenes.Where(scene => scene.At <= until).OrderBy(scene => scene.At))
        {
            await time.MoveTo(at);
            await act();
        }

        await time.MoveTo(until);
    }

    private void Arrange(Dictionary<string, LoadedProgramme> programmes)
    {
        var stromso = programmes["stromso-2030"];
        Scenes(First(stromso, Present), Phase.LetterAccepted);
        At(2024, 11, 15, 11, 0, () => play.OpenChange(First(stromso, Present), "KDD", "Rekrutteringen tok lengre tid enn planlagt. Noe av pengene bør brukes på et annet tiltak."));
        Stromso(First(stromso, Coming));
        Draft(First(programmes["omradesatsing-storhaug"], Coming));
        LateReport(First(programmes["omradesatsing-i-sarpsborg"], Past));
        DifferingLetter(First(programmes["omradesatsing-i-skien"], Present));
        Scenes(First(programmes["omradesatsing-i-fredrikstad"], Coming), Phase.Submitted);
        Scenes(First(programmes["omradesatsing-i-kristiansand"], Coming), Phase.Sent);
        Scenes(First(programmes["omradesatsing-i-gjovik"], Coming), Phase.Opened);
        Scenes(First(programmes["omradesatsing-i-halden"], Coming), Phase.Returned);
        Scenes(First(programmes["omradesatsing-i-indre-ostfold"], Coming), Phase.Approved);
        Scenes(First(programmes["omradesatsing-i-tromso"], Coming), Phase.Received);
        Scenes(First(programmes["omradesatsing-saupstad-kolstad"], Coming), Phase.Reviewed);
        Scenes(First(programmes["bergen"], Coming), Phase.FrameSet);
        Boards(First(programmes["oslo"], Coming));
    }

    private static UnitYear First(LoadedProgramme programme, GrantYear year) => new(programme, programme.Units[0], year);

    // The group was informed on a day the source gives; the hour and the place are made up.
    private void Inform(LoadedProgramme programme)
    {
        var source = world.StromsoTimePlan.Meetings.MinBy(meeting => meeting.On)!;
        var on = LocalDate.FromDateOnly(source.On);
        At(on.Year, on.Month, on.Day, 9, 0, () => meetings.Call(programme, on, new LocalTime(12, 0), $"Formannskapssalen (klokkeslett og sted er {InventedPerson.Mark})", source.Matter), daysBefore: 8);
        At(on.Year, on.Month, on.Day, 12, 20, () => meetings.Hold(programme));
    }

    private void Stromso(UnitYear of)
    {
        Inform(of.Programme);
        At(of, 9, 17, 9, 30, () => play.OpenEvaluation(of));
        At(of, 10, 24, 13, 0, () => play.Answer(of, DocumentKind.Evaluation, null, "Done", of.Leader, "Evalueringen skal vise hva innsatsen har ført til så langt, og hva som bør endres."));
        Scenes(of, Phase.Reviewed);
        At(of, 11, 18, 12, 20, () => play.Vote(of, 1));
        At(of, 11, 19, 19, 5, () => play.Vote(of, 1, AnswerKind.ApproveWithRemark, "Bra at ungdom er med. Gi oss tall på sommerjobbene til våren."));
    }

    // The first of three boards has approved, and the second has two of its five answers and a member whose habilitet is to be decided. A file goes with the plan.
    private void Boards(UnitYear of)
    {
        Scenes(of, Phase.Reviewed);
        At(of, 10, 29, 9, 0, () => play.Attach(of, $"Kart over tiltakene ({InventedPerson.Mark}).pdf", InventedPdf.Of(
            $"Kart over tiltakene i {of.Unit.Name} {of.Year}", $"Alt i denne filen er {InventedPerson.Mark} for demonstrasjonen.", "Den viser hvordan et vedlegg følger planen til dem som leser og svarer.")));
        At(of, 11, 12, 9, 30, () => play.Vote(of, 7));
        At(of, 11, 14, 9, 30, () => play.RaiseDoubt(of, $"Jeg sitter i styret for en forening som får penger fra planen ({InventedPerson.Mark}).", notices));
    }

    // Opened late, so that its draft is due in two days.
    private void Draft(UnitYear of)
    {
        At(of, 11, 11, 9, 0, () => play.Open(of));
        At(of, 11, 14, 10, 0, () => play.Answer(of, DocumentKind.Handlingsplan, null, "Done", of.Leader));
        At(of, 11, 18, 14, 0, async () => await play.Write(of, Half(await Content(of)), _tiltak));
    }

    private void LateReport(UnitYear of)
    {
        Scenes(of, Phase.LetterAccepted, reportDueOn: new LocalDate(2024, 11, 14));
        At(of.Year.Number, 1, 1, 6, 0, () => Each(of, source => play.EndYear(of, source)), years: 1);
    }

    private void DifferingLetter(UnitYear of)
    {
        Scenes(of, Phase.Voted);
        At(of.Year.Number, 11, 18, 10, 0, () => Each(of, source => play.RegisterLetter(of, source, Money.FromKroner(750_000), new LocalDate(of.Year.Number + 1, 3, 15))));
    }

    /// <summary>A plan's way to a phase, on the days it usually happens.</summary>
    private void Scenes(UnitYear of, Phase until, LocalDate? reportDueOn = null)
    {
        var report = reportDueOn ?? new LocalDate(of.Year.Number + 1, 3, 15);
        (Phase Phase, int Month, int Day, Func<Task> Act)[] all =
        [
            (Phase.Opened, 10, 7, () => play.Open(of)),
            (Phase.FrameSet, 10, 10, () => play.Answer(of, DocumentKind.Handlingsplan, null, "Done", of.Leader)),
            (Phase.Written, 10, 28, async () => await play.Write(of, await Content(of), _tiltak)),
            (Phase.Sent, 10, 30, () => play.Send(of)),
            (Phase.Returned, 11, 1, () => until == Phase.Returned ? Return(of) : Task.CompletedTask),
            (Phase.Reviewed, 11, 4, () => play.Answer(of, DocumentKind.Handlingsplan, null, "Accepted", of.Leader)),
            (Phase.Approved, 11, 8, () => play.Vote(of, 9)),
            (Phase.Submitted, 11, 12, () => Each(of, source => play.Submit(of, source))),
            (Phase.Received, 11, 18, () => Each(of, source => play.Receive(of, source, $"{of.Year.Number - 1}/{4_200 + of.Programme.Slug.Length}"))),
        ];
        foreach (var (phase, month, day, act) in all.Where(step => step.Phase <= until))
        {
            At(of, month, day, 10, 0, act);
        }

        if (until >= Phase.Voted)
        {
            At(of, 12, 16, 9, 0, () => Each(of, source => play.RecordVote(of, source, new LocalDate(of.Year.Number - 1, 12, 14))));
        }

        if (until >= Phase.LetterRegistered)
        {
            At(of.Year.Number, 2, 3, 10, 0, () => Each(of, source => play.RegisterLetter(of, source, Money.Zero, report)));
        }

        if (until >= Phase.LetterAccepted)
        {
            At(of.Year.Number, 2, 5, 10, 0, () => Each(of, source => play.AcceptLetter(of, source)));
        }
    }

    private Task Return(UnitYear of) =>
        play.Answer(of, DocumentKind.Handlingsplan, null, "Returned", of.Leader, "Målene må kunne telles. Skriv hva dere går ut fra, og hva dere skal nå.");

    private async Task Each(UnitYear of, Func<string, Task> act)
    {
        foreach (var source in (await Frames(of)).Keys.Order(StringComparer.Ordinal))
        {
            await act(source);
        }
    }

    private async Task<PlanDraft> Content(UnitYear of)
    {
        var frames = await Frames(of);
        if (of.Programme.Slug == "stromso-2030")
        {
            return of.Year == Coming ? PlanDraft.ForStromso(world) : PlanDraft.ForStromsoBefore(world, frames, of.Year);
        }

        await using var db = await databases.CreateDbContextAsync();
        var criteria = await db.Criteria.Where(criterion => criterion.ProgrammeId == of.Programme.Id).OrderBy(criterion => criterion.Number).ToListAsync();
        var draft = PlanDraft.OfIdeas(world, of.Unit.Name, of.Programme.Deciders, of.Year, criteria, frames, seed + of.Programme.Slug.Length);
        return draft with { Tiltak = [.. draft.Tiltak.Select(tiltak => tiltak with { Key = $"{of.Unit.Slug}/{tiltak.Key}" })] };
    }

    /// <summary>A draft somebody is still at: three sections and half the tiltak.</summary>
    private static PlanDraft Half(PlanDraft whole) =>
        new(whole.Sections.OrderBy(section => section.Key).Take(3).ToDictionary(), [.. whole.Tiltak.Take((whole.Tiltak.Count + 1) / 2)]);

    private async Task<Dictionary<string, Money>> Frames(UnitYear of)
    {
        await using var db = await databases.CreateDbContextAsync();
        var sources = await db.FundingSources.Where(source => source.ProgrammeId == of.Programme.Id && source.Year == of.Year && source.GrantorId != null).ToListAsync();
        return sources.ToDictionary(source => source.Code, source => source.FrameFor(of.Unit.Id)!.Value);
    }

    // Before the grant year begins.
    private void At(UnitYear of, int month, int day, int hour, int minute, Func<Task> act) => At(of.Year.Number - 1, month, day, hour, minute, act);

    private void At(int year, int month, int day, int hour, int minute, Func<Task> act, int years = 0, int daysBefore = 0) =>
        _scenes.Add((OsloTime.At(new LocalDate(year + years, month, day).PlusDays(-daysBefore), new LocalTime(hour, minute)), act));
}
