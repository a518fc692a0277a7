using System.Diagnostics;
using Tilskudd.Award;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;
using Keys = Tilskudd.Cycle.Steps.QuestionKeys;

namespace Tilskudd.Runs;

/// <summary>Answers the questions a flow asks of the facts. Each asks one rule of the grant year.</summary>
internal sealed class Questions(ProgrammeLimits limits)
{
    public async Task<bool> Ask(TilskuddDb db, Run run, string question) => question switch
    {
        Keys.LetterWithinLimit => (await Compared(db, run.Subject)).IsWithinLimit,
        Keys.PlansWithinLetter => (await Compared(db, run.Subject)).HasRoom,
        Keys.AuditorRequired => await AuditorIsRequired(db, run.Subject),
        Keys.MoneyUnspent => await MoneyIsUnspent(db, run.Subject),
        Keys.DecidingBodyIsCompetent => await DecidingBodyIsCompetent(db, run),
        Keys.InternalBodyExists => await InternalBodyExists(db, run.Subject),
        Keys.ChangeIsMaterial => await ChangeIsMaterial(db, run.Subject),
        Keys.GrantorsMustKnow => await GrantorsMustKnow(db, run.Subject),
        Keys.ConsentRequired => await ConsentIsRequired(db, run.Subject),
        _ => throw new UnreachableException($"The check of the files let an unknown question through: {question}."),
    };

    /// <summary>The questions whose answer hangs on what the programme is and not on what is yet to happen, with the answer of today.</summary>
    public static async Task<IReadOnlyDictionary<string, bool>> Known(TilskuddDb db, Subject subject) =>
        new Dictionary<string, bool> { [Keys.InternalBodyExists] = await InternalBodyExists(db, subject) };

    private async Task<LetterComparison> Compared(TilskuddDb db, Subject subject)
    {
        var grant = await Who.GrantOf(db, subject) ?? throw new InvalidOperationException("A letter is compared only in a run about a grant.");
        var plans = await AnsweredPlans.Of(db, grant);
        return grant.Compare(AnsweredPlans.Lines(grant, plans), await limits.Of(db, subject.Programme), AnsweredPlans.CarriedIn(await db.Existing<FundingSource>(grant.SourceId), grant, plans));
    }

    private async Task<bool> AuditorIsRequired(TilskuddDb db, Subject subject)
    {
        var rapport = await RapportOf(db, subject);
        var grant = await Who.GrantOf(db, subject);
        return rapport.NeedsAuditor(grant!.Letter!, await limits.Of(db, subject.Programme));
    }

    private static async Task<bool> MoneyIsUnspent(TilskuddDb db, Subject subject) => (await RapportOf(db, subject)).Unspent > Money.Zero;

    private async Task<bool> ChangeIsMaterial(TilskuddDb db, Subject subject)
    {
        var change = await ChangeOf(db, subject);
        var plan = await db.Existing<Handlingsplan>(change.PlanId);
        var approved = plan.Versions.Single(version => version.Number == change.FromVersion);
        return PlanChange.IsMaterial(approved.Read(), plan.LatestVersion!.Read(), await limits.Of(db, subject.Programme));
    }

    private static async Task<bool> GrantorsMustKnow(TilskuddDb db, Subject subject) => (await ChangeOf(db, subject)).MustBeTold;

    private static async Task<bool> ConsentIsRequired(TilskuddDb db, Subject subject)
    {
        var change = await ChangeOf(db, subject);
        return (await Who.GrantsOf(db, subject)).Any(change.NeedsConsent);
    }

    private static Task<PlanChange> ChangeOf(TilskuddDb db, Subject subject) => subject.Kind == DocumentKind.Change
        ? db.Existing<PlanChange>(new PlanChangeId(subject.Document))
        : throw new InvalidOperationException($"A run about {subject.Kind} has no change to ask about.");

    // The bodies that decided just now: a programme may have its own for that step. Where several have approved, it is enough that one can.
    private static async Task<bool> DecidingBodyIsCompetent(TilskuddDb db, Run run)
    {
        var decided = run.Visits.Where(visit => visit is { LeftAt: not null, DeadlineId: not null }).MaxBy(visit => visit.Number);
        var own = decided is null ? null : await OwnRules.Of(db, run.ProgrammeId, (await db.Existing<Deadline>(decided.DeadlineId!.Value)).Key);
        return (await Who.BodiesOf(db, own?.Body ?? Cycle.Steps.BodyKeys.Deciding, run.Subject)).Any(body => body.IsCompetent);
    }

    private static async Task<bool> InternalBodyExists(TilskuddDb db, Subject subject) => (await Who.BodiesOf(db, Cycle.Steps.BodyKeys.Internal, subject)).Count > 0;

    private static Task<Rapport> RapportOf(TilskuddDb db, Subject subject)
    {
        if (subject.Kind != DocumentKind.Rapport)
        {
            throw new InvalidOperationException($"A run about {subject.Kind} has no report to ask about.");
        }

        return db.Existing<Rapport>(new RapportId(subject.Document));
    }
}
