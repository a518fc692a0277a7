using System.Globalization;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Verbs;

/// <summary><c>tilskudd deadline</c>: what a deadline becomes.</summary>
internal static class DeadlineVerb
{
    public static Verb Verb { get; } = new("deadline", "Regner ut hva en frist blir: dag, utløp, påminnelser og purringer.", Run)
    {
        Options =
        [
            new("date", "2027-03-28", "Datoen fristen er satt til, fra 1900-01-01 til 2199-12-31.") { IsRequired = true },
            new("due-at", "12:00", "Klokkeslettet fristen går ut. Uten dette går den ut når dagen er omme."),
            new("remind", "10,5,1", "Virkedager før fristen, 0–400, der det skal minnes om den. Uten dette: ingen påminnelser."),
            new("escalate", "1", "Virkedager etter fristen, 0–400, der det skal purres. Uten dette: ingen purringer."),
            new("at", "08:00", "Klokkeslettet påminnelser og purringer sendes. Uten dette: 08:00."),
            new("shift", "next-working-day",
                "Hva som skjer når datoen ikke er en virkedag: next-working-day, previous-working-day eller none. Uten dette: next-working-day."),
            new("closed", "12-24,12-31", "Dager kontoret holder stengt: 12-24 hvert år, 2026-12-24 én gang. Høyst 60."),
            new("now", "2027-03-01T09:00", "Tidspunktet nå. Påminnelser og purringer før dette utelates."),
        ],
        Remarks =
        [
            "Alle klokkeslett leses i norsk tid (Europe/Oslo); svaret er JSON med tidspunkter i UTC. Dag 0 er fristens egen dag.",
            "Et klokkeslett som ikke finnes når klokka stilles fram, blir det første etter. Et som kommer to ganger når klokka stilles tilbake, blir det første.",
            "Avslutningskode: 0 når svaret er skrevet, 1 når en verdi ikke kan brukes, 64 når valgene er skrevet feil.",
        ],
    };

    private static Task<int> Run(Invocation given, Terminal terminal)
    {
        var (request, faults) = DeadlineRequest.Read(given);
        if (request is null)
        {
            return Task.FromResult(terminal.Refuse(faults));
        }

        var plan = DeadlinePlan.For(request.Date, request.DueAt, request.Ladder, request.Shift, request.Calendar);
        Write(request.Now is { } now ? plan.From(now) : plan, terminal.Out);
        return Task.FromResult(ExitStatus.Done);
    }

    private static void Write(DeadlinePlan plan, TextWriter to) => JsonOut.WriteLine(to, json =>
    {
        json.WriteStartObject();
        json.WriteString("effectiveOn", plan.EffectiveOn.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("dueAt", Seconds(plan.DueAt));
        WriteRungs("reminders", RungKind.Reminder);
        WriteRungs("escalations", RungKind.Escalation);
        json.WriteWhy(plan.Why);
        json.WriteEndObject();

        void WriteRungs(string key, RungKind kind)
        {
            json.WriteStartArray(key);
            foreach (var rung in plan.Rungs.Where(rung => rung.Kind == kind))
            {
                json.WriteStartObject();
                json.WriteNumber("rung", rung.Days);
                json.WriteString("at", Seconds(rung.At));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    });

    private static string Seconds(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
