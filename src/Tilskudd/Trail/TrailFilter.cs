using Microsoft.AspNetCore.Http.Extensions;
using NodaTime;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Trail;

/// <summary>What part of the trail is asked for, as typed: all of it is matched literally.</summary>
/// <param name="Programme">A programme's slug, or empty.</param>
/// <param name="Run">A run's id, or empty.</param>
/// <param name="Event">An event's name, or empty.</param>
/// <param name="From">First day, or empty.</param>
/// <param name="To">Last day, or empty.</param>
public sealed record TrailFilter(string Programme, string Run, string Event, string From, string To)
{
    private const int Longest = 100;

    public static TrailFilter Of(string? program, string? lop, string? hendelse, string? fra, string? til) => new(Cut(program), Cut(lop), Cut(hendelse), Cut(fra), Cut(til));

    /// <summary>What cannot be read, field by field.</summary>
    public IReadOnlyList<FieldFault> Faults()
    {
        var faults = new List<FieldFault>();
        if (Run.Length > 0 && !Guid.TryParse(Run, out _))
        {
            faults.Add(new FieldFault("lop", Texts.Of<TrailWords>("Filter.Run.Wrong")));
        }

        faults.AddRange(new[] { ("fra", From), ("til", To) }.Where(date => date.Item2.Length > 0 && !IsDay(date.Item2, out _)).Select(date => new FieldFault(date.Item1, Texts.Of<TrailWords>("Filter.Date.Wrong"))));
        return faults;
    }

    /// <summary>The filter as a query string, with the line to go on from.</summary>
    public string Query(long? before = null)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[] { ("program", Programme), ("lop", Run), ("hendelse", Event), ("fra", From), ("til", To), ("for", before?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "") })
        {
            if (value.Length > 0)
            {
                query.Add(name, value);
            }
        }

        return query.ToQueryString().ToUriComponent();
    }

    /// <summary>The entries asked for, without those that cannot be: what a run owns is named by <paramref name="objects"/>.</summary>
    internal IQueryable<TrailEntry> Apply(IQueryable<TrailEntry> entries, IReadOnlyList<string>? objects)
    {
        if (Programme.Length > 0)
        {
            var slug = TrailScope.Mark(Programme);
            entries = entries.Where(entry => entry.Data.Contains(slug));
        }

        if (Event.Length > 0)
        {
            entries = entries.Where(entry => entry.Event == Event);
        }

        if (IsDay(From, out var from))
        {
            var start = OsloTime.StartOf(from);
            entries = entries.Where(entry => entry.At >= start);
        }

        if (IsDay(To, out var to))
        {
            var end = OsloTime.StartOf(to.PlusDays(1));
            entries = entries.Where(entry => entry.At < end);
        }

        return objects is null ? entries : entries.Where(entry => objects.Contains(entry.Object));
    }

    // Of the years the calendar knows, as every date here; before year 1 there is no instant to look for.
    private static bool IsDay(string typed, out LocalDate day) => Dates.TryParse(typed, out day) && day >= DeadlinePlan.Earliest && day <= DeadlinePlan.Latest;

    private static string Cut(string? typed) => typed is null ? "" : typed.Trim() is { Length: > Longest } longer ? longer[..(char.IsHighSurrogate(longer[Longest - 1]) ? Longest - 1 : Longest)] : typed.Trim();
}

/// <summary>How much of the trail a person sees: an administrator all of it, others what is marked with their programmes.</summary>
internal static class TrailScope
{
    /// <summary>The programme as entries carry it. A quotation mark typed by someone is escaped in an entry, so it cannot pretend.</summary>
    public static string Mark(string slug) => $"\"programme\":\"{slug}\"";

    public static IQueryable<TrailEntry> Of(IQueryable<TrailEntry> trail, bool seesAll, IReadOnlyList<string> slugs)
    {
        var marks = slugs.Select(Mark).ToList();
        return seesAll ? trail : trail.Where(entry => marks.Any(mark => entry.Data.Contains(mark)));
    }
}
