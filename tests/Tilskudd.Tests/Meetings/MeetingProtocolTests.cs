using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Meetings;
using Tilskudd.Tests.Cycle.Meetings;

namespace Tilskudd.Tests.Meetings;

/// <summary>What kommuneloven § 11-4 asks of a protocol, of <see cref="GivenAMeeting"/>'s body.</summary>
public sealed class MeetingProtocolTests
{
    [Fact]
    public void It_tells_who_was_called_who_was_there_and_when_and_who_led()
    {
        var given = new GivenAMeeting(noticeDays: 5);
        var (first, second) = (given.Information("Status"), given.Decision());
        Assert.NotNull(given.Meeting.Call(given.Body, "Saken kom nå.", WorkingCalendar.Norwegian, given.Clerk, GivenAMeeting.At(12)).Call);
        Assert.Null(given.Meeting.Note([new SeatAttendance(given.Seat("M1"), Attendance.Excused, null, null)], null, GivenAMeeting.At(13)));
        Assert.NotNull(given.Meeting.Call(given.Body, "", WorkingCalendar.Norwegian, given.Clerk, GivenAMeeting.At(13)).Call);
        Assert.Null(given.Present("M2 V1", "M2", ("M3", second, null), ("O", null, second)));

        var text = Write(given, Language.Nb).Text;

        foreach (var line in new[]
        {
            "Protokoll fra møte i Hovedutvalget", "Tid: tirsdag 17. september 2024 kl. 12.00", "Sted: Formannskapssalen", "Møteleder: Person M2, valgt i møtet",
            "Sendt 12.09.2024 kl. 08.00 til Person L, Person D, Person M1, Person M2, Person M3, Person O. Senere enn fristen. Grunn: Saken kom nå.", "Sendt på nytt 13.09.2024 kl. 08.00 til Person V1.",
            "Person M2 (A), medlem.", "Person M3 (B), medlem. Kom ved sak 2.", "Person V1 (A), vara. Møtte for Person L i sak 2.", "Person O, observatør. Gikk under sak 2.", "Person L (A), leder. Gyldig forfall.",
            "Sak 1: Status", "Orientering: Året så langt", "Utfall: Tatt til orientering.",
        })
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }

