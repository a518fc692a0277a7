using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>The application tells people what has happened, at once.</summary>
[Outcomes("Done")]
public sealed class Notify : Step
{
    /// <summary>Which message: a key from <see cref="NoticeKeys"/>.</summary>
    public required string Notice { get; init; }

    /// <summary>Who is told: keys from <see cref="RoleKeys"/> and <see cref="BodyKeys"/>, at least one.</summary>
    public required IReadOnlyList<string> To { get; init; }

    public override bool IsAutomatic => true;

    public override IEnumerable<InputFault> Faults(string document) =>
    [
        .. Allowed.OneOf(nameof(Notice), Notice, NoticeKeys.All),
        .. To is [] ? [Allowed.Fault(nameof(To), "En melding må ha minst én mottaker.")] : Array.Empty<InputFault>(),
        .. (To ?? []).SelectMany(key => Allowed.OneOf(nameof(To), key, [.. RoleKeys.All, .. BodyKeys.All])),
    ];
}
