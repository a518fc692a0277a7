using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Planning;

namespace Tilskudd.Demo.Simulation;

/// <summary>What people do on the pages of a plan: set the frame, write, mend, revise, send and review.</summary>
internal static class PlanActs
{
    private const string Save = "kladd";

    /// <summary>The programme leader registers the proposal's amounts.</summary>
    public static async Task SetFrame(SimulatedPerson person, WebForm form, YearScript script)
    {
        foreach (var source in script.Sources)
        {
            var (amount, basis) = ($"belop-{script.Number(source)}", $"grunnlag-{script.Number(source)}");
            form.Fill(amount, form[amount].Length > 0 ? form[amount] : script.Planned(source).ToField())
                .Fill(basis, $"Prop. 1 S ({script.Of.Year.Number - 1}–{script.Of.Year}), med forbehold om Stortingets budsjettvedtak");
        }

        await person.Browser.Post(form);
    }

    /// <summary>The coordinator writes what is to be written now, and sends it on.</summary>
    public static async Task Write(SimulatedPerson person, string plan, YearScript script)
    {
        if (person.Written.Add(plan))
        {
            await WriteAll(person, plan, script);
        }
        else if (script.Sources.FirstOrDefault(source => script.IsRevised(source) && person.Written.Contains(LetterOf(plan, source))) is { } lowered)
        {
            await Revise(person, plan, script, lowered);
        }
        else if (script.Sources.FirstOrDefault(source => person.Written.Remove(ChangeOf(plan, source))) is { } raised)
        {
            await Raise(person, plan, script, raised);
        }
        else
        {
            await Mend(person, plan, script);
        }

        var page = await person.Browser.Open(plan);
        if (page.PostingTo("/send") is { } form)
        {
            await person.Browser.Post(form);
        }
    }

    /// <summary>What a coordinator remembers of a letter that gives less than planned.</summary>
    public static string LetterOf(string plan, string source) => $"{plan}#{source}";

    /// <summary>What a coordinator remembers of a budget that was revised.</summary>
    public static string ChangeOf(string plan, string source) => $"{plan}#{source}+";

    private static async Task WriteAll(SimulatedPerson person, string plan, YearScript script)
    {
        foreach (var (section, text) in script.Draft.Sections.OrderBy(section => section.Key))
        {
            await WriteSection(person, plan, section, text);
        }

        var known = (await Tiltak(person, plan)).ToList();
        foreach (var tiltak in script.Draft.Tiltak)
        {
            // Two tiltak may bear the same name; each is written once.
            var at = known.FindIndex(link => link.Text == tiltak.Name);
            var page = await person.Browser.Open(at < 0 ? $"{plan}/tiltak/ny" : known[at].Path);
            if (at >= 0)
            {
                known.RemoveAt(at);
            }

            await WriteTiltak(person, page.With("navn") ?? throw new InvalidOperationException($"There is no form for a tiltak at {page.Path}."), tiltak, script);
        }
    }

    private static async Task WriteSection(SimulatedPerson person, string plan, PlanSection section, string text)
    {
        var page = await person.Browser.Open($"{plan}/del/{section.Slug()}");
        var form = page.With("tekst") ?? throw new InvalidOperationException($"There is nothing to write at {page.Path}.");
        await person.Browser.Post(form.Fill("tekst", text), Save);
    }

    private static async Task WriteTiltak(SimulatedPerson person, WebForm form, DraftTiltak tiltak, YearScript script)
    {
        form.Fill("navn", tiltak.Name).Fill("deltema", tiltak.SubTheme).Fill("besk", tiltak.Description).Fill("maal", tiltak.Target).Fill("utgangspunkt", tiltak.Baseline).Fill("ansv", tiltak.Responsible)
            .Fill("status", tiltak.Status.ToString()).Fill("endring", tiltak.Change.ToString()).Fill("kriterier", tiltak.Criteria)
            .Fill("ikke-kjent", tiltak.Baseline.Length == 0 ? ["ja"] : []);
        if (form.Offered("tema").Contains(tiltak.Theme))
        {
            form.Fill("tema", tiltak.Theme);
        }
        else
        {
            form.Fill("nytt-tema", tiltak.Theme);
            if (form.Has("tema"))
            {
                form.Fill("tema", "");
            }
        }

        foreach (var (source, amount) in tiltak.Budget.OrderBy(line => line.Key, StringComparer.Ordinal))
        {
            form.Fill($"belop-{script.Number(source)}", amount.ToField());
        }

        await person.Browser.Post(form, Save);
    }

    // The letter gives less than planned: every tiltak with money from it gets its share less, and the proposal says the new sum.
    private static async Task Revise(SimulatedPerson person, string plan, YearScript script, string source)
    {
        person.Written.Remove(LetterOf(plan, source));
        var known = (await Tiltak(person, plan)).ToList();
        foreach (var (tiltak, amount) in script.Revised(source))
        {
            // Of two that bear the same name, it is the one that has money from this source.
            foreach (var (path, _) in known.Where(link => link.Text == tiltak.Name).ToList())
            {
                var page = await person.Browser.Open(path);
                if (page.With("navn") is { } form && MoneyText.TryParse(form[$"belop-{script.Number(source)}"], out var stands, out _) && stands == tiltak.Budget[source])
                {
                    await person.Browser.Post(form.Fill($"belop-{script.Number(source)}", amount.ToField()), Save);
                    break;
                }
            }
        }

        var sum = script.Sources.Aggregate(Money.Zero, (sum, one) => sum + script.Granted(one));
        await WriteSection(person, plan, PlanSection.Proposal, $"{script.Of.Programme.Deciders} godkjenner revidert handlingsplan {script.Of.Year} for {script.Of.Unit.Name} med et budsjett på {sum}.");
    }

    // The revised budget gives more: the first tiltak with money from the source gets it.
    private static async Task Raise(SimulatedPerson person, string plan, YearScript script, string source)
    {
        var ((tiltak, before), (_, after)) = (script.Revised(source)[0], script.Accounted(source)[0]);
        foreach (var (path, _) in (await Tiltak(person, plan)).Where(link => link.Text == tiltak.Name))
        {
            var page = await person.Browser.Open(path);
            if (page.With("navn") is { } form && MoneyText.TryParse(form[$"belop-{script.Number(source)}"], out var stands, out _) && stands == before)
            {
                await person.Browser.Post(form.Fill($"belop-{script.Number(source)}", after.ToField()), Save);
                break;
            }
        }

        await WriteSection(person, plan, PlanSection.Proposal, $"{script.Of.Programme.Deciders} godkjenner endret handlingsplan {script.Of.Year} for {script.Of.Unit.Name} etter revidert nasjonalbudsjett.");
    }

    private static Task Mend(SimulatedPerson person, string plan, YearScript script) => WriteSection(
        person, plan, PlanSection.Participation,
        $"{script.Draft.Sections[PlanSection.Participation]} Innspillene står i vedlegget, og hvert tiltak sier hva som ble gjort med dem.");

    private static async Task<IEnumerable<(string Path, string Text)>> Tiltak(SimulatedPerson person, string plan) =>
        (await person.Browser.Open(plan)).Links.Where(link => link.Path.StartsWith($"{plan}/tiltak/", StringComparison.Ordinal) && !link.Path.EndsWith("/ny", StringComparison.Ordinal))
            .Select(link => (link.Path.Split('?', '#')[0], link.Text)).ToList();
}