        Assert.Equal(1, first.Number);
    }

    [Theory]
    [InlineData(CountOutcome.Approved, "Utfall: Vedtatt.")]
    [InlineData(CountOutcome.Returned, "Utfall: Ikke vedtatt.")]
    [InlineData(null, "Utfall: Saken ble ikke avgjort.")]
    public void It_tells_of_a_case_who_voted_for_what_and_for_which_party(CountOutcome? outcome, string expected)
    {
        var given = new GivenAMeeting();
        var item = given.Decision();
        Assert.Null(given.Present("L D M1 M2 M3 V1"));
        Assert.Null(given.Meeting.Propose(item, given.Seat("D"), "Utsett saken."));
        Assert.Null(given.Vote(item, "L+ D=1 M1! M2+ M3- V1+"));
        if (outcome is { } decided)
        {
            item.Decide(decided, new DecisionId(Guid.Empty));
        }

        var text = Write(given, Language.Nb).Text;

        foreach (var line in new[]
        {
            "Forslag til vedtak: Planen godkjennes.", "Forslag 1 fra Person D (B), nestleder: Utsett saken.", "Habilitet: Organet fant at Person M1 var inhabil. Person M1 tok ikke del i saken.", "Vara: Person V1 møtte for Person M1.",
            "For forslaget til vedtak: 3 stemmer. A: 3 (Person L, Person M2, Person V1)", "For forslag 1: 1 stemme. B: 1 (Person D)", "Mot: 1 stemme. B: 1 (Person M3)", expected,
        })
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }

        Assert.Equal(outcome is not null, text.Contains("Vedtak, sak 12/24: Som foreslått.", StringComparison.Ordinal));
        Assert.DoesNotContain(given.Seat("L").ToString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain("@", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "Ikke stemt: 2 til stede. A: 1 (Person M2), B: 1 (Person M3)")]
    [InlineData(true, "Ikkje røysta: 2 til stades. A: 1 (Person M2), B: 1 (Person M3)")]
    public void It_tells_who_was_there_and_did_not_vote_in_what_was_decided(bool isNynorsk, string expected)
    {
        var language = isNynorsk ? Language.Nn : Language.Nb;
        var given = new GivenAMeeting();
        var item = given.Decision();
        Assert.Null(given.Present("L D M1 M2 M3"));
        Assert.Null(given.Vote(item, "L+ D+ M1+"));
        var before = Write(given, language).Text;

        item.Decide(CountOutcome.Approved, new DecisionId(Guid.Empty));
        var text = Write(given, language).Text;

        Assert.DoesNotContain(expected, before, StringComparison.Ordinal);
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_written_in_the_municipalitys_form_and_is_the_same_text_each_time()
    {
        var given = new GivenAMeeting();
        given.Information();
        Assert.Null(given.Present("L D M1"));

        var (nynorsk, again) = (Write(given, Language.Nn), Write(given, Language.Nn));

        Assert.Equal(nynorsk.Hash, again.Hash);
        Assert.Contains("Protokoll frå møte i Hovedutvalget", nynorsk.Text, StringComparison.Ordinal);
        Assert.Contains("Inga innkalling er send herifrå.", nynorsk.Text, StringComparison.Ordinal);
        Assert.Contains("Utfall: Teke til orientering.", nynorsk.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_signed_in_the_words_of_an_earlier_version_stands_in_them()
    {
        var given = new GivenAMeeting();
        var item = given.Decision();
        Assert.Null(given.Present("L D M1 M2 M3 V1"));
        Assert.Null(given.Meeting.Propose(item, given.Seat("D"), "Utset saka."));
        Assert.Null(given.Vote(item, "L+ D=1 M1+ M2+ M3- V1+"));
        item.Decide(CountOutcome.Approved, new DecisionId(Guid.Empty));
        var protocol = Write(given, Language.Nn);
        var former = protocol.Text.Replace("Framlegg", "Forslag", StringComparison.Ordinal).Replace("framlegget", "forslaget", StringComparison.Ordinal).Replace("framlegg", "forslag", StringComparison.Ordinal);

        Assert.Null(given.Meeting.SignProtocol(given.Person("L"), Tilskudd.Cycle.Canonical.Hash(former), Tilskudd.Cycle.Canonical.Hash(former), GivenAMeeting.At(18)));

        Assert.Equal((1, 1, 1, 1), (Count("Framlegg til vedtak:"), Count("Framlegg 1 frå"), Count("For framlegget til vedtak:"), Count("For framlegg 1:")));
        Assert.Equal(former, Write(given, Language.Nn).Text);

        int Count(string words) => protocol.Text.Split(words).Length - 1;
    }

    private static Protocol Write(GivenAMeeting given, Language language)
    {
        var people = new[] { "L", "D", "M1", "M2", "M3", "V1", "V2", "O" }.ToDictionary(given.Person, name => new Person(given.Person(name), $"Person {name}", $"{name}@drammen.example", "nb", "", true, "salt"));
        var decision = new Decision(
            new DecisionId(Guid.Empty), given.Body.Id, DocumentKind.Handlingsplan, Guid.Empty, 1, true, new DecisionText(given.Meeting.Frame.On, "12/24", "Som foreslått."), given.Clerk, given.Noon, given.Meeting.Frame.On);
        return MeetingProtocol.Of(given.Meeting, new MeetingFacts(
            "Hovedutvalget", people, new Dictionary<RoundId, Round> { [given.Round.Id] = given.Round }, new Dictionary<DecisionId, Decision> { [decision.Id] = decision },
            new Dictionary<RoundId, string> { [given.Round.Id] = "Planen godkjennes." }), language);
    }
}
