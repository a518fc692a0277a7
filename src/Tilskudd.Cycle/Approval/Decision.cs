using NodaTime;
using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Approval;

/// <summary>What the secretary writes of a decision, before it is checked.</summary>
/// <param name="On">The day of the meeting; null when none was given.</param>
/// <param name="Reference">Where it stands in the body's protocol: case or item number.</param>
/// <param name="Text">The decision in the body's own words.</param>
public sealed record DecisionText(LocalDate? On, string Reference, string Text);

/// <summary>
/// A decision made outside the application, in a meeting of the body or by the body that can bind the municipality, as it was
/// registered from the protocol. It never changes; what was registered wrongly is registered anew.
/// </summary>
public sealed class Decision
{
    /// <summary>Characters in the reference.</summary>
    public const int LongestReference = 120;

    /// <summary>Characters in the decision's text.</summary>
    public const int LongestText = 4_000;

    private Decision() { }

    /// <exception cref="InvalidOperationException">The text has faults: nobody asked <see cref="Faults"/> first.</exception>
    public Decision(
        DecisionId id, BodyId? body, DocumentKind kind, Guid document, int version, bool isApproved, DecisionText text, PersonId by, DateTimeOffset at, LocalDate today)
    {
        if (Faults(text, today).Count > 0)
        {
            throw new InvalidOperationException($"Decision {id} was not checked before it was registered.");
        }

        (Id, BodyId, DocumentKind, DocumentId, Version, IsApproved) = (id, body, kind, document, version, isApproved);
        (DecidedOn, Reference, Text) = (text.On!.Value, Prose.Line(text.Reference).Trim(), Prose.Of(text.Text).Trim());
        (RegisteredBy, RegisteredAt) = (by, at);
    }

    public DecisionId Id { get; private set; }

    /// <summary>The body that decided; null where the programme has not registered it as one of its bodies.</summary>
    public BodyId? BodyId { get; private set; }

    public DocumentKind DocumentKind { get; private set; }

    public Guid DocumentId { get; private set; }

    /// <summary>The version the body had before it.</summary>
    public int Version { get; private set; }

    public bool IsApproved { get; private set; }

    public LocalDate DecidedOn { get; private set; }

    /// <summary>Where it stands in the protocol.</summary>
    public string Reference { get; private set; } = "";

    public string Text { get; private set; } = "";

    public PersonId RegisteredBy { get; private set; }

    public DateTimeOffset RegisteredAt { get; private set; }

    /// <summary>Everything that must be put right before the decision can be registered.</summary>
    public static IReadOnlyList<DecisionRefusal> Faults(DecisionText text, LocalDate today) =>
    [
        .. text.On is not { } on ? [new DecisionRefusal.DateMissing()]
            : on > today ? new DecisionRefusal[] { new DecisionRefusal.DateInFuture(on) } : [],
        .. Written("ref", text.Reference, LongestReference, new DecisionRefusal.ReferenceMissing()),
        .. Written("tekst", text.Text, LongestText, new DecisionRefusal.TextMissing()),
    ];

    private static IEnumerable<DecisionRefusal> Written(string field, string typed, int longest, DecisionRefusal missing)
    {
        var length = Prose.Length(Prose.Of(typed).Trim());
        return Prose.IsBlank(typed) ? [missing] : length > longest ? [new DecisionRefusal.TextTooLong(field, length, longest)] : [];
    }
}

/// <summary>Why a decision cannot be registered.</summary>
public abstract record DecisionRefusal(string Field = "") : Refusal(Field)
{
    /// <summary>Nobody said what was decided.</summary>
    public sealed record NoOutcome() : DecisionRefusal("utfall");

    /// <summary>Several boards leave their decision to a meeting, and nobody said whose this is.</summary>
    public sealed record NoBody() : DecisionRefusal("organ");

    /// <summary>The case is on the agenda of a meeting that is planned here, and what it decides is registered there.</summary>
    public sealed record InMeeting : DecisionRefusal;

    public sealed record DateMissing() : DecisionRefusal("dato");

    public sealed record DateInFuture(LocalDate Date) : DecisionRefusal("dato");

    /// <summary>The version that is decided on was not there yet.</summary>
    public sealed record DateBeforeVersion(LocalDate Date, int Version, LocalDate From) : DecisionRefusal("dato");

    public sealed record ReferenceMissing() : DecisionRefusal("ref");

    public sealed record TextMissing() : DecisionRefusal("tekst");

    public sealed record TextTooLong(string In, int Length, int Longest) : DecisionRefusal(In);
}
