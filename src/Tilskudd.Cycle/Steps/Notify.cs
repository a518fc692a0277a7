using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>The application tells people what has happened, at once.</summary>
[Outcomes("Done")]
public sealed class Notify : Step
{
    /// <summary>Which message: a key from <see cref="Notices"/>.</summary>
    public required string Notice { get; init; }

    /// <summary>Who is told: keys from <see cref="Roles"/> and <see cref="Bodies"/>, at least one.</summary>
    public required IReadOnlyList<string> To { get; init; }

    public override bool IsAutomatic => true;

    public override IEnumerable<InputFault> Faults() =>
    [
        .. Allowed.OneOf(nameof(Notice), Notice, Notices.All),
        .. To.Count == 0 ? [Allowed.Fault(nameof(To), "En melding må ha minst én mottaker.")] : Array.Empty<InputFault>(),
        .. To.SelectMany(key => Allowed.OneOf(nameof(To), key, [.. Roles.All, .. Bodies.All])),
    ];
}
