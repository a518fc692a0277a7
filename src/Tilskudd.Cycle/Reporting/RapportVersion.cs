using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;

namespace Tilskudd.Cycle.Reporting;

/// <summary>A report as it was shown to those who decide; it never changes.</summary>
public sealed class RapportVersion
{
    private RapportVersion() { }

    internal RapportVersion(VersionId id, int number, string content, PersonId by, DateTimeOffset at) =>
        (Id, Number, Content, Hash, FrozenBy, FrozenAt) = (id, number, content, Canonical.Hash(content), by, at);

    public VersionId Id { get; private set; }

    public int Number { get; private set; }

    public string Content { get; private set; } = "";

    public string Hash { get; private set; } = "";

    public PersonId FrozenBy { get; private set; }

    public DateTimeOffset FrozenAt { get; private set; }
}
