using NodaTime;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Demo.Simulation;

/// <summary>What people have set themselves to do, by time; what was set first comes first where times are equal.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Func<Task>, (DateTimeOffset At, int Number)> _acts = new();
    private int _number;

    public DateTimeOffset? Next => _acts.TryPeek(out _, out var first) ? first.At : null;

    public void Add(DateTimeOffset at, Func<Task> act) => _acts.Enqueue(act, (at, _number++));

    public Func<Task> Take() => _acts.Dequeue();
}

/// <summary>When people do things: in office hours, some hours or days after they were asked.</summary>
internal sealed class OfficeHours(WorkingCalendar calendar)
{
    private const int Opens = 8;
    private const int Closes = 16;

    /// <summary>An instant in office hours, so many hours later at the least and at the most.</summary>
    public DateTimeOffset After(DateTimeOffset from, Random random, int leastHours, int mostHours)
    {
        var local = OsloTime.On(from.AddMinutes(random.Next(leastHours * 60, (mostHours * 60) + 1)));
        var minute = random.Next(60);
        if (local.Hour >= Closes)
        {
            local = local.Date.PlusDays(1) + new LocalTime(Opens, 0);
        }

        var date = calendar.OnOrAfter(local.Date);
        var time = date != local.Date || local.Hour < Opens ? new LocalTime(Opens + random.Next(3), minute) : local.TimeOfDay;
        return OsloTime.At(date, new LocalTime(time.Hour, time.Minute));
    }

    /// <summary>In the morning of a date, or of the next working day.</summary>
    public DateTimeOffset On(LocalDate date, Random random) =>
        OsloTime.At(calendar.OnOrAfter(date), new LocalTime(Opens + random.Next(Closes - Opens), random.Next(60)));
}
