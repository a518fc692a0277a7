using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>Tells those who spend the money what each tiltak has to use where a letter was accepted with a difference laid on the lines: the plan itself says otherwise.</summary>
internal sealed class SpreadNews(NoticeQueue notices)
{
    /// <summary>Tells nobody where the plans stand as they are.</summary>
    /// <param name="lines">The plans' lines that the letter answers.</param>
    /// <param name="by">Who accepted it, and knows.</param>
    public async Task Tell(Writing w, Run run, Grant grant, FundingSource source, IReadOnlyList<ApprovedPlan> plans, IReadOnlyList<PlannedLine> lines, PersonId by, CancellationToken ct)
    {
        if (grant.Letter is not { SpreadBy: { } rule } letter)
        {
            return;
        }

        var told = new Dictionary<PersonId, Person>();
        foreach (var unit in plans.Select(plan => plan.UnitId).Append(grant.PlanUnitId).Distinct())
        {
            foreach (var role in new[] { RoleKeys.Coordinator, RoleKeys.Accountant })
            {
                foreach (var person in (await Who.Holding(w.Db, role, run.Subject with { Unit = unit }, OsloTime.On(w.Now).Date, ct)).Where(person => person.Id != by))
                {
                    told[person.Id] = person;
                }
            }
        }

        var place = await MailFacts.PlaceOf(w.Db, grant.PlanUnitId, ct);
        foreach (var person in told.Values)
        {
            var text = Words(Languages.Of(person.Language), $"{place}, {grant.Year}", source.Code, letter, rule, lines);
            await notices.Say(w, person.Id, GrantNews.Occasion(grant.Id, "spread") + run.VisitNumber, text, run.Id, ct);
        }
    }

    private static MessageText Words(Language language, string about, string source, Tilskuddsbrev letter, SpreadRule rule, IReadOnlyList<PlannedLine> lines)
    {
        var culture = language.Culture();
        var planned = lines.Aggregate(Money.Zero, (sum, line) => sum + line.Amount);
        var shown = lines.Zip(letter.AmountsOf(lines), (line, amount) => Texts.Of<MailWords>(language, "Spread.Line", line.Name, amount.ToKroner(culture), line.Amount.ToKroner(culture)));
        return new MessageText(
            Texts.Of<MailWords>(language, "Spread.Subject", source, about),
            [Texts.Of<MailWords>(language, "Spread.Text", source, letter.Amount.ToKroner(culture), planned.ToKroner(culture), Dates.Within(Texts.Of<AwardWords>(language, $"Spread.{rule}"))), .. shown]);
    }
}
