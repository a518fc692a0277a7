using NodaTime;
using Tilskudd.Cycle.Reporting;

namespace Tilskudd.Reporting;

/// <summary>What the auditor has said of a report's accounts, as those who read a version of it see it.</summary>
/// <param name="Of">The earlier version it was said of, where the report has been written again since; else null.</param>
public sealed record Audited(string Statement, LocalDate On, int? Of)
{
    /// <summary>Null while the auditor has said nothing.</summary>
    internal static Audited? Shown(string statement, LocalDate? on, int? version, int shown) => on is { } day ? new(statement, day, version < shown ? version : null) : null;

    internal static Audited? Shown(Rapport rapport, int shown) => Shown(rapport.AuditorStatement, rapport.AuditedOn, rapport.AuditedVersion, shown);
}
