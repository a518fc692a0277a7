using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>
/// The terms a report hangs on were typed in wrong, and it is seen when the year is over: the letter cannot be registered again then, but who must
/// sign the accounts and what becomes of money left would follow the mistake. The programme leader puts them right while the report is under way.
/// </summary>
internal sealed class CorrectTerms(Door door)
{
    /// <param name="error">What was wrong, in the person's own words.</param>
    public Task<Refusal?> Correct(GrantId id, Money? auditorFrom, bool mayCarryOver, string text, string error, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var today = OsloTime.On(w.Now).Date;
        if (await w.Db.Grants.SingleOrDefaultAsync(grant => grant.Id == id, ct) is not { Letter: { } letter } grant || await GrantPlace.SeenBy(w.Db, grant, by, today, ct) is not { } place)
        {
            return new FlowRefusal.NotFound();
        }

        if (!await MayCorrect(w.Db, by, place.Unit, today, ct))
        {
            return new FlowRefusal.NotYours();
        }

        if ((letter.AuditorFrom, letter.MayCarryOver, letter.TermsText) == (auditorFrom, mayCarryOver, Prose.Of(text)))
        {
            return null;
        }

        if (await Reporting(w.Db, id).SingleOrDefaultAsync(ct) is not { } run)
        {
            return new FlowRefusal.AlreadyDone();
        }

        if (RegisterAgain.Wrong(error) is { } unsaid)
        {
            return unsaid;
        }

        var before = new JsonObject { ["auditorFromOre"] = letter.AuditorFrom?.Ore, ["mayCarryOver"] = letter.MayCarryOver, ["terms"] = letter.TermsText };
        if (grant.CorrectTerms(auditorFrom, mayCarryOver, text) is { } refusal)
        {
            return refusal;
        }

        await RunTrail.Record(w, run, Actor.Of(by), "letter-corrected", "grant", id.Value, "", new JsonObject
        {
            ["auditorFromOre"] = auditorFrom?.Ore, ["mayCarryOver"] = mayCarryOver, ["terms"] = letter.TermsText, ["before"] = before, ["reason"] = Prose.Of(error).Trim(),
        });
        return null;
    }, ct);

    /// <summary>Those who registered the letter.</summary>
    public static Task<bool> MayCorrect(TilskuddDb db, PersonId person, PlanUnit unit, LocalDate on, CancellationToken ct) =>
        Rights.Holds(db, person, Role.ProgrammeLeader, unit.ProgrammeId, unit.Id, on, ct);

    /// <summary>The open run of a grant's report: there is one once the year is over, and until what is left is carried over or repaid.</summary>
    public static IQueryable<Run> Reporting(TilskuddDb db, GrantId grant)
    {
        var rapporter = db.Rapporter.Where(rapport => rapport.GrantId == grant).Select(rapport => (Guid)(object)rapport.Id);
        return db.Set<Run>().Where(run => run.DocumentKind == DocumentKind.Rapport && run.ClosedAt == null && rapporter.Contains(run.DocumentId));
    }
}
