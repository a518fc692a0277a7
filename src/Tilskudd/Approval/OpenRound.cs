using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>
/// Opens a round on the latest version of a document, one for each body that is asked: seats as they are today, what was found of members' habilitet
/// in earlier versions, a personal link to everyone entitled and to those who follow without a vote. An earlier round on the document ends, and its links with it, in the same transaction.
/// </summary>
internal sealed class OpenRound(NoticeQueue notices, EndRound end)
{
    /// <returns>
    /// In Norwegian why a round cannot be opened; or what the bodies came to, by the flow's name, where their rules leave nothing to answer,
    /// as for a body that may not decide in writing. Mostly neither.
    /// </returns>
    public async Task<(string? Incident, string? Outcome)> Open(Writing w, Run run, AskForApproval step, Actor by)
    {
        var key = await OwnRules.BodyOf(w.Db, run.ProgrammeId, step, step.Body);
        if (await Who.BodiesOf(w.Db, key, run.Subject) is not { Count: > 0 } bodies)
        {
            return ($"Programmet har ikke noe organ med nøkkelen «{key}». Registrer organet og prøv på nytt.", null);
        }

        var (kind, document, version, hash, drafters) = await What(w, run);
        await Withdraw(w, kind, document);
        var found = await EarlierFindings.Of(w.Db, run, kind, document, version);
        var rounds = new List<Round>();
        foreach (var body in bodies)
        {
            var round = Round.Open(
                w.Ids.Next<RoundId>(), body, body.SeatsOn(OsloTime.On(w.Now).Date), kind, document, version, hash, drafters, step.MayChangeAnswer, run.DueAt, w.Now, rounds.FirstOrDefault());
            found.Follow(round);
            if (round.Count() is { Outcome: CountOutcome.Refused } count)
            {
                return ($"Organet {body.Name} kan ikke avgjøre saken slik det er satt sammen: {string.Join(" ", count.Faults)}", null);
            }

            rounds.Add(round);
        }

        await Substitutes.HandOver(w, rounds);
        rounds.ForEach(found.Follow);
        w.Db.AddRange(rounds);
        run.Waiting.Attach(rounds[0].Id);
        foreach (var round in rounds)
        {
            await RunTrail.Record(w, run, by, "round-opened", "round", round.Id.Value, $"{version}", new JsonObject { ["hash"] = hash, ["seats"] = round.Seats.Count, ["quorum"] = round.Count().Quorum });
            if (round.CloseIfDecided(w.Now))
            {
                await end.With(w, run, round, Actor.System);
            }
            else
            {
                await Invite(w, notices, round, [], "");
            }
        }

        await found.Record(w, run);
        await found.Tell(w, notices, run);
        return (null, await end.Together(w, run, rounds, by));
    }

    /// <summary>
    /// Everyone entitled who has no link to the round yet gets one: at the opening, and when a deputy steps in. Observers get theirs to read by.
    /// Who comes in again, or has only followed the case till now, is asked anew.
    /// </summary>
    /// <param name="had">Those who were entitled before.</param>
    /// <param name="because">What others come in by, such as <c>absent/…</c>.</param>
    public static async Task Invite(Writing w, NoticeQueue notices, Round round, IReadOnlyCollection<PersonId> had, string because)
    {
        var first = $"round/{round.Id}";
        var entitled = round.Count().WaitingFor.ToHashSet();
        var invited = round.Observers.Select(seat => seat.PersonId!.Value).Where(round.IsObserver).Select(person => (Person: person, Kind: NoticeKind.ApprovalShown))
            .Concat(round.Seats.Where(seat => entitled.Contains(seat.SeatId.ToString()) && seat.PersonId is not null).OrderBy(seat => seat.Number).Select(seat => (Person: seat.PersonId!.Value, Kind: NoticeKind.ApprovalAsked)))
            .ToList();
        var people = (await Who.Named(w.Db, [.. invited.Select(one => one.Person)])).ToDictionary(person => person.Id);
        var (linked, before) = (await Links.HoldersOf(w, round.Id), await ToldBefore.About(w, [], [round.Id]));
        foreach (var (person, kind) in invited)
        {
            if (linked.Add(person))
            {
                Links.OpenFirst(w, LinkPurpose.Approval, person, round.Id, null, null);
            }

            var isAgain = kind == NoticeKind.ApprovalAsked && before.Includes(person, first) && !had.Contains(person) && round.LastOf(person) is null;
            notices.Queue(w, kind, people[person], isAgain ? $"{first}/in/{because}" : first, new NoticeAbout { RoundId = round.Id }, before);
        }
    }

    /// <summary>Those who are entitled to answer now.</summary>
    public static IReadOnlyCollection<PersonId> EntitledIn(Round round) => [.. round.Entitled.Select(seat => seat.PersonId).OfType<PersonId>()];

    private static async Task<(DocumentKind Kind, Guid Document, int Version, string Hash, IEnumerable<PersonId> Drafters)> What(Writing w, Run run)
    {
        if (run.DocumentKind == DocumentKind.Rapport)
        {
            var id = new RapportId(run.DocumentId);
            var rapport = await w.Db.Existing<Rapport>(id);
            var shown = rapport.LatestVersion ?? throw new InvalidOperationException($"Rapport {id} is to be decided and has no version.");
            return (DocumentKind.Rapport, id.Value, shown.Number, shown.Hash, rapport.Writers);
        }

        var plan = await PlanOf(w.Db, run.Subject);
        var version = plan.LatestVersion ?? throw new InvalidOperationException($"Handlingsplan {plan.Id} is to be decided and has no version.");
        return (DocumentKind.Handlingsplan, plan.Id.Value, version.Number, version.Hash, plan.Writers);
    }

    /// <summary>The plan a run is about: its own document, that of its change, or the one behind its grant; of several the one that was made anew last and is not approved yet.</summary>
    public static async Task<Handlingsplan> PlanOf(TilskuddDb db, Subject subject)
    {
        if (subject.Kind == DocumentKind.Handlingsplan)
        {
            return await db.Existing<Handlingsplan>(new HandlingsplanId(subject.Document));
        }

        if (await Who.PlanBehind(db, subject) is { } only)
        {
            return await db.Existing<Handlingsplan>(only);
        }

        var plans = new List<Handlingsplan>();
        foreach (var id in (await Who.GrantOf(db, subject))!.Plans)
        {
            plans.Add(await db.Existing<Handlingsplan>(id));
        }

        return plans.OrderByDescending(plan => plan.LatestVersion?.Number != plan.ApprovedVersion).ThenByDescending(plan => plan.LatestVersion?.FrozenAt).First();
    }

    private static async Task Withdraw(Writing w, DocumentKind kind, Guid document)
    {
        foreach (var earlier in await w.Db.Set<Round>().Where(r => r.DocumentKind == kind && r.DocumentId == document && r.ClosedAt == null).ToListAsync())
        {
            await Withdraw(w, earlier, LinkEnd.NewVersion);
        }
    }

    /// <summary>Ends a round without a result: its links close, and mails about it that wait are not sent.</summary>
    public static async Task Withdraw(Writing w, Round round, LinkEnd why)
    {
        round.Withdraw(w.Now);
        await Links.Revoke(w, round.Id, why);
        await NoticeQueue.Cancel(w, round.Id);
    }
}
