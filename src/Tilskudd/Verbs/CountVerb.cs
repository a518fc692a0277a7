using Tilskudd.Cycle.Approval;

namespace Tilskudd.Verbs;

/// <summary><c>tilskudd count</c>: what a body's rules make of a set of answers.</summary>
internal static class CountVerb
{
    public static Verb Verb { get; } = new("count", "Teller svarene fra et organ etter reglene organet avgjør saker etter.", Run)
    {
        Arguments = [new("FIL.json", "organet, reglene og svarene, som JSON i UTF-8.")],
        Remarks =
        [
            "Filen har nøklene regime, mandate, mode, seats, chair, drafters, inhabil, absent, answers og closed. Bare seats trengs for å telle; "
            + "en nøkkel som ikke finnes i listen, avvises. Reglene i mandate brukes bare når regime er Mandat, men må alltid være riktig skrevet.",
            "Svaret er JSON på standard ut, med begrunnelse på bokmål, nynorsk og engelsk.",
            "Avslutningskode: 0 når svaret er skrevet (også når utfallet er refused), 1 når filen ikke kan leses, 64 ved feil bruk.",
        ],
    };

    private static Task<int> Run(Invocation given, Terminal terminal)
    {
        var (ballot, faults) = BallotFile.Read(given.Argument(0));
        if (ballot is null)
        {
            return Task.FromResult(terminal.Refuse(faults));
        }

        Write(Count.Of(ballot), terminal.Out);
        return Task.FromResult(ExitStatus.Done);
    }

    private static void Write(CountResult result, TextWriter to) => JsonOut.WriteLine(to, json =>
    {
        json.WriteStartObject();
        json.WriteString("outcome", BallotWords.Of(result.Outcome));
        json.WriteBoolean("final", result.IsFinal);
        json.WriteNumber("size", result.Size);
        json.WriteNumber("quorum", result.Quorum);
        json.WriteNumber("present", result.Present);
        json.WriteNumber("for", result.For);
        json.WriteNumber("against", result.Against);
        json.WriteNumber("abstained", result.Abstained);
        json.WriteBoolean("castingVote", result.CastingVote);
        json.WriteStartArray("stepsIn");
        foreach (var stepIn in result.StepsIn)
        {
            json.WriteStartObject();
            json.WriteString("for", stepIn.For);
            json.WriteString("seat", stepIn.Seat);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteList("waitingFor", result.WaitingFor);
        json.WriteBoolean("canStillApprove", result.CanStillApprove);
        WriteList("faults", result.Faults);
        json.WriteWhy(result.Why);
        json.WriteEndObject();

        void WriteList(string key, IEnumerable<string> words)
        {
            json.WriteStartArray(key);
            foreach (var word in words)
            {
                json.WriteStringValue(word);
            }

            json.WriteEndArray();
        }
    });
}
