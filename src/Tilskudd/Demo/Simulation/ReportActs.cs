using NodaTime;

namespace Tilskudd.Demo.Simulation;

/// <summary>What people do about report and accounts: write, check, have audited, send, and settle what is left.</summary>
internal static class ReportActs
{
    private const int GrantorTakesDays = 25;

    /// <summary>Does what the page offers; where it is not yet time, says until when.</summary>
    /// <returns>The day to come back, or null when nothing more is to be done now.</returns>
    public static async Task<LocalDate?> Do(SimulatedPerson person, WebPage page, YearScript script, string source, LocalDate today)
    {
        if (page.With("sammendrag") is { } report)
        {
            if (today < script.ReportWrittenOn(source))
            {
                return script.ReportWrittenOn(source);
            }

            await person.Browser.Post(Written(report, script, source), "Done");
        }
        else if (page.PostingTo("/kontroll") is { } review)
        {
            await person.Browser.Post(review, "Accepted");
        }
        else if (page.PostingTo("/revisor") is { } statement)
        {
            await person.Browser.Post(statement.Fill("uttalelse", $"Regnskapet er revidert uten merknader. Uttalelsen er {InventedPerson.Mark}.").Fill("dato", GrantActs.Iso(today)));
        }
        else if (page.PostingTo("/innsending") is { } submission)
        {
            await person.Browser.Post(submission);
        }
        else if (page.PostingTo("/svar") is not null || page.PostingTo("/krav") is not null)
        {
            return await Decided(person, page, today);
        }
        else if (page.PostingTo("/tilbakebetaling") is { } repayment)
        {
            await person.Browser.Post(repayment.Fill("belop", script.Unspent(source).ToField()).Fill("dato", GrantActs.Iso(today)));
        }

        return null;
    }

    // Every tiltak has spent what the plan gave it, but for what is left over, taken from the first that have it.
    private static WebForm Written(WebForm report, YearScript script, string source)
    {
        var left = script.Unspent(source);
        foreach (var (field, (tiltak, planned)) in report.Values().Select(value => value.Key).Where(name => name.StartsWith("brukt-", StringComparison.Ordinal)).Zip(script.Accounted(source)))
        {
            var unspent = left < planned ? left : planned;
            left -= unspent;
            report.Fill(field, (planned - unspent).ToField());
            report.Fill(field.Replace("brukt", "resultat", StringComparison.Ordinal), $"{tiltak.Name} er gjennomført. Tallene er {InventedPerson.Mark}.");
        }

        return report.Fill("sammendrag", $"Året gikk stort sett etter planen. Teksten er {InventedPerson.Mark}.");
    }

    // What the grantor decides comes by letter, some weeks later: the first time the page is opened, it has not come. It accepts the report,
    // and wants back what is left.
    private static async Task<LocalDate?> Decided(SimulatedPerson person, WebPage page, LocalDate today)
    {
        var decision = page.PostingTo("/svar") ?? page.PostingTo("/krav")!;
        if (person.Written.Add(decision.Action))
        {
            return today.PlusDays(GrantorTakesDays);
        }

        await person.Browser.Post(decision);
        return null;
    }
}
