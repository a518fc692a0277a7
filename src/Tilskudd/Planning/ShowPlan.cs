using Tilskudd.Cycle;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;

namespace Tilskudd.Planning;

/// <summary>Makes the plan's page of what is known about the plan.</summary>
internal static class ShowPlan
{
    /// <summary>Programmes shown as the plan's own lane use at most this many different colours; the rest are grey.</summary>
    private const int Colours = 3;

    public static PlanHead Head(PlanTexts known)
    {
        var page = Languages.Current.Code();
        return new PlanHead(
            $"/plan/{known.Plan.Id}", Text("Title", known.Plan.Year, known.Unit.Name), Text("ShortTitle", known.Plan.Year), known.Plan.Year.Number, known.Unit.Name,
            known.Programme.Name, $"/program/{known.Programme.Slug}", known.Municipality.Language == page ? null : known.Municipality.Language);
    }

    public static PlanRow Row(PlanCase known, FlowLibrary flows, DateTimeOffset now, bool hasLastYear)
    {
        var faults = known.Plan.Faults(known.Sources, known.Criteria);
        var sections = Enum.GetValues<PlanSection>().ToDictionary(section => section, section => Section(known, section));
        var isMoneyRight = known.Plan.Tiltak.Count > 0 && !faults.Any(fault => fault is PlanFault.OverFrame or PlanFault.NoFrame);
        var done = sections.Keys.Count(section => IsWritten(known.Plan, section))
            + known.Plan.Tiltak.Count(tiltak => IsFinished(tiltak, faults)) + (isMoneyRight ? 1 : 0);
        var current = known.Tasks.Count > 0 ? known.Tasks[0] : null;
        return new PlanRow
        {
            Head = Head(known),
            State = current is null
                ? Text(known.Plan.ApprovedAt is null ? "State.Resting" : "State.Approved")
                : flows.Words(current.Run.Flow, Languages.Current.Code()).Steps[current.Run.StepId].Name,
            Tone = current is null && known.Plan.ApprovedAt is not null ? Tone.Success : Tone.Info,
            Saved = Saved(known),
            Tasks = [.. known.Tasks.Select(task => Card(task, flows, now))],
            Back = Back(known, flows),
            Approved = known.Plan.ApprovedAt is { } at ? Text("Approved", known.Plan.ApprovedVersion!, Dates.WithYear(Dates.On(at))) : null,
            MayWrite = known.MayWrite,
            HasInvented = known.Plan.Tiltak.Any(tiltak => tiltak.HasInventions),
            Done = done,
            Parts = sections.Count + known.Plan.Tiltak.Count + 1,
            Sections = [.. sections.Where(section => section.Key != PlanSection.Proposal).Select(section => section.Value)],
            Proposal = sections[PlanSection.Proposal],
            Themes = Themes(known, faults),
            Money = Money(known.Draft, known.Plan, known.Sources),
            Versions = [.. known.Versions.Reverse().Select(version => Version(known, version))],
            HasLastYear = hasLastYear,
            Grants = [.. known.Grants.Select(grant => new PlanLink(grant.Granted is { } granted ? Text("Grant.Link.Granted", grant.Source, Kroner(granted)) : Text("Grant.Link", grant.Source), $"/tilskudd/{grant.Id}"))],
            MayChange = known.Grants.Any(grant => grant.IsUnderWay),
            FaultCount = faults.Count,
            Content = known.Draft,
        };
    }

    /// <summary>What is planned from each source, beside its frame.</summary>
    /// <param name="laid">What its tiltak were given of letters laid on the lines, where it is the approved version; null while it is written anew, and is to fit the frame by itself.</param>
    public static IReadOnlyList<SourceMoney> Money(HandlingsplanContent content, Handlingsplan plan, IReadOnlyList<FundingSource> sources, IReadOnlyDictionary<FundingSourceId, Money>? laid = null) =>
        [.. sources.Select((source, i) => new SourceMoney(
            source.Code, source.AsReceived, source.IsOwnShare, source.RoomFor(plan.PlanUnitId), source.IsReservedFor(plan.PlanUnitId),
            new Money(content.Tiltak.Sum(tiltak => tiltak.BudgetOre.GetValueOrDefault(source.Id.Value))), new BarLook(Math.Min(i + 1, Colours + 1)), source.CarriedInFor(plan.PlanUnitId))
            {
                Laid = laid?.TryGetValue(source.Id, out var given) == true ? given : null,
            })];

