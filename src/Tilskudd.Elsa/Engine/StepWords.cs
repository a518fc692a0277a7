using Tilskudd.Workflows;

namespace Tilskudd.Elsa.Engine;

/// <summary>What a kind of step and its inputs are called in Studio, in Norwegian.</summary>
internal static class StepWords
{
    private static readonly Dictionary<string, (string Name, string Meaning)> Words = new(StringComparer.Ordinal)
    {
        ["Tilskudd.Draft"] = ("Skriv", "Noen skriver på dokumentet og sier fra når det er ferdig."),
        ["Tilskudd.Review"] = ("Gå gjennom", "Noen leser det som er skrevet, og godtar eller sender tilbake."),
        ["Tilskudd.AskForApproval"] = ("Spør et organ", "Medlemmene svarer på lenke eller i møte, og organets regler teller svarene."),
        ["Tilskudd.RegisterDecision"] = ("Registrer vedtak", "Noen skriver inn hva et organ har vedtatt."),
        ["Tilskudd.Submit"] = ("Send inn", "Det vedtatte sendes til mottakeren."),
        ["Tilskudd.AwaitReceipt"] = ("Vent på kvittering", "Mottakeren bekrefter eller ber om retting."),
        ["Tilskudd.RegisterLetter"] = ("Registrer brev", "Brevet fra tilskuddsgiveren skrives inn."),
        ["Tilskudd.Check"] = ("Kontroller", "Reglene svarer ja eller nei."),
        ["Tilskudd.WaitUntil"] = ("Vent til en dato", "Flyten går videre når datoen er nådd."),
        ["Tilskudd.Notify"] = ("Si fra", "Noen får e-post, og flyten går videre."),
        ["Tilskudd.Close"] = ("Avslutt", "Flyten er ved veis ende."),
    };

    // In the order a person fills them in.
    private static readonly (string Key, string Name, string Meaning)[] Inputs =
    [
        ("who", "Hvem", "Rollen eller organet steget venter på."),
        ("task", "Oppgave", "Hva som skal gjøres."),
        ("question", "Spørsmål", "Det reglene svarer på."),
        ("notice", "Melding", "Hvilken melding som går ut."),
        ("to", "Til", "Hvem som får den."),
        ("deadline", "Frist", "Fristens navn. Under det kan et program sette sin egen dato."),
        ("due", "Dato", "Datoen der programmet ikke har satt en, som «Y-1 11-12», «+10 workdays»."),
        ("remind", "Minn om", "Virkedager før fristen."),
        ("escalate", "Purr", "Virkedager etter fristen."),
        ("body", "Organ", "Organet som vedtar."),
        ("mayChangeAnswer", "Kan svare på nytt", "Et medlem kan gi et annet svar til runden er lukket. Uten valg: ja."),
        ("as", "Sluttstilling", "Hva løpet ender som."),
        ("event", "Hendelse", "Det som hender når løpet er slutt, og som kan starte et annet."),
    ];

    public static (string Name, string Meaning) Of(StepType type) => Words.TryGetValue(type.Name, out var words) ? words : (type.Name, "");

    /// <summary>The word, with the file's key behind it, what it means, and its place from above.</summary>
    public static (string Name, string Meaning, int Place) Of(StepInput input)
    {
        var place = Array.FindIndex(Inputs, known => known.Key == input.Name);
        return place < 0 ? (input.Name, "", Inputs.Length) : ($"{Inputs[place].Name} ({input.Name})", Inputs[place].Meaning, place);
    }
}
