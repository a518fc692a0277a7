using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Workflows;

namespace Tilskudd.Tests.Steps;

/// <summary>What values a step accepts.</summary>
public sealed class StepInputTests
{
    public static TheoryData<string, string, Step> Wrong => new()
    {
        { "who", "Mente du 'coordinator'?", Draft(who: "cordinator") },
        { "deadline", "bindestrek", Draft(deadline: "Plan draft") },
        { "due", "Fristen kan ikke leses", Draft(due: "soon") },
        { "task", "Mente du 'plan'?", Draft(task: "plans") },
        { "task", "'meeting-decision' er ukjent her", Draft(task: "meeting-decision") },
        { "remind", "her står -1", Draft(remind: [5, -1]) },
        { "remind", "her står 401", Draft(remind: [401]) },
        { "remind", "står flere ganger", Draft(remind: [5, 5]) },
        { "remind", "kommer før steget", Draft(due: "+5 workdays", remind: [10, 1]) },
        { "remind", "Bruk 10 eller færre", Draft(due: "+14 days", remind: [11, 1]) },
        { "body", "Si hvilket: deciding-body", new RegisterDecision { Who = "secretary", Deadline = "d", Due = "+1 days", Task = "meeting-decision" } },
        { "body", "skal ikke stå her", new RegisterDecision { Who = "secretary", Deadline = "d", Due = "+1 days", Task = "carry-over", Body = "deciding-body" } },
        { "escalate", "her står 0", Draft(escalate: [0]) },
        { "body", "er ukjent her", Ask(body: "secretary") },
        { "body", "er ukjent her", Ask(who: "secretary") },
        { "to", "Tillatt er: grantor.", new Submit { Who = "secretary", Deadline = "d", Due = "+1 days", Task = "plan", To = "secretary" } },
        { "task", "er ukjent her", new RegisterDecision { Who = "secretary", Deadline = "d", Due = "+1 days", Task = "plan" } },
        { "body", "er ukjent her", new RegisterDecision { Who = "secretary", Deadline = "d", Due = "+1 days", Task = "carry-over", Body = "group" } },
        { "question", "Mente du 'money-unspent'?", new Check { Question = "money-unspend" } },
        { "notice", "Mente du 'plan-approved'?", new Notify { Notice = "plan-aproved", To = ["coordinator"] } },
        { "to", "minst én mottaker", new Notify { Notice = "plan-approved", To = [] } },
        { "to", "Mente du 'accountant'?", new Notify { Notice = "plan-approved", To = ["coordinator", "acountant"] } },
        { "as", "bindestrek", new Close { As = "Godkjent" } },
        { "event", "Mente du 'plan-approved'?", new Close { As = "approved", Event = "plan-approve" } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_value_that_does_not_do_is_named_with_a_remedy(string input, string words, Step step)
    {
        var fault = Assert.Single(step.Faults(""));

        Assert.Equal(input, fault.Input);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_step_has_no_faults()
    {
        Assert.Empty(Draft().Faults("handlingsplan"));
        Assert.Empty(Ask().Faults("handlingsplan"));
        Assert.Empty(new Close { As = "approved" }.Faults("rapport"));
        Assert.Empty(new Notify { Notice = "plan-approved", To = ["coordinator", "deciding-body"] }.Faults("change"));
    }

    public static TheoryData<string, string, string, Step> Elsewhere => new()
    {
        { "task", "'plan' hører ikke til et løp om rapport. Tillatt er: report,", "rapport", Draft() },
        { "task", "'carry-over' hører ikke til et løp om change", "change", new RegisterDecision { Who = "secretary", Deadline = "d", Due = "+1 days", Task = "carry-over" } },
        { "task", "'report' hører ikke til", "handlingsplan", new Review { Who = "secretary", Deadline = "d", Due = "+1 days", Task = "report" } },
        { "task", "'report' hører ikke til", "tilskuddsbrev", new Submit { Who = "secretary", Deadline = "d", Due = "+1 days", Task = "report", To = "grantor" } },
        { "question", "'money-unspent' hører ikke til et løp om handlingsplan", "handlingsplan", new Check { Question = "money-unspent" } },
        { "due", "Et tilskuddsbrevs dato hører ikke til et løp om handlingsplan", "handlingsplan", Draft(due: "letter report-due") },
        { "who", "En tilskuddsgiver hører ikke til et løp om evaluation", "evaluation", new WaitUntil { Who = "grantor", Deadline = "d", Due = "+1 days" } },
        { "who", "En runde hører ikke til et løp om evaluation", "evaluation", Ask() },
        { "who", "Et brev som registreres, hører ikke til", "rapport", new RegisterLetter { Who = "secretary", Deadline = "d", Due = "+1 days" } },
        { "who", "En kvittering hører ikke til", "handlingsplan", new AwaitReceipt { Who = "secretary", Deadline = "d", Due = "+1 days" } },
        { "event", "'plan-approved' hører ikke til et løp om tilskuddsbrev. Tillatt er: grant-ended.", "tilskuddsbrev", new Close { As = "approved", Event = "plan-approved" } },
        { "event", "'year-opened' er ukjent her", "handlingsplan", new Close { As = "approved", Event = "year-opened" } },
    };

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void What_belongs_to_another_document_is_named_with_what_belongs_to_this_one(string input, string words, string document, Step step)
    {
        var fault = Assert.Single(step.Faults(document));

        Assert.Equal(input, fault.Input);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_closing_step_can_start_a_flow_that_leads_back_to_it()
    {
        var started = EventKeys.Starting.ToDictionary(starting => starting.Key, starting => starting.Documents);
        IEnumerable<string> After(string document) => EventKeys.Raised.GetValueOrDefault(document, []).SelectMany(raised => started[raised]).SelectMany(next => After(next).Prepend(next));

        Assert.All(DocumentKeys.All, document => Assert.DoesNotContain(document, After(document).Take(100)));
    }

    [Fact]
    public void The_body_that_is_asked_is_the_one_waited_for_unless_another_is_named()
    {
        Assert.Equal("deciding-body", Ask().Body);
        Assert.Equal("competent-body", Ask(who: "secretary", body: "competent-body").Body);
        Assert.Empty(Ask(who: "secretary", body: "competent-body").Faults("rapport"));
    }

    [Fact]
    public void A_member_may_change_an_answer_unless_the_flow_says_no()
    {
        Assert.True(Ask().MayChangeAnswer);
    }

    [Fact]
    public void A_steps_due_rule_is_read_from_its_text()
    {
        Assert.Equal(new DueRule.AfterWorkingDays(20), Draft().DueRule());
        Assert.Throws<InvalidOperationException>(() => Draft(due: "soon").DueRule());
    }

    [Fact]
    public void A_closing_step_says_the_state_the_run_ends_in()
    {
        Assert.Equal("repaid", new Close { As = "repaid" }.FinalState);
        Assert.Null(Draft().FinalState);
    }

    private static Draft Draft(
        string who = "coordinator", string deadline = "plan-draft", string due = "+20 workdays", string task = "plan", int[]? remind = null, int[]? escalate = null)
        => new() { Who = who, Deadline = deadline, Due = due, Task = task, Remind = remind ?? [10, 5, 1, 0], Escalate = escalate ?? [1, 5] };

    private static AskForApproval Ask(string who = "deciding-body", string? body = null)
        => body is null
            ? new() { Who = who, Deadline = "d", Due = "+10 workdays" }
            : new() { Who = who, Deadline = "d", Due = "+10 workdays", Body = body };
}
