using System.Text.Json.Nodes;
using Tilskudd.Approval;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;

namespace Tilskudd.Archive;

/// <summary>A case as it goes to the archive: what was shown and sent, what was decided, and which lines of the trail belong to it.</summary>
/// <param name="Id"><c>handlingsplan/id</c>, <c>tilskudd/id</c> or <c>rapport/id</c>.</param>
/// <param name="Title">As people call it: "Handlingsplan 2025 for Strømsø 2030".</param>
/// <param name="Facts">What is told of it beside its documents.</param>
/// <param name="Decisions">The rounds with their counts and answers, and the decisions registered from a protocol.</param>
/// <param name="TrailObjects">The things in the trail that belong to it.</param>
public sealed record ArchivedCase(
    string Id, string Title, CasePlace Place, IReadOnlyList<ArchivedDocument> Documents, JsonObject Facts, JsonArray Decisions, IReadOnlyList<string> TrailObjects)
{
    /// <summary>Those of the rounds that came to something, oldest first, and then those of the meetings that were held.</summary>
    public IReadOnlyList<ArchivedProtocol> Protocols { get; init; } = [];
}

/// <summary>The protocol of a round or a meeting.</summary>
/// <param name="Name">Its files' name without the ending: <c>protokoll-1</c>, <c>moteprotokoll-1</c>.</param>
/// <param name="Later">What was registered from meetings after it was signed.</param>
/// <param name="SignedBy">Who led the body and has signed it; null where nobody has.</param>
public sealed record ArchivedProtocol(string Name, Protocol Protocol, ProtocolPart? Later, string? SignedBy, DateTimeOffset? SignedAt, string? SignedHash)
{
    /// <summary>The text that was signed, to the letter.</summary>
    public string TextFile => Name + ".txt";

    public string PageFile => Name + ".html";

    public string PdfFile => Name + ".pdf";
}

/// <summary>Whose case it is.</summary>
/// <param name="Language">The written form the municipality uses: <c>nb</c> or <c>nn</c>.</param>
public sealed record CasePlace(string Municipality, string Programme, string Unit, string Language);

/// <summary>A version of a document, exactly as it was shown and sent.</summary>
/// <param name="Name">Its files' name without the ending: <c>handlingsplan-2</c>.</param>
/// <param name="Json">The canonical form whose SHA-256 is <paramref name="Hash"/>.</param>
public sealed record ArchivedDocument(string Name, string Title, int Version, string Json, string Hash, DateTimeOffset FrozenAt)
{
    public HandlingsplanContent? Plan { get; init; }

    public RapportContent? Rapport { get; init; }

    public string JsonFile => Name + ".json";

    public string PageFile => Name + ".html";

    public string PdfFile => Name + ".pdf";
}
