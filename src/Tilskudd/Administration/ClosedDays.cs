using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Administration;

/// <summary>The days each municipality's office is closed beside the law's holidays. For administrators.</summary>
internal sealed class ClosedDays() : Register("kalender")
{
    private static readonly LocalDatePattern EveryYear = LocalDatePattern.Create("d.M", CultureInfo.InvariantCulture, new NodaTime.LocalDate(2000, 1, 1));

    public override async Task<ListRow?> List(Asked asked)
    {
        if (!asked.IsAdministrator)
        {
            return null;
        }

        var known = await asked.Db.Set<OfficeClosedDay>().Join(asked.Db.Municipalities, day => day.MunicipalityId, one => one.Id, (day, one) => new { day, one.Name }).OrderBy(both => both.Name).ThenBy(both => both.day.Day).ToListAsync(asked.Ct);
        return new ListRow(Text("ClosedDays"), Root, Crumbs,
            [new ListPart("dager", Text("ClosedDays"), [.. known.Select(both => Lines.Task($"{Shown(both.day.Day)}: {both.day.Name}", $"{Root}/{both.day.Id}/endre", asked.Today, both.day.ToOn, both.Name))], Text("None"), new PageLink(Text("ClosedDay.New"), $"{Root}/ny"))])
        {
            Lead = Text("ClosedDays.Lead"),
        };
    }

    public override async Task<FormRow?> New(Asked asked) => asked.IsAdministrator
        ? new FormRow(Text("ClosedDay.New"), $"{Root}/ny", Root, [.. Crumbs, new Crumb(Text("New"), $"{Root}/ny")],
        [
            new(FieldKind.Choice, "kommune", "") { Choices = [.. (await Offered(asked)).Select(one => new Choice(one.Id.ToString(), one.Name))], Empty = Text("Choose") },
            new(FieldKind.Line, "dag", "") { Hint = Text("Hint.dag"), Longest = 10 },
            new(FieldKind.Line, "navn", "") { Label = ".ClosedDay", Hint = Text("Hint.navn.ClosedDay") },
        ]) : null;

    public override async Task<FormRow?> Edit(Asked asked) => await Find(asked) is { } day
        ? new FormRow(Shown(day.Day), $"{Root}/{day.Id}/endre", Root, [.. Crumbs, new Crumb(Shown(day.Day), $"{Root}/{day.Id}/endre")], [new(FieldKind.Line, "navn", day.Name) { Label = ".ClosedDay" }])
        {
            Version = asked.Version(day),
            End = $"{Root}/{day.Id}/avslutt",
        }
        : null;

    public override async Task<FormRow?> End(Asked asked) => await Find(asked) is { } day
        ? Ending(asked, Shown(day.Day), $"{Root}/{day.Id}/avslutt", Root, Crumbs, day.ToOn, day) with { Lead = Text("ClosedDay.End.Lead") } : null;

    public override async Task<Refusal?> Add(Saving saving)
    {
        var offered = await Offered(saving.Asked);
        var chosen = saving.Form.Choice("kommune", offered.Select(one => one.Id.ToString()));
        var (day, name) = (Read(saving.Form.Text("dag")), saving.Form.Line("navn", AdminRoom.LongestName));
        if (day is null)
        {
            // A date that no calendar here has is told what is wrong with its year.
            if (Dates.TryParse(saving.Form.Text("dag"), out _))
            {
                saving.Form.Date("dag");
            }

            return saving.Form.Faults.Count > 0 ? null : new AdminRefusal.NoDay("dag");
        }

        if (saving.Form.Faults.Count > 0)
        {
            return null;
        }

        var municipality = offered.Single(one => one.Id.ToString() == chosen).Id;
        if (await Refuse(saving, municipality, day, "dag") is { } refusal)
        {
            return refusal;
        }

        var added = new OfficeClosedDay(saving.Writing.Ids.Next<OfficeClosedDayId>(), municipality, day, name);
        saving.Db.Add(added);
        saving.Added("closed-day", added.Id);
        return null;
    }

    public override async Task<Refusal?> Change(Saving saving)
    {
        var day = (await Find(saving.Asked))!;
        day.Change(saving.Form.Line("navn", AdminRoom.LongestName));
        saving.Changed("closed-day", day.Id, day);
        return null;
    }

    public override async Task<Refusal?> Finish(Saving saving)
    {
        var day = (await Find(saving.Asked))!;
        var last = saving.Form.OptionalDate("siste");

        // It may be made to last again.
        if ((last is null || last >= saving.Asked.Today) && await Refuse(saving, day.MunicipalityId, day.Day, "siste", day.Id) is { } refusal)
        {
            return refusal;
        }

        day.End(last);
        saving.Ended("closed-day", day.Id);
        return null;
    }

    private static string Root => $"{AdminRoom.Path}/kalender";

    /// <summary>Why a municipality cannot close on a day from now on, beside the days it closes on already.</summary>
    private static async Task<Refusal?> Refuse(Saving saving, MunicipalityId municipality, string day, string field, OfficeClosedDayId? but = null)
    {
        var today = saving.Asked.Today;
        var lasting = await saving.Db.Set<OfficeClosedDay>().LastingOn(today).Where(other => other.MunicipalityId == municipality && other.Id != but).Select(other => other.Day).ToListAsync(saving.Asked.Ct);
        return lasting.Contains(day) ? new AdminRefusal.Twice(field)
            : lasting.Count >= WorkingCalendar.MostClosedDays ? new AdminRefusal.TooManyDays(field, WorkingCalendar.MostClosedDays) : null;
    }

    private static IReadOnlyList<Crumb> Crumbs => [Lines.Front, new Crumb(Text("ClosedDays"), Root)];

    private static Task<List<Municipality>> Offered(Asked asked) => asked.Db.Municipalities.LastingOn(asked.Today).OrderBy(one => one.Name).ToListAsync(asked.Ct);

    private static async Task<OfficeClosedDay?> Find(Asked asked) =>
        asked.IsAdministrator ? await asked.Db.Set<OfficeClosedDay>().SingleOrDefaultAsync(day => day.Id == new OfficeClosedDayId(asked.Id), asked.Ct) : null;

    // As calendars read it: "24.12" is every year, "24.12.2026" that one day.
    private static string? Read(string typed)
    {
        var text = EveryYear.Parse(typed.TrimEnd('.')).TryGetValue(default, out var yearly) ? LocalDatePattern.CreateWithInvariantCulture("MM-dd").Format(yearly)
            : Dates.TryParse(typed, out var date) && date.Year is >= GrantYear.Earliest and <= GrantYear.Latest ? LocalDatePattern.Iso.Format(date) : null;
        return text is not null && ClosedDay.Parse(text) is not null ? text : null;
    }

    private static string Shown(string day) => LocalDatePattern.Iso.Parse(day).TryGetValue(default, out var date) ? Dates.WithYear(date)
        : Text("ClosedDay.EveryYear", Dates.Long(LocalDatePattern.Create("MM-dd", CultureInfo.InvariantCulture, new NodaTime.LocalDate(2000, 1, 1)).Parse(day).Value));
}
