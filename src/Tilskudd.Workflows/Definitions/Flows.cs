namespace Tilskudd.Workflows.Definitions;

/// <summary>All the flows of the grant year, read and found good, with their words.</summary>
public sealed class Flows
{
    private readonly Dictionary<(string, int), Definition> _versions;
    private readonly Dictionary<(string, string), Words> _words;

    internal Flows(IReadOnlyList<Definition> definitions, IReadOnlyList<Words> words)
    {
        Definitions = definitions;
        AllWords = words;
        _versions = definitions.ToDictionary(definition => (definition.Id, definition.Version));
        _words = words.ToDictionary(each => (each.Flow, each.Language));
    }

    /// <summary>Ordered by id, then version.</summary>
    public IReadOnlyList<Definition> Definitions { get; }

    public IReadOnlyList<Words> AllWords { get; }

    /// <summary>The newest version of each flow: the one new runs begin on.</summary>
    public IEnumerable<Definition> Newest => Definitions.GroupBy(definition => definition.Id).Select(versions => versions.Last());

    /// <summary>
    /// The version, or null when no file holds it; a run on it then reads the definition stored when it was published.
    /// </summary>
    public Definition? Find(string flow, int version) => _versions.GetValueOrDefault((flow, version));

    /// <summary>The newest version of each flow that the event starts a run of.</summary>
    public IEnumerable<Definition> StartingOn(string eventKey) => Newest.Where(definition => definition.StartsOn == eventKey);

    /// <exception cref="KeyNotFoundException">No such flow, or a language outside <see cref="Words.Languages"/>.</exception>
    public Words Words(string flow, string language) => _words[(flow, language)];
}
