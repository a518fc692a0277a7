using NodaTime;

namespace Tilskudd.Cycle.Year;

/// <summary>A day a municipality's office is closed, kept by its administrators; beside those the settings close for all.</summary>
public sealed class OfficeClosedDay : ILasting
{
    private OfficeClosedDay() { }

    /// <param name="id">Its id.</param>
    /// <param name="municipality">Whose office it is.</param>
    /// <param name="day">As <see cref="ClosedDay.Parse"/> reads it.</param>
    /// <param name="name">Why it is closed, in the municipality's words.</param>
    /// <exception cref="ArgumentException">The day cannot be read; the form is checked first.</exception>
    public OfficeClosedDay(OfficeClosedDayId id, MunicipalityId municipality, string day, string name) =>
        (Id, MunicipalityId, Day, Name) = (id, municipality, ClosedDay.Parse(day) is null ? throw new ArgumentException($"'{day}' is no day.", nameof(day)) : day, name);

    public OfficeClosedDayId Id { get; private set; }

    public MunicipalityId MunicipalityId { get; private set; }

    /// <summary><c>12-24</c>, closed every year, or <c>2026-12-24</c>, closed that one day.</summary>
    public string Day { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>Last date it is closed; null while it lasts.</summary>
    public LocalDate? ToOn { get; private set; }

    /// <summary>The day as calendars count it.</summary>
    public ClosedDay Closed => ClosedDay.Parse(Day)!.Value.Until(ToOn);

    public void Change(string name) => Name = name;

    public void End(LocalDate? lastDay) => ToOn = lastDay;
}