    public static string Text(string key, params object[] arguments) => Texts.Of<PlanWords>(key, arguments);

    public static string Kroner(Money money) => money.ToKroner(Languages.Current.Culture());

    /// <summary>Where a target is measured from, or that this is not known.</summary>
    public static string Baseline(string written, bool isUnknown) => isUnknown && Prose.IsBlank(written) ? Text("Baseline.Unknown") : written;

    private static TaskRow Section(PlanCase known, PlanSection section)
    {
        var isWritten = IsWritten(known.Plan, section);
        var hint = section == PlanSection.Signals && known.Sources.Any(source => source.IsReservedFor(known.Plan.PlanUnitId)) ? Text("Reserved") : null;
        return new TaskRow(
            Text($"Section.{section}"), $"/plan/{known.Plan.Id}/del/{section.Slug()}", Text(isWritten ? "Task.Done" : "Task.NotStarted"), isWritten ? Tone.Success : Tone.Neutral, hint);
    }

    private static bool IsWritten(Handlingsplan plan, PlanSection section) => !Prose.IsBlank(plan.Section(section));

    private static bool IsFinished(Tiltak tiltak, IReadOnlyList<PlanFault> faults) => !faults.Any(fault => fault.Tiltak == tiltak.TiltakId);

    private static IReadOnlyList<ThemeTasks> Themes(PlanCase known, IReadOnlyList<PlanFault> faults) =>
        [.. known.Plan.Tiltak.OrderBy(tiltak => tiltak.Number).GroupBy(tiltak => tiltak.Theme).Select(theme => new ThemeTasks(
            theme.Key.Length == 0 ? Text("Theme.None") : theme.Key,
            Text(theme.Count() == 1 ? "Theme.One" : "Theme.Many", theme.Count(), Kroner(theme.Aggregate(Cycle.Year.Money.Zero, (sum, tiltak) => sum + tiltak.Total))),
            [.. theme.Select(tiltak => TiltakTask(known.Plan, tiltak, faults))]))];

    private static TaskRow TiltakTask(Handlingsplan plan, Tiltak tiltak, IReadOnlyList<PlanFault> faults)
    {
        var own = faults.Where(fault => fault.Tiltak == tiltak.TiltakId).ToList();
        var isWrong = own.Any(fault => fault is PlanFault.UnknownCriterion or PlanFault.UnknownSource);
        var (status, tone) = own.Count == 0 ? ("Task.Done", Tone.Success) : isWrong ? ("Task.Wrong", Tone.Danger) : ("Task.Begun", Tone.Info);
        var money = tiltak.Total == Cycle.Year.Money.Zero ? Text("Tiltak.NoMoney") : Kroner(tiltak.Total);
        var hint = own.Count == 0 ? money : Text(own.Count == 1 ? "Tiltak.OneMissing" : "Tiltak.ManyMissing", money, own.Count);
        return new TaskRow(tiltak.Name.Length == 0 ? Text("Tiltak.Unnamed") : tiltak.Name, $"/plan/{plan.Id}/tiltak/{tiltak.TiltakId}", Text(status), tone, hint);
    }

    private static string Saved(PlanCase known)
    {
        var when = Dates.Stamp(known.Plan.SavedAt);
        var saved = known.Plan.SavedBy is { } writer && known.Names.TryGetValue(writer, out var name) ? Text("Saved.By", when, name) : Text("Saved", when);
        return known.LatestVersion is { } version ? Text("Saved.Version", version.Number, saved) : Text("Saved.Draft", saved);
    }

