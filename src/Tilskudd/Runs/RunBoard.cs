using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Storage;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>A person's name, and whether the person is made up.</summary>
public sealed record Named(string Name, bool IsInvented)
{
    /// <summary>What is known about the mails to the person, where someone waits for them.</summary>
    public MailTrouble Trouble { get; init; }

    public Guid? Person { get; init; }

    /// <summary>The member on leave the person answers for; null for who answers for himself.</summary>
    public string? InsteadOf { get; init; }

    /// <summary>It is nobody's name, but that of a role which nobody has.</summary>
    public bool IsVacant { get; init; }

    /// <summary>It is not the person we wait for, but what is decided about the person's habilitet.</summary>
    public bool IsInDoubt { get; init; }
}

/// <summary>
/// Runs with all that a page says about them: their flows and words, whose year it is, the people and the deadlines. Read in a handful of
/// questions however many the runs are.
/// </summary>
internal sealed class RunBoard
{
    private readonly IReadOnlyDictionary<(string, int), Definition> _definitions;
    private readonly FlowLibrary _library;

    private RunBoard(IReadOnlyList<Run> runs, IReadOnlyDictionary<(string, int), Definition> definitions, FlowLibrary library) =>
        (Runs, _definitions, _library) = (runs, definitions, library);

    public IReadOnlyList<Run> Runs { get; }

    public required Staff Staff { get; init; }

    public required MailTroubles Mails { get; init; }

