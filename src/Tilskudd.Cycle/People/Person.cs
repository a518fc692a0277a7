using NodaTime;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.People;

/// <summary>Someone who takes part in the year: a coordinator, a politician, a contact at the grantor.</summary>
public sealed class Person : ILasting
{
    private Person() { }

    public Person(PersonId id, string name, string email, string language, string party, bool isInvented, string salt) =>
        (Id, Name, Email, Language, Party, IsInvented, Salt) = (id, Prose.Of(name), email.ToLowerInvariant(), Known(language), party, isInvented, salt);

    public PersonId Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The mailbox of record, in lower case.</summary>
    public string Email { get; private set; } = "";

    public string Language { get; private set; } = "nb";

    /// <summary>Party or list, for the protocol; empty for others.</summary>
    public string Party { get; private set; } = "";

    /// <summary>Made up for the demonstration, and marked so wherever shown.</summary>
    public bool IsInvented { get; private set; }

    /// <summary>Secret salt of this person's HMACs in the trail; deleting it makes them unreadable without breaking the chain.</summary>
    public string Salt { get; private set; } = "";

    /// <summary>Last day the person takes part and can sign in; null while it lasts.</summary>
    public LocalDate? ToOn { get; private set; }

    public void Change(string name, string email, string language, string party) =>
        (Name, Email, Language, Party) = (Prose.Of(name), email.ToLowerInvariant(), Known(language), party);

    /// <summary>Ends the person's part after a day, or with null lets it last again. The roles and seats are ended for themselves.</summary>
    public void End(LocalDate? lastDay) => ToOn = lastDay;

    public bool TakesPartOn(LocalDate day) => this.LastsOn(day);

    /// <summary>The person chooses a language: <c>nb</c>, <c>nn</c> or <c>en</c>.</summary>
    /// <exception cref="ArgumentException">Another language: the page offers only these.</exception>
    public void Speak(string language) => Language = Known(language);

    private static string Known(string language) =>
        language is "nb" or "nn" or "en" ? language : throw new ArgumentException($"'{language}' is no language of the product: nb, nn or en.", nameof(language));
}

/// <summary>What a person may do in the year, beside a seat in a body.</summary>
public enum Role
{
    Coordinator,
    ProgrammeLeader,
    Secretary,
    Accountant,
    GrantorContact,
    Administrator,
}

/// <summary>A role in a programme, a plan unit or at a grantor, for a period.</summary>
public sealed class RoleAssignment : ILasting
{
    private RoleAssignment() { }

    public RoleAssignment(RoleId id, PersonId person, Role role, ProgrammeId? programme, PlanUnitId? unit, GrantorId? grantor, LocalDate from, LocalDate? to)
    {
        if (to < from)
        {
            throw new ArgumentException($"A role cannot end on {to:uuuu-MM-dd}, before it begins on {from:uuuu-MM-dd}.", nameof(to));
        }

        (Id, PersonId, Role, ProgrammeId, PlanUnitId, GrantorId, FromOn, ToOn) = (id, person, role, programme, unit, grantor, from, to);
    }

    public RoleId Id { get; private set; }

    public PersonId PersonId { get; private set; }

    public Role Role { get; private set; }

    public ProgrammeId? ProgrammeId { get; private set; }

    /// <summary>Null: the role holds for every unit of the programme.</summary>
    public PlanUnitId? PlanUnitId { get; private set; }

    public GrantorId? GrantorId { get; private set; }

    public LocalDate FromOn { get; private set; }

    /// <summary>Last day of the role; null while it lasts.</summary>
    public LocalDate? ToOn { get; private set; }

    public bool HoldsOn(LocalDate day) => FromOn <= day && this.LastsOn(day);

    /// <summary>It was ended by mistake, and lasts as if it had not been.</summary>
    public void GoOn() => ToOn = null;

    /// <param name="lastDay">The day before the first, where it was given by mistake: then it was never held.</param>
    /// <exception cref="ArgumentException">The last day is earlier than that; the form is checked first.</exception>
    public void End(LocalDate lastDay) =>
        ToOn = lastDay >= FromOn.PlusDays(-1) ? lastDay : throw new ArgumentException($"A role cannot end on {lastDay:uuuu-MM-dd}, before it begins on {FromOn:uuuu-MM-dd}.", nameof(lastDay));
}
