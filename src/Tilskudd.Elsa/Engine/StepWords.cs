using Tilskudd.Workflows;

namespace Tilskudd.Elsa.Engine;

/// <summary>What a kind of step is called in Studio, in Norwegian.</summary>
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

    public static (string Name, string Meaning) Of(StepType type) => Words.TryGetValue(type.Name, out var words) ? words : (type.Name, "");
}
