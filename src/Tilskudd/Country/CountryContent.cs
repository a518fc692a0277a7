using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Country;

/// <summary>What the state gives to whom in a year, and what it is for, as far as the reader may see.</summary>
/// <param name="Years">The years there is money for, the newest first.</param>
/// <param name="Figures">Which figures are shown: empty for what holds now, else the name of one state.</param>
/// <param name="Outside">What the budget mentions and keeps out of its sums. It is in none of the sums here either.</param>
/// <param name="OutsideText">The budget's own sentence about it.</param>
/// <param name="Themes">The money of approved plans by theme; their sum is <paramref name="Planned"/>.</param>
/// <param name="Criteria">The same money by criterion.</param>
/// <param name="Statuses">The money of <paramref name="Rows"/> by how far each unit has come; their sum is that table's.</param>
/// <param name="Planned">The state's money in approved plans.</param>
/// <param name="Programmes">How many programmes have money in the year; every sum is of all of them.</param>
public sealed record CountryContent(
    int Year, IReadOnlyList<int> Years, string Figures, IReadOnlyList<Choice> FigureChoices, IReadOnlyList<MinistryColumn> Ministries, IReadOnlyList<CountryRow> Rows, CountryRow Total,
    IReadOnlyList<OutsideRow> Outside, string OutsideText, IReadOnlyList<GroupRow> Statuses, IReadOnlyList<GroupRow> Themes, IReadOnlyList<GroupRow> Criteria, Money Planned, int Programmes)
{
    /// <summary>The lines of some of the programmes, each with its units; the files have all.</summary>
    /// <param name="page">From 1; one after the last is the last.</param>
    /// <param name="search">Words of a municipality's or programme's name; empty for all.</param>
    public (IReadOnlyList<CountryRow> Rows, CountedPaging Paging) OnPage(int page, string search)
    {
        var found = Rows.GroupBy(row => (row.Municipality, row.Programme)).Where(lines => SearchText.Fits(search, $"{lines.Key.Municipality} {lines.Key.Programme}")).ToList();
        var paging = new CountedPaging(page, found.Count, ProgrammesOnPage);
        return ([.. found.Skip(paging.Skip).Take(paging.PerPage).SelectMany(lines => lines)], paging);
    }

    /// <summary>A grantor compares municipalities, and wants many at a time; they come with their units.</summary>
    public const int ProgrammesOnPage = 50;
}

/// <summary>A ministry that gives money in the year.</summary>
public sealed record MinistryColumn(string Code, string Name);

/// <summary>A line of the table: a programme, or a unit of it.</summary>
/// <param name="Unit">The plan unit, or what is not divided yet; empty on a programme's own line.</param>
/// <param name="Cells">A cell per ministry. One that is null is blank, and not nought.</param>
/// <param name="Marks">What the reader should know of the figures, in short.</param>
public sealed record CountryRow(string Municipality, string Programme, string Unit, IReadOnlyList<Money?> Cells, Money? Sum, IReadOnlyList<string> Marks)
{
    public bool IsUnit => Unit.Length > 0;
}

/// <summary>Money the budget mentions outside its table.</summary>
/// <param name="Ministry">Who pays; null where it is not stated.</param>
public sealed record OutsideRow(string Municipality, string Purpose, string? Ministry, Money Amount);

/// <summary>Money under one heading.</summary>
/// <param name="Count">How many units or tiltak.</param>
/// <param name="Amount">Its own part: together with the other rows' it is the whole, to the øre.</param>
/// <param name="Touching">All the money that has to do with it, where that may be counted under several; else null.</param>
/// <param name="IsInvented">Something of it stands in no source.</param>
public sealed record GroupRow(string Name, int Count, Money Amount, Money? Touching = null, bool IsInvented = false);
