using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>The programme leader or the accountant writes down that money from the grantor has come, or takes back what was written wrong.</summary>
internal sealed class RegisterPayment(Door door)
{
    /// <summary>What the trail calls money that has come.</summary>
    public const string Arrived = "payment-arrived";

    /// <summary>What the trail calls a payment that is taken back.</summary>
    public const string Withdrawn = "payment-withdrawn";

    /// <param name="number">The number the page that showed the form would give it, so that the same form twice is one payment.</param>
    public Task<Refusal?> Register(GrantId id, int number, LocalDate on, Money amount, PersonId by, CancellationToken ct) => Write(id, by, async (w, grant, known) =>
    {
        if (known.Any(one => one.Number == number && one.RegisteredBy == by && one.ArrivedOn == on && one.Amount == amount))
        {
            return null;
        }

        // The form is of a page from before another payment, or was gone back to and filled in otherwise.
        if (known.Any(one => one.Number == number))
        {
            return new FormRefusal.ChangedSince();
        }

        var (arrival, refusal) = PaymentArrival.Register(grant, known, on, amount, by, w.Now, OsloTime.On(w.Now).Date);
        if (arrival is null)
        {
            return refusal;
        }

        w.Db.Add(arrival);
        await Record(w, id, by, Arrived, arrival, ct);
        return null;
    }, ct);

    /// <summary>Takes back one that was written wrong; the trail keeps both. One that is gone already is no fault.</summary>
    /// <param name="registered">
    /// When it was registered, in ticks of UTC as the page gave them: the number of the last one is given anew once it is taken back, and another
    /// payment must not be taken for it.
    /// </param>
    public Task<Refusal?> Withdraw(GrantId id, int number, string registered, PersonId by, CancellationToken ct) => Write(id, by, async (w, _, known) =>
    {
        if (known.FirstOrDefault(one => one.Number == number && one.RegisteredAt.UtcTicks.ToString(CultureInfo.InvariantCulture) == registered) is { } wrong)
        {
            w.Db.Remove(wrong);
            await Record(w, id, by, Withdrawn, wrong, ct);
        }

        return null;
    }, ct);

    /// <summary>Those who keep the programme's money.</summary>
    public static Task<bool> MayRegister(TilskuddDb db, PersonId person, PlanUnit unit, LocalDate on, CancellationToken ct) =>
        Rights.Holds(db, person, (Role.ProgrammeLeader, Role.Accountant), unit.ProgrammeId, unit.Id, on, ct);

    private Task<Refusal?> Write(GrantId id, PersonId by, Func<Writing, Grant, List<PaymentArrival>, Task<Refusal?>> act, CancellationToken ct) => door.Write(async w =>
    {
        var today = OsloTime.On(w.Now).Date;
        if (await w.Db.Grants.SingleOrDefaultAsync(grant => grant.Id == id, ct) is not { } grant || await GrantPlace.SeenBy(w.Db, grant, by, today, ct) is not { } place)
        {
            return new FlowRefusal.NotFound();
        }

        return await MayRegister(w.Db, by, place.Unit, today, ct)
            ? await act(w, grant, await w.Db.Set<PaymentArrival>().Where(one => one.GrantId == id).ToListAsync(ct))
            : new FlowRefusal.NotYours();
    }, ct);

    private static async Task Record(Writing w, GrantId id, PersonId by, string happening, PaymentArrival arrival, CancellationToken ct)
    {
        var run = await w.Db.Set<Run>().Where(run => run.DocumentKind == DocumentKind.Tilskuddsbrev && run.DocumentId == id.Value).OrderByDescending(run => run.StartedAt).FirstAsync(ct);
        await RunTrail.Record(w, run, Actor.Of(by), happening, "grant", id.Value, $"{arrival.Number}", new JsonObject { ["amountOre"] = arrival.Amount.Ore, ["on"] = IsoDate.Of(arrival.ArrivedOn) });
    }
}
