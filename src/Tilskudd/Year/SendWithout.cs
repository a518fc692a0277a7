using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Year;

/// <summary>Why the approved plans are not sent without the others.</summary>
internal abstract record SendWithoutRefusal(string Field = "") : Refusal(Field)
{
    public sealed record ReasonMissing() : SendWithoutRefusal("grunn");

    public sealed record ReasonTooLong(int Length, int Longest) : SendWithoutRefusal("grunn");

    /// <summary>The plans are on their way, none is approved yet, or all are: there is nothing to leave out.</summary>
    public sealed record NothingHeld : SendWithoutRefusal;
}

/// <summary>The plans of a year that wait for each other, where a unit sends them together.</summary>
/// <param name="From">The unit that sends them.</param>
/// <param name="Approved">The names of the units whose plans are approved.</param>
/// <param name="Missing">Those whose plans are not.</param>
internal sealed record HeldPlans(PlanUnitId From, IReadOnlyList<string> Approved, IReadOnlyList<string> Missing);

/// <summary>
/// The programme leader sends the plans that are approved without those that are not, so that one plan cannot hold the others back for ever. A plan
/// that is approved later is sent alone, from its own unit.
/// </summary>
internal sealed class SendWithout(Door door, Flow flow, NoticeQueue notices)
{
    public const int LongestReason = 1_000;

    public Task<Refusal?> Send(string slug, GrantYear year, string reason, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var today = OsloTime.On(w.Now).Date;
        if (await w.Db.Programmes.SingleOrDefaultAsync(programme => programme.Slug == slug, ct) is not { } programme || !(await Rights.Seen(w.Db, by, today, ct)).Contains(programme.Id))
        {
            return new FlowRefusal.NotFound();
        }

        if (!await OpenYear.Leads(w.Db, by, programme.Id, today, ct))
        {
            return new FlowRefusal.NotYours();
        }

        if (await Held(w.Db, programme.Id, year, ct) is not { } held)
        {
            return new SendWithoutRefusal.NothingHeld();
        }

        var written = Prose.Of(reason).Trim();
        if (Prose.IsBlank(written))
        {
            return new SendWithoutRefusal.ReasonMissing();
        }

        if (Prose.Length(written) > LongestReason)
        {
            return new SendWithoutRefusal.ReasonTooLong(Prose.Length(written), LongestReason);
        }

        var person = await w.Db.Existing<Person>(by, ct);
        w.Record(new TrailEvent(Actor.Of(by), "plans-sent-without", "programme", programme.Id.ToString(), "", new JsonObject
        {
            ["programme"] = programme.Slug, ["year"] = year.Number, ["approved"] = held.Approved.Count, ["missing"] = held.Missing.Count, ["reason"] = Pseudonym.Of(person.Salt, written),
        }));
        await flow.Raise(w, EventKeys.PlanApproved, new Subject(DocumentKind.Handlingsplan, Guid.Empty, programme.Id, held.From, year), Actor.Of(by));
        foreach (var grant in w.Db.Grants.Local.Where(grant => grant.PlanUnitId == held.From && grant.Year == year))
        {
            grant.GoWithout(written);
        }

        await Tell(w, programme, year, held, written, today, ct);
        return null;
    }, ct);

    /// <summary>What waits where a unit sends the plans together, nothing is sent yet, and some plans are approved and others not; else null.</summary>
    public static async Task<HeldPlans?> Held(TilskuddDb db, ProgrammeId programme, GrantYear year, CancellationToken ct)
    {
        var units = await db.PlanUnits.Where(unit => unit.ProgrammeId == programme).ToListAsync(ct);
        if (units.SingleOrDefault(unit => unit.Kind == PlanUnitKind.Gathering && (unit.ToOn is null || unit.ToOn >= new LocalDate(year.Number, 1, 1)))?.Id is not { } from
            || !await db.FundingSources.AnyAsync(source => source.ProgrammeId == programme && source.Year == year && source.GrantorId != null, ct)
            || await db.Grants.AnyAsync(grant => grant.PlanUnitId == from && grant.Year == year, ct))
        {
            return null;
        }

        var ids = units.Select(unit => unit.Id).ToList();
        var plans = await db.Handlingsplaner.IgnoreAutoIncludes().Where(plan => ids.Contains(plan.PlanUnitId) && plan.Year == year).Select(plan => new { plan.PlanUnitId, IsApproved = plan.ApprovedVersion != null }).ToListAsync(ct);
        var held = new HeldPlans(from, Names(isApproved: true), Names(isApproved: false));
        return held is { Approved.Count: > 0, Missing.Count: > 0 } ? held : null;

        IReadOnlyList<string> Names(bool isApproved) => [.. units.Where(unit => plans.Any(plan => plan.PlanUnitId == unit.Id && plan.IsApproved == isApproved)).OrderBy(unit => unit.Slug, StringComparer.Ordinal).Select(unit => unit.Name)];
    }

    private async Task Tell(Writing w, Programme programme, GrantYear year, HeldPlans held, string reason, LocalDate today, CancellationToken ct)
    {
        var coordinators = await w.Db.Roles.Where(role => role.Role == Role.Coordinator && role.ProgrammeId == programme.Id && role.FromOn <= today && (role.ToOn == null || role.ToOn >= today))
            .Select(role => role.PersonId).Distinct().ToListAsync(ct);
        foreach (var person in await Who.Named(w.Db, coordinators, ct))
        {
            var language = Languages.Of(person.Language);
            var text = new MessageText(
                Texts.Of<MailWords>(language, "SentWithout.Subject", programme.Name, year),
                Texts.Of<MailWords>(language, "SentWithout.Plans", string.Join(", ", held.Approved), string.Join(", ", held.Missing)),
                Texts.Of<MailWords>(language, "SentWithout.Reason", reason.ReplaceLineEndings(" ")),
                Texts.Of<MailWords>(language, "SentWithout.Next"));
            await notices.Say(w, person.Id, $"programme/{programme.Id}/{year}/sent-without", text, ct: ct);
        }
    }
}
