using NodaTime;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Demo.Simulation;

/// <summary>What people do about a grant: send the plan, confirm it, register the vote and the letter, accept.</summary>
internal static class GrantActs
{
    /// <summary>Does what the page offers; where it waits for the Storting or for the letter, says until when.</summary>
    /// <returns>The day to come back, or null when nothing more is to be done now.</returns>
    public static async Task<LocalDate?> Do(SimulatedPerson person, WebPage page, YearScript script, string source, LocalDate today)
    {
        if (page.PostingTo("/innsending") is { } submission)
        {
            await person.Browser.Post(submission);
        }
        else if (page.PostingTo("/budsjettvedtak") is { } vote)
        {
            if (today <= script.VotedOn)
            {
                return script.VotedOn.PlusDays(1);
            }

            await person.Browser.Post(vote
                .Fill("belop", script.Planned(source).ToField()).Fill("dato", Iso(script.VotedOn))
                .Fill("grunnlag", $"Innst. 5 S ({script.Of.Year.Number - 1}–{script.Of.Year}), {InventedPerson.Mark}"));
        }
        else if (page.PostingTo("/brev") is { } letter)
        {
            if (today < script.LetterOn(source))
            {
                return script.LetterOn(source);
            }

            if (script.IsRefused(source))
            {
                await person.Browser.Post(page.PostingTo("/avslag")!.Fill("grunn", $"Rammen er brukt opp. Teksten er {InventedPerson.Mark}."));
            }
            else
            {
                await RegisterLetter(person, letter, script, source, today);
            }
        }
        else if (page.PostingTo("/aksept") is { } acceptance)
        {
            await person.Browser.Post(Accepted(acceptance, script, source));
        }

        return null;
    }

    /// <summary>The grantor's contact confirms what has come, or asks for a correction, with the code from the mail.</summary>
    public static async Task Receive(SimulatedPerson person, string receipt, string code, string journal, bool asksForCorrection)
    {
        var answer = asksForCorrection ? "Correction" : "Received";
        var page = await person.Browser.Open($"{receipt}/bekreft?svar={answer}");
        var form = page.With("kode") ?? throw new InvalidOperationException($"The page {page.Path} does not let {person.Email} confirm: {page.Heading}.");
        await person.Browser.Post(asksForCorrection
            ? form.Fill("retting", "Tabellen over kilder mangler kapittel og post. Send planen på nytt.").Fill("kode", code)
            : form.Fill("journal", journal).Fill("kode", code));
    }

    /// <summary>The form of a change, filled in: the revised budget gives another amount.</summary>
    public static WebForm Revised(WebForm change, YearScript script, string source) => change
        .Fill("grunn-til-endring", "RevisedBudget").Fill("nytt-belop", (script.Granted(source) + script.Raised(source)).ToField())
        .Fill("beskrivelse", $"Revidert nasjonalbudsjett {script.Of.Year} gir mer fra {source}. Teksten er {InventedPerson.Mark}.");

    public static string Iso(LocalDate date) => date.ToString("uuuu'-'MM'-'dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The form of money that has come into the account, filled in.</summary>
    public static WebForm Arrived(WebForm arrival, Money amount, LocalDate on) => arrival.Fill("innbetalt", amount.ToField()).Fill("innbetalt-dato", Iso(on));

    // Where the letter differs within the limit, the leader lays the difference on the lines by hand.
    private static WebForm Accepted(WebForm acceptance, YearScript script, string source)
    {
        if (!acceptance.Has("fordeling"))
        {
            return acceptance;
        }

        acceptance.Fill("fordeling", nameof(SpreadRule.ByHand));
        foreach (var (line, at) in script.Revised(source).Select((line, at) => (line, at)))
        {
            acceptance.Fill($"linje-{at + 1}", line.Amount.ToField());
        }

        return acceptance;
    }

    private static Task RegisterLetter(SimulatedPerson person, WebForm letter, YearScript script, string source, LocalDate today)
    {
        foreach (var (payment, at) in script.Payments(source).Select((payment, at) => (payment, at)))
        {
            letter.Fill($"utbetaling-{at + 1}", payment.Amount.ToField()).Fill($"utbetalt-{at + 1}", Iso(payment.On));
        }

        return person.Browser.Post(letter
            .Fill("referanse", $"{script.Of.Year}/{1_000 + person.Random.Next(9_000)}").Fill("mottatt", Iso(today))
            .Fill("belop", script.Granted(source).ToField()).Fill("rapportfrist", Iso(script.ReportDueOn))
            .Fill("overforing", "ja").Fill("vilkar", $"Midlene brukes etter handlingsplanen. Teksten er {InventedPerson.Mark}."));
    }
}