    public required LocalDate Today { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyDictionary<ProgrammeId, Programme> Programmes { get; init; }

    public required IReadOnlyDictionary<PlanUnitId, PlanUnit> Units { get; init; }

    /// <summary>The deadlines that hold; of a board made with its past, also those of the steps that were left.</summary>
    public required IReadOnlyDictionary<DeadlineId, Deadline> Deadlines { get; init; }

    private static string Language => Languages.Current.Code();

    public static Task<RunBoard> Of(TilskuddDb db, FlowLibrary library, IReadOnlyList<Run> runs, DateTimeOffset now, CancellationToken ct) =>
        Of(db, library, runs, runs.Where(run => run.IsOpen).Select(run => run.Waiting), now, ct);

    /// <summary>The same with the deadlines of every step the runs have come by.</summary>
    public static Task<RunBoard> WithPast(TilskuddDb db, FlowLibrary library, IReadOnlyList<Run> runs, DateTimeOffset now, CancellationToken ct) =>
        Of(db, library, runs, runs.SelectMany(run => run.Visits), now, ct);

    private static async Task<RunBoard> Of(TilskuddDb db, FlowLibrary library, IReadOnlyList<Run> runs, IEnumerable<Visit> visits, DateTimeOffset now, CancellationToken ct)
    {
        var today = OsloTime.On(now).Date;
        var programmes = runs.Select(run => run.ProgrammeId).Distinct().ToList();
        var deadlines = visits.Select(visit => visit.DeadlineId).OfType<DeadlineId>().ToList();
        var definitions = new Dictionary<(string, int), Definition>();
        foreach (var run in runs.DistinctBy(run => (run.Flow, run.DefinitionVersion)))
        {
            definitions[(run.Flow, run.DefinitionVersion)] = await library.Of(db, run, ct);
        }

        var staff = await Staff.Of(db, runs, today, ct);
        return new RunBoard(runs, definitions, library)
        {
            Staff = staff,
            Mails = await MailTroubles.Of(db, runs, staff, ct),
            Today = today,
            Now = now,
            Programmes = await db.Programmes.Where(programme => programmes.Contains(programme.Id)).ToDictionaryAsync(programme => programme.Id, ct),
            Units = await db.PlanUnits.Where(unit => programmes.Contains(unit.ProgrammeId)).ToDictionaryAsync(unit => unit.Id, ct),
            Deadlines = await db.Deadlines.Where(deadline => deadlines.Contains(deadline.Id)).ToDictionaryAsync(deadline => deadline.Id, ct),
        };
    }

    public Definition Definition(Run run) => _definitions[(run.Flow, run.DefinitionVersion)];

    public Words Words(Run run) => _library.Words(run.Flow, Language);

    /// <summary>A step's name; for a step an older version had and the words no longer name, its id.</summary>
    public string StepName(Run run, string step) => Words(run).Steps.TryGetValue(step, out var words) ? words.Name : step;

    public string Outcome(Run run, string step, string outcome) =>
        Words(run).Steps.TryGetValue(step, out var words) && words.Outcomes.TryGetValue(outcome, out var label) ? label : outcome;

    /// <summary>"Handlingsplan 2025"; for money and reports with the source.</summary>
    public string Document(Run run) => Texts.Of<RunPageWords>($"Document.{run.DocumentKind}", run.Year, Staff.Grant(run)?.Source ?? "");

    /// <summary>"Strømsø 2030: Handlingsplan 2025": the unit, where a programme has several, else the programme.</summary>
    public string Title(Run run) => $"{Place(run)}: {Document(run)}";

    public string Place(Run run) => run.DocumentKind != DocumentKind.Evaluation && Units[run.PlanUnitId] is { Kind: not PlanUnitKind.Programme } unit ? unit.Name : Programmes[run.ProgrammeId].Name;

    public Deadline? DeadlineOf(Run run) => run.IsOpen && run.Waiting.DeadlineId is { } id ? Deadlines.GetValueOrDefault(id) : null;

    public bool IsLate(Run run) => run.IsLate(Now);

    /// <summary>Whom a run waits for, as names; where it waits for a role that nobody has, that it does.</summary>
    public IReadOnlyList<Named> Waits(Run run) => IsVacant(run) ? [new Named(Vacant(run.WaitsFor), false) { IsVacant = true }] :
    [
        .. Staff.WaitedFor(run).Select(person => new Named(person.Name, person.IsInvented) { Person = person.Id.Value, Trouble = Mails.Of(run, person.Id), InsteadOf = Staff.InsteadOf(run, person.Id) }),
        .. Staff.InDoubt(run).Select(person => new Named(person.Name, person.IsInvented) { IsInDoubt = true }),
    ];

    /// <summary>"Koordinator – ingen har rollen".</summary>
    /// <param name="key">A role's key in the flow's file.</param>
    public static string Vacant(string key) => Texts.Of<RunPageWords>("Role.Vacant", Texts.Of<RunPageWords>($"Role.{Who.RoleOf(key)}"));

    private bool IsVacant(Run run) => run.IsOpen && run.StepKind != nameof(WaitUntil) && Who.RoleOf(run.WaitsFor) is not null && Staff.WaitedFor(run).Count == 0;

    /// <summary>A role or the bodies, in words; nothing where a date is waited for.</summary>
    public string Part(Run run, string key) => key.Length == 0 ? "" : Who.RoleOf(key) is { } role ? Texts.Of<RunPageWords>($"Role.{role}") : Staff.BodiesOf(key, run) is { Count: > 0 } bodies ? string.Join(", ", bodies.Select(body => body.Name)) : Texts.Of<RunPageWords>($"Body.{key}");

    /// <summary>The page the waiting step is done on.</summary>
    public string TaskPage(Run run) => TaskPath.Of(run, Definition(run).Find(run.StepId)!.Step, Staff.Grant(run)?.Plan);

    /// <summary>The days the letters of some runs want their reports by, with the steps the reports have come by.</summary>
    public IReadOnlyList<LetterDay> LettersOf(IEnumerable<Run> runs) =>
    [
        .. from run in runs
           where run.DocumentKind is DocumentKind.Tilskuddsbrev or DocumentKind.Rapport && Staff.Grant(run)?.ReportDueOn is not null
           group run by Staff.Grant(run)!.Asked[0].Grant into grant
           let behind = Staff.Grant(grant.First())!
           select new LetterDay(
               grant.First().PlanUnitId, grant.First().Year, behind.Source, behind.ReportDueOn!.Value,
               grant.Where(run => run.DocumentKind == DocumentKind.Rapport).SelectMany(run => run.Visits).Select(visit => visit.StepId).ToHashSet()),
    ];

    /// <summary>"26. nov kl. 12", or nothing.</summary>
    public static string? Shown(Deadline? deadline) => deadline is null ? null : DeadlineText.Shortest(deadline);
}