    public static TaskCard Card(PlanTask task, FlowLibrary flows, DateTimeOffset now)
    {
        var words = flows.Words(task.Run.Flow, Languages.Current.Code()).Steps[task.Run.StepId];
        var today = Dates.On(now);
        var due = task.Deadline is { } deadline
            ? Text("Due", DeadlineText.Long(deadline, today), Dates.Away(deadline.EffectiveOn, today)) : null;
        return new TaskCard(
            task.Run.Id.Value, task.Run.VisitNumber,
            task.IsFrame ? PlanTaskKind.Frame : task.IsWriting ? PlanTaskKind.Write : task.IsReview ? PlanTaskKind.Review : PlanTaskKind.Elsewhere,
            task.IsMine, words.Name, words.Task, WaitsFor(task), due, task.Deadline?.IsOverdue(now) == true,
            [.. task.Step.Outcomes.Select(outcome => new Choice(outcome, words.Outcomes[outcome]))])
        {
            Barred = task.Barred is { } own ? RefusalText.Of(own) : null,
        };
    }

    // A whole group is told by its number, several by how far each has come; a few people by their names.
    private static string WaitsFor(PlanTask task) =>
        task.Boards.Count > 1 ? string.Join(' ', task.Boards.Select(board => board.Line))
        : task.Boards is [var alone] ? OfBody(alone.Of)
        : task.For.Count == 0 ? Text("Waits.Nobody")
        : Who.RoleOf(task.Run.WaitsFor) is null ? OfBody(task.For.Count)
        : Text("Waits.People", string.Join(", ", task.For.Select(person => person.Name)));

    private static string OfBody(int people) => people == 1 ? Text("Waits.Body.One") : Text("Waits.Body", people);

    // The last visit that was left, when it led back to writing, or to what is to be done about a grantor's wish.
    private static SentBack? Back(PlanCase known, FlowLibrary flows)
    {
        if ((known.WritingTask ?? known.Tasks.FirstOrDefault(task => PlanRuns.IsCorrection(task.Step))) is not { } task || task.Run.Visits.Where(visit => visit.LeftAt is not null).MaxBy(visit => visit.Number) is not { } last
            || (last.Reason.Length == 0 && !HasBeenHere(task.Run)))
        {
            return Before(known, flows);
        }

        return Told("Back.Title", known, flows, task.Run, last);
    }

    // Who reads a plan anew sees what others had sent it back for before it was written anew; their own reasons they know.
    private static SentBack? Before(PlanCase known, FlowLibrary flows) =>
        known.WritingTask is null && known.Tasks.FirstOrDefault(task => task.IsReview && !PlanRuns.IsCorrection(task.Step)) is { Run: var run }
        && run.Visits.Where(visit => visit.LeftAt is not null && visit.Number > TakenUpAt(run) && visit.StepId != run.StepId && (visit.Reason.Length > 0 || visit.RoundId is not null)).MaxBy(visit => visit.Number) is { } back
            ? Told("Back.Before", known, flows, run, back) : null;

    private static SentBack Told(string title, PlanCase known, FlowLibrary flows, Run run, Visit last)
    {
        var words = flows.Words(run.Flow, Languages.Current.Code()).Steps[last.StepId];

        // What a body has decided is not the act of the one who answered last.
        var what = last.RoundId is null && Trail.Actor.PersonIn(last.Actor) is { } by && known.Names.TryGetValue(by, out var name)
            ? Text("Back.By", words.Name, name, Dates.Stamp(last.LeftAt!.Value)) : Text("Back", words.Name, Dates.Stamp(last.LeftAt!.Value));
        return new SentBack(Text(title), what, last.Reason, $"/prosess/{run.Id}");
    }

    // What came before a letter or a vote was taken up again is not what it comes back from.
    private static int TakenUpAt(Run run) => run.Visits.Where(visit => visit.IsTakenBack).Select(visit => visit.Number).DefaultIfEmpty().Max();

    private static bool HasBeenHere(Run run)
    {
        var anew = TakenUpAt(run);
        return run.Visits.Any(visit => visit.Number > anew && visit.Number != run.VisitNumber && visit.StepId == run.StepId);
    }

    private static VersionRow Version(PlanCase known, VersionLine version)
    {
        var who = known.Names.GetValueOrDefault(version.FrozenBy);
        var when = who is null ? Text("Version.When", Dates.Stamp(version.FrozenAt)) : Text("Version.WhenBy", Dates.Stamp(version.FrozenAt), who);
        return new VersionRow(version.Number, when, $"/plan/{known.Plan.Id}/utskrift?versjon={version.Number}", version.Number == known.Plan.ApprovedVersion);
    }
}
