using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Demo.Simulation;

/// <summary>
/// Plays a grant year. The clock is moved from one thing that comes due to the next; people read the mails that have come, and do what they
/// are asked on the real pages, each in their own browser and their own time.
/// </summary>
internal sealed class SimulatedYear(
    PlayedTime time, SimulatedClock clock, PlayRuns play, OfficeHours hours, Mailbox mailbox, CaseBook cases, IDbContextFactory<TilskuddDb> databases,
    IReadOnlyDictionary<string, SimulatedPerson> people, IReadOnlyDictionary<PlanUnitId, YearScript> scripts, LoadingPages pages,
    Action<DateTimeOffset> report)
{
    private readonly Agenda _agenda = new();
    private readonly Queue<ReceivedMail> _unread = new();

    /// <summary>When the year opens: the Monday the government lays its budget before the Storting, in the autumn before.</summary>
    public static DateTimeOffset OpensAt(GrantYear year)
    {
        var october = new LocalDate(year.Number - 1, 10, 1);
        return OsloTime.At(october.With(DateAdjusters.NextOrSame(IsoDayOfWeek.Monday)), new LocalTime(10, 0));
    }

    /// <summary>Plays until every run is closed.</summary>
    /// <exception cref="InvalidOperationException">The year came to a stop with runs still open; it says where.</exception>
    public async Task Play()
    {
        foreach (var programme in scripts.Values.Where(script => script.Of.Unit.Kind != PlanUnitKind.Gathering).GroupBy(script => script.Of.Programme.Slug))
        {
            _agenda.Add(clock.GetUtcNow(), () => Open([.. programme]));
        }

        while (await Step())
        {
            report(clock.GetUtcNow());
        }

        await DemandClosed();
    }

    /// <summary>The programme leader opens the year for all its plan units, and what the sources say of their tiltak is taken in.</summary>
    private async Task Open(IReadOnlyList<YearScript> units)
    {
        var (programme, year) = (units[0].Of.Programme, units[0].Of.Year);
        var leader = people[units[0].Of.Leader.Who.Email];
        var page = await SignedIn(leader, $"/program/{programme.Slug}/{year}");
        await leader.Browser.Post(page.PostingTo("/apne") ?? throw new InvalidOperationException($"{leader.Email} may not open {year} at {page.Path}: {page.Heading}."));
        foreach (var unit in units)
        {
            await play.Import(unit.Of, unit.Draft);
        }
    }

    // What comes due by itself goes before what people do at the same instant.
    private async Task<bool> Step()
    {
        await time.Settle();
        await ReadMails();
        var (due, planned) = (await time.NextDue(), _agenda.Next);
        await pages.HaveCome();
        if (planned is null && (due is null || !await AnyOpen()))
        {
            return false;
        }

        if (due is not null && (planned is null || due <= planned))
        {
            clock.SetTo(due.Value);
            return true;
        }

        clock.SetTo(planned!.Value > clock.GetUtcNow() ? planned.Value : clock.GetUtcNow());
        await _agenda.Take()();
        return true;
    }

    private async Task ReadMails()
    {
        foreach (var mail in await mailbox.Take())
        {
            _unread.Enqueue(mail);
        }

        while (_unread.TryDequeue(out var mail))
        {
            React(mail);
        }
    }

    private void React(ReceivedMail mail)
    {
        var person = people[mail.To];
        Func<Task>? act = mail switch
        {
            { IsSignIn: true } or { Path: null } => null,
            { IsApproval: true } => () => Answer(person, mail),
            { IsDoubt: true } => () => Decide(person, mail.Path),
            { IsReceipt: true } => () => Receive(person, mail),
            { IsTask: true } => () => Do(person, mail.Path),
            _ => null,
        };
        if (act is null)
        {
            return;
        }

        var soon = hours.After(clock.GetUtcNow(), person.Random, 2, 50);
        if (!mail.IsReminder && person.IsForgotten(mail.Subject))
        {
            // Without a reminder it comes to mind some weeks later by itself.
            soon = hours.After(clock.GetUtcNow(), person.Random, 20 * 24, 24 * 24);
        }

        _agenda.Add(soon, act);
    }

    private async Task Answer(SimulatedPerson person, ReceivedMail mail)
    {
        var page = await person.Browser.Open(mail.Path!);
        // A mail without a code has nothing to answer: its reader is an observer.
        if (page.Status < 400 && mail.Code is not null && await cases.Of(page.Path) is { } about)
        {
            await RoundActs.Answer(person, page, CodeIn(mail), scripts[about.Unit].Reply(person, about.Kind, about.Version));
        }
    }

    // Whoever of those who lead the round comes first registers what the body decided.
    private async Task Decide(SimulatedPerson person, string path)
    {
        var page = await SignedIn(person, path);
        if (page.Status < 400)
        {
            await RoundActs.Decide(person, page);
        }
    }

    private async Task Receive(SimulatedPerson person, ReceivedMail mail)
    {
        var page = await person.Browser.Open(mail.Path!);
        if (page.Status >= 400 || await cases.Of(page.Path) is not { } about || !page.Links.Any(link => link.Path.Contains("/bekreft?", StringComparison.Ordinal)))
        {
            return;
        }

        var asks = about.Kind == DocumentKind.Tilskuddsbrev && scripts[about.Unit].AsksForCorrection(about.Source);
        var journal = $"{OsloTime.On(clock.GetUtcNow()).Year}/{person.Random.Next(1_000, 10_000)}";
        await GrantActs.Receive(person, page.Path.Split('?')[0], CodeIn(mail), journal, asks);
    }

    private static string CodeIn(ReceivedMail mail) => mail.Code ?? throw new InvalidOperationException($"The mail «{mail.Subject}» has a link and no code.");

    /// <summary>Opens the page a mail leads to, and does what it offers this person.</summary>
    private async Task Do(SimulatedPerson person, string path)
    {
        var page = await SignedIn(person, path);
        if (page.Status >= 400 || await cases.Of(path) is not { } about)
        {
            return;
        }

        var script = scripts[about.Unit];
        var today = OsloTime.On(clock.GetUtcNow()).Date;
        var back = about.Kind switch
        {
            DocumentKind.Handlingsplan => await OnPlan(person, page, script),
            DocumentKind.Tilskuddsbrev => await OnGrant(person, page, script, about.Source, today),
            DocumentKind.Rapport => await ReportActs.Do(person, page, script, about.Source, today),
            DocumentKind.Change => null,
            DocumentKind.Evaluation => await EvaluationActs.Do(person, page, script, today),
        };
        if (back is { } day)
        {
            _agenda.Add(hours.On(day, person.Random), () => Do(person, path));
        }
    }

    private static async Task<LocalDate?> OnPlan(SimulatedPerson person, WebPage page, YearScript script)
    {
        if (page.With("grunnlag-1") is { } frame)
        {
            await PlanActs.SetFrame(person, frame, script);
        }
        else if (page.PostingTo("/gjennomgang") is { } review)
        {
            await person.Browser.Post(review, "Accepted");
        }
        else if (page.PostingTo("/send") is not null)
        {
            await PlanActs.Write(person, page.Path.Split('?')[0], script);
        }

        return null;
    }

    private async Task<LocalDate?> OnGrant(SimulatedPerson person, WebPage page, YearScript script, string source, LocalDate today)
    {
        var registers = page.PostingTo("/brev") is not null && today >= script.LetterOn(source);
        var accepts = page.PostingTo("/aksept") is not null;
        var back = await GrantActs.Do(person, page, script, source, today);
        if (accepts && script.Raised(source) > Money.Zero)
        {
            _agenda.Add(hours.On(script.BudgetRevisedOn, person.Random), () => OpenChange(script, page.Path.Split('?')[0], source));
        }

        foreach (var (on, amount) in registers ? script.Payments(source) : [])
        {
            _agenda.Add(hours.On(on, person.Random), () => MoneyComes(person, page.Path.Split('?')[0], amount, on));
        }

        if (registers && script.IsRevised(source))
        {
            // The coordinator hears of it, and knows what the next draft is about.
            people[script.Of.Coordinator.Who.Email].Written.Add(PlanActs.LetterOf(await PlanPath(script), source));
        }

        return back;
    }

    /// <summary>The revised budget is out, and the coordinator reports on the grant's page that the amount is another.</summary>
    private async Task OpenChange(YearScript script, string grant, string source)
    {
        var coordinator = people[script.Of.Coordinator.Who.Email];
        var page = await SignedIn(coordinator, grant);
        coordinator.Written.Add(PlanActs.ChangeOf(await PlanPath(script), source));
        await coordinator.Browser.Post(GrantActs.Revised(page.PostingTo("/endring") ?? throw new InvalidOperationException($"{coordinator.Email} cannot report a change at {page.Path}: {page.Heading}."), script, source));
    }

    private async Task MoneyComes(SimulatedPerson person, string grant, Money amount, LocalDate on)
    {
        var page = await SignedIn(person, grant);
        await person.Browser.Post(GrantActs.Arrived(page.PostingTo("/innbetaling") ?? throw new InvalidOperationException($"{person.Email} cannot register money at {page.Path}: {page.Heading}."), amount, on));
    }

    private async Task<string> PlanPath(YearScript script)
    {
        await using var db = await databases.CreateDbContextAsync();
        return $"/plan/{await db.Handlingsplaner.Where(plan => plan.PlanUnitId == script.Of.Unit.Id && plan.Year == script.Of.Year).Select(plan => plan.Id).SingleAsync()}";
    }

    /// <summary>The page, by way of the mailed sign-in link where the browser is not signed in.</summary>
    private async Task<WebPage> SignedIn(SimulatedPerson person, string path)
    {
        var page = await person.Browser.Open(path);
        if (!page.Path.StartsWith("/logg-inn", StringComparison.Ordinal))
        {
            return page;
        }

        await person.Browser.Post(page.With("epost")!.Fill("epost", person.Email));
        await time.SendLinks();
        ReceivedMail? link = null;
        foreach (var mail in await mailbox.Take())
        {
            if (mail.IsSignIn && mail.To == person.Email)
            {
                link = mail;
            }
            else
            {
                _unread.Enqueue(mail);
            }
        }

        var confirm = await person.Browser.Open((link ?? throw new InvalidOperationException($"{person.Email} asked to sign in, and no mail came.")).Path!);
        return await person.Browser.Press(confirm.Forms.First(form => form.IsPost && form.Action.StartsWith("/l/", StringComparison.Ordinal)));
    }

    private async Task<bool> AnyOpen()
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Set<Run>().AnyAsync(run => run.ClosedAt == null);
    }

    private async Task DemandClosed()
    {
        await using var db = await databases.CreateDbContextAsync();
        var open = await db.Set<Run>().Where(run => run.ClosedAt == null).OrderBy(run => run.Id).ToListAsync();
        if (open.Count > 0)
        {
            throw new InvalidOperationException(
                $"The year came to a stop on {OsloTime.On(clock.GetUtcNow())} with {open.Count} runs open: "
                + string.Join("; ", open.Select(run => $"{run.Flow} waits in {run.StepId} for {run.WaitsFor} {run.Incident}")));
        }
    }
}
