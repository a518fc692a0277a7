using System.Collections.Immutable;
using Tilskudd.Cycle.Planning;

namespace Tilskudd.Demo;

/// <summary>What a plan must say of a tiltak and no source says. Made up, short and sensible.</summary>
/// <param name="TiltakId">The tiltak's id in the source.</param>
/// <param name="Change">How it differs from the year before.</param>
/// <param name="Criteria">The criteria it contributes to, by their ids in Drammen's list.</param>
/// <param name="Responsible">The part of the municipality that answers for it.</param>
/// <param name="Description">What is done in 2025.</param>
/// <param name="Target">What can be counted at the end of the year.</param>
/// <param name="Baseline">Where that stood before; empty where it is not measured.</param>
internal sealed record InventedDetails(
    string TiltakId,
    TiltakChange Change,
    ImmutableArray<string> Criteria,
    string Responsible,
    string Description,
    string Target,
    string Baseline);

/// <summary>
/// The parts of Strømsø's plan for 2025 that no source holds (D-19). All of it is made up and marked so where it is shown.
/// </summary>
internal static class InventedStromso
{
    private const string Work = "Arbeid og kvalifisering";
    private const string School = "Skole";
    private const string Health = "Helsestasjon";
    private const string Kindergarten = "Barnehage";
    private const string Streets = "Vei og park";
    private const string Culture = "Kultur og fritid";
    private const string Programme = "Områdesatsingen";

    public static ImmutableArray<InventedDetails> Tiltak { get; } =
    [
        new("STR25-01", TiltakChange.Continued, ["DRM-5", "DRM-6"], Work,
            "En erfaringskonsulent følger lærerkandidatene gjennom året og hjelper til i møtet med arbeidsgivere.",
            "8 av 10 kandidater er i arbeid eller opplæring ved årets slutt.", ""),
        new("STR25-02", TiltakChange.Continued, ["DRM-5"], Work,
            "Ungdom får hjelp med opplæring, CV og søknad før sommeren, og en jobb i ferien.",
            "60 ungdommer i sommerjobb.", "45 i 2024"),
        new("STR25-03", TiltakChange.Continued, ["DRM-4"], Work,
            "Et senter for sosiale entreprenører starter i Dialoghuset, med eget styre.",
            "Styret er på plass før sommeren, og 5 gründere har fått veiledning.", "0"),
        new("STR25-04", TiltakChange.New, ["DRM-5", "DRM-6"], Work,
            "Innbyggerne i én oppgang er med på å forme hjelpen de får. Piloten har foreløpig en arbeidstittel.",
            "Piloten er prøvd i 1 oppgang, og erfaringene er skrevet ned.", "0"),
        new("STR25-05", TiltakChange.Continued, ["DRM-1", "DRM-6"], Health,
            "Familier som venter sitt første barn, får hjemmebesøk. Flere helsesykepleiere lærer metoden.",
            "Alle helsesykepleierne har fått opplæring.", "halvparten"),
        new("STR25-06", TiltakChange.Ending, ["DRM-1"], Health,
            "Kurset avsluttes og blir en del av Nye Familier.",
            "Innholdet er overført før sommeren.", "eget kurs"),
        new("STR25-07", TiltakChange.Continued, ["DRM-5", "DRM-6"], School,
            "En los følger opp elever med høyt fravær. Ordningen gjøres klar for vanlig drift.",
            "Fraværet blant elevene som følges opp, er ned en tredel.", "målt høsten 2024"),
        new("STR25-08", TiltakChange.Reduced, ["DRM-6"], School,
            "Tjenesten tar over arbeidet, og prosjektledelsen halveres.",
            "Tjenesten har egen plan for arbeidet videre.", "prosjekt"),
        new("STR25-09", TiltakChange.Continued, ["DRM-5", "DRM-6"], School,
            "Lærekandidater får støtte av en erfaringskonsulent sammen med ansatte i kommunen.",
            "6 lærekandidater er fulgt gjennom året.", "4 i 2024"),
        new("STR25-10", TiltakChange.Continued, ["DRM-1", "DRM-5"], School,
            "Ungdom møter en erfaringskonsulent på skolen, og en referansegruppe gir råd underveis.",
            "40 ungdommer har vært med.", "25 i 2024"),
        new("STR25-11", TiltakChange.Increased, ["DRM-1", "DRM-6"], Kindergarten,
            "Den femte levekårspedagogen ansettes, og levekårsteamet veileder de ansatte.",
            "5 barnehager har levekårspedagog.", "4"),
        new("STR25-12", TiltakChange.Continued, ["DRM-3", "DRM-8"], Streets,
            "Undergangen på Danvik og andre steder rustes opp i samarbeid med grunneierne.",
            "Undergangen er tryggere etter beboernes mening.", "spørreundersøkelse våren 2025"),
        new("STR25-13", TiltakChange.Continued, ["DRM-3", "DRM-7"], Streets,
            "Ryddeaksjonene i bydelen evalueres og føres videre.",
            "4 aksjoner og 1 evaluering.", "4 aksjoner i 2024"),
        new("STR25-14", TiltakChange.Continued, ["DRM-1", "DRM-2", "DRM-3"], Culture,
            "Lekeplassen tas i bruk sammen med foreninger og foreldre i området.",
            "6 åpne arrangementer i året.", "3 i 2024"),
        new("STR25-15", TiltakChange.Continued, ["DRM-2", "DRM-8"], Programme,
            "Innbyggerne er med på å utvikle hagen, i samarbeid med frivilligsentralen.",
            "30 innbyggere er med i arbeidet.", "18 i 2024"),
        new("STR25-16", TiltakChange.Continued, ["DRM-1", "DRM-3"], Culture,
            "Møteplassen får flere åpne dager, og fritidskoordinatoren hjelper barn inn i aktiviteter.",
            "Åpent 5 dager i uka.", "3 dager"),
        new("STR25-17", TiltakChange.Continued, ["DRM-1", "DRM-2"], Culture,
            "Flere i målgruppene får invitasjon og følge til aktivitetene.",
            "En fjerdedel flere deltakere.", "telt høsten 2024"),
        new("STR25-18", TiltakChange.Continued, ["DRM-1", "DRM-2"], Programme,
            "Områdesatsingen er mer til stede i resten av kommunedel 7 og støtter egne initiativ.",
            "10 initiativ fra innbyggere har fått hjelp.", "6 i 2024"),
    ];

    /// <summary>The plan's plain text parts, the goal excepted: that one is real and stands with the criteria.</summary>
    public static ImmutableDictionary<PlanSection, string> Sections { get; } = new Dictionary<PlanSection, string>
    {
        [PlanSection.Challenges] =
            "Mange familier i området har lav inntekt og bor trangt. " +
            "Flere barn og unge enn ellers i kommunen står i fare for å falle utenfor.",
        [PlanSection.Signals] =
            "Staten har varslet 12,6 millioner kroner for 2025, med forbehold om Stortingets budsjettvedtak. " +
            "Midlene er bundet til kriteriene fra departementene.",
        [PlanSection.Participation] =
            "Innbyggere, frivillige og ansatte har gitt innspill på to åpne møter og gjennom møteplassen høsten 2024.",
        [PlanSection.Proposal] =
            "Politisk styringsgruppe godkjenner handlingsplan 2025 for Strømsø 2030 " +
            "med et budsjett på 12,6 millioner kroner, med forbehold om Stortingets budsjettvedtak.",
    }.ToImmutableDictionary();
}
