using NodaTime;

namespace Tilskudd.Demo.Simulation;

/// <summary>What people do about the evaluation of their programme: each step in its own time, the report, and the group's word on it.</summary>
internal static class EvaluationActs
{
    /// <summary>Does what the page offers; where it is not yet time, says until when.</summary>
    /// <returns>The day to come back, or null when nothing more is to be done now.</returns>
    public static async Task<LocalDate?> Do(SimulatedPerson person, WebPage page, YearScript script, LocalDate today)
    {
        var path = page.Path.Split('?')[0];
        if (page.PostingTo("/notat") is { } note)
        {
            var done = Enumerable.Range(0, script.EvaluationSteps.Count).TakeWhile(step => person.Written.Contains($"{path}#{step}")).Count();
            var (on, text) = script.EvaluationSteps[done];
            if (today < on)
            {
                return on;
            }

            person.Written.Add($"{path}#{done}");
            await person.Browser.Post(note.Fill("notat", $"{text} Teksten er {InventedPerson.Mark}."));
        }
        else if (page.PostingTo("/rapport") is { } report)
        {
            if (today < script.EvaluatedOn)
            {
                return script.EvaluatedOn;
            }

            await person.Browser.Post(report.Fill("tittel", $"Evaluering av {script.Of.Unit.Name}").Fill("utforer", $"Et analyseselskap, {InventedPerson.Mark}").Fill("levert", GrantActs.Iso(today))
                .Fill("funn", $"Tiltakene for barn og unge virker. Medvirkningen bør styrkes. Funnene er {InventedPerson.Mark}.").Fill("sted", $"Sak {script.Of.Year}/{person.Random.Next(1_000, 10_000)}"));
        }
        else if (page.PostingTo("/vedtak") is { } meeting)
        {
            await person.Browser.Post(meeting.Fill("utfall", "Approved").Fill("dato", GrantActs.Iso(today)).Fill("ref", $"Sak {script.Of.Year}/{person.Random.Next(10, 100)}").Fill("tekst", "Politisk styringsgruppe tar evalueringen til orientering."));
        }

        return null;
    }
}
