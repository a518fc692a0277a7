using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>A member's answer as it was posted.</summary>
/// <param name="Key">Made by the server for the form that was shown: the same form again is the same answer.</param>
/// <param name="After">The number of the member's answer when the form was shown, 0 before the first: a form from before it is too late.</param>
/// <param name="Hash">The hash of what the page showed.</param>
internal sealed record AnswerForm(Reply Reply, string Remark, string Code, Guid Key, int After, string Hash);

/// <summary>Takes a member's answer, or word of doubt about being impartial. When the answers then decide the case, the round ends in the same story.</summary>
internal sealed class AnswerRound(Door door, SettleRound settle, SignDecision sign, NoticeQueue notices)
{
    /// <returns>Null when the answer is registered, or was so by the same form before; else why not.</returns>
    public async Task<Refusal?> Answer(Visitor visitor, RoundId id, AnswerForm form, CancellationToken ct)
    {
        CodeVerdict verdict = new CodeVerdict.Right();
        var hasEnded = false;
        var refusal = await door.Write(async w =>
        {
            var round = await w.Db.Existing<Round>(id, ct);
            if (await Turn(w, visitor, round, form, ct) is { } no)
            {
                return no;
            }

            if (IsRepeated(round, visitor.Person, form))
            {
                return null;
            }

            if (visitor.Found is { } found)
            {
                verdict = await Links.Try(w, found, form.Code, round.Assurance == Assurance.LinkAndFreshCode, ct);
            }

            if (verdict is not CodeVerdict.Right)
            {
                // A wrong code is counted, so the story ends well; nothing else is in it.
                return null;
            }

            var refusal = await Register(w, visitor, round, form, ct);
            hasEnded = !round.IsOpen;
            return refusal;
        }, ct);
        if (refusal is null && hasEnded)
        {
            await sign.Now();
        }

        return refusal ?? Refused(verdict);
    }

    /// <summary>Whether this very form has done its work already.</summary>
    public static bool IsRepeated(Round round, PersonId person, AnswerForm form) =>
        form.Reply.Kind(form.Remark) is { } kind
            ? round.GivenBy(person, form.Key) is { } given && given.Kind == kind && given.Remark == Prose.Of(form.Remark) : round.HasRaised(person, form.Key);

    internal static Refusal? Refused(CodeVerdict verdict) => verdict switch
    {
        CodeVerdict.Right => null,
        CodeVerdict.Wrong wrong => new RoundRefusal.CodeWrong(wrong.TriesLeft),
        CodeVerdict.Locked => new RoundRefusal.CodeLocked(),
        _ => throw new InvalidOperationException($"Unknown verdict on a code: {verdict}."),
    };

    private static async Task<Refusal?> Turn(Writing w, Visitor visitor, Round round, AnswerForm form, CancellationToken ct)
    {
        var person = visitor.Person;
        if (IsRepeated(round, person, form))
        {
            return null;
        }

        if (visitor.Found is { } found && await Links.EndOf(w, found, ct) is { } ended)
        {
            return new ApprovalRefusal.LinkEnded(ended);
        }

        if (round.LastOf(person) is { } last && last.Number != form.After)
        {
            return new ApprovalRefusal.AnsweredMeanwhile(last.Kind, last.At);
        }

        if (await w.Db.Set<RoundAnswer>().AnyAsync(answer => answer.PersonId == person && answer.FormKey == form.Key, ct))
        {
            return new ApprovalRefusal.FormTooOld();
        }

        return round.Assurance switch
        {
            Assurance.LinkAndFreshCode when visitor.Found is null => new ApprovalRefusal.NeedsLink(),
            Assurance.OpenIdConnect when !visitor.IsElectronic => new ApprovalRefusal.NeedsSignIn(),
            Assurance.LinkAndCode or Assurance.LinkAndFreshCode or Assurance.OpenIdConnect or Assurance.SignedIn or Assurance.RegisteredBySecretary => null,
        };
    }

    private async Task<Refusal?> Register(Writing w, Visitor visitor, Round round, AnswerForm form, CancellationToken ct)
    {
        var (person, by) = (visitor.Person, Actor.Of(visitor.Person));
        var run = await StepRounds.RunOf(w.Db, round, ct);
        if (form.Reply.Kind(form.Remark) is not { } kind)
        {
            if (round.RaiseDoubt(person, form.Remark, form.Key, w.Now) is { } notNow)
            {
                return notNow;
            }

            await TellDoubt(w, notices, run, round, person);
        }
        else
        {
            var assurance = visitor.Assurance(round.Assurance);
            if (round.Answer(w.Ids.Next<RoundAnswerId>(), person, kind, form.Remark, form.Hash, assurance, form.Key, w.Now) is { } refusal)
            {
                return refusal;
            }

            var given = round.LastOf(person)!;
            await RunTrail.Record(w, run, by, "answer-given", "round", round.Id.Value, $"{round.Version}", run.StepId, $"{kind}", new JsonObject
            {
                ["answer"] = kind.ToString(),
                ["number"] = given.Number,
                ["seat"] = given.SeatId.ToString(),
                ["hash"] = given.Hash,
                ["assurance"] = assurance.ToString(),
                ["remark"] = given.Remark.Length > 0,
            });
            await Receipt(w, notices, round, person, $"answer/{given.Number}");
        }

        await settle.IfDecided(w, run, round);
        return null;
    }

    /// <summary>What follows of a doubt that has just been raised: the trail, the member's receipt, and the question to those who decide.</summary>
    public static async Task TellDoubt(Writing w, NoticeQueue notices, Run run, Round round, PersonId person)
    {
        var doubt = round.Undecided.Single(known => known.PersonId == person);
        await RunTrail.Record(w, run, Actor.Of(person), "inhabil-reported", "round", round.Id.Value, $"{round.Version}", new JsonObject { ["seat"] = doubt.SeatId.ToString(), ["number"] = doubt.Number });
        await Receipt(w, notices, round, person, $"inhabil/{doubt.Number}");
        await DecideDoubt.Ask(w, notices, run, round, doubt);
    }

    private static Task Receipt(Writing w, NoticeQueue notices, Round round, PersonId person, string what) =>
        notices.Queue(w, NoticeKind.AnswerReceipt, person, $"round/{round.Id}/{what}", new NoticeAbout { RoundId = round.Id });
}
