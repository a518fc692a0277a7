using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>A member's answer as the secretary has written it down.</summary>
/// <param name="Seat">The member's seat.</param>
/// <param name="Key">Made by the server for the form that was shown: the same form again is the same answer.</param>
/// <param name="Hash">The hash of the version the page was about.</param>
internal sealed record AnswerByPhone(Guid Seat, AnswerKind Kind, string Remark, Registration How, Guid Key, string Hash);

/// <summary>
/// Who leads a round writes down what a member has answered by phone or on paper. The member is told at once, and may take it back while the
/// round is open.
/// </summary>
internal sealed class RegisterAnswer(Door door, CloseRound leading, SettleRound settle, NoticeQueue notices)
{
    /// <returns>Null when the answer is registered, or was so by the same form before; else why not.</returns>
    public Task<Refusal?> Register(RoundId id, AnswerByPhone answer, CancellationToken ct) => leading.Lead(id, answer.How.By, async (w, run, round) =>
    {
        if (round.Seats.SingleOrDefault(seat => seat.SeatId.Value == answer.Seat)?.PersonId is not { } member)
        {
            return new RegistrationRefusal.NoMember();
        }

        if (round.GivenBy(member, answer.Key) is { } before)
        {
            return before.Kind == answer.Kind ? null : new RegistrationRefusal.HasAnswered(before.Kind, before.At);
        }

        if (round.Register(w.Ids.Next<RoundAnswerId>(), member, answer.Kind, answer.Remark, answer.Hash, answer.How, answer.Key, w.Now) is { } refusal)
        {
            return refusal;
        }

        var (given, by) = (round.LastOf(member)!, Actor.Of(answer.How.By));
        await RunTrail.Record(w, run, by, "answer-registered", "round", id.Value, $"{round.Version}", run.StepId, $"{given.Kind}", new JsonObject
        {
            ["answer"] = given.Kind.ToString(),
            ["number"] = given.Number,
            ["seat"] = given.SeatId.ToString(),
            ["hash"] = given.Hash,
            ["assurance"] = given.Assurance.ToString(),
            ["channel"] = given.Channel.ToString(),
            ["on"] = NodaTime.Text.LocalDatePattern.Iso.Format(given.GivenOn!.Value),
            ["remark"] = given.Remark.Length > 0,
        });
        await Tell(w, NoticeKind.AnswerRegistered, member, round, run, given);
        await settle.IfDecided(w, run, round);
        return null;
    }, ct);

    /// <summary>The member says that the answer registered is not theirs.</summary>
    public async Task<Refusal?> Retract(Visitor visitor, RoundId id, string code, CancellationToken ct)
    {
        CodeVerdict verdict = new CodeVerdict.Right();
        var refusal = await door.Write(async w =>
        {
            var round = await w.Db.Existing<Round>(id, ct);
            if (visitor.Found is { } found)
            {
                if (await Links.EndOf(w, found, ct) is { } ended)
                {
                    return new ApprovalRefusal.LinkEnded(ended);
                }

                verdict = await Links.Try(w, found, code, mustBeFresh: false, ct);
                if (verdict is not CodeVerdict.Right)
                {
                    // A wrong code is counted, so the story ends well; nothing else is in it.
                    return null;
                }
            }

            var (answer, had) = (round.LastOf(visitor.Person), OpenRound.EntitledIn(round));
            if (round.Retract(visitor.Person, w.Now) is { } no)
            {
                return no;
            }

            var run = await StepRounds.RunOf(w.Db, round, ct);
            await RunTrail.Record(w, run, Actor.Of(visitor.Person), "answer-retracted", "round", id.Value, $"{round.Version}", new JsonObject { ["number"] = answer!.Number, ["seat"] = answer.SeatId.ToString() });
            await Tell(w, NoticeKind.AnswerRetracted, answer.RegisteredBy!.Value, round, run, answer);
            if (await Substitutes.GiveBack(w, run, round))
            {
                await OpenRound.Invite(w, notices, round, had, $"retracted/{answer.Number}");
            }

            return null;
        }, ct);
        return refusal ?? AnswerRound.Refused(verdict);
    }

    private Task Tell(Writing w, NoticeKind kind, PersonId to, Round round, Run run, RoundAnswer answer) =>
        notices.Queue(w, kind, to, $"round/{round.Id}/{kind}/{answer.Number}", new NoticeAbout { RoundId = round.Id, RunId = run.Id.Value, Text = $"{answer.Number}" });
}
